/// Puts several order statistics into their places without sorting the rest.
///
/// Quickselect over a sorted list of ranks with three-way partition (equal values cost one pass) and pivots from the middle;
/// where partitions turn out lopsided too often the part is sorted instead, so the worst case is n·log n.
enum Selection {
    /// Rearranges `buffer` so that at each of `ranks` stands the value that would stand there in ascending order.
    ///
    /// - Parameter ranks: ascending positions within the buffer; repeats are allowed.
    @inline(__always)
    static func select<Value: Comparable>(_ ranks: [Int], in buffer: UnsafeMutableBufferPointer<Value>) {
        guard let last = ranks.last else { return }
        precondition(ranks[0] >= 0 && last < buffer.count, "a rank lies within the sample")
        var depth = 0
        while (1 << depth) < buffer.count { depth += 1 }
        place(ranks, 0, ranks.count, buffer, 0, buffer.count, 2 * depth + 4)
    }

    private static func place<Value: Comparable>(
        _ ranks: [Int], _ firstRank: Int, _ endRank: Int,
        _ buffer: UnsafeMutableBufferPointer<Value>, _ start: Int, _ end: Int, _ depth: Int
    ) {
        guard firstRank < endRank, end - start > 1 else { return }
        if end - start <= 24 || depth == 0 {
            var part = UnsafeMutableBufferPointer(rebasing: buffer[start..<end])
            part.sort()
            return
        }
        let pivot = pivot(buffer, start, end)
        // buffer[start..<less] < pivot, buffer[less..<index] == pivot, buffer[greater..<end] > pivot
        var less = start
        var index = start
        var greater = end
        while index < greater {
            let value = buffer[index]
            if value < pivot {
                buffer[index] = buffer[less]
                buffer[less] = value
                less &+= 1
                index &+= 1
            } else if pivot < value {
                greater &-= 1
                buffer[index] = buffer[greater]
                buffer[greater] = value
            } else {
                index &+= 1
            }
        }
        var below = firstRank
        while below < endRank && ranks[below] < less { below += 1 }
        var above = below
        while above < endRank && ranks[above] < greater { above += 1 }
        place(ranks, firstRank, below, buffer, start, less, depth - 1)
        place(ranks, above, endRank, buffer, greater, end, depth - 1)
    }

    @inline(__always)
    private static func pivot<Value: Comparable>(_ buffer: UnsafeMutableBufferPointer<Value>, _ start: Int, _ end: Int) -> Value {
        let step = (end - start) / 8
        let middle = start + (end - start) / 2
        guard end - start > 256 else { return median(buffer[start], buffer[middle], buffer[end - 1]) }
        return median(
            median(buffer[start], buffer[start + step], buffer[start + 2 * step]),
            median(buffer[middle - step], buffer[middle], buffer[middle + step]),
            median(buffer[end - 1 - 2 * step], buffer[end - 1 - step], buffer[end - 1]))
    }

    @inline(__always)
    private static func median<Value: Comparable>(_ a: Value, _ b: Value, _ c: Value) -> Value {
        a < b ? (b < c ? b : (a < c ? c : a)) : (a < c ? a : (b < c ? c : b))
    }
}
