/// Text in Graphviz's DOT language.
enum DOTText {
    /// A name as what stands between the quotes of a label: text and nothing else. Quotes and backslashes are escaped, `&` too (Graphviz
    /// resolves HTML entities in labels), and control and direction-changing characters are replaced by U+FFFD.
    static func escaped(_ name: String) -> String {
        var text = ""
        for scalar in name.unicodeScalars {
            switch scalar.value {
            case 0x22: text += "\\\""
            case 0x5C: text += "\\\\"
            case 0x26: text += "&amp;"
            case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0x2028, 0x2029: text += "\u{FFFD}"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
