import Statistics

/// How long things take: a histogram and the share of cases done within each length of time, on one time axis, with the
/// median and the 90th percentile (type 7) marked.
///
/// The axis is logarithmic where the 99th percentile is over 30 times the 1st of the positive values. On a linear axis the few
/// values far above the 99th percentile are one hatched bar at its end; on a logarithmic one the zeros have a place of their
/// own at its beginning.
package struct DurationDistribution: Sendable {
    /// The lengths of time in seconds, in any order; values that are not finite are left out.
    package var seconds: [Double]
    /// What the time axis shows: working or elapsed time of what.
    package var axisTitle: String
    /// Whether the marks have the colour of "to be".
    package var isToBe: Bool

    /// A distribution of these lengths of time.
    package init(seconds: [Double], axisTitle: String, isToBe: Bool = false) {
        self.seconds = seconds
        self.axisTitle = axisTitle
        self.isToBe = isToBe
    }

    /// The picture.
    package func picture(_ frame: PictureFrame) -> Picture {
        let values = seconds.filter(\.isFinite).map { max($0, 0) }.sorted()
        guard let last = values.last else { return .empty(frame) }
        return Drawing(values, last, self, frame).picture()
    }

    private struct Drawing {
        let values: [Double]
        let last: Double
        let source: DurationDistribution
        let frame: PictureFrame
        let words: PictureWords
        let ink: Ink

        init(_ values: [Double], _ last: Double, _ source: DurationDistribution, _ frame: PictureFrame) {
            self.values = values
            self.last = last
            self.source = source
            self.frame = frame
            words = PictureWords(frame.language)
            ink = source.isToBe ? .toBe : .asIs
        }

        func picture() -> Picture {
            let humane = frame.humane
            let span = TimeSpan(values, isNarrow: frame.isNarrow)
            // The widest label of the left axis is known only with the bars, whose number does not depend on its width.
            let counts = span.counts(values)
            let top = Axis.roundEnd(Double(max(counts.bars.max() ?? 0, counts.zeros, counts.beyond)), atMost: 4, isWhole: true)
            let countTicks = Axis(0, top, from: 0, to: 1).numberTicks(atMost: 4, isWhole: true) { humane.count(Int($0)) }
            let shareLabels = [0, 0.5, 0.9].map { humane.share($0) }
            let leftWords = countTicks.map(\.label) + shareLabels + [words.cases, words.shareOfCases]
            let left = (leftWords.map { TextWidth.of($0) }.max() ?? 0) + 8
            let right = frame.width - 6
            let plot = span.plot(from: left, to: right)
            let axis = plot.axis

            let quantiles = [0.5, 0.9].compactMap { Quantiles.quantile($0, ofSorted: values) }
            var marks = [(quantiles[0], words.median(humane.duration(seconds: quantiles[0])))]
            if values.count > 1 { marks.append((quantiles[1], words.underNinety(humane.duration(seconds: quantiles[1])))) }
            var rules = marks.map { LabelRows.Rule(pixel: plot.position($0.0), width: TextWidth.of($0.1)) }
            if counts.beyond > 0 {
                let text = words.longer(counts.beyond, upTo: humane.duration(seconds: last))
                rules.append(LabelRows.Rule(pixel: right - 4, width: TextWidth.of(text)))
                marks.append((last, text))
            }
            let rows = LabelRows(rules, in: left...right)
            let barsTop = Double(rows.rows) * 16 + 12
            let barsBottom = barsTop + 130
            let shareTop = barsBottom + 26
            let shareBottom = shareTop + 96

            var svg = SVG()
            let hatch = frame.id + "-h"
            if counts.beyond > 0 { svg.hatching(id: hatch, ink) }
            let height = Axis(0, top, from: barsBottom, to: barsTop)
            svg.text(words.cases, left - 6, barsTop - 10, .end, ink: .muted)
            for tick in countTicks {
                let y = height.position(tick.value)
                svg.line(left, y, right, y, .grid)
                svg.text(tick.label, left - 6, y + 4, .end, ink: .muted)
            }
            for (index, count) in counts.bars.enumerated() where count > 0 {
                let x = axis.position(span.edges[index])
                let end = axis.position(span.edges[index + 1])
                let y = height.position(Double(count))
                let from = humane.duration(seconds: span.edges[index])
                let to = humane.duration(seconds: span.edges[index + 1])
                svg.rect(x + 0.5, y, max(end - x - 1, 0.8), barsBottom - y, fill: ink, tip: "\(from)–\(to): \(humane.count(count))")
            }
            if let lane = plot.zeros, counts.zeros > 0 {
                let y = height.position(Double(counts.zeros))
                svg.rect(lane - 5, y, 10, barsBottom - y, fill: ink, tip: "0: \(humane.count(counts.zeros))")
            }
            if let lane = plot.beyond, counts.beyond > 0 {
                let y = height.position(Double(counts.beyond))
                svg.rect(lane - 5, y, 10, barsBottom - y, pattern: hatch, stroke: ink, tip: marks.last?.1)
            }

            svg.text(words.shareOfCases, left - 6, shareTop - 8, .end, ink: .muted)
            let share = Axis(0, 1, from: shareBottom, to: shareTop)
            for (value, label) in zip([0, 0.5, 0.9], shareLabels) {
                let y = share.position(value)
                svg.line(left, y, right, y, .grid)
                svg.text(label, left - 6, y + 4, .end, ink: .muted)
            }
            svg.path(CumulativeShare(values).path(plot, share), stroke: ink, width: 2)

            for (index, mark) in marks.enumerated() {
                let isBeyond = index == 2 || (index == 1 && values.count == 1)
                let place = rows.places[index]
                let y = barsTop - 16 - Double(place.row) * 16
                if !isBeyond {
                    let x = rules[index].pixel
                    svg.line(x, place.coversRule ? y + 12 : y - 2, x, shareBottom, .text, width: 1, dash: index == 0 ? nil : "4 3")
                    let level = index == 0 ? 0.5 : 0.9
                    // With few values a quantile lies between two of them, off the steps of the curve.
                    if values.count > 40 { svg.circle(x, share.position(level), 3.5, fill: .paper, stroke: .text, width: 1.5) }
                }
                svg.text(mark.1, place.left, y + 8, ink: isBeyond ? .muted : .text, hasHalo: true)
            }
            let bottom = TimeAxisDrawing.draw(&svg, plot, humane, at: shareBottom, from: left, to: right, title: source.axisTitle)
            return Picture(frame, height: bottom, svg)
        }
    }
}
