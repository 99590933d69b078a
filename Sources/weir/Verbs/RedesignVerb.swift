import ArgumentParser
import EventLogs
import Foundation
import ProcessModels
import Redesign
import Reports
import Simulation
import Workbench

/// `weir redesign`
struct RedesignVerb: LogVerb {
    static let configuration = CommandConfiguration(
        commandName: "redesign", abstract: "Simulate what a plan of changes would gain, and say how far to believe it.",
        discussion: """
            A model is learnt from the log, tested on the last fifth of its cases, and run as it is and as the plan changes it, on the \
            same random numbers. PLAN is a YAML file:

              changes:
                - automate: {activity: Approve Requisition, duration: 12s, when: "amount < 5000"}
                - resource: {role: Invoice Clerk, add: 1}
              goals:
                - {kpi: cycle_time.median, change: "<= -30%"}

            Changes: automate {activity, share, duration, when}, remove {activity}, resource {role, add}, duration {activity, scale}, \
            parallelize {activities}, calendar {role, hours}, arrivals {scale}, batch {activity, every: 1d or off}, \
            route {from, to, probability}.

            --flow writes the process as the plan changes it as BPMN 2.0: the model that the split miner finds, with the conditions learnt at \
            its choices, a gateway where the plan automates under a condition, service tasks for programs, lanes by role. What BPMN has \
            no sign for stands in the documentation of the element, and is listed.

            Ends with 0 where all goals are met, 1 where one is missed, 2 where the model is not trusted or a goal is not certain.

            EXAMPLES
              weir redesign p2p-before.csv --plan p2p-plan.yaml
              weir redesign p2p-before.csv --plan p2p-plan.yaml --replications 50 --rates rates.yaml --format json
              weir redesign p2p-before.csv --plan p2p-plan.yaml --flow to-be.bpmn --engine python
            """)

    @Argument(help: "The log: a file, or - for standard input.")
    var log: String

    @Option(help: ArgumentHelp("What changes, and what it is to achieve: a YAML file.", valueName: "file"))
    var plan: String

    @OptionGroup(title: "Flow") var flow: FlowOptions
    @OptionGroup(title: "Simulation") var experiment: ExperimentOptions
    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Log") var reading: LogOptions
    @OptionGroup(title: "Common") var common: CommonOptions

    func run(in session: Session) throws {
        try reading.refuseCalendar()
        let rates = try reading.readRates()
        let ends = try reading.endActivities()
        let trial = try experiment.plan(in: plan, reading: reading, rates: rates, session)
        let inputs = [log, plan] + reading.files
        let flows = try flow.targets(output: output.output, inputs: inputs, session)
        let sink = try ResultSink(output, inputs: inputs, session: session)
        let opened = try reading.open(log, session, for: [.simulation])
        if let rates { reading.warn(of: rates, in: [opened], session) }
        session.monitor.progress(.analysing, fraction: nil, events: 0)
        var use = try RedesignLog(
            RedesignLog.Request(
                log: opened, plan: trial.plan, planInput: trial.input, run: trial.run, endActivities: ends, seed: common.seed,
                threads: common.threadCount), monitor: session.monitor)
        if flows.isWanted { use.result.flow = try write(flows, trial.plan, opened, use.changedModel, session) }
        let page = RedesignTables(
            use.result.redesign, backtest: use.result.backtest, flow: use.result.flow, log: opened.name, plan: trial.input.name,
            session.language)
        try sink.print(
            Answer(
                verb: "redesign", result: use.result, provenance: use.provenance, table: { page.figures }, csv: { page.machineTable },
                text: { text(page, session) }, markdown: { page.markdown }), of: opened.stored, reading)
        let verdicts = use.result.redesign.goals.map(\.verdict)
        if !use.result.backtest.trusted { throw EarlyEnd(status: .insufficient) }
        if verdicts.contains(.fail) { throw EarlyEnd(status: .failed) }
        if verdicts.contains(.unsure) { throw EarlyEnd(status: .insufficient) }
    }

    /// Writes the flows; gives what the one to be shows of each change.
    private func write(
        _ targets: FlowOptions.Targets, _ plan: RedesignPlan, _ opened: OpenedLog, _ changed: SimulationModel, _ session: Session
    ) throws -> [RedesignedFlow.Shown]? {
        let flows: RedesignedProcess?
        do {
            flows = try RedesignedProcess(
                of: opened.log, named: opened.name, plan: plan, simulated: changed, language: session.language, seed: UInt64(common.seed),
                threads: common.threadCount)
        } catch let error as ModelConversionError {
            throw Failure(conversion: error, in: opened.name)
        }
        guard let flows else { return nil }
        if flows.decisions == nil {
            session.note(
                "the flow has no conditions: too much goes on side by side in the model to learn what decides at its choices in bounded time",
                "流程中没有条件：模型中并行过多，无法在有限时间内学习各选择由什么决定")
        }
        try targets.write(flows, plan: plan, of: opened.log, named: opened.name, session)
        return flows.toBe.shown
    }

    private func text(_ content: RedesignTables, _ session: Session) -> String {
        var page = TextPage(session)
        page.folded(content.headline)
        page.folded(content.trust)
        page.line()
        page.table(content.figures, rows: .max)
        for table in [content.goals, content.credit, content.flowShown].compactMap({ $0 }) {
            page.line()
            page.table(table, rows: .max)
        }
        page.line()
        page.table(content.roles, rows: 12, hint: session.command(adding: "--format json"))
        if let pairing = content.pairing {
            page.line()
            page.folded(pairing)
        }
        page.next("weir report \(shellWord(log)) --plan \(shellWord(plan)) -o report.html", "weir performance \(shellWord(log))")
        return page.text
    }
}
