/// Changes with their 95 % intervals around a zero line: better is on the left, worse on the right, and the axis says so.
///
/// A change for which higher is better is mirrored, so that one side means one thing; its words keep its own sign. What is
/// not trusted is hatched.
package struct IntervalPlot: Sendable {
    /// One change.
    package struct Change: Sendable {
        /// What changes.
        package var name: String
        /// The relative change, −0.38 for 38 % less; nil where there is none.
        package var change: Double?
        /// The lower end of its 95 % interval.
        package var low: Double?
        /// The upper end of its 95 % interval.
        package var high: Double?
        /// Whether more of it is better.
        package var isHigherBetter: Bool
        /// Whether the evidence is enough.
        package var isTrusted: Bool
        /// Words about it, such as its verdict; the numbers are written anyway.
        package var note: String?

        /// A change.
        package init(
            name: String, change: Double?, low: Double?, high: Double?, isHigherBetter: Bool = false, isTrusted: Bool = true,
            note: String? = nil
        ) {
            self.name = name
            self.change = change
            self.low = low
            self.high = high
            self.isHigherBetter = isHigherBetter
            self.isTrusted = isTrusted
            self.note = note
        }
    }

    /// The changes in their order.
    package var changes: [Change]

    /// A plot of these changes.
    package init(changes: [Change]) {
        self.changes = changes
    }

    /// The picture.
    package func picture(_ frame: PictureFrame) -> Picture {
        let ends = changes.flatMap { [$0.change, $0.low, $0.high] }.compactMap { $0 }.filter(\.isFinite).map(\.magnitude)
        guard !changes.isEmpty, let farthest = ends.max() else { return .empty(frame) }
        let humane = frame.humane
        let words = PictureWords(frame.language)
        // One wild interval does not flatten the others: the axis ends at 200 %, arrows say where a bar goes on.
        let reach = Axis.roundEnd(min(max(farthest, 0.05), 2), atMost: 3)
        let texts = changes.map { change -> String in
            let interval = change.low == nil ? "" : "  " + humane.interval(change.low, change.high, humane.change)
            return humane.change(change.change) + interval + (change.note.map { "  " + $0 } ?? "")
        }
        let isStacked = frame.isNarrow
        let nameWidth = isStacked ? 0 : min((changes.map { TextWidth.of($0.name) }.max() ?? 0) + 14, frame.width * 0.3)
        let textWidth = isStacked ? 0 : min((texts.map { TextWidth.of($0) }.max() ?? 0) + 14, frame.width - nameWidth - 200)
        let left = nameWidth + 8
        let right = frame.width - textWidth - 8
        let axis = Axis(-reach, reach, from: left, to: right)
        var svg = SVG()
        let hatch = frame.id + "-h"
        if changes.contains(where: { !$0.isTrusted }) { svg.hatching(id: hatch, .context) }
        let zero = axis.position(0)
        svg.text("← " + words.better, zero - 8, 12, .end, ink: .muted)
        svg.text(words.worse + " →", zero + 8, 12, ink: .muted)
        let top = 22.0
        let pitch = isStacked ? 58.0 : 28
        let bottom = top + pitch * Double(changes.count)
        let ticks = axis.numberTicks(atMost: isStacked ? 4 : 6) { humane.share($0.magnitude) }
        // Where names stand above their bars, the grid is drawn beside the bars only.
        let spans = isStacked ? changes.indices.map { (top + pitch * Double($0) + 35, top + pitch * Double($0) + 53) } : [(top, bottom)]
        for tick in ticks {
            let x = axis.position(tick.value)
            let isZero = tick.value.magnitude < 1e-9
            for span in spans { svg.line(x, span.0, x, span.1, isZero ? .text : .grid, width: isZero ? 1.5 : 1) }
            let bounds = 0...frame.width
            svg.text(tick.label, Axis.leftEdge(of: TextWidth.of(tick.label), at: x, in: bounds), bottom + 16, ink: .muted)
        }
        for (index, change) in changes.enumerated() {
            let rowTop = top + pitch * Double(index)
            let y = isStacked ? rowTop + 44 : rowTop + pitch / 2
            if isStacked {
                svg.text(change.name, 0, rowTop + 14, isStrong: true, room: frame.width)
                svg.text(texts[index], 0, rowTop + 30, ink: .muted, room: frame.width)
            } else {
                svg.text(change.name, nameWidth - 4, y + 4, .end, room: nameWidth - 6)
                svg.text(texts[index], right + 14, y + 4, ink: .muted, room: textWidth - 8)
            }
            draw(&svg, change, axis, y, hatch: hatch, tip: change.name + ": " + texts[index])
        }
        return Picture(frame, height: bottom + 24, svg)
    }

    private func draw(_ svg: inout SVG, _ change: Change, _ axis: Axis, _ y: Double, hatch: String, tip: String) {
        let sign: Double = change.isHigherBetter ? -1 : 1
        if let low = change.low, let high = change.high, low.isFinite, high.isFinite {
            let from = min(sign * low, sign * high)
            let to = max(sign * low, sign * high)
            let start = axis.position(from)
            let end = axis.position(to)
            if change.isTrusted {
                svg.rect(start, y - 4, max(end - start, 1), 8, fill: .toBe, tip: tip)
            } else {
                svg.rect(start, y - 4, max(end - start, 1), 8, pattern: hatch, stroke: .context, tip: tip)
            }
            let ink: Ink = change.isTrusted ? .toBe : .context
            if from < axis.low { svg.path("M\(SVG.point(start - 7, y))l7 -5v10z", fill: ink) }
            if to > axis.high { svg.path("M\(SVG.point(end + 7, y))l-7 -5v10z", fill: ink) }
        }
        if let value = change.change, value.isFinite, (sign * value).magnitude <= axis.high + 1e-9 {
            let x = axis.position(sign * value)
            svg.line(x, y - 8, x, y + 8, change.isTrusted ? .text : .muted, width: 2.5)
        }
    }
}
