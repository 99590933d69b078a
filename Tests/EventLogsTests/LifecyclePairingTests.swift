import Instants
import Statistics
import TestSupport
import Testing

@testable import EventLogs

@Suite struct LifecyclePairingTests {
    @Test(arguments: 1...24 as ClosedRange<UInt64>) func instancesEqualAPlainPairing(seed: UInt64) {
        let lifecycle: Records.Lifecycle = [.none, .mixed, .complete, .nonstandard][Int(seed % 4)]
        let records = Records.random(
            seed: seed, cases: 25, longest: 14, lifecycle: lifecycle, withStarts: seed % 3 == 0, withInstances: seed % 5 > 2)
        let all = Array(records.events.indices)
        let standard = records.isStandard(all)
        for counting in [InstanceCounting.instances, .events] {
            let log = records.log(counting: counting)
            for (position, (_, places)) in records.ordered().enumerated() {
                let expected = records.instances(places, standard: standard, counting: counting)
                #expect(log.plainInstances(position) == expected.done)
                let open = log.instances.openCount.isEmpty ? 0 : Int(log.instances.openCount[position])
                #expect(open == expected.open.count)
                let first = log.instances.firstOpenStart.isEmpty ? Instant.missing : log.instances.firstOpenStart[position]
                #expect(first == expected.open.compactMap { $0 }.min() ?? Instant.missing)
            }
            #expect(log.counted(as: .instances).plainInstances(0) == records.log().plainInstances(0))
        }
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>) func queuesTakeWhatAPlainListTakes(seed: UInt64) {
        var stream = RandomStream(seed: seed, path: 4)
        func maybe(_ count: Int) -> UInt32 {
            let value = stream.index(below: count + 1)
            return value == count ? Vocabulary.missing : UInt32(value)
        }
        var lists = [OpenStarts(limit: 0), OpenStarts(limit: 10), OpenStarts(limit: .max)]
        for event in 0..<2_000 {
            let activity = UInt32(stream.index(below: 4))
            let resource = maybe(4)
            let instance = stream.index(below: 3) == 0 ? maybe(3) : Vocabulary.missing
            if stream.index(below: 100) < 60 {
                let start = OpenStarts.Start(event: event, activity: activity, resource: resource, instance: instance)
                for index in lists.indices { lists[index].add(start) }
            } else {
                let taken = lists.indices.map { lists[$0].take(activity: activity, resource: resource, instance: instance) }
                #expect(taken[0] == taken[2] && taken[1] == taken[2])
            }
        }
        let left = lists.map { $0.remaining.map(\.event) }
        #expect(!left[2].isEmpty)
        #expect(left[0] == left[2] && left[1] == left[2])
    }

    @Test func aCaseOfManyOpenStartsTakesNoLonger() {
        var open = OpenStarts()
        let missing = Vocabulary.missing
        for event in 0..<200_000 { open.add(OpenStarts.Start(event: event, activity: 0, resource: 1, instance: missing)) }
        for event in 0..<200_000 { open.add(OpenStarts.Start(event: event, activity: 0, resource: 2, instance: missing)) }
        for event in 0..<200_000 { #expect(open.take(activity: 0, resource: 2, instance: missing) == event) }
        #expect(open.remaining.count == 200_000)
    }

    @Test func starts() {
        let log = EventLog.tiny([
            (
                "1",
                [
                    TinyEvent("A", end: 0, by: "x", transition: "start"), TinyEvent("A", end: 1, by: "y", transition: "START"),
                    TinyEvent("A", end: 2, by: "y", transition: "Complete"), TinyEvent("A", end: 3, transition: "complete"),
                    TinyEvent("B", end: 4, transition: "start"), TinyEvent("B", end: 5, transition: "suspend"),
                    TinyEvent("B", end: 6, transition: "ate_abort"), TinyEvent("C", end: 7), TinyEvent("D", end: -5, transition: "start"),
                ]
            )
        ])
        let instances = log.plainInstances(0)
        let epoch = EventLog.tinyEpoch
        #expect(instances.map(\.activity) == ["A", "A", "B", "C"])
        #expect(instances.map { $0.start.map { ($0 - epoch) / 1_000_000 } } == [1, 0, 4, nil])
        #expect(instances.map(\.resource) == ["y", "x", nil, nil])
        #expect(instances.map(\.isAborted) == [false, false, true, false])
        #expect(log.span(ofCase: 0)?.firstStart == epoch - 5_000_000)
        #expect(log.span(ofCase: 0)?.cycleTime == 12_000_000)
        #expect(
            log.findings == [
                LogFinding(.unorderedEvents, .info, count: 1, examples: [.row(9)]),
                LogFinding(.openInstance, .warning, count: 1, examples: [.row(9)]),
                LogFinding(.unpairedCompletion, .warning, count: 1, examples: [.row(8)]),
                LogFinding(.lifecycleIgnored, .info, count: 1, examples: ["suspend"]),
            ])
    }

    @Test func aStartAfterItsCompletionIsUnknown() {
        let log = EventLog.tiny([("1", [TinyEvent("A", start: 9, end: 5), TinyEvent("B", start: 6, end: 8)])])
        #expect(log.plainInstances(0).map { $0.start == nil } == [true, false])
        #expect(log.findings == [LogFinding(.startAfterCompletion, .warning, count: 1, examples: [.row(1)])])
        let other = EventLog.tiny([("1", [TinyEvent("A", start: 9, end: 5)])])
        #expect(other.instances.start.isEmpty)
    }

    @Test func aRowWithAStartAndNoEndIsOpen() {
        let log = EventLog.tiny([
            ("1", [TinyEvent("A", start: 0, end: 5), TinyEvent("B", start: 6, end: nil)]), ("2", [TinyEvent("B", start: 1, end: nil)]),
        ])
        #expect(log.plainInstances(0).map(\.activity) == ["A"])
        #expect(log.plainInstances(1).isEmpty)
        #expect(log.instances.openCount == [1, 1])
        #expect(log.findings.contains(LogFinding(.openInstance, .warning, count: 2, examples: [.row(2), .row(3)])))
        #expect(log.span(ofCase: 1)?.isCompleted == false)
        #expect(log.span(ofCase: 1)?.firstStart == EventLog.tinyEpoch + 1_000_000)
        #expect(log.counted(as: .events).instanceCount == 3)
    }

    @Test func aLogWithoutStartAndCompleteCountsEveryEvent() {
        let log = EventLog.tiny([("1", [TinyEvent("A", end: 0, transition: "schedule"), TinyEvent("A", end: 1, transition: "withdraw")])])
        #expect(log.instanceCount == 2)
        #expect(log.findings == [LogFinding(.lifecycleNonstandard, .warning, count: 2, examples: ["schedule", "withdraw"])])
    }
}
