import ByteParsing
import Foundation

/// The text of a file as valid UTF-8, whatever it is written in.
enum SourceText {
    /// Lends the text to `body`: as it is where it is UTF-8, else decoded.
    ///
    /// - Parameter isChecked: whether text that is to be UTF-8 is valid when it is lent; else ``check(_:encoding:file:)`` tells.
    static func withUTF8<Result>(
        _ bytes: UnsafeRawBufferPointer, encoding: String?, file: String, isChecked: Bool = true,
        _ body: (UnsafeRawBufferPointer) throws -> Result
    ) throws -> Result {
        let name = try encodingName(bytes, encoding: encoding, file: file)
        if name == "UTF-8" {
            if isChecked { try check(bytes, encoding: encoding, file: file) }
            return try body(bytes)
        }
        let decoded: ByteBuffer
        do {
            decoded = try TextDecoding.utf8(from: bytes, encoding: name)
        } catch {
            throw invalid(bytes, at: error.position, encoding: encoding ?? name, file)
        }
        return try decoded.withBytes(body)
    }

    /// Throws where bytes that are to be UTF-8, as they are or by the name given, are not.
    static func check(_ bytes: UnsafeRawBufferPointer, encoding: String?, file: String) throws {
        if let bad = UTF8Check.firstInvalid(in: bytes) { throw invalid(bytes, at: bad, encoding: encoding ?? "UTF-8", file) }
    }

    /// The encoding of a file's bytes by its canonical name: the one given, else that of a byte-order mark, else the one an XML
    /// declaration names, else UTF-8.
    static func encodingName(_ bytes: UnsafeRawBufferPointer, encoding: String?, file: String) throws -> String {
        var name = "UTF-8"
        if let encoding {
            guard let known = TextDecoding.canonicalName(encoding) else { throw InputError(file: file, .unknownEncoding(encoding)) }
            name = known == "UTF-16" ? wideEncoding(bytes) ?? "UTF-16LE" : known
        } else if let wide = wideEncoding(bytes) {
            name = wide
        } else if let declared = declaredEncoding(bytes) {
            guard let known = TextDecoding.canonicalName(declared) else {
                throw InputError(file: file, line: 1, .unknownEncoding(declared))
            }
            // A file that is read byte by byte up to its declaration is in no encoding of two bytes a character.
            name = known.hasPrefix("UTF-16") ? "UTF-8" : known
        }
        return name
    }

    /// UTF-16 by its byte-order mark, or by the zero bytes of XML's first characters.
    static func wideEncoding(_ bytes: UnsafeRawBufferPointer) -> String? {
        if bytes.starts(with: [0xFF, 0xFE]) { return "UTF-16LE" }
        if bytes.starts(with: [0xFE, 0xFF]) { return "UTF-16BE" }
        if bytes.starts(with: [0x3C, 0x00, 0x3F, 0x00]) { return "UTF-16LE" }
        if bytes.starts(with: [0x00, 0x3C, 0x00, 0x3F]) { return "UTF-16BE" }
        return nil
    }

    /// UTF-16 without a mark, told by every other byte of mostly Latin text being zero: a guess, only fit for advice.
    static func likelyWideEncoding(_ bytes: UnsafeRawBufferPointer) -> String? {
        let sample = bytes.prefix(2_048)
        var zeros = [0, 0]
        for (place, byte) in sample.enumerated() where byte == 0 { zeros[place & 1] += 1 }
        let pairs = sample.count / 2
        if pairs < 4 { return nil }
        if zeros[1] * 2 > pairs && zeros[0] * 10 < pairs { return "utf-16le" }
        return zeros[0] * 2 > pairs && zeros[1] * 10 < pairs ? "utf-16be" : nil
    }

    /// The encoding that an XML declaration names.
    private static func declaredEncoding(_ bytes: UnsafeRawBufferPointer) -> String? {
        var head = bytes.prefix(1_024)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return nil }
        if !head.starts(with: Array("<?xml".utf8)) { return nil }
        guard let end = head.firstIndex(of: UInt8(ascii: ">")) else { return nil }
        head = head[..<end]
        let text = String(decoding: head, as: UTF8.self)
        guard let place = text.range(of: "encoding")?.upperBound else { return nil }
        let rest = text[place...].drop { $0 == " " || $0 == "=" || $0 == "\t" || $0 == "\n" || $0 == "\r" }
        guard let quote = rest.first, quote == "\"" || quote == "'" else { return nil }
        return String(rest.dropFirst().prefix { $0 != quote })
    }

    private static func invalid(_ bytes: UnsafeRawBufferPointer, at position: Int, encoding: String, _ file: String) -> InputError {
        let place = TextPlace.lineAndColumn(of: position, in: bytes)
        let from = max(0, position - 256)
        let part = UnsafeRawBufferPointer(rebasing: bytes[from..<min(bytes.count, position + 65_536)])
        var suggestion = TextDecoding.likelyEncoding(of: part)
        if TextDecoding.canonicalName(encoding) == TextDecoding.canonicalName(suggestion) {
            suggestion = suggestion == "gb18030" ? "windows-1252" : "latin1"
        }
        return InputError(
            file: file, line: place.line, column: place.column,
            .encoding(byte: position < bytes.count ? bytes[position] : 0, position: position, encoding: encoding, suggestion: suggestion))
    }
}
