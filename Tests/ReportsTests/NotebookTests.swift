import Foundation
import FoundationXML
import Testing

@testable import Reports

@Suite struct NotebookTests {
    /// A notebook as a reader of JSON sees it.
    private struct Notebook: Decodable {
        struct Cell: Decodable {
            var cellType: String
            var id: String
            var metadata: [String: String]
            var source: [String]
            var text: String { source.joined() }
        }

        var nbformat: Int
        var nbformatMinor: Int
        var metadata: [String: String]
        var cells: [Cell]
    }

    private static func read(_ text: String) throws -> Notebook {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(Notebook.self, from: Data(text.utf8))
    }

    /// The pictures of a text, decoded.
    private static func pictures(_ text: String) -> [String] {
        text.matches(of: /<img alt="[^"<>]*" src="data:image\/svg\+xml;base64,([A-Za-z0-9+\/=]+)"\/>/).compactMap {
            Data(base64Encoded: String($0.output.1)).map { String(decoding: $0, as: UTF8.self) }
        }
    }

    private static func withoutPictures(_ text: String) -> String {
        text.replacing(/<img alt="[^"<>]*" src="data:image\/svg\+xml;base64,[A-Za-z0-9+\/=]+"\/>/, with: "")
    }

    @Test(arguments: Language.allCases) func theFormIsThatOfNbformat45(_ language: Language) throws {
        let before = try SampleLogs.purchases("before", cases: 150)
        let after = try SampleLogs.purchases("after", cases: 150)
        let report = Report(ReportTests.input(before, after, language: language))
        let text = report.notebook
        #expect(text == Report(ReportTests.input(before, after, language: language)).notebook)
        #expect(text.hasSuffix("}\n"))
        let notebook = try Self.read(text)
        #expect(notebook.nbformat == 4 && notebook.nbformatMinor == 5)
        #expect(notebook.metadata == ["title": "p2p"])
        let sections = report.document.sections
        #expect(notebook.cells.map(\.id) == ["report"] + sections.map { "section-\($0.id)" } + ["footer"])
        #expect(Set(notebook.cells.map(\.id)).count == notebook.cells.count)
        for cell in notebook.cells {
            #expect(cell.cellType == "markdown" && cell.metadata.isEmpty)
            #expect(cell.id.wholeMatch(of: /[A-Za-z0-9_-]{1,64}/) != nil)
            #expect(cell.source.dropLast().allSatisfy { $0.hasSuffix("\n") && $0.dropLast().allSatisfy { $0 != "\n" } })
            #expect(cell.source.last?.hasSuffix("\n") == false)
        }
        #expect(notebook.cells[0].text.hasPrefix("# p2p\n\n"))
        for cell in notebook.cells.dropFirst().dropLast() { #expect(cell.text.hasPrefix("## ")) }
    }

    @Test func itHoldsThePicturesAndTablesOfThePage() throws {
        let report = Report(
            ReportTests.input(try SampleLogs.purchases("before", cases: 150), try SampleLogs.purchases("after", cases: 150)))
        let html = report.html
        let all = try Self.read(report.notebook).cells.map(\.text).joined(separator: "\n\n")
        let pictures = Self.pictures(all)
        // Every picture of the page in the order of the page, in its wide form where it has two.
        let ids = html.matches(of: /<title id="([^"]+)-t">/).map { String($0.output.1) }.filter { !$0.hasSuffix("-n") }
        #expect(pictures.compactMap { $0.firstMatch(of: /<title id="([^"]+)-t">/).map { String($0.output.1) } } == ids)
        for picture in pictures {
            let parser = XMLParser(data: Data(picture.utf8))
            #expect(parser.parse(), "\(picture.prefix(200))")
            #expect(picture.contains("<style>") && picture.contains("class=\"f-p\" width=\"100%\""))
        }
        let bare = Self.withoutPictures(all)
        #expect(!bare.contains("<svg") && !bare.contains("<img") && !bare.contains("<div"))
        // Every table, and every row of it: a row of Markdown is a line that begins with a bar.
        let tables = html.matches(of: /<table>/).count
        #expect(bare.matches(of: /(?m)^\|(?::|-)/).count == tables)
        let rows = html.matches(of: /<tr>/).count
        #expect(bare.matches(of: /(?m)^\|\x20/).count == rows)
        #expect(bare.matches(of: /<details>/).count == bare.matches(of: /<\/details>/).count)
    }

    @Test(arguments: [Language.en, .zh]) func hostileNamesAreInert(_ language: Language) throws {
        let report = Report(
            ReportTests.input(
                ReportTests.hostileLog(seed: 4), ReportTests.hostileLog(seed: 9), language: language, people: .names,
                title: "</summary><img src=x> $x$ \\(y\\)"))
        let text = report.notebook
        #expect(!text.unicodeScalars.contains { InertText.isHostile($0) && $0 != "\n" })
        for cell in try Self.read(text).cells {
            let bare = ReportTests.withoutCodeSpans(Self.withoutPictures(cell.text))
            let tags = Set(bare.matches(of: /<\/?([A-Za-z][A-Za-z0-9]*)/).map { String($0.output.1) })
            #expect(tags.subtracting(["p", "br", "span", "details", "summary", "a", "bdi", "strong", "code"]) == [])
            #expect(bare.firstMatch(of: /<[a-z]+ (?!href="#)/) == nil)
            #expect(!bare.contains("](") && !bare.contains("$"))
        }
    }

    @Test func nothingIsAFormula() {
        let cases = [
            (#"cost \$5 and \$6"#, "cost <span>&#36;</span>5 and <span>&#36;</span>6"),
            (
                InertText.markdown(#"\(x\) \begin{y} \[z\]"#),
                #"<span>&#92;</span>(x<span>&#92;</span>) <span>&#92;</span>begin{y} <span>&#92;</span>\[z<span>&#92;</span>\]"#
            ),
            (#"`` $a`\\b `` \$"#, #"`` $a`\\b `` <span>&#36;</span>"#),
            (#"\`\$\*"#, #"\`<span>&#36;</span>\*"#),
            ("plain", "plain"),
        ]
        for (given, expected) in cases { #expect(NotebookPage.withoutMath(markdown: given) == expected) }
        #expect(NotebookPage.withoutMath(html: #"$`\"#) == "<span>&#36;</span>&#96;<span>&#92;</span>")
    }
}
