import EventLogs
import Instants
import Redesign
import Simulation
import Statistics
import Testing
import WorkingTime

@Suite("Plans applied to models")
struct ChangeTests {
    private func plan(_ changes: String...) throws -> RedesignPlan {
        try RedesignPlan(parsing: "changes:\n" + changes.map { "  - " + $0 }.joined(separator: "\n"), fileName: "p.yaml")
    }

    private func run(_ model: SimulationModel, cases: Int = 30, detail: SimulationOptions.Detail = .activities) throws -> SimulationRun {
        try Simulator.run(model, options: SimulationOptions(cases: cases, replications: 2, detail: detail))
    }

    /// Which steps wait for which, directly or not.
    private func closure(_ script: CaseScripts.Script) -> [[Bool]] {
        var before = script.steps.map { _ in [Bool](repeating: false, count: script.steps.count) }
        for (place, step) in script.steps.enumerated() {
            for earlier in step.after {
                before[place][earlier] = true
                for (index, isBefore) in before[earlier].enumerated() where isBefore { before[place][index] = true }
            }
        }
        return before
    }

    @Test("whatever fits leaves a model that can run; what does not says where", arguments: 0..<150)
    func keepsModelsValid(seed: UInt64) throws {
        let model = Models.random(seed)
        try model.validate()
        var random = RandomStream(seed: seed, path: [5])
        let text = "changes:\n" + (0..<4).map { _ in "  - " + Models.change(&random).text }.joined(separator: "\n")
        let plan = try RedesignPlan(parsing: text, fileName: "p.yaml")
        let changed: SimulationModel
        do throws(PlanError) {
            changed = try plan.applied(to: model)
        } catch {
            #expect((2...5).contains(error.line ?? 0) && error.column ?? 0 > 4, "\(error)")
            return
        }
        try changed.validate()
        let outcome = try run(changed)
        #expect(outcome.replications.allSatisfy { $0.unfinished == 0 && $0.stuck == 0 }, "\(text)")
        let removed = plan.changes.compactMap { change -> String? in
            if case .remove(let name) = change.action { name } else { nil }
        }
        for name in removed { #expect(changed.activity(named: name) == nil) }
        #expect(try run(changed).replications == outcome.replications)
    }

    @Test("a plan without changes gives the same model and the same bytes", arguments: 0..<10)
    func keepsIdentity(seed: UInt64) throws {
        let model = Models.random(seed)
        let changed = try RedesignPlan(parsing: "changes: []", fileName: "p.yaml").applied(to: model)
        #expect(changed == model)
        #expect(try run(changed, detail: .instances).replications == run(model, detail: .instances).replications)
    }

    @Test("a removed activity is done no more, and what remains keeps its order", arguments: 0..<40)
    func removes(seed: UInt64) throws {
        var random = RandomStream(seed: seed, path: [9])
        var model = Models.random(2)
        let scripts = (0..<6).map { _ -> CaseScripts.Script in
            var script = Models.script(&random, activities: 4, longest: 9, row: nil)
            if script.steps.allSatisfy({ $0.activity == 1 }) { script.steps[0].activity = 0 }
            return script
        }
        model.flow = .scripts(CaseScripts(scripts))
        let changed = try plan("remove: {activity: B}").applied(to: model)
        #expect(changed.activities.map(\.name) == ["A", "C", "D"])
        guard case .scripts(let rest) = changed.flow else {
            Issue.record("scripts stay scripts")
            return
        }
        for (before, after) in zip(scripts, rest.scripts) {
            let kept = before.steps.indices.filter { before.steps[$0].activity != 1 }
            #expect(
                after.steps.map { changed.activities[$0.activity].name } == kept.map { model.activities[before.steps[$0].activity].name })
            let old = closure(before)
            let new = closure(after)
            for (row, place) in kept.enumerated() {
                for (column, other) in kept.enumerated() { #expect(new[row][column] == old[place][other]) }
            }
        }
        #expect(changed.activities[1].delaysAfter.map { changed.activities[$0.activity].name }.contains("A"))
        let log = try run(changed, detail: .instances).log()
        #expect(log.activities.find("B") == nil && log.caseCount == 30)
    }

    @Test("waiting that followed a removed activity follows what came before it")
    func removalKeepsDelays() throws {
        for asScripts in [true, false] {
            var model = Models.sequence([3_600, 7_200, 600], asScripts: asScripts)
            model.activities[2].delaysAfter = [.init(activity: 1, delay: .init(.fixed(5_000)))]
            let outcome = try run(plan("remove: {activity: B}").applied(to: model)).replications[0]
            #expect(outcome.cycle.allSatisfy { $0 == (3_600 + 5_000 + 600) * 1_000_000 })
        }
    }

    @Test("removing the only path is refused")
    func keepsThePath() throws {
        for asScripts in [true, false] {
            let model = Models.sequence([60], asScripts: asScripts)
            #expect { try plan("remove: {activity: A}").applied(to: model) } throws: { ($0 as? PlanError)?.id == "only-path" }
        }
    }

    @Test("side by side takes the time of the longest")
    func parallelizes() throws {
        for asScripts in [true, false] {
            let model = Models.sequence([600, 3_600, 7_200, 1_800, 60], asScripts: asScripts)
            let changed = try plan("parallelize: {activities: [B, C, D]}").applied(to: model)
            try changed.validate()
            let outcome = try run(changed).replications[0]
            #expect(outcome.cycle.allSatisfy { $0 == (600 + 7_200 + 60) * 1_000_000 })
            #expect(outcome.stuck == 0 && outcome.instanceCount == 150)
            let first = try run(plan("parallelize: {activities: [A, B]}").applied(to: model)).replications[0]
            #expect(first.cycle.allSatisfy { $0 == (3_600 + 7_200 + 1_800 + 60) * 1_000_000 })
            #expect { try plan("parallelize: {activities: [A, C]}").applied(to: model) } throws: { ($0 as? PlanError)?.id == "never-meet" }
        }
    }

    @Test("side by side drops the order of the pair and keeps every other", arguments: 0..<60)
    func parallelizeKeepsOrder(seed: UInt64) throws {
        var random = RandomStream(seed: seed, path: [11])
        var model = Models.random(2)
        var script = Models.script(&random, activities: 4, longest: 8, row: nil)
        // A name per step, so that steps can be told apart.
        model.activities = script.steps.indices.map { number in
            SimulationActivity(name: Models.letter(number), performers: [.init(role: 0, duration: .fixed(10))])
        }
        for place in script.steps.indices { script.steps[place].activity = place }
        model.flow = .scripts(CaseScripts([script]))
        guard script.steps.count > 1 else { return }
        let one = random.index(below: script.steps.count)
        let other = (one + 1 + random.index(below: script.steps.count - 1)) % script.steps.count
        let old = closure(script)
        let plan = try plan("parallelize: {activities: [\(Models.letter(one)), \(Models.letter(other))]}")
        let changed: SimulationModel
        do throws(PlanError) {
            changed = try plan.applied(to: model)
        } catch {
            let first = min(one, other)
            let last = max(one, other)
            let between = script.steps.indices.contains { old[$0][first] && old[last][$0] }
            #expect(!old[last][first] || between, "they follow each other with nothing between")
            return
        }
        guard case .scripts(let scripts) = changed.flow else { return }
        let after = scripts.scripts[0]
        let new = closure(after)
        let place = Dictionary(uniqueKeysWithValues: after.steps.enumerated().map { ($1.activity, $0) })
        for later in script.steps.indices {
            for earlier in script.steps.indices {
                let isPair = Set([later, earlier]) == Set([one, other])
                let isNow = new[place[later]!][place[earlier]!]
                if isPair { #expect(!isNow) } else if old[later][earlier] { #expect(isNow) }
            }
        }
    }

    /// How often `to` comes directly after `from`, over the times that `from` is done.
    private func probability(_ scripts: CaseScripts, _ from: Int, _ to: Int) -> Double {
        var total = 0.0
        var followed = 0.0
        for script in scripts.scripts {
            let weight = scripts.order == .inTurn ? 1 : script.weight
            for place in script.steps.indices where script.steps[place].activity == from {
                total += weight
                if script.steps.contains(where: { $0.activity == to && $0.after.contains(place) }) { followed += weight }
            }
        }
        return followed / total
    }

    @Test("rerouted scripts meet the probability and leave the others alone", arguments: [0.0, 0.05, 0.35, 0.6, 0.95, 1.0])
    func reroutesScripts(wanted: Double) throws {
        for order in [CaseScripts.Order.drawn, .inTurn] {
            for count in [1, 40, 400] {
                var model = Models.sequence([60, 60, 60, 60], asScripts: true)
                var scripts: [CaseScripts.Script] = []
                for _ in 0..<count {
                    scripts += [Models.chain([0, 1, 3]), Models.chain([0, 2, 3]), Models.chain([0, 2, 2, 3]), Models.chain([3])]
                }
                model.flow = .scripts(CaseScripts(scripts, order: order))
                let changed = try plan("route: {from: A, to: B, probability: \(wanted)}").applied(to: model)
                guard case .scripts(let result) = changed.flow else { return }
                #expect(abs(probability(result, 0, 1) - wanted) < 0.003, "\(order) \(count)")
                let alone = result.scripts.filter { $0.steps.count == 1 }.reduce(0) { $0 + $1.weight }
                let all = result.scripts.reduce(0) { $0 + $1.weight }
                #expect(abs(alone / all - 0.25) < 1e-9)
                if count == 400 {
                    #expect(result.scripts.count == scripts.count)
                    let differing = zip(scripts, result.scripts).count { $0 != $1 }
                    #expect(abs(Double(differing) - abs(wanted - 1.0 / 3) * 1_200) <= 1.5)
                }
            }
        }
    }

    @Test("loops that are made likelier still end")
    func reroutedLoopsEnd() throws {
        var model = Models.sequence([60, 60, 60], asScripts: true)
        model.flow = .scripts(CaseScripts([Models.chain([0, 2]), Models.chain([0, 1, 0, 2]), Models.chain([0, 1, 0, 1, 0, 2])]))
        let changed = try plan("route: {from: A, to: B, probability: 1}").applied(to: model)
        guard case .scripts(let result) = changed.flow else { return }
        #expect(result.scripts.allSatisfy { $0.steps.count < 40 })
        try changed.validate()
    }

    @Test("a decision in a graph gets its probability, the others keep their proportions")
    func reroutesGraphs() throws {
        var model = Models.sequence([60, 60, 60, 60], asScripts: false)
        model.flow = .graph(
            FlowGraph(
                nodes: [
                    .init(id: "a", action: .activity(0), arcs: [.init(target: 1)]),
                    .init(
                        id: "x", split: .one,
                        arcs: [
                            .init(target: 2, probability: 0.5), .init(target: 3, probability: 0.2), .init(target: 4, probability: 0.3),
                        ]),
                    .init(id: "b", action: .activity(1)), .init(id: "c", action: .activity(2)), .init(id: "d", action: .activity(3)),
                ], starts: [0]))
        guard case .graph(let graph) = try plan("route: {from: A, to: B, probability: 0.75}").applied(to: model).flow else { return }
        let found = graph.nodes[1].arcs.map(\.probability)
        #expect(zip(found, [0.75, 0.1, 0.15]).allSatisfy { abs($0 - $1) < 1e-12 })
        #expect { try plan("route: {from: B, to: C, probability: 0.5}").applied(to: model) } throws: {
            ($0 as? PlanError)?.id == "never-follows"
        }
        let line = Models.sequence([60, 60], asScripts: false)
        #expect { try plan("route: {from: A, to: B, probability: 0.5}").applied(to: line) } throws: {
            ($0 as? PlanError)?.id == "no-alternative"
        }
    }

