import Conformance
import Discovery
import EventLogs
import Foundation
import ProcessModels
import TestSupport
import Testing

@Suite struct LogSkeletonTests {
    @Test("Every relation is there just where a plain look at all traces finds it", arguments: [UInt64(1), 2, 3])
    func plain(seed: UInt64) {
        for words in [6, 60] {
            let log = EventLog.random(seed: seed, cases: words, activities: 5, longest: 6, withStarts: false)
            let names = log.activities.strings
            let traces = log.instanceRanges.map { $0.map { names[Int(log.instances.activity[$0])] } }
            let skeleton = LogSkeleton(discoveredIn: log)
            for a in names {
                for b in names where a != b {
                    func count(_ name: String, _ trace: [String]) -> Int { trace.count { $0 == name } }
                    let holding = traces.filter { $0.contains(a) }
                    let isAfter = holding.allSatisfy { $0.lastIndex(of: a)! < $0.lastIndex(of: b) ?? -1 }
                    let isBefore = holding.allSatisfy { $0.firstIndex(of: b) ?? .max < $0.firstIndex(of: a)! }
                    let isNext = holding.allSatisfy { trace in
                        trace.indices.allSatisfy { trace[$0] != a || $0 + 1 < trace.count && trace[$0 + 1] == b }
                    }
                    #expect(skeleton.alwaysAfter.contains([a, b]) == isAfter && skeleton.alwaysBefore.contains([a, b]) == isBefore)
                    #expect(skeleton.directlyFollows.contains([a, b]) == isNext)
                    if a > b { continue }
                    #expect(skeleton.equivalence.contains([a, b]) == traces.allSatisfy { count(a, $0) == count(b, $0) })
                    #expect(skeleton.neverTogether.contains([a, b]) == !traces.contains { $0.contains(a) && $0.contains(b) })
                }
            }
            for occurrences in skeleton.occurrences {
                #expect(occurrences.counts == Set(traces.map { trace in trace.count { $0 == occurrences.activity } }).sorted())
            }
        }
    }

    @Test("With noise a relation may fail in that share of the cases")
    func noise() {
        let log = EventLog.words(["ab": 90, "a": 6, "aab": 4])
        var options = LogSkeletonOptions()
        #expect(LogSkeleton(discoveredIn: log, options: options).alwaysAfter.isEmpty)
        options.noise = 0.06
        #expect(LogSkeleton(discoveredIn: log, options: options).alwaysAfter == [["a", "b"]])
        #expect(LogSkeleton(discoveredIn: log, options: options).occurrences.map(\.counts) == [[1], [1]])
        #expect(LogSkeleton(discoveredIn: log, options: options).equivalence.isEmpty)
        options.noise = 0.1
        #expect(LogSkeleton(discoveredIn: log, options: options).equivalence == [["a", "b"]])
    }

    @Test("A skeleton is read back from its JSON")
    func json() throws {
        let skeleton = LogSkeleton(discoveredIn: .words(["abc": 3, "acb": 2]))
        let text = try JSONEncoder().encode(skeleton)
        #expect(try JSONDecoder().decode(LogSkeleton.self, from: text) == skeleton)
        let broken = String(decoding: text, as: UTF8.self).replacing("[\"a\",\"b\"]", with: "[\"a\"]")
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(LogSkeleton.self, from: Data(broken.utf8)) }
    }
}

/// Skeletons and temporal profiles against those of PM4Py 2.7.23.
///
/// PM4Py gives equivalence by direction, over the cases that hold the first activity; both directions are what the paper, and this, calls so. Where
/// activities repeat it asks more of always after and always before than the paper; its pairs are then among these, and the same in the cases
/// without repetition. A pair that comes once has standard deviation 0 there and none here.
@Suite(
    .enabled(
        if: SharedData.isThere && PM4Py.isThere,
        "the shared data is absent, or PM4PY_PYTHON names no Python with pm4py installed"))
