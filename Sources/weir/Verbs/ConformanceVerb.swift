import ArgumentParser
import Conformance
import EventLogs
import Foundation
import ProcessModels
import Reports
import Workbench

extension ConformanceMethod: ExpressibleByArgument {}

/// `weir conformance`
struct ConformanceVerb: LogVerb {
    static let configuration = CommandConfiguration(
        commandName: "conformance",
        abstract: "Hold a log against a model or rules: how far it keeps to them, where not, and what that costs.",
        discussion: """
            MODEL is BPMN, a Petri net (PNML), a process tree (PTML), the JSON of discover --miner declare, log-skeleton or temporal-profile, or a YAML \
            file of rules. \
            Models are compared by optimal alignments, with --method replay token by token, with --method footprint by what directly \
            follows what. Unknown activities are listed apart.

            EXAMPLES
              weir conformance purchases.csv purchase.bpmn
              weir conformance purchases.csv purchase.pnml --method replay --cases --format json
              weir conformance purchases.csv rules.yaml --calendar cn
              weir conformance purchases.csv times.json --zeta 6
              weir conformance purchases.csv purchase.bpmn --at-least 0.95
            """)

    @Argument(help: "The log: a file, or - for standard input.")
    var log: String

    @Argument(help: "What it is held against: a model or a file of rules.")
    var model: String

    @Option(
        help: ArgumentHelp(
            "How to compare: alignment, replay, footprint or rules. (default: alignment; with rules, constraints, skeletons and times rules)",
            valueName: "name"))
    var method: ConformanceMethod?

    @Option(
        help: ArgumentHelp(
            "Temporal profiles: from how many standard deviations on a time deviates. (default: 3)", valueName: "number"))
    var zeta: Double?

    @Flag(help: "List every case, in JSON and CSV.")
    var cases = false

    @Option(
        help: ArgumentHelp(
            "End with 1 where the fitness of the log is below this share, with 2 where there is nothing to judge.", valueName: "share"))
    var atLeast: Double?

    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Log") var reading: LogOptions
    @OptionGroup(title: "Common") var common: CommonOptions

    func run(in session: Session) throws {
        if let atLeast, !(0...1).contains(atLeast) {
            throw Failure(
                .usage, Phrase("“\(atLeast)” cannot be the value of “--at-least”", "“\(atLeast)”不能用作“--at-least”的取值"),
                advice: Phrase("give a share from 0 to 1", "请给出 0 到 1 之间的比例"))
        }
        if let zeta, !(zeta >= 0 && zeta.isFinite) {
            throw Failure(
                .usage, Phrase("“\(zeta)” cannot be the value of “--zeta”", "“\(zeta)”不能用作“--zeta”的取值"),
                advice: Phrase("give a number from 0 on", "请给出不小于 0 的数"))
        }
        var reading = reading
        let norm = try NormFile.reading(model, &reading)
        let sink = try ResultSink(output, inputs: [log, model] + reading.files, session: session)
        let opened = try reading.open(log, session, for: [.order])
        session.monitor.progress(.analysing, fraction: nil, events: 0)
        var options = Conformance.AlignmentOptions()
        options.threads = session.threads
        let result = try Failure.naming(norm.input.name) {
            try CheckConformance(
                of: opened.log, with: try norm.norm(for: opened.log), named: norm.input.name, method: method, zeta: zeta,
                structure: norm.structure, listsCases: cases, options: options, monitor: session.monitor)
        }
        let page = ConformancePage(result, session.language)
        try sink.print(
            Answer(
                verb: "conformance", result: result, provenance: opened.provenance(seed: common.seed, beside: norm.input),
                table: { page.table }, csv: { cases ? page.caseTable : page.table },
                text: { page.text(opened, log: log, session) }), of: opened.stored, reading)
        guard let atLeast else { return }
        guard let reached = result.fitness.log else { throw EarlyEnd(status: .insufficient) }
        if reached < atLeast { throw EarlyEnd(status: .failed) }
    }

    func workingDay() throws -> Double? {
        var reading = reading
        _ = try? NormFile.reading(model, &reading)
        return try reading.calendars().map { Double($0.workingDay) / 1e6 }
    }
}
