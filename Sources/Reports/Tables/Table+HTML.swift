extension Table {
    /// The table as an HTML `table` element in a box that scrolls; the title is its caption.
    package func html(_ language: Language) -> String {
        let format = CellText(language: language)
        let title = InertText.html(title)
        var result =
            "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"\(title)\">\n<table>\n<caption>\(title)</caption>\n<thead><tr>"
        for column in columns {
            result += "<th scope=\"col\"\(column.alignment == .right ? " class=\"n\"" : "")>\(InertText.html(column.heading))</th>"
        }
        result += "</tr></thead>\n<tbody>\n"
        for row in rows {
            result += "<tr>"
            for (column, cell) in zip(columns, row) { result += Self.html(cell, column, format) }
            result += "</tr>\n"
        }
        result += "</tbody>\n</table>\n</div>\n"
        if omitted > 0 {
            result += "<p class=\"more\">" + InertText.html(CellText.more(omitted, language)) + "</p>\n"
        }
        return result
    }

    private static func html(_ cell: Cell, _ column: Column, _ format: CellText) -> String {
        var classes = column.alignment == .right ? ["n"] : []
        switch cell.tone {
        case .plain: break
        case .better: classes.append("better")
        case .worse: classes.append("worse")
        case .warning: classes.append("warning")
        }
        let attribute = classes.isEmpty ? "" : " class=\"\(classes.joined(separator: " "))\""
        let content =
            switch cell.value {
            case .name(let name): HTMLText.name(name)
            case .path(let names): names.map { HTMLText.name($0) }.joined(separator: " → ")
            case .list(let names): names.map { HTMLText.name($0, longest: 40) }.joined(separator: ", ")
            case .code(let text): "<code>\(InertText.html(InertText.cut(text, to: 600)))</code>"
            default: InertText.html(format.text(cell.value))
            }
        return "<td\(attribute)>\(content)</td>"
    }
}

/// Pieces of HTML that hold text from logs.
enum HTMLText {
    /// A name from a log, isolated from the direction of the text around it and cut in the middle where it is too long to read.
    static func name(_ text: String, longest: Int = Table.longestShown) -> String {
        "<bdi>\(InertText.html(InertText.cut(text, to: longest)))</bdi>"
    }
}
