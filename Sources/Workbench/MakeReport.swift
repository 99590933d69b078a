package import EventLogs
import Indicators
package import Instants
package import Performance
package import Reports

/// Writes the report on a log, on two logs, or on one log split at an instant.
package enum MakeReport {
    /// What to report on, and how.
    package struct Request: Sendable {
        /// The title; `nil` for the name of the first log.
        package var title: String?
        /// The log, or the logs before and after.
        package var logs: [OpenedLog]
        /// Where one log is split into before and after.
        package var split: (instant: Instant, text: String)?
        /// How times are measured.
        package var performance: PerformanceOptions
        /// How the report is shown.
        package var options: ReportOptions
        /// The seed of everything random.
        package var seed: Int

        /// A request with these parts.
        package init(
            title: String?, logs: [OpenedLog], split: (instant: Instant, text: String)?, performance: PerformanceOptions,
            options: ReportOptions, seed: Int
        ) {
            self.title = title
            self.logs = logs
            self.split = split
            self.performance = performance
            self.options = options
            self.seed = seed
        }
    }

    /// The report.
    ///
    /// - Throws: `CancellationError` where the monitor says so.
    package static func run(_ request: Request, monitor: some WorkMonitor) throws -> Report {
        let first = request.logs[0]
        var sides: [(name: String, log: EventLog)] = request.logs.map { ($0.name, $0.log) }
        if let split = request.split {
            let parts = splitLog(first.log, at: split.instant)
            sides = [(first.name, parts.before), (first.name, parts.after)]
        }
        var analysed: [AnalysedLog] = []
        for (index, side) in sides.enumerated() {
            try monitor.checkCancellation()
            monitor.progress(.analysing, fraction: Double(index) / Double(sides.count + 1), events: 0)
            analysed.append(AnalysedLog(name: side.name, log: side.log, options: request.performance))
        }
        try monitor.checkCancellation()
        let input = ReportInput(
            title: request.title ?? first.name, before: analysed[0], after: analysed.count > 1 ? analysed[1] : nil,
            provenance: OpenedLog.provenance(of: request.logs, seed: request.seed, split: request.split?.text),
            options: request.options)
        monitor.progress(.writing, fraction: nil, events: 0)
        let report = Report(input)
        try monitor.checkCancellation()
        return report
    }
}
