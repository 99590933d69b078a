import EventLogs

/// A number of 32 bits for each ordered pair of activities that occurs: first how often it does, later whatever the caller puts there.
///
/// A square table up to 1,024 activities, open addressing above, so that memory follows what occurs.
struct ActivityPairs: Sendable {
    /// One pair that occurs, and its number.
    struct Pair {
        var source: UInt32
        var target: UInt32
        var count: UInt32
    }

    /// How many activities there are.
    let width: Int
    /// Whether the numbers stand in a square table.
    let isDense: Bool
    /// Row by source, column by target; or the numbers of ``keys``.
    private var cells: [UInt32]
    private var keys: [UInt64]
    private var used = 0

    private static let free = UInt64.max

    /// Zero for each pair of that many activities.
    init(activities: Int) {
        width = activities
        isDense = activities <= 1_024
        cells = [UInt32](repeating: 0, count: isDense ? activities * activities : 4_096)
        keys = isDense ? [] : [UInt64](repeating: Self.free, count: 4_096)
    }

    /// Adds one to the number of each step in these cases.
    ///
    /// - Parameters:
    ///   - activity: the activity of each instance.
    ///   - cases: the instances of each case.
    ///   - body: is told the first and the last activity of every case that has any.
    @inline(__always)
    mutating func countSteps(
        _ activity: UnsafeBufferPointer<UInt32>, cases: UnsafeBufferPointer<Range<Int>>, _ body: (_ first: Int, _ last: Int) -> Void
    ) {
        guard let activity = activity.baseAddress else { return }
        if isDense {
            let width = width
            cells.withUnsafeMutableBufferPointer { cells in
                guard let cells = cells.baseAddress else { return }
                for range in cases where !range.isEmpty {
                    let first = Int(activity[range.lowerBound])
                    var previous = first
                    var place = range.lowerBound &+ 1
                    while place < range.upperBound {
                        let own = Int(activity[place])
                        cells[previous &* width &+ own] &+= 1
                        previous = own
                        place &+= 1
                    }
                    body(first, previous)
                }
            }
        } else {
            for range in cases where !range.isEmpty {
                for place in range.dropFirst() { _ = next(activity[place - 1], activity[place]) }
                body(Int(activity[range.lowerBound]), Int(activity[range.upperBound - 1]))
            }
        }
    }

    /// The number of a pair, which is one more from then on.
    @inline(__always)
    mutating func next(_ source: UInt32, _ target: UInt32) -> UInt32 {
        if !isDense && used &* 2 >= keys.count { grow() }
        let cell = cell(source, target)
        if !isDense && keys[cell] == Self.free {
            keys[cell] = Self.key(source, target)
            used &+= 1
        }
        let number = cells[cell]
        cells[cell] = number &+ 1
        return number
    }

    /// Sets the number of a pair that occurs.
    mutating func set(_ source: UInt32, _ target: UInt32, to number: UInt32) {
        cells[cell(source, target)] = number
    }

    /// Calls `body` with the square table; only where ``isDense``.
    @inline(__always)
    mutating func withTable(_ body: (UnsafeMutablePointer<UInt32>) -> Void) {
        cells.withUnsafeMutableBufferPointer { cells in
            if let cells = cells.baseAddress { body(cells) }
        }
    }

    /// The pairs whose number is not 0, by the numbers of source and target.
    var pairs: [Pair] {
        var result: [Pair] = []
        if isDense {
            for source in 0..<width {
                for target in 0..<width where cells[source * width + target] > 0 {
                    result.append(Pair(source: UInt32(source), target: UInt32(target), count: cells[source * width + target]))
                }
            }
            return result
        }
        for (key, count) in zip(keys, cells) where key != Self.free && count > 0 {
            result.append(Pair(source: UInt32(key >> 32), target: UInt32(truncatingIfNeeded: key), count: count))
        }
        return result.sorted { ($0.source, $0.target) < ($1.source, $1.target) }
    }

    private static func key(_ source: UInt32, _ target: UInt32) -> UInt64 { UInt64(source) << 32 | UInt64(target) }

    /// The cell of a pair, or the free one where it belongs.
    @inline(__always)
    private func cell(_ source: UInt32, _ target: UInt32) -> Int {
        if isDense { return Int(source) &* width &+ Int(target) }
        let key = Self.key(source, target)
        let mask = keys.count &- 1
        var cell = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
        while keys[cell] != Self.free && keys[cell] != key { cell = (cell &+ 1) & mask }
        return cell
    }

    private mutating func grow() {
        let old = (keys, cells)
        keys = [UInt64](repeating: Self.free, count: old.0.count * 2)
        cells = [UInt32](repeating: 0, count: old.0.count * 2)
        for (key, number) in zip(old.0, old.1) where key != Self.free {
            let cell = cell(UInt32(key >> 32), UInt32(truncatingIfNeeded: key))
            keys[cell] = key
            cells[cell] = number
        }
    }
}
