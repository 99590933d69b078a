/// The hours of a week in which somebody works: the same every week, on the wall clock of one fixed offset from UTC.
///
/// Work begins and goes on only within the hours; at their end it pauses, and it resumes when they begin again.
/// Times are whole seconds since 1970-01-01T00:00:00Z.
struct WeeklyShift: Hashable, Sendable {
    /// Where each stretch of hours opens, in seconds after Monday 00:00, ascending.
    let opens: [Int64]
    /// Where each stretch closes; the closing second no longer belongs to it.
    let closes: [Int64]
    /// Working seconds of the week before each stretch, and of the whole week at the end.
    private let workedBefore: [Int64]
    /// Seconds east of UTC.
    let offset: Int64

    static let week: Int64 = 7 * 86_400
    /// 1970-01-01 was a Thursday: the Monday before lies three days back.
    private static let mondayShift: Int64 = 3 * 86_400

    /// Around the clock.
    static let always = WeeklyShift(days: 0..<7, hours: [(0, 1_440)], offset: 0)

    /// The same hours on each of some days.
    ///
    /// - Parameters:
    ///   - days: the days of the week, Monday is 0.
    ///   - hours: stretches as minutes after midnight, ascending and apart.
    ///   - offset: seconds east of UTC.
    init(days: Range<Int>, hours: [(Int, Int)], offset: Int64) {
        precondition(!days.isEmpty && !hours.isEmpty, "a shift has hours")
        var opens: [Int64] = []
        var closes: [Int64] = []
        var worked: [Int64] = [0]
        for day in days {
            for (open, close) in hours {
                let start = Int64(day) * 86_400 + Int64(open) * 60
                let end = Int64(day) * 86_400 + Int64(close) * 60
                precondition(start < end && start >= closes.last ?? 0 && end <= Self.week, "stretches ascend within the week")
                opens.append(start)
                closes.append(end)
                worked.append(worked[worked.count - 1] + end - start)
            }
        }
        self.opens = opens
        self.closes = closes
        self.workedBefore = worked
        self.offset = offset
    }

    /// Working seconds in a week.
    var secondsPerWeek: Int64 { workedBefore[workedBefore.count - 1] }

    /// The instant at which the week of `time` began.
    private func weekStart(_ time: Int64) -> Int64 {
        let shifted = time + offset + Self.mondayShift
        let remainder = shifted % Self.week
        return time - (remainder >= 0 ? remainder : remainder + Self.week)
    }

    /// The first stretch of the week that closes after `second`, or the number of stretches.
    private func stretch(closingAfter second: Int64) -> Int {
        var low = 0
        var high = closes.count
        while low < high {
            let middle = (low + high) / 2
            if closes[middle] > second { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// Whether `time` lies within the hours.
    func isOpen(_ time: Int64) -> Bool {
        let second = time - weekStart(time)
        let index = stretch(closingAfter: second)
        return index < opens.count && opens[index] <= second
    }

    /// The first instant within the hours that is not before `time`.
    func nextOpening(_ time: Int64) -> Int64 {
        let start = weekStart(time)
        let second = time - start
        let index = stretch(closingAfter: second)
        if index == opens.count { return start + Self.week + opens[0] }
        return start + max(second, opens[index])
    }

    /// When `work` seconds of work are done that begin at `time`; the end of a stretch counts as its own end.
    func finish(of work: Int64, from time: Int64) -> Int64 {
        precondition(work >= 0, "work is not negative")
        if work == 0 { return time }
        let start = weekStart(time)
        let second = time - start
        let index = stretch(closingAfter: second)
        let done = index == opens.count ? secondsPerWeek : workedBefore[index] + max(0, second - opens[index])
        let total = done + work
        // In (0, week], so that the last second of a week's work ends in that week.
        let weeks = (total - 1) / secondsPerWeek
        let rest = total - weeks * secondsPerWeek
        var low = 0
        var high = opens.count - 1
        while low < high {
            let middle = (low + high) / 2
            if workedBefore[middle + 1] >= rest { high = middle } else { low = middle + 1 }
        }
        return start + weeks * Self.week + opens[low] + (rest - workedBefore[low])
    }

    /// Working seconds in [`start`, `end`).
    func workingSeconds(from start: Int64, to end: Int64) -> Int64 {
        position(end) - position(start)
    }

    /// Working seconds from a fixed Monday to `time`.
    private func position(_ time: Int64) -> Int64 {
        let start = weekStart(time)
        let second = time - start
        let index = stretch(closingAfter: second)
        let inWeek = index == opens.count ? secondsPerWeek : workedBefore[index] + max(0, second - opens[index])
        return (start + offset + Self.mondayShift) / Self.week * secondsPerWeek + inWeek
    }
}
