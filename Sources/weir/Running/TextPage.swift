import Reports

/// A page of text for eyes: lines that never get wider than the page, and tables.
struct TextPage {
    private(set) var text = ""
    let session: Session

    init(_ session: Session) {
        self.session = session
    }

    /// Adds a line; what acts on a terminal is made visible, and what is too long is cut in the middle.
    mutating func line(_ line: String = "") {
        text += InertText.cut(InertText.line(line), to: session.width) + "\n"
    }

    /// Adds a line, folded at spaces into as many as it needs; those after the first are indented.
    mutating func folded(_ line: String, indent: Int = 2) {
        var current = ""
        var isFirst = true
        for whole in InertText.line(line).split(separator: " ", omittingEmptySubsequences: false) {
            let word = InertText.cut(String(whole), to: session.width - indent)
            let candidate = current.isEmpty ? word : current + " " + word
            if DisplayWidth.of(candidate) + (isFirst ? 0 : indent) > session.width && !current.isEmpty {
                text += String(repeating: " ", count: isFirst ? 0 : indent) + current + "\n"
                isFirst = false
                current = word
            } else {
                current = candidate
            }
        }
        text += String(repeating: " ", count: isFirst ? 0 : indent) + current + "\n"
    }

    /// Adds a line that belongs to the one before: four columns in, folded as ``folded(_:indent:)`` does.
    mutating func indented(_ line: String) {
        var narrow = session
        narrow.width -= 4
        var page = TextPage(narrow)
        page.folded(line, indent: 0)
        for part in page.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() { text += "    " + part + "\n" }
    }

    /// Adds the first rows of a table; the rest is counted.
    mutating func table(_ table: Table, rows: Int = 3, hint: String? = nil) {
        let style = Table.TextStyle(session.language, width: session.width, isColoured: session.isColoured, moreHint: hint)
        text += table.prefix(rows).text(style)
    }

    /// Adds the last line: what to do next. Commands stay whole: those that do not fit get lines of their own.
    mutating func next(_ commands: String...) {
        let label = session.language("Next: ", "下一步：")
        // A command too long to read is too long to copy.
        let shown = commands.filter { $0.utf8.count <= 400 }.map(InertText.line)
        if shown.isEmpty { return }
        let joined = label + shown.joined(separator: " · ")
        line()
        if DisplayWidth.of(joined) <= session.width {
            text += joined + "\n"
            return
        }
        let indent = String(repeating: " ", count: DisplayWidth.of(label))
        for (index, command) in shown.enumerated() { text += (index == 0 ? label : indent) + command + "\n" }
    }
}

/// A word as it can be typed into a shell.
func shellWord(_ word: String) -> String {
    let isPlain =
        !word.isEmpty
        && word.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
            case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "+"), 0x80...: true
            default: false
            }
        }
    if isPlain { return word }
    if !word.contains("\"") && !word.contains("$") && !word.contains("`") && !word.contains("\\") && !word.contains("!") {
        return "\"\(word)\""
    }
    return "'" + word.replacing("'", with: "'\\''") + "'"
}
