/// Finds order statistics of whole numbers without moving them: what would stand at some ranks if they were sorted.
///
/// The range of the values is cut into equal buckets, a pass counts how many values each bucket holds, and a second one gathers only
/// the buckets in which a rank falls; there the same is done again until few values are left, which are sorted. Each round narrows the
/// range at least sixteenfold, so the worst case is linear as well.
enum BucketSelection {
    /// Up to so many values are sorted.
    private static let few = 48

    /// The values at these ranks.
    ///
    /// - Parameters:
    ///   - ranks: ascending positions among the values; repeats are allowed.
    ///   - smallest: no value is smaller.
    ///   - largest: no value is larger.
    static func values(at ranks: [Int], of values: UnsafeBufferPointer<Int64>, smallest: Int64, largest: Int64) -> [Int64] {
        guard let last = ranks.last else { return [] }
        precondition(ranks[0] >= 0 && last < values.count, "a rank lies within the sample")
        var result = [Int64](repeating: smallest, count: ranks.count)
        result.withUnsafeMutableBufferPointer { result in
            ranks.withUnsafeBufferPointer { place($0, values, smallest, largest, result) }
        }
        return result
    }

    /// Finds the values at `ranks` and puts them into `result`, which holds the smallest one everywhere.
    private static func place(
        _ ranks: UnsafeBufferPointer<Int>, _ values: UnsafeBufferPointer<Int64>, _ smallest: Int64, _ largest: Int64,
        _ result: UnsafeMutableBufferPointer<Int64>
    ) {
        if smallest == largest { return result.update(repeating: smallest) }
        if values.count <= few {
            withUnsafeTemporaryAllocation(of: Int64.self, capacity: values.count) { sorted in
                sort(values, into: sorted)
                for (index, rank) in ranks.enumerated() { result[index] = sorted[rank] }
            }
            return
        }
        let spread = UInt64(bitPattern: largest &- smallest)
        // As many buckets as a quarter of the values: 16 to 2,048.
        let bucketBits = max(4, min(11, Int.bitWidth - values.count.leadingZeroBitCount - 3))
        let shift = UInt64(max(0, UInt64.bitWidth - spread.leadingZeroBitCount - bucketBits))
        let bucketCount = Int(spread &>> shift) + 1
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: bucketCount) { counts in
            counts.initialize(repeating: 0)
            let count = counts.baseAddress.unsafelyUnwrapped
            for value in values { count[Int(truncatingIfNeeded: UInt64(bitPattern: value &- smallest) &>> shift)] &+= 1 }
            var below = 0
            var bucket = 0
            var first = 0
            while first < ranks.count {
                while below + Int(counts[bucket]) <= ranks[first] {
                    below += Int(counts[bucket])
                    bucket += 1
                }
                let end = ranks[first...].firstIndex { $0 >= below + Int(counts[bucket]) } ?? ranks.count
                let bottom = smallest &+ Int64(bitPattern: UInt64(bucket) &<< shift)
                let part = UnsafeMutableBufferPointer(rebasing: result[first..<end])
                if shift == 0 {
                    part.update(repeating: bottom)
                } else {
                    gather(
                        bucket, Int(counts[bucket]), from: values, above: smallest, shift, ranks: ranks[first..<end], below: below,
                        into: part)
                }
                first = end
            }
        }
    }

    /// Goes on within one bucket.
    private static func gather(
        _ bucket: Int, _ count: Int, from values: UnsafeBufferPointer<Int64>, above smallest: Int64, _ shift: UInt64,
        ranks: Slice<UnsafeBufferPointer<Int>>, below: Int, into result: UnsafeMutableBufferPointer<Int64>
    ) {
        let wanted = UInt64(bucket)
        withUnsafeTemporaryAllocation(of: Int64.self, capacity: count + 1) { held in
            // Every value is written, and the place moves on behind those that belong here: nothing to guess for the processor.
            var found = 0
            let target = held.baseAddress.unsafelyUnwrapped
            var low = Int64.max
            var high = Int64.min
            for value in values {
                target[found] = value
                found &+= UInt64(bitPattern: value &- smallest) &>> shift == wanted ? 1 : 0
            }
            for index in 0..<count {
                low = min(low, target[index])
                high = max(high, target[index])
            }
            withUnsafeTemporaryAllocation(of: Int.self, capacity: ranks.count) { own in
                for (index, rank) in ranks.enumerated() { own.initializeElement(at: index, to: rank - below) }
                place(UnsafeBufferPointer(own), UnsafeBufferPointer(start: target, count: count), low, high, result)
            }
        }
    }

    /// Sorts a few values by insertion.
    private static func sort(_ values: UnsafeBufferPointer<Int64>, into sorted: UnsafeMutableBufferPointer<Int64>) {
        for (count, value) in values.enumerated() {
            var place = count
            while place > 0 && sorted[place - 1] > value {
                sorted[place] = sorted[place - 1]
                place -= 1
            }
            sorted[place] = value
        }
    }
}
