import Instants

/// Small multiples: one panel per resource, role or the like, all on the same weeks and the same scale from zero.
package struct WeeklyPanels: Sendable {
    /// One panel.
    package struct Series: Sendable {
        /// Its name.
        package var name: String
        /// Its periods, ascending; a missing one is a gap.
        package var points: [WeeklyLine.Point]
        /// Words beside the name, such as its total.
        package var note: String?

        /// A panel of these periods.
        package init(name: String, points: [WeeklyLine.Point], note: String? = nil) {
            self.name = name
            self.points = points
            self.note = note
        }
    }

    /// The panels in their order.
    package var series: [Series]
    /// What the values are.
    package var valueTitle: String
    /// The kind of value.
    package var kind: WeeklyLine.Kind
    /// The length of a period in days.
    package var periodDays: Int

    /// Panels of these series.
    package init(series: [Series], valueTitle: String, kind: WeeklyLine.Kind, periodDays: Int = 7) {
        self.series = series
        self.valueTitle = valueTitle
        self.kind = kind
        self.periodDays = max(1, periodDays)
    }

    /// The picture.
    package func picture(_ frame: PictureFrame) -> Picture {
        let all = series.flatMap(\.points)
        let greatest = all.flatMap { [$0.value, $0.high] }.compactMap { $0 }.filter(\.isFinite).max()
        guard let greatest, let first = all.map(\.day).min(), let last = all.map(\.day).max() else { return .empty(frame) }
        let humane = frame.humane
        let scale = ValueScale(greatest: greatest, kind: kind, humane: humane, most: 3)
        let topLabel = scale.form(scale.end)
        var svg = SVG()
        svg.text(valueTitle, 0, 12, ink: .muted, room: frame.width)
        let columns = frame.isNarrow ? 1 : min(3, series.count)
        let gap = 24.0
        let width = (frame.width - gap * Double(columns - 1)) / Double(columns)
        let pitch = 104.0
        for (index, item) in series.enumerated() {
            let left = Double(index % columns) * (width + gap)
            let top = 26 + Double(index / columns) * pitch
            let note = item.note ?? ""
            let noteWidth = note.isEmpty ? 0 : min(TextWidth.of(note), width / 2) + 10
            svg.text(item.name, left, top + 12, isStrong: true, room: width - noteWidth)
            if !note.isEmpty { svg.text(note, left + width, top + 12, .end, ink: .muted, room: width / 2) }
            let axisLeft = left + max(TextWidth.of(topLabel), TextWidth.of("0")) + 6
            let days = Axis(Double(first), Double(last + periodDays), from: axisLeft, to: left + width)
            let height = Axis(0, scale.end, from: top + 78, to: top + 26)
            svg.line(axisLeft, top + 26, left + width, top + 26, .grid)
            svg.text(topLabel, axisLeft - 5, top + 30, .end, ink: .muted)
            svg.text("0", axisLeft - 5, top + 82, .end, ink: .muted)
            let points = item.points.sorted { $0.day < $1.day }
            let run = WeeklyDrawing(points: points, periodDays: periodDays, days: days, height: height)
            run.drawPartial(&svg, id: frame.id + "-h\(index)", top: top + 26, bottom: top + 78)
            run.drawBand(&svg)
            run.drawLine(&svg, marks: false) { $0.start.iso8601 + ": " + scale.form($0.value ?? 0) }
            svg.line(axisLeft, top + 78, left + width, top + 78, .muted)
            if index + columns >= series.count {
                _ = DateTicks.draw(&svg, days, at: top + 78, bounds: (axisLeft - 4)...(left + width))
            }
        }
        let rows = (series.count + columns - 1) / columns
        return Picture(frame, height: 26 + Double(rows) * pitch, svg)
    }
}
