/// A process as it is drawn, from (0, 0): its lanes, nodes, flows, data and notes.
struct BPMNSheet {
    typealias Box = BPMNDiagram.Box
    typealias Point = BPMNDiagram.Point

    private(set) var shapes: [BPMNDiagram.Shape] = []
    private(set) var edges: [BPMNDiagram.Edge] = []
    private(set) var width = 0.0
    private(set) var height = 0.0

    /// The breadth of the heads of lanes and pools, where their names stand.
    static let head = 30.0
    private static let padding = 20.0
    private static let title = 28.0

    init(_ process: BPMNModel.Process, _ arrange: BPMNLayout.Arrange?) {
        let leaves = Self.leaves(process)
        let depth = leaves.map(\.depth).max() ?? -1
        let left = Self.head * Double(depth + 1)
        let nodes = process.nodes.filter { $0.kind != .boundaryEvent }
        let borders = Dictionary(grouping: process.nodes.filter { $0.kind == .boundaryEvent }) { $0.attachedTo ?? "" }
        let inner = nodes.map { node in node.inner.map { BPMNSheet($0, arrange) } }
        var places: [String: Int] = [:]
        for (place, node) in nodes.enumerated() { places[node.id] = place }
        let bodies = zip(nodes, inner).map { node, inner -> BPMNGrid.Body in
            if let inner {
                return BPMNGrid.Body(
                    width: max(100, inner.width + 2 * Self.padding), height: max(80, inner.height + Self.title + Self.padding))
            }
            return node.isTask
                ? .init(width: 100, height: 80)
                : node.isEvent ? .init(width: 36, height: 36) : .init(width: 50, height: 50, isGateway: true)
        }
        // Where each event stands on the lower border of its node, from the middle of that.
        var offsets: [String: (host: Int, x: Double, number: Int)] = [:]
        for (host, node) in nodes.enumerated() {
            let own = borders[node.id] ?? []
            for (number, event) in own.enumerated() {
                let share = own.count == 1 ? 0.72 : Double(number + 1) / Double(own.count + 1)
                offsets[event.id] = (host, ((share - 0.5) * bodies[host].width).rounded(), number)
            }
        }
        var lines: [BPMNGrid.Line] = []
        var lineFlows: [BPMNModel.Flow] = []
        for flow in process.flows {
            guard let source = places[flow.source] ?? offsets[flow.source]?.host,
                let target = places[flow.target] ?? offsets[flow.target]?.host
            else { continue }
            if source == target { continue }
            lines.append(
                .init(
                    source: source, target: target, border: offsets[flow.source]?.x, words: BPMNWords.size(flow.words).width,
                    number: offsets[flow.source]?.number ?? 0))
            lineFlows.append(flow)
        }
        let bandOf = Self.bands(nodes, leaves, lines)
        var graph = BPMNLayoutGraph(
            widths: [], heights: [], bands: bandOf, edges: lines.map { .init(source: $0.source, target: $0.target) })
        for (node, body) in zip(nodes, bodies) {
            let words = node.isTask ? (width: 0, height: 0) : BPMNWords.size(node.name)
            let below = words.height > 0 ? words.height + 4 : borders[node.id] == nil ? 0 : 36
            graph.widths.append(max(body.width, words.width))
            graph.heights.append(body.height + 2 * below)
        }
        let grid = BPMNGrid(graph, bodies, lines, bandCount: leaves.count, arrange: arrange)
        width = max(left + grid.width, leaves.isEmpty ? 0 : 400)
        height = grid.height
        addLanes(process, leaves, grid, left)
        let corners = Set(grid.routes.joined().map { Point(x: $0.x + left, y: $0.y) })
        for (place, node) in nodes.enumerated() {
            var box = grid.boxes[place]
            box.x += left
            add(node, box, corners)
            if var sheet = inner[place] {
                sheet.move(x: box.x + Self.padding, y: box.y + Self.title)
                shapes += sheet.shapes
                edges += sheet.edges
            }
            for event in borders[node.id] ?? [] {
                let x = box.middle.x + (offsets[event.id]?.x ?? 0)
                let own = Box(x: x - 18, y: box.bottom - 18, width: 36, height: 36)
                let words = BPMNWords.size(event.name)
                let label =
                    words.width > 0 ? Box(x: own.x - words.width - 4, y: box.bottom + 4, width: words.width, height: words.height) : nil
                shapes.append(.init(id: nil, element: event.id, box: own, label: label.map { .init(box: $0) }))
            }
        }
        // Events whose node is not there stand by themselves.
        for event in process.nodes where event.kind == .boundaryEvent && offsets[event.id] == nil {
            shapes.append(.init(id: nil, element: event.id, box: Box(x: left, y: height, width: 36, height: 36)))
            height += 50
        }
        addFlows(process, zip(lineFlows, grid.routes).map { ($0, $1.map { Point(x: $0.x + left, y: $0.y) }) })
        addArtifacts(process, left)
    }

