/// Horizontal bars from a common zero, the greatest first, with direct labels; what is not shown is one bar "31 others".
package struct BarChart: Sendable {
    /// One bar.
    package struct Bar: Sendable {
        /// What it stands for.
        package var name: String
        /// Its parts, none negative; one part for plain bars.
        package var parts: [Double]
        /// Words after its number, such as a share.
        package var note: String?

        /// A bar of these parts.
        package init(name: String, parts: [Double], note: String? = nil) {
            self.name = name
            self.parts = parts
            self.note = note
        }

        var total: Double { parts.reduce(0, +) }
    }

    /// The bars in any order.
    package var bars: [Bar]
    /// Names of the parts; empty for plain bars.
    package var partNames: [String]
    /// How many bars are shown at most before the rest becomes one.
    package var limit: Int
    /// Whether plain bars have the colour of "to be".
    package var isToBe: Bool
    /// Whether the last part is context only, in grey: what is not known.
    package var lastIsContext: Bool
    /// Writes a total.
    package var form: @Sendable (Double) -> String
    /// Writes the note of the bar of the others from their total.
    package var othersNote: (@Sendable (Double) -> String)?

    /// A chart of these bars.
    package init(
        bars: [Bar], partNames: [String] = [], limit: Int = 10, isToBe: Bool = false, lastIsContext: Bool = false,
        othersNote: (@Sendable (Double) -> String)? = nil, form: @escaping @Sendable (Double) -> String
    ) {
        self.bars = bars
        self.partNames = partNames
        self.limit = limit
        self.isToBe = isToBe
        self.lastIsContext = lastIsContext
        self.form = form
        self.othersNote = othersNote
    }

    /// The picture.
    package func picture(_ frame: PictureFrame) -> Picture {
        let usable = bars.enumerated().filter { $0.element.parts.allSatisfy { $0.isFinite && $0 >= 0 } }
        let sorted = usable.sorted { ($1.element.total, $0.offset) < ($0.element.total, $1.offset) }.map(\.element)
        guard !sorted.isEmpty else { return .empty(frame) }
        // A single bar too many is shown itself.
        let shownCount = sorted.count <= limit + 1 ? sorted.count : limit
        var shown = Array(sorted[..<shownCount])
        let rest = sorted[shownCount...]
        if !rest.isEmpty {
            let count = rest.map(\.parts.count).max() ?? 1
            let parts = (0..<count).map { part in rest.reduce(0) { $0 + (part < $1.parts.count ? $1.parts[part] : 0) } }
            let total = parts.reduce(0, +)
            shown.append(Bar(name: PictureWords(frame.language).others(rest.count), parts: parts, note: othersNote?(total)))
        }
        return draw(shown, hasOthers: !rest.isEmpty, frame)
    }

    private func draw(_ shown: [Bar], hasOthers: Bool, _ frame: PictureFrame) -> Picture {
        var svg = SVG()
        let values = shown.map { form($0.total) + ($0.note.map { "  " + $0 } ?? "") }
        let valueWidth = (values.map { TextWidth.of($0) }.max() ?? 0) + 10
        let nameWidth = frame.isNarrow ? 0 : min((shown.map { TextWidth.of($0.name) }.max() ?? 0) + 12, frame.width * 0.42)
        let end = max(frame.width - valueWidth, nameWidth + 40)
        let greatest = shown.map(\.total).max() ?? 0
        let scale = greatest > 0 ? (end - nameWidth) / greatest : 0
        var y = 4.0
        if partNames.count > 1 { y = legend(&svg, frame) }
        let pitch = frame.isNarrow ? 40.0 : 24
        let top = y
        for (index, bar) in shown.enumerated() {
            let isRest = hasOthers && index == shown.count - 1
            let barY = frame.isNarrow ? y + 18 : y + 3
            if frame.isNarrow {
                svg.text(bar.name, 0, y + 12, ink: isRest ? .muted : .text, room: frame.width)
            } else {
                svg.text(bar.name, nameWidth - 8, barY + 13, .end, ink: isRest ? .muted : .text, room: nameWidth - 10)
            }
            var x = nameWidth
            for (part, value) in bar.parts.enumerated() where value > 0 {
                let width = value * scale
                let name = part < partNames.count ? ": " + partNames[part] : ""
                svg.rect(
                    x, barY, max(width, 0.8), 17, fill: isRest && bar.parts.count == 1 ? .context : ink(part),
                    stroke: partNames.count > 1 ? .paper : nil,
                    tip: bar.name + name + ": " + form(value))
                x += width
            }
            svg.text(values[index], x + 6, barY + 13, ink: isRest ? .muted : .text)
            y += pitch
        }
        if !frame.isNarrow { svg.line(nameWidth, top, nameWidth, y, .muted) }
        return Picture(frame, height: y + 4, svg)
    }

    private func ink(_ part: Int) -> Ink {
        if lastIsContext && part == partNames.count - 1 { return .context }
        let count = partNames.count - (lastIsContext ? 1 : 0)
        if count <= 1 { return isToBe ? .toBe : .asIs }
        let steps = count == 2 ? [6, 2] : count == 3 ? [7, 4, 1] : [8, 6, 4, 2, 0]
        return .ramp(steps[min(part, steps.count - 1)])
    }

    /// Draws the names of the parts with their colours and gives where the bars begin.
    private func legend(_ svg: inout SVG, _ frame: PictureFrame) -> Double {
        var x = 0.0
        var y = 4.0
        for (part, name) in partNames.enumerated() {
            let room = frame.width - 20
            let width = min(TextWidth.of(name), room) + 20
            if x > 0 && x + width > frame.width {
                x = 0
                y += 18
            }
            svg.rect(x, y, 12, 12, fill: ink(part))
            svg.text(name, x + 17, y + 10.5, ink: .muted, room: room)
            x += width + 16
        }
        return y + 26
    }
}
