import EventLogs
import Instants
import Performance
import Statistics
import TestSupport
import Testing

@testable import Indicators

@Suite struct CaseMeasuresTests {
    /// Quantile 7 by its definition.
    private func quantile(_ p: Double, _ values: [Double]) -> Double {
        let sorted = values.sorted()
        let h = Double(sorted.count - 1) * p
        let lower = Int(h)
        return lower + 1 < sorted.count ? sorted[lower] + (h - Double(lower)) * (sorted[lower + 1] - sorted[lower]) : sorted[lower]
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>) func figuresEqualTheirFormulas(seed: UInt64) throws {
        let log = EventLog.random(seed: seed, cases: 40, withStarts: seed % 2 == 0)
        let measures = CaseMeasures(of: log)
        func value(_ text: String) throws -> Double? { measures.figure(try KPIName(parsing: text)).value }
        func isClose(_ left: Double?, _ right: Double) -> Bool { left.map { abs($0 - right) <= 1e-9 * max(1, abs(right)) } ?? false }

        var cycles: [Double] = []
        var rework = 0
        var services: [Double] = []
        for position in 0..<log.caseCount {
            let range = log.instanceRanges[position]
            let completions = range.map { log.instances.completion[$0] }
            let starts = range.map { log.instances.start.isEmpty ? log.instances.completion[$0] : log.instances.start[$0] }
            cycles.append(Double(completions.max()! - starts.min()!) / 1e6)
            let activities = range.map { log.instances.activity[$0] }
            if Set(activities).count < activities.count { rework += 1 }
            if log.instances.start.isEmpty { continue }
            // The union of the intervals by cutting at every stamp.
            let cuts = Set(completions + starts).sorted()
            var covered: Int64 = 0
            for (from, to) in zip(cuts, cuts.dropFirst()) where zip(starts, completions).contains(where: { $0 <= from && $1 >= to }) {
                covered += to - from
            }
            services.append(Double(covered) / 1e6)
        }
        #expect(isClose(try value("cycle_time.mean"), cycles.reduce(0, +) / 40))
        #expect(isClose(try value("cycle_time.sum"), cycles.reduce(0, +)))
        #expect(isClose(try value("cycle_time.median"), quantile(0.5, cycles)))
        #expect(isClose(try value("cycle_time.p90"), quantile(0.9, cycles)))
        #expect(isClose(try value("cycle_time.p95"), quantile(0.95, cycles)))
        #expect(try value("cycle_time.count") == 40)
        #expect(try value("rework_rate.rate") == Double(rework) / 40)
        #expect(try value("rework_rate.count") == Double(rework))
        #expect(try value("cost.mean") == nil)
        if services.isEmpty {
            #expect(try value("service_time.mean") == nil)
            #expect(try value("service_time.count") == 0)
        } else {
            #expect(isClose(try value("service_time.mean"), services.reduce(0, +) / 40))
        }
        #expect(measures.figure(KPIName.compared[0]).n == 40)
    }

    @Test func throughputIsCompletedCasesPerDay() throws {
        let day = 86_400.0
        let log = EventLog.tiny([
            ("1", [TinyEvent("A", end: 0), TinyEvent("Z", end: 1 * day)]),
            ("2", [TinyEvent("A", end: 1 * day), TinyEvent("Z", end: 3 * day)]),
            ("3", [TinyEvent("A", end: 2 * day)]), ("4", [TinyEvent("A", end: 4 * day)]),
        ])
        let throughput = try KPIName(parsing: "throughput")
        #expect(CaseMeasures(of: log, options: MeasureOptions(endActivities: ["Z"])).figure(throughput).value == 2.0 / 4)
        #expect(CaseMeasures(of: log, options: MeasureOptions(endActivities: ["Z"])).figure(throughput).n == 2)
        // Unfinished cases never count in it, and the period is the whole log's.
        let excluding = CaseMeasures(of: log, options: MeasureOptions(endActivities: ["Z"], censored: .exclude))
        #expect(excluding.figure(throughput).value == 0.5)
        #expect(excluding.log.caseCount == 2)
        // Without any end activity a case is completed when something of it was.
        #expect(CaseMeasures(of: log, options: MeasureOptions(endActivities: [])).figure(throughput).value == 1)
        let instant = EventLog.tiny([("1", [TinyEvent("A", end: 0)])])
        #expect(CaseMeasures(of: instant).figure(throughput).value == nil)
    }

