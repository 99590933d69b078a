import Instants

/// Bins of equal length over a stretch of time: of a natural length (minutes, hours, days, weeks), beginning on the log's own clock.
package struct TimeBins: Sendable, Equatable {
    /// The beginning of the first bin: microseconds.
    package let origin: Int64
    /// The length of a bin: microseconds.
    package let length: Int64
    /// How many bins there are.
    package let count: Int

    private static let lengths: [Int64] =
        [1, 5, 15, 30].map { $0 * Microseconds.minute } + [1, 2, 4, 8, 12].map { $0 * Microseconds.hour }
        + [1, 7, 14, 28, 56, 112, 364].map { $0 * Microseconds.day }

    /// Bins over the times from `first` to `last`, at most so many (more only over more than a millennium).
    ///
    /// - Parameter offset: seconds by which the log's clock is ahead of UTC.
    package init(from first: Int64, to last: Int64, atMost limit: Int, offset: Int) {
        let span = Swift.max(0, last - first)
        var length = Self.lengths.first { span / $0 < Int64(Swift.max(1, limit - 1)) } ?? Self.lengths[Self.lengths.count - 1]
        while span / length > 100_000 { length *= 2 }
        self.init(from: first, to: last, length: length, offset: offset)
    }

    /// Bins of a length over the times from `first` to `last`; days begin at midnight and weeks on Mondays of the log's clock.
    package init(from first: Int64, to last: Int64, length: Int64, offset: Int) {
        // 1970-01-05 was a Monday.
        let shift = 4 * Microseconds.day - Int64(offset) * Microseconds.second
        origin = (first - shift).flooredQuotient(by: length) * length + shift
        self.length = length
        count = Int((Swift.max(first, last) - origin) / length) + 1
    }

    /// The bin of a time, which may lie outside all.
    package func bin(of time: Int64) -> Int { Int((time - origin).flooredQuotient(by: length)) }

    /// When a bin begins: microseconds.
    package func start(_ bin: Int) -> Int64 { origin + Int64(bin) * length }
}
