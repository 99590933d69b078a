import Instants
package import Performance

/// A dotted chart: a row for each case, a dot for each activity instance at its time, lighter for activities that come early in cases and
/// darker for those that come late.
package struct DottedPicture: Sendable {
    /// The chart.
    package var chart: DottedChart

    /// The picture of a chart.
    package init(_ chart: DottedChart) {
        self.chart = chart
    }

    /// How many activities the key names.
    private static let keyLimit = 16

    /// The picture.
    package func picture(_ frame: PictureFrame) -> Picture {
        if chart.rows.isEmpty { return .empty(frame) }
        let words = PictureWords(frame.language)
        let shades = shades
        var svg = SVG()
        let top = key(&svg, frame, words, shades)
        let height = min(max(Double(chart.rows.count) * 6, 120), frame.isNarrow ? 420 : 520)
        let (bottom, pitch) = (top + height, height / Double(chart.rows.count))
        let size = min(max(pitch * 0.8, 1.5), 4)
        let day = 86_400.0
        let zero = chart.isRelative ? 0 : (Double(chart.origin) / 1e6 + Double(chart.offsetS)) / day
        let axis = Axis(zero, zero + max(chart.lengthS / day, 1e-3), from: 4, to: frame.width - 4)
        svg.rect(0, top, frame.width, height, stroke: .grid)
        var paths = [String](repeating: "", count: Ink.rampSteps)
        for (place, row) in chart.rows.enumerated() {
            let y = top + (Double(place) + 0.5) * pitch
            for dot in row.dots {
                paths[shades[dot.activity]] += "M" + SVG.point(axis.position(zero + dot.timeS / day) - size / 2, y) + "h" + SVG.number(size)
            }
        }
        for (step, path) in paths.enumerated() where !path.isEmpty { svg.path(path, stroke: .ramp(step), width: size) }
        let shown = words.rows(chart.rows.count, of: chart.cases)
        var end = bottom
        if chart.isRelative {
            let seconds = Axis(0, max(chart.lengthS, 1), from: 4, to: frame.width - 4)
            for tick in seconds.durationTicks(frame.humane, bounds: 0...frame.width) {
                let x = seconds.position(tick.value)
                svg.line(x, bottom, x, bottom + 4, .muted)
                svg.text(tick.label, Axis.leftEdge(of: TextWidth.of(tick.label), at: x, in: 0...frame.width), bottom + 17, ink: .muted)
            }
            end = bottom + 24
        } else {
            end = DateTicks.draw(&svg, axis, at: bottom, bounds: 0...frame.width)
        }
        svg.text(shown, 0, end + 13, ink: .muted, room: frame.width)
        return Picture(frame, height: end + 20, svg)
    }

    /// The shade of each activity: by the mean place of its dots in their cases, from early to late.
    private var shades: [Int] {
        var sums = [Double](repeating: 0, count: chart.activities.count)
        var counts = sums
        for row in chart.rows {
            for (place, dot) in row.dots.enumerated() {
                sums[dot.activity] += row.dots.count > 1 ? Double(place) / Double(row.dots.count - 1) : 0.5
                counts[dot.activity] += 1
            }
        }
        let order = chart.activities.indices.filter { counts[$0] > 0 }.sorted { left, right in
            (sums[left] / counts[left], left) < (sums[right] / counts[right], right)
        }
        var shades = [Int](repeating: 0, count: chart.activities.count)
        // The two lightest shades are too faint for dots.
        for (place, activity) in order.enumerated() {
            shades[activity] = 2 + place * (Ink.rampSteps - 2) / max(1, order.count)
        }
        return shades
    }

    private func key(_ svg: inout SVG, _ frame: PictureFrame, _ words: PictureWords, _ shades: [Int]) -> Double {
        let order = chart.activities.indices.prefix(Self.keyLimit).sorted { (shades[$0], $0) < (shades[$1], $1) }
        var (x, y) = (0.0, 12.0)
        let room = min(frame.width - 24, 190.0)
        for activity in order {
            let name = TextWidth.fit(chart.activities[activity], to: room)
            let width = 16 + TextWidth.of(name) + 14
            if x > 0 && x + width > frame.width {
                x = 0
                y += 17
            }
            svg.rect(x, y - 8, 9, 9, fill: .ramp(shades[activity]))
            svg.text(chart.activities[activity], x + 13, y, ink: .muted, room: room)
            x += width
        }
        if chart.activities.count > Self.keyLimit {
            let rest = words.others(chart.activities.count - Self.keyLimit)
            if x > 0 && x + TextWidth.of(rest) > frame.width {
                x = 0
                y += 17
            }
            svg.text(rest, x, y, ink: .muted)
        }
        return y + 10
    }
}
