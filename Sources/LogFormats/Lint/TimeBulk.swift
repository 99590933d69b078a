import EventLogs
import Instants

/// Between which times a log really lies: all its times but those that an empty stretch parts from the rest.
///
/// The middle nine tenths of the times are the core. Outward from it, the first stretch without any time that is longer than 400
/// days and than a quarter of the core ends the log; what lies beyond is an outlier. A log that grew slowly, or one that rests
/// for a year, has no such stretch; a time of 1948, of the epoch or of 2999 has one before it. Below 20 times nothing is judged.
struct TimeBulk {
    /// The first and the last time that belong; `nil` where no event has a time.
    private(set) var range: ClosedRange<Int64>?
    /// How many times there are.
    private(set) var count = 0

    /// The least stretch that parts: no yearly rhythm is as long.
    static let leastGap = 400 * Microseconds.day
    /// With fewer times nothing is an outlier.
    static let leastCount = 20

    /// The bulk of these times, in any order.
    init(_ values: consuming [Int64]) {
        var times = values
        count = times.count
        guard let low = times.min(), let high = times.max() else { return }
        if times.count < Self.leastCount {
            range = low...high
            return
        }
        let edge = times.count / 20
        Self.select(edge, in: &times)
        let first = times[edge]
        Self.select(times.count - 1 - edge, in: &times)
        let last = times[times.count - 1 - edge]
        let gap = max(Self.leastGap, (last - first) / 4)
        var begin = first
        for time in times.filter({ $0 < first }).sorted(by: >) {
            // Apart from them by more than the gap; times may lie so far apart that the difference overflows.
            let distance = begin.subtractingReportingOverflow(time)
            if distance.overflow || distance.partialValue > gap { break }
            begin = time
        }
        var end = last
        for time in times.filter({ $0 > last }).sorted() {
            let distance = time.subtractingReportingOverflow(end)
            if distance.overflow || distance.partialValue > gap { break }
            end = time
        }
        range = begin...end
    }

    /// Puts the value of that rank at its place, smaller ones before it and greater ones behind it (Hoare's selection, with the
    /// median of three as pivot).
    private static func select(_ rank: Int, in values: inout [Int64]) {
        var low = 0
        var high = values.count - 1
        while low < high {
            let middle = low + (high - low) / 2
            if values[middle] < values[low] { values.swapAt(middle, low) }
            if values[high] < values[low] { values.swapAt(high, low) }
            if values[high] < values[middle] { values.swapAt(high, middle) }
            let pivot = values[middle]
            var left = low
            var right = high
            while left <= right {
                while values[left] < pivot { left += 1 }
                while pivot < values[right] { right -= 1 }
                if left <= right {
                    values.swapAt(left, right)
                    left += 1
                    right -= 1
                }
            }
            if rank <= right { high = right } else if rank >= left { low = left } else { return }
        }
    }
}
