import CByteScan

/// Tells from a text's bytes what it is encoded in: UTF-8, UTF-16, GB 18030 (of which GBK and GB 2312 are parts) or Windows-1252 (of which
/// the printing part of Latin-1 is a part).
///
/// An encoding is named only where the bytes are valid in it, read as a plausible text, and no other encoding's do. The same bytes always
/// give the same answer.
package enum EncodingDetector {
    /// What bytes are encoded in.
    package enum Finding: Sendable, Equatable {
        /// This, by the name that `TextDecoding.canonicalName` takes.
        case certain(String)
        /// Several make a plausible text of it: these, the likeliest first.
        case doubtful([String])
        /// None makes a plausible text of it; these come nearest.
        case unknown([String])
    }

    /// What a text, which has some bytes, is encoded in.
    package static func detect(_ bytes: UnsafeRawBufferPointer) -> Finding {
        if let wide = wide(bytes) { return .certain(wide) }
        if UTF8Check.firstInvalid(in: bytes) == nil { return isDoubtfulUTF8(bytes) ? .doubtful(["utf-8", "gb18030"]) : .certain("utf-8") }
        var western = WesternText()
        var chinese = ChineseText()
        for piece in pieces(of: bytes) {
            western.observe(piece)
            chinese.observe(piece)
        }
        switch (chinese.isPlausible, western.isPlausible && !hasUndefined(bytes)) {
        case (true, false): return .certain("gb18030")
        case (false, true): return .certain("windows-1252")
        case (true, true): return .doubtful(["gb18030", "windows-1252"])
        case (false, false):
            let isNearerChinese = TextDecoding.likelyEncoding(of: UnsafeRawBufferPointer(rebasing: bytes.prefix(65_536))) == "gb18030"
            return .unknown(isNearerChinese ? ["gb18030", "windows-1252"] : ["windows-1252", "gb18030"])
        }
    }

    // MARK: - UTF-16

    /// UTF-16 by its mark, or by what its units are: nothing but letters, digits, signs and Hanzi, with ASCII and line breaks among them,
    /// which makes every other byte zero here and there; `nil` where it is none.
    package static func wide(_ bytes: UnsafeRawBufferPointer) -> String? {
        if bytes.starts(with: [0xFF, 0xFE]) { return "utf-16le" }
        if bytes.starts(with: [0xFE, 0xFF]) { return "utf-16be" }
        let head = UnsafeRawBufferPointer(rebasing: bytes.prefix(65_536))
        if bytes.count % 2 != 0 || bytes.count < 4 || !head.contains(0) { return nil }
        let isLittle = isWide(head, isLittle: true)
        if isLittle == isWide(head, isLittle: false) { return nil }
        return isLittle ? "utf-16le" : "utf-16be"
    }

    private static func isWide(_ bytes: UnsafeRawBufferPointer, isLittle: Bool) -> Bool {
        var (ascii, breaks, letters, odd) = (0, 0, 0, 0)
        var index = 0
        while index + 1 < bytes.count {
            let (low, high) = isLittle ? (bytes[index], bytes[index + 1]) : (bytes[index + 1], bytes[index])
            let unit = UInt16(high) << 8 | UInt16(low)
            index += 2
            switch unit {
            case 0x0A, 0x0D: breaks += 1
            case 0x09, 0x20...0x7E: ascii += 1
            case 0xA0...0x17F, 0x0370...0x05EA, 0x1E00...0x1EFF, 0x2010...0x206F, 0x20A0...0x20BF, 0x2100...0x2122, 0x3001...0x30FF,
                0x4E00...0x9FA5, 0xAC00...0xD7A3, 0xFF01...0xFFEE:
                letters += 1
            default: odd += 1
            }
        }
        // A line of a table has its delimiters; a text of one letter to a thousand others is none.
        return breaks > 0 && ascii > breaks && odd * 100 <= ascii + letters && (ascii + breaks) * 20 >= letters
    }

    // MARK: - UTF-8

    /// Whether a short text may be valid UTF-8 by chance: all that is not ASCII are pairs of bytes that are Hanzi in GB 18030, and either
    /// common ones there or letters of several scripts side by side in UTF-8.
    private static func isDoubtfulUTF8(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return false }
        var pairs = 0
        var isMixed = false
        var last = -1
        var index = 0
        while index < bytes.count {
            if bytes[index] < 0x80 {
                last = -1
                index = weir_ascii_end(base + index, base + bytes.count) - base
                if index >= bytes.count { break }
            }
            // A third byte, or many pairs: no chance makes those.
            if bytes[index] >= 0xE0 || pairs == 64 { return false }
            let script = script(bytes[index])
            if script == 0 || (last >= 0 && last != script) { isMixed = true }
            last = script
            pairs += 1
            index += 2
        }
        if pairs == 0 { return false }
        var chinese = ChineseText()
        chinese.observe(bytes)
        if isMixed && chinese.hasHanzi { return true }
        if !chinese.isPlausible { return false }
        guard let latin = try? TextDecoding.converted(bytes, from: "UTF-8", to: "CP1252") else { return true }
        var western = WesternText()
        latin.withBytes { western.observe($0) }
        return !western.isPlausible
    }

    /// The script of what a pair of bytes with this lead is in UTF-8: Latin, Greek, Cyrillic, Hebrew or Arabic; 0 for others.
    private static func script(_ lead: UInt8) -> Int {
        switch lead {
        case 0xC2...0xC5: 1
        case 0xCE, 0xCF: 2
        case 0xD0...0xD2: 3
        case 0xD6, 0xD7: 4
        case 0xD8...0xDB: 5
        default: 0
        }
    }

    // MARK: - Encodings of single and double bytes

    /// Whether a byte stands in it that Windows-1252 has no character for.
    private static func hasUndefined(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.contains { $0 == 0x81 || $0 == 0x8D || $0 == 0x8F || $0 == 0x90 || $0 == 0x9D }
    }

    /// The text, or of a long one stretches of whole lines spread over it.
    private static func pieces(of bytes: UnsafeRawBufferPointer) -> [UnsafeRawBufferPointer] {
        let length = 1 << 16
        let count = 256
        if bytes.count <= length * count { return [bytes] }
        return (0..<count).compactMap { number in
            let start = (bytes.count - length) / count * number
            let piece = bytes[start..<start + length]
            guard let first = piece.firstIndex(of: 0x0A), let last = piece.lastIndex(of: 0x0A), last > first else { return nil }
            return UnsafeRawBufferPointer(rebasing: bytes[first..<last])
        }
    }
}

