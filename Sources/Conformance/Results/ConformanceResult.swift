package import EventLogs

/// How a log was compared with a model.
package enum ConformanceMethod: String, Codable, Sendable, CaseIterable {
    /// Token by token.
    case replay
    /// By optimal alignments.
    case alignment
    /// By which activity comes directly after which.
    case footprint
    /// By rules that people wrote.
    case rules
}

/// How far a log departs from a model: shares, deviations by the time they cost, and the cases.
package struct ConformanceResult: Codable, Sendable, Equatable {
    /// One case.
    package struct Case: Codable, Sendable, Equatable {
        /// Its name.
        package var `case`: String
        /// Its fitness, 0…1.
        package var fitness: Double
        /// Alignments: what it costs to make log and model meet, one per inserted and skipped activity. Replay: missing and remaining tokens.
        package var cost: Int
        /// What is proven to be the least cost; below ``cost`` only where the search was stopped. Nil where the method has no such thing.
        package var lowerBound: Int?
        /// The rank of its variant.
        package var variant: Int
        /// The activities that the model does not allow where they came, in order; nil where the method does not tell.
        package var inserted: [String]?
        /// The activities that the model asks for and that are not there, in order; nil where the method does not tell.
        package var skipped: [String]?
        /// Its tokens, with replay alone.
        package var tokens: TokenCounts?
    }

    /// How the comparison was made.
    package var method: ConformanceMethod
    /// How many cases there are.
    package var caseCount: Int
    /// How many variants there are.
    package var variants: Int
    /// How much of the log the model allows.
    package var fitness: FitnessShares
    /// How much of what the model allows the log shows; nil where it was not asked for or the log has nothing to tell.
    package var precision: Double?
    /// How likely the model is to hold for what was not seen yet; nil where it was not asked for.
    package var generalization: Double?
    /// How few arcs the net has for its nodes; nil where there is no net.
    package var simplicity: Double?
    /// The activities of the log that the model does not know, by the UTF-8 bytes of their names.
    package var unknownActivities: [String]
    /// What all cases cost together; nil where the method has no cost.
    package var totalCost: Int?
    /// Variants whose cost is not proven to be the least: the search was stopped at its limit.
    package var unproven: Int?
    /// What departs from the model, with alignments: by the time it costs.
    package var deviations: [Deviation]
    /// What the net allows and the log never shows: the 20 edges of the largest weight; nil where the method does not tell.
    package var escapingEdges: [EscapingEdges.Edge]?
    /// The tokens of all cases, with replay alone.
    package var tokens: TokenCounts?
    /// Where tokens were missing or remained, with replay alone.
    package var places: [TokenReplay.Place]?
    /// Which activities the net was not ready for, with replay alone.
    package var activities: [TokenReplay.Activity]?
    /// Which relations of activities differ, with footprints alone.
    package var footprints: FootprintComparison?
    /// The cases in the order of the log, where asked for.
    package var cases: [Case]?

    /// A result.
    package init(
        method: ConformanceMethod, caseCount: Int, variants: Int, fitness: FitnessShares, unknownActivities: [String],
        deviations: [Deviation] = []
    ) {
        self.method = method
        self.caseCount = caseCount
        self.variants = variants
        self.fitness = fitness
        self.unknownActivities = unknownActivities
        self.deviations = deviations
    }
}

extension ConformanceResult {
    private static let mostEdges = 20

    /// Writes the shares that every method could tell even where they are unknown: as null.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(method, forKey: .method)
        try container.encode(caseCount, forKey: .caseCount)
        try container.encode(variants, forKey: .variants)
        try container.encode(fitness, forKey: .fitness)
        try container.encode(precision, forKey: .precision)
        try container.encode(generalization, forKey: .generalization)
        try container.encode(simplicity, forKey: .simplicity)
        try container.encode(unknownActivities, forKey: .unknownActivities)
        try container.encodeIfPresent(totalCost, forKey: .totalCost)
        try container.encodeIfPresent(unproven, forKey: .unproven)
        try container.encode(deviations, forKey: .deviations)
        try container.encodeIfPresent(escapingEdges, forKey: .escapingEdges)
        try container.encodeIfPresent(footprints, forKey: .footprints)
        try container.encodeIfPresent(tokens, forKey: .tokens)
        try container.encodeIfPresent(places, forKey: .places)
        try container.encodeIfPresent(activities, forKey: .activities)
        try container.encodeIfPresent(cases, forKey: .cases)
    }

    /// What alignments tell without the times of a log: no deviations, and no cases.
    init(_ alignments: Alignments) {
        self.init(
            method: .alignment, caseCount: alignments.variants.counts.reduce(0, +), variants: alignments.variants.count,
            fitness: alignments.fitness, unknownActivities: alignments.net.unknownActivities)
        totalCost = alignments.totalCost
        unproven = alignments.unproven
        let edges = EscapingEdges(of: alignments)
        precision = edges.precision
        escapingEdges = Array(edges.edges.prefix(Self.mostEdges))
        generalization = alignments.generalization
        simplicity = alignments.net.simplicity
    }

    /// What alignments tell of a log.
    ///
    /// - Parameter listsCases: whether every case is listed.
    package init(_ alignments: Alignments, of log: EventLog, listsCases: Bool = false) {
        self.init(alignments)
        deviations = Deviation.all(of: alignments, in: log)
        if !listsCases { return }
        let names = alignments.net.activities
        let lists = alignments.alignments.map { alignment in
            func activities(_ kind: Alignment.Kind) -> [String] {
                alignment.moves.filter { $0.kind == kind }.map { names[Int($0.activity)] }
            }
            return (inserted: activities(.inserted), skipped: activities(.skipped))
        }
        cases = (0..<log.caseCount).map { position in
            let rank = Int(alignments.variants.rank[position])
            let alignment = alignments.alignments[rank - 1]
            return Case(
                case: log.caseName(position), fitness: alignments.fitness(ofRank: rank), cost: alignment.cost,
                lowerBound: alignment.lowerBound, variant: rank, inserted: lists[rank - 1].inserted, skipped: lists[rank - 1].skipped)
        }
    }

    /// What replay tells, without cases.
    init(_ replay: TokenReplay) {
        self.init(
            method: .replay, caseCount: replay.variants.counts.reduce(0, +), variants: replay.variants.count, fitness: replay.fitness,
            unknownActivities: replay.net.unknownActivities)
        tokens = replay.tokens
        places = replay.places
        activities = replay.activities
        let edges = EscapingEdges(of: replay)
        precision = edges.precision
        escapingEdges = Array(edges.edges.prefix(Self.mostEdges))
        generalization = replay.generalization
        simplicity = replay.net.simplicity
    }

    /// What replay tells of a log.
    ///
    /// - Parameter listsCases: whether every case is listed.
    package init(_ replay: TokenReplay, of log: EventLog, listsCases: Bool = false) {
        self.init(replay)
        if !listsCases { return }
        cases = (0..<log.caseCount).map { position in
            let result = replay.result(ofCase: position)
            return Case(
                case: log.caseName(position), fitness: result.tokens.fitness, cost: result.tokens.missing + result.tokens.remaining,
                variant: Int(replay.variants.rank[position]), tokens: result.tokens)
        }
    }
}