    mutating func move(x: Double, y: Double) {
        func moved(_ box: Box) -> Box { Box(x: box.x + x, y: box.y + y, width: box.width, height: box.height) }
        for index in shapes.indices {
            let label = shapes[index].label?.box.map(moved)
            shapes[index].box = moved(shapes[index].box)
            shapes[index].label?.box = label
        }
        for index in edges.indices {
            let label = edges[index].label?.box.map(moved)
            edges[index].points = edges[index].points.map { Point(x: $0.x + x, y: $0.y + y) }
            edges[index].label?.box = label
        }
    }

    private func box(of element: String) -> Box? { shapes.first { $0.element == element }?.box }

    // MARK: Nodes and flows

    private mutating func add(_ node: BPMNModel.Node, _ box: Box, _ corners: Set<Point>) {
        var shape = BPMNDiagram.Shape(id: nil, element: node.id, box: box)
        if node.kind == .exclusiveGateway { shape.rest.attributes["isMarkerVisible"] = "true" }
        if case .task(let task) = node.kind, task.isNested { shape.isExpanded = node.inner != nil }
        let words = node.isTask ? (width: 0, height: 0) : BPMNWords.size(node.name)
        if words.width > 0 {
            let below = Box(x: (box.middle.x - words.width / 2).rounded(), y: box.bottom + 4, width: words.width, height: words.height)
            let above = Box(x: below.x, y: box.y - 4 - words.height, width: words.width, height: words.height)
            let isBusy = { (y: Double) in corners.contains(Point(x: box.middle.x, y: y)) }
            let beside = Box(x: box.middle.x + 6, y: above.y, width: words.width, height: words.height)
            shape.label = .init(box: !isBusy(box.bottom) ? below : !isBusy(box.y) ? above : beside)
        }
        shapes.append(shape)
    }

    private mutating func addFlows(_ process: BPMNModel.Process, _ routes: [(BPMNModel.Flow, [Point])]) {
        var routeOf: [String: [Point]] = [:]
        for (flow, points) in routes { routeOf[flow.id] = points }
        for flow in process.flows {
            var points = routeOf[flow.id] ?? []
            if points.isEmpty, let source = box(of: flow.source), let target = box(of: flow.target) {
                points = [
                    Point(x: source.right, y: source.middle.y), Point(x: max(source.right, target.right) + 14, y: source.middle.y),
                    Point(x: max(source.right, target.right) + 14, y: min(source.y, target.y) - 10),
                    Point(x: target.middle.x, y: min(source.y, target.y) - 10),
                    Point(x: target.middle.x, y: target.y),
                ]
            }
            if points.isEmpty { continue }
            var edge = BPMNDiagram.Edge(id: nil, element: flow.id, points: points)
            let words = BPMNWords.size(flow.words)
            if words.width > 0 { edge.label = .init(box: Self.label(words, points)) }
            edges.append(edge)
        }
    }

    /// Words stand above the first piece that lies and has room, else beside the first.
    private static func label(_ words: (width: Double, height: Double), _ points: [Point]) -> Box {
        for (a, b) in zip(points, points.dropFirst()) where a.y == b.y && abs(b.x - a.x) >= min(words.width, 40) {
            let x = b.x > a.x ? a.x + 5 : a.x - 5 - words.width
            return Box(x: x, y: a.y - words.height - 2, width: words.width, height: words.height)
        }
        return Box(x: points[0].x + 5, y: points[0].y + 4, width: words.width, height: words.height)
    }

