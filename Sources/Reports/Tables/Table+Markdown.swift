extension Table {
    /// The table in Markdown (GitHub's form), ending with a newline; names are escaped and cut in the middle beyond 120 columns.
    package func markdown(_ language: Language) -> String {
        let format = CellText(language: language)
        func line(_ fields: [String]) -> String { "| " + fields.joined(separator: " | ") + " |\n" }
        var result = title.isEmpty ? "" : "**\(InertText.markdown(title))**\n\n"
        result += line(columns.map { InertText.markdown($0.heading) })
        result += "|" + columns.map { $0.alignment == .right ? "---:|" : ":---|" }.joined() + "\n"
        for row in rows {
            result += line(row.map { Self.markdown($0.value, format) })
        }
        if omitted > 0 {
            result += "\n" + CellText.more(omitted, language) + "\n"
        }
        return result
    }

    private static func markdown(_ value: Value, _ format: CellText) -> String {
        switch value {
        // A bar would end the cell even inside a code span, and its escape would show: such text stands bare.
        case .code(let text) where !text.contains("|"): MarkdownPage.code(text)
        case .path(let names): names.map { InertText.markdown(InertText.cut($0, to: longestShown)) }.joined(separator: " → ")
        case .list(let names): names.map { InertText.markdown(InertText.cut($0, to: 40)) }.joined(separator: ", ")
        default: InertText.markdown(InertText.cut(format.text(value), to: longestShown))
        }
    }

    /// How many columns of a name are shown where lines can wrap.
    static let longestShown = 120
}

extension Table.Column {
    /// The heading with its unit.
    var heading: String {
        unit.map { name.isEmpty ? $0 : "\(name) (\($0))" } ?? name
    }
}
