/// Where the boxes of one process stand and which way its lines run: columns and rows turned into pixels.
///
/// Lines run along rows and change rows in the channels between columns, each on a track of its own; those of gateways leave and enter at
/// their upper and lower corners where nothing is in the way.
struct BPMNGrid {
    typealias Box = BPMNDiagram.Box
    typealias Point = BPMNDiagram.Point

    /// A box that is placed: its size, and what stands for it in the drawing.
    struct Body {
        var width: Double
        var height: Double
        var isGateway = false
    }

    /// A line: the boxes it joins and, where it leaves from an event at a border, how far right of the middle of the box that is.
    struct Line {
        var source: Int
        var target: Int
        var border: Double?
        /// How wide the words at its beginning are.
        var words = 0.0
        /// How many events stand at the border before that one.
        var number = 0
    }

    private(set) var boxes: [Box] = []
    private(set) var routes: [[Point]] = []
    private(set) var width = 0.0
    /// By band its upper edge and its height.
    private(set) var bands: [(top: Double, height: Double)] = []

    private static let gap = 26.0
    private static let track = 10.0
    private static let border = 18.0

    private let columns: BPMNColumns
    private let graph: BPMNLayoutGraph
    private let bodies: [Body]
    private let lines: [Line]
    private var middles: [Double] = []
    /// By column its middle, its left and its right edge.
    private var centres: [Double] = []
    private var lefts: [Double] = []
    private var rights: [Double] = []
    private var rowBottoms: [Double] = []
    /// By corner whether lines leave it.
    private var corners: [Int: Bool] = [:]

    var height: Double { bands.last.map { $0.top + $0.height } ?? 0 }

    init(_ graph: BPMNLayoutGraph, _ bodies: [Body], _ lines: [Line], bandCount: Int, arrange: BPMNLayout.Arrange?) {
        self.graph = graph
        self.bodies = bodies
        self.lines = lines
        let given = arrange?(graph)
        columns = BPMNColumns(graph, given ?? BPMNArrangement(graph), isOrdered: given != nil)
        setHeights(bandCount)
        var plans: [Plan] = []
        for index in lines.indices { plans.append(plan(index)) }
        setWidths(plans)
        boxes = bodies.indices.map { node in
            let rank = columns.items[node].rank
            return Box(
                x: (centres[rank] - bodies[node].width / 2).rounded(), y: (middles[node] - bodies[node].height / 2).rounded(),
                width: bodies[node].width, height: bodies[node].height)
        }
        let tracks = tracks(plans)
        routes = plans.indices.map { plans[$0].isAround ? [] : Self.simplified(points($0, plans[$0], tracks[$0])) }
        addAround(plans)
    }

    // MARK: Rows

    private mutating func setHeights(_ bandCount: Int) {
        var heights = [[Double]](repeating: [], count: max(bandCount, 1))
        for item in columns.items {
            while heights[item.band].count <= item.row { heights[item.band].append(12) }
            if item.node >= 0 { heights[item.band][item.row] = max(heights[item.band][item.row], graph.heights[item.node]) }
        }
        var top = 0.0
        var tops: [[Double]] = []
        for band in heights.indices {
            var y = top + Self.gap / 2
            var own: [Double] = []
            for height in heights[band] {
                own.append(y)
                y += height + Self.gap
            }
            let bottom = max(y - Self.gap / 2, top + (bandCount > 1 ? 100 : 0))
            bands.append((top, bottom - top))
            tops.append(own)
            top = bottom
        }
        middles = columns.items.map { tops[$0.band][$0.row] + heights[$0.band][$0.row] / 2 }
        rowBottoms = columns.items.map { tops[$0.band][$0.row] + heights[$0.band][$0.row] }
    }

    // MARK: Plans

    /// A line as pieces: where it changes rows, and in which channel or at which corner.
    private struct Plan {
        enum Step {
            /// From one height to another in the channel right of a column.
            case channel(Int, from: Double, to: Double)
            /// At the middle of a column.
            case middle(Int, from: Double, to: Double)
        }
        var start: Start
        var end: Start
        var steps: [Step] = []
        var isAround = false

        enum Start {
            case side, corner(isUp: Bool), border
        }
    }