    // MARK: Lanes

    /// The innermost lanes of the first set that has some, each with how deep it lies.
    private static func leaves(_ process: BPMNModel.Process) -> [(lane: BPMNModel.Lane, depth: Int)] {
        func leaves(_ set: BPMNModel.LaneSet, _ depth: Int) -> [(lane: BPMNModel.Lane, depth: Int)] {
            set.lanes.flatMap { lane -> [(lane: BPMNModel.Lane, depth: Int)] in
                let inner = lane.inner.flatMap { leaves($0, depth + 1) }
                return inner.isEmpty ? [(lane, depth)] : inner
            }
        }
        return process.laneSets.first { !$0.lanes.isEmpty }.map { leaves($0, 0) } ?? []
    }

    /// The band of each node: that of its lane, else that of a neighbour that has one, else the first.
    private static func bands(_ nodes: [BPMNModel.Node], _ leaves: [(lane: BPMNModel.Lane, depth: Int)], _ lines: [BPMNGrid.Line]) -> [Int]
    {
        var bandOf: [String: Int] = [:]
        for (band, leaf) in leaves.enumerated() {
            for node in leaf.lane.nodes where bandOf[node] == nil { bandOf[node] = band }
        }
        var result = nodes.map { bandOf[$0.id] ?? -1 }
        if leaves.isEmpty { return result.map { _ in 0 } }
        for _ in nodes where result.contains(-1) {
            let before = result
            for line in lines {
                if before[line.target] < 0, result[line.target] < 0, before[line.source] >= 0 { result[line.target] = before[line.source] }
                if before[line.source] < 0, result[line.source] < 0, before[line.target] >= 0 { result[line.source] = before[line.target] }
            }
            if result == before { break }
        }
        return result.map { max($0, 0) }
    }

    private mutating func addLanes(
        _ process: BPMNModel.Process, _ leaves: [(lane: BPMNModel.Lane, depth: Int)], _ grid: BPMNGrid, _ left: Double
    ) {
        guard let set = process.laneSets.first(where: { !$0.lanes.isEmpty }) else { return }
        var band = 0
        func add(_ set: BPMNModel.LaneSet, _ depth: Int) {
            for lane in set.lanes {
                let first = band
                let place = shapes.count
                let x = Self.head * Double(depth)
                shapes.append(.init(id: nil, element: lane.id, box: Box(x: x, y: 0, width: width - x, height: 0)))
                let inner = lane.inner.filter { !$0.lanes.isEmpty }
                for set in inner { add(set, depth + 1) }
                if inner.isEmpty { band += 1 }
                let (top, last) = (grid.bands[first].top, grid.bands[band - 1])
                shapes[place].box.y = top.rounded()
                shapes[place].box.height = (last.top + last.height).rounded() - top.rounded()
                shapes[place].isHorizontal = true
            }
        }
        add(set, 0)
        height = height.rounded()
    }

    // MARK: Data and notes

    private mutating func addArtifacts(_ process: BPMNModel.Process, _ left: Double) {
        let referenced = Set(process.artifacts.compactMap { $0.rest.attributes["dataObjectRef"] })
        let drawn = process.artifacts.filter { $0.id != nil && !($0.kind == .dataObject && referenced.contains($0.id ?? "")) }
        let data = Self.dataLines(process)
        let lines = process.associations.map { (id: $0.id, source: $0.source, target: $0.target) } + data
        let bottom = height
        placeArtifacts(drawn, lines, left)
        for line in lines {
            guard let id = line.id, let source = middle(line.source), let target = middle(line.target) else { continue }
            edges.append(.init(id: nil, element: id, points: Self.between(source, target)))
        }
        if height > bottom { stretchLanes(from: bottom) }
    }

