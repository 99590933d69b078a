/// Why no model can be learnt from a log.
package enum FitError: Error, Equatable, Sendable {
    /// The log has no activity instance with a time.
    case noTimedInstances
    /// No case is complete: none ends with one of these activities. Other end activities have to be declared.
    case noCompleteCase(endActivities: [String])
}
