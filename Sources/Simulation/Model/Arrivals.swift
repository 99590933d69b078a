/// When cases come.
package struct Arrivals: Sendable, Equatable {
    /// What makes the instants.
    package enum Process: Sendable, Equatable {
        /// Gaps between arrivals, in seconds.
        case gaps(Distribution, clock: Clock)
        /// A Poisson process whose rate, in arrivals per hour, changes with each of the 168 hours of the week from Monday 00:00.
        case weeklyRates([Double])
        /// Microseconds after the start of the simulation, ascending; when they are used up they begin again after the last one.
        case instants([Int64])
    }

    /// On which clock gaps run where there is a calendar.
    package enum Clock: String, Sendable, Codable {
        /// Elapsed time, and what falls outside the calendar comes at its next opening, as in Prosimos.
        case elapsedThenOpening = "elapsed"
        /// Time while the calendar is open.
        case working
    }

    /// What makes the instants.
    package var process: Process
    /// The place of the calendar within which cases come; nil where they always may. It does not concern instants.
    package var calendar: Int?
    /// How many cases come at once, rounded; nil for one.
    package var bundle: Distribution?
    /// Of instants: the bounds of stretches, in microseconds after the start of the simulation, ascending, from 0 to beyond the last
    /// instant. Each replication draws stretches, with replacement, and plays one after the other, scripts in turn with them; so what comes
    /// within a stretch stays together. Empty to play them as they are.
    package var blocks: [Int64]
    /// How many times as many cases come as the process says.
    package var scale: Double

    /// Arrivals.
    package init(_ process: Process, calendar: Int? = nil, bundle: Distribution? = nil, blocks: [Int64] = [], scale: Double = 1) {
        self.process = process
        self.calendar = calendar
        self.bundle = bundle
        self.blocks = blocks
        self.scale = scale
    }
}
