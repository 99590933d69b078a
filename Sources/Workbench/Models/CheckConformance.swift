package import Conformance
package import EventLogs
import Instants
package import ProcessModels
package import Reports

/// Compares a log with a model or with rules.
package struct CheckConformance: Encodable, Sendable {
    /// What a log is compared with.
    package enum Norm: Sendable {
        /// A model with a beginning and an end, as a net.
        case net(PetriNet)
        /// DECLARE constraints.
        case constraints(DeclareModel)
        /// A log skeleton.
        case skeleton(LogSkeleton)
        /// A temporal profile.
        case times(TemporalProfile)
        /// Rules that people wrote.
        case rules(RulesFile)
    }

    /// What came of it.
    package enum Outcome: Sendable {
        /// Against a model.
        case model(ConformanceResult)
        /// Against constraints.
        case constraints(DeclareConformance)
        /// Against a log skeleton.
        case skeleton(LogSkeletonConformance)
        /// Against a temporal profile.
        case times(TemporalConformance)
        /// Against rules.
        case rules(RulesConformance)
    }

    /// The method and the norm do not go together.
    package struct MethodMismatch: Error, Equatable {
        /// The method.
        package let method: ConformanceMethod
        /// Whether the norm is no model with a beginning and an end: rules, constraints, times.
        package let isRules: Bool
    }

    /// ζ was given for a norm that tells no times.
    package struct ZetaMismatch: Error, Equatable {}

    /// How the log was compared.
    package let method: ConformanceMethod
    /// The name of the model's file.
    package let model: String
    /// What came of it.
    package let outcome: Outcome
    /// What the model says and the log shows; nil for rules, and where it was not told by alignments.
    package let activities: SaidAndSeen?
    /// What of the course of the model is not as BPMN 2.0 asks for.
    package let structure: [BPMNStructure.Finding]
    private let listsCases: Bool

    /// Compares a log.
    ///
    /// - Parameters:
    ///   - method: nil for alignments with a model, and rules with all else.
    ///   - zeta: from how many standard deviations on a time deviates from a temporal profile; nil for 3.
    ///   - structure: what of the course of the model is not as BPMN 2.0 asks for.
    ///   - listsCases: whether every case is listed.
    /// - Throws: ``MethodMismatch``, ``ZetaMismatch``, `CheckedNetError` where the net cannot be compared with a log, `RulesFile.Problem` where a condition does
    ///   not suit the log.
    package init(
        of log: EventLog, with norm: Norm, named model: String, method: ConformanceMethod?, zeta: Double? = nil,
        structure: [BPMNStructure.Finding] = [],
        listsCases: Bool,
        options: Conformance.AlignmentOptions,
        monitor: some WorkMonitor
    ) throws {
        self.model = model
        self.structure = structure
        self.listsCases = listsCases
        if zeta != nil {
            guard case .times = norm else { throw ZetaMismatch() }
        }
        let isNet = if case .net = norm { true } else { false }
        if !isNet, let method, method != .rules { throw MethodMismatch(method: method, isRules: true) }
        self.method = method ?? (isNet ? .alignment : .rules)
        var activities: SaidAndSeen?
        switch norm {
        case .net(let net):
            switch self.method {
            case .alignment:
                let alignments = try Alignments(of: log, on: net, options: options, monitor: monitor)
                outcome = .model(ConformanceResult(alignments, of: log, listsCases: listsCases))
                activities = SaidAndSeen(alignments)
            case .replay: outcome = .model(ConformanceResult(try TokenReplay(of: log, on: net), of: log, listsCases: listsCases))
            case .footprint:
                let footprints = try Footprints(of: log, on: net, options: options)
                outcome = .model(ConformanceResult(footprints, of: log, listsCases: listsCases))
            case .rules: throw MethodMismatch(method: .rules, isRules: false)
            }
        case .constraints(let constraints): outcome = .constraints(DeclareConformance(of: log, against: constraints))
        case .skeleton(let skeleton): outcome = .skeleton(LogSkeletonConformance(of: log, against: skeleton))
        case .times(let profile): outcome = .times(TemporalConformance(of: log, against: profile, zeta: zeta ?? 3))
        case .rules(let rules): outcome = .rules(try rules.check(log))
        }
        self.activities = activities
    }

    /// How much of the log the model or the rules allow.
    package var fitness: FitnessShares {
        switch outcome {
        case .model(let result): result.fitness
        case .constraints(let result): result.fitness
        case .skeleton(let result): result.fitness
        case .times(let result): result.fitness
        case .rules(let result): result.fitness
        }
    }

    private enum CodingKeys: String, CodingKey {
        case method, model, fitness, precision, generalization, simplicity, unknownActivities, rules, constraints, cases, activities
        case zeta, checked, deviating, unknown, pairs, deviations
        case structure
    }

    /// The keys that every method has, then those of its own; cases only where they were asked for.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(model, forKey: .model)
        if case .model(let result) = outcome {
            try result.encode(to: encoder)
            try container.encodeIfPresent(activities?.activities, forKey: .activities)
            if !structure.isEmpty { try container.encode(structure, forKey: .structure) }
            return
        }
        try container.encode(method, forKey: .method)
        try container.encode(fitness, forKey: .fitness)
        for key in [CodingKeys.precision, .generalization, .simplicity] { try container.encodeNil(forKey: key) }
        switch outcome {
        case .model: break
        case .constraints(let result):
            try container.encode(result.unknownActivities.map(\.name), forKey: .unknownActivities)
            try container.encode(result.constraints, forKey: .constraints)
            if listsCases { try container.encode(result.cases, forKey: .cases) }
        case .skeleton(let result):
            try container.encode(result.unknownActivities, forKey: .unknownActivities)
            try container.encode(result.deviations, forKey: .deviations)
            if listsCases { try container.encode(result.cases, forKey: .cases) }
        case .times(let result):
            try container.encode(result.unknownActivities.map(\.name), forKey: .unknownActivities)
            try container.encode(result.zeta, forKey: .zeta)
            try container.encode(result.checked, forKey: .checked)
            try container.encode(result.deviating, forKey: .deviating)
            try container.encode(result.unknown, forKey: .unknown)
            try container.encode(result.pairs, forKey: .pairs)
            try container.encode(result.deviations, forKey: .deviations)
            if listsCases { try container.encode(result.cases, forKey: .cases) }
        case .rules(let result):
            try container.encode(result.unknownActivities.map(\.name), forKey: .unknownActivities)
            try container.encode(result.rules, forKey: .rules)
            if listsCases { try container.encode(result.cases, forKey: .cases) }
        }
    }
}

