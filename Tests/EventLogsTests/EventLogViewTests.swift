import Instants
import Statistics
import TestSupport
import Testing

@testable import EventLogs

@Suite struct EventLogViewTests {
    /// First starts, last completions and cycle times by looking at every instance and every open start.
    @Test(arguments: 1...24 as ClosedRange<UInt64>) func spansEqualThoseOfPlainInstances(seed: UInt64) {
        let lifecycle: Records.Lifecycle = [.none, .mixed, .complete, .nonstandard][Int(seed % 4)]
        let records = Records.random(seed: seed, cases: 60, longest: 7, lifecycle: lifecycle, withStarts: seed % 3 == 0)
        let whole = records.log()
        for log in [whole, whole.selecting { $0 % 4 != 0 }, whole.selecting(cases: [7, 3, 40])] {
            let cycles = log.cycleTimes
            #expect(cycles.count == log.caseCount && log.caseSpans.count == log.caseCount)
            for position in 0..<log.caseCount {
                let done = log.plainInstances(position)
                let open = log.instances.firstOpenStart.isEmpty ? Instant.missing : log.instances.firstOpenStart[Int(log.caseIDs[position])]
                let begins = done.compactMap { $0.start ?? $0.completion } + (open == Instant.missing ? [] : [open])
                let last = done.compactMap(\.completion).max()
                let span = log.span(ofCase: position)
                #expect(log.caseSpans[position] == span)
                #expect(span?.firstStart == begins.min() && span?.isCompleted ?? false == (last != nil))
                #expect(cycles[position] == (last.map { $0 - begins.min()! } ?? Instant.missing))
                if let last { #expect(span?.lastCompletion == last) }
            }
        }
    }

    @Test(arguments: 1...12 as ClosedRange<UInt64>) func selectedEventsAreALogOfTheirOwn(seed: UInt64) {
        let lifecycle: Records.Lifecycle = [.none, .mixed, .complete, .nonstandard][Int(seed % 4)]
        let records = Records.random(
            seed: seed, cases: 20, longest: 9, lifecycle: lifecycle, withStarts: seed % 3 == 0, withInstances: seed % 2 == 0)
        let log = records.log()
        let view = log.selecting { event in log.columns.row[event] % 3 != 0 }
        let kept = records.events.indices.filter { ($0 + 1) % 3 != 0 }
        let fresh = records.log(keeping: kept)
        // A view keeps the order in which the whole log first saw its cases.
        var positions: [String: Int] = [:]
        for position in 0..<fresh.caseCount { positions[fresh.caseName(position)] = position }
        #expect(view.caseCount == fresh.caseCount)
        #expect(view.eventCount == kept.count)
        #expect(view.instanceCount == fresh.instanceCount)
        for position in 0..<view.caseCount {
            guard let other = positions[view.caseName(position)] else {
                Issue.record("\(view.caseName(position)) has no events left")
                continue
            }
            // An event without a time keeps the place that it had among all events of its case.
            if view.places(position).allSatisfy({ records.events[$0].time != nil }) {
                #expect(view.places(position) == fresh.places(other))
                #expect(view.plainInstances(position) == fresh.plainInstances(other))
                #expect(view.span(ofCase: position) == fresh.span(ofCase: other))
            }
        }
        if records.events.allSatisfy({ $0.time != nil }) { #expect(view.timeRange == fresh.timeRange) }
        let again = view.selecting(cases: [2, 0]).selecting { event in log.columns.row[event] % 2 == 0 }
        for position in 0..<again.caseCount {
            #expect(again.places(position).allSatisfy { ($0 + 1) % 3 != 0 && ($0 + 1) % 2 == 0 })
        }
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>) func selectedCasesAreThoseCases(seed: UInt64) {
        let records = Records.random(seed: seed, cases: 20, longest: 9, lifecycle: .mixed, withStarts: false)
        for log in [records.log(), records.log().selecting { $0 % 4 != 1 }] {
            let positions = [5, 1, 9]
            let view = log.selecting(cases: positions)
            #expect(view.caseCount == 3)
            #expect(view.eventCount == positions.map { log.places($0).count }.reduce(0, +))
            #expect(view.instanceCount == positions.map { log.plainInstances($0).count }.reduce(0, +))
            for (own, position) in positions.enumerated() {
                #expect(view.caseName(own) == log.caseName(position))
                #expect(view.places(own) == log.places(position))
                #expect(view.plainInstances(own) == log.plainInstances(position))
                #expect(view.span(ofCase: own) == log.span(ofCase: position))
                #expect(view.counted(as: .events).plainInstances(own).map(\.event) == view.places(own))
            }
        }
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>) func spansAndTimeRangeEqualThePlainOnes(seed: UInt64) {
        let records = Records.random(
            seed: seed, cases: 30, longest: 6, lifecycle: seed % 2 == 0 ? .mixed : .none, withStarts: seed % 3 == 0)
        let log = records.log()
        let standard = records.isStandard(Array(records.events.indices))
        for (position, (_, places)) in records.ordered().enumerated() {
            let (done, open) = records.instances(places, standard: standard)
            let starts = done.compactMap { $0.start ?? $0.completion } + open.compactMap { $0 }
            let last = done.compactMap(\.completion).max()
            let span = log.span(ofCase: position)
            #expect(span?.firstStart == starts.min())
            #expect(span?.isCompleted ?? false == (last != nil))
            if let last { #expect(span?.lastCompletion == last) }
        }
        let times = records.events.compactMap(\.time) + records.events.compactMap(\.start)
        #expect(log.timeRange?.lowerBound.microseconds == times.min())
        #expect(log.timeRange?.upperBound.microseconds == times.max())
    }

    @Test func findingsAreAddedToWhatThereIs() {
        let log = EventLog.tiny([("1", [TinyEvent("A", start: 9, end: 5)])])
        let more = log.adding(findings: [LogFinding(.blankLine, .info, count: 2)])
        #expect(more.findings == [LogFinding(.blankLine, .info, count: 2)] + log.findings)
        #expect(more.adding(findings: []).findings == more.findings)
        #expect(more.plainInstances(0) == log.plainInstances(0))
    }
}
