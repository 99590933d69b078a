import Foundation

extension ReportDocument {
    /// The document as a Jupyter notebook (nbformat 4.5): one Markdown cell for the first page and one for each section, pictures
    /// and tables inside. It needs no kernel and no network.
    package var notebook: String {
        NotebookPage(words: Words(language)).text(self)
    }
}

/// Writes a document as a notebook.
///
/// Pictures are `img` elements with the SVG in a `data:` address. Of the ways to put an SVG into a notebook it is the one that
/// JupyterLab, Visual Studio Code, GitHub and nbconvert all show: JupyterLab does not show attachments of this type, hides an
/// SVG that is an output until the notebook is trusted, and removes `svg` elements from Markdown; nbviewer puts an output's SVG
/// into the page, where the styles of several pictures collide. As an image it cannot run anything either.
struct NotebookPage {
    var words: Words

    private struct Notebook: Encodable {
        var cells: [Cell]
        var metadata: Metadata
        var nbformat = 4
        var nbformatMinor = 5
    }

    private struct Metadata: Encodable {
        var title: String
    }

    private struct Cell: Encodable {
        var cellType = "markdown"
        var id: String
        var metadata: [String: String] = [:]
        var source: [String]

        /// The text as the format has it: lines, each with its line break but the last.
        init(id: String, text: String) {
            self.id = id
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            source = lines.enumerated().map { $0.offset + 1 < lines.count ? $0.element + "\n" : String($0.element) }
        }
    }

    func text(_ document: ReportDocument) -> String {
        var cells = [Cell(id: "report", text: Self.joined(opening(document)))]
        for section in document.sections {
            let paragraphs = ["## \(prose(section.heading))"] + section.blocks.flatMap { self.block($0) }
            cells.append(Cell(id: "section-\(section.id)", text: Self.joined(paragraphs)))
        }
        cells.append(Cell(id: "footer", text: prose(document.footer)))
        let notebook = Notebook(cells: cells, metadata: Metadata(title: InertText.line(InertText.cut(document.title, to: 200))))
        guard let text = try? JSONText.encode(notebook) else { preconditionFailure("texts and whole numbers have a JSON form") }
        return text
    }

    private static func joined(_ paragraphs: [String]) -> String {
        paragraphs.joined(separator: "\n\n")
    }

    // MARK: Parts

    private func opening(_ document: ReportDocument) -> [String] {
        var parts = ["# \(inert(InertText.cut(document.title, to: 200)))"]
        parts += document.facts.map { prose($0) }
        if let headline = document.headline {
            parts.append("**\(inert(headline.label)): \(inert(headline.figure))**")
            parts.append(prose(headline.basis))
        }
        if let caution = document.caution { parts.append("> \(prose(caution))") }
        if !document.findings.isEmpty {
            parts.append(document.findings.enumerated().map { finding($1, number: $0 + 1) }.joined(separator: "\n"))
        }
        parts.append("## \(inert(words.contents))")
        parts.append(document.sections.map { "- \(inert($0.topic)): \(prose($0.heading))" }.joined(separator: "\n"))
        return parts
    }

    private func finding(_ finding: ReportDocument.Finding, number: Int) -> String {
        var text = "\(number). \(prose(finding.sentence))"
        if !finding.basis.isEmpty { text += " \(prose(finding.basis))" }
        if let picture = finding.picture { text += "<br/>" + images(picture).joined() }
        if let cases = finding.cases {
            text += "\n   - \(slowest(cases))\n   - \(inert(words.filterLabel)) \(MarkdownPage.code(cases.filter))"
        }
        return text
    }

    private func block(_ block: ReportDocument.Block) -> [String] {
        switch block {
        case .paragraph(let text): [prose(text)]
        case .heading(let text): ["### \(prose(text))"]
        case .points(let points): [points.map { "- \(prose($0))" }.joined(separator: "\n")]
        case .figure(let figure):
            images(figure.svg).map { "<p>\($0)</p>" } + [prose(figure.caption)] + figure.data.flatMap { folded($0) }
        case .table(let table): [self.table(table)]
        case .folded(let table): folded(table)
        case .details(let title, let blocks):
            fold(Self.withoutMath(html: HTMLPage.html(title)), blocks.flatMap { self.block($0) })
        case .cases(let cases): [slowest(cases), "\(inert(words.filterLabel)) \(MarkdownPage.code(cases.filter))"]
        case .definitions(let definitions):
            [definitions.map { "- **\(inert($0.term))**: \(prose($0.meaning))" }.joined(separator: "\n")]
        }
    }

    private func table(_ table: Table) -> String {
        let text = Self.withoutMath(markdown: table.markdown(words.language))
        return String(text.last == "\n" ? text.dropLast() : text[...])
    }

    private func folded(_ table: Table) -> [String] {
        let title = InertText.html(words.tableSummary(table.title, rows: table.rows.count + table.omitted))
        return fold(Self.withoutMath(html: title), [self.table(table)])
    }

