import EventLogs
import Foundation
import Instants
import LogFormats
import Statistics
import SyntheticLogs
import TestSupport
import Testing

@testable import Performance

@Suite struct BatchDetectionTests {
    // MARK: Published logs

    /// The logs of the shared data say when each instance was enabled. Their own answers were made with other settings for two of them
    /// (a gap between members is allowed); so the batches stand here as they follow from our definition by hand: per batch the cases by
    /// start. Of the first two logs they equal the columns `expected_id` and `batch_instance_id` with `expected_type`, of the last
    /// `batch_instance_id` and `batch_instance_type`; of the third they differ from its column in that Joseph's case 3 (15:50, after the
    /// end of the others at 15:45) is in no batch.
    @Test(.enabled(if: SharedData.isThere, "the shared data is not there"))
    func givenEnablements() throws {
        let first = try GivenBatches("batches/event_log_1.csv")
        #expect(
            first.found == [
                "A Jonathan 0,1,2 sequential", "B Joseph 0,1,2 parallel", "C Jonathan 0,1,2 concurrent", "D Joseph 1,2,0 concurrent",
                "E Joseph 0,1,2 concurrent",
            ])
        #expect(first.numbers(in: "expected_id") == first.cases)
        let second = try GivenBatches("batches/event_log_2.csv")
        #expect(
            second.found == [
                "A Jolyne 0,1,2 sequential", "C Jolyne 0,1,2 concurrent", "D Jonathan 0,1,2 concurrent", "E Joseph 0,1,2 concurrent",
                "G Joseph 0,1,2 parallel",
            ])
        #expect(second.numbers(in: "batch_instance_id") == second.cases)
        let third = try GivenBatches("batches/event_log_3.csv")
        #expect(
            third.found == [
                "A Jonathan 0,1,2 sequential", "A Jonathan 0,1,2 concurrent", "A Joseph 0,1,2 parallel",
                "A Joseph 1,0,2,0,1,2,3 concurrent",
            ])
        let fifth = try GivenBatches("batches/event_log_5.csv")
        #expect(fifth.found.count == 16 && fifth.found.allSatisfy { $0.hasPrefix("B Jolyne ") && $0.hasSuffix(" sequential") })
    }

    /// Three cases a quarter of an hour apart come every four hours, and wait until the third is ready: three rules tell the same.
    @Test(.enabled(if: SharedData.isThere, "the shared data is not there"))
    func rulesOfAPublishedLog() throws {
        let log = try LogReader.read(
            contentsOf: SharedData.file("batches/event_log_5.csv"), named: "log", options: ReadOptions(), monitor: SilentMonitor()
        ).log
        let found = try #require(BatchDetection(of: log).batched.first)
        #expect(found.activity == "B" && found.batches == 16 && found.sequential == 16 && found.batchedInstances == 48)
        #expect(found.sizes == [BatchDetection.Size(size: 3, batches: 16)] && found.runs == 16)
        #expect(found.rules.map(\.kind) == [.size, .delay, .interval])
        #expect(found.rules.map(\.size) == [3, nil, nil] && found.rules.map(\.everyS) == [nil, 1_800, 14_400])
        #expect(found.rules.allSatisfy { $0.precision == 1 && $0.nHeldOut == 8 && $0.support == 16 })
    }

    // MARK: Planted and not

    /// The weekly payment run of generated purchases is found with its time, and nothing else.
    @Test(arguments: ["before", "after", "drift"], [2, 3] as [UInt64])
    func aPlantedRunIsFound(variant: String, seed: UInt64) throws {
        let generated = try SyntheticLog.generate(name: "p2p", variant: variant, cases: 1_200, seed: seed)
        let fact = try #require(generated.plantedFacts.first { $0.kind == .paymentBatch })
        let batched = BatchDetection(of: PlantedLogs.log(of: generated)).batched
        #expect(batched.map(\.activity) == ["Pay Invoice"])
        let found = try #require(batched.first)
        #expect(fact["activity"] == .text(found.activity))
        let rule = try #require(found.rules.first)
        #expect(rule.kind == .interval && rule.everyS == 604_800 && rule.times == ["Fri 16:00"] && rule.precision >= 0.9)
    }

    /// Where nothing is planted nothing is found: no activity of ten logs is called batched.
    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func nothingIsFoundWhereNothingIs(seed: UInt64) throws {
        let log = try PlantedLogs.purchases("plain", cases: 1_200, seed: seed)
        let found = BatchDetection(of: log)
        #expect(found.batched.isEmpty, "\(found.batched.map(\.activity))")
        #expect(found.activities.allSatisfy { $0.verdict == .queue || $0.verdict == .insufficient })
    }

    /// A queue before one busy person makes groups, but no rule.
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func aQueueIsNoBatch(seed: UInt64) {
        #expect(BatchDetection(of: Self.queue(seed: seed, cases: 300)).batched.isEmpty)
    }

    /// Batches planted by each rule are found by that rule, whatever the seed.
    @Test(arguments: [ActivationRule.Kind.size, .delay, .interval, .weekTimes], 1...5 as ClosedRange<UInt64>)
    func eachRuleIsFound(kind: ActivationRule.Kind, seed: UInt64) throws {
        let found = try #require(BatchDetection(of: Self.planted(kind, seed: seed)).batched.first)
        #expect(found.activity == "Run")
        let rule = try #require(found.rules.first { $0.kind == kind })
        #expect(rule.precision >= 0.9 && rule.nHeldOut >= 5)
        switch kind {
        case .size: #expect(rule.size == 4)
        case .delay: #expect(rule.everyS == 18_000.0)
        case .interval: #expect(rule.everyS == 86_400.0 && rule.times == ["14:30"])
        case .weekTimes: #expect(rule.times == ["Tue 14:30", "Fri 14:30"])
        }
    }

    /// Few runs are no evidence.
    @Test func fewRunsAreNoEvidence() {
        let events = (0..<6).map { number -> (String, [TinyEvent]) in
            let begin = Double(number) * 60
            return (
                "\(number)", [TinyEvent("A", start: begin, end: begin + 60, by: "a"), TinyEvent("B", start: 7_200, end: 7_300, by: "b")]
            )
        }
        let found = BatchDetection(of: EventLog.tiny(events))
        #expect(found.activities.map(\.verdict) == [.insufficient] && found.activities.map(\.parallel) == [1])
    }

    // MARK: Logs

    /// One clerk takes cases as they come.
    private static func queue(seed: UInt64, cases: Int) -> EventLog {
        var stream = RandomStream(seed: seed, path: 5)
        var clock = 0.0
        var free = 0.0
        return EventLog.tiny(
            (0..<cases).map { number -> (String, [TinyEvent]) in
                clock -= log(1 - stream.unit()) * 3_000
                let ready: Double = clock + 600
                let start: Double = max(ready, free)
                free = start - log(1 - stream.unit()) * 2_700
                let before = TinyEvent("A", start: clock, end: ready, by: "a")
                return ("\(number)", [before, TinyEvent("Run", start: start, end: free, by: "b")])
            })
    }

    /// Cases that come at random and wait for a run set off by a rule.
    private static func planted(_ kind: ActivationRule.Kind, seed: UInt64) -> EventLog {
        var stream = RandomStream(seed: seed, path: 6)
        var clock = 0.0
        let ready = (0..<600).map { _ -> Double in
            clock -= log(1 - stream.unit()) * 7_200
            return (clock + 600).rounded()
        }
        var starts: [Double] = []
        for (number, time) in ready.enumerated() {
            switch kind {
            case .size: starts.append(ready[min(number / 4 * 4 + 3, ready.count - 1)])
            case .delay:
                if let last = starts.last, last >= time { starts.append(last) } else { starts.append(time + 5 * 3_600) }
            case .interval, .weekTimes:
                // Day 0 is a Monday.
                var day = (time / 86_400).rounded(.down)
                while day * 86_400 + 52_200 < time || (kind == .weekTimes && ![1, 4].contains(Int(day) % 7)) { day += 1 }
                starts.append(day * 86_400 + 52_200)
            }
        }
        return EventLog.tiny(
            ready.indices.map { number -> (String, [TinyEvent]) in
                let start = starts[number]
                let end: Double = start + 300 + Double(stream.index(below: 60))
                let before = TinyEvent("A", start: ready[number] - 600, end: ready[number], by: "a")
                return ("\(number)", [before, TinyEvent("Run", start: start, end: end, by: "b")])
            })
    }
}

