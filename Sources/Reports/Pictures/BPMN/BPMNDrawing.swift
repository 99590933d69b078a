import ProcessModels
import Redesign

/// Draws a BPMN diagram: pools and lanes, then lines, then nodes, then the words on lines.
struct BPMNDrawing {
    typealias Box = BPMNDiagram.Box
    typealias Point = BPMNDiagram.Point

    let source: BPMNPicture
    let diagram: BPMNDiagram
    let frame: PictureFrame
    let parts: BPMNParts
    /// What is added to coordinates of the diagram.
    private let shift: (x: Double, y: Double)
    private let size: (width: Double, height: Double)
    private let greatest: Int
    /// How many flows leave, and arrive, at a place in a direction.
    private var starts: [[Int]: Int] = [:]
    private var ends: [[Int]: Int] = [:]

    static let margin = 14.0
    static let lineHeight = 14.0

    init(_ source: BPMNPicture, _ diagram: BPMNDiagram, _ bounds: Box, _ frame: PictureFrame) {
        self.source = source
        self.diagram = diagram
        self.frame = frame
        parts = BPMNParts(source.model)
        greatest = source.figures.values.compactMap(\.count).max() ?? 0
        // Words without a place stand below their shapes and may reach beyond.
        shift = (Self.margin + 30 - bounds.x, Self.margin - bounds.y)
        size = (bounds.width + 2 * Self.margin + 60, bounds.height + 2 * Self.margin + 36)
        for edge in diagram.edges where edge.points.count > 2 {
            let points = edge.points.map(moved)
            starts[Self.key(points[0], points[1]), default: 0] += 1
            ends[Self.key(points[points.count - 1], points[points.count - 2]), default: 0] += 1
        }
    }

    /// A place and the direction of a line there.
    private static func key(_ end: Point, _ next: Point) -> [Int] {
        let way = abs(next.x - end.x) >= abs(next.y - end.y) ? (next.x < end.x ? 0 : 1) : (next.y < end.y ? 2 : 3)
        return [Int(end.x), Int(end.y), way]
    }

    func picture() -> Picture {
        var svg = SVG()
        for shape in diagram.shapes where parts.isBackground(shape.element) { drawBackground(&svg, shape) }
        let isOpen = diagram.shapes.map { parts.isOpen($0) }
        for (shape, isOpen) in zip(diagram.shapes, isOpen) where isOpen { draw(&svg, shape) }
        for edge in diagram.edges { draw(&svg, edge) }
        for (shape, isOpen) in zip(diagram.shapes, isOpen) where !isOpen && !parts.isBackground(shape.element) { draw(&svg, shape) }
        for edge in diagram.edges { writeWords(&svg, edge) }
        return Picture(frame, width: size.width, height: size.height, keepsSize: true, svg)
    }

    /// A rectangle in the picture.
    func moved(_ box: Box) -> Box {
        Box(x: box.x + shift.x, y: box.y + shift.y, width: max(box.width, 1), height: max(box.height, 1))
    }

    private func moved(_ point: Point) -> Point { Point(x: point.x + shift.x, y: point.y + shift.y) }

    /// What is known of an element, in words: how often, then how long.
    func figures(_ id: String) -> [String] {
        guard let own = source.figures[id] else { return [] }
        return [own.count.map { frame.humane.count($0) }, own.medianS.map { frame.humane.duration(seconds: $0) }].compactMap { $0 }
    }

    /// How often something happens as a share of what happens most, as a root: small shares are to be told apart.
    func share(_ id: String) -> Double? {
        guard greatest > 0, let count = source.figures[id]?.count else { return nil }
        return (Double(max(count, 0)) / Double(greatest)).squareRoot()
    }

    /// The words of a title: the name, what is known, what departs.
    func tip(_ id: String, _ name: String?) -> String {
        let known = figures(id).joined(separator: ", ")
        let parts = [name ?? id, known, source.marks[id] ?? "", source.changes[id]?.words ?? ""].filter { !$0.isEmpty }
        return parts.joined(separator: ": ")
    }

    // MARK: Pools, lanes, groups, nested processes

