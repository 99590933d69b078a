package import Conformance
import Discovery
package import EventLogs
package import ProcessModels
package import Reports

/// The miners whose result is a process model with a beginning and an end, or constraints.
package enum ModelMiner: String, Sendable, Codable, CaseIterable {
    /// The inductive miner: a process tree.
    case inductive
    /// The inductive miner on the directly-follows graph alone, for logs with too many variants.
    case inductiveGraph = "inductive-dfg"
    /// The heuristics miner: a causal net.
    case heuristics
    /// The alpha miner: a Petri net.
    case alpha
    /// The split miner: BPMN.
    case split
    /// DECLARE constraints.
    case declare
    /// A log skeleton: what always holds between activities.
    case logSkeleton = "log-skeleton"
    /// How long it takes from each activity to each later one.
    case temporalProfile = "temporal-profile"
}

/// A model that was found in a log, and how well the log fits it.
package struct MinedModel: Encodable, Sendable {
    /// The model as its miner gives it.
    package enum Model: Sendable {
        /// A process tree.
        case tree(ProcessTree)
        /// A Petri net.
        case net(PetriNet)
        /// BPMN.
        case bpmn(BPMNModel)
        /// Activities and what each depends on, and the same as BPMN.
        case causal(CausalNet, BPMNModel)
        /// Constraints.
        case declare(DeclareModel)
        /// What always holds between activities.
        case skeleton(LogSkeleton)
        /// Times between activities.
        case temporal(TemporalProfile)
    }

    /// How miners are to find.
    package struct Options: Sendable, Equatable {
        /// The share of the most frequent way on below which the inductive miner looks away from a step; the share of the cases in which a relation of
        /// a log skeleton may fail; 0…1.
        package var noise = 0.2
        /// From where a dependency counts for the heuristics miner, 0…1.
        package var dependency = 0.9
        /// The least share of the cases that activate a constraint.
        package var support = 0.1
        /// The least share of those in which it holds.
        package var confidence = 0.95
        /// How many threads share the work.
        package var threads = 1

        /// The defaults of a miner; a log skeleton is without noise.
        package init(for miner: ModelMiner) {
            if miner == .logSkeleton { noise = 0 }
        }
    }

    /// Which miner found it.
    package let miner: ModelMiner
    /// How it was told to.
    package let options: Options
    /// The model.
    package let model: Model
    /// What it was found in.
    private let basis: MiningBasis
    /// How well log and model go together; nil where that cannot be measured.
    package let measured: ConformanceResult?
    /// When cases go which way at the gateways; nil where that was not asked.
    package private(set) var decisions: DecisionMining?

    /// The model that a miner finds.
    ///
    /// - Throws: `AlphaMiner.Problem` where the alpha miner finds no net.
    package init(in basis: MiningBasis, miner: ModelMiner, options: Options) throws {
        let (variants, names) = (basis.variants, basis.names)
        func counts() -> DirectlyFollowsCounts { DirectlyFollowsCounts(of: variants, names: names) }
        self.miner = miner
        self.options = options
        self.basis = basis
        switch miner {
        case .inductive: model = .tree(InductiveMiner(noise: options.noise).tree(of: variants, names: names))
        case .inductiveGraph: model = .tree(InductiveMiner(noise: options.noise).tree(of: counts()))
        case .heuristics:
            var own = HeuristicsMiner.Options()
            own.dependency = options.dependency
            let miner = HeuristicsMiner(options: own)
            let counts = counts()
            model = .causal(miner.causalNet(of: variants, counts: counts), miner.model(of: variants, counts: counts))
        case .alpha: model = .net(try AlphaMiner().net(of: counts()))
        case .split: model = .bpmn(SplitMiner().model(of: variants, counts: counts()))
        case .declare:
            var declare = DeclareOptions()
            declare.leastSupport = options.support
            declare.leastConfidence = options.confidence
            model = .declare(DeclareModel(discoveredIn: variants, names: names, options: declare))
        case .logSkeleton:
            var skeleton = LogSkeletonOptions()
            skeleton.noise = options.noise
            model = .skeleton(LogSkeleton(discoveredIn: variants, names: names, options: skeleton))
        case .temporalProfile: model = .temporal(basis.profile ?? TemporalProfile(pairs: []))
        }
        measured = Self.measured(basis, model, threads: options.threads)
    }

    /// The model that a miner finds in a log.
    ///
    /// - Throws: `AlphaMiner.Problem` where the alpha miner finds no net.
    package init(of log: EventLog, miner: ModelMiner, options: Options) throws {
        try self.init(in: MiningBasis(of: log, for: miner), miner: miner, options: options)
    }

    /// The model as a Petri net; nil where it is none and cannot be made one.
    package var net: PetriNet? { Self.net(model) }

    /// The tree; nil where it is none.
    package var tree: ProcessTree? {
        if case .tree(let tree) = model { return tree }
        return nil
    }

    /// The model as BPMN; nil where it has no beginning and end.
    ///
    /// Lanes are those of the log's roles, where it has any.
    ///
    /// - Parameters:
    ///   - name: what the process is called.
    ///   - language: the language in which gateways say what was seen there, where decisions were asked for.
    /// - Throws: `ModelConversionError` where BPMN has no words for it.
    package func bpmn(name: String, language: Language) throws(ModelConversionError) -> BPMNModel? {
        let roles = basis.roles
        let found = try flow(name: name, language: language)
        return roles.isEmpty ? found : found?.withLanes(pool: name) { roles.role(of: $0) }
    }

    /// The same without lanes.
    ///
    /// - Throws: `ModelConversionError` where BPMN has no words for it.
    package func flow(name: String, language: Language) throws(ModelConversionError) -> BPMNModel? {
        var found: BPMNModel
        switch model {
        case .tree(let tree): found = try BPMNModel(tree, name: name)
        case .net(let net): found = try BPMNModel(net)
        case .bpmn(let model), .causal(_, let model): found = model
        case .declare, .skeleton, .temporal: return nil
        }
        for place in found.processes.indices where found.processes[place].name == nil { found.processes[place].name = name }
        guard let decisions else { return found }
        found = found.deciding(by: decisions)
        let text = DecisionText(language)
        for choice in decisions.choices {
            for process in found.processes.indices {
                for node in found.processes[process].nodes.indices where found.processes[process].nodes[node].id == choice.gateway {
                    found.processes[process].nodes[node].rest.add(documentation: text.sentence(choice))
                }
            }
        }
        return found
    }

    /// Learns when cases go which way at the gateways.
    ///
    /// - Parameter isBounded: whether nothing is learnt where the model is so large that each variant would have to be searched in it.
    /// - Throws: `ModelConversionError` where BPMN has no words for the model.
    package mutating func decide(in log: EventLog, named name: String, seed: UInt64, isBounded: Bool = false) throws(ModelConversionError) {
        guard let model = try flow(name: name, language: .en), let process = model.processes.first else { return }
        var own = DecisionOptions()
        own.seed = seed
        var alignment = Conformance.AlignmentOptions()
        alignment.threads = options.threads
        decisions =
            isBounded
            ? (try? DecisionMining(boundedOf: log, in: process, options: own, alignment: alignment)) ?? nil
            : try? DecisionMining(of: log, in: process, options: own, alignment: alignment)
    }

    private static func net(_ model: Model) -> PetriNet? {
        switch model {
        case .tree(let tree): PetriNet(tree)
        case .net(let net): net
        case .bpmn(let model), .causal(_, let model): model.processes.first.flatMap { try? PetriNet($0) }
        case .declare, .skeleton, .temporal: nil
        }
    }

    private static func measured(_ basis: MiningBasis, _ model: Model, threads: Int) -> ConformanceResult? {
        guard let net = net(model), let checked = try? CheckedNet(net, for: basis.variants, names: basis.names) else { return nil }
        var alignment = Conformance.AlignmentOptions()
        alignment.threads = threads
        return try? ConformanceResult(boundedOf: basis.variants, on: checked, options: alignment, monitor: SilentMonitor())
    }

    private enum CodingKeys: String, CodingKey {
        case miner, noise, tree, notation, net, dependency, activities, dependencies, constraints, omitted, support, confidence
        case fitness, precision, generalization, simplicity, bpmn, decisions
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
        case .net(let net): try container.encode(net, forKey: .net)
        case .bpmn(let model): try container.encode(model.xml(), forKey: .bpmn)
        case .causal(let net, _):
            try container.encode(options.dependency, forKey: .dependency)
            try container.encode(net.activities, forKey: .activities)
            try container.encode(net.dependencies, forKey: .dependencies)
        case .declare(let constraints):
            try container.encode(options.support, forKey: .support)
            try container.encode(options.confidence, forKey: .confidence)
            try container.encode(constraints.constraints, forKey: .constraints)
            try container.encode(constraints.omitted ?? [], forKey: .omitted)
            return
        case .skeleton(let skeleton):
            try container.encode(options.noise, forKey: .noise)
            try skeleton.encode(to: encoder)
            return
        case .temporal(let profile): return try profile.encode(to: encoder)
        }
        try container.encode(measured?.fitness, forKey: .fitness)
        try container.encode(measured?.precision, forKey: .precision)
        try container.encode(measured?.generalization, forKey: .generalization)
        try container.encode(measured?.simplicity, forKey: .simplicity)
        if let decisions { try container.encode(decisions.choices, forKey: .decisions) }
    }
}
