import EventLogs
import Foundation
import Instants
import LogFormats
import Performance
import Statistics
import SyntheticLogs
import TestSupport
import Testing
import WorkingTime

@testable import Simulation

/// The purchase process whose truth is known, read as users read it.
private enum Purchases {
    static let before: EventLog = {
        let file = SharedData.checkout.appending(path: "datasets/p2p-before.csv")
        return try! LogReader.read(contentsOf: file, named: "p2p-before.csv", options: ReadOptions(), monitor: SilentMonitor()).log
    }()

    static let fitted = try! SimulationModel.fit(log: before, options: FitOptions(comparesMemoryless: false))

    static func generated(_ variant: String, cases: Int, seed: UInt64) throws -> EventLog {
        var bytes: [UInt8] = []
        try SyntheticLog.generate(name: "p2p", variant: variant, cases: cases, seed: seed).writeCSV { bytes += $0 }
        return try bytes.withUnsafeBytes {
            try LogReader.read(bytes: $0, named: "p2p.csv", options: ReadOptions(), monitor: SilentMonitor()).log
        }
    }
}

@Suite struct FittingTests {
    @Test func hoursAndRolesArePlanted() {
        let model = Purchases.fitted.model
        var hours: [String: String] = [:]
        for resource in model.resources { hours[resource.name] = model.calendars[resource.calendar].hours.text }
        let office = "Mon-Fri 08:30-12:00,13:00-17:30"
        #expect(hours["a.keller"] == office)
        #expect(hours["d.novak"] == office)
        #expect(hours["r.haas"] == office)
        #expect(hours["e.wang"] == office)
        #expect(hours["h.brandt"] == "Mon-Fri 10:00-12:00")
        #expect(hours["c.vogt"] == "Mon-Fri 16:00-17:00")
        #expect(hours["m.silva"] == "Mon-Fri 06:00-10:00,10:30-14:00")
        #expect(hours["t.ito"] == "Mon-Sat 12:00-15:00,15:30-18:00")
        #expect(model.roles.filter(\.isSystem).map(\.name) == ["System"])
        #expect(Purchases.fitted.report.concurrent.map { Set($0) } == [["Record Goods Receipt", "Record Invoice Receipt"]])
        let friday = 4 * Microseconds.day + 16 * Microseconds.hour
        for activity in model.activities {
            #expect(activity.batching?.release.weekly == (activity.name == "Pay Invoice" ? [friday] : nil))
        }
    }

