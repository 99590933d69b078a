/// Counts different numbers by open addressing.
enum DistinctWords {
    /// How many different values there are.
    ///
    /// - Complexity: O(n) on average.
    static func count(_ values: [Int64]) -> Int {
        // A free slot holds the value that is counted apart.
        let free = Int64.min
        var bits = 10
        while 1 << bits < values.count * 2 { bits += 1 }
        let size = 1 << bits
        return withUnsafeTemporaryAllocation(of: Int64.self, capacity: size) { slots in
            slots.initialize(repeating: free)
            var count = 0
            var hasFree = false
            for value in values {
                if value == free {
                    hasFree = true
                    continue
                }
                let word = UInt64(bitPattern: value)
                // The upper half is folded in: numbers that are round in binary differ only there.
                var slot = Int(truncatingIfNeeded: ((word ^ word >> 32) &* 0x9E37_79B9_7F4A_7C15) >> UInt64(64 - bits))
                while slots[slot] != free && slots[slot] != value { slot = (slot + 1) & (size - 1) }
                if slots[slot] == free {
                    slots[slot] = value
                    count += 1
                }
            }
            return count + (hasFree ? 1 : 0)
        }
    }
}
