import EventLogs
import Foundation
import Instants
import Performance
import Statistics
import TestSupport
import Testing

@Suite struct SurvivalTimesTests {
    /// A log cut in time: the plain mean of its finished cases is too short, the survival figures are near the truth.
    @Test func cutLogsAreReadAsWhatTheyAre() throws {
        var stream = RandomStream(seed: 4, path: 23)
        var whole: [(String, [TinyEvent])] = []
        var cut: [(String, [TinyEvent])] = []
        let end = 4_000_000
        for number in 0..<3_000 {
            let start = Int(stream.unit() * 4_000_000)
            let length = Int(-(1 - stream.unit()).logarithm * 400_000) + 1
            let events = [TinyEvent("Begin", end: Double(start)), TinyEvent("End", end: Double(start + length))]
            whole.append(("\(number)", events))
            cut.append(("\(number)", start + length <= end ? events : [events[0]]))
        }
        cut.append(("last", [TinyEvent("Begin", end: Double(end)), TinyEvent("End", end: Double(end))]))
        let options = PerformanceOptions(endActivities: ["End"])
        let truth = try #require(PerformanceResult(of: .tiny(whole), options: options).cycleTime)
        let result = PerformanceResult(of: .tiny(cut), options: options)
        let survival = try #require(result.survival)
        #expect(survival.censored == result.censored && survival.censored > 200 && survival.n == 3_001)
        let median = try #require(survival.medianCi95)
        #expect(median.contains(truth.medianS), "\(median) does not hold \(truth.medianS)")
        let mean = try #require(survival.restrictedMeanCi95)
        #expect(mean.contains(truth.meanS), "\(mean) does not hold \(truth.meanS)")
        let naive = PerformanceResult(of: .tiny(cut), options: PerformanceOptions(endActivities: ["End"], censored: .exclude))
        #expect(try #require(naive.cycleTime).meanS < mean.low)
        #expect(naive.survival == nil)
    }

    /// Without an unfinished case the median is the smallest time that half of the cases do not exceed, and the mean the plain one.
    @Test func finishedLogsHaveTheirPlainFigures() throws {
        let log = HourLog(seed: 3, shape: .overlapping).log
        let result = PerformanceResult(of: log, options: PerformanceOptions(endActivities: ["A", "B", "C", "D", "E"]))
        let survival = try #require(result.survival)
        let cycles = CaseTimes.of(log).cycle.sorted()
        #expect(survival.censored == 0 && survival.medianS == Double(cycles[(cycles.count + 1) / 2 - 1]) / 1e6)
        #expect(abs(try #require(survival.restrictedMeanS) - (try #require(result.cycleTime)).meanS) < 1e-6)
        // The same in parts.
        var tally = PerformanceTally(options: PerformanceOptions(endActivities: ["A"]))
        tally.add(log.selecting(cases: Array(0..<11)))
        tally.add(log.selecting(cases: Array(11..<log.caseCount)))
        let parts = tally.result()
        #expect(parts.survival == PerformanceResult(of: log, options: PerformanceOptions(endActivities: ["A"])).survival)
    }
}

extension Double {
    fileprivate var logarithm: Double { Foundation.log(self) }
}