    /// The lanes that reach down to what was the lowest edge reach down to the new one.
    private mutating func stretchLanes(from bottom: Double) {
        for index in shapes.indices where shapes[index].rest.attributes["isHorizontal"] != nil && abs(shapes[index].box.bottom - bottom) < 1
        {
            shapes[index].box.height = height - shapes[index].box.y
        }
    }

    private mutating func placeArtifacts(
        _ drawn: [BPMNModel.Artifact], _ lines: [(id: String?, source: String, target: String)], _ left: Double
    ) {
        var wanted: [(x: Double, artifact: BPMNModel.Artifact)] = []
        for artifact in drawn {
            let id = artifact.id ?? ""
            let others = lines.compactMap { $0.source == id ? middle($0.target) : $0.target == id ? middle($0.source) : nil }
            wanted.append((others.first?.middle.x ?? left + 60, artifact))
        }
        var x = left
        let top = height + 24
        for (middle, artifact) in wanted.enumerated().sorted(by: { ($0.element.x, $0.offset) < ($1.element.x, $1.offset) }).map(\.element) {
            let words = BPMNWords.size(artifact.label, widest: artifact.kind == .textAnnotation ? 140 : BPMNWords.widest, lines: 6)
            var size = (width: 36.0, height: 50.0)
            switch artifact.kind {
            case .textAnnotation: size = (max(60, words.width + 14), max(30, words.height + 12))
            case .group: size = (100, 60)
            case .dataStoreReference: size = (50, 50)
            default: break
            }
            let isInside = artifact.kind == .textAnnotation || artifact.kind == .group
            let room = isInside ? size.width : max(size.width, words.width)
            x = max(x + 12, (middle - room / 2).rounded())
            let box = Box(x: (x + (room - size.width) / 2).rounded(), y: top, width: size.width, height: size.height)
            let label = isInside || words.width == 0 ? nil : Box(x: x, y: box.bottom + 4, width: words.width, height: words.height)
            shapes.append(.init(id: nil, element: artifact.id ?? "", box: box, label: label.map { .init(box: $0) }))
            x += room
            width = max(width, x + 20)
            height = max(height, (label?.bottom ?? box.bottom) + 14)
        }
        guard !drawn.isEmpty else { return }
        for index in shapes.indices where shapes[index].rest.attributes["isHorizontal"] != nil {
            shapes[index].box.width = width - shapes[index].box.x
        }
    }

    /// The rectangle of an element, or the middle of its line.
    private func middle(_ element: String) -> Box? {
        if let box = box(of: element) { return box }
        guard let points = edges.first(where: { $0.element == element })?.points, points.count > 1 else { return nil }
        let (a, b) = (points[(points.count - 1) / 2], points[(points.count - 1) / 2 + 1])
        return Box(x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, width: 0, height: 0)
    }

    /// A straight line between the nearest borders of two rectangles.
    static func between(_ source: Box, _ target: Box) -> [Point] {
        if target.y >= source.bottom { return [Point(x: source.middle.x, y: source.bottom), Point(x: target.middle.x, y: target.y)] }
        if source.y >= target.bottom { return [Point(x: source.middle.x, y: source.y), Point(x: target.middle.x, y: target.bottom)] }
        if target.x >= source.right { return [Point(x: source.right, y: source.middle.y), Point(x: target.x, y: target.middle.y)] }
        return [Point(x: source.x, y: source.middle.y), Point(x: target.right, y: target.middle.y)]
    }

    /// What joins data to the tasks that read and write it.
    private static func dataLines(_ process: BPMNModel.Process) -> [(id: String?, source: String, target: String)] {
        process.nodes.flatMap { node in
            node.rest.content.elements.compactMap { element in
                guard let id = element["id"] else { return nil }
                func reference(_ name: String) -> String { element.elements.first { $0.isBPMN(name) }?.text ?? "" }
                if element.isBPMN("dataInputAssociation") { return (id, reference("sourceRef"), node.id) }
                if element.isBPMN("dataOutputAssociation") { return (id, node.id, reference("targetRef")) }
                return nil
            }
        }
    }
}

