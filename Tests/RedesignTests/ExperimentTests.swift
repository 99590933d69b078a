import EventLogs
import Indicators
import Redesign
import Simulation
import Statistics
import Testing
import WorkingTime

@Suite("Experiments on common random numbers")
struct ExperimentTests {
    private func experiment(
        _ model: SimulationModel, _ text: String, rates: Rates? = nil, replications: Int = 5, cases: Int = 40
    ) throws -> Experiment {
        let plan = try RedesignPlan(parsing: text, fileName: "p.yaml")
        return try Experiment(
            plan, on: model, options: .init(simulation: SimulationOptions(cases: cases, replications: replications), rates: rates))
    }

    private func delta(_ result: RedesignResult, _ kpi: String) throws -> RedesignResult.Delta {
        try #require(result.delta.first { $0.kpi == kpi })
    }

    private static let halves = """
        changes:
          - duration: {activity: A, scale: 0.5}
          - duration: {activity: B, scale: 0.5}
        goals: [{kpi: cycle_time.p95, change: "<= -30m"}, {kpi: cycle_time.mean, change: "<= -60%"}, {kpi: cost.mean, target: "<= 1"}]
        """

    @Test("where nothing is left to chance the change is exact")
    func isExact() throws {
        let model = Models.sequence([3_600, 7_200], asScripts: true)
        let result = try experiment(model, Self.halves).result
        let mean = try delta(result, "cycle_time.mean")
        #expect(mean.baseline == 10_800 && mean.redesigned == 5_400 && mean.changeAbsolute == -5_400)
        #expect(mean.changeRelative == -0.5 && mean.changeRelativeCi95 == Interval(low: -0.5, high: -0.5))
        #expect(mean.verdict == .better && mean.varianceReduction == nil && mean.unit == "s")
        let cost = try delta(result, "cost.mean")
        #expect(cost.baseline == nil && cost.changeAbsolute == nil && cost.verdict == nil)
        #expect(result.goals.map(\.verdict) == [.pass, .fail, .unsure])
        #expect(result.goals.map(\.goal) == ["change <= -30m", "change <= -60%", "target <= 1"])
        #expect(
            result.delta.map(\.kpi) == [
                "cycle_time.mean", "cycle_time.median", "cycle_time.p90", "waiting_time.mean", "service_time.mean", "throughput.mean",
                "cost.mean", "rework_rate.rate", "cycle_time.p95",
            ])
        #expect(result.creditMethod == .shapley)
        #expect(result.credit.first { $0.change == 1 && $0.kpi == "cycle_time.mean" }?.gain == 1_800)
        #expect(result.credit.first { $0.change == 2 && $0.kpi == "cycle_time.mean" }?.gain == 3_600)
        #expect(result.cycleTimes.baselineS.allSatisfy { $0 == 10_800 } && result.cycleTimes.redesignedS.allSatisfy { $0 == 5_400 })
    }

    @Test("money is hours by role and executions by activity")
    func countsMoney() throws {
        let rates = Rates(currency: "EUR", roles: ["Clerk": 40], activities: ["A": 2.5])
        let result = try experiment(Models.sequence([3_600, 7_200], asScripts: false), Self.halves, rates: rates).result
        let cost = try delta(result, "cost.mean")
        let baseline = try #require(cost.baseline)
        let redesigned = try #require(cost.redesigned)
        #expect(abs(baseline - 122.5) < 1e-9 && abs(redesigned - 62.5) < 1e-9)
        #expect(cost.unit == "EUR" && cost.verdict == .better)
    }

    @Test("simulated cases cost what their log costs", arguments: 0..<6)
    func countsMoneyAsLogsDo(seed: UInt64) throws {
        let rates = Rates(roles: ["Clerk": 40, "Buyer": 55], activities: ["A": 2.5, "D": 7])
        let options = SimulationOptions(cases: 60, replications: 2, detail: .instances)
        let run = try Simulator.run(Models.random(seed), options: options).priced(by: rates)
        for replication in 0..<2 {
            let log = run.log(of: replication)
            let costs = try #require(CaseCosts.of(log, rates: rates))
            for (position, cost) in costs.enumerated() {
                let number = try #require(Int(log.columns.caseNames[log.caseIDs[position]]))
                #expect(abs(run.replications[replication].cost[number - 1] - cost) < 1e-6)
            }
        }
    }

    @Test("nothing changed is no difference, to the last bit", arguments: 0..<4)
    func findsNothingInNothing(seed: UInt64) throws {
        let result = try experiment(Models.random(seed), "changes: []").result
        for delta in result.delta where delta.baseline != nil {
            #expect(delta.changeAbsolute == 0 && delta.changeAbsoluteCi95 == Interval(low: 0, high: 0) && delta.verdict == .noDifference)
        }
        #expect(result.credit.isEmpty && result.baseline == result.redesigned)
    }

    @Test("slower work is worse, and shared random numbers narrow the interval")
    func findsWorse() throws {
        var model = Models.sequence([60, 60, 60], asScripts: false)
        for place in model.activities.indices { model.activities[place].performers[0].duration = .exponential(mean: 3_000) }
        let text = "changes: [{duration: {activity: C, scale: 1.1}}]"
        let result = try experiment(model, text, replications: 12, cases: 200).result
        let service = try delta(result, "service_time.mean")
        #expect(service.verdict == .worse && service.changeAbsolute ?? 0 > 0)
        #expect(service.varianceReduction ?? 0 > 20)
        #expect(result.varianceReduction == (try delta(result, "cycle_time.mean")).varianceReduction)
    }

    @Test("the credits of a figure sum to its change", arguments: [2, 3, 4, 6])
    func sharesCreditOut(count: Int) throws {
        let changes = [
            "resource: {role: Buyer, add: 1}", "duration: {activity: D, scale: 0.5}", "automate: {activity: A, duration: 30s}",
            "calendar: {role: Clerk, hours: \"Mon-Sun 00:00-24:00\"}", "arrivals: {scale: 1.2}", "duration: {activity: B, scale: 0.3}",
        ]
        let text = "changes:\n" + changes.prefix(count).map { "  - " + $0 }.joined(separator: "\n")
        let result = try experiment(Models.random(4), text, replications: 3).result
        #expect(result.creditMethod == (count <= 4 ? .shapley : .bothWays))
        #expect(result.credit.count == count * result.delta.count)
        for delta in result.delta {
            let gains = result.credit.filter { $0.kpi == delta.kpi }.compactMap(\.gain)
            guard let change = delta.changeAbsolute else {
                #expect(gains.isEmpty)
                continue
            }
            let sign = delta.kpi.hasPrefix("throughput") ? 1.0 : -1.0
            #expect(abs(gains.reduce(0, +) - sign * change) <= 1e-6 * max(1, abs(delta.baseline ?? 0)), "\(delta.kpi)")
        }
    }

    @Test("a change that needs another has credit only with it")
    func sharesCreditOfDependentChanges() throws {
        let model = Models.sequence([3_600, 60, 3_600], asScripts: true)
        let text = "changes: [{remove: {activity: B}}, {parallelize: {activities: [A, C]}}]"
        let result = try experiment(model, text).result
        let gains = result.credit.filter { $0.kpi == "cycle_time.mean" }.map(\.gain)
        // Removal alone saves 60 s; both together 3,660 s; going side by side alone is not possible.
        #expect(gains == [60 + 1_800, 1_800])
    }

    @Test("more people shorten queues as theory says")
    func agreesWithTheory() throws {
        // M/M/1 with load 0.8 and M/M/2 with 0.4: waits of 320 s and of 15.24 s by Erlang's formula.
        let model = SimulationModel(
            activities: [SimulationActivity(name: "A", performers: [.init(role: 0, duration: .exponential(mean: 80))])],
            roles: [SimulationRole(name: "Clerk")], resources: [SimulationResource(name: "c", role: 0, calendar: 0)],
            calendars: [.always], arrivals: Arrivals(.gaps(.exponential(mean: 100), clock: .elapsedThenOpening)),
            flow: .graph(.sequence([0])))
        var simulation = SimulationOptions(cases: 20_000, replications: 20, warmUp: 2_000, caseStart: .arrival, detail: .cases)
        simulation.threads = 2
        let plan = try RedesignPlan(parsing: "changes: [{resource: {role: Clerk, add: 1}}]", fileName: "p.yaml")
        let result = try Experiment(plan, on: model, options: .init(simulation: simulation)).result
        let change = try #require(try delta(result, "waiting_time.mean").changeAbsoluteCi95)
        let theory = 80 * 0.16 / (1 - 0.16) - 320
        #expect(abs((change.low + change.high) / 2 - theory) < 1.6 * change.halfWidth, "\(change) holds \(theory)")
        #expect(change.halfWidth < 20)
    }
}
