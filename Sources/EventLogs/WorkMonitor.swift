/// Through which long work shows how far it is and learns that it should stop.
package protocol WorkMonitor: Sendable {
    /// Says how far the work is; called often, so it must be cheap.
    ///
    /// - Parameters:
    ///   - phase: what is being done.
    ///   - fraction: the share done in 0…1, or `nil` where it is not known.
    ///   - events: events handled so far, or 0 where that is no measure.
    func progress(_ phase: WorkPhase, fraction: Double?, events: Int)

    /// Throws `CancellationError` once the user has asked to stop.
    func checkCancellation() throws
}

/// What long work is doing.
package enum WorkPhase: String, Sendable {
    /// Reading an input.
    case reading
    /// Sorting events and pairing starts with completions.
    case building
    /// Computing an analysis.
    case analysing
    /// Drawing pictures or writing an output.
    case writing
}

/// A monitor that shows nothing and never stops the work.
package struct SilentMonitor: WorkMonitor {
    /// The silent monitor.
    package init() {}

    package func progress(_ phase: WorkPhase, fraction: Double?, events: Int) {}

    package func checkCancellation() throws {}
}