    private func drawBackground(_ svg: inout SVG, _ shape: BPMNDiagram.Shape) {
        let box = moved(shape.box)
        switch parts[shape.element] {
        case .pool(let name):
            svg.rect(box.x, box.y, box.width, box.height, fill: .paper, stroke: .context, strokeWidth: 1.5, tip: name)
            if parts.isEmptyPool(shape.element) {
                svg.text(name ?? "", box.middle.x, box.middle.y + 4, .middle, isStrong: true, room: box.width - 20)
            } else {
                writeHead(&svg, box, name, isLying: shape.isHorizontal, isStrong: true)
            }
        case .lane(let name):
            svg.rect(box.x, box.y, box.width, box.height, stroke: .context, tip: tip(shape.element, name))
            writeHead(&svg, box, name, isLying: shape.isHorizontal, isStrong: false)
            if let change = source.changes[shape.element] { writeChange(&svg, change.mark, left: box.x + 34, y: box.y + 11) }
        case .group(let name):
            svg.path(BPMNShapes.rounded(box, 10), stroke: .muted, dash: "8 4 2 4", tip: name)
            writeLabel(&svg, shape, name)
        default: break
        }
    }

    private func writeHead(_ svg: inout SVG, _ box: Box, _ name: String?, isLying: Bool, isStrong: Bool) {
        let head = 30.0
        if isLying {
            if isStrong { svg.line(box.x + head, box.y, box.x + head, box.bottom, .context) }
            guard let name, !name.isEmpty else { return }
            let room = max(box.height - 12, 12)
            let width = min(TextWidth.of(TextWidth.fit(name, to: room)), room)
            svg.textUpwards(name, box.x + 19, box.middle.y + width / 2, ink: isStrong ? .text : .muted, room: room)
            return
        }
        if isStrong { svg.line(box.x, box.y + head, box.right, box.y + head, .context) }
        svg.text(name ?? "", box.middle.x, box.y + 19, .middle, ink: isStrong ? .text : .muted, room: max(box.width - 12, 12))
    }

    // MARK: Lines

    private func draw(_ svg: inout SVG, _ edge: BPMNDiagram.Edge) {
        guard edge.points.count > 1 else { return }
        let points = edge.points.map(moved)
        let id = parts.identifier(edge.element)
        let isMarked = source.marks[id] != nil
        let path = BPMNShapes.line(points)
        switch parts[edge.element] {
        case .flow(let name, let isDefault, let isConditional):
            let share = share(id)
            let change = source.changes[id].map { Self.style($0.mark) }
            let ink: Ink = isMarked ? .failed : change?.ink ?? share.map { .ramp(min(7, 4 + Int($0 * 4))) } ?? .muted
            let width = share.map { 1 + 2.5 * $0 } ?? (change == nil ? 1.3 : 2)
            svg.path(path, stroke: ink, width: width, dash: isMarked ? "6 3" : change?.dash, tip: tip(id, name))
            svg.path(BPMNShapes.head(points, size: 7 + width), fill: ink)
            if isDefault { svg.path(BPMNShapes.slash(points), stroke: ink, width: 1.5) }
            if isConditional { svg.path(BPMNShapes.diamond(points), fill: .paper, stroke: ink, width: 1.3) }
        case .message(let name):
            svg.path(path, stroke: .muted, width: 1.2, dash: "7 5", tip: name ?? id)
            svg.path(BPMNShapes.head(points, size: 9), fill: .paper, stroke: .muted, width: 1.2)
            svg.circle(points[0].x, points[0].y, 3.5, fill: .paper, stroke: .muted, width: 1.2)
        default:
            svg.path(path, stroke: .context, width: 1.3, dash: "2 4")
            if parts.isDirected(edge.element) { svg.path(BPMNShapes.openHead(points), stroke: .context, width: 1.3) }
        }
    }

