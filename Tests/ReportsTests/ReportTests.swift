import EventLogs
import Foundation
import FoundationXML
import Indicators
import Performance
import ProcessModels
import Reports
import Statistics
import TestSupport
import Testing

/// What an HTML page holds, as an XML parser sees it.
private final class PageReader: NSObject, XMLParserDelegate {
    var elements: Set<String> = []
    var attributes: Set<String> = []
    var links: [String] = []
    var ids: [String] = []
    /// Words outside of names, code and style.
    var ownWords = ""
    var allWords = ""
    var error: String?
    private var open: [String] = []

    static func read(_ html: String) -> PageReader {
        let reader = PageReader()
        let parser = XMLParser(data: Data(html.utf8))
        parser.delegate = reader
        if !parser.parse() { reader.error = "\(parser.parserError?.localizedDescription ?? "?") line \(parser.lineNumber)" }
        return reader
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?, attributes given: [String: String]
    ) {
        open.append(name)
        elements.insert(name)
        for (key, value) in given {
            attributes.insert(key)
            if key == "href" || key == "src" || key == "xlink:href" { links.append(value) }
            if key == "id" { ids.append(value) }
            if ["title", "aria-label", "alt"].contains(key) { ownWords += value + "\n" }
        }
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        open.removeLast()
        ownWords += "\n"
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
        if open.contains("style") { return }
        allWords += text
        if !open.contains("bdi") && !open.contains("code") { ownWords += text }
    }
}

@Suite struct ReportTests {
    static func input(
        _ before: EventLog, _ after: EventLog? = nil, language: Language = .en, people: PeopleDisplay = .roles,
        title: String = "p2p"
    ) -> ReportInput {
        let analysed = AnalysedLog(name: "before.csv", log: before)
        let analysedAfter = after.map { AnalysedLog(name: "after.csv", log: $0) }
        return ReportInput(
            title: title, before: analysed, after: analysedAfter,
            comparison: after.map { Comparison(before: before, after: $0, options: ComparisonOptions(replicates: 200)) },
            provenance: SampleLogs.provenance,
            options: ReportOptions(language: language, people: people))
    }

    /// A log whose every name is hostile, with rework, open cases and events without time.
    static func hostileLog(seed: UInt64) -> EventLog {
        let base = EventLog.random(seed: seed, cases: 60, activities: 9, longest: 12)
        var builder = EventLogBuilder()
        var row = 0
        for position in 0..<base.caseCount {
            let number = builder.caseNumber(hostileNames[position % hostileNames.count] + "\(position)")
            for instance in base.instanceRanges[position] {
                row += 1
                let activity = hostileNames[Int(base.instances.activity[instance]) * 2 % hostileNames.count]
                let event = builder.append(
                    case: number, activity: builder.activityNumber(activity), time: base.instances.completion[instance], row: row)
                builder.setStart(event, base.instances.startTime(instance))
                builder.set(.resource, event, hostileNames[row % 7])
                builder.set(.department, event, hostileNames[row % 5 + 2])
            }
        }
        return builder.finish()
    }

    static let allowedElements: Set<String> = [
        "html", "head", "meta", "title", "style", "body", "a", "div", "header", "p", "h1", "h2", "h3", "bdi", "strong", "ol", "ul", "li",
        "nav",
        "main", "section", "figure", "figcaption", "details", "summary", "table", "caption", "thead", "tbody", "tr", "th", "td", "dl", "dt",
        "dd",
        "code", "footer", "span", "svg", "desc", "defs", "g", "path", "rect", "line", "circle", "text", "tspan", "polygon", "polyline",
        "marker",
        "pattern", "clipPath", "ellipse", "use", "linearGradient", "stop",
    ]

    @Test(arguments: [Language.en, .zh], [PeopleDisplay.roles, .names]) func hostileNamesAreInert(
        _ language: Language, _ people: PeopleDisplay
    ) {
        let report = Report(Self.input(Self.hostileLog(seed: 4), Self.hostileLog(seed: 9), language: language, people: people))
        let html = report.html
        let page = PageReader.read(html)
        #expect(page.error == nil, "\(page.error ?? "")")
        #expect(page.elements.subtracting(Self.allowedElements) == [])
        #expect(!page.attributes.contains { $0.lowercased().hasPrefix("on") })
        #expect(page.links.allSatisfy { $0.hasPrefix("#") })
        #expect(!html.unicodeScalars.contains { InertText.isHostile($0) && $0 != "\n" })
        #expect(!html.contains("url(http") && !html.contains("@import"))
        #expect(html.utf8.count < 1_500_000)
        let markdown = report.markdown
        #expect(!markdown.unicodeScalars.contains { InertText.isHostile($0) && $0 != "\n" })
        let bare = Self.withoutCodeSpans(markdown)
        #expect(!bare.contains("](http") && !bare.contains("<script") && !bare.contains("<img"))
    }

