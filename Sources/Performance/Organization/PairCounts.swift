/// How often pairs of resources occur: counts of ordered pairs of small numbers.
///
/// Up to ``denseLimit`` numbers the counts stand in a square matrix, beyond in a table by open addressing, so memory stays bounded by
/// what occurs. Whatever the form, pairs come out in the order of their numbers.
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

    /// So many numbers are counted in a matrix, of 16 MB at most.
    package static let denseLimit = 2_048

    /// How many numbers there are.
    package let size: Int
    /// Row by row; empty where the table holds the counts.
    private var matrix: [UInt32]
    private var table = PairTable()

    /// No pair of the numbers `0 ..< size` yet.
    ///
    /// - Parameter dense: whether counts stand in a matrix; by default up to ``denseLimit`` numbers.
    init(size: Int, dense: Bool? = nil) {
        self.size = size
        matrix = dense ?? (size <= Self.denseLimit) ? [UInt32](repeating: 0, count: size * size) : []
    }

    /// Calls `inMatrix` with the matrix or `inTable` with the table, whichever holds the counts.
    @inline(__always)
    mutating func update(_ inMatrix: (UnsafeMutablePointer<UInt32>) -> Void, _ inTable: (inout PairTable) -> Void) {
        if matrix.isEmpty {
            inTable(&table)
        } else {
            matrix.withUnsafeMutableBufferPointer { buffer in inMatrix(buffer.baseAddress!) }
        }
    }

    /// How often a pair occurs.
    package subscript(source: UInt32, target: UInt32) -> Int {
        matrix.isEmpty ? table.count(source, target) : Int(matrix[Int(source) * size + Int(target)])
    }

    /// The pairs that occur, in the order of their numbers.
    package var pairs: [Pair] {
        if matrix.isEmpty { return table.pairs }
        var result: [Pair] = []
        for (place, count) in matrix.enumerated() where count > 0 {
            result.append(Pair(source: UInt32(place / size), target: UInt32(place % size), count: Int(count)))
        }
        return result
    }

    /// How often all pairs occur together.
    package var total: Int { pairs.reduce(0) { $0 + $1.count } }
}

/// Counts of pairs by open addressing.
struct PairTable: Sendable {
    private var keys = [UInt64](repeating: .max, count: 1_024)
    private var counts = [UInt32](repeating: 0, count: 1_024)
    private var used = 0

    /// Counts a pair once more.
    @inline(__always)
    mutating func add(_ source: UInt32, _ target: UInt32) {
        if used &* 2 >= keys.count { grow() }
        let key = UInt64(source) << 32 | UInt64(target)
        let slot = slot(key)
        if keys[slot] == .max {
            keys[slot] = key
            used &+= 1
        }
        counts[slot] &+= 1
    }

    func count(_ source: UInt32, _ target: UInt32) -> Int { Int(counts[slot(UInt64(source) << 32 | UInt64(target))]) }

    var pairs: [PairCounts.Pair] {
        keys.indices.filter { keys[$0] != .max }.sorted { keys[$0] < keys[$1] }.map { slot in
            PairCounts.Pair(
                source: UInt32(keys[slot] >> 32), target: UInt32(truncatingIfNeeded: keys[slot]), count: Int(counts[slot]))
        }
    }

    /// The slot of a key, or the free one where it belongs.
    @inline(__always)
    private func slot(_ key: UInt64) -> Int {
        let mask = keys.count &- 1
        var slot = Int(truncatingIfNeeded: key.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15).low >> 20) & mask
        while keys[slot] != .max && keys[slot] != key { slot = (slot &+ 1) & mask }
        return slot
    }

    private mutating func grow() {
        var larger = PairTable()
        larger.keys = [UInt64](repeating: .max, count: keys.count * 2)
        larger.counts = [UInt32](repeating: 0, count: keys.count * 2)
        larger.used = used
        for (key, count) in zip(keys, counts) where key != .max {
            let slot = larger.slot(key)
            larger.keys[slot] = key
            larger.counts[slot] = count
        }
        self = larger
    }
}
