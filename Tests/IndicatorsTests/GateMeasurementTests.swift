import EventLogs
import Indicators
import Statistics
import TestSupport
import Testing

@Suite struct GateMeasurementTests {
    @Test(arguments: 1...10) func valuesAreThoseOfEveryOtherVerb(seed: UInt64) throws {
        let log = Population().sample(seed: seed, cases: 300)
        let measures = CaseMeasures(of: log)
        for name in KPIName.all where name.measure != .cost {
            let figure = measures.figure(name)
            let measured = GateMeasurement(of: name, in: measures)
            #expect(measured.value == figure.value && measured.unit == figure.unit && measured.n == figure.n, "\(name)")
            let interval = try #require(measured.ci95, "\(name)")
            #expect(interval.contains(try #require(figure.value)), "\(name)")
            #expect((interval.halfWidth == 0) == GateCheck.growsWithTheLog(name), "\(name)")
        }
        #expect(GateMeasurement(of: KPIName(.cost, .mean)!, in: measures).value == nil)
    }

    /// The order of the log's cases plays no part, that of their starts does.
    @Test func casesCountInOrderOfTheirStart() {
        let log = Population().sample(seed: 3, cases: 400)
        let name = KPIName(.cycleTime, .median)!
        let shuffled = log.selecting(cases: (0..<400).map { ($0 * 171) % 400 })
        #expect(GateMeasurement(of: name, in: CaseMeasures(of: shuffled)) == GateMeasurement(of: name, in: CaseMeasures(of: log)))
        // A queue that grows through the log makes neighbours alike: the interval is wider for it.
        let queue = EventLog.tiny(
            (0..<400).map { index in
                let start = Double(index) * 3_600
                return (
                    "\(index)", [TinyEvent("A", start: start, end: start + 600), TinyEvent("B", end: start + 1_000 + Double(index) * 100)]
                )
            })
        let widened = GateMeasurement(of: name, in: CaseMeasures(of: queue)).widening ?? 0
        #expect(widened > 3)
    }

    @Test func aLogWithoutCasesTellsNothing() {
        let measures = CaseMeasures(of: EventLog.tiny([]))
        for name in KPIName.all {
            let measured = GateMeasurement(of: name, in: measures)
            #expect(measured.n == 0 && (measured.value ?? 0) == 0 && measured.widening == nil, "\(name)")
        }
    }
}