/// A log that says when its instances were enabled, and the batches found in it.
private struct GivenBatches {
    /// Activity, resource, cases by start and kind of each batch, sorted.
    let found: [String]
    private let header: [String]
    private let rows: [[String]]

    init(_ path: String) throws {
        let lines = try String(contentsOf: SharedData.file(path), encoding: .utf8).split(whereSeparator: \.isNewline)
        let cells = lines.map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
        let rows = Array(cells.dropFirst())
        let times = try rows.map { row in try row[2...4].map { try Instant(parsing: $0, zone: .utc).microseconds } }
        var found: [(key: String, start: Int64, text: String)] = []
        let keys = rows.map { "\($0[1]) \($0[5])" }
        for key in Set(keys) {
            let own = (0..<Int32(rows.count)).filter { keys[Int($0)] == key }.sorted { left, right in
                let (a, b): ([Int64], [Int64]) = (times[Int(left)], times[Int(right)])
                if a[1] != b[1] { return a[1] < b[1] }
                return a[0] != b[0] ? a[0] < b[0] : left < right
            }
            let groups = BatchGroups(order: own, enabled: times.map { $0[0] }, start: times.map { $0[1] }, end: times.map { $0[2] })
            for batch in groups.batches {
                let cases = batch.members.map { rows[Int($0)][0] }.joined(separator: ",")
                found.append((key, batch.firstStart, "\(key) \(cases) \(batch.kind.rawValue)"))
            }
        }
        header = cells[0]
        self.rows = rows
        self.found = found.sorted { ($0.key, $0.start) < ($1.key, $1.start) }.map(\.text)
    }

    /// The sets of cases that are batches.
    var cases: Set<Set<String>> {
        Set(
            found.map { text -> Set<String> in
                let words = text.split(separator: " ")
                return Set(words[2].split(separator: ",").map { String($0) })
            })
    }

    /// The sets of cases that a column numbers alike.
    func numbers(in column: String) -> Set<Set<String>> {
        let place = header.firstIndex(of: column) ?? 0
        var sets: [String: Set<String>] = [:]
        for row in rows where !row[place].isEmpty { sets[row[place], default: []].insert(row[0]) }
        return Set(sets.values)
    }
}
