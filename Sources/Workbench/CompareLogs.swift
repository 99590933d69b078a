package import EventLogs
package import Indicators
package import Instants

/// Before against after: two logs, several, or one split at an instant.
package enum CompareLogs {
    /// One pair of logs compared.
    package struct One: Sendable {
        /// The name of the log before.
        package var before: String
        /// The name of the log after.
        package var after: String
        /// Sizes, and every figure with its change.
        package var comparison: Comparison
    }

    /// All pairs compared.
    package struct Result: Sendable {
        /// The comparisons, one for each log after.
        package var comparisons: [One]
        /// The instant at which one log was split in ISO 8601, or `nil`.
        package var split: String?

        /// A result of these parts.
        package init(comparisons: [One], split: String?) {
            self.comparisons = comparisons
            self.split = split
        }
    }

    /// Compares logs.
    ///
    /// - Parameters:
    ///   - logs: with `split` one log, else the log before and at least one after.
    ///   - split: before = cases completed before it, after = cases started on or after it.
    ///   - threads: how many threads to use; the result does not depend on it.
    package static func run(
        _ logs: [OpenedLog], split: (instant: Instant, text: String)?, options: ComparisonOptions, threads: Int, monitor: some WorkMonitor
    ) throws -> Result {
        if let split {
            precondition(logs.count == 1, "a split takes one log")
            let parts = splitLog(logs[0].log, at: split.instant)
            try monitor.checkCancellation()
            let comparison = Comparison(before: parts.before, after: parts.after, astride: parts.astride, options: options)
            return Result(comparisons: [One(before: logs[0].name, after: logs[0].name, comparison: comparison)], split: split.text)
        }
        precondition(logs.count >= 2, "there is something to compare with")
        let comparisons = try Parallel.map(logs.count - 1, threads: threads) { index in
            try monitor.checkCancellation()
            let (before, after) = (logs[0], logs[index + 1])
            return One(
                before: before.name, after: after.name, comparison: Comparison(before: before.log, after: after.log, options: options))
        }
        return Result(comparisons: comparisons, split: nil)
    }
}

extension CompareLogs.One: Encodable {
    private enum CodingKeys: String, CodingKey {
        case before, after
    }

    /// Names of the logs, then the comparison's own keys.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(before, forKey: .before)
        try container.encode(after, forKey: .after)
        try comparison.encode(to: encoder)
    }
}

extension CompareLogs.Result: Encodable {
    private enum CodingKeys: String, CodingKey {
        case split, comparisons
    }

    /// The keys of the first comparison; `split`; `comparisons` with all of them where there are several.
    package func encode(to encoder: any Encoder) throws {
        try comparisons.first?.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(split, forKey: .split)
        if comparisons.count > 1 { try container.encode(comparisons, forKey: .comparisons) }
    }
}
