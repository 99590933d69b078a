/// Tells whether bytes above 127 stand as Windows-1252 has them in German, French, Spanish, Portuguese, Italian and Nordic texts.
///
/// Letters stand in words of mostly plain letters, hardly ever two of them together; signs stand where signs stand. What other encodings
/// leave there looks different: pairs of letters, signs within words, capitals behind small letters.
struct WesternText {
    /// Words with accented letters, and signs.
    private(set) var count = 0
    /// Those of them that no such text has.
    private(set) var odd = 0

    /// Whether the text is plausible: it has such bytes, and all but one in a hundred stand well.
    var isPlausible: Bool { count > 0 && odd * 100 <= count }

    /// Looks at a whole text.
    mutating func observe(_ bytes: UnsafeRawBufferPointer) {
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte < 0x80 {
                index += 1
            } else if Self.isLetter(byte) {
                index = observeWord(bytes, at: index)
            } else {
                count += 1
                if !Self.isSignInPlace(bytes, index) { odd += 1 }
                index += 1
            }
        }
    }

    /// Looks at the word in which a letter stands, and returns its end.
    private mutating func observeWord(_ bytes: UnsafeRawBufferPointer, at index: Int) -> Int {
        var start = index
        while start > 0 && (Self.isPlainLetter(bytes[start - 1])) { start -= 1 }
        var end = index
        var (plain, high, together) = (0, 0, 0)
        var (hasSmall, hasSmallHigh, capitals, isOdd) = (false, false, 0, false)
        for place in start..<bytes.count {
            let byte = bytes[place]
            end = place
            if Self.isPlainLetter(byte) {
                plain += 1
                together = 0
                if byte & 0x20 != 0 { hasSmall = true } else { capitals += 1 }
            } else if Self.isLetter(byte) {
                high += 1
                together += 1
                let isCapital = byte == 0x8C || (byte >= 0xC0 && byte < 0xDF)
                if !Self.isUsual(byte) || (isCapital && hasSmall) || together > 2 { isOdd = true }
                if together == 2 && !Self.isPair(bytes[place - 1], byte) { isOdd = true }
                if byte == 0xF5 && (place + 1 == bytes.count || bytes[place + 1] | 0x20 != UInt8(ascii: "e")) { isOdd = true }
                if !isCapital && byte != 0xDF { hasSmallHigh = true }
            } else {
                break
            }
            end = place + 1
        }
        if plain == 0 && high > 1 || high > plain + 1 || high > 2 && high > plain { isOdd = true }
        if hasSmallHigh && !hasSmall && capitals > 1 { isOdd = true }
        count += 1
        if isOdd { odd += 1 }
        return max(end, index + 1)
    }

    private static func isPlainLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }

    private static func isLetter(_ byte: UInt8) -> Bool {
        if byte >= 0xC0 { return byte != 0xD7 && byte != 0xF7 }
        return [0x83, 0x8A, 0x8C, 0x8E, 0x9A, 0x9C, 0x9E, 0x9F].contains(byte)
    }

    /// The letters of the languages above; those of the others that Windows-1252 can write are few and tell its neighbours apart.
    private static func isUsual(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x8C, 0x9C: true
        case 0xD0, 0xDD, 0xDE, 0xF0, 0xFD, 0xFE, 0xFF: false
        default: byte >= 0xC0
        }
    }

    /// Pairs of accented letters that words have.
    private static func isPair(_ left: UInt8, _ right: UInt8) -> Bool {
        // öß äß üß éé éç çã çõ ñá ñé ñí ñó áñ íñ úñ üí ää öö, capitals too.
        let pairs: [(UInt8, UInt8)] = [
            (0xF6, 0xDF), (0xE4, 0xDF), (0xFC, 0xDF), (0xE9, 0xE9), (0xE9, 0xE7), (0xE7, 0xE3), (0xE7, 0xF5), (0xF1, 0xE1), (0xF1, 0xE9),
            (0xF1, 0xED), (0xF1, 0xF3), (0xE1, 0xF1), (0xED, 0xF1), (0xFA, 0xF1), (0xFC, 0xED), (0xE4, 0xE4), (0xF6, 0xF6),
        ]
        func small(_ byte: UInt8) -> UInt8 { byte >= 0xC0 && byte < 0xDF ? byte | 0x20 : byte }
        return pairs.contains { $0 == small(left) && $1 == small(right) }
    }

    /// Whether a sign stands as texts have it; `index` is its place.
    private static func isSignInPlace(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> Bool {
        let before = index > 0 ? bytes[index - 1] : UInt8(ascii: "\n")
        let after = index + 1 < bytes.count ? bytes[index + 1] : UInt8(ascii: "\n")
        func isWordPart(_ byte: UInt8) -> Bool { isPlainLetter(byte) || (isLetter(byte) && isUsual(byte)) }
        func isLoose(_ byte: UInt8) -> Bool { byte < 0x80 && !isPlainLetter(byte) || byte == 0xA0 }
        let isOpening = isLoose(before) && (after < 0x80 || isWordPart(after) || after == 0xA0)
        let isClosing = (before < 0x80 || isWordPart(before) || before == 0xA0 || before == 0x85) && isLoose(after)
        switch bytes[index] {
        case 0x92, 0xB4:  // ’ ´
            return isWordPart(before) && (isWordPart(after) || isLoose(after))
        case 0x82, 0x84, 0x8B, 0xAB:  // ‚ „ ‹ «
            return isOpening
        case 0x94, 0x9B, 0xBB:  // ” › »
            return isClosing
        case 0x91, 0x93:  // ‘ “, which open in English and close in German
            return isOpening || isClosing
        case 0xA1, 0xBF:  // ¡ ¿
            return isLoose(before) && isWordPart(after)
        case 0x96, 0x97:  // dashes
            return isLoose(before) && isLoose(after)
        case 0x85: return isLoose(after)  // …
        case 0xA0: return before < 0x80 || [0xAB, 0x80, 0xB0, 0xA7, 0x96, 0x97].contains(before) || isWordPart(before)
        case 0x80, 0xA3, 0xA5:  // € £ ¥
            return isLoose(before) && isLoose(after)
        case 0xB0, 0xBA, 0xAA:  // ° º ª
            return (before < 0x80 || before == 0xA0) && (after < 0x80 || after == 0xA0) && before != UInt8(ascii: "\n")
        case 0xB2, 0xB3: return before | 0x20 == UInt8(ascii: "m") && isLoose(after)  // ² ³
        case 0xB5: return isLoose(before) && isPlainLetter(after)  // µ
        case 0xA7, 0xB1: return isLoose(before) && isLoose(after)  // § ±
        case 0xA9, 0xAE, 0x99: return before < 0x80 && isLoose(after)  // © ® ™
        case 0xB7, 0x95: return before < 0x80 && after < 0x80  // · •
        case 0xBC, 0xBD, 0xBE, 0xD7: return isLoose(before) && isLoose(after) && before != UInt8(ascii: "\n")  // ¼ ½ ¾ ×
        default: return false
        }
    }
}
