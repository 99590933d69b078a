extension ReportDocument {
    /// The document as one self-contained HTML file: no script, nothing fetched, well-formed as XML too.
    package var html: String {
        let words = Words(language)
        var page = HTMLPage(words: words)
        return page.render(self)
    }
}

/// Writes a document as HTML.
struct HTMLPage {
    var words: Words
    private var out = ""

    init(words: Words) {
        self.words = words
    }

    mutating func render(_ document: ReportDocument) -> String {
        let title = InertText.html(InertText.cut(document.title, to: 200))
        out = """
            <!DOCTYPE html>
            <html lang="\(words.language == .zh ? "zh-Hans" : "en")">
            <head>
            <meta charset="utf-8"/>
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <meta name="referrer" content="no-referrer"/>
            <meta name="color-scheme" content="light dark"/>
            <title>\(title)</title>
            <style>
            \(ReportStyle.css)
            </style>
            </head>
            <body>
            <a class="skip" href="#content">\(words.skipToContent)</a>
            <div class="page">
            <header>
            <p class="kicker">\(InertText.html(document.kicker))</p>
            <h1><bdi>\(title)</bdi></h1>

            """
        for fact in document.facts { out += "<p class=\"fact\">\(Self.html(fact))</p>\n" }
        if let headline = document.headline { write(headline) }
        if let caution = document.caution { out += "<p class=\"caution\">\(Self.html(caution))</p>\n" }
        if !document.findings.isEmpty {
            out += "<ol class=\"findings\">\n"
            for finding in document.findings { write(finding) }
            out += "</ol>\n"
        }
        out += "</header>\n<nav aria-labelledby=\"contents\">\n<h2 id=\"contents\">\(words.contents)</h2>\n<ol>\n"
        for section in document.sections {
            out +=
                "<li><a href=\"#\(section.id)\"><span class=\"topic\">\(InertText.html(section.topic))</span> <span>\(Self.html(section.heading))</span></a></li>\n"
        }
        out += "</ol>\n</nav>\n<main id=\"content\">\n"
        for section in document.sections { write(section) }
        out += "</main>\n<footer>\n<p>\(Self.html(document.footer))</p>\n</footer>\n</div>\n</body>\n</html>\n"
        return out
    }

    private mutating func write(_ headline: ReportDocument.Headline) {
        let tone = Self.toneClass(headline.tone)
        out += "<div class=\"headline\">\n<p class=\"label\">\(InertText.html(headline.label))</p>\n"
        out += "<p class=\"figure \(tone)\">\(InertText.html(headline.figure))</p>\n"
        out += "<p class=\"basis\">\(Self.html(headline.basis))</p>\n</div>\n"
    }

    private mutating func write(_ finding: ReportDocument.Finding) {
        out += "<li class=\"finding\">\n"
        if let picture = finding.picture { out += "<div class=\"mini\">\(picture)</div>\n" }
        out +=
            "<div class=\"said\">\n<p class=\"sentence\">\(Self.html(finding.sentence)) <a class=\"more\" href=\"#\(finding.section)\">\(words.evidence)</a></p>\n"
        if !finding.basis.isEmpty { out += "<p class=\"basis\">\(Self.html(finding.basis))</p>\n" }
        if let cases = finding.cases { write(cases, isFolded: true) }
        out += "</div>\n</li>\n"
    }

    private mutating func write(_ section: ReportDocument.Section) {
        out += "<section id=\"\(section.id)\" aria-labelledby=\"\(section.id)-heading\">\n"
        out += "<p class=\"kicker\">\(InertText.html(section.topic))</p>\n"
        out += "<h2 id=\"\(section.id)-heading\">\(Self.html(section.heading))</h2>\n"
        for block in section.blocks { write(block) }
        out += "</section>\n"
    }

    private mutating func write(_ block: ReportDocument.Block) {
        switch block {
        case .paragraph(let prose): out += "<p>\(Self.html(prose))</p>\n"
        case .heading(let prose): out += "<h3>\(Self.html(prose))</h3>\n"
        case .points(let points):
            out += "<ul>\n" + points.map { "<li>\(Self.html($0))</li>\n" }.joined() + "</ul>\n"
        case .figure(let figure): write(figure)
        case .table(let table): out += table.html(words.language)
        case .folded(let table): writeFolded(table)
        case .details(let title, let blocks):
            out += "<details>\n<summary>\(Self.html(title))</summary>\n"
            for block in blocks { write(block) }
            out += "</details>\n"
        case .cases(let cases): write(cases, isFolded: false)
        case .definitions(let definitions):
            out += "<dl>\n"
            for (term, meaning) in definitions { out += "<dt>\(InertText.html(term))</dt><dd>\(Self.html(meaning))</dd>\n" }
            out += "</dl>\n"
        }
    }

    private mutating func write(_ figure: ReportDocument.Figure) {
        out += "<figure>\n"
        out +=
            "<div class=\"\(figure.isBroad ? "picture broad" : "picture")\">\n\(figure.svg)</div>\n<figcaption>\(Self.html(figure.caption))</figcaption>\n</figure>\n"
        for table in figure.data { writeFolded(table) }
    }

    private mutating func writeFolded(_ table: Table) {
        out +=
            "<details class=\"data\">\n<summary>\(InertText.html(words.tableSummary(table.title, rows: table.rows.count + table.omitted)))</summary>\n"
        out += table.html(words.language)
        out += "</details>\n"
    }

    private mutating func write(_ cases: ReportDocument.CaseList, isFolded: Bool) {
        let list = cases.slowest.map { HTMLText.name($0, longest: 40) }.joined(separator: words.listComma)
        let body =
            "<p class=\"cases\">\(InertText.html(words.slowestCases(cases.slowest.count))) \(list)</p>\n<p class=\"cases\">\(InertText.html(words.filterLabel)) <code>\(InertText.html(InertText.cut(cases.filter, to: 600)))</code></p>\n"
        out += isFolded ? "<details class=\"which\">\n<summary>\(InertText.html(words.whichCases))</summary>\n\(body)</details>\n" : body
    }

    private static func toneClass(_ tone: Table.Tone) -> String {
        switch tone {
        case .plain: "plain"
        case .better: "better"
        case .worse: "worse"
        case .warning: "warning"
        }
    }

    static func html(_ prose: Prose) -> String {
        prose.parts.map { part in
            switch part {
            case .words(let text): InertText.html(text)
            case .strong(let text): "<strong>\(InertText.html(text))</strong>"
            case .name(let text): HTMLText.name(text, longest: 60)
            case .code(let text): "<code>\(InertText.html(InertText.cut(text, to: 600)))</code>"
            case .link(let text, let section): "<a href=\"#\(section)\">\(InertText.html(text))</a>"
            }
        }.joined()
    }
}
