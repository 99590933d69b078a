import ProcessModels
import Redesign

extension BPMNDrawing {
    func draw(_ svg: inout SVG, _ shape: BPMNDiagram.Shape) {
        let box = moved(shape.box)
        switch parts[shape.element] {
        case .node(let node):
            if node.isTask {
                drawTask(&svg, shape, box, node)
            } else if node.isEvent {
                drawEvent(&svg, shape, box, node)
            } else {
                drawGateway(&svg, shape, box, node)
            }
            if let mark = source.marks[node.id] { writeMark(&svg, box.right - 4, box.y + 4, mark) }
            // New gateways only bring what is said beside them.
            if let change = source.changes[node.id], !(node.isGateway && change.mark == .added) {
                writeChange(&svg, change.mark, left: box.x, right: box.right, y: box.y - (node.isTask ? 1 : 9))
            }
        case .artifact(let artifact): drawArtifact(&svg, shape, box, artifact)
        default: svg.path(BPMNShapes.page(box), fill: .paper, stroke: .context)
        }
    }

    // MARK: Tasks

    private func drawTask(_ svg: inout SVG, _ shape: BPMNDiagram.Shape, _ box: BPMNDiagram.Box, _ node: BPMNModel.Node) {
        guard case .task(let task) = node.kind else { return }
        let isMarked = source.marks[node.id] != nil
        let isOpen = task.isNested && shape.isExpanded ?? (node.inner != nil)
        let step = share(node.id).map { min(4, Int($0 * 5)) } ?? 0
        let change = source.changes[node.id].map { Self.style($0.mark) }
        let stroke: Ink = isMarked ? .failed : change?.ink ?? (isOpen ? .context : .asIs)
        let width = isMarked || change != nil ? 2.5 : task == .call ? 3 : 1.3
        let radius = 8.0
        svg.path(
            BPMNShapes.rounded(box, radius), fill: isOpen ? .paper : .ramp(step), stroke: stroke, width: width,
            dash: node.isTriggeredByEvent ? "3 3" : change?.dash, tip: tip(node.id, node.name))
        if task == .transaction {
            svg.path(
                BPMNShapes.rounded(.init(x: box.x + 3, y: box.y + 3, width: box.width - 6, height: box.height - 6), radius - 3),
                stroke: stroke)
        }
        let glyph = BPMNGlyph.task(task)
        if let glyph { BPMNGlyph.draw(&svg, glyph, box.x + 13, box.y + 13, scale: 0.8, ink: .muted, on: .ramp(step)) }
        var markers: [BPMNGlyph.Name] = []
        if task.isNested && !isOpen { markers.append(.plus) }
        switch node.loop {
        case .again: markers.append(.again)
        case .atOnce: markers.append(.atOnce)
        case .oneByOne: markers.append(.oneByOne)
        case nil: break
        }
        if task == .adHocSubProcess { markers.append(.tilde) }
        if node.rest.attributes.contains(where: { $0.name == "isForCompensation" && $0.value == "true" }) { markers.append(.back) }
        for (place, marker) in markers.enumerated() {
            let x = box.middle.x + (Double(place) - Double(markers.count - 1) / 2) * 16
            BPMNGlyph.draw(&svg, marker, x, box.bottom - 9, scale: 0.75, ink: .text, on: .paper)
        }
        if isOpen {
            svg.text(node.name ?? "", box.x + 10 + (glyph == nil ? 0 : 14), box.y + 17, isStrong: true, room: max(box.width - 20, 20))
            return
        }
        writeTask(&svg, box, node, ink: Ink.onRamp(step), top: glyph == nil ? 4 : 19, bottom: markers.isEmpty ? 4 : 16)
    }

    private func writeTask(
        _ svg: inout SVG, _ box: BPMNDiagram.Box, _ node: BPMNModel.Node, ink: Ink, top: Double, bottom: Double
    ) {
        let known = figures(node.id)
        let inOne = known.joined(separator: "  ")
        let figures = TextWidth.of(inOne, isStrong: true) <= box.width - 6 ? [inOne].filter { !$0.isEmpty } : known
        let room = box.height - top - bottom - Double(figures.count) * Self.lineHeight
        let count = max(1, min(6, Int(room / Self.lineHeight)))
        let lines = node.name.map { TextWidth.wrap($0, to: max(box.width - 10, 20), lines: count) } ?? []
        let total = Double(lines.count + figures.count) * Self.lineHeight
        // In the middle where it leaves room for the signs.
        let first = max(box.middle.y - total / 2, min(box.y + top, box.bottom - bottom - total))
        for (line, text) in (lines + figures).enumerated() {
            let baseline = first + 11 + Double(line) * Self.lineHeight
            svg.text(text, box.middle.x, baseline, .middle, ink: ink, isStrong: line >= lines.count, room: box.width - 6)
        }
    }

