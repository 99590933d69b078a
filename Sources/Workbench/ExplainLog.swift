package import EventLogs
package import Indicators

/// What drives a figure of the cases of a log, and when it changed.
package enum ExplainLog {
    /// Explains a figure.
    ///
    /// - Returns: the explanation; nil where the figure is not one of cases (the throughput).
    package static func run(
        _ log: EventLog, target: KPIName.Measure, options: MeasureOptions, seed: UInt64, threads: Int, monitor: some WorkMonitor
    ) throws -> Explanation? {
        try monitor.checkCancellation()
        let result = Explanation(of: log, target: target, options: options, seed: seed, threads: threads)
        try monitor.checkCancellation()
        return result
    }
}
