import Foundation
import Statistics

/// The part of a time axis that a distribution needs, cut into bars.
struct TimeSpan {
    /// Where the bars begin and end, ascending, in seconds.
    let edges: [Double]
    /// Whether equal factors are equally long.
    let isLogarithmic: Bool
    /// Whether there are zeros that a logarithmic axis has no place for.
    let hasZeros: Bool
    /// Whether values lie above the last edge.
    let hasBeyond: Bool

    /// The span of values in ascending order, none below 0, at least one.
    init(_ values: [Double], isNarrow: Bool) {
        let top = values[values.count - 1]
        let firstPositive = values.firstIndex { $0 > 0 } ?? values.count
        let positive = Array(values[firstPositive...])
        let low = Quantiles.quantile(0.01, ofSorted: positive) ?? 0
        let high = Quantiles.quantile(0.99, ofSorted: positive) ?? 0
        let most = isNarrow ? 24 : 40
        isLogarithmic = low > 0 && high > 30 * low
        if isLogarithmic {
            hasZeros = firstPositive > 0
            hasBeyond = false
            let bottom = positive[0]
            let ends = (log(bottom) - 1e-9, log(top) + 1e-9)
            edges = (0...most).map { exp(ends.0 + (ends.1 - ends.0) * Double($0) / Double(most)) }
        } else {
            hasZeros = false
            hasBeyond = high > 0 && top > 1.5 * high
            let wanted = hasBeyond ? high : top
            let step = Self.step(values, upTo: wanted, most: most)
            let bars = max(1, Int((wanted / step - 1e-9).rounded(.up)))
            edges = (0...bars).map { Double($0) * step }
        }
    }

    /// The span of several samples together, each in ascending order, none below 0.
    init(joining samples: [[Double]], isNarrow: Bool) {
        self.init(samples.joined().sorted(), isNarrow: isNarrow)
    }

    /// A round step near the width of Freedman and Diaconis ("On the histogram as a density estimator", Zeitschrift für
    /// Wahrscheinlichkeitstheorie 57, 1981, doi:10.1007/BF01025868), between `most` bars and eight.
    private static func step(_ values: [Double], upTo top: Double, most: Int) -> Double {
        guard top > 0 else { return 1 }
        let spread =
            (Quantiles.quantile(0.75, ofSorted: values) ?? 0) - (Quantiles.quantile(0.25, ofSorted: values) ?? 0)
        let wanted = min(max(2 * spread / cbrt(Double(values.count)), top / Double(most)), top / 8)
        return Axis.durationSteps(upTo: top).first { $0 >= wanted * 0.75 && top / $0 <= Double(most) } ?? top / 8
    }

    /// How many values each bar, the zeros and what lies beyond hold; the last bar holds its upper edge.
    func counts(_ values: [Double]) -> (bars: [Int], zeros: Int, beyond: Int) {
        var bars = [Int](repeating: 0, count: edges.count - 1)
        var zeros = 0
        var beyond = 0
        var bar = 0
        for value in values {
            if hasZeros && value <= 0 {
                zeros += 1
            } else if hasBeyond && value > edges[edges.count - 1] {
                beyond += 1
            } else {
                while bar < bars.count - 1 && value >= edges[bar + 1] { bar += 1 }
                bars[bar] += 1
            }
        }
        return (bars, zeros, beyond)
    }

    /// The span laid between two pixels.
    func plot(from left: Double, to right: Double) -> Plot {
        let start = hasZeros ? left + 24 : left
        let end = hasBeyond ? right - 22 : right
        return Plot(
            axis: Axis(edges[0], edges[edges.count - 1], isLogarithmic: isLogarithmic, from: start, to: end),
            zeros: hasZeros ? left + 8 : nil, beyond: hasBeyond ? right - 8 : nil)
    }

    /// A time axis with its places for zeros and for what lies beyond.
    struct Plot {
        let axis: Axis
        /// The pixel of zeros that are off the axis.
        let zeros: Double?
        /// The pixel of values beyond the axis.
        let beyond: Double?

        /// The pixel of a length of time.
        func position(_ seconds: Double) -> Double {
            if let zeros, seconds <= 0 { return zeros }
            if let beyond, seconds > axis.high { return beyond }
            return axis.position(seconds)
        }
    }
}

/// The share of values at or below each length of time.
struct CumulativeShare {
    private let values: [Double]

    /// - Parameter values: ascending, at least one.
    init(_ values: [Double]) {
        self.values = values
    }

    /// The share of values at or below a value.
    func callAsFunction(_ value: Double) -> Double {
        var low = 0
        var high = values.count
        while low < high {
            let middle = (low + high) / 2
            if values[middle] <= value { low = middle + 1 } else { high = middle }
        }
        return Double(low) / Double(values.count)
    }

    /// The curve as an SVG path: exact steps for up to 80 values, else sampled every pixel and a half.
    func path(_ plot: TimeSpan.Plot, _ height: Axis) -> String {
        let axis = plot.axis
        var path = ""
        var lastY = ""
        func add(_ x: Double, _ share: Double) {
            let y = SVG.number(height.position(share))
            if path.isEmpty {
                path = "M\(SVG.number(x)) \(y)"
            } else {
                path += y == lastY ? "H\(SVG.number(x))" : "L\(SVG.number(x)) \(y)"
            }
            lastY = y
        }
        if let zeros = plot.zeros {
            add(zeros, 0)
            add(zeros, self(0))
            add(axis.start, self(0))
        } else {
            add(axis.start, 0)
        }
        if values.count <= 80 {
            var before = plot.zeros == nil ? 0 : self(0)
            var index = 0
            while index < values.count {
                let value = values[index]
                let after = self(value)
                index = Int((after * Double(values.count)).rounded())
                if value > axis.high || (plot.zeros != nil && value <= 0) { continue }
                let x = axis.position(value)
                add(x, before)
                add(x, after)
                before = after
            }
            add(axis.end, self(axis.high))
        } else {
            let columns = max(2, Int((axis.end - axis.start) / 1.5))
            for column in 0...columns {
                let x = axis.start + (axis.end - axis.start) * Double(column) / Double(columns)
                add(x, self(column == columns ? axis.high : axis.value(x)))
            }
        }
        if let beyond = plot.beyond {
            add(beyond, self(axis.high))
            add(beyond, 1)
        }
        return path
    }
}

/// The words and ticks below a time axis.
enum TimeAxisDrawing {
    /// Draws the axis at a height and gives the lower end of its words.
    static func draw(
        _ svg: inout SVG, _ plot: TimeSpan.Plot, _ humane: Humane, at y: Double, from left: Double, to right: Double, title: String
    ) -> Double {
        svg.line(left, y, right, y, .muted)
        let axis = plot.axis
        let room = (plot.zeros == nil ? 0 : axis.start - 2)...right
        for tick in axis.durationTicks(humane, bounds: room) {
            let x = axis.position(tick.value)
            svg.line(x, y, x, y + 4, .muted)
            svg.text(tick.label, Axis.leftEdge(of: TextWidth.of(tick.label), at: x, in: room), y + 17, ink: .muted)
        }
        if let zeros = plot.zeros {
            svg.line(zeros, y, zeros, y + 4, .muted)
            svg.text("0", zeros, y + 17, .middle, ink: .muted)
        }
        svg.text(title, right, y + 35, .end, ink: .muted, room: right)
        return y + 42
    }
}
