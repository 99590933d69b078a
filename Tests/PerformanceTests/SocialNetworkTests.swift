import EventLogs
import Performance
import ProcessModels
import Statistics
import TestSupport
import Testing

/// Handover of work, working together and subcontracting.
@Suite struct SocialNetworkTests {
    /// Seeded cases of resources, some of which are missing.
    private struct Cases {
        var resources: [UInt32] = []
        var ranges: [Range<Int>] = []

        init(seed: UInt64, count: Int, size: Int, missing: Double = 0.1, longest: Int = 12) {
            var stream = RandomStream(seed: seed, path: 31)
            for _ in 0..<count {
                let first = resources.count
                for _ in 0..<stream.index(below: longest + 1) {
                    resources.append(stream.unit() < missing ? Vocabulary.missing : UInt32(stream.index(below: size)))
                }
                ranges.append(first..<resources.count)
            }
        }

        var lists: [[UInt32]] { ranges.map { Array(resources[$0]) } }
    }

    private static func count(_ pairs: [[UInt32]]) -> [[UInt32]: Int] {
        pairs.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }

    private func check(_ counts: PairCounts, _ expected: [[UInt32]: Int]) {
        #expect(Dictionary(uniqueKeysWithValues: counts.pairs.map { ([$0.source, $0.target], $0.count) }) == expected)
        let keys = counts.pairs.map { UInt64($0.source) << 32 | UInt64($0.target) }
        #expect(zip(keys, keys.dropFirst()).allSatisfy { $0 < $1 })
        #expect(counts.total == expected.values.reduce(0, +))
        for (pair, count) in expected { #expect(counts[pair[0], pair[1]] == count) }
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64], [true, false])
    func countsEqualASlowReference(seed: UInt64, dense: Bool) {
        let size = [2, 5, 40, 3_000][Int(seed) - 1]
        let cases = Cases(seed: seed, count: 300, size: size)
        let known: ([UInt32]) -> Bool = { $0.allSatisfy { $0 != Vocabulary.missing } }
        cases.resources.withUnsafeBufferPointer { buffer in
            let handed = cases.lists.flatMap { list in zip(list, list.dropFirst()).map { [$0, $1] } }.filter(known)
            check(HandoverOfWork.counts(resources: buffer, cases: cases.ranges, size: size, dense: dense), Self.count(handed))
            let together = cases.lists.flatMap { list -> [[UInt32]] in
                let people = Set(list.filter { $0 != Vocabulary.missing }).sorted()
                return people.indices.flatMap { one in people[(one + 1)...].map { [people[one], $0] } }
            }
            check(WorkingTogether.counts(resources: buffer, cases: cases.ranges, size: size, dense: dense), Self.count(together))
            let given = cases.lists.flatMap { list in
                list.indices.dropFirst(2).filter { list[$0] == list[$0 - 2] && list[$0] != list[$0 - 1] }.map { [list[$0], list[$0 - 1]] }
            }.filter(known)
            check(Subcontracting.counts(resources: buffer, cases: cases.ranges, size: size, dense: dense), Self.count(given))
        }
    }

    @Test func aLogWithoutResourcesHasNoPairs() {
        let log = EventLog.tiny([("1", [TinyEvent("A", end: 1), TinyEvent("B", end: 2)])])
        #expect(HandoverOfWork.counts(of: log).pairs.isEmpty)
        #expect(WorkingTogether.counts(of: log).pairs.isEmpty)
        #expect(Subcontracting.counts(of: log).pairs.isEmpty)
    }

    @Test func aViewCountsItsOwnCases() {
        let log = EventLog.tiny([
            ("1", [TinyEvent("A", end: 1, by: "x"), TinyEvent("B", end: 2, by: "y"), TinyEvent("A", end: 3, by: "x")]),
            ("2", [TinyEvent("A", end: 1, by: "y"), TinyEvent("B", end: 2, by: "y")]),
        ])
        #expect(HandoverOfWork.counts(of: log).total == 3)
        #expect(Subcontracting.counts(of: log).pairs == [PairCounts.Pair(source: 0, target: 1, count: 1)])
        let view = log.selecting(cases: [1])
        #expect(HandoverOfWork.counts(of: view).pairs == [PairCounts.Pair(source: 1, target: 1, count: 1)])
        #expect(WorkingTogether.counts(of: view).pairs.isEmpty)
    }
}