    /// The name of a line and what is known of it, on halos: at the place that is given, else above its longest lying piece.
    private func writeWords(_ svg: inout SVG, _ edge: BPMNDiagram.Edge) {
        guard edge.points.count > 1 else { return }
        let id = parts.identifier(edge.element)
        let points = edge.points.map(moved)
        var name: String?
        switch parts[edge.element] {
        case .flow(let own, _, _): name = own
        case .message(let own): name = own
        default: return
        }
        let figures = figures(id).joined(separator: " · ")
        let named = name.map { TextWidth.wrap($0, to: 96, lines: 3) } ?? []
        if let box = edge.label?.box.map(moved), let name, !name.isEmpty {
            let lines = TextWidth.wrap(name, to: max(box.height < 22 ? box.width * 1.4 + 8 : box.width + 4, 60), lines: 3)
            for (line, text) in lines.enumerated() {
                svg.text(text, box.middle.x, box.y + 11 + Double(line) * Self.lineHeight, .middle, ink: .muted, hasHalo: true)
            }
            if !figures.isEmpty { write(&svg, [figures], beside: points, isBelow: true) }
        } else {
            let lines = (named.first?.isEmpty == true ? [] : named) + (figures.isEmpty ? [] : [figures])
            write(&svg, lines, beside: points, isBelow: false)
        }
        if let mark = source.marks[id] {
            let middle = BPMNShapes.middle(points)
            writeMark(&svg, middle.x, middle.y, mark)
        }
    }

    private func write(_ svg: inout SVG, _ lines: [String], beside points: [Point], isBelow: Bool) {
        if lines.isEmpty { return }
        // What flows share where they leave or arrive belongs to none of them.
        var own = points
        if own.count > 2, starts[Self.key(points[0], points[1])] ?? 0 > 1 { own.removeFirst() }
        if own.count > 2, ends[Self.key(points[points.count - 1], points[points.count - 2])] ?? 0 > 1 { own.removeLast() }
        let (a, b) = BPMNShapes.longest(own)
        let (x, y) = ((a.x + b.x) / 2, (a.y + b.y) / 2)
        let height = Double(lines.count) * Self.lineHeight
        let top = a.y == b.y ? (isBelow ? y + 5 : y - height - 3) : y - height / 2
        for (line, text) in lines.enumerated() {
            svg.text(text, x, top + 11 + Double(line) * Self.lineHeight, .middle, ink: .muted, hasHalo: true)
        }
    }

    /// How what a plan changes is drawn: what is to be in the colour of the plan, what is gone in grey and dashed.
    static func style(_ mark: RedesignedFlow.Mark) -> (ink: Ink, dash: String?) { mark == .removed ? (.context, "5 4") : (.toBe, nil) }

    /// What a plan changes, in a word or two, on a plate in the middle between left and right, else from the left on.
    func writeChange(_ svg: inout SVG, _ mark: RedesignedFlow.Mark, left: Double, right: Double? = nil, y: Double) {
        let text = Words(frame.language).changed(mark)
        let width = TextWidth.of(text, isStrong: true) + 10
        let start = right.map { (left + $0 - width) / 2 } ?? left
        let box = Box(x: start, y: y - 8, width: width, height: 16)
        svg.path(BPMNShapes.rounded(box, 5), fill: .paper, stroke: Self.style(mark).ink, width: 1.3)
        svg.text(text, start + width / 2, y + 4, .middle, ink: mark == .removed ? .muted : .toBeText, isStrong: true)
    }

    /// A sign that something departs here.
    func writeMark(_ svg: inout SVG, _ x: Double, _ y: Double, _ words: String) {
        svg.circle(x, y, 8, fill: .failed, stroke: .paper, width: 1.5, tip: words)
        svg.text("!", x, y + 4, .middle, ink: .paper, isStrong: true)
    }

    // MARK: Words beside shapes

    /// Writes a name at the place that is given, else below the shape.
    func writeLabel(_ svg: inout SVG, _ shape: BPMNDiagram.Shape, _ name: String?) {
        guard let name, !name.isEmpty else { return }
        let box = moved(shape.box)
        var top = box.bottom + 4
        var middle = box.middle.x
        var room = 96.0
        if let given = shape.label?.box.map(moved), given.width > 5 {
            top = given.y
            middle = given.middle.x
            // A program that measured one line with a font of its own meant one line.
            room = max(given.height < 22 ? given.width * 1.4 + 8 : given.width + 6, 60)
        }
        for (line, text) in TextWidth.wrap(name, to: room, lines: 4).enumerated() {
            svg.text(text, middle, top + 11 + Double(line) * Self.lineHeight, .middle, ink: .muted, hasHalo: true)
        }
    }
}