struct ProfileOracleTests {
    private static let program = """
        log = pm4py.read_xes(path)
        repeats = log.duplicated(['case:concept:name', 'concept:name'], keep=False)
        once = log[~log['case:concept:name'].isin(log.loc[repeats, 'case:concept:name'])]
        for word, part in (('all', log), ('once', once)):
            skeleton = pm4py.discover_log_skeleton(part, noise_threshold=0.0)
            for relation, pairs in skeleton.items():
                if relation == 'activ_freq':
                    for activity, counts in pairs.items():
                        row(word + ' ' + relation, activity, ' '.join(str(n) for n in sorted(counts)))
                else:
                    for a, b in pairs:
                        row(word + ' ' + relation, a, b)
        profile = pm4py.discover_temporal_profile(log)
        for (a, b), (mean, deviation) in profile.items():
            row('temporal', a, b, repr(float(mean)), repr(float(deviation)))
        for zeta in (1, 3):
            for case in pm4py.conformance_temporal_profile(log, profile, zeta=zeta):
                row('deviations ' + str(zeta), len(case))
        """

    @Test(
        "Every relation, count, mean and standard deviation is PM4Py's",
        arguments: PeerLog.all)
    func equalsPM4Py(file: PeerLog) throws {
        let log = try file.read()
        var lines: [String: [[String]]] = [:]
        for parts in try PM4Py.rows(Self.program, about: file.url.path) { lines[parts[0], default: []].append(Array(parts[1...])) }
        let once = log.selecting(
            cases: (0..<log.caseCount).filter { position in
                let own = log.instances.activity[log.instanceRanges[position]]
                return Set(own).count == own.count
            })
        #expect(once.caseCount > 3)
        for (word, part) in [("all", log), ("once", once)] {
            let skeleton = LogSkeleton(discoveredIn: part)
            func theirs(_ relation: String) -> Set<[String]> { Set(lines["\(word) \(relation)"] ?? []) }
            let isOnce = word == "once"
            #expect(
                isOnce ? Set(skeleton.alwaysAfter) == theirs("always_after") : theirs("always_after").isSubset(of: skeleton.alwaysAfter))
            #expect(
                isOnce ? Set(skeleton.alwaysBefore) == theirs("always_before") : theirs("always_before").isSubset(of: skeleton.alwaysBefore)
            )
            #expect(Set(skeleton.directlyFollows) == theirs("directly_follows"))
            #expect(Set(skeleton.neverTogether.flatMap { [$0, $0.reversed()] }) == theirs("never_together"))
            let equivalent = theirs("equivalence")
            #expect(Set(skeleton.equivalence.flatMap { [$0, $0.reversed()] }) == equivalent.filter { equivalent.contains($0.reversed()) })
            let frequencies = Set(skeleton.occurrences.map { [$0.activity, $0.counts.map(String.init).joined(separator: " ")] })
            #expect(frequencies == theirs("activ_freq"))
        }
        let profile = TemporalProfile(discoveredIn: log)
        let theirs = lines["temporal"] ?? []
        #expect(theirs.count == profile.pairs.count && theirs.count > 10)
        var known: [[String]: TemporalProfile.Pair] = [:]
        for pair in profile.pairs { known[[pair.source, pair.target]] = pair }
        for line in theirs {
            let own = try #require(known[Array(line[0...1])], "\(line)")
            let (mean, deviation) = (try #require(Double(line[2])), try #require(Double(line[3])))
            #expect(
                abs(own.meanS - mean) <= 1e-6 * max(1, abs(mean)) && abs((own.stdS ?? 0) - deviation) <= 1e-6 * max(1, deviation), "\(line)"
            )
        }
        for zeta in [1, 3] {
            let own = TemporalConformance(of: log, against: profile, zeta: Double(zeta))
            let counts = try (lines["deviations \(zeta)"] ?? []).map { try #require(Int($0[0])) }
            #expect(own.cases.map(\.deviating).sorted() == counts.sorted() && (zeta > 1 || own.deviating > 0), "ζ \(zeta)")
        }
    }
}
