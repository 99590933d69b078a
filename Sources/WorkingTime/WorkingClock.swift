import Instants

/// A site's calendar over a stretch of days, made ready for many questions: elapsed time to working time and back.
///
/// Openings are instants, so changes of the clock (DST) lengthen or shorten the shifts they fall into. Worked time before each opening is a prefix
/// sum, and each day and each stretch of worked time knows its first shift, so a question costs a few steps; ``finish(from:work:)`` at most the logarithm
/// of the number of shifts, where they differ much in length.
///
/// Times are microseconds UTC. Outside the stretch nothing is known: ask ``covers(_:)``.
package struct WorkingClock: Sendable {
    /// The calendar.
    package let calendar: SiteCalendar
    /// The days that are covered, as days since 1970-01-01 on the site's clock.
    package let days: ClosedRange<Int>

    /// When each shift begins and ends, in order, without overlap.
    private let openings: [Int64]
    private let closings: [Int64]
    /// Time worked before each shift; one more than shifts.
    private let before: [Int64]
    /// The first shift that ends after the beginning of each day of UTC from ``firstDay`` on.
    private let firstShift: [Int32]
    private let firstDay: Int64
    /// The first shift at whose end `place << workBits` is worked, for each place; the last shift stands for none.
    private let firstShiftOfWork: [Int32]
    private let workBits: Int64
    private let start: Int64
    private let end: Int64

    private let roles: [String: WorkingClock]
    private let resources: [String: WorkingClock]

    /// The clock of who works by hours of their own, or of a role that does; the site's for everybody else.
    package func clock(ofResource resource: String?, role: String?) -> WorkingClock {
        if let own = resource.flatMap({ resources[$0] }) { return own }
        return role.flatMap { roles[$0] } ?? self
    }

    /// Whether somebody has other hours than the site.
    package func hasOwnHours(resource: String, role: String?) -> Bool {
        resources[resource] != nil || role.map { roles[$0] != nil } ?? false
    }

    private static let day: Int64 = 24 * 3_600 * Microseconds.second

    /// The clock of a calendar over some days.
    package init(_ calendar: SiteCalendar, days: ClosedRange<Int>) {
        self.calendar = calendar
        self.days = days
        roles = calendar.roles.mapValues { WorkingClock(calendar.keeping($0), days: days) }
        resources = calendar.resources.mapValues { WorkingClock(calendar.keeping($0), days: days) }
        let zone = ZoneClock(calendar.zone)
        let hoursOf = Self.hours(of: calendar, days: days)
        var openings: [Int64] = []
        var closings: [Int64] = []
        for day in days {
            let midnight = Int64(day) * Self.day
            for span in hoursOf(day) {
                let opening = zone.reading(local: midnight + span.start).instant.microseconds
                let closing = zone.reading(local: midnight + span.end).instant.microseconds
                if closing <= opening { continue }
                if let last = closings.last, opening <= last {
                    closings[closings.count - 1] = max(last, closing)
                } else {
                    openings.append(opening)
                    closings.append(closing)
                }
            }
        }
        start = zone.reading(local: Int64(days.lowerBound) * Self.day).instant.microseconds
        end = zone.reading(local: Int64(days.upperBound + 1) * Self.day).instant.microseconds
        // A shift that runs over the end is known to the end only.
        while let last = openings.last, last >= end {
            openings.removeLast()
            closings.removeLast()
        }
        if let last = closings.last, last > end { closings[closings.count - 1] = end }
        var sum: Int64 = 0
        before =
            [0]
            + zip(openings, closings).map { opening, closing in
                sum += closing - opening
                return sum
            }
        firstDay = start.flooredQuotient(by: Self.day)
        var first: [Int32] = []
        var shift = 0
        for day in firstDay...end.flooredQuotient(by: Self.day) {
            while shift < closings.count && closings[shift] <= day * Self.day { shift += 1 }
            first.append(Int32(shift))
        }
        self.openings = openings
        self.closings = closings
        firstShift = first
        // Stretches as long as a shift is on average, or up to twice as many.
        let mean = max(1, sum / Int64(max(1, openings.count)))
        let bits = Int64(mean.bitWidth - 1 - mean.leadingZeroBitCount)
        workBits = bits
        let ends = before
        shift = 0
        firstShiftOfWork =
            openings.isEmpty
            ? []
            : (0...(sum >> bits) + 1).map { place in
                while shift < openings.count - 1 && ends[shift + 1] < place << bits { shift += 1 }
                return Int32(shift)
            }
    }

    /// Whether an instant lies in the stretch that is known; its end counts.
    package func covers(_ instant: Int64) -> Bool { instant >= start && instant <= end }

    /// The working time in the whole stretch, in microseconds.
    package var total: Int64 { before[openings.count] }

    /// Whether an instant is worked (the beginning of a shift is, its end is not).
    package func isOpen(at instant: Int64) -> Bool {
        let shift = shiftIndex(endingAfter: instant)
        return shift < openings.count && openings[shift] <= instant
    }

    /// Working time between two instants of the stretch; negative where the second is earlier.
    package func worked(from first: Int64, to second: Int64) -> Int64 { total(until: second) - total(until: first) }

    /// Working time from the beginning of the stretch to each instant, in place: what differences of many times are made of.
    ///
    /// - Parameter missing: what stands for no instant; an instant that is not covered becomes that.
    package func toWorked(_ instants: inout [Int64], missing: Int64) {
        instants.withUnsafeMutableBufferPointer { buffer in
            for index in buffer.indices {
                let instant = buffer[index]
                buffer[index] = instant == missing || !covers(instant) ? missing : total(until: instant)
            }
        }
    }

    /// The earliest instant of the stretch not before this one that is worked, or `nil` where none is.
    package func nextOpening(from instant: Int64) -> Int64? {
        let shift = shiftIndex(endingAfter: instant)
        return shift < openings.count ? max(instant, openings[shift]) : nil
    }

    /// The earliest instant at which so much has been worked since `first`: `first` itself for no work, `nil` where the stretch has not so much.
    package func finish(from first: Int64, work: Int64) -> Int64? {
        precondition(work >= 0, "work is never negative")
        if work == 0 { return first }
        let target = total(until: first) + work
        if target > total { return nil }
        let shift = shiftIndex(ofWork: target)
        return openings[shift] + target - before[shift]
    }

    /// The first shift at whose end so much is worked; there is one.
    private func shiftIndex(ofWork target: Int64) -> Int {
        let place = Int(target >> workBits)
        var low = Int(firstShiftOfWork[place])
        var high = Int(firstShiftOfWork[place + 1])
        while low < high {
            let middle = (low + high) / 2
            if before[middle + 1] >= target { high = middle } else { low = middle + 1 }
        }
        return low
    }

    private func total(until instant: Int64) -> Int64 {
        let shift = shiftIndex(endingAfter: instant)
        if shift == openings.count { return before[shift] }
        return before[shift] + max(0, instant - openings[shift])
    }

    /// The first shift that ends after an instant.
    private func shiftIndex(endingAfter instant: Int64) -> Int {
        let day = instant.flooredQuotient(by: Self.day) - firstDay
        if day < 0 { return 0 }
        if day >= firstShift.count { return openings.count }
        var shift = Int(firstShift[Int(day)])
        while shift < closings.count && closings[shift] <= instant { shift += 1 }
        return shift
    }

    /// What the spans of each day are.
    private static func hours(of calendar: SiteCalendar, days: ClosedRange<Int>) -> (Int) -> [SiteCalendar.Span] {
        var special: [Int: Bool] = [:]
        for country in calendar.holidays {
            for item in HolidayTable.table(of: country)?.days ?? [] where days.contains(item.day) {
                // Where one country makes up for what another celebrates, the day off counts.
                special[item.day] = (special[item.day] ?? true) && item.isWorked
            }
        }
        return { day in
            if let spans = calendar.openDays[day] { return spans }
            if calendar.closedDays.contains(where: { $0.contains(day) }) { return [] }
            let hours = calendar.hours(on: day)
            if let isWorked = special[day] {
                if !isWorked { return [] }
                let own = hours.spans(ofWeekday: weekday(of: day))
                return own.isEmpty ? hours.commonestDay : own
            }
            return hours.spans(ofWeekday: weekday(of: day))
        }
    }

    /// The weekday, 0 for Monday.
    private static func weekday(of day: Int) -> Int {
        let index = (day + 3) % 7
        return index < 0 ? index + 7 : index
    }
}
