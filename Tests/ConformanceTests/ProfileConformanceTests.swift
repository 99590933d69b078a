import Conformance
import EventLogs
import ProcessModels
import TestSupport
import Testing

@Suite struct LogSkeletonConformanceTests {
    private static let skeleton = LogSkeleton(
        [
            .equivalence: [["a", "d"]], .alwaysAfter: [["a", "d"]], .alwaysBefore: [["d", "a"]], .neverTogether: [["b", "c"]],
            .directlyFollows: [["b", "d"]],
        ],
        occurrences: [("a", [1]), ("b", [0, 1]), ("c", [0, 1, 2]), ("d", [1])].map { .init(activity: $0.0, counts: $0.1) })

    private func broken(_ word: String) -> [String] {
        let result = LogSkeletonConformance(of: .words([word: 1]), against: Self.skeleton)
        return result.cases[0].deviations.map { "\($0.relation) \($0.activities.joined())" }
    }

    @Test("Each case tells what it breaks")
    func cases() {
        #expect(broken("abd") == [] && broken("accd") == [])
        #expect(broken("abcd") == ["never_together bc", "directly_follows bd"])
        #expect(broken("da") == ["always_after ad", "always_before da"])
        #expect(broken("aad") == ["equivalence ad", "occurrences a"])
        #expect(broken("axd") == ["unknown_activity x"])
    }

    @Test("Fitness is the share of what is said that holds")
    func fitness() {
        let log = EventLog.words(["abd": 3, "ad": 1, "aad": 1])
        let result = LogSkeletonConformance(of: log, against: Self.skeleton)
        // Of abd 9 things are said, of ad and aad 7, as nothing is said of what never comes together where neither comes.
        #expect(result.fitness.log == 1 - 2.0 / 41 && result.fitness.fittingShare == 0.8 && result.cases[4].fitness == 1 - 2.0 / 7)
        #expect(result.deviations.map(\.cases) == [1, 1] && result.unknownActivities == [])
    }
}

@Suite struct TemporalConformanceTests {
    private static let profile = TemporalProfile(pairs: [
        .init(source: "a", target: "b", count: 20, meanS: 100, stdS: 10), .init(source: "a", target: "c", count: 2, meanS: 50, stdS: 0),
        .init(source: "b", target: "c", count: 1, meanS: 5, stdS: nil),
    ])

    @Test("Times beyond the threshold deviate; what was never measured, or once, is unknown")
    func deviations() {
        let log = EventLog.tiny([
            ("usual", [TinyEvent("a", end: 0), TinyEvent("b", end: 129)]), ("late", [TinyEvent("a", end: 0), TinyEvent("b", end: 135)]),
            ("early", [TinyEvent("a", end: 0), TinyEvent("c", end: 50), TinyEvent("b", end: 60)]),
            ("constant", [TinyEvent("a", end: 0), TinyEvent("c", end: 51)]),
            ("unknown", [TinyEvent("b", end: 0), TinyEvent("c", end: 500), TinyEvent("a", end: 600)]),
        ])
        let result = TemporalConformance(of: log, against: Self.profile)
        #expect(result.checked == 5 && result.deviating == 3 && result.deviatingCases == 3 && result.fitness.fittingShare == 0.4)
        #expect(result.deviations.map(\.caseName) == ["late", "early", "constant"])
        #expect(result.deviations.map(\.deviations) == [3.5, 4, nil] && result.deviations.map(\.timeS) == [135, 60, 51])
        #expect(result.deviations[1].sourceRow == 5 && result.deviations[1].targetRow == 7)
        // c to b, b to c (measured once), b to a, c to a.
        #expect(result.unknown == 4)
        #expect(
            result.pairs.map(\.target) == ["b", "c"] && result.pairs.map(\.deviating) == [2, 1] && result.pairs.map(\.checked) == [3, 2])
        #expect(TemporalConformance(of: log, against: Self.profile, listing: 1).deviations.count == 1)
        #expect(result.cases.map(\.fitness) == [1, 0, 0.5, 0, nil] && result.fitness.log == 0.4 && result.zeta == 3)
        #expect(TemporalConformance(of: log, against: Self.profile, zeta: 3.6).cases.map(\.deviating) == [0, 0, 1, 1, 0])
    }

    @Test("Equal times do not deviate from a mean of which a file kept nine digits")
    func digits() {
        let log = EventLog.tiny([("one", [TinyEvent("a", end: 0), TinyEvent("b", end: 123_456_789_123)])])
        for (mean, isKept) in [(123_456_789_000.0, true), (123_456_780_000, false)] {
            let profile = TemporalProfile(pairs: [.init(source: "a", target: "b", count: 9, meanS: mean, stdS: 0)])
            #expect((TemporalConformance(of: log, against: profile).deviating == 0) == isKept)
        }
    }

    @Test("Names that the log lacks are told, with the nearest that it has")
    func unknown() {
        let log = EventLog.tiny([("one", [TinyEvent("approve", end: 0), TinyEvent("b", end: 9)])])
        let profile = TemporalProfile(pairs: [.init(source: "aprove", target: "b", count: 9, meanS: 9, stdS: 1)])
        let result = TemporalConformance(of: log, against: profile)
        #expect(result.unknownActivities.map(\.name) == ["aprove"] && result.unknownActivities[0].nearest == "approve")
        #expect(result.checked == 0 && result.unknown == 1 && result.fitness.log == nil && result.fitness.fittingShare == 1)
    }
}
