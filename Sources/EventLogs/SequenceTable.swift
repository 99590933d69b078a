/// Different sequences of numbers, each stored once and known by a dense number from 0 in order of first sight, with how often it came.
///
/// Sequences are found by a hash and then compared number by number, so equal hashes of different sequences do no harm.
package struct SequenceTable: Sendable {
    /// How often each sequence came.
    package private(set) var counts: [Int] = []
    private var elements: [UInt32] = []
    private var ends: [Int] = []
    private var hashes: [UInt64] = []
    private var slots = [UInt32](repeating: .max, count: 64)

    /// An empty table.
    package init() {}

    /// How many different sequences there are.
    package var count: Int { counts.count }

    /// The sequence of that number.
    package func sequence(_ number: Int) -> ArraySlice<UInt32> {
        elements[(number == 0 ? 0 : ends[number - 1])..<ends[number]]
    }

    /// Counts a sequence once more, or that many times more, and returns its number.
    @discardableResult
    package mutating func add(_ sequence: UnsafeBufferPointer<UInt32>, times: Int = 1) -> UInt32 {
        if hashes.count &* 2 >= slots.count { grow() }
        let hash = Self.hash(sequence)
        let mask = slots.count &- 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != .max {
            let number = Int(slots[slot])
            if hashes[number] == hash && isEqual(number, sequence) {
                counts[number] &+= times
                return UInt32(number)
            }
            slot = (slot &+ 1) & mask
        }
        let number = UInt32(hashes.count)
        slots[slot] = number
        hashes.append(hash)
        counts.append(times)
        elements.append(contentsOf: sequence)
        ends.append(elements.count)
        return number
    }

    /// The numbers of the sequences, the most frequent first; equally frequent ones by the ranks of their elements, a sequence before its
    /// continuations.
    package func ranked(by ranks: [UInt32]) -> [Int] {
        elements.withUnsafeBufferPointer { elements in
            counts.indices.sorted { left, right in
                if counts[left] != counts[right] { return counts[left] > counts[right] }
                let (own, other) = (range(left), range(right))
                for index in 0..<min(own.count, other.count) {
                    let one = ranks[Int(elements[own.lowerBound + index])]
                    let two = ranks[Int(elements[other.lowerBound + index])]
                    if one != two { return one < two }
                }
                return own.count < other.count
            }
        }
    }

    private func range(_ number: Int) -> Range<Int> { (number == 0 ? 0 : ends[number - 1])..<ends[number] }

    private func isEqual(_ number: Int, _ sequence: UnsafeBufferPointer<UInt32>) -> Bool {
        let range = range(number)
        if range.count != sequence.count { return false }
        return elements.withUnsafeBufferPointer { elements in
            var index = 0
            while index < sequence.count {
                if elements[range.lowerBound &+ index] != sequence[index] { return false }
                index &+= 1
            }
            return true
        }
    }

    private mutating func grow() {
        slots = [UInt32](repeating: .max, count: slots.count * 2)
        for (number, hash) in hashes.enumerated() {
            var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
            while slots[slot] != .max { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt32(number)
        }
    }

    /// Each element folded in by a 64 × 64 → 128 bit product.
    private static func hash(_ sequence: UnsafeBufferPointer<UInt32>) -> UInt64 {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(sequence.count)
        for element in sequence {
            let product = (state ^ UInt64(element)).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
            state = product.high ^ product.low
        }
        let product = state.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        return product.high ^ product.low
    }
}
