/// Counts different numbers by open addressing, up to a limit.
struct DistinctWords {
    /// A free slot holds the value that is counted apart.
    private static let free = Int64.min
    private let limit: Int
    private var slots: [Int64]
    private var bits = 10
    private var held = 0
    private var hasFree = false
    private(set) var isBeyondLimit = false

    /// No number.
    init(limit: Int = .max) {
        self.limit = limit
        slots = [Int64](repeating: Self.free, count: 1 << bits)
    }

    /// How many different values there are; `nil` beyond the limit.
    var count: Int? { isBeyondLimit ? nil : held + (hasFree ? 1 : 0) }

    /// Adds values.
    ///
    /// - Complexity: O(1) a value on average.
    mutating func insert(_ values: [Int64]) {
        for value in values {
            if isBeyondLimit { return }
            if value == Self.free {
                hasFree = true
            } else if Self.put(value, slots: &slots, bits) {
                held += 1
                if held * 2 > slots.count { grow() }
            } else {
                continue
            }
            if held + (hasFree ? 1 : 0) > limit {
                isBeyondLimit = true
                slots = []
            }
        }
    }

    /// Puts a value into its slot; whether it is new.
    @inline(__always)
    private static func put(_ value: Int64, slots: inout [Int64], _ bits: Int) -> Bool {
        slots.withUnsafeMutableBufferPointer { slots in
            let word = UInt64(bitPattern: value)
            // The upper half is folded in: numbers that are round in binary differ only there.
            var slot = Int(truncatingIfNeeded: ((word ^ word >> 32) &* 0x9E37_79B9_7F4A_7C15) >> UInt64(64 - bits))
            while slots[slot] != free && slots[slot] != value { slot = (slot &+ 1) & (slots.count &- 1) }
            if slots[slot] == value { return false }
            slots[slot] = value
            return true
        }
    }

    private mutating func grow() {
        bits += 2
        var larger = [Int64](repeating: Self.free, count: 1 << bits)
        for value in slots where value != Self.free { _ = Self.put(value, slots: &larger, bits) }
        slots = larger
    }
}