    private mutating func plan(_ index: Int) -> Plan {
        var plan = Plan(start: .side, end: .side)
        let line = lines[index]
        let chain = columns.chains[index]
        if columns.isAround[index] {
            plan.isAround = true
            return plan
        }
        if line.border != nil { plan.start = .border }
        if columns.isBack[index] {
            backward(&plan, line, chain)
            return plan
        }
        for (place, (left, right)) in zip(chain, chain.dropFirst()).enumerated() {
            var from = middles[left]
            let to = middles[right]
            let rank = columns.items[left].rank
            if place == 0 && line.border != nil { from = exit(line) }
            if from == to { continue }
            if place == 0, line.border == nil, bodies[line.source].isGateway, isFree(rank, left, towards: to),
                claim(line.source, isUp: to < from, leaves: true)
            {
                plan.start = .corner(isUp: to < from)
                plan.steps.append(.middle(rank, from: from, to: to))
            } else if right == line.target, bodies[line.target].isGateway, isFree(rank + 1, right, towards: from),
                claim(line.target, isUp: from < to, leaves: false)
            {
                plan.end = .corner(isUp: from < to)
                plan.steps.append(.middle(rank + 1, from: from, to: to))
            } else {
                plan.steps.append(.channel(rank, from: from, to: to))
            }
        }
        return plan
    }

    /// How far down a line runs that leaves an event at the lower border of its box.
    private func exit(_ line: Line) -> Double { rowBottoms[line.source] + Self.gap / 4 + 6 * Double(min(line.number, 2)) }

    private mutating func backward(_ plan: inout Plan, _ line: Line, _ chain: [Int]) {
        guard let first = chain.first, let last = chain.last else { return }
        let (source, target) = (columns.items[line.source].rank, columns.items[line.target].rank)
        if line.border != nil {
            plan.steps.append(.channel(source, from: exit(line), to: middles[last]))
        } else if isFree(source, line.source, towards: middles[last], but: last),
            claim(line.source, isUp: middles[last] < middles[line.source], leaves: true)
        {
            plan.start = .corner(isUp: middles[last] < middles[line.source])
            plan.steps.append(.middle(source, from: middles[line.source], to: middles[last]))
        } else {
            plan.steps.append(.channel(source, from: middles[line.source], to: middles[last]))
        }
        for (right, left) in zip(chain.reversed(), chain.reversed().dropFirst()) where middles[right] != middles[left] {
            plan.steps.append(.channel(columns.items[left].rank, from: middles[right], to: middles[left]))
        }
        if isFree(target, line.target, towards: middles[first], but: first),
            claim(line.target, isUp: middles[first] < middles[line.target], leaves: false)
        {
            plan.end = .corner(isUp: middles[first] < middles[line.target])
            plan.steps.append(.middle(target, from: middles[first], to: middles[line.target]))
        } else {
            plan.steps.append(.channel(target - 1, from: middles[first], to: middles[line.target]))
        }
    }

    /// Takes the upper or lower corner of a box for lines that leave or for lines that arrive; false where it is taken for the others.
    private mutating func claim(_ box: Int, isUp: Bool, leaves: Bool) -> Bool {
        let corner = 2 * box + (isUp ? 1 : 0)
        if let taken = corners[corner] { return taken == leaves }
        corners[corner] = leaves
        return true
    }

    /// Whether nothing stands in a column between an item and a height, that height included.
    private func isFree(_ rank: Int, _ item: Int, towards height: Double, but other: Int = -1) -> Bool {
        let own = middles[item]
        return !columns.columns[rank].contains { each in
            guard each != item, each != other else { return false }
            return height > own ? middles[each] > own && middles[each] <= height : middles[each] < own && middles[each] >= height
        }
    }

    // MARK: Columns

    private mutating func setWidths(_ plans: [Plan]) {
        let count = columns.columns.count
        var widths = [Double](repeating: 36, count: count)
        for node in bodies.indices {
            let rank = columns.items[node].rank
            widths[rank] = max(widths[rank], graph.widths[node])
        }
        // A channel lies right of each column, one more left of the first.
        var uses = [[(Double, Double)]](repeating: [], count: count + 1)
        var words = [Double](repeating: 0, count: count + 1)
        for (plan, line) in zip(plans, lines) {
            for step in plan.steps {
                if case .channel(let rank, let from, let to) = step { uses[rank + 1].append((min(from, to), max(from, to))) }
            }
            let rank = columns.items[line.source].rank + 1
            words[rank] = max(words[rank], line.words)
        }
        var x = 0.0
        for rank in 0...count {
            let tracks = Self.colours(uses[rank]).count
            let isEdge = rank == 0 || rank == count
            let room = max(isEdge ? 0 : 50, Self.track * Double(tracks + 1) + (tracks > 0 ? 20 : 0), words[rank] + 24)
            x += isEdge && tracks == 0 ? 20 : room
            if rank == count { break }
            lefts.append(x)
            centres.append((x + widths[rank] / 2).rounded())
            x += widths[rank]
            rights.append(x)
        }
        width = x.rounded(.up)
    }