    @Test("people are added and taken away with all that they may do", arguments: 1..<4)
    func hires(count: Int) throws {
        let model = Models.random(4)
        let changed = try plan("resource: {role: Buyer, add: \(count)}").applied(to: model)
        let buyer = try #require(changed.role(named: "Buyer"))
        #expect(changed.resources(of: buyer).count == 3 + count)
        #expect(Set(changed.resources.map(\.name)).count == changed.resources.count)
        // Who may do B: persons 2 and 3, and whoever works like them.
        let able = changed.activities[1].performers[0].resources.map(\.resource)
        #expect(able == [2, 3, 5, 6].prefix(2 + min(count, 2)).map { $0 })
        let back = try plan("resource: {role: Buyer, add: \(count)}", "resource: {role: Buyer, add: -\(count)}").applied(to: model)
        #expect(back == model)
        #expect { try plan("resource: {role: Buyer, add: -3}").applied(to: model) } throws: { ($0 as? PlanError)?.id == "nobody-left" }
    }

    @Test("a program takes the cases that it may, at once")
    func automates() throws {
        var model = Models.sequence([3_600, 7_200], asScripts: true)
        model.attributes = CaseAttributes([
            .init(name: "amount", values: .number([100, 9_000, nil])), .init(name: "plant", values: .text(["P1", "P2", "P2"])),
        ])
        model.flow = .scripts(CaseScripts((0..<3).map { Models.chain([0, 1], row: $0) }, order: .inTurn))
        let small = try run(plan("automate: {activity: B, duration: 12s, when: \"amount < 5000\"}").applied(to: model))
        #expect(small.replications[0].cycle.prefix(3) == [3_612_000_000, 10_800_000_000, 10_800_000_000])
        #expect(small.model.roles.last?.isSystem == true && small.model.roles.last?.name == "System")
        let both = try run(plan("automate: {activity: B, duration: 12s, when: \"plant == 'P2' and not amount > 5000\"}").applied(to: model))
        #expect(both.replications[0].cycle.prefix(3) == [10_800_000_000, 10_800_000_000, 3_612_000_000])
        let none = try run(plan("automate: {activity: B, duration: 12s, share: 0}").applied(to: model))
        #expect(none.replications[0].cycle == (try run(model)).replications[0].cycle)
    }