/// Tells whether bytes read as GB 18030 are a Chinese text.
private struct ChineseText {
    private var isValid = true
    private var hanzi = 0
    private var common = 0
    private var odd = 0

    /// Whether it reads as GB 18030 at all, with some Hanzi.
    var hasHanzi: Bool { isValid && hanzi > 0 }

    /// Whether nearly all that is not ASCII is Hanzi or the punctuation of Chinese, and most of those are common ones.
    var isPlausible: Bool {
        isValid && hanzi > 0 && odd * 50 <= hanzi && (hanzi < 4 ? common == hanzi : common * 2 >= hanzi)
    }

    mutating func observe(_ bytes: UnsafeRawBufferPointer) {
        guard isValid, let text = try? TextDecoding.utf8(from: bytes, encoding: "GB18030") else {
            isValid = false
            return
        }
        text.withBytes { text in
            for scalar in String(decoding: text, as: UTF8.self).unicodeScalars where !scalar.isASCII {
                switch scalar.value {
                case 0x4E00...0x9FFF:
                    hanzi += 1
                    if CommonHanzi.contains(scalar) { common += 1 }
                case 0x3001...0x3017, 0xFF01...0xFF5E, 0x2014, 0x2018...0x201D, 0x2026, 0xB7, 0x3000, 0xFFE5, 0x2103, 0xB0, 0xD7,
                    0x2460...0x2473,
                    0x2160...0x216B, 0x20AC:
                    break
                default: odd += 1
                }
            }
        }
    }
}
