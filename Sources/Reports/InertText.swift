/// Text from logs made harmless for where it is shown: it can be read, but it cannot act.
package enum InertText {
    /// Whether a character acts on a terminal or on the direction of text instead of being shown: control characters,
    /// bidirectional marks, embeddings and isolates, line and paragraph separators, invisible tags.
    package static func isHostile(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0: true
        case 0x061C, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE0FFF: true
        default: false
        }
    }

    /// The text on one line: each acting character becomes a visible sign (`␛` for the escape character).
    package static func line(_ text: String) -> String {
        replaced(text) { _ in false }
    }

    /// The text with its line breaks and tabs, other acting characters made visible.
    package static func block(_ text: String) -> String {
        replaced(text) { $0 == "\n" || $0 == "\r" || $0 == "\t" }
    }

    private static func replaced(_ text: String, _ isKept: (Unicode.Scalar) -> Bool) -> String {
        if !text.unicodeScalars.contains(where: { isHostile($0) && !isKept($0) }) { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if !isHostile(scalar) || isKept(scalar) {
                result.append(scalar)
            } else if scalar.value < 0x20 {
                result.append(Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}")
            } else if scalar.value == 0x7F {
                result.append("\u{2421}")
            } else {
                result.append("\u{FFFD}")
            }
        }
        return String(result)
    }

    /// The text with everything escaped that HTML and SVG read as markup, in content and in quoted attributes.
    package static func html(_ text: String) -> String {
        var result = ""
        for scalar in line(text).unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// The text with everything escaped that Markdown (CommonMark and GitHub's tables and bare links) reads as markup.
    package static func markdown(_ text: String) -> String {
        let scalars = Array(line(text).unicodeScalars)
        var result = ""
        for (index, scalar) in scalars.enumerated() {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "@": result += "&#64;"
            case "|": result += "\\|"
            case ":":
                // An entity breaks the bare links that renderers make of “scheme://”.
                result += index + 1 < scalars.count && scalars[index + 1] == "/" ? "&#58;" : ":"
            case ".":
                let start = index >= 3 && scalars[(index - 3)..<index].allSatisfy { $0 == "w" || $0 == "W" }
                result += start ? "&#46;" : "."
            case "\\", "`", "*", "_", "[", "]", "~", "#", "$", "!":
                result += "\\"
                result.unicodeScalars.append(scalar)
            case "+", "-":
                result += index == 0 ? "\\" : ""
                result.unicodeScalars.append(scalar)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// A field of a CSV file (RFC 4180), quoted where needed. Text that a spreadsheet would read as a formula gets an
    /// apostrophe in front; line breaks stay, other acting characters become visible.
    package static func csv(_ text: String) -> String {
        var text = block(text)
        if let first = text.unicodeScalars.first, "=+-@\t\r\n＝＋－＠".unicodeScalars.contains(first) { text = "'" + text }
        let needsQuotes = text.unicodeScalars.contains { $0 == "\"" || $0 == "," || $0 == "\n" || $0 == "\r" }
        return needsQuotes ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
    }

    /// The text cut in the middle, `…` standing for what is left out, so that it takes at most `width` columns.
    package static func cut(_ text: String, to width: Int) -> String {
        // Nothing longer than this is ever shown whole, and measuring 10 kB of one name for each row would cost.
        let isLong = text.utf8.count > 8 * width + 64
        if !isLong && DisplayWidth.of(text) <= width { return text }
        if width < 2 { return width == 1 ? "…" : "" }
        let room = width - 1
        let head = prefix(of: text, columns: room - room / 2)
        let tail = String(prefix(of: String(text.suffix(width).reversed()), columns: room / 2).reversed())
        return head + "…" + tail
    }

    private static func prefix(of text: String, columns: Int) -> String {
        var used = 0
        var result = ""
        for character in text {
            used += DisplayWidth.of(character)
            if used > columns { break }
            result.append(character)
        }
        return result
    }
}
