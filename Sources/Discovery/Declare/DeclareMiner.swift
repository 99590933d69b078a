package import EventLogs
package import ProcessModels

/// How DECLARE constraints are learnt from a log.
package struct DeclareOptions: Sendable, Equatable {
    /// The least share of the cases that activate a constraint, and that hold each of its activities (``DeclareTemplate/absence`` excepted).
    package var leastSupport = 0.1
    /// The least share of the cases that activate a constraint in which it must hold.
    package var leastConfidence = 0.95
    /// The templates that are looked for.
    package var templates: Set<DeclareTemplate> = Set(DeclareTemplate.allCases)
    /// Whether constraints that others make redundant are left out (``DeclareModel/withoutRedundancy()``).
    package var isPruned = true
    /// The most activities that are looked at, those of the most cases first.
    package var mostActivities = 1_000

    /// The defaults.
    package init() {}
}

extension DeclareModel {
    /// The DECLARE constraints that hold in a log (Maggi, Bose, van der Aalst: "Efficient discovery of understandable declarative process
    /// models from event logs", CAiSE 2012, LNCS 7328, doi:10.1007/978-3-642-31095-9_18; Di Ciccio, Mecella 2015, doi:10.1145/2629447).
    ///
    /// ```swift
    /// let model = DeclareModel(discoveredIn: log)
    /// ```
    ///
    /// Support and confidence are shares of cases: a constraint is activated in a case by its template's
    /// ``DeclareTemplate/activation-swift.property``, holds there or not as a whole, and a case that does not activate it says nothing for it.
    /// Constraints between an activity and itself are not looked for.
    ///
    /// - Complexity: every variant is read once: O(length · distinct activities + distinct²) for each, and O(activities²) memory.
    package init(discoveredIn log: EventLog, options: DeclareOptions = DeclareOptions()) {
        self.init(discoveredIn: VariantIndex(of: log), names: log.activities, options: options)
    }

    /// The DECLARE constraints that hold in a log whose variants are known.
    ///
    /// - Parameter vocabulary: what the numbers in the variants stand for.
    package init(discoveredIn variants: VariantIndex, names vocabulary: Vocabulary, options: DeclareOptions = DeclareOptions()) {
        let counts = DeclareCounts(variants, vocabulary, most: options.mostActivities)
        let names = counts.activities.map { vocabulary[$0] }
        let cases = variants.counts.reduce(0, +)
        let least = options.leastSupport * Double(cases)
        var found: [DeclareConstraint] = []
        for template in DeclareTemplate.allCases where options.templates.contains(template) {
            func keep(_ tally: DeclareCounts.Tally, _ own: [Int]) {
                guard tally.activated > 0, Double(tally.activated) >= least else { return }
                if template != .absence && own.contains(where: { Double(counts.holders[$0]) < least }) { return }
                if Double(tally.satisfied) < options.leastConfidence * Double(tally.activated) { return }
                found.append(
                    DeclareConstraint(
                        template, own.map { names[$0] }, activated: Int(tally.activated), satisfied: Int(tally.satisfied), cases: cases))
            }
            for first in names.indices {
                if template.arity == 1 {
                    keep(counts.tally(template, first), [first])
                    continue
                }
                for second in names.indices where template.isSymmetric ? first < second : first != second {
                    keep(counts.tally(template, first, second), [first, second])
                }
            }
        }
        let model = DeclareModel(found, cases: cases, omitted: counts.omitted.map { vocabulary[$0] })
        self = options.isPruned ? model.withoutRedundancy() : model
    }
}
