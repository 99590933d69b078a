import ByteParsing
import Foundation
import Testing

struct TextDecodingTests {
    private func decoded(_ bytes: [UInt8], _ encoding: String) throws -> String {
        let name = try #require(TextDecoding.canonicalName(encoding))
        return try bytes.withUnsafeBytes { raw in
            try TextDecoding.utf8(from: raw, encoding: name).withBytes { String(decoding: $0, as: UTF8.self) }
        }
    }

    @Test func encodingsAreDecoded() throws {
        let text = "案例,Größe €\n"
        #expect(try decoded([UInt8](try #require(text.data(using: .utf16LittleEndian))), "utf-16le") == text)
        #expect(try decoded([UInt8](try #require(text.data(using: .utf16BigEndian))), "UTF-16BE") == text)
        #expect(
            try decoded([0xFF, 0xFE] + [UInt8](try #require(text.data(using: .utf16LittleEndian))), "utf-16le") == text,
            "a mark is left out")
        #expect(try decoded([UInt8](try #require("Größe".data(using: .isoLatin1))), "latin1") == "Größe")
        #expect(try decoded([UInt8](try #require("Größe €".data(using: .windowsCP1252))), "windows-1252") == "Größe €")
        #expect(try decoded([0xB0, 0xB8, 0xC0, 0xFD, 0x31], "gb18030") == "案例1")
        #expect(try decoded([0xB0, 0xB8, 0xC0, 0xFD, 0x31], "GBK") == "案例1")
        let long = String(repeating: "漢字 and ASCII ", count: 20_000)
        #expect(try decoded([UInt8](try #require(long.data(using: .utf16LittleEndian))), "utf-16le") == long)
    }

    @Test func whatCannotBeDecodedIsLocated() throws {
        let error = #expect(throws: TextDecodingError.self) { try decoded([0x61, 0x62, 0x81, 0x63], "windows-1252") }
        #expect(error?.position == 2 && error?.byte == 0x81)
        let cut = #expect(throws: TextDecodingError.self) { try decoded([0x61, 0x00, 0x62], "utf-16le") }
        #expect(cut?.position == 2)
    }

    @Test func namesAreKnownOrNot() {
        #expect(TextDecoding.canonicalName("UTF8") == "UTF-8")
        #expect(TextDecoding.canonicalName("Windows_1255") == "CP1255")
        #expect(TextDecoding.canonicalName("iso-8859-15") == "ISO-8859-15")
        for name in ["", "klingon", "utf-8//IGNORE", "../x"] { #expect(TextDecoding.canonicalName(name) == nil) }
    }

    @Test func theLikelyEncodingIsNamed() throws {
        let chinese: [UInt8] = [0xB0, 0xB8, 0xC0, 0xFD, 0x2C, 0xBB, 0xEE, 0xB6, 0xAF, 0x0A]
        #expect(chinese.withUnsafeBytes { TextDecoding.likelyEncoding(of: $0) } == "gb18030")
        let western = [UInt8](try #require("Größe, Maß, Gebühr, é".data(using: .isoLatin1)))
        #expect(western.withUnsafeBytes { TextDecoding.likelyEncoding(of: $0) } == "windows-1252")
    }
}
