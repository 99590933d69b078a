import Foundation
import Instants
import Statistics
import Testing

@testable import Reports

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite struct PictureTests {
    static func all(seed: UInt64 = 1) -> [(name: String, picture: Picture)] {
        [PictureFrame.wide, PictureFrame.narrow].flatMap { width in
            Language.allCases.flatMap { SamplePictures.charts(width: width, language: $0, seed: seed) }
        }
    }

    @Test func everyPictureIsWellFormedNamedAndInert() throws {
        var ids: Set<String> = []
        for (name, picture) in Self.all() {
            for text in [picture.inline, picture.file] {
                let reader = try #require(SVGReader.read(text), "\(name) is not well-formed")
                #expect(reader.elements.isSubset(of: SVGReader.known), "\(name): \(reader.elements)")
                #expect(reader.attributes.allSatisfy { !$0.hasPrefix("on") && !$0.contains("href") })
                #expect(!text.unicodeScalars.contains { InertText.isHostile($0) && $0 != "\n" })
                #expect(!text.contains("NaN") && !text.contains("inf\""))
                #expect(reader.root["role"] == "img")
                #expect(reader.root["aria-labelledby"] == "\(picture.id)-t \(picture.id)-d")
            }
            let reader = try #require(SVGReader.read(picture.inline))
            #expect(reader.texts["title"]?.first == picture.title)
            #expect(reader.texts["desc"] == [picture.description])
            for id in reader.ids { #expect(ids.insert(id).inserted, "\(id) is there twice") }
        }
    }

    @Test func noWordMeetsAnotherOrLeavesThePicture() {
        for seed in [1, 20, 300] as [UInt64] {
            for (name, picture) in Self.all(seed: seed) {
                for (index, label) in picture.labels.enumerated() {
                    #expect(
                        label.x >= -0.5 && label.x + label.width <= picture.width + 0.5, "\(name) \(picture.id) \(label) \(picture.width)")
                    #expect(label.y >= -0.5 && label.y + label.height <= picture.height + 0.5, "\(name) \(picture.id) \(label)")
                    for other in picture.labels[(index + 1)...] {
                        #expect(!label.overlaps(other), "\(name) \(picture.id): \(label) and \(other)")
                    }
                }
            }
        }
    }

    @Test func theSameDataIsTheSamePicture() {
        for (first, second) in zip(Self.all(), Self.all()) { #expect(first.picture == second.picture) }
    }

    @Test func nothingToShowSaysSo() throws {
        let frame = PictureFrame(id: "x", title: "t", description: "d", language: .zh)
        let pictures = [
            DurationDistribution(seconds: [], axisTitle: "").picture(frame),
            DurationDistribution(seconds: [.nan], axisTitle: "").picture(frame),
            BeforeAfterPicture(before: .init(name: "a", seconds: [1]), after: .init(name: "b", seconds: []), axisTitle: "").picture(frame),
            BarChart(bars: []) { "\($0)" }.picture(frame), WeeklyLine(points: [], valueTitle: "", kind: .count).picture(frame),
            WeeklyPanels(series: [], valueTitle: "", kind: .count).picture(frame),
            HeatMap(rows: ["a"], columns: ["b"], values: [[nil]], rowTitle: "", columnTitle: "") { "\($0)" }.picture(frame),
            IntervalPlot(changes: []).picture(frame), VariantStrip(activities: []).picture(frame),
            try ProcessMap(SamplePictures.graph(1, size: 3, names: ["a", "b"]).emptied).picture(frame),
        ]
        for picture in pictures { #expect(picture.body.contains("没有数据")) }
        for spark in [Spark.columns([], marked: nil), .line([nil, nil]), .distribution([]), .share(.nan), .change(before: 0, after: 0)] {
            #expect(SVGReader.read(spark.picture(id: "s", title: "t", description: "d").inline) != nil)
        }
    }

    @Test func onePointIsAPicture() {
        let frame = PictureFrame(id: "x", title: "t", description: "d", language: .en)
        let day = CivilDate(year: 2025, month: 3, day: 3)
        let pictures = [
            DurationDistribution(seconds: [0], axisTitle: "").picture(frame),
            BarChart(bars: [.init(name: "a", parts: [0])]) { "\($0)" }.picture(frame),
            WeeklyLine(points: [.init(start: day, value: 0)], valueTitle: "", kind: .count).picture(frame),
            WeeklyLine(points: [.init(start: day, value: 5, low: 5, high: 5, isPartial: true)], valueTitle: "", kind: .duration).picture(
                frame),
            IntervalPlot(changes: [.init(name: "a", change: nil, low: nil, high: nil), .init(name: "b", change: 0, low: 0, high: 0)])
                .picture(frame),
            HeatMap(rows: ["a"], columns: ["b"], values: [[3]], rowTitle: "", columnTitle: "") { "\($0)" }.picture(frame),
            BeforeAfterPicture(before: .init(name: "a", seconds: [1]), after: .init(name: "b", seconds: [1]), axisTitle: "", shift: "0")
                .picture(frame),
        ]
        for picture in pictures { #expect(SVGReader.read(picture.inline) != nil) }
    }

    /// A bar for each kind of amount, the rest in one, and nothing lost: what the tips say adds up.
    @Test func theRestIsOneBar() {
        let bars = (1...40).map { BarChart.Bar(name: "b\($0)", parts: [Double($0)]) }
        let picture = BarChart(bars: bars, limit: 9) { "\(Int($0))" }.picture(
            PictureFrame(id: "x", title: "", description: "", language: .en))
        let tips = SVGReader.read(picture.inline)?.texts["title"]?.dropFirst() ?? []
        #expect(tips.count == 10)
        #expect(tips.first == "b40: 40")
        #expect(tips.last == "31 others: \((1...31).reduce(0, +))")
        #expect(
            BarChart(bars: Array(bars.prefix(10)), limit: 9) { "\($0)" }.picture(.init(id: "x", title: "", description: "", language: .en))
                .body.contains("b1"))
    }

    @Test func aLongNameIsCutInTheMiddleAndToldInItsTitle() throws {
        var svg = SVG()
        let name = "start " + String(repeating: "x", count: 10_000) + " end"
        svg.text(name, 0, 20, room: 200)
        let shown = TextWidth.fit(name, to: 200)
        #expect(shown.hasPrefix("start x") && shown.hasSuffix("x end") && shown.contains("…"))
        #expect(svg.body.utf8.count < 1_500)
        #expect(svg.body.contains("<title>start x") && svg.body.contains("x end</title>"))
    }

    @Test func bothFormsOfAPictureHaveTheirOwnIDs() throws {
        let frame = PictureFrame(id: "a b<c", title: "t", description: "d", language: .en)
        let html = frame.responsive { DurationDistribution(seconds: [1, 2, 900, 5], axisTitle: "x").picture($0) }
        let reader = try #require(SVGReader.read("<div>" + html + "</div>"))
        #expect(Set(reader.ids).count == reader.ids.count)
        #expect(reader.ids.contains("a-b-c-w-t") && reader.ids.contains("a-b-c-n-t"))
    }

    /// Words reach 4.5 : 1 on paper and on the ramp in light and dark, by the formula of WCAG 2.2 (relative luminance).
    @Test func wordsCanBeRead() {
        for side in [\Ink.light, \Ink.dark] {
            for ink in [Ink.text, .muted, .asIsText, .toBeText, .failed] {
                #expect(Self.contrast(ink[keyPath: side], Ink.paper[keyPath: side]) >= 4.5, "\(ink)")
            }
            for step in 0..<Ink.rampSteps {
                #expect(Self.contrast(Ink.onRamp(step)[keyPath: side], Ink.ramp(step)[keyPath: side]) >= 4.5, "ramp \(step)")
            }
            for step in 1..<Ink.rampSteps {
                let steps = [Ink.ramp(step - 1), .ramp(step)].map { Self.luminance($0[keyPath: side]) }
                #expect(side == \Ink.light ? steps[0] > steps[1] : steps[0] < steps[1])
            }
        }
    }

    private static func contrast(_ one: String, _ other: String) -> Double {
        let both = [luminance(one), luminance(other)]
        return ((both.max() ?? 0) + 0.05) / ((both.min() ?? 0) + 0.05)
    }

    private static func luminance(_ colour: String) -> Double {
        let value = Int(colour.dropFirst(), radix: 16) ?? 0
        let parts = [value >> 16, value >> 8 & 255, value & 255].map { Double($0) / 255 }
        let linear = parts.map { $0 <= 0.04045 ? $0 / 12.92 : pow(($0 + 0.055) / 1.055, 2.4) }
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }
}

/// What a well-formed SVG or HTML fragment holds.
final class SVGReader: NSObject, XMLParserDelegate {
    static let known: Set<String> = ["svg", "title", "desc", "style", "defs", "pattern", "rect", "path", "circle", "text"]

    var elements: Set<String> = []
    var attributes: Set<String> = []
    var ids: [String] = []
    var root: [String: String] = [:]
    var texts: [String: [String]] = [:]
    private var open: [String] = []
    private var content: [String] = []

    /// The parts of the text, or nil where it is not well-formed XML.
    static func read(_ text: String) -> SVGReader? {
        let reader = SVGReader()
        let parser = XMLParser(data: Data(text.utf8))
        parser.delegate = reader
        return parser.parse() ? reader : nil
    }

    func parser(
        _ parser: XMLParser, didStartElement element: String, namespaceURI: String?, qualifiedName: String?,
        attributes found: [String: String]
    ) {
        if open.isEmpty { root = found }
        open.append(element)
        content.append("")
        elements.insert(element)
        attributes.formUnion(found.keys)
        if let id = found["id"] { ids.append(id) }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        if !content.isEmpty { content[content.count - 1] += string }
    }

    func parser(_ parser: XMLParser, didEndElement element: String, namespaceURI: String?, qualifiedName: String?) {
        open.removeLast()
        texts[element, default: []].append(content.removeLast())
    }
}