    // MARK: Events

    private func drawEvent(_ svg: inout SVG, _ shape: BPMNDiagram.Shape, _ box: BPMNDiagram.Box, _ node: BPMNModel.Node) {
        let (x, y) = (box.middle.x, box.middle.y)
        let radius = min(box.width, box.height) / 2
        let isEnd = node.kind == .endEvent
        let ink: Ink = source.marks[node.id] != nil ? .failed : source.changes[node.id].map { Self.style($0.mark).ink } ?? .text
        let dash = node.isInterrupting || node.kind != .boundaryEvent && node.kind != .startEvent ? nil : "4 3"
        svg.path(
            BPMNShapes.circle(x, y, radius), fill: .paper, stroke: ink, width: isEnd ? 3 : 1.3, dash: dash,
            tip: self.tip(node.id, node.name))
        if node.kind == .catchEvent || node.kind == .throwEvent || node.kind == .boundaryEvent {
            svg.path(BPMNShapes.circle(x, y, max(radius - 3.5, 2)), stroke: ink, width: 1.3, dash: dash)
        }
        let triggers = node.triggers
        if let glyph = triggers.count > 1 ? .pentagon : triggers.first.flatMap(BPMNGlyph.event) {
            let isFilled = isEnd || node.kind == .throwEvent
            BPMNGlyph.draw(&svg, glyph, x, y, scale: radius / 18, ink: ink, on: .paper, isFilled: isFilled)
        }
        writeLabel(&svg, shape, node.name)
    }

    // MARK: Gateways

    private func drawGateway(_ svg: inout SVG, _ shape: BPMNDiagram.Shape, _ box: BPMNDiagram.Box, _ node: BPMNModel.Node) {
        let (x, y) = (box.middle.x, box.middle.y)
        let isMarked = source.marks[node.id] != nil
        let change = source.changes[node.id].map { Self.style($0.mark) }
        let ink: Ink = isMarked ? .failed : change?.ink ?? .text
        svg.path(
            "M\(SVG.point(x, box.y))L\(SVG.point(box.right, y))L\(SVG.point(x, box.bottom))L\(SVG.point(box.x, y))Z", fill: .paper,
            stroke: ink, width: isMarked || change != nil ? 2.5 : 1.3, tip: tip(node.id, node.name))
        let glyph: BPMNGlyph.Name?
        switch node.kind {
        case .exclusiveGateway:
            glyph = shape.rest.attributes.contains { $0.name == "isMarkerVisible" && $0.value == "false" } ? nil : .cross
        case .parallelGateway: glyph = .bigPlus
        case .inclusiveGateway: glyph = .ring
        case .eventBasedGateway: glyph = .ringedPentagon
        case .complexGateway: glyph = .star
        default: glyph = nil
        }
        if let glyph { BPMNGlyph.draw(&svg, glyph, x, y, scale: min(box.width, box.height) / 50, ink: ink, on: .paper) }
        writeLabel(&svg, shape, node.name)
    }

    // MARK: Data and notes

    private func drawArtifact(_ svg: inout SVG, _ shape: BPMNDiagram.Shape, _ box: BPMNDiagram.Box, _ artifact: BPMNModel.Artifact) {
        switch artifact.kind {
        case .textAnnotation:
            svg.path(
                "M\(SVG.point(box.x + 10, box.y))H\(SVG.number(box.x))V\(SVG.number(box.bottom))H\(SVG.number(box.x + 10))",
                stroke: .context,
                width: 1.3)
            let count = max(1, Int((box.height - 4) / Self.lineHeight))
            for (line, text) in TextWidth.wrap(artifact.label ?? "", to: max(box.width - 8, 40), lines: count).enumerated() {
                svg.text(text, box.x + 6, box.y + 14 + Double(line) * Self.lineHeight, ink: .muted)
            }
        case .dataStoreReference:
            svg.path(BPMNShapes.barrel(box), fill: .paper, stroke: .muted, width: 1.3, tip: artifact.label)
            svg.path(BPMNShapes.barrelLid(box), stroke: .muted, width: 1.3)
            writeLabel(&svg, shape, artifact.label)
        default:
            svg.path(BPMNShapes.page(box), fill: .paper, stroke: .muted, width: 1.3, tip: artifact.label)
            writeLabel(&svg, shape, artifact.label)
        }
    }
}
