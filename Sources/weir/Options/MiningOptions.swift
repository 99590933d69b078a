import ArgumentParser
import EventLogs
import Workbench

extension EngineLanguage: ExpressibleByArgument {}

/// How miners find models: the flags of `discover` that belong to some of them.
struct MiningOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "inductive: look away from steps rarer than this share of the most frequent way on, where nothing else tells a structure; 0 fits every case. log-skeleton: the share of the cases in which a relation may fail. (default: inductive 0.2, log-skeleton 0)",
            valueName: "share"))
    var noise: Double?

    @Option(
        help: ArgumentHelp("heuristics: how sure a dependency must be, from 0 to 1. (default: 0.9)", valueName: "share"))
    var dependency: Double?

    @Option(help: ArgumentHelp("declare: the least share of the cases that a constraint speaks of. (default: 0.1)", valueName: "share"))
    var support: Double?

    @Option(help: ArgumentHelp("declare: the least share of those in which it holds. (default: 0.95)", valueName: "share"))
    var confidence: Double?

    @Flag(help: "Models with gateways: learn from attributes when cases go which way, and write that to the model as conditions.")
    var decisions = false

    @Option(
        help: ArgumentHelp(
            "Write .bpmn for a workflow engine with conditions in this language: python (SpiffWorkflow), feel (Camunda 8) or juel (Camunda 7, Flowable); what system users do becomes service tasks.",
            valueName: "language"))
    var engine: EngineLanguage?

    private var all: [(name: String, value: Double?, owners: [ModelMiner], path: WritableKeyPath<MinedModel.Options, Double>)] {
        [
            ("--noise", noise, [.inductive, .inductiveGraph, .logSkeleton], \.noise),
            ("--dependency", dependency, [.heuristics], \.dependency),
            ("--support", support, [.declare], \.support), ("--confidence", confidence, [.declare], \.confidence),
        ]
    }

    /// The options for a miner.
    ///
    /// - Parameter miner: nil for a graph of what follows what, which has none of them.
    /// - Throws: ``Failure`` where a share is none, or belongs to another miner.
    func options(for miner: ModelMiner?, named name: String, threads: Int) throws(Failure) -> MinedModel.Options {
        var options = MinedModel.Options(for: miner ?? .inductive)
        options.threads = threads
        if decisions && (miner.map { [.declare, .logSkeleton, .temporalProfile].contains($0) } ?? true) {
            throw Failure(
                .usage, Phrase("--decisions does not go with --miner \(name)", "--decisions 不能与 --miner \(name) 同时使用"),
                advice: Phrase("leave it out, or choose --miner split", "请去掉它，或选择 --miner split"))
        }
        for (flag, value, owners, path) in all {
            guard let value else { continue }
            if !owners.contains(where: { $0 == miner }) {
                throw Failure(
                    .usage, Phrase("\(flag) does not go with --miner \(name)", "\(flag) 不能与 --miner \(name) 同时使用"),
                    advice: Phrase("leave it out, or choose --miner \(owners[0].rawValue)", "请去掉它，或选择 --miner \(owners[0].rawValue)"))
            }
            if !(0...1).contains(value) {
                throw Failure(
                    .usage, Phrase("“\(value)” cannot be the value of “\(flag)”", "“\(value)”不能用作“\(flag)”的取值"),
                    advice: Phrase("give a share from 0 to 1", "请给出 0 到 1 之间的比例"))
            }
            options[keyPath: path] = value
        }
        return options
    }
}
