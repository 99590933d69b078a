/// How busy some groups are as is and to be: one row each on an axis from 0 to 100 %, a filled mark and a ring, joined by a line.
package struct UtilizationPlot: Sendable {
    /// One group.
    package struct Row: Sendable {
        /// What it is called.
        package var name: String
        /// Its utilization as is, 0…1; nil where it is unknown.
        package var asIs: Double?
        /// Its utilization to be.
        package var toBe: Double?
        /// Words behind it, such as how many people it has.
        package var note: String

        /// A group.
        package init(name: String, asIs: Double?, toBe: Double?, note: String) {
            self.name = name
            self.asIs = asIs
            self.toBe = toBe
            self.note = note
        }
    }

    /// The groups in their order.
    package var rows: [Row]
    /// What the axis shows.
    package var axisTitle: String

    /// A plot of these groups.
    package init(rows: [Row], axisTitle: String) {
        self.rows = rows
        self.axisTitle = axisTitle
    }

    /// The picture.
    package func picture(_ frame: PictureFrame) -> Picture {
        if rows.isEmpty { return .empty(frame) }
        let humane = frame.humane
        let isStacked = frame.isNarrow
        let nameWidth = isStacked ? 0 : min((rows.map { TextWidth.of($0.name) }.max() ?? 0) + 14, frame.width * 0.3)
        let texts = rows.map { humane.share($0.asIs) + " → " + humane.share($0.toBe) + ($0.note.isEmpty ? "" : "  " + $0.note) }
        let textWidth = isStacked ? 0 : min((texts.map { TextWidth.of($0) }.max() ?? 0) + 14, frame.width - nameWidth - 160)
        let axis = Axis(0, 1, from: nameWidth + 12, to: frame.width - textWidth - 12)
        let top = 8.0
        let pitch = isStacked ? 54.0 : 26
        let bottom = top + pitch * Double(rows.count)
        var svg = SVG()
        let spans = isStacked ? rows.indices.map { (top + pitch * Double($0) + 32, top + pitch * Double($0) + 50) } : [(top, bottom)]
        for tick in axis.numberTicks(atMost: 5, { humane.share($0) }) {
            let x = axis.position(tick.value)
            for span in spans { svg.line(x, span.0, x, span.1, .grid) }
            svg.text(tick.label, Axis.leftEdge(of: TextWidth.of(tick.label), at: x, in: 0...frame.width), bottom + 16, ink: .muted)
        }
        for (index, row) in rows.enumerated() {
            let rowTop = top + pitch * Double(index)
            let y = isStacked ? rowTop + 41 : rowTop + pitch / 2
            if isStacked {
                svg.text(row.name, 0, rowTop + 13, isStrong: true, room: frame.width)
                svg.text(texts[index], 0, rowTop + 28, ink: .muted, room: frame.width)
            } else {
                svg.text(row.name, nameWidth - 4, y + 4, .end, room: nameWidth - 6)
                svg.text(texts[index], frame.width - textWidth + 4, y + 4, ink: .muted, room: textWidth - 6)
            }
            let marks = [row.asIs, row.toBe].map { $0.map { axis.position(min(max($0, 0), 1)) } }
            if let from = marks[0], let to = marks[1] { svg.line(from, y, to, y, .context, width: 2) }
            if let from = marks[0] { svg.circle(from, y, 5, fill: .asIs, stroke: .asIs) }
            if let to = marks[1] { svg.circle(to, y, 6, fill: .paper, stroke: .toBe, width: 2.5) }
        }
        svg.text(axisTitle, axis.position(0), bottom + 32, ink: .muted, room: frame.width - axis.position(0))
        return Picture(frame, height: bottom + 40, svg)
    }
}
