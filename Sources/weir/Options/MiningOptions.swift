import ArgumentParser
import Workbench

/// How miners find models: the flags of `discover` that belong to some of them.
struct MiningOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "inductive: look away from steps rarer than this share of the most frequent way on, where nothing else tells a structure; 0 fits every case. (default: 0.2)",
            valueName: "share"))
    var noise: Double?

    @Option(help: ArgumentHelp("declare: the least share of the cases that a constraint speaks of. (default: 0.1)", valueName: "share"))
    var support: Double?

    @Option(help: ArgumentHelp("declare: the least share of those in which it holds. (default: 0.95)", valueName: "share"))
    var confidence: Double?

    /// Whether none is given.
    var isEmpty: Bool { noise == nil && support == nil && confidence == nil }

    /// The options for a miner.
    ///
    /// - Throws: ``Failure`` where a share is none, or belongs to another miner.
    func options(for miner: ModelMiner, threads: Int) throws(Failure) -> MinedModel.Options {
        var options = MinedModel.Options()
        options.threads = threads
        let all: [(String, Double?, ModelMiner, WritableKeyPath<MinedModel.Options, Double>)] = [
            ("--noise", noise, .inductive, \.noise), ("--support", support, .declare, \.support),
            ("--confidence", confidence, .declare, \.confidence),
        ]
        for (name, value, owner, path) in all {
            guard let value else { continue }
            if owner != miner {
                throw Failure(
                    .usage, Phrase("\(name) does not go with --miner \(miner.rawValue)", "\(name) 不能与 --miner \(miner.rawValue) 同时使用"),
                    advice: Phrase("leave it out, or choose --miner \(owner.rawValue)", "请去掉它，或选择 --miner \(owner.rawValue)"))
            }
            if !(0...1).contains(value) {
                throw Failure(
                    .usage, Phrase("“\(value)” cannot be the value of “\(name)”", "“\(value)”不能用作“\(name)”的取值"),
                    advice: Phrase("give a share from 0 to 1", "请给出 0 到 1 之间的比例"))
            }
            options[keyPath: path] = value
        }
        return options
    }

    /// Refuses flags where the miner has none.
    func refuse(for miner: String) throws(Failure) {
        if isEmpty { return }
        let name = noise != nil ? "--noise" : support != nil ? "--support" : "--confidence"
        throw Failure(
            .usage, Phrase("\(name) does not go with --miner \(miner)", "\(name) 不能与 --miner \(miner) 同时使用"),
            advice: Phrase("leave it out", "请去掉它"))
    }
}
