/// The hours of a week that are worked, week after week, on a wall clock.
///
/// Times are microseconds on the wall clock since 1970-01-01T00:00 there; a week begins on Monday 00:00. Worked time up to any
/// instant is a prefix sum, so "when is this work done" is a search and not a loop.
///
/// - Complexity: every question costs O(log s) for s shifts a week.
package struct WeeklyHours: Sendable, Equatable {
    /// One shift: microseconds since Monday 00:00, `start < end`, at most one week.
    package struct Shift: Sendable, Equatable, Comparable {
        /// When it begins.
        package var start: Int64
        /// When it ends; 24:00 of Sunday is the end of the week.
        package var end: Int64

        /// A shift with these bounds.
        package init(start: Int64, end: Int64) {
            self.start = start
            self.end = end
        }

        package static func < (left: Shift, right: Shift) -> Bool {
            (left.start, left.end) < (right.start, right.end)
        }
    }

    /// One week in microseconds.
    package static let week: Int64 = 7 * 24 * 3_600 * 1_000_000
    /// Monday 00:00 of the week that 1970-01-01, a Thursday, belongs to.
    private static let origin: Int64 = -3 * 24 * 3_600 * 1_000_000

    /// The shifts in order, without overlap or touching ends.
    package let shifts: [Shift]
    /// Time worked in the shifts before each one; one element more than shifts, the last is ``perWeek``.
    private let before: [Int64]

    /// The union of these shifts; shifts beyond the week's end or empty ones are a programmer's error.
    package init(_ given: [Shift]) {
        var merged: [Shift] = []
        for shift in given.sorted() {
            precondition(shift.start >= 0 && shift.start < shift.end && shift.end <= Self.week, "a shift lies within its week")
            if let last = merged.last, shift.start <= last.end {
                merged[merged.count - 1].end = Swift.max(last.end, shift.end)
            } else {
                merged.append(shift)
            }
        }
        shifts = merged
        var sum: Int64 = 0
        before =
            [0]
            + merged.map { shift in
                sum += shift.end - shift.start
                return sum
            }
    }

    /// Every hour of every day.
    package static let always = WeeklyHours([Shift(start: 0, end: week)])

    /// Worked time in one week, in microseconds.
    package var perWeek: Int64 { before[shifts.count] }

    /// Whether no hour is worked.
    package var isEmpty: Bool { shifts.isEmpty }

    /// Whether every hour is worked.
    package var isAlways: Bool { perWeek == Self.week }

    /// Whether `time` lies in a shift (its start included, its end not).
    package func isOpen(at time: Int64) -> Bool {
        let (_, inWeek) = Self.split(time)
        let index = shiftIndex(endingAfter: inWeek)
        return index < shifts.count && shifts[index].start <= inWeek
    }

    /// Worked time between two instants; negative where `end` is before `start`.
    package func worked(from start: Int64, to end: Int64) -> Int64 {
        total(until: end) - total(until: start)
    }

    /// The earliest instant not before `time` that lies in a shift, or `nil` where no hour is worked.
    package func nextOpening(from time: Int64) -> Int64? {
        if shifts.isEmpty { return nil }
        let (week, inWeek) = Self.split(time)
        let index = shiftIndex(endingAfter: inWeek)
        if index == shifts.count { return Self.join(week + 1, shifts[0].start) }
        return Self.join(week, Swift.max(inWeek, shifts[index].start))
    }

    /// The end of the shift that `time` lies in; with shifts around the clock that meet at the week's end, the end of the week.
    package func closing(after time: Int64) -> Int64? {
        let (week, inWeek) = Self.split(time)
        let index = shiftIndex(endingAfter: inWeek)
        guard index < shifts.count && shifts[index].start <= inWeek else { return nil }
        return Self.join(week, shifts[index].end)
    }

    /// The earliest instant at which `work` microseconds have been worked since `start`: `start` itself for no work, `nil` where
    /// no hour is ever worked.
    package func finish(from start: Int64, work: Int64) -> Int64? {
        precondition(work >= 0, "work is never negative")
        if work == 0 { return start }
        if shifts.isEmpty { return nil }
        let target = total(until: start) + work
        // The last instant of a week's work belongs to that week, not to the opening of the next.
        let week = (target - 1).flooredDivision(by: perWeek)
        let rest = target - week * perWeek
        var low = 0
        var high = shifts.count - 1
        while low < high {
            let middle = (low + high) / 2
            if before[middle + 1] >= rest { high = middle } else { low = middle + 1 }
        }
        return Self.join(week, shifts[low].start + rest - before[low])
    }

    private func total(until time: Int64) -> Int64 {
        let (week, inWeek) = Self.split(time)
        let index = shiftIndex(endingAfter: inWeek)
        let partial = index < shifts.count ? Swift.max(0, inWeek - shifts[index].start) : 0
        return week * perWeek + before[index] + partial
    }

    /// The first shift that ends after an instant of the week.
    private func shiftIndex(endingAfter inWeek: Int64) -> Int {
        var low = 0
        var high = shifts.count
        while low < high {
            let middle = (low + high) / 2
            if shifts[middle].end > inWeek { high = middle } else { low = middle + 1 }
        }
        return low
    }

    private static func split(_ time: Int64) -> (week: Int64, inWeek: Int64) {
        let week = (time - origin).flooredDivision(by: Self.week)
        return (week, time - origin - week * Self.week)
    }

    private static func join(_ week: Int64, _ inWeek: Int64) -> Int64 {
        origin + week * Self.week + inWeek
    }
}

extension Int64 {
    /// The quotient rounded towards minus infinity, for a positive divisor.
    fileprivate func flooredDivision(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
