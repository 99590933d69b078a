import ByteParsing

/// Tells texts that went through a wrong encoding on their way into the log.
///
/// Four kinds of damage are known, each by what it leaves behind:
/// - U+FFFD, which stands where a byte could not be read;
/// - UTF-8 read as Windows-1252 or Latin-1 (`Ã©` for `é`, `é‡‡` for `采`): a run of such characters is valid UTF-8 again when it is
///   written in that encoding, which real text of two or more such letters in a row is not;
/// - UTF-8 read as GBK (`閲囪喘` for `采购`): the text is valid UTF-8 again when it is written in GBK;
/// - the remains of both in a row, `锟斤拷`, and of memory never written, `烫烫` and `屯屯`.
struct DamagedText {
    private let gbk = TextEncoding("GBK")

    /// Whether bytes are plain ASCII, in which nothing can be told.
    static func isPlain(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var index = 0
        while index &+ 8 <= bytes.count {
            if bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 != 0 { return false }
            index &+= 8
        }
        while index < bytes.count {
            if bytes[index] >= 0x80 { return false }
            index &+= 1
        }
        return true
    }

    /// Whether a text shows damage.
    func isDamaged(_ text: String) -> Bool {
        var run: [UInt8] = []
        var ideographs = 0
        for scalar in text.unicodeScalars {
            if scalar == "\u{FFFD}" { return true }
            if let byte = Self.western(scalar) {
                run.append(byte)
            } else {
                if Self.isReadTwice(run) { return true }
                run.removeAll(keepingCapacity: true)
            }
            if (0x3400...0x9FFF).contains(scalar.value) { ideographs += 1 }
        }
        if Self.isReadTwice(run) { return true }
        if ideographs < 2 { return false }
        for remains in ["锟斤", "斤拷", "烫烫", "屯屯"] where text.contains(remains) { return true }
        return ideographs >= 3 && isReadAsGBK(text)
    }

    /// The byte above 127 that Windows-1252, or Latin-1 where that has none, reads as this character.
    private static func western(_ scalar: Unicode.Scalar) -> UInt8? {
        if (0x80...0xFF).contains(scalar.value) { return UInt8(scalar.value) }
        return special[scalar]
    }

    private static let special: [Unicode.Scalar: UInt8] = [
        "€": 0x80, "‚": 0x82, "ƒ": 0x83, "„": 0x84, "…": 0x85, "†": 0x86, "‡": 0x87, "ˆ": 0x88, "‰": 0x89, "Š": 0x8A, "‹": 0x8B,
        "Œ": 0x8C, "Ž": 0x8E, "\u{2018}": 0x91, "\u{2019}": 0x92, "\u{201C}": 0x93, "\u{201D}": 0x94, "•": 0x95, "–": 0x96, "—": 0x97,
        "˜": 0x98, "™": 0x99, "š": 0x9A, "›": 0x9B, "œ": 0x9C, "ž": 0x9E, "Ÿ": 0x9F,
    ]

    /// Whether bytes hold UTF-8 of a letter, an ideograph or a usual sign: the first sequence that is one decides.
    private static func isReadTwice(_ bytes: [UInt8]) -> Bool {
        var index = 0
        while index + 1 < bytes.count {
            let lead = bytes[index]
            let length = lead >= 0xF0 && lead <= 0xF4 ? 4 : lead >= 0xE0 && lead < 0xF0 ? 3 : lead >= 0xC2 && lead < 0xE0 ? 2 : 1
            let end = index + length
            if length > 1 && end <= bytes.count && bytes[(index + 1)..<end].allSatisfy({ $0 & 0xC0 == 0x80 }),
                let scalar = String(validating: bytes[index..<end], as: UTF8.self)?.unicodeScalars.first, isUsual(scalar)
            {
                return true
            }
            index += 1
        }
        return false
    }

    /// Whether a character is one that names are made of; `É»` would be U+027B, a sign of phonetics, and is no damage.
    private static func isUsual(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xA0...0x17F, 0x370...0x52F, 0x2010...0x2044, 0x20A0...0x20BF, 0x2122, 0x3000...0x30FF, 0x3400...0x9FFF, 0xAC00...0xD7A3,
            0xFF00...0xFF5E, 0x1F300...0x1FAFF:
            true
        default: false
        }
    }

    private func isReadAsGBK(_ text: String) -> Bool {
        guard let bytes = gbk?.bytes(of: text) else { return false }
        // The last character is often lost on the way, half of a pair of bytes.
        let whole = String(validating: bytes, as: UTF8.self)
        let cut = (1...2).lazy.filter { bytes.count >= 8 + $0 }.compactMap { String(validating: bytes.dropLast($0), as: UTF8.self) }
        guard let original = whole ?? cut.first else { return false }
        let ideographs = original.unicodeScalars.count { (0x4E00...0x9FFF).contains($0.value) }
        return ideographs >= 2 && original.unicodeScalars.allSatisfy { $0.value < 0x80 || Self.isUsual($0) && $0.value >= 0x2010 }
    }
}
