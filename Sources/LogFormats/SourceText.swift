import ByteParsing
import Foundation

/// The text of a file as valid UTF-8, whatever it is written in.
enum SourceText {
    /// Lends the text to `body`: as it is where it is UTF-8, else decoded; with the encoding where it was found out from the bytes.
    static func withUTF8<Result>(
        _ bytes: UnsafeRawBufferPointer, encoding: String?, file: String,
        _ body: (UnsafeRawBufferPointer, _ detected: String?) throws -> Result
    ) throws -> Result {
        var name = try encodingName(bytes, encoding: encoding, file: file)
        var detected: String?
        if encoding == nil, ContentSniffer.textKind(bytes).isTable {
            detected = try detectedEncoding(bytes, file)
            if let canonical = detected.flatMap(TextDecoding.canonicalName) { name = canonical }
        }
        if name == "UTF-8" {
            if detected == nil, let bad = UTF8Check.firstInvalid(in: bytes) {
                throw invalid(bytes, at: bad, encoding: encoding ?? "UTF-8", file)
            }
            return try body(bytes, nil)
        }
        let decoded: ByteBuffer
        do {
            decoded = try TextDecoding.utf8(from: bytes, encoding: name)
        } catch {
            throw invalid(bytes, at: error.position, encoding: encoding ?? name, file)
        }
        return try decoded.withBytes { try body($0, detected) }
    }

    /// What the bytes of a table or of lines of JSON are encoded in, or `nil` where nothing can be said.
    private static func detectedEncoding(_ bytes: UnsafeRawBufferPointer, _ file: String) throws -> String? {
        switch EncodingDetector.detect(bytes) {
        case .certain(let name): return name
        case .doubtful(let candidates): throw InputError(file: file, .doubtfulEncoding(candidates: candidates))
        case .unknown: return nil
        }
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

    /// The error of a byte that is not valid.
    static func invalid(_ bytes: UnsafeRawBufferPointer, at position: Int, encoding: String, _ file: String) -> InputError {
        let place = TextPlace.lineAndColumn(of: position, in: bytes)
        return InputError(
            file: file, line: place.line, column: place.column,
            .encoding(
                byte: position < bytes.count ? bytes[position] : 0, position: position, encoding: encoding,
                candidates: candidates(of: bytes, besides: encoding)))
    }

    /// The encodings that bytes may be in, as they are not in the one said.
    static func candidates(of bytes: UnsafeRawBufferPointer, besides encoding: String) -> [String] {
        let all =
            switch EncodingDetector.detect(bytes) {
            case .certain(let name): [name]
            case .doubtful(let names), .unknown(let names): names
            }
        let others = all.filter { TextDecoding.canonicalName($0) != TextDecoding.canonicalName(encoding) }
        return others.isEmpty ? ["latin1"] : others
    }
}
