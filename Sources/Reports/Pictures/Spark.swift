/// A tiny picture beside a finding: no words, one thought.
package enum Spark: Sendable {
    /// A part of a whole, 0…1.
    case share(Double)
    /// Amounts as columns, one of them marked.
    case columns([Double], marked: Int?)
    /// A change from before to after on a common zero.
    case change(before: Double, after: Double)
    /// A course over time; nil is a gap.
    case line([Double?])
    /// The distribution of lengths of time in seconds, with its median.
    case distribution([Double])

    /// The picture, 140 × 44 pixels.
    package func picture(id: String, title: String, description: String) -> Picture {
        let frame = PictureFrame(id: id, title: title, description: description, language: .en)
        var svg = SVG()
        switch self {
        case .share(let share): drawShare(&svg, share)
        case .columns(let values, let marked): drawColumns(&svg, values, marked)
        case .change(let before, let after): drawChange(&svg, before, after)
        case .line(let values): drawLine(&svg, values)
        case .distribution(let seconds): drawDistribution(&svg, seconds)
        }
        if svg.body.isEmpty { svg.line(0, Self.height - 1, Self.width, Self.height - 1, .grid) }
        return Picture(frame, width: Self.width, height: Self.height, svg)
    }

    private static let width = 140.0
    private static let height = 44.0

    private func drawShare(_ svg: inout SVG, _ share: Double) {
        guard share.isFinite else { return }
        svg.rect(0, 14, Self.width, 16, fill: .grid)
        svg.rect(0, 14, Self.width * min(max(share, 0), 1), 16, fill: .asIs)
    }

    private func drawColumns(_ svg: inout SVG, _ values: [Double], _ marked: Int?) {
        let values = Array(values.prefix(70))
        guard let greatest = values.filter(\.isFinite).max(), greatest > 0 else { return }
        let pitch = min(Self.width / Double(values.count), 24)
        for (index, value) in values.enumerated() where value.isFinite && value > 0 {
            let size = value / greatest * (Self.height - 3)
            let ink: Ink = marked == nil || marked == index ? .asIs : .context
            svg.rect(Double(index) * pitch, Self.height - 2 - size, max(pitch - 1.5, 0.8), size, fill: ink)
        }
        svg.line(0, Self.height - 1.5, pitch * Double(values.count), Self.height - 1.5, .muted)
    }

    private func drawChange(_ svg: inout SVG, _ before: Double, _ after: Double) {
        guard before.isFinite, after.isFinite, max(before, after) > 0 else { return }
        let scale = (Self.width - 2) / max(before, after)
        svg.rect(1, 6, max(before, 0) * scale, 13, fill: .asIs)
        svg.rect(1, 25, max(after, 0) * scale, 13, fill: .toBe)
        svg.line(0.5, 1, 0.5, Self.height - 1, .muted)
    }

    private func drawLine(_ svg: inout SVG, _ values: [Double?]) {
        let known = values.compactMap { $0 }.filter(\.isFinite)
        guard let greatest = known.max(), values.count > 1 else { return }
        let height = Axis(0, max(greatest, 1e-9), from: Self.height - 3, to: 4)
        let across = Axis(0, Double(values.count - 1), from: 2, to: Self.width - 2)
        var path = ""
        var isOpen = false
        for (index, value) in values.enumerated() {
            guard let value, value.isFinite else {
                isOpen = false
                continue
            }
            path += (isOpen ? "L" : "M") + SVG.point(across.position(Double(index)), height.position(value))
            let next = index + 1 < values.count ? values[index + 1] : nil
            if !isOpen && next == nil { path += "h2" }
            isOpen = true
        }
        svg.path(path, stroke: .asIs, width: 1.5)
        svg.line(0, Self.height - 1.5, Self.width, Self.height - 1.5, .muted)
    }

    private func drawDistribution(_ svg: inout SVG, _ seconds: [Double]) {
        let values = seconds.filter(\.isFinite).map { max($0, 0) }.sorted()
        guard !values.isEmpty else { return }
        let span = TimeSpan(values, isNarrow: true)
        let plot = span.plot(from: 0, to: Self.width)
        let counts = span.counts(values)
        let greatest = Double(max(counts.bars.max() ?? 0, counts.zeros, counts.beyond, 1))
        func bar(_ from: Double, _ to: Double, _ count: Int) {
            guard count > 0 else { return }
            let size = Double(count) / greatest * (Self.height - 4)
            svg.rect(from, Self.height - 2 - size, max(to - from - 0.6, 0.6), size, fill: .asIs)
        }
        for (index, count) in counts.bars.enumerated() {
            bar(plot.axis.position(span.edges[index]), plot.axis.position(span.edges[index + 1]), count)
        }
        if let lane = plot.zeros { bar(lane - 4, lane + 4, counts.zeros) }
        if let lane = plot.beyond { bar(lane - 4, lane + 4, counts.beyond) }
        let middle = plot.position(values[values.count / 2])
        svg.line(middle, 0, middle, Self.height - 2, .text, width: 1.5)
        svg.line(0, Self.height - 1.5, Self.width, Self.height - 1.5, .muted)
    }
}
