import Foundation

/// A scale from values to pixels, linear or logarithmic.
struct Axis: Equatable {
    /// The smallest value on the axis.
    let low: Double
    /// The greatest value on the axis, above ``low``.
    let high: Double
    /// Whether equal factors, not equal differences, are equally long.
    let isLogarithmic: Bool
    /// The pixel of ``low``.
    let start: Double
    /// The pixel of ``high``.
    let end: Double

    init(_ low: Double, _ high: Double, isLogarithmic: Bool = false, from start: Double, to end: Double) {
        precondition(!isLogarithmic || low > 0, "a logarithmic axis begins above 0")
        self.low = low
        self.high = high > low ? high : isLogarithmic ? low * 2 : low + 1
        self.isLogarithmic = isLogarithmic
        self.start = start
        self.end = end
    }

    /// The pixel of a value; values off the axis land on its ends.
    func position(_ value: Double) -> Double {
        let clamped = min(max(value, low), high)
        let share = isLogarithmic ? log(clamped / low) / log(high / low) : (clamped - low) / (high - low)
        return start + share * (end - start)
    }

    /// The value at a pixel.
    func value(_ pixel: Double) -> Double {
        let share = (pixel - start) / (end - start)
        return isLogarithmic ? low * exp(share * log(high / low)) : low + share * (high - low)
    }

    /// A value of the axis with the words for it.
    struct Tick: Equatable {
        var value: Double
        var label: String
    }

    /// Ticks at round lengths of time whose labels, centred on them, keep `gap` pixels apart inside `bounds`.
    func durationTicks(_ humane: Humane, bounds: ClosedRange<Double>, gap: Double = 14) -> [Tick] {
        if !isLogarithmic {
            for step in Self.durationSteps(upTo: high) where (high - low) / step <= 12 {
                let ticks = multiples(of: step).map { Tick(value: $0, label: humane.duration(seconds: $0)) }
                if fits(ticks, bounds, gap) { return ticks }
            }
            return [Tick(value: low, label: humane.duration(seconds: low))]
        }
        let ranks: [[Double]] = [
            [1, 60, 3_600, 86_400, 864_000, 8_640_000, 86_400_000], [1e-3, 10, 600, 259_200, 2_592_000, 25_920_000, 1e-6],
            [0.1, 0.01, 21_600, 1_800, 30, 120, 172_800, 432_000, 5_184_000], [10_800, 43_200, 300, 5, 2, 180, 7_200, 604_800, 1_728_000],
        ]
        var chosen: [Tick] = []
        for value in ranks.joined() where value >= low * 0.999 && value <= high * 1.001 {
            let candidate = chosen + [Tick(value: value, label: humane.duration(seconds: value))]
            if fits(candidate.sorted { $0.value < $1.value }, bounds, gap) { chosen = candidate }
        }
        if chosen.count < 2 {
            for value in [low, high, (low * high).squareRoot()] {
                let candidate = chosen + [Tick(value: value, label: humane.duration(seconds: value))]
                if fits(candidate.sorted { $0.value < $1.value }, bounds, gap) { chosen = candidate }
            }
        }
        return chosen.sorted { $0.value < $1.value }
    }

    /// Ticks at round numbers, at most `most`, written by `form`.
    func numberTicks(atMost most: Int, isWhole: Bool = false, _ form: (Double) -> String) -> [Tick] {
        for step in Self.numberSteps(upTo: high - low) where (high - low) / step <= Double(most) && (!isWhole || step >= 1) {
            return multiples(of: step).map { Tick(value: $0, label: form($0)) }
        }
        return [Tick(value: low, label: form(low)), Tick(value: high, label: form(high))]
    }

    /// The smallest end at or above `value` that a tick marks, where at most `most` ticks are wanted.
    static func roundEnd(_ value: Double, atMost most: Int, isWhole: Bool = false) -> Double {
        guard value > 0 else { return 1 }
        for step in numberSteps(upTo: value) where value / step <= Double(most) && (!isWhole || step >= 1) {
            return (value / step - 1e-9).rounded(.up) * step
        }
        return value
    }

    /// The smallest length of time at or above `value` that a tick marks, where at most `most` ticks are wanted.
    static func roundDurationEnd(_ value: Double, atMost most: Int) -> Double {
        guard value > 0 else { return 1 }
        for step in durationSteps(upTo: value) where value / step <= Double(most) { return (value / step - 1e-9).rounded(.up) * step }
        return value
    }

    private func multiples(of step: Double) -> [Double] {
        let first = Int((low / step - 1e-9).rounded(.up))
        let last = Int((high / step + 1e-9).rounded(.down))
        return first > last ? [] : (first...last).map { Double($0) * step }
    }

    private func fits(_ ticks: [Tick], _ bounds: ClosedRange<Double>, _ gap: Double) -> Bool {
        var free = bounds.lowerBound
        for tick in ticks {
            let width = TextWidth.of(tick.label)
            let left = Self.leftEdge(of: width, at: position(tick.value), in: bounds)
            if left < free - 1e-9 { return false }
            free = left + width + gap
        }
        return true
    }

    /// Where a label of a width begins that is centred on a pixel but stays inside bounds.
    static func leftEdge(of width: Double, at pixel: Double, in bounds: ClosedRange<Double>) -> Double {
        max(bounds.lowerBound, min(pixel - width / 2, bounds.upperBound - width))
    }

    /// Round steps of time in seconds, ascending: 1, 2, 5 below a second, then of the clock, then of days.
    static func durationSteps(upTo high: Double) -> [Double] {
        var steps: [Double] = []
        var power = 1e-6
        while power < 0.5 {
            steps += [power, 2 * power, 5 * power]
            power *= 10
        }
        steps += [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200]
        var days = 1.0
        while days * 86_400 <= max(high, 86_400) {
            steps += [days * 86_400, 2 * days * 86_400, 5 * days * 86_400]
            days *= 10
        }
        return steps
    }

    private static func numberSteps(upTo range: Double) -> [Double] {
        guard range > 0, range.isFinite else { return [1] }
        let power = pow(10, log10(range).rounded(.down) - 2)
        return [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000].map { $0 * power }
    }
}
