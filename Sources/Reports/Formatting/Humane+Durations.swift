extension Humane {
    /// A length of time in its two greatest units: `3 d 4 h`, `9 h 46 min`, `12 s`, `0.4 s`; in Chinese `3 天 4 小时`.
    ///
    /// A day is 24 hours; of working time it is a working day: `3 wd 4 h`, `3 工作日 4 小时`. From 100 days on only days are shown, below 10 seconds a decimal, below 0.1 seconds milliseconds.
    package func duration(seconds: Double?) -> String {
        guard let seconds, seconds.isFinite else { return Self.unknown }
        let text = lengthOfTime(seconds.magnitude)
        return Self.signed(seconds, text)
    }

    /// A length of elapsed time given in microseconds; ``Instants/Instant/missing`` is unknown.
    package func duration(microseconds: Int64?) -> String {
        guard let microseconds, microseconds != Int64.min else { return Self.unknown }
        return duration(seconds: Double(microseconds) / 1e6)
    }

    /// A difference of two lengths of time with its sign: `−3 d 4 h`, `+12 min`.
    package func durationChange(seconds: Double?) -> String {
        guard let seconds, seconds.isFinite else { return Self.unknown }
        let text = duration(seconds: seconds)
        return seconds > 0 && text.contains(where: { ("1"..."9").contains($0) }) ? "+" + text : text
    }

    /// The names of the units with the space before them: days, hours, minutes, seconds, milliseconds, microseconds.
    private var units: [String] {
        switch language {
        case .en: [" d", " h", " min", " s", " ms", " µs"]
        case .zh: [" 天", " 小时", " 分钟", " 秒", " 毫秒", " 微秒"]
        }
    }

    /// A length of working time from one working day on, rounded to minutes.
    private func workingLength(_ seconds: Double, _ day: Double) -> String {
        let name = language == .zh ? " 工作日" : " wd"
        if seconds >= 100 * day - 1_800 { return Self.fixed(seconds / day, 0) + name }
        var days = (seconds / day).rounded(.down)
        // Rounded to what is shown before it is compared, so that no rest is as long as a day.
        var rest = seconds - days * day
        let unit = rest < 3_570 ? 60.0 : 3_600
        rest = (rest / unit).rounded() * unit
        if rest >= day {
            days += 1
            rest = 0
        }
        if rest == 0 { return Self.fixed(days, 0) + name }
        return Self.fixed(days, 0) + name + " "
            + (rest < 3_600 ? Self.fixed(rest / 60, 0) + units[2] : Self.fixed(rest / 3_600, 0) + units[1])
    }

    private func lengthOfTime(_ seconds: Double) -> String {
        if seconds == 0 { return "0" + units[3] }
        if seconds < 0.000_95 { return Self.withoutTrailingZeros(Self.fixed(seconds * 1e6, 0)) + units[5] }
        if seconds < 0.095 {
            let amount = seconds * 1e3
            return Self.withoutTrailingZeros(Self.fixed(amount, amount < 9.95 ? 1 : 0)) + units[4]
        }
        if seconds < 9.95 { return Self.withoutTrailingZeros(Self.fixed(seconds, 1)) + units[3] }
        // Rounded to the smaller of the two units first, so that 59 min 59.7 s becomes 1 h and never 59 min 60 s.
        if seconds < 59.5 { return Self.fixed(seconds, 0) + units[3] }
        if let workingDay, workingDay >= 60, seconds >= workingDay - 0.5 { return workingLength(seconds, workingDay) }
        if seconds < 3_599.5 { return pair(seconds, 60, 1, units[2], units[3]) }
        if workingDay != nil && seconds >= 86_370 { return Self.fixed(seconds / 3_600, 0) + units[1] }
        if seconds < 86_370 { return pair(seconds, 3_600, 60, units[1], units[2]) }
        if seconds < 100 * 86_400 - 1_800 { return pair(seconds, 86_400, 3_600, units[0], units[1]) }
        return Self.fixed(seconds / 86_400, 0) + units[0]
    }

    private func pair(_ seconds: Double, _ large: Int, _ small: Int, _ largeName: String, _ smallName: String) -> String {
        let steps = Int((seconds / Double(small)).rounded())
        let perLarge = large / small
        let rest = steps % perLarge
        return "\(steps / perLarge)" + largeName + (rest == 0 ? "" : " \(rest)" + smallName)
    }
}
