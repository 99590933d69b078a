import Conformance
package import EventLogs
package import Indicators
package import Instants
package import Performance
import ProcessModels
package import Redesign
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
        /// What work costs; `nil` for the log's cost column.
        package var rates: Rates?
        /// A plan whose gain is forecast from the first log; `nil` for none.
        package var plan: Plan?
        /// What the logs are held against; `nil` for nothing.
        package var norm: NormFile?
        /// How the report is shown.
        package var options: ReportOptions
        /// The seed of everything random.
        package var seed: Int
        /// How many threads to use; the report does not depend on it.
        package var threads: Int

        /// A request with these parts.
        package init(
            title: String?, logs: [OpenedLog], split: (instant: Instant, text: String)?, performance: PerformanceOptions,
            rates: Rates?, plan: Plan? = nil, norm: NormFile? = nil, options: ReportOptions, seed: Int, threads: Int
        ) {
            self.norm = norm
            self.title = title
            self.logs = logs
            self.split = split
            self.performance = performance
            self.rates = rates
            self.plan = plan
            self.options = options
            self.seed = seed
            self.threads = threads
        }
    }

    /// A plan, and how its gain is found out.
    package struct Plan: Sendable {
        /// The plan.
        package var plan: RedesignPlan
        /// The plan's file with its checksum.
        package var input: Provenance.Input
        /// How the models are run.
        package var run: LearntModel.Run

        /// A plan with these parts.
        package init(plan: RedesignPlan, input: Provenance.Input, run: LearntModel.Run) {
            self.plan = plan
            self.input = input
            self.run = run
        }
    }

    /// The report.
    ///
    /// - Throws: `PlanError` where the plan does not fit the process, `FitError` where nothing can be learnt from the log for it,
    ///   `CancellationError` where the monitor says so.
    package static func run(_ request: Request, monitor: some WorkMonitor) throws -> Report {
        let first = request.logs[0]
        var sides = request.logs.map { (name: $0.name, log: $0.log) }
        var astride: Int?
        if let split = request.split {
            let parts = splitLog(first.log, at: split.instant)
            sides = [(first.name, parts.before), (first.name, parts.after)]
            astride = parts.astride
        }
        monitor.progress(.analysing, fraction: nil, events: 0)
        var analysed = try analyses(of: sides, astride: astride, request, monitor: monitor)
        // Of a log that is split the data are judged as a whole.
        let qualities = try Parallel.map(request.logs.count, threads: request.threads) { index throws in
            try monitor.checkCancellation()
            return DataQuality(of: request.logs[index]).findings
        }
        for index in analysed.logs.indices { analysed.logs[index].findings = qualities[min(index, qualities.count - 1)] }
        try monitor.checkCancellation()
        var provenance = OpenedLog.provenance(of: request.logs, seed: request.seed, split: request.split?.text)
        let found = mined(sides[0].log, named: sides[0].name, request)
        try monitor.checkCancellation()
        var redesign: PlannedRedesign?
        if let plan = request.plan {
            let use = try RedesignLog(
                RedesignLog.Request(
                    log: first, part: sides[0].log, plan: plan.plan, planInput: plan.input, run: plan.run,
                    endActivities: request.performance.endActivities, seed: request.seed, threads: request.threads),
                monitor: monitor)
            let flow = found?.flow.map { flow in
                RedesignedProcess(
                    flow, decisions: found?.mined.decisions, of: sides[0].log, plan: plan.plan, simulated: use.changedModel,
                    language: request.options.language
                ).pictured
            }
            redesign = PlannedRedesign(plan: plan.plan, result: use.result.redesign, backtest: use.result.backtest, flow: flow)
            provenance.inputs.append(plan.input)
        }
        if let norm = request.norm { provenance.inputs.append(norm.input) }
        let heldNorm = try request.norm.map { try held($0, sides.map(\.log), threads: request.threads, monitor) }
        try monitor.checkCancellation()
        let input = ReportInput(
            title: request.title ?? first.name, before: analysed.logs[0], after: analysed.logs.count > 1 ? analysed.logs[1] : nil,
            comparison: analysed.comparison, redesign: redesign, explanation: analysed.explanation,
            activityCosts: ActivityCosts.of(sides[0].log, rates: request.rates),
            model: found.flatMap { model($0.mined, of: sides[0], request) }, norm: heldNorm, provenance: provenance,
            options: request.options)
        monitor.progress(.writing, fraction: nil, events: 0)
        let report = Report(input)
        try monitor.checkCancellation()
        return report
    }

    /// What the split miner finds, with what decides at its choices, and the flow without lanes; nil where the log has no activity instance.
    private static func mined(_ log: EventLog, named name: String, _ request: Request) -> (mined: MinedModel, flow: BPMNModel?)? {
        var options = MinedModel.Options(for: .split)
        options.threads = request.threads
        guard log.instanceCount > 0, var mined = try? MinedModel(of: log, miner: .split, options: options) else { return nil }
        try? mined.decide(in: log, named: name, seed: UInt64(request.seed), isBounded: true)
        return (mined, try? mined.flow(name: name, language: request.options.language))
    }

    private static func model(_ mined: MinedModel, of side: (name: String, log: EventLog), _ request: Request) -> FoundModel? {
        guard let model = try? mined.bpmn(name: side.name, language: request.options.language) else { return nil }
        return FoundModel(model: model, measured: mined.measured, decisions: mined.decisions)
    }

    /// Holds the logs against a model or rules.
    private static func held(
        _ file: NormFile, _ logs: [EventLog], threads: Int, _ monitor: some WorkMonitor
    ) throws -> HeldNorm {
        var options = Conformance.AlignmentOptions()
        options.threads = threads
        let outcomes = try logs.map { log -> HeldNorm.Outcome in
            let check = try CheckConformance(
                of: file.measured(log), with: try file.norm(for: log), named: file.input.name, method: nil, listsCases: false,
                options: options, monitor: monitor)
            return switch check.outcome {
            case .model(let result): .model(result, check.activities)
            case .constraints(let result): .constraints(result)
            case .skeleton(let result): .skeleton(result)
            case .times(let result): .times(result)
            case .rules(let result): .rules(result)
            }
        }
        return HeldNorm(name: file.input.name, model: file.bpmn, before: outcomes[0], after: outcomes.count > 1 ? outcomes[1] : nil)
    }

    private enum Piece: Sendable {
        case log(AnalysedLog)
        case comparison(Comparison)
        case explanation(Explanation?)
    }

    /// The analyses of each log and, where there are two, their comparison, side by side.
    private static func analyses(
        of sides: [(name: String, log: EventLog)], astride: Int?, _ request: Request, monitor: some WorkMonitor
    ) throws -> (logs: [AnalysedLog], comparison: Comparison?, explanation: Explanation?) {
        let measures = MeasureOptions(
            rates: request.rates, endActivities: request.performance.endActivities, censored: request.performance.censored)
        let comparing = ComparisonOptions(measures: measures, seed: UInt64(request.seed))
        let performance = request.performance
        let pieces = try Parallel.map(sides.count > 1 ? sides.count + 2 : 2, threads: request.threads) { index throws in
            try monitor.checkCancellation()
            if index < sides.count {
                return Piece.log(AnalysedLog(name: sides[index].name, log: sides[index].log, options: performance))
            }
            if index == sides.count {
                return Piece.explanation(
                    try ExplainLog.run(
                        sides[0].log, target: .cycleTime, options: measures, seed: UInt64(request.seed), threads: request.threads,
                        monitor: monitor))
            }
            return Piece.comparison(Comparison(before: sides[0].log, after: sides[1].log, astride: astride, options: comparing))
        }
        var logs: [AnalysedLog] = []
        var comparison: Comparison?
        var explanation: Explanation?
        for piece in pieces {
            switch piece {
            case .log(let log): logs.append(log)
            case .comparison(let value): comparison = value
            case .explanation(let value): explanation = value
            }
        }
        return (logs, comparison, explanation)
    }
}