/// A file that logs are held against: a model, or rules.
package enum NormFile: Sendable {
    /// A model.
    case model(ModelFile)
    /// Rules, their file with its checksum, and the calendar of limits in working time.
    case rules(RulesFile, Provenance.Input, WorkCalendars?)

    /// The file with its checksum.
    package var input: Provenance.Input {
        switch self {
        case .model(let file): file.input
        case .rules(_, let input, _): input
        }
    }

    /// What a log is compared with.
    ///
    /// - Throws: `ModelConversionError` where BPMN has more than a net can say.
    package func norm(for log: EventLog) throws(ModelConversionError) -> CheckConformance.Norm {
        switch self {
        case .model(let file): try file.norm(for: log)
        case .rules(let rules, _, _): .rules(rules)
        }
    }

    /// A log with its working time counted as rules need it: by their calendar where the log has none.
    func measured(_ log: EventLog) -> EventLog {
        guard case .rules(_, _, let calendars?) = self, log.clock.calendar == nil else { return log }
        return log.measured(by: calendars.site(orIn: .utc))
    }

    /// What of the course of a BPMN model is not as the standard asks for; empty for all other files.
    package var structure: [BPMNStructure.Finding] {
        guard case .model(let file) = self, case .bpmn(let document) = file.model else { return [] }
        return BPMNStructure(courseOf: document.model).findings
    }

    /// The model as BPMN, where it is one or can be said so.
    var bpmn: BPMNModel? {
        guard case .model(let file) = self else { return nil }
        switch file.model {
        case .bpmn(let document): return document.model
        case .net(let document): return try? BPMNModel(document.net)
        case .tree(let tree): return try? BPMNModel(tree, name: file.input.name)
        case .declare, .skeleton, .temporal: return nil
        }
    }
}

extension ModelFile {
    /// What a log is compared with.
    ///
    /// Of several processes the one that has most activities of the log counts. Events with a name are activities where the log has that name.
    ///
    /// - Throws: `ModelConversionError` where BPMN has more than a net can say.
    package func norm(for log: EventLog) throws(ModelConversionError) -> CheckConformance.Norm {
        switch model {
        case .net(let document): .net(document.net)
        case .tree(let tree): .net(PetriNet(tree))
        case .declare(let constraints): .constraints(constraints)
        case .skeleton(let skeleton): .skeleton(skeleton)
        case .temporal(let profile): .times(profile)
        case .bpmn(let document): .net(try Self.net(document.model, log))
        }
    }

    private static func net(_ model: BPMNModel, _ log: EventLog) throws(ModelConversionError) -> PetriNet {
        let known = Set(log.activities.strings)
        func shared(_ process: BPMNModel.Process) -> Int { Set(names(process)).intersection(known).count }
        var chosen = model.processes[0]
        for process in model.processes.dropFirst() where shared(process) > shared(chosen) { chosen = process }
        var options = PetriNet.BPMNOptions()
        options.eventsAreActivities = names(chosen, ofEvents: true).contains { known.contains($0) }
        return try PetriNet(chosen, options: options)
    }

    private static func names(_ process: BPMNModel.Process, ofEvents: Bool = false) -> [String] {
        process.nodes.flatMap { node in
            ((ofEvents ? node.isEvent : node.isTask || node.isEvent) ? [node.name ?? ""] : [])
                + (node.inner.map { names($0, ofEvents: ofEvents) } ?? [])
        }
    }
}
