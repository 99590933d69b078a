import Instants

/// Weekly hours learnt from instants at which somebody was at work, on the log's own wall clock.
///
/// Instants are counted in quarter hours. A quarter hour is worked when it holds a fair share of what the others hold; a stretch
/// without instants is a break only where so many were to be expected that chance does not explain their absence. Edges of shifts are
/// then moved from the quarter hour to the minute where the instants say so.
package struct WorkingHoursFit: Sendable {
    /// The hours; nil where there are too few instants to tell an hour of work from an hour off.
    package let hours: WeeklyHours?
    /// How many instants there were.
    package let observations: Int

    private static let slots = 96
    /// Fewer instants tell no hours.
    private static let fewest = 40
    private static let slotLength = 15 * Microseconds.minute
    /// Expected instants in an hour without which its absence says nothing: the chance of none is then below 1 in 10,000.
    private static let evidence = 9.2

    /// The hours that instants tell.
    ///
    /// - Parameter instants: microseconds on the wall clock, in any order.
    package init(_ instants: [Int64]) {
        observations = instants.count
        var counts = [[Int]](repeating: [Int](repeating: 0, count: Self.slots), count: 7)
        var times = [[Int64]](repeating: [], count: 7)
        for instant in instants {
            // The week of 1970-01-01, a Thursday, began three days before.
            let local = instant + 3 * Microseconds.day
            let inWeek = ((local % WeeklyHours.week) + WeeklyHours.week) % WeeklyHours.week
            let day = Int(inWeek / Microseconds.day)
            let inDay = inWeek % Microseconds.day
            counts[day][Int(inDay / Self.slotLength)] += 1
            times[day].append(inDay)
        }
        let totals = counts.map { $0.reduce(0, +) }
        let usual = Double(totals.sorted(by: >).prefix(5).reduce(0, +)) / 5
        // Less than a week says nothing of the days that it lacks.
        let isShort = (instants.max() ?? 0) - (instants.min() ?? 0) < WeeklyHours.week
        let days = (0..<7).filter { isShort || totals[$0] > 0 && Double(totals[$0]) >= 0.15 * usual }
        var pooled = [Int](repeating: 0, count: Self.slots)
        for day in days {
            for slot in 0..<Self.slots { pooled[slot] += counts[day][slot] }
        }
        guard !days.isEmpty, instants.count >= Self.fewest, Self.rate(pooled) * 4 >= Self.evidence else {
            hours = nil
            return
        }
        // Days of which each tells its own hours may differ; else all are taken together.
        let each = days.map { (day: $0, own: counts[$0]) }
        let isOwn = !isShort && each.allSatisfy { Self.rate($0.own) * 4 >= 2 * Self.evidence }
        var patterns: [(open: [Bool], days: [Int])] = []
        let common = Self.pattern(pooled)
        for (day, own) in each {
            // A day of nearly the usual hours has the usual hours.
            var open = isOwn ? Self.pattern(own) : common
            if zip(open, common).filter({ $0 != $1 }).count <= 2 { open = common }
            if let known = patterns.firstIndex(where: { $0.open == open }) {
                patterns[known].days.append(day)
            } else {
                patterns.append((open, [day]))
            }
        }
        var shifts: [WeeklyHours.Shift] = []
        for pattern in patterns {
            let instants = pattern.days.flatMap { times[$0] }.sorted()
            for (start, end) in Self.shifts(pattern.open, instants) {
                for day in pattern.days {
                    let midnight = Int64(day) * Microseconds.day
                    shifts.append(WeeklyHours.Shift(start: midnight + start, end: midnight + end))
                }
            }
        }
        let made = WeeklyHours(shifts)
        hours = Double(made.perWeek) >= 0.95 * Double(WeeklyHours.week) ? .always : made
    }

    /// The usual number of instants in a quarter hour that is worked.
    private static func rate(_ counts: [Int]) -> Double {
        let filled = counts.filter { $0 > 0 }.sorted()
        return filled.isEmpty ? 0 : Double(filled[filled.count / 2])
    }

    private static func pattern(_ counts: [Int]) -> [Bool] {
        let rate = rate(counts)
        var open = counts.map { $0 > 0 && Double($0) >= 0.12 * rate }
        // A single quarter hour of few instants away from all others is an exception, not a shift.
        for slot in open.indices where open[slot] && Double(counts[slot]) < 0.5 * rate {
            let near = (max(0, slot - 2)...min(slots - 1, slot + 2)).contains { $0 != slot && open[$0] }
            if !near { open[slot] = false }
        }
        guard let first = open.firstIndex(of: true), let last = open.lastIndex(of: true) else { return open }
        var slot = first
        while slot <= last {
            if open[slot] {
                slot += 1
                continue
            }
            var end = slot
            var seen = 0
            while end <= last && !open[end] {
                seen += counts[end]
                end += 1
            }
            let expected = rate * Double(end - slot)
            if expected - Double(seen) < evidence * (1 + Double(seen)).squareRoot() {
                for gap in slot..<end { open[gap] = true }
            }
            slot = end
        }
        // What lies before the first and after the last instants may only lack evidence, where days run round the clock.
        let outside = slots - (last - first + 1)
        if outside > 0 && rate * Double(outside) < evidence { return [Bool](repeating: true, count: slots) }
        return open
    }

    private static func shifts(_ open: [Bool], _ instants: [Int64]) -> [(Int64, Int64)] {
        var shifts: [(Int64, Int64)] = []
        var slot = 0
        while slot < slots {
            if !open[slot] {
                slot += 1
                continue
            }
            var end = slot
            while end < slots && open[end] { end += 1 }
            var from = Int64(slot) * slotLength
            var to = Int64(end) * slotLength
            if slot > 0 || end < slots {
                let inside = instants.filter { $0 >= from && $0 <= to }
                let perMinute = Double(inside.count) / Double((to - from) / Microseconds.minute)
                // How long no instant may well be seen by chance alone.
                let patience = Int64(2 + 15 / max(perMinute, 0.01)) * Microseconds.minute
                if slot > 0, let first = inside.first, first - from > patience { from = first / Microseconds.minute * Microseconds.minute }
                if end < slots, let last = inside.last, to - last > patience {
                    to = (last + Microseconds.minute - 1) / Microseconds.minute * Microseconds.minute
                }
            }
            if to > from { shifts.append((from, to)) }
            slot = end
        }
        return shifts
    }
}
