import EventLogs
import LogFormats
import Statistics
import TestSupport
import Testing

/// Numbers with separators in columns of tables.
struct NumberSeparatorTests {
    private func amounts(_ values: [String], delimiter: String = ";") throws -> EventLog {
        let rows = values.enumerated().map {
            let value = delimiter == "," ? "\"\($1)\"" : $1
            return ["\($0 / 2)", "A", "2026-01-0\(1 + $0 % 9)", value].joined(separator: delimiter) + "\n"
        }
        return try read(["case", "activity", "timestamp", "cost"].joined(separator: delimiter) + "\n" + rows.joined()).log
    }

    private func numbers(_ log: EventLog) -> [Double?] {
        guard let column = log.columns.attributes.first(where: { $0.name == "cost" && $0.type == .float }) else { return [] }
        return (0..<log.columns.count).map { column.number($0) }
    }

    @Test(arguments: [";", "\t"]) func decimalCommasAreRead(_ delimiter: String) throws {
        let log = try amounts(["1.234,56", "7,5", "-12", "3,00-", ""], delimiter: delimiter)
        #expect(numbers(log) == [1_234.56, 7.5, -12, -3, nil])
        #expect(log.columns.costAttribute != nil)
        #expect(
            log.finding(.numberSeparators)
                == LogFinding(.numberSeparators, .info, count: 3, detail: "cost", examples: ["1.234,56"]))
    }

    @Test func thousandsWithCommasAreRead() throws {
        for delimiter in [";", ","] {
            #expect(numbers(try amounts(["1,234.5", "7.25", "1,000"], delimiter: delimiter)) == [1_234.5, 7.25, 1_000])
        }
    }

    @Test func whatCanBeReadInTwoWaysStaysText() throws {
        let log = try amounts(["1,234", "5,678", "12"])
        #expect(numbers(log).isEmpty && log.columns.costAttribute == nil)
        #expect(log.finding(.ambiguousNumber)?.count == 2 && log.finding(.ambiguousNumber)?.detail == "cost")
        #expect(log.columns.attributes.first { $0.name == "cost" }?.text(0, forms: []) == "1,234")
    }

    /// Where commas part the fields, a quoted `7,5` may be a list.
    @Test func commaSeparatedTablesHaveNoDecimalCommas() throws {
        let log = try amounts(["7,5", "1,25"], delimiter: ",")
        #expect(numbers(log).isEmpty && log.finding(.numberSeparators) == nil)
        let texts = try amounts(["7,5", "see note", "8,5"])
        #expect(numbers(texts).isEmpty && texts.finding(.numberSeparators) == nil)
    }

    /// Behind the first rows, by which plain tables are read.
    @Test(arguments: [6_000, 40]) func laterRowsDecideToo(_ count: Int) throws {
        var stream = RandomStream(seed: 4, path: 32)
        let whole = (0..<count).map { _ in Double(stream.index(below: 2_000_000)) / 100 }
        let plain = try amounts(whole.map { "\($0)" })
        func comma(_ value: Double) -> String { "\(value)".replacing(".", with: ",") }
        #expect(numbers(try amounts(whole.map(comma))) == numbers(plain))
        let late = (0..<count).map { $0 < count - 2 ? "\($0)" : "1.000,5" }
        #expect(numbers(try amounts(late)).last == 1_000.5)
    }
}
