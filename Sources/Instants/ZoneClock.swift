import Foundation

/// The wall clock of a zone: which offset holds at an instant, and which instant a wall-clock reading means.
///
/// The zone's changes of offset between 1850 and 2200 are held in an array and found by binary search; before and after them the
/// first and the last offset hold.
package struct ZoneClock: Sendable {
    /// What was chosen.
    package let choice: TimeZoneChoice
    /// When each further offset begins, in seconds since the epoch, ascending.
    private let transitions: [Int64]
    /// The offsets in seconds east of UTC: one more than ``transitions``.
    private let offsets: [Int]

    /// UTC.
    package static let utc = ZoneClock(.utc)

    /// The clock of a zone.
    ///
    /// - Precondition: a named zone comes from ``TimeZoneChoice/init(parsing:)``, so it exists.
    package init(_ choice: TimeZoneChoice) {
        self.choice = choice
        switch choice {
        case .fixed(let seconds):
            transitions = []
            offsets = [seconds]
        case .named(let name):
            guard let zone = TimeZone(identifier: name) else { preconditionFailure("unknown time zone \(name)") }
            var instants: [Int64] = []
            var values = [zone.secondsFromGMT(for: Date(timeIntervalSince1970: Self.first))]
            var date = Date(timeIntervalSince1970: Self.first)
            while let next = zone.nextDaylightSavingTimeTransition(after: date), next.timeIntervalSince1970 < Self.last, next > date {
                let offset = zone.secondsFromGMT(for: next)
                if offset != values[values.count - 1] {
                    instants.append(Int64(next.timeIntervalSince1970.rounded()))
                    values.append(offset)
                }
                date = next
            }
            transitions = instants
            offsets = values
        }
    }

    /// 1850-01-01 and 2200-01-01 in seconds since the epoch.
    private static let first = -3_786_825_600.0
    private static let last = 7_258_118_400.0

    /// Seconds east of UTC at an instant.
    package func offset(at instant: Instant) -> Int {
        if transitions.isEmpty { return offsets[0] }
        return offsets[period(of: instant.microseconds.flooredQuotient(by: Microseconds.second))]
    }

    /// What a wall-clock reading turned out to be.
    package enum ReadingKind: Sendable {
        /// The clock showed it once.
        case unique
        /// The clock was put forward over it and never showed it.
        case skipped
        /// The clock was put back and showed it twice.
        case repeated
    }

    /// The instant that a wall-clock reading means.
    ///
    /// A reading that the clock showed twice means the earlier instant. One that was skipped is read with the offset from
    /// before the change, so it lands as far after the change as it stands into the gap (as RFC 5545, section 3.3.5, has it).
    ///
    /// - Parameter local: microseconds from 1970-01-01T00:00:00 to the reading, on this clock.
    package func reading(local: Int64) -> (instant: Instant, offset: Int, kind: ReadingKind) {
        func at(_ period: Int) -> Instant {
            Instant(microseconds: local - Int64(offsets[period]) * Microseconds.second)
        }
        if transitions.isEmpty { return (at(0), offsets[0], .unique) }
        let seconds = local.flooredQuotient(by: Microseconds.second)
        // Offsets stay within a day of UTC, so the periods that can hold the reading are those of a two-day window.
        let earliest = period(of: seconds - 86_400)
        let latest = period(of: seconds + 86_400)
        var found: Int?
        var count = 0
        for candidate in earliest...latest {
            let utc = seconds - Int64(offsets[candidate])
            let begins = candidate == 0 ? Int64.min : transitions[candidate - 1]
            let ends = candidate == transitions.count ? Int64.max : transitions[candidate]
            if utc >= begins && utc < ends {
                count += 1
                if found == nil { found = candidate }
            }
        }
        if let found { return (at(found), offsets[found], count == 1 ? .unique : .repeated) }
        for candidate in earliest..<latest where seconds - Int64(offsets[candidate]) >= transitions[candidate] {
            if seconds - Int64(offsets[candidate + 1]) < transitions[candidate] {
                return (at(candidate), offsets[candidate + 1], .skipped)
            }
        }
        return (at(latest), offsets[latest], .skipped)
    }

    /// The index of the offset that holds at `seconds`.
    private func period(of seconds: Int64) -> Int {
        var low = 0
        var high = transitions.count
        while low < high {
            let middle = (low + high) / 2
            if transitions[middle] <= seconds { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
