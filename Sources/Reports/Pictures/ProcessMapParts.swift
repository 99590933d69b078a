import ProcessModels

/// The boxes and arrows of a process map with their words and sizes, before anything has a place.
struct ProcessMapParts {
    /// A box.
    struct Node {
        enum Kind { case start, activity, end }
        var kind: Kind
        var lines: [String]
        var figures: String
        var tip: String
        /// The step of the ramp.
        var step: Int
        var box: MapLayout.Node
    }

    /// An arrow.
    struct Arrow {
        var figures: [String]
        var tip: String
        /// The step of the ramp, or nil for the arrows from the start and to the end.
        var step: Int?
        var edge: MapLayout.Edge
    }

    private(set) var nodes: [Node] = []
    private(set) var arrows: [Arrow] = []

    static let lineHeight = 15.0
    private static let widest = 150.0

    init(_ map: ProcessMap, _ frame: PictureFrame) {
        let humane = frame.humane
        let words = PictureWords(frame.language)
        let graph = map.abstracted.graph
        var number: [String: Int] = [:]
        addEnd(.start, words.start, .first)
        let greatestNode = graph.activities.map { Self.amount($0, map) }.max() ?? 0
        for activity in graph.activities {
            number[activity.name] = nodes.count
            addActivity(activity, map, humane, greatest: greatestNode)
        }
        let end = nodes.count
        addEnd(.end, words.end, .last)

        let amounts = graph.edges.map { map.measure == .count ? Double($0.count) : max($0.totalS ?? 0, 0) }
        let terminal = graph.activities.map { Double(max($0.starts, $0.ends)) }.max() ?? 0
        let greatest = max(amounts.max() ?? 0, map.measure == .count ? terminal : 0)
        let starts = Set(map.abstracted.shownStarts)
        let ends = Set(map.abstracted.shownEnds)
        for activity in graph.activities where starts.contains(activity.name) {
            let share = map.measure == .count && greatest > 0 ? Double(activity.starts) / greatest : 0
            addTerminal(0, number[activity.name] ?? 0, activity.starts, share, humane, tip: words.start + " → " + activity.name)
        }
        for (edge, amount) in zip(graph.edges, amounts) {
            guard let source = number[edge.source], let target = number[edge.target] else { continue }
            let share = greatest > 0 ? (amount / greatest).squareRoot() : 0
            let median = edge.medianS.map { humane.duration(seconds: $0) }
            let first = map.measure == .count ? humane.count(edge.count) : humane.duration(seconds: edge.totalS)
            let figures = [first] + (median.map { [$0] } ?? [])
            let tip = edge.source + " → " + edge.target + ": " + humane.count(edge.count) + (median.map { ", " + $0 } ?? "")
            let weight = max(1, edge.count)
            add(figures, tip, step: min(8, 3 + Int(share * 6)), source, target, weight: weight, lineWidth: 1 + 6 * share)
        }
        for activity in graph.activities where ends.contains(activity.name) {
            let share = map.measure == .count && greatest > 0 ? Double(activity.ends) / greatest : 0
            addTerminal(number[activity.name] ?? 0, end, activity.ends, share, humane, tip: activity.name + " → " + words.end)
        }
    }

    private static func amount(_ activity: DirectlyFollowsGraph.Activity, _ map: ProcessMap) -> Double {
        map.measure == .count ? Double(activity.count) : max(map.times[activity.name]?.totalS ?? 0, 0)
    }

    private mutating func addActivity(
        _ activity: DirectlyFollowsGraph.Activity, _ map: ProcessMap, _ humane: Humane, greatest: Double
    ) {
        let median = map.times[activity.name]?.medianS.map { "  " + humane.duration(seconds: $0) } ?? ""
        let figures = humane.count(activity.count) + median
        let lines = TextWidth.wrap(activity.name, to: Self.widest, lines: 3, isStrong: true)
        let widths = lines.map { TextWidth.of($0, isStrong: true) } + [TextWidth.of(figures)]
        let width = max((widths.max() ?? 0) + 20, 60)
        let share = greatest > 0 ? (Self.amount(activity, map) / greatest).squareRoot() : 0
        nodes.append(
            Node(
                kind: .activity, lines: lines, figures: figures, tip: activity.name + ": " + figures,
                step: min(4, Int(share * 5)),
                box: MapLayout.Node(width: width.rounded(.up), height: Double(lines.count + 1) * Self.lineHeight + 12)))
    }

    private mutating func addEnd(_ kind: Node.Kind, _ word: String, _ place: MapLayout.Place) {
        let width = (TextWidth.of(word) + 24).rounded(.up)
        nodes.append(
            Node(kind: kind, lines: [word], figures: "", tip: word, step: 0, box: MapLayout.Node(width: width, height: 24, place: place)))
    }

    private mutating func addTerminal(_ source: Int, _ target: Int, _ count: Int, _ share: Double, _ humane: Humane, tip: String) {
        let figures = humane.count(count)
        add(
            [figures], tip + ": " + figures, step: nil, source, target, weight: max(1, count), lineWidth: 1 + 2 * share.squareRoot())
    }

    private mutating func add(
        _ figures: [String], _ tip: String, step: Int?, _ source: Int, _ target: Int, weight: Int, lineWidth: Double
    ) {
        let width = (figures.map { TextWidth.of($0) }.max() ?? 0) + 8
        let edge = MapLayout.Edge(
            source: source, target: target, weight: weight, lineWidth: lineWidth, labelWidth: width + lineWidth / 2,
            labelHeight: Double(figures.count) * 14 + 4)
        arrows.append(Arrow(figures: figures, tip: tip, step: step, edge: edge))
    }
}
