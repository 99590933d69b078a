import ByteParsing
import Statistics
import TestSupport
import Testing

struct SeparatedNumberTests {
    private func value(_ text: String, _ style: SeparatedNumber.Style) -> Double? {
        Array(text.utf8).withUnsafeBytes { SeparatedNumber.value($0, style) }
    }

    private func result(_ texts: [String]) -> SeparatedNumberDetector.Result {
        var detector = SeparatedNumberDetector()
        for text in texts { Array(text.utf8).withUnsafeBytes { detector.observe($0) } }
        return detector.result
    }

    /// A number as people write it, from its digits.
    private func written(_ whole: Int, _ fraction: String, _ separator: String, _ mark: String, _ isNegative: Bool, trailing: Bool)
        -> String
    {
        var digits = String(whole)
        var groups: [String] = []
        if !separator.isEmpty {
            while digits.count > 3 {
                groups.insert(String(digits.suffix(3)), at: 0)
                digits.removeLast(3)
            }
        }
        let number = ([digits] + groups).joined(separator: separator) + (fraction.isEmpty ? "" : mark + fraction)
        return isNegative ? (trailing ? number + "-" : "-" + number) : number
    }

    @Test func writtenNumbersAreReadBack() throws {
        var stream = RandomStream(seed: 1, path: 31)
        for _ in 0..<3_000 {
            let whole = stream.index(below: [10, 1_000, 100_000, 1_000_000_000][stream.index(below: 4)])
            let fraction = String(String(stream.index(below: 1_000_000)).prefix(stream.index(below: 6)))
            let isNegative = stream.index(below: 4) == 0
            let expected = try #require(Double((isNegative ? "-" : "") + "\(whole)" + (fraction.isEmpty ? "" : "." + fraction)))
            let trailing = stream.index(below: 2) == 0
            for separator in ["", ".", " ", "'", "\u{A0}", "\u{202F}"] {
                let text = written(whole, fraction, separator, ",", isNegative, trailing: trailing)
                #expect(value(text, .decimalComma) == expected, "\(text)")
            }
            for separator in ["", ",", "'"] {
                let text = written(whole, fraction, separator, ".", isNegative, trailing: trailing)
                #expect(value(text, .decimalPoint) == expected, "\(text)")
            }
        }
    }

    @Test(arguments: [
        "", "-", ",5", "1,", "01,5", "1.23,4", "1.2345,6", "1234.567,8", "1.234 567,8", "0.123,4", "1,2,3", "1.234,5,6", "1e5", "--1",
        "-1-", "a", "1,5 €",
        "1234567890123456", "12.5", "1 23", " 1,5",
    ])
    func whatIsNoNumberWithDecimalCommaIsNone(_ text: String) {
        #expect(value(text, .decimalComma) == nil)
    }

    @Test func allValuesTogetherTellTheStyle() {
        #expect(result(["1.234,56", "7,5", "12"]) == .style(.decimalComma))
        #expect(result(["1,234", "7,5"]) == .style(.decimalComma))
        #expect(result(["1,234", "7.5"]) == .style(.decimalPoint))
        #expect(result(["1,234,567"]) == .style(.decimalPoint))
        #expect(result(["1.234.567"]) == .style(.decimalComma))
        #expect(result(["0,123"]) == .style(.decimalComma))
        #expect(result(["1,234", "5,678", "12"]) == .ambiguous)
        #expect(result(["1,5", "1.5"]) == .none && result(["1,5", "x"]) == .none && result(["1.5", "2"]) == .none)
    }
}
