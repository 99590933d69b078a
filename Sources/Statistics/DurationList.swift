/// Durations in microseconds that come a few at a time: eight bytes each, never moved as they grow in number.
package struct DurationList: Sendable {
    private var segments: [[Int64]] = []
    /// How many there are.
    package private(set) var count = 0

    private static let longest = 1 << 16

    /// No duration.
    package init() {}

    /// Whether there is none.
    package var isEmpty: Bool { count == 0 }

    /// Adds durations.
    package mutating func append(contentsOf values: UnsafeBufferPointer<Int64>) {
        var rest = values[...]
        while !rest.isEmpty {
            let last = segments.count - 1
            let room = last < 0 ? 0 : segments[last].capacity - segments[last].count
            if room == 0 {
                var segment: [Int64] = []
                segment.reserveCapacity(min(Self.longest, max(rest.count, count / 2, 4)))
                segments.append(segment)
                continue
            }
            let taken = rest.prefix(room)
            segments[last].append(contentsOf: taken)
            count += taken.count
            rest = rest.dropFirst(taken.count)
        }
    }

    /// Adds durations.
    package mutating func append(contentsOf values: [Int64]) {
        values.withUnsafeBufferPointer { append(contentsOf: $0) }
    }

    /// Adds the durations of another list.
    package mutating func append(contentsOf other: DurationList) {
        for segment in other.segments { append(contentsOf: segment) }
    }

    /// All of them in one array, in the order in which they came; what held them is given back as it is copied.
    package consuming func values() -> [Int64] {
        var all: [Int64] = []
        all.reserveCapacity(count)
        for index in segments.indices {
            all += segments[index]
            segments[index] = []
        }
        return all
    }

    /// Their statistics; `nil` where there are none.
    package consuming func statistics() -> TimeStatistics? {
        TimeStatistics(microseconds: values())
    }
}