    @Test("hours, arrivals, durations and batches do what they say")
    func changesWork() throws {
        let model = Models.sequence([3_600], asScripts: false)
        let start: Int64 = 4 * 86_400_000_000  // a Monday
        func run(_ text: String) throws -> ReplicationOutcome {
            let changed = try plan(text).applied(to: model)
            return try Simulator.run(changed, options: SimulationOptions(cases: 20, replications: 1, start: start)).replications[0]
        }
        #expect(try run("duration: {activity: A, scale: 0.5}").cycle.allSatisfy { $0 == 1_800_000_000 })
        let arrivals = try run("arrivals: {scale: 2}").arrival
        #expect(zip(arrivals, arrivals.dropFirst()).allSatisfy { $1 - $0 == 5 * Models.hour })
        let hours = WeeklyHours((0..<5).map { .init(start: ($0 * 24 + 9) * Models.hour, end: ($0 * 24 + 10) * Models.hour) })
        let office = try run("calendar: {role: Clerk, hours: \"Mon-Fri 09:00-10:00\"}")
        #expect(office.firstStart.allSatisfy { hours.isOpen(at: $0) })
        #expect(try run("batch: {activity: A, every: 1d}").firstStart.allSatisfy { $0 % 86_400_000_000 == 0 })
        var weekly = model
        weekly.activities[0].batching = .init(release: .init(weekly: [112 * Models.hour]))
        let daily = try plan("batch: {activity: A, every: 1d}").applied(to: weekly)
        #expect(daily.activities[0].batching?.release.weekly == (0..<7).map { ($0 * 24 + 16) * Models.hour })
        #expect(try plan("batch: {activity: A, every: off}").applied(to: weekly) == model)
    }

