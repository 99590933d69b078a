/// Counts different numbers by open addressing.
enum DistinctWords {
    /// How many different values there are.
    ///
    /// - Complexity: O(n) on average.
    static func count(_ values: [Int64]) -> Int {
        // A free slot holds the value that is counted apart.
        let free = Int64.min
        var size = 1_024
        while size < values.count * 2 { size *= 2 }
        return withUnsafeTemporaryAllocation(of: Int64.self, capacity: size) { slots in
            slots.initialize(repeating: free)
            var count = 0
            var hasFree = false
            for value in values {
                if value == free {
                    hasFree = true
                    continue
                }
                var slot = Int(truncatingIfNeeded: (UInt64(bitPattern: value) &* 0x9E37_79B9_7F4A_7C15) >> 20) & (size - 1)
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
