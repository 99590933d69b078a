package import Conformance
import Discovery
package import EventLogs
package import ProcessModels

/// The miners whose result is a process model with a beginning and an end, or constraints.
package enum ModelMiner: String, Sendable, Codable, CaseIterable {
    /// The inductive miner: a process tree.
    case inductive
    /// The inductive miner on the directly-follows graph alone, for logs larger than memory.
    case inductiveGraph = "inductive-dfg"
    /// The heuristics miner: a causal net.
    case heuristics
    /// The alpha miner: a Petri net.
    case alpha
    /// DECLARE constraints.
    case declare
}

/// A model that was found in a log, and how well the log fits it.
package struct MinedModel: Encodable, Sendable {
    /// The model as its miner gives it.
    package enum Model: Sendable {
        /// A process tree.
        case tree(ProcessTree)
        /// A Petri net.
        case net(PetriNet)
        /// Activities and what each depends on.
        case causal(CausalNet)
        /// Constraints.
        case declare(DeclareModel)
    }

    /// How miners are to find.
    package struct Options: Sendable, Equatable {
        /// The share of the most frequent way on below which the inductive miner looks away from a step, 0…1.
        package var noise = 0.2
        /// From where a dependency counts for the heuristics miner, 0…1.
        package var dependency = 0.9
        /// The least share of the cases that activate a constraint.
        package var support = 0.1
        /// The least share of those in which it holds.
        package var confidence = 0.95
        /// How many threads share the work.
        package var threads = 1

        /// The defaults.
        package init() {}
    }

    /// Which miner found it.
    package let miner: ModelMiner
    /// How it was told to.
    package let options: Options
    /// The model.
    package let model: Model
    /// How well the log fits the model; nil where it was not measured.
    package let fitness: FitnessShares?

    /// The model that a miner finds in a log.
    ///
    /// - Throws: `AlphaMiner.Problem` where the alpha miner finds no net.
    package init(of log: EventLog, miner: ModelMiner, options: Options) throws {
        let variants = VariantIndex(of: log)
        self.miner = miner
        self.options = options
        switch miner {
        case .inductive: model = .tree(InductiveMiner(noise: options.noise).tree(of: variants, names: log.activities))
        case .inductiveGraph: model = .tree(InductiveMiner(noise: options.noise).tree(of: DirectlyFollowsCounts(of: log)))
        case .heuristics:
            var own = HeuristicsMiner.Options()
            own.dependency = options.dependency
            model = .causal(HeuristicsMiner(options: own).causalNet(of: variants, counts: DirectlyFollowsCounts(of: log)))
        case .alpha: model = .net(try AlphaMiner().net(of: DirectlyFollowsCounts(of: log)))
        case .declare:
            var declare = DeclareOptions()
            declare.leastSupport = options.support
            declare.leastConfidence = options.confidence
            model = .declare(DeclareModel(discoveredIn: log, variants: variants, options: declare))
        }
        fitness = Self.fitness(of: log, variants, model, threads: options.threads)
    }

    /// The model as a Petri net; nil where it is none and cannot be made one.
    package var net: PetriNet? { Self.net(model) }

    /// The tree; nil where it is none.
    package var tree: ProcessTree? {
        if case .tree(let tree) = model { return tree }
        return nil
    }

    /// The model as BPMN; nil where it is constraints or dependencies.
    ///
    /// - Throws: `ModelConversionError` where BPMN has no words for it.
    package func bpmn(name: String) throws(ModelConversionError) -> BPMNModel? {
        switch model {
        case .tree(let tree): try BPMNModel(tree, name: name)
        case .net(let net): try BPMNModel(net)
        case .causal, .declare: nil
        }
    }

    private static func net(_ model: Model) -> PetriNet? {
        switch model {
        case .tree(let tree): PetriNet(tree)
        case .net(let net): net
        case .causal, .declare: nil
        }
    }

    private static func fitness(of log: EventLog, _ variants: VariantIndex, _ model: Model, threads: Int) -> FitnessShares? {
        guard let net = net(model), let checked = try? CheckedNet(net, for: log) else { return nil }
        var alignment = AlignmentOptions()
        alignment.threads = threads
        return try? Alignments(variants, on: checked, options: alignment).fitness
    }

    private enum CodingKeys: String, CodingKey {
        case miner, noise, tree, notation, net, dependency, activities, dependencies, constraints, omitted, support, confidence, fitness
    }

    /// The miner, how it was told to find, the model and how well the log fits it.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(miner, forKey: .miner)
        switch model {
        case .tree(let tree):
            try container.encode(options.noise, forKey: .noise)
            try container.encode(tree, forKey: .tree)
            try container.encode(tree.description, forKey: .notation)
            try container.encode(fitness, forKey: .fitness)
        case .net(let net):
            try container.encode(net, forKey: .net)
            try container.encode(fitness, forKey: .fitness)
        case .causal(let net):
            try container.encode(options.dependency, forKey: .dependency)
            try container.encode(net.activities, forKey: .activities)
            try container.encode(net.dependencies, forKey: .dependencies)
        case .declare(let constraints):
            try container.encode(options.support, forKey: .support)
            try container.encode(options.confidence, forKey: .confidence)
            try container.encode(constraints.constraints, forKey: .constraints)
            try container.encode(constraints.omitted ?? [], forKey: .omitted)
        }
    }
}