    @Test func anEmptyLogHasNoFigures() {
        let measures = CaseMeasures(of: EventLog.tiny([]))
        for name in KPIName.all where name.statistic != .count {
            #expect(measures.figure(name).value == nil, "\(name)")
            #expect(measures.figure(name).n == 0)
        }
    }

    @Test func costFollowsTheRates() {
        var builder = EventLogBuilder()
        let hour = Microseconds.hour
        func add(_ name: String, _ activity: String, _ start: Int64?, _ end: Int64, _ role: String?, _ department: String?) {
            let event = builder.append(case: builder.caseNumber(name), activity: builder.activityNumber(activity), time: end, row: 1)
            if let start { builder.setStart(event, start) }
            if let role { builder.set(.role, event, role) }
            if let department { builder.set(.department, event, department) }
        }
        add("1", "A", 0, 2 * hour, "Buyer", "North")
        add("1", "Post", 2 * hour, 2 * hour + hour / 2, "Clerk", "North")
        add("1", "Post", nil, 3 * hour, nil, "South")
        add("2", "A", nil, hour, "Buyer", nil)
        add("3", "A", nil, hour, "Robot", nil)
        let log = builder.finish()
        let rates = Rates(currency: "EUR", roles: ["Buyer": 45, "Clerk": 30], activities: ["Post": 2.5, "Pots": 1])
        let costs = CaseCosts.of(log, rates: rates)!
        #expect(costs[0] == 90 + 15 + 5)
        #expect(costs[1].isNaN)
        #expect(costs[2] == 0)
        #expect(rates.unknownNames(in: log).roles == [])
        #expect(rates.unknownNames(in: log).activities == ["Pots"])
        let figure = CaseMeasures(of: log, options: MeasureOptions(rates: rates)).figure(KPIName.compared[6])
        #expect(figure == Figure(id: "cost.mean", unit: "EUR", value: 55, n: 2))
        #expect(CaseCosts.of(log, rates: nil) == nil)
    }

    @Test func costIsElseTheSumOfItsColumn() {
        var builder = EventLogBuilder()
        let cost = builder.attribute(named: "cost", type: .float, level: .event)
        builder.costAttribute = cost
        for (name, value) in [("1", 2.5), ("1", nil), ("1", 4.0), ("2", nil)] as [(String, Double?)] {
            let event = builder.append(case: builder.caseNumber(name), activity: builder.activityNumber("A"), time: 0, row: 1)
            if let value { builder.set(.event, attribute: cost, of: event, number: value) }
        }
        let costs = CaseCosts.of(builder.finish(), rates: nil)!
        #expect(costs[0] == 6.5)
        #expect(costs[1].isNaN)
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>) func splittingSortsEveryCase(seed: UInt64) {
        let log = EventLog.random(seed: seed, cases: 60)
        let spans = log.caseSpans.map { $0! }
        let instant = spans.map(\.firstStart).sorted()[30]
        let split = splitLog(log, at: Instant(microseconds: instant))
        #expect(split.before.caseCount + split.after.caseCount + split.astride == 60)
        #expect(split.after.caseCount == spans.count { $0.firstStart >= instant })
        #expect(split.before.caseCount == spans.count { $0.lastCompletion < instant && $0.firstStart < instant })
        for span in split.before.caseSpans { #expect(span!.lastCompletion < instant) }
        for span in split.after.caseSpans { #expect(span!.firstStart >= instant) }
    }

    @Test func openCasesAreAstride() {
        let log = EventLog.tiny([
            ("1", [TinyEvent("A", start: 0, end: 1)]), ("2", [TinyEvent("A", start: 0, end: 1), TinyEvent("B", start: 2, end: nil)]),
            ("3", [TinyEvent("A", end: nil)]), ("4", [TinyEvent("A", start: 5, end: 6)]), ("5", [TinyEvent("A", start: 4, end: 5)]),
        ])
        let split = splitLog(log, at: Instant(microseconds: EventLog.tinyEpoch + 5_000_000))
        #expect((0..<split.before.caseCount).map { split.before.caseName($0) } == ["1"])
        #expect((0..<split.after.caseCount).map { split.after.caseName($0) } == ["4"])
        #expect(split.astride == 3)
    }
}
