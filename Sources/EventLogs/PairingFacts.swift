/// What deriving activity instances met: figures that add up over the pieces of a log.
package struct PairingFacts: Sendable {
    /// How often something was met, and the first five places.
    package struct Tally: Sendable {
        /// How often.
        package var count = 0
        /// The first five.
        package var examples: [LogFinding.Example] = []

        /// So many with these examples.
        package init(count: Int = 0, examples: [LogFinding.Example] = []) {
            self.count = count
            self.examples = examples
        }

        /// Counts one more.
        package mutating func add(_ example: () -> LogFinding.Example) {
            count += 1
            if examples.count < 5 { examples.append(example()) }
        }

        /// Adds what stands behind.
        package mutating func add(_ later: Tally) {
            count += later.count
            examples += later.examples.prefix(5 - examples.count)
        }
    }

    /// Whether an event starts or completes an instance.
    package var isStandard = false
    /// Whether every event was taken for an instance because none does.
    package var isNonstandard = false
    /// Whether starts were paired with completions.
    var isPaired = false
    /// Whether the start of any instance is known.
    var knowsStarts = false
    /// Instances that were started and never completed.
    var open = Tally()
    /// Completions without a start.
    var unpaired = Tally()
    /// Starts after their completion.
    var reversed = Tally()
    /// Events of a log without any start and completion.
    var nonstandard = Tally()
    /// Events whose transition neither starts nor ends an instance.
    var ignored = 0
    /// Their transitions.
    var ignoredNames: Set<String> = []

    /// Nothing met.
    package init() {}

    /// Adds what was met in cases that follow.
    package mutating func add(_ later: PairingFacts) {
        isStandard = isStandard || later.isStandard
        isNonstandard = isNonstandard || later.isNonstandard
        isPaired = isPaired || later.isPaired
        knowsStarts = knowsStarts || later.knowsStarts
        open.add(later.open)
        unpaired.add(later.unpaired)
        reversed.add(later.reversed)
        let known = Set(nonstandard.examples.compactMap(\.text))
        nonstandard.count += later.nonstandard.count
        nonstandard.examples += later.nonstandard.examples.filter { !known.contains($0.text ?? "") }.prefix(5 - nonstandard.examples.count)
        ignored += later.ignored
        ignoredNames.formUnion(later.ignoredNames)
    }

    /// The findings about all cases.
    package var findings: [LogFinding] {
        var findings: [LogFinding] = []
        if open.count > 0 { findings.append(LogFinding(.openInstance, .warning, count: open.count, examples: open.examples)) }
        if isPaired && unpaired.count > 0 && knowsStarts {
            findings.append(LogFinding(.unpairedCompletion, .warning, count: unpaired.count, examples: unpaired.examples))
        }
        if ignored > 0 {
            let names = ignoredNames.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            findings.append(LogFinding(.lifecycleIgnored, .info, count: ignored, examples: names.map { .text($0) }))
        }
        if reversed.count > 0 {
            findings.append(LogFinding(.startAfterCompletion, .warning, count: reversed.count, examples: reversed.examples))
        }
        if isNonstandard {
            findings.append(LogFinding(.lifecycleNonstandard, .warning, count: nonstandard.count, examples: nonstandard.examples))
        }
        return findings
    }
}
