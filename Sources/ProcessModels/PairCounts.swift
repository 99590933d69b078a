/// How often ordered pairs of small numbers occur: of activities, of resources.
///
/// Up to ``denseLimit`` numbers the counts stand in a square table, beyond that in one by open addressing, so that memory follows what
/// occurs. Whatever the form, pairs come out in the order of their numbers.
package struct PairCounts: Sendable {
    /// One pair that occurs.
    package struct Pair: Sendable, Equatable {
        /// The first number.
        package var source: UInt32
        /// The second number.
        package var target: UInt32
        /// How often it occurs, at least once.
        package var count: Int

        /// A pair that occurs so often.
        package init(source: UInt32, target: UInt32, count: Int) {
            self.source = source
            self.target = target
            self.count = count
        }
    }

    /// So many numbers are counted in a square table, of 16 MB at most.
    package static let denseLimit = 2_048

    /// The numbers are below.
    package let size: Int
    /// Whether the counts stand in a square table.
    package let isDense: Bool
    /// Row by source, column by target; or the counts of ``keys``.
    private var cells: [UInt32]
    private var keys: [UInt64]
    private var used = 0

    private static let free = UInt64.max

    /// No pair of the numbers `0 ..< size` yet.
    ///
    /// - Parameter dense: whether counts stand in a square table; by default up to ``denseLimit`` numbers.
    package init(size: Int, dense: Bool? = nil) {
        self.size = size
        isDense = dense ?? (size <= Self.denseLimit)
        cells = [UInt32](repeating: 0, count: isDense ? size * size : 4_096)
        keys = isDense ? [] : [UInt64](repeating: Self.free, count: 4_096)
    }

    /// Counts a pair once more.
    package mutating func add(_ source: UInt32, _ target: UInt32) { _ = next(source, target) }

    /// How often a pair has occurred before now, when it occurs once more.
    @inline(__always)
    mutating func next(_ source: UInt32, _ target: UInt32) -> UInt32 {
        if !isDense && used &* 2 >= keys.count { grow() }
        let cell = cell(source, target)
        if !isDense && keys[cell] == Self.free {
            keys[cell] = Self.key(source, target)
            used &+= 1
        }
        let count = cells[cell]
        cells[cell] = count &+ 1
        return count
    }

    /// Puts another number in the place of the count of a pair that occurs.
    mutating func set(_ source: UInt32, _ target: UInt32, to number: UInt32) {
        cells[cell(source, target)] = number
    }

    /// Calls `body` with the square table of `size` × `size`; only where ``isDense``, and not without numbers.
    @inline(__always)
    package mutating func withTable(_ body: (UnsafeMutablePointer<UInt32>) -> Void) {
        cells.withUnsafeMutableBufferPointer { cells in
            if let cells = cells.baseAddress { body(cells) }
        }
    }

    /// How often a pair occurs.
    package subscript(source: UInt32, target: UInt32) -> Int { Int(cells[cell(source, target)]) }

    /// The pairs that occur, in the order of their numbers.
    package var pairs: [Pair] {
        var result: [Pair] = []
        if isDense {
            for source in 0..<size {
                for target in 0..<size where cells[source * size + target] > 0 {
                    result.append(Pair(source: UInt32(source), target: UInt32(target), count: Int(cells[source * size + target])))
                }
            }
            return result
        }
        for (key, count) in zip(keys, cells) where key != Self.free && count > 0 {
            result.append(Pair(source: UInt32(key >> 32), target: UInt32(truncatingIfNeeded: key), count: Int(count)))
        }
        return result.sorted { ($0.source, $0.target) < ($1.source, $1.target) }
    }

    /// How often all pairs occur together.
    package var total: Int { pairs.reduce(0) { $0 + $1.count } }

    private static func key(_ source: UInt32, _ target: UInt32) -> UInt64 { UInt64(source) << 32 | UInt64(target) }

    /// The cell of a pair, or the free one where it belongs.
    @inline(__always)
    private func cell(_ source: UInt32, _ target: UInt32) -> Int {
        if isDense { return Int(source) &* size &+ Int(target) }
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
        for (key, count) in zip(old.0, old.1) where key != Self.free {
            let cell = cell(UInt32(key >> 32), UInt32(truncatingIfNeeded: key))
            keys[cell] = key
            cells[cell] = count
        }
    }
}

extension PairCounts {
    /// Counts each step from one element of a case to the next.
    ///
    /// - Parameters:
    ///   - numbers: the number of each element, below ``size``.
    ///   - cases: the elements of each case.
    ///   - body: is told the first and the last number of every case that has any.
    @inline(__always)
    mutating func countSteps(
        _ numbers: UnsafeBufferPointer<UInt32>, cases: UnsafeBufferPointer<Range<Int>>, _ body: (_ first: Int, _ last: Int) -> Void
    ) {
        guard let numbers = numbers.baseAddress else { return }
        if isDense {
            let size = size
            withTable { table in
                for range in cases where !range.isEmpty {
                    let first = Int(numbers[range.lowerBound])
                    var previous = first
                    var place = range.lowerBound &+ 1
                    while place < range.upperBound {
                        let own = Int(numbers[place])
                        table[previous &* size &+ own] &+= 1
                        previous = own
                        place &+= 1
                    }
                    body(first, previous)
                }
            }
        } else {
            for range in cases where !range.isEmpty {
                for place in range.dropFirst() { add(numbers[place - 1], numbers[place]) }
                body(Int(numbers[range.lowerBound]), Int(numbers[range.upperBound - 1]))
            }
        }
    }
}
