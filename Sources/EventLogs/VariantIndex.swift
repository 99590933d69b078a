/// The variants of a log: the different sequences of activities that its cases follow, ranked.
///
/// The most frequent variant has rank 1; equally frequent ones are ordered by the UTF-8 bytes of their activities' names,
/// activity by activity, a sequence before its continuations. A case without any instance has the empty variant.
///
/// Cases are grouped by a hash of their sequence and then compared activity by activity, so equal hashes of different
/// sequences do no harm.
///
/// - Complexity: linear in the number of instances, plus sorting the variants.
package struct VariantIndex: Sendable {
    /// The rank of the variant of each case position, from 1.
    package let rank: [UInt32]
    /// How many cases follow each variant, by rank − 1.
    package let counts: [Int]
    /// A case position that follows each variant (the first), by rank − 1.
    package let firstCase: [Int]

    private let offsets: [Int]
    private let elements: [UInt32]

    /// The variants of the log's cases, over all their instances in order of completion.
    package init(of log: EventLog) {
        let groups = Self.groups(log)
        let nameRanks = log.activities.ranks()
        let sequences = groups.firstCase.map { log.instanceRanges[$0] }
        let activity = log.instances.activity
        let order = activity.withUnsafeBufferPointer { activity in
            groups.firstCase.indices.sorted { left, right in
                if groups.counts[left] != groups.counts[right] { return groups.counts[left] > groups.counts[right] }
                return Self.precedes(sequences[left], sequences[right], activity, nameRanks)
            }
        }
        var place = [UInt32](repeating: 0, count: order.count)
        for (index, group) in order.enumerated() { place[group] = UInt32(index + 1) }
        rank = groups.groupOf.map { place[Int($0)] }
        counts = order.map { groups.counts[$0] }
        firstCase = order.map { groups.firstCase[$0] }
        var offsets = [0]
        var elements: [UInt32] = []
        for group in order {
            elements.append(contentsOf: activity[sequences[group]])
            offsets.append(elements.count)
        }
        self.offsets = offsets
        self.elements = elements
    }

    /// How many variants there are.
    package var count: Int { counts.count }

    /// The activities of the variant with that rank, as numbers of the log's ``EventLog/activities``.
    ///
    /// - Precondition: the rank is in `1 ... count`.
    package func activities(ofRank rank: Int) -> ArraySlice<UInt32> {
        elements[offsets[rank - 1]..<offsets[rank]]
    }

    private struct Groups {
        var groupOf: [UInt32]
        var counts: [Int]
        var firstCase: [Int]
    }

    /// Cases by sequence, groups in order of first sight.
    private static func groups(_ log: EventLog) -> Groups {
        var groups = Groups(groupOf: [], counts: [], firstCase: [])
        groups.groupOf.reserveCapacity(log.caseCount)
        var slots = [UInt32](repeating: .max, count: 64)
        var hashes: [UInt64] = []
        log.instances.activity.withUnsafeBufferPointer { activity in
            for (position, range) in log.instanceRanges.enumerated() {
                if hashes.count * 2 >= slots.count { slots = rehashed(hashes, size: slots.count * 2) }
                let hash = hash(activity, range)
                var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
                var found = false
                while slots[slot] != .max {
                    let group = Int(slots[slot])
                    if hashes[group] == hash && areEqual(activity, log.instanceRanges[groups.firstCase[group]], range) {
                        groups.groupOf.append(UInt32(group))
                        groups.counts[group] += 1
                        found = true
                        break
                    }
                    slot = (slot + 1) & (slots.count - 1)
                }
                if found { continue }
                slots[slot] = UInt32(hashes.count)
                groups.groupOf.append(UInt32(hashes.count))
                groups.counts.append(1)
                groups.firstCase.append(position)
                hashes.append(hash)
            }
        }
        return groups
    }

    private static func rehashed(_ hashes: [UInt64], size: Int) -> [UInt32] {
        var slots = [UInt32](repeating: .max, count: size)
        for (group, hash) in hashes.enumerated() {
            var slot = Int(truncatingIfNeeded: hash) & (size - 1)
            while slots[slot] != .max { slot = (slot + 1) & (size - 1) }
            slots[slot] = UInt32(group)
        }
        return slots
    }

    /// Each element folded in by a 64 × 64 → 128 bit product.
    private static func hash(_ activity: UnsafeBufferPointer<UInt32>, _ range: Range<Int>) -> UInt64 {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(range.count)
        for index in range {
            let product = (state ^ UInt64(activity[index])).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
            state = product.high ^ product.low
        }
        let product = state.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        return product.high ^ product.low
    }

    private static func areEqual(_ activity: UnsafeBufferPointer<UInt32>, _ left: Range<Int>, _ right: Range<Int>) -> Bool {
        if left.count != right.count { return false }
        var index = 0
        while index < left.count {
            if activity[left.lowerBound &+ index] != activity[right.lowerBound &+ index] { return false }
            index &+= 1
        }
        return true
    }

    private static func precedes(
        _ left: Range<Int>, _ right: Range<Int>, _ activity: UnsafeBufferPointer<UInt32>, _ nameRanks: [UInt32]
    ) -> Bool {
        for index in 0..<min(left.count, right.count) {
            let own = nameRanks[Int(activity[left.lowerBound + index])]
            let other = nameRanks[Int(activity[right.lowerBound + index])]
            if own != other { return own < other }
        }
        return left.count < right.count
    }
}
