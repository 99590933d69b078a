package import EventLogs
package import Indicators
package import Instants
package import Performance

/// Before against after: two logs, several, one split at an instant, or the parts of one side by side.
package enum CompareLogs {
    /// One pair of logs compared.
    package struct One: Sendable {
        /// The name of the log before.
        package var before: String
        /// The name of the log after.
        package var after: String
        /// Of parts of one log: the value of the cases that stand after, all other cases stand before; else `nil`.
        package var value: String?
        /// Sizes, and every figure with its change.
        package var comparison: Comparison
    }

    /// All pairs compared.
    package struct Result: Sendable {
        /// The comparisons, one for each log after.
        package var comparisons: [One]
        /// The instant at which one log was split in ISO 8601, or `nil`.
        package var split: String?
        /// What one log was parted by, as it is typed, or `nil`.
        package var by: String?
        /// Values that are not compared, being beyond the ``mostParts`` largest.
        package var valuesLeftOut = 0
        /// Cases without a value: they stand among the other cases of every part.
        package var casesWithoutValue = 0

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
        return Result(comparisons: judgedTogether(comparisons), split: nil)
    }

    /// At most so many parts of one log are compared.
    package static let mostParts = 60

    /// Compares the cases of each value with all other cases of the log. The throughput is not among the figures: that of a part is smaller than that of the
    /// others by how many there are.
    ///
    /// - Returns: `nil` where the log has no such values, or one alone.
    package static func parts(
        of opened: OpenedLog, by key: BreakdownKey, options: ComparisonOptions, threads: Int, monitor: some WorkMonitor
    ) throws -> Result? {
        let log = opened.log
        guard let value = key.caseValue(in: log) else { return nil }
        var positions: [String: [Int]] = [:]
        var without = 0
        for (position, span) in log.caseSpans.enumerated() {
            if let value = value(position, span?.firstStart ?? Instant.missing) {
                positions[value, default: []].append(position)
            } else {
                without += 1
            }
        }
        guard positions.count + (without > 0 ? 1 : 0) > 1 else { return nil }
        let bySize = positions.map { (value: $0.key, cases: $0.value) }.sorted {
            ($1.cases.count, $0.value) < ($0.cases.count, $1.value)
        }
        let kept = bySize.prefix(mostParts).sorted { key.listsBefore(($0.value, $0.cases.count), ($1.value, $1.cases.count)) }
        let comparisons = try Parallel.map(kept.count, threads: threads) { index in
            try monitor.checkCancellation()
            let part = kept[index]
            var belongs = [Bool](repeating: false, count: log.caseCount)
            for position in part.cases { belongs[position] = true }
            let rest = log.selecting(cases: (0..<log.caseCount).filter { !belongs[$0] })
            var comparison = Comparison(before: rest, after: log.selecting(cases: part.cases), options: options)
            comparison.kpis.removeAll { (try? KPIName(parsing: $0.id))?.measure == .throughput }
            return One(before: opened.name, after: opened.name, value: part.value, comparison: comparison)
        }
        var result = Result(comparisons: judgedTogether(comparisons), split: nil)
        result.by = key.name
        result.valuesLeftOut = bySize.count - kept.count
        result.casesWithoutValue = without
        return result
    }

    /// Of several comparisons a difference counts where it is one after correction for their number.
    private static func judgedTogether(_ comparisons: [One]) -> [One] {
        var comparisons = comparisons
        let judged = Comparison.judgedTogether(comparisons.map(\.comparison))
        for place in comparisons.indices { comparisons[place].comparison = judged[place] }
        return comparisons
    }
}

extension CompareLogs.One: Encodable {
    private enum CodingKeys: String, CodingKey {
        case before, after, value
    }

    /// Names of the logs (of parts of one log the value), then the comparison's own keys.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(before, forKey: .before)
        try container.encode(after, forKey: .after)
        if value != nil { try container.encode(value, forKey: .value) }
        try comparison.encode(to: encoder)
    }
}

extension CompareLogs.Result: Encodable {
    private enum CodingKeys: String, CodingKey {
        case split, by, valuesLeftOut, casesWithoutValue, comparisons
    }

    /// The keys of the first comparison; `split`; `comparisons` with all of them where there are several. Of parts of one log only `by`, what is left
    /// out, and `comparisons`.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        if by != nil {
            try container.encode(by, forKey: .by)
            try container.encode(valuesLeftOut, forKey: .valuesLeftOut)
            try container.encode(casesWithoutValue, forKey: .casesWithoutValue)
        } else {
            try comparisons.first?.encode(to: encoder)
            try container.encode(split, forKey: .split)
        }
        if by != nil || comparisons.count > 1 { try container.encode(comparisons, forKey: .comparisons) }
    }
}
