/// A point in time: microseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
///
/// Columns of a log hold the bare `Int64`; ``missing`` stands for "no time was recorded".
package struct Instant: Hashable, Comparable, Sendable {
    /// Microseconds since 1970-01-01T00:00:00Z.
    package var microseconds: Int64

    /// The instant that many microseconds after the epoch.
    package init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// The value that time columns hold where no time was recorded; it compares below every real instant.
    @inlinable package static var missing: Int64 { Int64.min }

    package static func < (left: Instant, right: Instant) -> Bool {
        left.microseconds < right.microseconds
    }
}

/// Microseconds in the units of time that have a fixed length.
package enum Microseconds {
    /// In one second.
    @inlinable package static var second: Int64 { 1_000_000 }
    /// In one minute.
    @inlinable package static var minute: Int64 { 60 * second }
    /// In one hour.
    @inlinable package static var hour: Int64 { 60 * minute }
    /// In one day of 24 hours.
    @inlinable package static var day: Int64 { 24 * hour }
}
