import ByteParsing
import Foundation
import Statistics
import Testing

struct JSONScannerTests {
    private static func error(_ text: String, staysOnLine: Bool = false) -> JSONError? {
        Array(text.utf8).withUnsafeBytes { bytes in
            var scanner = JSONScanner(bytes, staysOnLine: staysOnLine)
            do throws(JSONError) {
                scanner.skipSpace()
                try scanner.skipValue()
                scanner.skipSpace()
                return scanner.position == bytes.count ? nil : scanner.unexpected()
            } catch {
                return error
            }
        }
    }

    @Test(arguments: [
        "{}", "[]", " [1, -0, 0.5, 1e9, 1E-9, -12.5e+3] ", "{\"a\":{\"b\":[true,false,null]}}", "\"\\u00e9\\n\\\"\"", "[[[[]]]]",
    ])
    func whatIsJSONPasses(_ text: String) {
        #expect(Self.error(text) == nil)
    }

    @Test(arguments: [
        ("{\"a\":1,}", 7, JSONError.Problem.unexpected("}")), ("[1 2]", 3, .unexpected("2")), ("{\"a\" 1}", 5, .unexpected("1")),
        ("{a:1}", 1, .unexpected("a")), ("[01]", 1, .leadingZero), ("[1.]", 3, .unexpected("]")), ("[-]", 2, .unexpected("]")),
        ("[1", 2, .unexpectedEnd), ("{\"a", 1, .unclosedText), ("[\"\\x\"]", 3, .badEscape), ("[\"\\u12g4\"]", 3, .badEscape),
        ("[\"\u{1}\"]", 2, .controlCharacter(1)), ("[tru]", 1, .unexpected("t")), ("[nullx]", 5, .unexpected("x")),
        ("[1e]", 3, .unexpected("]")), ("[中]", 1, .unexpected("中")), ("[\"a\nb\"]", 1, .unclosedText),
        (String(repeating: "[", count: 300), 201, .tooDeep),
    ])
    func whatIsNoneIsRefusedInItsPlace(_ text: String, _ position: Int, _ problem: JSONError.Problem) {
        #expect(Self.error(text) == JSONError(position: position, problem: problem))
    }

    @Test func aLineBreakEndsTheValueWhereLinesCount() {
        #expect(Self.error("{\"a\":\n1}") == nil)
        #expect(Self.error("{\"a\":\n1}", staysOnLine: true) == JSONError(position: 5, problem: .lineBreak))
        #expect(Self.error("{\"a\":\r\t 1}", staysOnLine: true) == nil)
    }

    /// Foundation reads the same text from what was escaped in any way.
    @Test func escapesAreFoundationsToo() throws {
        var stream = RandomStream(seed: 12, path: 1)
        let parts = [
            "a", "é", "中", "😀", "\\u4e2d", "\\ud83d\\ude00", "\\n", "\\t", "\\\\", "\\\"", "\\/", "\\b", "\\f", "\\r", "\\u0041", " ",
        ]
        for _ in 0..<300 {
            let inner = (0..<stream.index(below: 12)).map { _ in parts[stream.index(below: parts.count)] }.joined()
            let expected = try #require(try JSONSerialization.jsonObject(with: Data("[\"\(inner)\"]".utf8)) as? [String])[0]
            let own = try Array("\"\(inner)\"".utf8).withUnsafeBytes { bytes in
                var scanner = JSONScanner(bytes)
                let token = try scanner.text()
                let room = ByteScratch()
                scanner.unescape(token, into: room)
                return String(decoding: room.bytes, as: UTF8.self)
            }
            #expect(own == expected)
        }
    }

    @Test func halvesOfPairsAreCounted() throws {
        try Array("\"\\ud83d x \\ude00\"".utf8).withUnsafeBytes { bytes in
            var scanner = JSONScanner(bytes)
            let token = try scanner.text()
            let room = ByteScratch()
            scanner.unescape(token, into: room)
            #expect(String(decoding: room.bytes, as: UTF8.self) == "\u{FFFD} x \u{FFFD}")
            #expect(scanner.loneSurrogates == 2)
        }
    }
}
