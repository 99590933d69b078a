import Statistics

/// Before against after: the shares of cases done within each length of time as two curves on one axis, the shift drawn
/// between the medians, and below it the 95 % interval of the change as a bar.
package struct BeforeAfterPicture: Sendable {
    /// One of the two sides.
    package struct Side: Sendable {
        /// Its name.
        package var name: String
        /// The lengths of time in seconds, in any order; values that are not finite are left out.
        package var seconds: [Double]

        /// Whether the lengths of time are quantiles of a distribution and not cases to be counted.
        package var areQuantiles: Bool

        /// A side with these lengths of time.
        package init(name: String, seconds: [Double], areQuantiles: Bool = false) {
            self.name = name
            self.seconds = seconds
            self.areQuantiles = areQuantiles
        }
    }

    /// The side before.
    package var before: Side
    /// The side after.
    package var after: Side
    /// What the time axis shows.
    package var axisTitle: String
    /// What the change of the median is called with its numbers, such as `median −3 d 4 h (−28 %)`; nil draws no shift.
    package var shift: String?
    /// The 95 % interval of the change of the median in seconds, low and high.
    package var interval: ClosedRange<Double>?
    /// What the interval is called with its numbers, such as `95 %: −4 d … −2 d`.
    package var intervalText: String?

    /// A comparison of two sides.
    package init(
        before: Side, after: Side, axisTitle: String, shift: String? = nil, interval: ClosedRange<Double>? = nil,
        intervalText: String? = nil
    ) {
        self.before = before
        self.after = after
        self.axisTitle = axisTitle
        self.shift = shift
        self.interval = interval
        self.intervalText = intervalText
    }

    /// The picture.
    package func picture(_ frame: PictureFrame) -> Picture {
        let old = before.seconds.filter(\.isFinite).map { max($0, 0) }.sorted()
        let new = after.seconds.filter(\.isFinite).map { max($0, 0) }.sorted()
        guard let oldMedian = Quantiles.quantile(0.5, ofSorted: old), let newMedian = Quantiles.quantile(0.5, ofSorted: new) else {
            return .empty(frame)
        }
        let humane = frame.humane
        let words = PictureWords(frame.language)
        var svg = SVG()
        let shares: [(value: Double, label: String)] = [0, 0.25, 0.5, 0.75, 1].map { (value: $0, label: humane.share($0)) }
        let left = (shares.map { TextWidth.of($0.label) } + [TextWidth.of(words.shareOfCases)]).reduce(0, max) + 8
        let right = frame.width - 6
        let plot = TimeSpan(joining: [old, new], isNarrow: frame.isNarrow).plot(from: left, to: right)

        // Names over the plot, each with a piece of its line.
        var y = 14.0
        var x = left
        let label: (Side, Int) -> String = { side, count in side.areQuantiles ? side.name : words.named(side.name, count: count) }
        for (name, ink, textInk, dash) in [
            (label(before, old.count), Ink.asIs, Ink.asIsText, nil), (label(after, new.count), Ink.toBe, Ink.toBeText, "7 3"),
        ] {
            let text = TextWidth.fit(name, to: frame.width - 44)
            let width = 32 + TextWidth.of(text, isStrong: true)
            if x > left && x + width > right {
                x = left
                y += 18
            }
            x = min(x, max(0, right - width))
            svg.line(x, y - 4, x + 24, y - 4, ink, width: 2.5, dash: dash)
            svg.text(name, x + 32, y, ink: textInk, isStrong: true, room: frame.width - 36)
            x += width + 28
        }
        let top = y + 22
        let bottom = top + (frame.isNarrow ? 150 : 180)
        let height = Axis(0, 1, from: bottom, to: top)
        svg.text(words.shareOfCases, left - 6, top - 12, .end, ink: .muted)
        for (share, label) in shares {
            let line = height.position(share)
            svg.line(left, line, right, line, .grid)
            svg.text(label, left - 6, line + 4, .end, ink: .muted)
        }
        svg.path(CumulativeShare(old).path(plot, height), stroke: .asIs, width: 2.5)
        svg.path(CumulativeShare(new).path(plot, height), stroke: .toBe, width: 2.5, dash: "7 3")

        // The shift and its interval in a strip of their own below the curves, joined to them by rules.
        let from = plot.position(oldMedian)
        let to = plot.position(newMedian)
        let middle = height.position(0.5)
        let strip = bottom + 18
        svg.line(from, middle, from, strip, .asIs, dash: "2 2")
        svg.line(to, middle, to, strip, .toBe, dash: "2 2")
        svg.circle(from, middle, 4, fill: .paper, stroke: .asIs, width: 2)
        svg.circle(to, middle, 4, fill: .paper, stroke: .toBe, width: 2)
        var lower = strip + 8
        if let shift {
            Self.arrow(&svg, from, to, strip)
            svg.text(shift, Self.centre(shift, (from + to) / 2, left, right), lower + 14, .start, isStrong: true, room: right)
            lower += 22
        }
        if let interval {
            let low = plot.position(max(0, oldMedian + interval.lowerBound))
            let high = plot.position(max(0, oldMedian + interval.upperBound))
            let bar = lower + 8
            svg.rect(low, bar - 4, max(high - low, 1), 8, fill: .toBe, tip: intervalText)
            for end in [low, high] { svg.line(end, bar - 7, end, bar + 7, .toBe, width: 2) }
            lower = bar + 8
            if let intervalText {
                svg.text(intervalText, Self.centre(intervalText, (low + high) / 2, left, right), lower + 14, room: right)
                lower += 20
            }
        }
        let end = TimeAxisDrawing.draw(&svg, plot, humane, at: lower + 8, from: left, to: right, title: axisTitle)
        return Picture(frame, height: end, svg)
    }

    private static func centre(_ text: String, _ pixel: Double, _ left: Double, _ right: Double) -> Double {
        let width = min(TextWidth.of(text, isStrong: true), right)
        return max(0, min(pixel - width / 2, right - width))
    }

    private static func arrow(_ svg: inout SVG, _ from: Double, _ to: Double, _ y: Double) {
        let way: Double = to < from ? -1 : 1
        guard abs(to - from) > 8 else {
            svg.circle(to, y, 2.5, fill: .text)
            return
        }
        svg.line(from, y, to - way * 6, y, .text, width: 2)
        svg.path("M\(SVG.point(to, y))L\(SVG.point(to - way * 8, y - 4))V\(SVG.number(y + 4))Z", fill: .text)
    }
}
