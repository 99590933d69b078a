import EventLogs
import Instants
import TestSupport
import Testing

@testable import Performance

@Suite struct RepetitionTests {
    @Test func byHand() {
        let log = EventLog.tiny([
            ("1", [TinyEvent("A", end: 0, by: "x"), TinyEvent("B", end: 10, by: "y"), TinyEvent("A", end: 30, by: "x")]),
            ("2", [TinyEvent("A", end: 0, by: "x"), TinyEvent("B", end: 10, by: "x"), TinyEvent("A", end: 30, by: "x")]),
            ("3", [TinyEvent("A", end: 0, by: "x"), TinyEvent("B", end: 10), TinyEvent("A", end: 30, by: "x")]),
            ("4", [TinyEvent("A", end: 0, by: "x"), TinyEvent("A", end: 7, by: "x"), TinyEvent("A", end: 9, by: "y")]),
        ])
        let found = Repetition(of: log)
        #expect(found.cases == 4 && found.selfLoopCases == 1 && found.pingPongCases == 1 && found.returnsWithoutResource == 1)
        #expect(found.selfLoops == [Repetition.SelfLoop(activity: "A", count: 2, cases: 1, totalS: 9)])
        #expect(found.pingPongs == [Repetition.PingPong(activity: "A", between: "B", count: 1, cases: 1, totalS: 30)])
    }

    /// Each place of each case looked at by names; parts give what the whole gives.
    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func equalsASlowReference(seed: UInt64) {
        let log = HourLog(seed: seed, shape: .overlapping, cases: 80, activities: 3).log
        let people = log.columns.resource?.vocabulary
        var loops: [String: Int] = [:]
        var returns: [String: Int] = [:]
        var times: Int64 = 0
        for range in log.instanceRanges {
            let names = range.map { log.activities[log.instances.activity[$0]] }
            let who = range.map { people?.text(log.instances.resource[$0]) }
            for place in names.indices.dropFirst() {
                if names[place] == names[place - 1] { loops[names[place], default: 0] += 1 }
                guard place > 1, names[place] == names[place - 2], names[place] != names[place - 1] else { continue }
                guard let first = who[place - 2], let other = who[place - 1], first != other else { continue }
                returns[names[place] + names[place - 1], default: 0] += 1
                times += log.instances.completion[range.lowerBound + place] - log.instances.completion[range.lowerBound + place - 2]
            }
        }
        let found = Repetition(of: log)
        #expect(found.selfLoops.reduce(into: [:]) { $0[$1.activity] = $1.count } == loops)
        #expect(found.pingPongs.reduce(into: [:]) { $0[$1.activity + $1.between] = $1.count } == returns)
        #expect(found.pingPongs.reduce(0) { $0 + $1.totalS } == Double(times) / 1e6)
        var tally = RepetitionTally()
        tally.add(log.selecting(cases: Array(0..<30)))
        tally.add(log.selecting(cases: Array(30..<80)))
        #expect(tally.result() == found)
        #expect(Repetition(of: EventLog.random(seed: seed, cases: 5, resources: 0)).pingPongCases == nil)
    }
}
