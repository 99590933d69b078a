extension ReportDocument {
    /// The document as one Markdown file (GitHub's form): pictures give way to their captions and tables.
    package var markdown: String {
        var page = MarkdownPage(words: Words(language))
        return page.render(self)
    }
}

/// Writes a document as Markdown.
struct MarkdownPage {
    var words: Words
    private var out = ""

    /// How many rows of a table are printed where it cannot be folded.
    private static let rowLimit = 25

    init(words: Words) {
        self.words = words
    }

    mutating func render(_ document: ReportDocument) -> String {
        out = "# \(InertText.markdown(InertText.cut(document.title, to: 200)))\n\n"
        for fact in document.facts { paragraph(fact) }
        if let headline = document.headline {
            out += "**\(InertText.markdown(headline.label)): \(InertText.markdown(headline.figure))**\n\n"
            paragraph(headline.basis)
        }
        if let caution = document.caution { out += "> \(Self.markdown(caution))\n\n" }
        for (index, finding) in document.findings.enumerated() {
            out += "\(index + 1). \(Self.markdown(finding.sentence))"
            if !finding.basis.isEmpty { out += " \(Self.markdown(finding.basis))" }
            out += "\n"
            if let cases = finding.cases {
                out += "   - \(list(cases))\n   - \(InertText.markdown(words.filterLabel)) \(Self.code(cases.filter))\n"
            }
        }
        out += "\n## \(words.contents)\n\n"
        for section in document.sections {
            out += "- \(InertText.markdown(section.topic)): \(Self.markdown(section.heading))\n"
        }
        out += "\n"
        for section in document.sections {
            out += "## \(Self.markdown(section.heading))\n\n"
            for block in section.blocks { write(block) }
        }
        out += "---\n\n\(Self.markdown(document.footer))\n"
        return out
    }

    private mutating func paragraph(_ prose: Prose) {
        out += Self.markdown(prose) + "\n\n"
    }

    private mutating func write(_ block: ReportDocument.Block) {
        switch block {
        case .paragraph(let prose): paragraph(prose)
        case .heading(let prose): out += "### \(Self.markdown(prose))\n\n"
        case .points(let points): out += points.map { "- \(Self.markdown($0))\n" }.joined() + "\n"
        case .figure(let figure):
            out += "*\(InertText.markdown(words.pictureInHTML))* \(Self.markdown(figure.caption))\n\n"
            for table in figure.data { write(table) }
        case .table(let table), .folded(let table): write(table)
        case .details(let title, let blocks):
            out += "### \(Self.markdown(title))\n\n"
            for block in blocks { write(block) }
        case .cases(let cases):
            out += "\(list(cases))\n\n\(InertText.markdown(words.filterLabel)) \(Self.code(cases.filter))\n\n"
        case .definitions(let definitions):
            for (term, meaning) in definitions { out += "- **\(InertText.markdown(term))**: \(Self.markdown(meaning))\n" }
            out += "\n"
        }
    }

    private mutating func write(_ table: Table) {
        out += table.prefix(Self.rowLimit).markdown(words.language) + "\n"
    }

    private func list(_ cases: ReportDocument.CaseList) -> String {
        let names = cases.slowest.map { InertText.markdown(InertText.cut($0, to: 40)) }.joined(separator: words.listComma)
        return "\(InertText.markdown(words.slowestCases(cases.slowest.count))) \(names)"
    }

    /// A code span whose fence is longer than any run of backquotes inside.
    static func code(_ text: String) -> String {
        let inert = InertText.line(InertText.cut(text, to: 600))
        var longest = 0
        var run = 0
        for character in inert {
            run = character == "`" ? run + 1 : 0
            longest = max(longest, run)
        }
        let fence = String(repeating: "`", count: longest + 1)
        return longest == 0 ? "`\(inert)`" : "\(fence) \(inert) \(fence)"
    }

    static func markdown(_ prose: Prose) -> String {
        prose.parts.map { part in
            switch part {
            case .words(let text), .link(let text, _): InertText.markdown(text)
            case .strong(let text): "**\(InertText.markdown(text))**"
            case .name(let text): InertText.markdown(InertText.cut(text, to: 60))
            case .code(let text): code(text)
            }
        }.joined()
    }
}