    /// Markdown without escaped characters and without its code spans, inside which text stands as it is (CommonMark 6.1: a span ends at a run of as many
    /// backquotes as began it).
    static func withoutCodeSpans(_ markdown: String) -> String {
        markdown.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            var rest = Array(line)[...]
            var kept = ""
            while let character = rest.first {
                if character == "\\" {
                    rest = rest.dropFirst(2)
                    continue
                }
                let fence = rest.prefix { $0 == "`" }.count
                if fence == 0 {
                    kept.append(character)
                    rest = rest.dropFirst()
                    continue
                }
                var place = rest.startIndex + fence
                var end: Int?
                while place < rest.endIndex {
                    let run = rest[place...].prefix { $0 == "`" }.count
                    if run == fence {
                        end = place + run
                        break
                    }
                    place += max(run, 1)
                }
                if end == nil { kept += rest.prefix(fence) }
                rest = rest[(end ?? rest.startIndex + fence)...]
            }
            return kept
        }.joined(separator: "\n")
    }

    @Test func idsAreUniqueAndLinksLead() throws {
        let page = PageReader.read(
            Report(Self.input(try SampleLogs.purchases("before", cases: 200), try SampleLogs.purchases("after", cases: 200))).html)
        #expect(page.error == nil)
        #expect(Set(page.ids).count == page.ids.count)
        for link in page.links { #expect(page.ids.contains(String(link.dropFirst()))) }
    }

    @Test func nothingIsFetched() throws {
        let html = Report(Self.input(try SampleLogs.purchases("before", cases: 100))).html
        #expect(html.contains("default-src 'none'; style-src 'unsafe-inline'; img-src data:"))
        #expect(!html.contains("<script") && !html.contains("<link") && !html.contains("@import"))
        let references = html.matches(of: /(?:src|href|url)\s*[=(]\s*["']?\s*(?:https?:)?\/\//)
        #expect(references.isEmpty)
    }

    @Test func sameInputSameBytes() throws {
        let before = try SampleLogs.purchases("before", cases: 150)
        let after = try SampleLogs.purchases("after", cases: 150)
        for language in Language.allCases {
            let first = Report(Self.input(before, after, language: language))
            let second = Report(Self.input(before, after, language: language))
            #expect(first.html == second.html)
            #expect(first.markdown == second.markdown)
        }
    }

    /// Units, checksums and the tool's own name may stand in Chinese text.
    static let allowedInChinese: Set<String> = ["SHA", "UTC", "weir", "n", "R", "XES", "CSV"]

    @Test func chineseHoldsNoEnglish() throws {
        var renamed: [String: String] = [:]
        func rename(_ name: String) -> String {
            if let known = renamed[name] { return known }
            renamed[name] = "名称\(renamed.count + 1)"
            return renamed[name] ?? name
        }
        for hasRoles in [true, false] {
            let before = try SampleLogs.purchases("before", cases: 300, withRoles: hasRoles, rename: rename)
            let after = try SampleLogs.purchases("after", cases: 300, withRoles: hasRoles, rename: rename)
            let report = Report(Self.input(before, after, language: .zh, title: "采购"))
            let page = PageReader.read(report.html)
            #expect(page.error == nil)
            let found = Set(page.ownWords.matches(of: /[A-Za-z]+/).map { String($0.output) })
            #expect(found.subtracting(Self.allowedInChinese) == [])
            #expect(report.html.contains("<html lang=\"zh-Hans\">"))
        }
    }

    @Test func englishHoldsNoChinese() throws {
        let report = Report(Self.input(try SampleLogs.purchases("before", cases: 120), try SampleLogs.purchases("after", cases: 120)))
        #expect(!report.html.unicodeScalars.contains { (0x3000...0x9FFF).contains($0.value) || (0xFF00...0xFFEF).contains($0.value) })
        #expect(!report.markdown.unicodeScalars.contains { (0x3000...0x9FFF).contains($0.value) })
    }

    @Test func everyBottleneckNamesItsCasesAndItsFilter() throws {
        let input = Self.input(try SampleLogs.purchases("before", cases: 400))
        let report = Report(input)
        let section = try #require(report.document.sections.first { $0.id == "bottlenecks" })
        var lists: [ReportDocument.CaseList] = []
        var cells: [[Table.Cell]] = []
        func walk(_ blocks: [ReportDocument.Block]) {
            for block in blocks {
                switch block {
                case .cases(let list): lists.append(list)
                case .details(_, let inner): walk(inner)
                case .folded(let table) where table.columns.contains { $0.key == "filter" }: cells += table.rows
                default: break
                }
            }
        }
        walk(section.blocks)
        let bottlenecks = input.before.performance.bottlenecks
        #expect(bottlenecks.count > 10)
        #expect(lists.count + cells.count == bottlenecks.count)
        for (bottleneck, list) in zip(bottlenecks, lists) {
            #expect(list.slowest == bottleneck.slowest && list.filter == bottleneck.filter)
            #expect(!list.filter.isEmpty && (!list.slowest.isEmpty || bottleneck.totalS == 0))
        }
        for (bottleneck, row) in zip(bottlenecks.dropFirst(lists.count), cells) {
            #expect(row[3] == .code(bottleneck.filter))
            #expect(row[2] == (bottleneck.slowest.isEmpty ? .name(nil) : .list(bottleneck.slowest)))
        }
        for finding in report.document.findings { #expect(finding.cases.map { !$0.slowest.isEmpty } ?? true) }
    }

    @Test func tablesHoldTheValues() throws {
        let input = Self.input(try SampleLogs.purchases("before", cases: 250))
        let document = Report(input).document
        func table(_ section: String, _ key: String) throws -> Table {
            let found = try #require(document.sections.first { $0.id == section })
            for block in found.blocks {
                switch block {
                case .figure(let figure):
                    if let table = figure.data.first(where: { $0.columns.contains { $0.key == key } }) { return table }
                case .table(let table), .folded(let table):
                    if table.columns.contains(where: { $0.key == key }) { return table }
                default: break
                }
            }
            return try #require(nil)
        }
        let bottlenecks = try table("bottlenecks", "score_s")
        for (row, bottleneck) in zip(bottlenecks.rows, input.before.performance.bottlenecks) {
            #expect(row[3] == .seconds(bottleneck.totalS))
            #expect(row[4] == .share(bottleneck.shareOfCycleTime))
            #expect(row[6] == .seconds(bottleneck.scoreS))
        }
        let times = try table("cycle-time", "p95_s")
        let cycle = try #require(input.before.performance.cycleTime)
        #expect(times.rows[0][1] == .count(cycle.n))
        #expect(times.rows[0][2] == .seconds(cycle.medianS))
        #expect(times.rows[0][3] == .seconds(cycle.meanS))
        let paths = try table("process", "overlaps")
        #expect(paths.rows.count == input.before.graph.edges.count)
        for (row, edge) in zip(paths.rows, input.before.graph.edges) {
            #expect(row[1] == .count(edge.count) && row[2] == .seconds(edge.medianS) && row[5] == .seconds(edge.totalS))
        }
        let variants = try table("variants", "coverage")
        for (row, variant) in zip(variants.rows, input.before.variants.variants) {
            #expect(row[3] == .count(variant.count) && row[4] == .share(variant.share))
        }
    }

    @Test func peopleStayHidden() throws {
        let log = try SampleLogs.purchases("before", cases: 150)
        let names = try #require(log.columns.resource).vocabulary.strings
        let withRoles = Report(Self.input(log)).html
        let unnamed = Report(Self.input(try SampleLogs.purchases("before", cases: 150, withRoles: false))).html
        let named = Report(Self.input(log, people: .names)).html
        for name in names {
            #expect(!withRoles.contains(">\(name)<") && !unnamed.contains(">\(name)<"))
        }
        #expect(unnamed.contains("<bdi>R1</bdi>") && unnamed.contains("<bdi>R\(names.count)</bdi>"))
        #expect(names.contains { named.contains("<bdi>\($0)</bdi>") })
    }

    @Test func theGainIsTheComparisons() throws {
        let input = Self.input(try SampleLogs.purchases("before"), try SampleLogs.purchases("after"))
        let document = Report(input).document
        let kpi = try #require(input.comparison?.kpis.first { $0.id == "cycle_time.median" })
        let interval = try #require(kpi.changeRelativeCi95)
        let headline = try #require(document.headline)
        #expect(kpi.verdict == .improved && headline.tone == .better)
        func percent(_ value: Double) -> String { "\u{2212}\(Int((abs(value) * 100).rounded()))\u{A0}%" }
        #expect(
            headline.figure == "\(percent(try #require(kpi.changeRelative)))  [\(percent(interval.low)),\u{A0}\(percent(interval.high))]")
        #expect(document.findings.count == 3)
        #expect(document.findings[0].section == "comparison")
        for finding in document.findings {
            let cases = try #require(finding.cases)
            #expect(cases.slowest.count == 10 && !cases.filter.isEmpty)
        }
        let table = try #require(
            document.sections[0].blocks.compactMap { block in
                if case .table(let table) = block { return table } else { return nil }
            }.first)
        let known = try #require(input.comparison).kpis.filter { $0.before != nil }
        #expect(table.rows.count == known.count)
        for (row, kpi) in zip(table.rows, known) {
            #expect(row[3] == .change(kpi.changeRelative) && row[4] == .interval(kpi.changeRelativeCi95, .change))
        }
    }

    @Test func tooLittleEvidenceIsNotNoDifference() throws {
        let few = try SampleLogs.purchases("before", cases: 15)
        let many = try SampleLogs.purchases("before", cases: 500)
        for language in Language.allCases {
            let tooFew = try #require(Report(Self.input(few, few, language: language)).document.headline)
            let same = try #require(Report(Self.input(many, many, language: language)).document.headline)
            #expect(tooFew.tone == .warning && same.tone == .plain)
            #expect(tooFew.figure == (language == .zh ? "证据不足" : "Insufficient evidence"))
            #expect(same.figure.hasPrefix(language == .zh ? "未发现差异" : "No difference found"))
            let said = Report(Self.input(many, many, language: language)).document.findings[0].sentence.plain()
            #expect(said.contains(language == .zh ? "均未" : "none"))
        }
    }

    @Test func dataThatBearsNothingComesFirst() throws {
        let log = EventLog.tiny(
            (0..<40).map { ("case \($0)", [TinyEvent("A", end: Double($0)), TinyEvent("B", end: nil), TinyEvent("", end: 9_000)]) })
        let finding = try #require(Report(Self.input(log)).document.findings.first)
        #expect(finding.section == "quality")
        #expect(finding.cases?.filter == "activity == ''" && finding.cases?.slowest.count == 10)
    }

    @Test func aSplitLogIsJudgedOnce() throws {
        let log = EventLog.tiny((0..<20).map { ("case \($0)", [TinyEvent("A", end: Double($0)), TinyEvent("B", end: nil)]) })
        let half = AnalysedLog(name: "x.csv", log: log.selecting(cases: Array(0..<10)))
        let rest = AnalysedLog(name: "x.csv", log: log.selecting(cases: Array(10..<20)))
        let document = Report(ReportInput(title: "x", before: half, after: rest, provenance: SampleLogs.provenance)).document
        let section = try #require(document.sections.first { $0.id == "quality" })
        let table = try #require(
            section.blocks.compactMap { block in
                if case .table(let table) = block { return table } else { return nil }
            }.first)
        #expect(table.rows.count == log.findings.count)
        #expect(!table.columns.contains { $0.key == "log" })
    }

    @Test func unfinishedCasesAreNamed() throws {
        var cases: [(name: String, events: [TinyEvent])] = []
        for index in 0..<60 {
            let start = Double(index) * 1_000
            let end = index % 2 == 0 ? [TinyEvent("End's", end: start + 500)] : []
            cases.append(("c\(index)", [TinyEvent("A", end: start), TinyEvent("B", end: start + 100)] + end))
        }
        let document = Report(Self.input(EventLog.tiny(cases))).document
        let finding = try #require(document.findings.first { $0.cases?.filter.contains("not ends") == true })
        #expect(finding.cases?.filter == "not ends('End''s')")
        #expect(finding.sentence.plain().hasPrefix("50"))
    }

    @Test func greatVarietyStaysSmall() {
        let log = EventLog.random(seed: 2, cases: 20_000, activities: 26, longest: 25, resources: 900)
        let html = Report(Self.input(log)).html
        #expect(html.utf8.count < 5_000_000)
        #expect(html.contains("… "))
    }

    @Test func anEmptyLogIsReported() {
        let log = EventLog.tiny([])
        for language in Language.allCases {
            let page = PageReader.read(Report(Self.input(log, language: language)).html)
            #expect(page.error == nil)
        }
        let untimed = EventLog.tiny([("1", [TinyEvent("A", end: nil), TinyEvent("B", end: nil)])])
        #expect(PageReader.read(Report(Self.input(untimed)).html).error == nil)
    }
}
