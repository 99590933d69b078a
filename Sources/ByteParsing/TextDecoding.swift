import Foundation

/// Turns text of other encodings into UTF-8 by the system's `iconv`.
package enum TextDecoding {
    /// An encoding's name as `iconv` knows it, or `nil` where no such encoding is known.
    ///
    /// Case, `-`, `_` and spaces make no difference for the common ones: `utf-8`, `utf-16le`, `utf-16be`, `latin1`,
    /// `windows-1252`, `gb18030`, `gbk`, `big5`, `shift_jis`; others go by their IANA names.
    package static func canonicalName(_ name: String) -> String? {
        let key = String(name.lowercased().unicodeScalars.filter { !"-_ ".unicodeScalars.contains($0) })
        switch key {
        case "utf8", "ascii", "usascii": return "UTF-8"
        case "utf16": return "UTF-16"
        case "utf16le", "ucs2", "ucs2le": return "UTF-16LE"
        case "utf16be", "ucs2be": return "UTF-16BE"
        case "latin1", "iso88591", "l1": return "ISO-8859-1"
        case "gb18030": return "GB18030"
        case "gbk", "cp936", "windows936": return "GBK"
        case "gb2312", "euccn": return "GB2312"
        case "big5": return "BIG5"
        case "sjis", "shiftjis": return "SHIFT_JIS"
        default: break
        }
        if key.hasPrefix("windows") && key.dropFirst(7).allSatisfy(\.isNumber) { return openable("CP" + key.dropFirst(7)) }
        let isPlain = name.utf8.allSatisfy { byte in
            (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
                || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
                || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
        }
        return isPlain && !name.isEmpty ? openable(name.uppercased()) : nil
    }

    /// `bytes` as UTF-8, or where they are not valid text of that encoding.
    ///
    /// A byte-order mark at the start is left out.
    ///
    /// - Parameter encoding: from ``canonicalName(_:)``.
    package static func utf8(from bytes: UnsafeRawBufferPointer, encoding: String) throws(TextDecodingError) -> ByteBuffer {
        let buffer = try converted(bytes, from: encoding, to: "UTF-8")
        let mark = buffer.withBytes { $0.starts(with: [0xEF, 0xBB, 0xBF]) }
        if !mark { return buffer }
        var rest = ByteBuffer(capacity: buffer.count)
        buffer.withBytes { rest.append(UnsafeRawBufferPointer(rebasing: $0[3...])) }
        return rest
    }

    /// `bytes` in another encoding, or where they are not valid text of theirs or have no counterpart.
    static func converted(
        _ bytes: UnsafeRawBufferPointer, from encoding: String, to target: String
    ) throws(TextDecodingError) -> ByteBuffer {
        let decoder = try TextDecoder(encoding: encoding, target: target)
        var buffer = ByteBuffer(capacity: bytes.count + bytes.count / 2 + 64)
        let taken = try decoder.decode(bytes, to: &buffer)
        if taken < bytes.count { throw TextDecodingError(position: taken, encoding: encoding, byte: bytes[taken]) }
        return buffer
    }

    /// What an encoding is likely to be where it is not UTF-8: bytes above 127 come in pairs in Chinese encodings and
    /// mostly alone in Western ones.
    ///
    /// - Parameter bytes: a part of the file, from its start.
    package static func likelyEncoding(of bytes: UnsafeRawBufferPointer) -> String {
        var pairs = 0
        var singles = 0
        var index = 0
        while index < bytes.count {
            if bytes[index] < 0x80 {
                index += 1
                continue
            }
            let first = index
            while index < bytes.count && bytes[index] >= 0x80 { index += 1 }
            if (index - first) % 2 == 0 { pairs += 1 } else { singles += 1 }
        }
        let head = UnsafeRawBufferPointer(rebasing: bytes.prefix(bytes.count - bytes.count % 2))
        if pairs > singles && (try? utf8(from: head, encoding: "GB18030").count) != nil { return "gb18030" }
        return pairs > singles * 3 ? "gb18030" : "windows-1252"
    }

    private static func openable(_ name: some StringProtocol) -> String? {
        let converter = iconv_open("UTF-8", String(name))
        if Int(bitPattern: converter) == -1 { return nil }
        iconv_close(converter)
        return String(name)
    }
}

/// Turns text into UTF-8 piece by piece.
package final class TextDecoder {
    private let converter: iconv_t
    private let encoding: String

    /// A decoder of an encoding from ``TextDecoding/canonicalName(_:)``.
    package convenience init(encoding: String) throws(TextDecodingError) {
        try self.init(encoding: encoding, target: "UTF-8")
    }

    fileprivate init(encoding: String, target: String) throws(TextDecodingError) {
        guard let converter = iconv_open(target, encoding), Int(bitPattern: converter) != -1 else {
            throw TextDecodingError(position: 0, encoding: encoding, byte: nil)
        }
        self.converter = converter
        self.encoding = encoding
    }

    deinit {
        iconv_close(converter)
    }

    /// Appends what the bytes say to `buffer` and returns how many of them were taken: all but a character at the end that is not whole.
    ///
    /// - Throws: where bytes are not valid text, by their place among these.
    package func decode(_ bytes: UnsafeRawBufferPointer, to buffer: inout ByteBuffer) throws(TextDecodingError) -> Int {
        var position = 0
        while position < bytes.count {
            var failure: Int32 = 0
            buffer.append(room: 1 << 16) { (room) -> Int in
                var input = UnsafeMutablePointer(mutating: bytes.baseAddress?.advanced(by: position).assumingMemoryBound(to: CChar.self))
                var left = bytes.count - position
                var output = room.baseAddress?.assumingMemoryBound(to: CChar.self)
                var spare = room.count
                if iconv(converter, &input, &left, &output, &spare) == -1 { failure = errno }
                position = bytes.count - left
                return room.count - spare
            }
            if failure == EINVAL { return position }
            if failure != 0 && failure != E2BIG {
                throw TextDecodingError(position: position, encoding: encoding, byte: bytes[position])
            }
        }
        return position
    }
}

/// Where bytes are not valid text of an encoding.
package struct TextDecodingError: Error, Equatable {
    /// The place of the first such byte, from 0.
    package var position: Int
    /// The encoding.
    package var encoding: String
    /// The byte there.
    package var byte: UInt8?
}
