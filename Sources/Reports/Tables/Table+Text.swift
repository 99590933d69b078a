extension Table {
    /// How a table looks on a terminal.
    package struct TextStyle: Sendable {
        /// The language of units and of the line that counts what is left out.
        package var language: Language
        /// How many columns there are at most.
        package var width: Int
        /// Whether better, worse and warning are coloured: on a terminal, never in a pipe.
        package var isColoured: Bool
        /// What follows the number of rows left out, such as the command that prints them.
        package var moreHint: String?

        /// A style with these parts.
        package init(_ language: Language, width: Int = 100, isColoured: Bool = false, moreHint: String? = nil) {
            self.language = language
            self.width = width
            self.isColoured = isColoured
            self.moreHint = moreHint
        }
    }

    /// The table for a terminal, ending with a newline.
    ///
    /// Numbers align right, names left and cut in the middle; where even short names do not fit, columns are left out from the
    /// right. Where the first columns have no heading the title stands in their place, else on a line of its own.
    package func text(_ style: TextStyle) -> String {
        let format = CellText(language: style.language)
        let gap = 2
        let available = Swift.max(style.width, 20)
        var cells = rows.map { row in row.map { InertText.line(InertText.cut(format.text($0.value), to: available)) } }
        let heads = columns.map { column in
            InertText.line(column.unit.map { column.name.isEmpty ? column.name : "\(column.name) (\($0))" } ?? column.name)
        }
        var widths = heads.map { DisplayWidth.of($0) }
        for row in cells {
            for (index, cell) in row.enumerated() { widths[index] = Swift.max(widths[index], DisplayWidth.of(cell)) }
        }
        var shown = columns.count
        func total() -> Int { widths[..<shown].reduce(0, +) + gap * Swift.max(0, shown - 1) }
        let least = 12
        // The widest name column gives way first.
        while total() > available {
            let candidates = (0..<shown).filter { columns[$0].alignment == .left && widths[$0] > least }
            if let widest = candidates.max(by: { (widths[$0], $1) < (widths[$1], $0) }) {
                widths[widest] -= 1
            } else if shown > 1 {
                shown -= 1
            } else {
                widths[0] = available
            }
        }
        for index in cells.indices {
            for column in 0..<shown where columns[column].alignment == .left {
                cells[index][column] = InertText.cut(cells[index][column], to: widths[column])
            }
        }
        func line(_ texts: [String], tones: [Tone]?) -> String {
            var parts: [String] = []
            for column in 0..<shown {
                let isLeft = columns[column].alignment == .left
                var part = isLeft ? InertText.cut(texts[column], to: widths[column]) : texts[column]
                let isLast = column == shown - 1
                part =
                    isLeft
                    ? (isLast ? part : DisplayWidth.padded(part, to: widths[column])) : DisplayWidth.aligned(part, to: widths[column])
                if style.isColoured, let tone = tones?[column] { part = Self.coloured(part, tone) }
                parts.append(part)
            }
            var joined = parts.joined(separator: String(repeating: " ", count: gap))
            while joined.last == " " { joined.removeLast() }
            return joined + "\n"
        }
        var result = ""
        let untitled = heads[..<shown].prefix(while: \.isEmpty).count
        let span = widths[..<untitled].reduce(0, +) + gap * Swift.max(0, untitled - 1)
        let title = InertText.line(title)
        if untitled > 0 && untitled < shown && DisplayWidth.of(title) <= span {
            let rest = line(heads, tones: nil)
            result += DisplayWidth.padded(title, to: span) + rest.dropFirst(span)
        } else {
            if !title.isEmpty { result += InertText.cut(title, to: available) + "\n" }
            if untitled < shown { result += line(heads, tones: nil) }
        }
        for (row, texts) in zip(rows, cells) { result += line(texts, tones: row.map(\.tone)) }
        if omitted > 0 { result += moreLine(style, indent: Swift.min(4, widths[0])) }
        return result
    }

    private func moreLine(_ style: TextStyle, indent: Int) -> String {
        let text = CellText.more(omitted, style.language)
        let hint = style.moreHint.map { style.language == .zh ? "（\(InertText.line($0))）" : " (\(InertText.line($0)))" } ?? ""
        return String(repeating: " ", count: indent) + text + hint + "\n"
    }

    private static func coloured(_ text: String, _ tone: Tone) -> String {
        switch tone {
        case .plain: text
        case .better: "\u{1B}[32m\(text)\u{1B}[0m"
        case .worse: "\u{1B}[31m\(text)\u{1B}[0m"
        case .warning: "\u{1B}[33m\(text)\u{1B}[0m"
        }
    }
}
