import Conformance
import EventLogs
import Instants
import Performance
import ProcessModels
import Statistics

extension ReportBuilder {
    /// Something that could be said first, and how much it would tell.
    struct Candidate {
        /// The greater, the earlier it is said.
        var weight: Double
        var finding: ReportDocument.Finding
    }

    /// The three most telling findings, each of another kind.
    var findings: [ReportDocument.Finding] {
        let candidates = [
            vetoCandidate, forecastCandidate, comparisonCandidate, conformanceCandidate, bottleneckCandidate, unfinishedCandidate,
            batchCandidate,
            reworkCandidate,
            variantCandidate, cycleCandidate,
        ]
        let sorted = candidates.compactMap(\.self).enumerated().sorted { left, right in
            left.element.weight != right.element.weight ? left.element.weight > right.element.weight : left.offset < right.offset
        }
        return sorted.prefix(3).map(\.element.finding)
    }

    /// Data that does not bear the figures comes before all figures.
    private var vetoCandidate: Candidate? {
        guard let worst = dataFindings.first(where: { $0.severity == .error }) else { return nil }
        let events = input.before.log.eventCount + (input.after?.log.eventCount ?? 0)
        return Candidate(
            weight: 100,
            finding: .init(
                sentence: words.vetoFinding(FindingText(worst).message(words.language)), basis: words.eventBasis(events), picture: nil,
                section: "quality", cases: cases(with: worst.rule)))
    }

    /// How far the log keeps to what was given with it: who holds a log against a model asks that first.
    private var conformanceCandidate: Candidate? {
        let cases = input.before.log.caseCount
        guard let norm = input.norm, let share = norm.before.fitness.fittingShare else { return nil }
        let fitting = Int((share * Double(cases)).rounded())
        let interval = rateInterval(fitting, of: cases)
        return Candidate(
            weight: 82,
            finding: .init(
                sentence: words.ended(words.conformanceHeading(norm.name, norm.before.fitness, first: dearest(norm.before))),
                basis: words.shareBasis(fitting, of: cases, low: interval?.low, high: interval?.high),
                picture: pictures.miniShare(share, id: "conformance"), section: "conformance", cases: nil))
    }

    /// The biggest bottleneck: of the log after a change where there is one, for that is where time goes now.
    private var bottleneckCandidate: Candidate? {
        let analysed = input.after ?? input.before
        let performance = analysed.performance
        guard let worst = performance.bottlenecks.first, worst.totalS > 0 else { return nil }
        let (median, p90) = times(at: worst, in: performance)
        let cases = performance.cycleTime?.n ?? performance.cases
        let sentence = words.bottleneckFinding(
            place(worst), share: worst.shareOfCycleTime, total: worst.totalS, perCase: cases == 0 ? nil : worst.totalS / Double(cases),
            saved: worst.scoreS)
        return Candidate(
            weight: 80,
            finding: .init(
                sentence: input.after == nil ? sentence : words.afterTheChange(sentence),
                basis: words.bottleneckBasis(cases: worst.cases, of: performance.cases, count: worst.count, median: median, p90: p90),
                picture: worst.shareOfCycleTime.map { pictures.miniShare($0, id: "bottleneck") }, section: "bottlenecks",
                cases: .init(slowest: worst.slowest, filter: worst.filter)))
    }

    private var unfinishedCandidate: Candidate? {
        let performance = input.before.performance
        guard performance.cases > 0 else { return nil }
        let share = Double(performance.censored) / Double(performance.cases)
        guard share > 0.2 else { return nil }
        let interval = rateInterval(performance.censored, of: performance.cases)
        return Candidate(
            weight: 70,
            finding: .init(
                sentence: words.unfinishedFinding(performance.censored, share: share),
                basis: words.shareBasis(performance.censored, of: performance.cases, low: interval?.low, high: interval?.high),
                picture: pictures.miniShare(share, id: "unfinished"), section: "cycle-time", cases: unfinishedCases))
    }

