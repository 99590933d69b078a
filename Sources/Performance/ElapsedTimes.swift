package import Statistics

/// The times of cases in elapsed time, beside those in working time.
package struct ElapsedTimes: Codable, Sendable, Equatable {
    /// First start to last completion, per case.
    package var cycleTime: TimeStatistics?
    /// Sum of start − enablement, per case whose starts are all known.
    package var waitingTime: TimeStatistics?
    /// Union of the instances' intervals, per case whose starts are all known.
    package var serviceTime: TimeStatistics?
    /// Cycle − service time, per case whose starts are all known.
    package var idleTime: TimeStatistics?
}
