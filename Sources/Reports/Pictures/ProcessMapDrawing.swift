/// Draws a laid-out process map: arrows, the palest first, then boxes, then words on halos above all lines.
struct ProcessMapDrawing {
    private let parts: ProcessMapParts
    private let layout: MapLayout
    private let margin = 10.0
    private static let labelPitch = 14.0

    init(_ parts: ProcessMapParts, _ layout: MapLayout) {
        self.parts = parts
        self.layout = layout
    }

    func picture(_ frame: PictureFrame) -> Picture {
        var svg = SVG()
        let order = parts.arrows.indices.sorted { (parts.arrows[$0].edge.lineWidth, $0) < (parts.arrows[$1].edge.lineWidth, $1) }
        for index in order { draw(&svg, parts.arrows[index], layout.courses[index]) }
        for (node, centre) in zip(parts.nodes, layout.centres) { draw(&svg, node, centre) }
        for (arrow, box) in zip(parts.arrows, labelBoxes()) {
            for (line, text) in arrow.figures.enumerated() {
                let baseline = box.y + 11 + Double(line) * Self.labelPitch
                svg.text(text, box.x + box.width / 2, baseline, .middle, ink: line == 0 ? .text : .muted, hasHalo: true)
            }
        }
        return Picture(frame, width: layout.width + 2 * margin, height: layout.height + 2 * margin, keepsSize: true, svg)
    }

    /// The boxes of the words on the arrows: where Graphviz left room for them, moved a little where a line is in the way.
    private func labelBoxes() -> [LabelBox] {
        let boxes = zip(parts.nodes, layout.centres).map { node, centre in
            LabelBox(
                x: x(centre) - node.box.width / 2 - 2, y: y(centre) - node.box.height / 2 - 2, width: node.box.width + 4,
                height: node.box.height + 4)
        }
        let lines = layout.courses.flatMap(\.samples).map { (x: $0.x + margin, y: $0.y + margin) }
        let width = layout.width + 2 * margin
        let nudging = LabelNudging(lines: lines, boxes: boxes, width: width)
        let wanted = zip(parts.arrows, layout.courses).map { arrow, course -> LabelBox in
            let middle = course.label ?? course.points[course.points.count / 2]
            let size = (arrow.figures.map { TextWidth.of($0) }.max() ?? 0) + 2
            let height = Double(arrow.figures.count) * Self.labelPitch
            return LabelBox(x: x(middle) - size / 2, y: y(middle) - height / 2, width: size, height: height)
        }
        return nudging.places(for: wanted, within: LabelBox(x: 0, y: 0, width: width, height: layout.height + 2 * margin))
    }

    private func x(_ point: MapLayout.Point) -> Double { point.x + margin }
    private func y(_ point: MapLayout.Point) -> Double { point.y + margin }

    private func draw(_ svg: inout SVG, _ arrow: ProcessMapParts.Arrow, _ course: MapLayout.Course) {
        let ink: Ink = arrow.step.map { .ramp($0) } ?? .context
        var path = "M" + SVG.point(x(course.points[0]), y(course.points[0]))
        for index in stride(from: 1, to: course.points.count, by: 3) {
            let triple = course.points[index..<(index + 3)].map { SVG.point(x($0), y($0)) }
            path += "C" + triple.joined(separator: " ")
        }
        svg.path(path, stroke: ink, width: arrow.edge.lineWidth, dash: arrow.step == nil ? "5 4" : nil, tip: arrow.tip)
        let last = course.points[course.points.count - 1]
        var (dx, dy) = (course.tip.x - last.x, course.tip.y - last.y)
        let length = (dx * dx + dy * dy).squareRoot()
        guard length > 0.5 else { return }
        (dx, dy) = (dx / length, dy / length)
        let half = max(3.5, arrow.edge.lineWidth * 0.9)
        // The head begins a little before the end of the line, so that no gap shows between them.
        let base = (x: x(last) - dx * 0.5, y: y(last) - dy * 0.5)
        svg.path(
            "M\(SVG.point(x(course.tip), y(course.tip)))L\(SVG.point(base.x - dy * half, base.y + dx * half))"
                + "L\(SVG.point(base.x + dy * half, base.y - dx * half))Z", fill: ink)
    }

    private func draw(_ svg: inout SVG, _ node: ProcessMapParts.Node, _ centre: MapLayout.Point) {
        let box = node.box
        let left = x(centre) - box.width / 2
        let top = y(centre) - box.height / 2
        guard node.kind == .activity else {
            svg.rect(
                left, top, box.width, box.height, fill: .paper, stroke: .muted, strokeWidth: node.kind == .end ? 2.5 : 1,
                radius: box.height / 2, tip: node.tip)
            svg.text(node.lines[0], x(centre), y(centre) + 4, .middle, ink: .muted)
            return
        }
        let ink = Ink.onRamp(node.step)
        svg.rect(left, top, box.width, box.height, fill: .ramp(node.step), stroke: .context, radius: 4, tip: node.tip)
        for (line, text) in node.lines.enumerated() {
            svg.text(text, x(centre), top + 17 + Double(line) * ProcessMapParts.lineHeight, .middle, ink: ink, isStrong: true)
        }
        svg.text(node.figures, x(centre), top + 17 + Double(node.lines.count) * ProcessMapParts.lineHeight, .middle, ink: ink)
    }
}
