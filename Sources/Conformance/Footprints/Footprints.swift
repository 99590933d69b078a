package import EventLogs
package import ProcessModels

/// The footprints of a log and of a net, side by side.
///
/// Fitness counts steps: each case has a step into its first activity, one between each two neighbours and one out of its last; those that
/// the net has, too, fit. Precision is the share of the net's steps (each counted once) that the log shows.
package struct Footprints: Sendable {
    /// The log's, over the activities of both.
    package let log: Footprint
    /// The net's, over the activities of both.
    package let model: Footprint
    /// The variants of the log.
    package let variants: VariantIndex
    /// The activities that the net does not know.
    package let unknownActivities: [String]
    /// How much of the log the net allows.
    package let fitness: FitnessShares
    /// The share of the net's steps that the log shows; nil where the net has none.
    package let precision: Double?
    /// Steps of each variant, by rank − 1, and how many of them do not fit.
    package let steps: [(all: Int, departing: Int)]

    /// The footprints of a log and a net.
    ///
    /// - Throws: ``CheckedNetError`` where the net cannot be compared with a log, or has more than 10 × ``AlignmentOptions/stateLimit`` markings.
    package init(of log: EventLog, on net: PetriNet, options: AlignmentOptions = AlignmentOptions()) throws(CheckedNetError) {
        let checked = try CheckedNet(net, for: log)
        self.init(log, checked, try Footprint(of: checked, limit: 10 * options.stateLimit))
    }

    /// The footprints of a log and a process tree, of any size.
    ///
    /// - Throws: ``CheckedNetError`` where the tree moves more tokens than can be counted.
    package init(of log: EventLog, on tree: ProcessTree) throws(CheckedNetError) {
        let checked = try CheckedNet(PetriNet(tree), for: log)
        var names: [String: UInt32] = [:]
        for (number, name) in checked.activities.enumerated() { names[name] = UInt32(number) }
        self.init(log, checked, Footprint(of: tree, names: names))
    }

    private init(_ log: EventLog, _ checked: CheckedNet, _ model: Footprint) {
        let own = Footprint(of: log, over: checked)
        let variants = VariantIndex(of: log)
        var place = [Int](repeating: 0, count: checked.activities.count)
        let numbers = Dictionary(uniqueKeysWithValues: model.activities.enumerated().map { ($1, $0) })
        for (number, name) in checked.activities.enumerated() { place[number] = numbers[name] ?? 0 }
        let count = model.activities.count
        var steps: [(all: Int, departing: Int)] = []
        for rank in 1..<(variants.count + 1) {
            let trace = variants.activities(ofRank: rank).map { place[Int($0)] }
            guard let first = trace.first, let last = trace.last else {
                steps.append((0, 0))
                continue
            }
            var departing = (model.starts[first] ? 0 : 1) + (model.ends[last] ? 0 : 1)
            for (one, two) in zip(trace, trace.dropFirst()) where !model.follows[one * count + two] { departing += 1 }
            steps.append((trace.count + 1, departing))
        }
        self.log = own
        self.model = model
        self.variants = variants
        self.steps = steps
        unknownActivities = checked.unknownActivities
        fitness = Self.shares(steps, variants)
        var shown = 0
        var all = 0
        for (mine, theirs) in [(own.follows, model.follows), (own.starts, model.starts), (own.ends, model.ends)] {
            for (isShown, isAllowed) in zip(mine, theirs) where isAllowed {
                all += 1
                if isShown { shown += 1 }
            }
        }
        precision = all == 0 ? nil : Double(shown) / Double(all)
    }

    private static func shares(_ steps: [(all: Int, departing: Int)], _ variants: VariantIndex) -> FitnessShares {
        var (cases, fitting, all, departing) = (0, 0, 0, 0)
        var sum = 0.0
        for (own, count) in zip(steps, variants.counts) {
            cases += count
            all += own.all * count
            departing += own.departing * count
            if own.departing == 0 { fitting += count }
            sum += Alignments.fitness(own.departing, own.all) * Double(count)
        }
        if cases == 0 { return FitnessShares(log: nil, averageTrace: nil, fittingShare: nil) }
        return FitnessShares(
            log: Alignments.fitness(departing, all), averageTrace: sum / Double(cases),
            fittingShare: Double(fitting) / Double(cases))
    }
}

/// Where two footprints differ.
package struct FootprintComparison: Codable, Sendable, Equatable {
    /// Two activities that stand to each other one way in the log and another in the model.
    package struct Difference: Codable, Sendable, Equatable {
        /// The one that comes first by the UTF-8 bytes of its name.
        package var first: String
        /// The other one; the same where it is about an activity directly after itself.
        package var second: String
        /// In the log.
        package var log: Footprint.Relation
        /// In the model.
        package var model: Footprint.Relation
    }

    /// The pairs that differ, by name.
    package let differences: [Difference]
    /// The share of all pairs that are the same; nil where there are no activities.
    package let agreement: Double?

    /// The comparison of two footprints over the same activities.
    init(_ footprints: Footprints) {
        let names = footprints.log.activities
        var differences: [Difference] = []
        for first in names.indices {
            for second in first..<names.count {
                let (one, two) = (footprints.log.relation(first, second), footprints.model.relation(first, second))
                if one != two { differences.append(Difference(first: names[first], second: names[second], log: one, model: two)) }
            }
        }
        let pairs = names.count * (names.count + 1) / 2
        self.differences = differences
        agreement = pairs == 0 ? nil : 1 - Double(differences.count) / Double(pairs)
    }
}

extension ConformanceResult {
    /// What footprints tell of a log.
    ///
    /// - Parameter listsCases: whether every case is listed; its cost are its steps that do not fit.
    package init(_ footprints: Footprints, of log: EventLog, listsCases: Bool = false) {
        self.init(
            method: .footprint, caseCount: log.caseCount, variants: footprints.variants.count, fitness: footprints.fitness,
            unknownActivities: footprints.unknownActivities)
        precision = footprints.precision
        self.footprints = FootprintComparison(footprints)
        if !listsCases { return }
        cases = (0..<log.caseCount).map { position in
            let rank = Int(footprints.variants.rank[position])
            let own = footprints.steps[rank - 1]
            return Case(
                case: log.caseName(position), fitness: Alignments.fitness(own.departing, own.all), cost: own.departing, variant: rank)
        }
    }
}