    /// By step of each plan the x of its vertical piece.
    private func tracks(_ plans: [Plan]) -> [[Double]] {
        var result = plans.map { $0.steps.map { _ in 0.0 } }
        var uses: [Int: [(plan: Int, step: Int, low: Double, high: Double)]] = [:]
        for (index, plan) in plans.enumerated() {
            for (place, step) in plan.steps.enumerated() {
                switch step {
                case .middle(let rank, _, _): result[index][place] = centres[rank]
                case .channel(let rank, let from, let to): uses[rank, default: []].append((index, place, min(from, to), max(from, to)))
                }
            }
        }
        for rank in uses.keys.sorted() {
            let own = uses[rank] ?? []
            let colours = Self.colours(own.map { ($0.low, $0.high) })
            // The tracks end a little before the next column: words stand at the beginnings of lines.
            let right = rank + 1 < lefts.count ? lefts[rank + 1] - 14 : width - 10
            for (colour, members) in colours.enumerated() {
                for member in members {
                    let x = rank < 0 ? 6 + Self.track * Double(colour) : right - Self.track * Double(colour)
                    result[own[member].plan][own[member].step] = x
                }
            }
        }
        return result
    }

    /// Spans that do not touch one another, together.
    private static func colours(_ spans: [(Double, Double)]) -> [[Int]] {
        var result: [[Int]] = []
        var ends: [Double] = []
        for index in spans.indices.sorted(by: { (spans[$0].0, spans[$0].1, $0) < (spans[$1].0, spans[$1].1, $1) }) {
            if let free = ends.firstIndex(where: { $0 + 4 < spans[index].0 }) {
                result[free].append(index)
                ends[free] = spans[index].1
            } else {
                result.append([index])
                ends.append(spans[index].1)
            }
        }
        return result
    }

    // MARK: Points

    private func points(_ index: Int, _ plan: Plan, _ tracks: [Double]) -> [Point] {
        let line = lines[index]
        let (source, target) = (boxes[line.source], boxes[line.target])
        var result: [Point] = []
        switch plan.start {
        case .side: result.append(Point(x: source.right, y: middles[line.source]))
        case .corner(let isUp): result.append(Point(x: centres[columns.items[line.source].rank], y: isUp ? source.y : source.bottom))
        case .border:
            let x = source.middle.x + (line.border ?? 0)
            result.append(Point(x: x, y: source.bottom + Self.border))
            result.append(Point(x: x, y: exit(line)))
        }
        for (step, x) in zip(plan.steps, tracks) {
            switch step {
            case .channel(_, let from, let to), .middle(_, let from, let to):
                result.append(Point(x: x, y: from))
                result.append(Point(x: x, y: to))
            }
        }
        switch plan.end {
        case .corner(let isUp): result.append(Point(x: centres[columns.items[line.target].rank], y: isUp ? target.y : target.bottom))
        case .side, .border: result.append(Point(x: target.x, y: middles[line.target]))
        }
        // A corner begins and ends at the border of its box, not in its middle.
        if case .corner = plan.start { result.remove(at: 1) }
        if case .corner = plan.end { result.remove(at: result.count - 2) }
        return result
    }

    /// Whole pixels, without points that lie on the way between their neighbours.
    private static func simplified(_ points: [Point]) -> [Point] {
        var result: [Point] = []
        for point in points.map({ Point(x: $0.x.rounded(), y: $0.y.rounded()) }) where result.last != point {
            if result.count >= 2 {
                let (a, b) = (result[result.count - 2], result[result.count - 1])
                if a.x == b.x && b.x == point.x && (b.y - a.y) * (point.y - b.y) >= 0
                    || a.y == b.y && b.y == point.y && (b.x - a.x) * (point.x - b.x) >= 0
                {
                    result.removeLast()
                }
            }
            result.append(point)
        }
        if result.count == 1 { result.append(result[0]) }
        return result
    }

    /// Runs the longest lines around everything.
    private mutating func addAround(_ plans: [Plan]) {
        var depth = height
        for (index, plan) in plans.enumerated() where plan.isAround {
            depth += 8
            let (source, target) = (boxes[lines[index].source], boxes[lines[index].target])
            routes[index] = [
                Point(x: source.middle.x, y: source.bottom), Point(x: source.middle.x, y: depth), Point(x: target.middle.x, y: depth),
                Point(x: target.middle.x, y: target.bottom),
            ]
        }
        if depth > height, let last = bands.indices.last { bands[last].height = depth + 8 - bands[last].top }
    }
}
