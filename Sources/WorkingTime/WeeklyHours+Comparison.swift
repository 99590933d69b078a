extension WeeklyHours {
    /// Whether these hours lack so much of others that chance does not explain it: more than a tenth of them, in which more than twelve of
    /// the instants that told these hours would have been expected.
    package func keepsFewer(than others: WeeklyHours, observations: Int) -> Bool {
        var common: Int64 = 0
        for own in shifts {
            for other in others.shifts { common += max(0, min(own.end, other.end) - max(own.start, other.start)) }
        }
        let missing = Double(others.perWeek - common) / Double(max(others.perWeek, 1))
        return missing > 0.1 && missing * Double(observations) > 12
    }
}
