package import EventLogs
import Instants
package import Performance
import Statistics

/// How a log is measured.
package struct MeasureOptions: Sendable {
    /// What work costs; `nil` for the log's cost column.
    package var rates: Rates?
    /// The declared end activities; `nil` for those that the log shows.
    package var endActivities: [String]?
    /// Whether unfinished cases count in the figures per case; in the throughput they never do.
    package var censored: CensoredCases

    /// These options; by default without rates, with detected end activities, all cases counted.
    package init(rates: Rates? = nil, endActivities: [String]? = nil, censored: CensoredCases = .include) {
        self.rates = rates
        self.endActivities = endActivities
        self.censored = censored
    }
}

/// What can be measured on each case of a log, as columns, and the figures made of it.
package struct CaseMeasures: Sendable {
    /// The log whose cases count: without unfinished ones where the options say so.
    package let log: EventLog
    /// First start to last completion: microseconds or ``Instant/missing``.
    package let cycle: [Int64]
    /// Waiting time: microseconds or ``Instant/missing``.
    package let waiting: [Int64]
    /// Service time: microseconds or ``Instant/missing``.
    package let service: [Int64]
    /// Money, NaN where unknown; `nil` where the log cannot tell for any case.
    package let cost: [Double]?
    /// Whether an activity occurs more than once.
    package let hasRework: [Bool]
    /// The currency of ``cost``, if one is named.
    package let currency: String?
    /// When each completed case was completed, ascending: microseconds. A case is completed when it is not censored; where no
    /// activity ends cases, when something of it was completed.
    package let completions: [Int64]
    /// The first start of any case: microseconds; `nil` where no time is known.
    package let firstStart: Int64?
    /// The last completion of any case: microseconds; `nil` where none is known.
    package let lastCompletion: Int64?

    /// Measures a log.
    package init(of log: EventLog, options: MeasureOptions = MeasureOptions()) {
        var log = log
        var times = CaseTimes.of(log, endActivities: options.endActivities)
        let ignoresEnds = times.ends.names.isEmpty
        completions = log.instanceRanges.indices.compactMap { position in
            let last = times.lastCompletion[position]
            return last != Instant.missing && (ignoresEnds || !times.isCensored[position]) ? last : nil
        }.sorted()
        firstStart = times.firstStart.lazy.filter { $0 != Instant.missing }.min()
        lastCompletion = times.lastCompletion.lazy.filter { $0 != Instant.missing }.max()
        if options.censored == .exclude && times.isCensored.contains(true) {
            log = log.selecting(cases: times.isCensored.indices.filter { !times.isCensored[$0] })
            times = CaseTimes.of(log, endActivities: times.ends.names)
        }
        self.log = log
        cycle = times.cycle
        waiting = times.waiting
        service = times.service
        hasRework = times.hasRework
        cost = CaseCosts.of(log, rates: options.rates)
        currency = options.rates?.currency
    }

    /// Days from the first start to the last completion; `nil` where there are none.
    package var days: Double? {
        guard let firstStart, let lastCompletion, lastCompletion > firstStart else { return nil }
        return Double(lastCompletion - firstStart) / Double(Microseconds.day)
    }

    /// One figure; its `value` is `nil` where the log cannot tell.
    package func figure(_ name: KPIName) -> Figure {
        let unit = name.unit(currency: currency)
        switch name.measure {
        case .cycleTime: return Self.figure(name, unit, microseconds: cycle)
        case .waitingTime: return Self.figure(name, unit, microseconds: waiting)
        case .serviceTime: return Self.figure(name, unit, microseconds: service)
        case .cost: return Self.figure(name, unit, (cost ?? []).filter { !$0.isNaN })
        case .throughput:
            if name.statistic == .count {
                return Figure(id: name.text, unit: unit, value: Double(completions.count), n: completions.count)
            }
            return Figure(id: name.text, unit: unit, value: days.map { Double(completions.count) / $0 }, n: completions.count)
        case .reworkRate:
            let count = Double(hasRework.count { $0 })
            let value = name.statistic == .count ? count : hasRework.isEmpty ? nil : count / Double(hasRework.count)
            return Figure(id: name.text, unit: unit, value: value, n: hasRework.count)
        }
    }

    private static func figure(_ name: KPIName, _ unit: String, microseconds: [Int64]) -> Figure {
        let known = microseconds.filter { $0 != Instant.missing }
        let value: Double? =
            switch name.statistic {
            case .mean: TimeStatistics(microseconds: known)?.meanS
            case .median: TimeStatistics(microseconds: known)?.medianS
            case .p90: TimeStatistics(microseconds: known)?.p90S
            case .p95: TimeStatistics(microseconds: known)?.p95S
            case .sum: known.isEmpty ? nil : Double(known.reduce(Int128(0)) { $0 + Int128($1) }) / 1e6
            case .count: Double(known.count)
            case .rate: nil
            }
        return Figure(id: name.text, unit: unit, value: value, n: known.count)
    }

    private static func figure(_ name: KPIName, _ unit: String, _ values: [Double]) -> Figure {
        let value: Double? =
            switch name.statistic {
            case .mean: values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
            case .median: Quantiles.quantile(0.5, of: values)
            case .p90: Quantiles.quantile(0.9, of: values)
            case .p95: Quantiles.quantile(0.95, of: values)
            case .sum: values.isEmpty ? nil : values.reduce(0, +)
            case .count: Double(values.count)
            case .rate: nil
            }
        return Figure(id: name.text, unit: unit, value: value, n: values.count)
    }
}

/// One figure of a log.
package struct Figure: Codable, Sendable, Equatable {
    /// The full name of the figure.
    package var id: String
    /// The unit, as ``KPIName/unit(currency:)`` names it.
    package var unit: String
    /// The value; `nil` where the log cannot tell.
    package var value: Double?
    /// The number of cases it rests on.
    package var n: Int
}
