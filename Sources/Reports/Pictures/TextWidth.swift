/// How wide words are in a picture, from a table of our own, so that a layout does not depend on the fonts of a machine.
///
/// The advances are those of a wide sans-serif, so that words keep inside their boxes in narrower ones too; East-Asian
/// characters take one em (``DisplayWidth`` decides which those are), combining marks nothing.
package enum TextWidth {
    /// The width of a text in pixels at a font size.
    package static func of(_ text: String, size: Double = PictureStyle.fontSize, isStrong: Bool = false) -> Double {
        var total = 0.0
        for character in text { total += of(character) }
        return total * size * (isStrong ? 1.07 : 1)
    }

    /// The width of a character in ems.
    static func of(_ character: Character) -> Double {
        let columns = DisplayWidth.of(character)
        if columns == 0 { return 0 }
        if columns > 1 { return character.unicodeScalars.first.map { $0.value >= 0x1F000 ? 1.3 : 1 } ?? 1 }
        guard let scalar = character.unicodeScalars.first else { return 0 }
        switch scalar {
        case "i", "l", "j", "I", "|": return 0.3
        case " ", ".", ",", ":", ";", "'", "’", "!", "\u{A0}": return 0.33
        case "f", "t", "r", "(", ")", "[", "]", "-", "/", "\\", "‘", "“", "”", "\"", "{", "}": return 0.43
        case "m", "M", "W", "w", "@", "%", "…": return 0.98
        case "0"..."9", "a"..."z": return 0.63
        case "A"..."Z": return 0.74
        case "+", "−", "=", "<", ">", "→", "←", "~", "^", "–", "*", "#", "_": return 0.84
        case "—": return 1
        default: return scalar.value < 0x250 ? 0.68 : scalar.value >= 0x2190 && scalar.value < 0x2C00 ? 0.95 : 0.74
        }
    }

    /// The text cut in the middle, `…` standing for what is left out, so that it is at most `width` pixels wide.
    package static func fit(_ text: String, to width: Double, size: Double = PictureStyle.fontSize, isStrong: Bool = false) -> String {
        let text = bounded(text)
        let ems = width / size / (isStrong ? 1.07 : 1)
        if of(text, size: 1) <= ems + 1e-9 { return text }
        let room = ems - of(Character("…"))
        guard room > 0 else { return "…" }
        let characters = Array(text)
        var head = 0
        var tail = 0
        var used = 0.0
        // The start of a name tells more than its end: the end gets every second character.
        while head + tail < characters.count {
            let takesHead = head <= tail + 1
            let next = takesHead ? characters[head] : characters[characters.count - 1 - tail]
            used += of(next)
            if used > room { break }
            if takesHead { head += 1 } else { tail += 1 }
        }
        var start = String(characters[..<head])
        var end = String(characters[(characters.count - tail)...])
        while start.last == " " { start.removeLast() }
        while end.first == " " { end.removeFirst() }
        return start + "…" + end
    }

    /// The text in lines of at most `width` pixels, broken between words and between East-Asian characters, at most `lines`
    /// of them; what does not fit is cut in the middle of the last line.
    package static func wrap(
        _ text: String, to width: Double, lines: Int, size: Double = PictureStyle.fontSize, isStrong: Bool = false
    ) -> [String] {
        var rest = pieces(of: bounded(text))[...]
        var result: [String] = []
        while !rest.isEmpty && result.count < lines - 1 {
            var line = ""
            while let piece = rest.first, of((line + piece).trimmingEnd, size: size, isStrong: isStrong) <= width {
                line += piece
                rest.removeFirst()
            }
            if line.isEmpty {
                if rest.count == 1 { break }
                line = rest.removeFirst()
            }
            result.append(fit(line.trimmingEnd, to: width, size: size, isStrong: isStrong))
        }
        let last = rest.joined().trimmingEnd
        if !last.isEmpty || result.isEmpty { result.append(fit(last, to: width, size: size, isStrong: isStrong)) }
        return result
    }

    /// Where a line may break: after a space, a hyphen or an underscore, around East-Asian characters.
    private static func pieces(of text: String) -> [String] {
        var result: [String] = []
        var current = ""
        for character in text {
            let isWide = DisplayWidth.of(character) > 1
            let isClosing = "，。、；：）》」』！？,.;:)".contains(character)
            if isWide && !isClosing && !current.isEmpty {
                result.append(current)
                current = ""
            }
            current.append(character)
            if character == " " || character == "-" || character == "_" || character == "/" || isWide {
                // A closing sign stays with what it closes.
                if isClosing && current.count == 1 && !result.isEmpty {
                    result[result.count - 1] += current
                } else {
                    result.append(current)
                }
                current = ""
            }
        }
        if !current.isEmpty { result.append(current) }
        return result
    }

    /// The text without what no picture has room for: beyond 600 characters its middle, beyond two combining marks on one
    /// character the rest of them.
    static func bounded(_ text: String) -> String {
        if text.utf8.count <= 256 && text.unicodeScalars.allSatisfy({ $0.value < 0x300 }) { return text }
        var characters: [Character] = []
        for character in text {
            characters.append(character.unicodeScalars.count <= 3 ? character : unstacked(character))
        }
        if characters.count > 600 { characters = characters.prefix(299) + ["…"] + characters.suffix(300) }
        return String(characters)
    }

    private static func unstacked(_ character: Character) -> Character {
        var marks = 0
        var scalars = String.UnicodeScalarView()
        for scalar in character.unicodeScalars.prefix(12) {
            if scalar.properties.generalCategory == .nonspacingMark { marks += 1 }
            if marks <= 2 { scalars.append(scalar) }
        }
        return Character(String(scalars))
    }
}

extension String {
    fileprivate var trimmingEnd: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}
