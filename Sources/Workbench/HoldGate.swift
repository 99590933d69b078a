package import EventLogs
package import Indicators
import Reports

/// Whether a log keeps what a gate holds.
package struct HoldGate: Sendable {
    /// One check with what became of it.
    package struct Outcome: Sendable {
        /// The figures and what they come to.
        package let judgement: GateJudgement
        /// The findings about the data that make the figure worthless: errors that touch it.
        package let vetoes: [LogFinding]

        /// What the check comes to.
        package var verdict: GateVerdict { vetoes.isEmpty ? judgement.verdict : .veto }
    }

    /// The checks, in the order of the file.
    package let outcomes: [Outcome]
    /// What became of the gate as a whole.
    package var verdict: GateVerdict { GateVerdict.overall(outcomes.map(\.verdict)) }

    /// Judges figures.
    ///
    /// - Parameters:
    ///   - measured: the figures of the log, check by check.
    ///   - baseline: what to compare with, where there is something.
    ///   - findings: what was found about the data that the figures were made of.
    ///   - options: how the figures were made.
    ///   - accepted: rules whose findings forbid nothing.
    ///   - isByCalendar: whether hours of a calendar count.
    package init(
        _ measured: [(check: GateCheck, measured: GateMeasurement)], baseline: GateBaseline?, findings: [LogFinding],
        options: MeasureOptions, accepting accepted: Set<LogFinding.Rule> = [], isByCalendar: Bool = false
    ) {
        outcomes = measured.map { check, figure in
            let touched = Self.analyses(behind: check.name, options)
            return Outcome(
                judgement: GateJudgement(check, measured: figure, baseline: baseline?.figure(check)),
                vetoes: DataVeto.vetoes(findings, touching: touched, accepting: accepted, isByCalendar: isByCalendar))
        }
    }

    /// The figures that a gate needs of a log, check by check: by the log's clock, but elapsed where a target is.
    ///
    /// - Throws: ``GateFile/Problem`` where the log has no such fact as a condition names.
    package static func measure(
        _ log: EventLog, _ file: GateFile, options: MeasureOptions
    ) throws(GateFile.Problem) -> [(check: GateCheck, measured: GateMeasurement)] {
        var known: [Key: CaseMeasures] = [:]
        var result: [(check: GateCheck, measured: GateMeasurement)] = []
        for entry in file.entries {
            let isElapsed = entry.check.target?.time == .elapsed
            let key = Key(filter: entry.check.filter?.text, isElapsed: isElapsed)
            var measures = known[key]
            if measures == nil {
                var part = log
                if let filter = entry.check.filter {
                    do throws(FilterError) {
                        part = try log.filtered(cases: filter)
                    } catch {
                        throw GateFile.Problem(
                            .badCondition(error), at: entry.conditionPlace?.adding(line: error.line, column: error.column))
                    }
                }
                if isElapsed && part.clock.calendar != nil { part = part.measured(by: .elapsed) }
                measures = CaseMeasures(of: part, options: options)
                known[key] = measures
            }
            if let measures { result.append((entry.check, GateMeasurement(of: entry.check.name, in: measures))) }
        }
        return result
    }

    private struct Key: Hashable {
        var filter: String?
        var isElapsed: Bool
    }

    /// What has to be right about the data for a figure to mean something.
    private static func analyses(behind name: KPIName, _ options: MeasureOptions) -> [FindingText.Analysis] {
        switch name.measure {
        case .cycleTime: [.durations]
        case .waitingTime, .serviceTime: [.durations, .service]
        case .throughput: [.counts, .durations]
        case .reworkRate: [.counts, .order]
        case .cost: options.rates == nil ? [.counts] : [.counts, .service, .names]
        }
    }
}