    @Test(
        "what does not fit is said with its place",
        arguments: [
            ("remove: {activity: Bb}", "unknown-activity", 24, "did you mean “B”?"),
            ("resource: {role: Clark, add: 1}", "unknown-role", 22, "did you mean “Clerk”?"),
            ("parallelize: {activities: [A, Nothing]}", "unknown-activity", 35, "weir inspect"),
            ("batch: {activity: A, every: off}", "no-batches", 33, "leave"),
            ("route: {from: A, to: A, probability: 0.5}", "never-follows", 26, "weir discover"),
            ("route: {from: A, to: B, probability: 0.5}", "no-alternative", 42, "weir discover"),
            ("automate: {activity: A, duration: 1s, when: \"amont < 5\"}", "filter", 49, "did you mean amount?"),
            ("automate: {activity: A, duration: 1s, when: \"duration < 5d\"}", "not-case-attribute", 49, "attributes of cases"),
            ("automate: {activity: A, duration: 1s, when: \"has('B')\"}", "not-case-attribute", 49, "attributes of cases"),
            ("automate: {activity: A, duration: 1s, when: \"amount < 5\"}", "nothing-meets", 49, "widen"),
            ("automate: {activity: A, duration: 1s, when: \"amount == 'x'\"}", "filter", 49, "numbers"),
            ("resource: {role: Program, add: 1}", "system-role", 22, "people"),
        ])
    func saysWhatDoesNotFit(text: String, id: String, column: Int, advice: String) throws {
        var model = Models.sequence([60, 60], asScripts: true)
        model.attributes = CaseAttributes([.init(name: "amount", values: .integer([7]))])
        model.roles.append(SimulationRole(name: "Program", isSystem: true))
        let plan = try plan(text)
        do throws(PlanError) {
            _ = try plan.applied(to: model)
            Issue.record("\(text) does not fit")
        } catch {
            #expect(error.id == id && error.line == 2 && error.column == column, "\(error)")
            #expect(error.advice.contains(advice), "\(error)")
        }
    }
}
