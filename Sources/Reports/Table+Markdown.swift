extension Table {
    /// The table in Markdown (GitHub's form), ending with a newline; names are escaped and cut in the middle beyond 120 columns.
    package func markdown(_ language: Language) -> String {
        let format = CellText(language: language)
        func line(_ fields: [String]) -> String { "| " + fields.joined(separator: " | ") + " |\n" }
        var result = title.isEmpty ? "" : "**\(InertText.markdown(title))**\n\n"
        result += line(columns.map { InertText.markdown($0.heading) })
        result += "|" + columns.map { $0.alignment == .right ? "---:|" : ":---|" }.joined() + "\n"
        for row in rows {
            result += line(row.map { InertText.markdown(InertText.cut(format.text($0.value), to: Self.longestShown)) })
        }
        if omitted > 0 {
            let count = CellText.grouped(String(omitted))
            result += "\n" + (language == .zh ? "… 还有 \(count) 行" : "… \(count) more") + "\n"
        }
        return result
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