    /// The unfinished cases: those that no end activity closes.
    private var unfinishedCases: ReportDocument.CaseList? {
        let ends = input.before.performance.endActivities
        if ends.isEmpty { return nil }
        let log = input.before.log
        let closing = Set(ends.compactMap { log.activities.find($0) })
        let open = (0..<log.caseCount).filter { position in
            let range = log.instanceRanges[position]
            return range.isEmpty || !closing.contains(log.instances.activity[range.upperBound - 1])
        }
        let filter = ends.map { "not ends(\(LogFilter.quoted($0)))" }.joined(separator: " and ")
        return .init(slowest: slowest(open, of: log), filter: filter)
    }

    /// The cases that a finding about their events concerns, where a filter can select them.
    private func cases(with rule: LogFinding.Rule) -> ReportDocument.CaseList? {
        let log = input.before.log
        let columns = log.columns
        let filter: String
        let isMeant: (Int) -> Bool
        switch rule {
        case .missingTime:
            filter = "timestamp is missing"
            isMeant = { columns.time[$0] == Instant.missing }
        case .missingActivity:
            guard let empty = columns.activity.vocabulary.find("") else { return nil }
            filter = "activity == ''"
            isMeant = { columns.activity.ids[$0] == empty }
        default: return nil
        }
        let meant = (0..<log.caseCount).filter { position in log.eventRanges[position].contains { isMeant(log.event(at: $0)) } }
        let timed = slowest(meant, of: log)
        return .init(slowest: timed.isEmpty ? meant.prefix(10).map { log.caseName($0) } : timed, filter: filter)
    }

    private var reworkCandidate: Candidate? {
        let rework = input.before.rework
        guard let share = rework.share, let worst = rework.activities.first else { return nil }
        let performance = input.before.performance
        let counted = performance.cases == 0 ? 0 : Int((Double(rework.cases) / share).rounded())
        let interval = rateInterval(rework.cases, of: counted)
        return Candidate(
            weight: share < 0.02 ? 20 : 50 + 20 * share,
            finding: .init(
                sentence: words.reworkFinding(share: share, activity: worst.name, cases: worst.cases, extra: worst.medianExtraS),
                basis: words.shareBasis(rework.cases, of: counted, low: interval?.low, high: interval?.high),
                picture: pictures.miniShare(share, id: "rework"), section: "rework",
                cases: .init(slowest: worst.slowest, filter: worst.filter)))
    }

    private func rateInterval(_ part: Int, of whole: Int) -> Interval? { Estimate.rate(successes: part, of: whole)?.ci95 }

    private var variantCandidate: Candidate? {
        let table = input.before.variants
        guard let coverage = coverage(table) else { return nil }
        let isEachItsOwn = table.total == table.cases && table.cases > 1
        let log = input.before.log
        let ranks = VariantIndex(of: log).rank
        let covered = ranks.indices.filter { ranks[$0] <= UInt32(coverage.first) }
        return Candidate(
            weight: 55,
            finding: .init(
                sentence: words.ended(
                    isEachItsOwn
                        ? words.allDifferentFinding(table.cases)
                        : words.variantFinding(coverage.first, of: table.total, share: coverage.share)),
                basis: words.nBasis(table.cases), picture: isEachItsOwn ? nil : pictures.miniShare(coverage.share, id: "variants"),
                section: "variants",
                cases: .init(slowest: slowest(covered, of: log), filter: "variant <= \(coverage.first)")))
    }

    private var cycleCandidate: Candidate? {
        let performance = input.before.performance
        guard let cycle = performance.cycleTime else { return nil }
        return Candidate(
            weight: 45,
            finding: .init(
                sentence: words.ended(words.cycleFinding(median: cycle.medianS, p90: cycle.p90S)),
                basis: words.cycleBasis(cases: cycle.n, unfinished: performance.censored, areIncluded: areUnfinishedIncluded),
                picture: pictures.miniDistribution(input.before.cycleTimes, id: "cycle"),
                section: "cycle-time",
                cases: longCases(input.before)))
    }
}