extension BPMNSheet {
    /// Pools below one another, and the messages between them.
    init(_ model: BPMNModel, _ collaboration: BPMNModel.Collaboration, _ sheets: [BPMNSheet], loose: [BPMNSheet]) {
        var drawn: Set<String> = []
        let left = 60.0
        var contents: [(participant: BPMNModel.Participant, sheet: BPMNSheet?)] = []
        for participant in collaboration.participants {
            let process = model.process(of: participant)
            let place = process.flatMap { own in model.processes.firstIndex { $0.id == own.id } }
            let isFirst = process.map { drawn.insert($0.id).inserted } ?? false
            contents.append((participant, isFirst ? place.map { sheets[$0] } : nil))
        }
        let breadth = max(400, contents.compactMap { $0.sheet?.width }.max() ?? 0) + Self.head
        var y = 60.0
        for (participant, sheet) in contents {
            let height = sheet.map { max($0.height, 80) } ?? 60
            var shape = BPMNDiagram.Shape(id: nil, element: participant.id, box: Box(x: left, y: y, width: breadth, height: height))
            shape.isHorizontal = true
            shapes.append(shape)
            if var own = sheet {
                own.widenLanes(to: breadth - Self.head)
                own.move(x: left + Self.head, y: y)
                shapes += own.shapes
                edges += own.edges
            }
            y += height + 50
        }
        for sheet in loose where !sheet.shapes.isEmpty {
            var own = sheet
            own.move(x: left, y: y)
            shapes += own.shapes
            edges += own.edges
            y += sheet.height + 50
        }
        width = left + breadth
        height = y
        placeArtifacts(
            collaboration.artifacts.filter { $0.id != nil }, collaboration.associations.map { ($0.id, $0.source, $0.target) }, left)
        for line in collaboration.associations {
            guard let id = line.id, let source = middle(line.source), let target = middle(line.target) else { continue }
            edges.append(.init(id: nil, element: id, points: Self.between(source, target)))
        }
        addMessages(collaboration)
    }

    private mutating func widenLanes(to width: Double) {
        for index in shapes.indices where shapes[index].rest.attributes["isHorizontal"] != nil {
            shapes[index].box.width = max(shapes[index].box.width, width - shapes[index].box.x)
        }
    }

    private mutating func addMessages(_ collaboration: BPMNModel.Collaboration) {
        let pools = Set(collaboration.participants.map(\.id))
        for (number, flow) in collaboration.messageFlows.enumerated() {
            guard let source = box(of: flow.source), let target = box(of: flow.target) else { continue }
            let shift = Double(number % 5) * 8 - 16
            let x1 =
                pools.contains(flow.source)
                ? (pools.contains(flow.target) ? source.middle.x + 12 * shift : target.middle.x) : source.middle.x
            let x2 = pools.contains(flow.target) ? x1 : target.middle.x
            let isDown = target.y >= source.bottom
            let from = Point(x: x1, y: isDown ? source.bottom : source.y)
            let to = Point(x: x2, y: isDown ? target.y : target.bottom)
            var points = [from, to]
            if from.x != to.x {
                // The gap between pools that is nearest to the receiver.
                let gap = gap(from: from.y, to: to.y, pools) + shift
                points = [from, Point(x: from.x, y: gap), Point(x: to.x, y: gap), to]
            }
            var edge = BPMNDiagram.Edge(id: nil, element: flow.id, points: points)
            let words = BPMNWords.size(flow.name)
            if words.width > 0 {
                let middle = points[points.count / 2]
                edge.label = .init(box: Box(x: middle.x + 5, y: middle.y + 4, width: words.width, height: words.height))
            }
            edges.append(edge)
        }
    }

    private func gap(from: Double, to: Double, _ pools: Set<String>) -> Double {
        let boxes = shapes.filter { pools.contains($0.element) }.map(\.box)
        let gaps =
            from < to
            ? boxes.map { $0.y - 25 }.filter { $0 > from && $0 < to } : boxes.map { $0.bottom + 25 }.filter { $0 < from && $0 > to }
        return (from < to ? gaps.max() : gaps.min()) ?? (from + to) / 2
    }
}
