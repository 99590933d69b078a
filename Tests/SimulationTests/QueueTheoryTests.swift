import Foundation
import Instants
import Simulation
import Statistics
import Testing

/// The engine against closed formulas: Erlang, Pollaczek and Khinchine, Jackson, Little.
@Suite struct QueueTheoryTests {
    /// Mean waits of instances (seconds) and utilisations per replication.
    private func measure(_ model: SimulationModel, cases: Int, replications: Int = 20, warmUp: Int = 3_000) throws -> (
        wait: Estimate, utilization: Estimate, run: SimulationRun
    ) {
        let options = SimulationOptions(
            cases: cases, replications: replications, seed: 11, threads: 2, warmUp: warmUp, caseStart: .arrival, detail: .cases)
        let run = try Simulator.run(model, options: options)
        let waits = run.replications.map { outcome in
            outcome.waiting.reduce(0.0) { $0 + Double($1) } / Double(outcome.waiting.count) / 1e6
        }
        let utilizations = run.replications.map { outcome in
            Double(outcome.worked.reduce(0, +)) / Double(outcome.available.reduce(0, +))
        }
        return (try #require(Estimate.mean(of: waits)), try #require(Estimate.mean(of: utilizations)), run)
    }

    /// Within 3.5 standard errors: of forty such checks none fails by chance in 97 of 100 sets of seeds.
    private func agrees(_ estimate: Estimate, with theory: Double, precision: Double) -> Bool {
        guard let interval = estimate.ci95 else { return false }
        let error = interval.halfWidth / 2.093
        return abs(estimate.value - theory) <= 3.5 * error && interval.halfWidth <= precision * theory
    }

    @Test func exponentialServerWaitsAsErlangSays() throws {
        let model = QueueModels.line(gap: .exponential(mean: 100), [(1, .exponential(mean: 80))])
        let (wait, utilization, _) = try measure(model, cases: 20_000)
        #expect(agrees(wait, with: 320, precision: 0.05), "mean wait \(wait)")
        #expect(agrees(utilization, with: 0.8, precision: 0.01), "utilisation \(utilization)")
    }

    @Test func threeServersWaitAsErlangSays() throws {
        // Erlang C of 2.4 erlangs on three servers is 0.6472, over (3 µ − λ).
        let model = QueueModels.line(gap: .exponential(mean: 100), [(3, .exponential(mean: 240))])
        let (wait, utilization, _) = try measure(model, cases: 20_000)
        let offered = 2.4
        let top = offered * offered * offered / 6 * 3 / (3 - offered)
        let erlang = top / (1 + offered + offered * offered / 2 + top)
        #expect(agrees(wait, with: erlang / (3.0 / 240 - 0.01), precision: 0.05), "mean wait \(wait)")
        #expect(agrees(utilization, with: 0.8, precision: 0.01), "utilisation \(utilization)")
    }

    @Test func generalServiceWaitsAsPollaczekAndKhinchineSay() throws {
        let model = QueueModels.line(gap: .exponential(mean: 100), [(1, .uniform(lower: 20, upper: 140))])
        let (wait, utilization, _) = try measure(model, cases: 20_000)
        #expect(agrees(wait, with: 190, precision: 0.05), "mean wait \(wait)")
        #expect(agrees(utilization, with: 0.8, precision: 0.01), "utilisation \(utilization)")
    }

    /// M/D/1, gamma and log-normal service of the same mean: Wq = ρ (1 + cs²) ÷ (2 µ (1 − ρ)).
    @Test(arguments: [
        (Distribution.fixed(50), 0.0), (.gamma(mean: 50, variance: 1_250), 0.5), (.logNormal(mean: 50, variance: 2_500), 1.0),
    ])
    func serviceVariationCounts(service: Distribution, squaredVariation: Double) throws {
        let model = QueueModels.line(gap: .exponential(mean: 100), [(1, service)])
        let (wait, _, _) = try measure(model, cases: 12_000)
        #expect(agrees(wait, with: 25 * (1 + squaredVariation), precision: 0.05), "mean wait \(wait)")
    }

    @Test func stationsInLineAreIndependent() throws {
        let model = QueueModels.line(gap: .exponential(mean: 100), [(3, .exponential(mean: 240)), (3, .exponential(mean: 240))])
        let (wait, utilization, _) = try measure(model, cases: 20_000)
        #expect(agrees(wait, with: 517.75, precision: 0.05), "mean wait \(wait)")
        #expect(agrees(utilization, with: 0.8, precision: 0.01), "utilisation \(utilization)")
    }

    /// A loop with probability p behind one server: 1 ÷ (1 − p) visits of an M/M/1 queue at the total rate (Jackson).
    @Test func loopsFeedBack() throws {
        var model = QueueModels.line(gap: .exponential(mean: 100), [(1, .exponential(mean: 48))])
        model.flow = .graph(
            FlowGraph(
                nodes: [
                    .init(id: "start", arcs: [.init(target: 1)]), .init(id: "a", action: .activity(0), arcs: [.init(target: 2)]),
                    .init(id: "again?", split: .one, arcs: [.init(target: 1, probability: 0.4), .init(target: 3, probability: 0.6)]),
                    .init(id: "end"),
                ], starts: [0]))
        let (wait, utilization, run) = try measure(model, cases: 20_000)
        let rho = 0.8
        #expect(agrees(wait, with: rho / (1 - rho) * 48 / 0.6, precision: 0.05), "mean wait \(wait)")
        #expect(agrees(utilization, with: rho, precision: 0.01), "utilisation \(utilization)")
        let repeated = run.replications.map { Double($0.hasRework.count { $0 }) / Double($0.hasRework.count) }
        #expect(agrees(try #require(Estimate.mean(of: repeated)), with: 0.4, precision: 0.02))
    }

    /// Two shifts that do not meet: a reference that begins each case at the earliest feasible instant waits 118.5 s.
    @Test func someoneOnShiftIsNeverOverlooked() throws {
        let options = SimulationOptions(
            cases: 2_000, replications: 100, start: QueueModels.monday, seed: 3, threads: 2, caseStart: .arrival, detail: .cases)
        let run = try Simulator.run(QueueModels.shifts, options: options)
        let waits = run.replications.map { $0.waiting.reduce(0.0) { $0 + Double($1) } / 2e9 }
        let wait = try #require(Estimate.mean(of: waits))
        #expect(abs(wait.value - 118.5) < 5, "mean wait \(wait)")
    }

    /// n parallel branches with a server each for everybody: the last is done after H_n means.
    @Test(arguments: [2, 5]) func joinsWaitForTheSlowest(branches: Int) throws {
        let model = forkJoin(branches)
        let options = SimulationOptions(
            cases: 4_000, replications: 20, seed: 5, threads: 2, caseStart: .arrival, detail: .cases)
        let run = try Simulator.run(model, options: options)
        let cycles = run.replications.map { $0.cycle.reduce(0.0) { $0 + Double($1) } / 4_000 / 1e6 }
        let harmonic = (1...branches).reduce(0.0) { $0 + 1 / Double($1) }
        #expect(agrees(try #require(Estimate.mean(of: cycles)), with: 100 * harmonic, precision: 0.02))
        #expect(run.replications.allSatisfy { $0.stuck == 0 && $0.unfinished == 0 && $0.instanceCount == 4_000 * branches })
    }

    private func forkJoin(_ branches: Int, inclusive: Bool = false) -> SimulationModel {
        var nodes: [FlowGraph.Node] = [
            .init(
                id: "fork", split: inclusive ? .some : .all,
                arcs: (0..<branches).map { .init(target: 1 + $0, probability: 0.5) })
        ]
        for branch in 0..<branches { nodes.append(.init(id: "b\(branch)", action: .activity(branch), arcs: [.init(target: branches + 1)])) }
        nodes.append(.init(id: "join", join: inclusive ? .inclusive : .all, arcs: [.init(target: branches + 2)]))
        nodes.append(.init(id: "last", action: .activity(branches)))
        return SimulationModel(
            activities: (0...branches).map {
                SimulationActivity(
                    name: "B\($0)", performers: [.init(role: 0, duration: $0 == branches ? .fixed(0) : .exponential(mean: 100))])
            },
            roles: [SimulationRole(name: "Machines", isSystem: true)], resources: [], calendars: [],
            arrivals: Arrivals(.gaps(.fixed(10), clock: .working)),
            flow: .graph(FlowGraph(nodes: nodes, starts: [0]))
        )
        .withoutLast(!inclusive)
    }

    /// Inclusive branches: each with one half, at least one; the join goes on once, after all that were taken.
    @Test func inclusiveJoinsGoOnOnce() throws {
        let model = forkJoin(3, inclusive: true)
        let options = SimulationOptions(cases: 5_000, replications: 4, seed: 5, caseStart: .arrival, detail: .instances)
        let run = try Simulator.run(model, options: options)
        for outcome in run.replications {
            let last = outcome.instances.activity.count { $0 == 3 }
            #expect(last == 5_000)
            let taken = Double(outcome.instanceCount - last) / 5_000
            // 3 · ½ branches, and one more where none was drawn, which happens in 1 of 8 cases.
            #expect(abs(taken - 1.625) < 0.05)
            #expect(outcome.stuck == 0)
        }
    }

    /// Poisson arrivals of changing rate: the number in each hour is that hour's rate.
    @Test func weeklyRatesAreKept() throws {
        var rates = [Double](repeating: 0, count: 168)
        for hour in 0..<168 where hour % 24 >= 8 && hour % 24 < 18 { rates[hour] = Double(1 + hour % 24 % 5) }
        var model = QueueModels.line(gap: .fixed(1), [(1, .fixed(0))])
        model.arrivals = Arrivals(.weeklyRates(rates), scale: 2)
        let perWeek = rates.reduce(0, +) * 2
        let weeks = 300.0
        let options = SimulationOptions(
            cases: Int(perWeek * weeks), replications: 1, start: QueueModels.monday + 9 * Microseconds.hour, seed: 8,
            caseStart: .arrival, detail: .cases)
        let outcome = try Simulator.run(model, options: options).replications[0]
        var counts = [Double](repeating: 0, count: 168)
        for arrival in outcome.arrival { counts[Int((arrival - QueueModels.monday) / Microseconds.hour) % 168] += 1 }
        for hour in 0..<168 {
            let expected = rates[hour] * 2 * weeks
            #expect(abs(counts[hour] - expected) <= 4.5 * expected.squareRoot() + 6, "hour \(hour): \(counts[hour]) for \(expected)")
        }
    }

    /// Batches of k out of a Poisson stream wait (k − 1) ÷ 2λ on average.
    @Test func batchesFillUp() throws {
        var model = QueueModels.line(gap: .exponential(mean: 100), [(1, .fixed(0))])
        model.roles[0].isSystem = true
        model.activities[0].batching = .init(release: .init(size: 5))
        let options = SimulationOptions(cases: 5_000, replications: 20, seed: 9, caseStart: .arrival, detail: .cases)
        let run = try Simulator.run(model, options: options)
        let waits = run.replications.map { $0.waiting.reduce(0.0) { $0 + Double($1) } / 5_000 / 1e6 }
        #expect(agrees(try #require(Estimate.mean(of: waits)), with: 200, precision: 0.03))
    }

    /// Two classes, the first before the second without interruption (Cobham): 33.3 s and 66.7 s.
    @Test func prioritiesAreKeptAsCobhamSays() throws {
        var model = QueueModels.line(gap: .exponential(mean: 100), [(1, .exponential(mean: 50))])
        model.attributes = CaseAttributes([.init(name: "class", values: .text(["HI", "LO"]))])
        model.priorities = [0, 1]
        let options = SimulationOptions(
            cases: 20_000, replications: 20, seed: 21, threads: 2, warmUp: 1_000, caseStart: .arrival, detail: .cases)
        let run = try Simulator.run(model, options: options)
        for (level, theory) in [(0, 100.0 / 3), (1, 200.0 / 3)] {
            let waits = run.replications.map { outcome -> Double in
                let own = outcome.waiting.indices.filter { outcome.row[$0] == Int32(level) }
                return own.reduce(0.0) { $0 + Double(outcome.waiting[$1]) } / Double(own.count) / 1e6
            }
            #expect(agrees(try #require(Estimate.mean(of: waits)), with: theory, precision: 0.05), "level \(level)")
        }
    }
}

extension SimulationModel {
    /// Leaves out the activity after the join, so that the cycle ends there.
    fileprivate func withoutLast(_ yes: Bool) -> SimulationModel {
        guard yes, case .graph(var graph) = flow else { return self }
        graph.nodes[graph.nodes.count - 1].action = .none
        var model = self
        model.flow = .graph(graph)
        return model
    }
}
