import ByteParsing
import Foundation
import Statistics
import Testing

struct NumberReaderTests {
    private func bytes<Result>(_ text: String, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        var text = text
        return text.withUTF8 { body(UnsafeRawBufferPointer($0)) }
    }

    /// Against the standard library, for numbers in all their sizes.
    @Test func decimalsAreExact() {
        var stream = RandomStream(seed: 41, path: 1)
        for _ in 0..<50_000 {
            let digits = (0..<(1 + stream.index(below: 22))).map { _ in String(stream.index(below: 10)) }.joined()
            var text = ["", "-", "+"][stream.index(below: 3)] + digits
            if stream.index(below: 2) == 0 {
                let cut = text.index(text.endIndex, offsetBy: -stream.index(below: digits.count))
                text.insert(".", at: cut)
            }
            if stream.index(below: 3) == 0 { text += "e\(stream.index(below: 80) - 40)" }
            #expect(bytes(text, NumberReader.decimal)?.bitPattern == Double(text)?.bitPattern, "\(text)")
        }
        for _ in 0..<20_000 {
            let value = Double(bitPattern: stream.next())
            if value.isFinite { #expect(bytes("\(value)", NumberReader.decimal) == value) }
        }
    }

    @Test func integersAreExact() {
        var stream = RandomStream(seed: 42, path: 1)
        for _ in 0..<20_000 {
            let value = Int64(bitPattern: stream.next()) >> Int64(stream.index(below: 64))
            #expect(bytes("\(value)", NumberReader.integer) == value)
        }
        #expect(bytes("9223372036854775807", NumberReader.integer) == .max)
        #expect(bytes("-9223372036854775808", NumberReader.integer) == .min)
        #expect(bytes(" +7 ", NumberReader.integer) == 7)
    }

    @Test(arguments: ["", "-", "+", ".", "1.2.3", "1e", "e5", "1e+", "abc", "1 2", "NaN", "inf", "0x10", "1,5", "1e 5", "--1"])
    func refuses(_ text: String) {
        #expect(bytes(text, NumberReader.decimal) == nil)
        #expect(bytes(text, NumberReader.integer) == nil)
    }

    @Test func refusesWhatIsTooLarge() {
        #expect(bytes("9223372036854775808", NumberReader.integer) == nil)
        #expect(bytes("-9223372036854775809", NumberReader.integer) == nil)
        #expect(bytes("1e999", NumberReader.decimal) == nil)
        #expect(bytes("1e-999", NumberReader.decimal) == 0)
    }

    @Test func truth() {
        for (text, value) in [("true", true), ("TRUE", true), (" False ", false), ("false", false)] {
            #expect(bytes(text) { NumberReader.boolean($0, acceptsDigits: false) } == value)
        }
        #expect(bytes("1") { NumberReader.boolean($0, acceptsDigits: true) } == true)
        #expect(bytes("0") { NumberReader.boolean($0, acceptsDigits: true) } == false)
        for text in ["1", "yes", "tru", "", "truee"] { #expect(bytes(text) { NumberReader.boolean($0, acceptsDigits: false) } == nil) }
    }
}