    /// Only the outside world delays: vendors and the clearing of blocks.
    @Test func delaysAreThoseOfTheOutsideWorld() {
        let delays = Purchases.fitted.report.parts.filter { $0.kind == .delay && $0.method == .perCase }
        #expect(
            Set(delays.compactMap(\.name)) == [
                "Receive Order Confirmation", "Record Goods Receipt", "Record Invoice Receipt", "Change Price", "Change Quantity",
            ])
        let mean = { (name: String, after: String) in delays.first { $0.name == name && $0.detail == after }?.meanS ?? 0 }
        // Planted: 0.7, 3 and 5 days.
        #expect(abs(mean("Receive Order Confirmation", "Send Purchase Order") / 86_400 - 0.7) < 0.07)
        #expect(abs(mean("Record Goods Receipt", "Record Goods Receipt") / 86_400 - 3) < 0.5)
        #expect(abs(mean("Change Price", "Set Payment Block") / 86_400 - 5) < 0.8)
    }

    @Test func asIsIsAsTheLog() throws {
        let log = Purchases.before
        let fitted = Purchases.fitted
        let run = try Simulator.run(fitted.model, options: fitted.options(threads: 2))
        let real = try #require(TimeStatistics(microseconds: CaseTimes.of(log).cycle))
        let mean = try #require(run.estimate(of: .cycleTimeMean))
        let median = try #require(run.estimate(of: .cycleTimeMedian))
        #expect(abs(mean.value / real.meanS - 1) < 0.05)
        #expect(abs(median.value / real.medianS - 1) < 0.05)
        let result = SimulationResult(run)
        for (own, simulated) in zip(fitted.model.utilization(of: log), result.roles) {
            #expect(own.role == simulated.name)
            #expect(abs((own.utilization ?? -1) - (simulated.utilization ?? 2)) < 0.05)
        }
        #expect(result.unsoundCases == 0)
        #expect(Set(run.replications.map { $0.cycle }).count == 20)
        // No loop is taken more often than in the log.
        var options = fitted.options(replications: 2)
        options.detail = .instances
        let simulated = try Simulator.run(fitted.model, options: options)
        let most = Self.mostVisits(log)
        for replication in 0..<2 {
            for (name, count) in Self.mostVisits(simulated.log(of: replication)) { #expect(count <= most[name] ?? 0) }
        }
    }

    private static func mostVisits(_ log: EventLog) -> [String: Int] {
        let work = ObservedWork(log)
        var most: [String: Int] = [:]
        for row in 0..<work.count {
            most[work.activityNames[work.activity[row]], default: 0] = max(
                most[work.activityNames[work.activity[row]], default: 0], work.visit[row])
        }
        return most
    }

    @Test func planGivesThePlantedGain() throws {
        let fitted = Purchases.fitted
        var changed = fitted.model
        let approve = try #require(changed.activity(named: "Approve Requisition"))
        let clerk = try #require(changed.role(named: "Invoice Clerk"))
        let amounts = try #require(changed.attributes?.columns.first { $0.name == "amount" })
        guard case .number(let values) = amounts.values else {
            Issue.record("amounts are numbers")
            return
        }
        changed.activities[approve].automation = .init(
            share: 1, duration: .fixed(12), role: try #require(changed.role(named: "System")), eligible: values.map { ($0 ?? 1e9) < 5_000 })
        let known = changed.resources(of: clerk)[0]
        changed.resources.append(SimulationResource(name: "new", role: clerk, calendar: changed.resources[known].calendar))
        let options = fitted.options(threads: 2)
        let pair = PairedExperiment(
            baseline: try Simulator.run(fitted.model, options: options), changed: try Simulator.run(changed, options: options))
        // The generator's truth, pooled over seeds 1 to 3 of 20,000 cases before and after: mean −37.2 %, median −37.7 %.
        let mean = try #require(pair.change(of: .cycleTimeMean)?.relative)
        let median = try #require(pair.change(of: .cycleTimeMedian)?.relative)
        #expect(abs(mean.value + 0.372) < 0.05)
        #expect(abs(median.value + 0.377) < 0.05)
    }

    @Test func sameLogSameModel() throws {
        let log = try Purchases.generated("before", cases: 150, seed: 5)
        let one = try SimulationModel.fit(log: log, options: FitOptions(threads: 1))
        let two = try SimulationModel.fit(log: log, options: FitOptions(threads: 2))
        #expect(one.model == two.model)
        #expect(one.memoryless == two.memoryless)
        #expect(one.report == two.report)
        #expect(try Backtest.of(log, options: FitOptions(threads: 1)) == Backtest.of(log, options: FitOptions(threads: 2)))
    }

    /// Without hours and batches the log is its own oracle.
    @Test func plainVariantFits() throws {
        let log = try Purchases.generated("plain", cases: 600, seed: 3)
        let fitted = try SimulationModel.fit(log: log, options: FitOptions(comparesMemoryless: false))
        #expect(fitted.model.calendars.allSatisfy { $0.hours.isAlways })
        #expect(fitted.model.activities.allSatisfy { $0.batching == nil })
        let run = try Simulator.run(fitted.model, options: fitted.options(replications: 5))
        let real = try #require(TimeStatistics(microseconds: CaseTimes.of(log).cycle))
        #expect(abs(try #require(run.estimate(of: .cycleTimeMean)).value / real.meanS - 1) < 0.05)
        let memoryless = try Simulator.run(fitted.memoryless, options: fitted.options(replications: 20, threads: 2))
        #expect(abs(try #require(memoryless.estimate(of: .cycleTimeMean)).value / real.meanS - 1) < 0.1)
    }

    @Test func backtestOfPurchases() throws {
        let test = try Backtest.of(Purchases.before, options: FitOptions(threads: 2))
        #expect(test.trusted)
        #expect(test.obstacle == nil)
        #expect(test.heldOutCases == 240)
        #expect(test.openCases > 20)
        let error = try #require(test.cycleTimeError)
        #expect(error > 0 && error <= 0.25)
        let cycle = try #require(test.metrics.first)
        #expect(cycle.name == "cycle_time")
        #expect(try #require(cycle.ci95).contains(try #require(cycle.value)))
    }

    // MARK: Odd logs

    private func check(_ log: EventLog, _ source: SourceLocation = #_sourceLocation) throws {
        let fitted = try SimulationModel.fit(log: log)
        try fitted.model.validate()
        try fitted.memoryless.validate()
        let run = try Simulator.run(fitted.model, options: fitted.options(replications: 2))
        #expect(run.replications.allSatisfy { $0.unfinished == 0 && $0.stuck == 0 }, sourceLocation: source)
        _ = try Backtest.of(log, replications: 2)
    }

    @Test func oddLogsFit() throws {
        // One case; no resources; no starts; neither.
        try check(.tiny([("1", [TinyEvent("A", start: 0, end: 60, by: "x"), TinyEvent("B", start: 100, end: 160, by: "y")])]))
        try check(.tiny([("1", [TinyEvent("A", start: 0, end: 60), TinyEvent("B", start: 100, end: 160)])]))
        try check(.tiny([("1", [TinyEvent("A", end: 60, by: "x"), TinyEvent("B", end: 160, by: "x")])]))
        try check(.tiny([("1", [TinyEvent("A", end: 60)]), ("2", [TinyEvent("A", end: 90)])]))
        for seed in 0..<6 {
            try check(.random(seed: UInt64(seed), cases: 60, resources: seed % 3))
            try check(.random(seed: UInt64(seed), cases: 40, withStarts: false, resources: seed % 2))
        }
    }

    @Test func nothingToLearnIsSaid() {
        #expect(throws: FitError.noTimedInstances) { try SimulationModel.fit(log: .tiny([])) }
        let log = EventLog.tiny([("1", [TinyEvent("A", start: 0, end: 60)])])
        #expect(throws: FitError.noCompleteCase(endActivities: ["B"])) {
            try SimulationModel.fit(log: log, options: FitOptions(endActivities: ["B"]))
        }
    }

    // MARK: Parts

    @Test(arguments: [
        (FitReport.Method.exponential, Distribution.exponential(mean: 4_000)), (.logNormal, .logNormal(mean: 4_000, variance: 3e7)),
        (.gamma, .gamma(mean: 4_000, variance: 5e6)), (.uniform, .uniform(lower: 1_000, upper: 5_000)),
        (.normal, .normal(mean: 4_000, deviation: 600, lower: 0, upper: .infinity)),
    ])
    func familiesAreRecognised(_ method: FitReport.Method, _ truth: Distribution) {
        var stream = RandomStream(seed: 9, path: 1)
        let sample = (0..<3_000).map { _ in truth.quantile(stream.openUnit()) }
        let fit = DistributionFit(sample)
        #expect(fit.method == method)
        let mean = sample.reduce(0, +) / Double(sample.count)
        #expect(abs(fit.distribution.mean / mean - 1) < 0.01)
        #expect(fit.heldOut != nil)
    }

    @Test func twoHumpsAreEmpirical() {
        var stream = RandomStream(seed: 4, path: 1)
        let sample = (0..<2_000).map { _ in (stream.unit() < 0.5 ? 600 : 30_000) * (1 + 0.05 * stream.normal()) }
        #expect(DistributionFit(sample).method == .empirical)
        #expect(DistributionFit([60, 60, 60]).method == .fixed)
    }

    /// Random weekly hours come back from instants drawn within them.
    @Test func hoursComeBack() {
        for seed in 0..<12 {
            var stream = RandomStream(seed: UInt64(seed), path: 3)
            let opening = 24 + stream.index(below: 12)
            let lunch = opening + 12 + stream.index(below: 6)
            let closing = lunch + 4 + 10 + stream.index(below: 10)
            let lastDay = 4 + stream.index(below: 3)
            var shifts: [WeeklyHours.Shift] = []
            for day in 0...lastDay {
                for (from, to) in [(opening, lunch), (lunch + 4, closing)] {
                    let slot = { (count: Int) in Int64(day) * Microseconds.day + Int64(count) * 15 * Microseconds.minute }
                    shifts.append(WeeklyHours.Shift(start: slot(from), end: slot(to)))
                }
            }
            let truth = WeeklyHours(shifts)
            let instants = (0..<2_500).map { number -> Int64 in
                truth.finish(from: Int64(number % 50) * WeeklyHours.week, work: 1 + Int64(stream.unit() * Double(truth.perWeek - 1))) ?? 0
            }
            #expect(WorkingHoursFit(instants).hours == truth)
        }
        #expect(WorkingHoursFit([0, 1, 2]).hours == nil)
    }

    /// The last idle moment is the one that a walk in steps of a minute finds.
    @Test func idleTimesByBruteForce() throws {
        let log = EventLog.random(seed: 8, cases: 80, overlapping: false)
        let work = ObservedWork(log)
        let roles = RoleFit(work)
        let idle = IdleTimes(work, roles)
        for row in stride(from: 0, to: work.count, by: 7) {
            for resource in roles.resources.indices {
                let time = work.start[row]
                let earliest = time - 3 * Microseconds.hour
                let calendar = roles.calendars[roles.resources[resource].calendar]
                let isIdle: (Int64) -> Bool = { instant in
                    calendar.isOpen(at: instant)
                        && !(0..<work.count).contains { other in
                            work.resource[other] >= 0 && roles.placeOfResource[work.resource[other]] == resource
                                && work.start[other] <= instant && instant < work.completion[other]
                        }
                }
                var latest: Int64?
                var instant = time - Microseconds.second
                while instant >= earliest && latest == nil {
                    if isIdle(instant) && isIdle(instant - 4 * Microseconds.second) { latest = instant }
                    instant -= 5 * Microseconds.second
                }
                let found = idle.last(before: time, notBefore: earliest, of: [resource])
                if let latest {
                    #expect(abs(try #require(found) - latest) <= 12 * Microseconds.second)
                } else if let found {
                    // Only a gap of seconds can have escaped the walk.
                    #expect(found > earliest)
                }
            }
        }
    }
}