    private func fold(_ summary: String, _ paragraphs: [String]) -> [String] {
        ["<details>\n<summary>\(summary)</summary>"] + paragraphs + ["</details>"]
    }

    private func slowest(_ cases: ReportDocument.CaseList) -> String {
        let names = cases.slowest.map { inert(InertText.cut($0, to: 40)) }.joined(separator: words.listComma)
        return "\(inert(words.slowestCases(cases.slowest.count))) \(names)"
    }

    private func prose(_ prose: Prose) -> String {
        Self.withoutMath(markdown: MarkdownPage.markdown(prose))
    }

    private func inert(_ text: String) -> String {
        Self.withoutMath(markdown: InertText.markdown(text))
    }

    // MARK: Pictures

    /// The `svg` elements of a figure as images, and the lines between them; of two forms of a picture the wide one.
    private func images(_ figure: String) -> [String] {
        var result: [String] = []
        var isNarrow = false
        var rest = figure[...]
        while let start = rest.firstRange(of: "<svg ")?.lowerBound, let end = rest[start...].firstRange(of: "</svg>")?.upperBound {
            isNarrow = between(rest[..<start], &result, isNarrow)
            if !isNarrow { result.append(Self.image(String(rest[start..<end]))) }
            rest = rest[end...]
        }
        _ = between(rest, &result, isNarrow)
        return result
    }

    /// Keeps the text of the lines around pictures, and says whether a narrow form follows.
    private func between(_ html: Substring, _ result: inout [String], _ wasNarrow: Bool) -> Bool {
        var isNarrow = wasNarrow
        for line in html.split(separator: "\n") {
            if line.contains("class=\"pic-narrow\"") {
                isNarrow = true
            } else if line.hasPrefix("<div") || line.hasPrefix("</div>") {
                if line.hasPrefix("</div>") { isNarrow = false }
            } else {
                let text = line.replacing(/^<p[^>]*>/, with: "").replacing(/<\/p>$/, with: "")
                result.append(Self.withoutMath(html: String(text)))
            }
        }
        return isNarrow
    }

    /// An `svg` element as an image that carries its colours and its ground.
    private static func image(_ svg: String) -> String {
        var file = svg
        let style = "<style>\n" + SVG.escapedStyle(PictureStyle.file) + "\n</style>\n<rect class=\"f-p\" width=\"100%\" height=\"100%\"/>\n"
        if let head = file.firstRange(of: "</desc>\n") { file.insert(contentsOf: style, at: head.upperBound) }
        var name = ""
        if let title = svg.firstMatch(of: /<title[^>]*>([^<]*)<\/title>/) { name = withoutMath(attribute: String(title.output.1)) }
        return "<img alt=\"\(name)\" src=\"data:image/svg+xml;base64,\(Data(file.utf8).base64EncodedString())\"/>"
    }

    // MARK: Formulas

    /// Inert Markdown in which nothing is a formula. Notebooks typeset `$…$`, `\(…\)` and `\begin{…}…` in the finished page,
    /// whatever escapes stood in Markdown; a formula that would have to run through the end of an element is none.
    static func withoutMath(markdown: String) -> String {
        if !markdown.contains(where: { $0 == "$" || $0 == "\\" }) { return markdown }
        let lines = markdown.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.map { withoutMath(line: Array($0.unicodeScalars)) }.joined(separator: "\n")
    }

    private static func withoutMath(line: [Unicode.Scalar]) -> String {
        var result = String.UnicodeScalarView()
        var place = 0
        func run(at start: Int) -> Int { line[start...].prefix { $0 == "`" }.count }
        while place < line.count {
            let scalar = line[place]
            let next = place + 1 < line.count ? line[place + 1] : nil
            if scalar == "`" {
                // A code span is shown as it is: formulas are not looked for in it.
                let fence = run(at: place)
                var end = place + fence
                while end < line.count, line[end] != "`" || run(at: end) != fence { end += max(run(at: end), 1) }
                end = min(end + fence, line.count)
                result.append(contentsOf: line[place..<end])
                place = end
            } else if scalar == "$" || (scalar == "\\" && next == "$") {
                result.append(contentsOf: dollar.unicodeScalars)
                place += scalar == "$" ? 1 : 2
            } else if scalar == "\\" && next == "\\" {
                result.append(contentsOf: backslash.unicodeScalars)
                place += 2
            } else if scalar == "\\", let next {
                result.append(scalar)
                result.append(next)
                place += 2
            } else {
                result.append(scalar)
                place += 1
            }
        }
        return String(result)
    }

    /// Inert HTML in which nothing is a formula or, to a reader of Markdown, code.
    static func withoutMath(html: String) -> String {
        html.replacing("$", with: dollar).replacing("\\", with: backslash).replacing("`", with: "&#96;")
    }

    private static func withoutMath(attribute: String) -> String {
        attribute.replacing("\"", with: "&quot;").replacing("$", with: "&#36;").replacing("\\", with: "&#92;").replacing("`", with: "&#96;")
    }

    private static let dollar = "<span>&#36;</span>"
    private static let backslash = "<span>&#92;</span>"
}
