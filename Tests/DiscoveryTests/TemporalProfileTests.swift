import Discovery
import EventLogs
import Instants
import ProcessModels
import TestSupport
import Testing

@Suite struct TemporalProfileTests {
    @Test("Means and standard deviations are those of a plain list of times", arguments: [UInt64(1), 2, 3])
    func plain(seed: UInt64) {
        let log = EventLog.random(seed: seed, cases: 40, activities: 4, longest: 7)
        let names = log.activities.strings
        var times: [[String]: [Double]] = [:]
        for range in log.instanceRanges {
            for later in range {
                for earlier in range.lowerBound..<later {
                    let (a, b) = (names[Int(log.instances.activity[earlier])], names[Int(log.instances.activity[later])])
                    let time = log.instances.startTime(later) - log.instances.completion[earlier]
                    times[[a, b], default: []].append(Double(time) / 1e6)
                }
            }
        }
        let profile = TemporalProfile(discoveredIn: log)
        #expect(
            profile.pairs.count == times.count
                && profile.pairs.map { [$0.source, $0.target] } == times.keys.sorted { $0.joined() < $1.joined() })
        for pair in profile.pairs {
            let own = times[[pair.source, pair.target]]!
            let mean = own.reduce(0, +) / Double(own.count)
            #expect(pair.count == own.count && abs(pair.meanS - mean) < 1e-6)
            if own.count > 1 {
                let variance = own.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(own.count - 1)
                #expect(abs((pair.stdS ?? -1) - variance.squareRoot()) < 1e-6)
            } else {
                #expect(pair.stdS == nil)
            }
        }
    }

    @Test("Missing times are left out, and unknown starts are measured to the completion")
    func missing() {
        let log = EventLog.tiny([
            ("one", [TinyEvent("a", end: 0), TinyEvent("b", start: 10, end: 20), TinyEvent("c", end: nil)]),
            ("other", [TinyEvent("a", end: 0), TinyEvent("b", end: 40)]),
        ])
        let profile = TemporalProfile(discoveredIn: log)
        #expect(profile.pairs.map(\.target) == ["b"] && profile.pairs[0].meanS == 25 && profile.pairs[0].count == 2)
    }
}
