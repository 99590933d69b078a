import Foundation
import Instants
import ProcessModels
import Simulation
import Statistics
import TestSupport
import Testing
import WorkingTime

@Suite struct ScenarioTests {
    private static let bpmn = """
        <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p">
        <startEvent id="s"/><task id="A" name="Check"/><exclusiveGateway id="x"/><task id="B" name="Pay"/>
        <intermediateCatchEvent id="w"><timerEventDefinition/></intermediateCatchEvent><endEvent id="e"/>
        <sequenceFlow id="f1" sourceRef="s" targetRef="A"/><sequenceFlow id="f2" sourceRef="A" targetRef="x"/>
        <sequenceFlow id="f3" sourceRef="x" targetRef="A"/><sequenceFlow id="f4" sourceRef="x" targetRef="w"/>
        <sequenceFlow id="f5" sourceRef="w" targetRef="B"/><sequenceFlow id="f6" sourceRef="B" targetRef="e"/>
        </process></definitions>
        """
    private static let json = """
        {"resource_profiles": [
          {"id": "P1", "name": "Clerks", "resource_list": [{"id": "r1", "name": "Clerk", "cost_per_hour": "30", "amount": "3", "calendar": "c", "assignedTasks": ["A"]}]},
          {"id": "P2", "name": "Payers", "resource_list": [{"id": "r2", "name": "Ann", "cost_per_hour": 10, "amount": 1, "calendar": "c", "assignedTasks": []},
                                                           {"id": "r3", "name": "Bea", "cost_per_hour": 10, "amount": 1, "calendar": "n", "assignedTasks": []}]}],
         "resource_calendars": [
          {"id": "c", "name": "Office", "time_periods": [{"from": "MONDAY", "to": "FRIDAY", "beginTime": "09:00:00.000", "endTime": "17:00:00"}]},
          {"id": "n", "name": "Night", "time_periods": [{"from": "SATURDAY", "to": "MONDAY", "beginTime": "20:00:00", "endTime": "23:59:59.999999"}]}],
         "arrival_time_calendar": [{"from": "MONDAY", "to": "SUNDAY", "beginTime": "00:00:00", "endTime": "23:59:00.000"}],
         "arrival_time_distribution": {"distribution_name": "expon", "distribution_params": [{"value": "900"}, {"value": 0}, {"value": 1e12}]},
         "gateway_branching_probabilities": [{"gateway_id": "x", "probabilities": [{"path_id": "f3", "value": "0.2"}, {"path_id": "f4"}]}],
         "task_resource_distribution": [
          {"task_id": "A", "resources": [{"resource_id": "r1", "distribution_name": "fix", "distribution_params": [{"value": 600}]}]},
          {"task_id": "B", "resources": [{"resource_id": "r2", "distribution_name": "fix", "distribution_params": [{"value": 60}]},
                                         {"resource_id": "r3", "distribution_name": "fix", "distribution_params": [{"value": 90}]}]}],
         "event_distribution": [{"event_id": "w", "distribution_name": "fix", "distribution_params": [{"value": 3600}]}],
         "batch_processing": [{"task_id": "B", "type": "Parallel", "firing_rules": [[{"attribute": "size", "comparison": "=", "value": 3}],
            [{"attribute": "daily_hour", "comparison": "=", "value": "12"}, {"attribute": "week_day", "comparison": "=", "value": "Friday"}],
            [{"attribute": "size", "comparison": ">", "value": 1}, {"attribute": "ready_wt", "comparison": ">", "value": 5}]],
            "duration_distrib": [{"key": "3", "value": 0.5}]}],
         "multitask": {"type": "local"}, "branch_rules": [{"id": "z"}]}
        """

    @Test func sectionsBecomeAModel() throws {
        let document = try BPMNDocument(text: Self.bpmn)
        let scenario = try Scenario(json: Data(Self.json.utf8))
        let (model, warnings) = try scenario.model(for: document.model, omissions: document.omissions)
        #expect(model.activities.map(\.name) == ["Check", "Pay"])
        #expect(model.roles.map(\.name) == ["Clerks", "Payers"])
        #expect(model.resources.map(\.name) == ["Clerk_0", "Clerk_1", "Clerk_2", "Ann", "Bea"])
        #expect(model.resources.map(\.costPerHour) == [30, 30, 30, 10, 10])
        // All clerks alike are the role; the payers differ.
        #expect(model.activities[0].performers == [.init(role: 0, duration: .fixed(600))])
        #expect(model.activities[1].performers[0].resources.map(\.duration) == [.fixed(60), .fixed(90)])
        #expect(model.calendars[0].hours == (try WeeklyHours(text: "Mon-Fri 09:00-17:00")))
        #expect(model.calendars[1].hours == (try WeeklyHours(text: "Sat-Mon 20:00-24:00")))
        #expect(model.arrivals.process == .gaps(.exponential(mean: 900), clock: .elapsedThenOpening))
        let friday = 4 * Microseconds.day + 12 * Microseconds.hour
        #expect(model.activities[1].batching == .init(release: .init(weekly: [friday], size: 3), form: .together))
        guard case .graph(let graph) = model.flow else {
            Issue.record("a graph")
            return
        }
        #expect(graph.nodes[2].arcs == [.init(target: 1, probability: 0.2), .init(target: 4, probability: 0.8)])
        #expect(graph.nodes[4].action == .timer(.init(.fixed(3_600))))
        #expect(
            warnings.map { "\($0.kind.rawValue) \($0.subject)" } == [
                "rule-ignored batch_processing[0].firing_rules[2]", "rule-ignored batch_processing[0].duration_distrib",
                "section-ignored branch_rules", "section-ignored multitask",
            ])
        let run = try Simulator.run(model, options: .init(cases: 300, replications: 2, start: QueueModels.monday))
        #expect(run.replications.allSatisfy { $0.unfinished == 0 && $0.stuck == 0 && $0.instances.count > 600 })
    }

    /// What a scenario does not price costs nothing known, which is not nothing.
    @Test func aScenarioWithoutPricesHasNoCost() throws {
        let bpmn = try BPMNDocument(text: Self.bpmn).model
        let unpriced = Self.json.replacing(#/"cost_per_hour": "?[0-9]+"?, /#, with: "")
        #expect(!unpriced.contains("cost_per_hour"))
        for (json, isPriced) in [(Self.json, true), (unpriced, false)] {
            let model = try Scenario(json: Data(json.utf8)).model(for: bpmn).model
            let run = try Simulator.run(model, options: .init(cases: 20, replications: 2, start: QueueModels.monday))
            #expect((run.estimate(of: SimulationKPI.costMean) != nil) == isPriced)
            #expect((SimulationResult(run).kpis.cost.mean ?? 0 > 0) == isPriced)
        }
    }

    @Test func errorsNameTheirPlace() throws {
        let read: (String) -> ScenarioError? = { text in
            do throws(ScenarioError) {
                _ = try Scenario(json: Data(text.utf8))
                return nil
            } catch { return error }
        }
        #expect(read("[]")?.problem == .unexpected("an object with the sections of a scenario"))
        if case .notJSON = read("{\"a\": ")?.problem {} else { Issue.record("no JSON") }
        let amount = read(Self.json.replacingOccurrences(of: "\"amount\": \"3\"", with: "\"amount\": \"many\""))
        #expect(amount?.path == "resource_profiles[0].resource_list[0].amount" && amount?.problem == .unexpected("a number"))
        let time = read(Self.json.replacingOccurrences(of: "09:00:00.000", with: "nine"))
        #expect(time?.path == "resource_calendars[0].time_periods[0].beginTime" && time?.problem == .time("nine"))
        let distribution = read(Self.json.replacingOccurrences(of: "expon", with: "exponnorm"))
        #expect(distribution?.path == "arrival_time_distribution")
        let bpmn = try BPMNDocument(text: Self.bpmn).model
        let unknown = try Scenario(
            json: Data(Self.json.replacingOccurrences(of: "\"resource_id\": \"r3\"", with: "\"resource_id\": \"r9\"").utf8))
        do throws(ScenarioError) {
            _ = try unknown.model(for: bpmn)
            Issue.record("an unknown resource")
        } catch {
            #expect(error.path == "task_resource_distribution[1].resources[1].resource_id" && error.problem == .unknown("r9"))
        }
    }

    @Test func scenariosAreReadBack() throws {
        let bpmn = try BPMNDocument(text: Self.bpmn).model
        let process = try #require(bpmn.mainProcess)
        var (model, _) = try Scenario(json: Data(Self.json.utf8)).model(for: bpmn)
        model.roles.append(SimulationRole(name: "Robot", isSystem: true))
        model.activities[0].performers.append(.init(role: 2, weight: 0.5, duration: .empirical([1, 2, 4])))
        var scenario = Scenario(plain: model, process: process)
        scenario.own = QueueModels.motley(seed: 3)
        let text = try scenario.json()
        let again = try Scenario(json: Data(text.utf8))
        #expect(again == scenario)
        #expect(try again.json() == text)
        // Ours counts where it is there, and comes back as it was.
        #expect(try again.model(for: bpmn).model == QueueModels.motley(seed: 3))
        // Without it the plain sections run too.
        scenario.own = nil
        let (plain, warnings) = try Scenario(json: Data(try scenario.json().utf8)).model(for: bpmn)
        #expect(warnings.isEmpty)
        #expect(plain.resources.count == 105)
        let run = try Simulator.run(plain, options: .init(cases: 100, replications: 1))
        #expect(run.replications[0].unfinished == 0)
    }

    @Test(arguments: 1...3) func modelsAreReadBack(seed: UInt64) throws {
        var models = [QueueModels.motley(seed: seed), QueueModels.shifts]
        models[1].arrivals = Arrivals(.weeklyRates((0..<168).map { Double($0 % 5) }), bundle: .fixed(2), scale: 1.5)
        models[0].arrivals = Arrivals(.instants([1, 5, 9]))
        for model in models {
            let data = try JSONEncoder().encode(model)
            #expect(try JSONDecoder().decode(SimulationModel.self, from: data) == model)
        }
    }

    /// The plain model of a process and the one read back from its files give the same times, draw for draw.
    @Test func filesSayTheSame() throws {
        let bpmn = try BPMNDocument(text: Self.bpmn).model
        var (model, _) = try Scenario(json: Data(Self.json.utf8)).model(for: bpmn)
        model.activities[1].batching = nil
        let scenario = Scenario(plain: model, process: try #require(bpmn.mainProcess))
        let (again, _) = try Scenario(json: Data(try scenario.json().utf8)).model(for: try BPMNDocument(text: bpmn.xml()).model)
        let options = SimulationOptions(cases: 500, replications: 1, start: QueueModels.monday, caseStart: .arrival)
        let one = try Simulator.run(model, options: options).replications[0]
        let two = try Simulator.run(again, options: options).replications[0]
        #expect(one.cycle == two.cycle && one.instances == two.instances)
    }

    private static let scenarios: URL? = SharedData.folder.map {
        $0.deletingLastPathComponent().appending(path: "peers/simulation/scenarios")
    }
    private static let hasScenarios = scenarios.map { FileManager.default.fileExists(atPath: $0.path) } ?? false

    /// Files with closed-form answers; they lie beside the shared data (`WEIR_TEST_DATA`), without which the test is skipped.
    @Test(
        .enabled(if: hasScenarios),
        arguments: [("mm1", 320.0), ("mm3", 258.9), ("mg1", 190), ("tandem", 517.8), ("prio", 50), ("shifts", 118.5)])
    func filesWithKnownAnswers(name: String, wait: Double) throws {
        let folder = try #require(Self.scenarios)
        let document = try Data(contentsOf: folder.appending(path: name + ".bpmn")).withUnsafeBytes { try BPMNDocument($0) }
        let scenario = try Scenario(json: try Data(contentsOf: folder.appending(path: name + ".json")))
        let (model, warnings) = try scenario.model(for: document.model, omissions: document.omissions)
        #expect(warnings.isEmpty)
        let options = SimulationOptions(
            cases: name == "shifts" ? 2_000 : 15_000, replications: name == "shifts" ? 100 : 20, start: QueueModels.monday, seed: 17,
            threads: 2, warmUp: name == "shifts" ? 0 : 2_000, caseStart: .arrival, detail: .cases)
        let run = try Simulator.run(model, options: options)
        let estimate = try #require(run.estimate(of: .waitingTimeMean))
        let half = try #require(estimate.ci95).halfWidth
        #expect(abs(estimate.value - wait) <= (name == "shifts" ? 5 : 1.7 * half), "\(name): \(estimate)")
        #expect(half < 0.06 * wait)
        guard name == "prio" else { return }
        for (level, theory) in [(0, 100.0 / 3), (1, 200.0 / 3)] {
            let means = run.replications.map { outcome -> Double in
                let own = outcome.waiting.indices.filter { model.priorities[Int(outcome.row[$0])] == UInt8(level) }
                return own.reduce(0.0) { $0 + Double(outcome.waiting[$1]) } / Double(own.count) / 1e6
            }
            let own = try #require(Estimate.mean(of: means))
            #expect(abs(own.value - theory) <= 1.7 * (own.ci95?.halfWidth ?? 0), "level \(level): \(own)")
        }
    }

    /// Scenarios that others wrote run; what is not simulated is said. One of the files has the form of an older Prosimos and is refused.
    @Test(
        .enabled(if: SharedData.isThere),
        arguments: [
            "simulation/1_task-batch", "simulation/BPIC_2012_W", "simulation/Loan_Application", "simulation/and_example/AND_join",
            "simulation/optimos-purchasing/purchasing_example", "p2p-synthetic/Procure_to_Pay", "p2p-synthetic/Procure_to_Pay_3_timers",
        ])
    func scenariosOfOthersRun(path: String) throws {
        let document = try Data(contentsOf: SharedData.file(path + ".bpmn")).withUnsafeBytes { try BPMNDocument($0) }
        let scenario = try Scenario(json: try Data(contentsOf: SharedData.file(path + ".json")))
        let (model, warnings) = try scenario.model(for: document.model, omissions: document.omissions)
        let run = try Simulator.run(
            model, options: .init(cases: 200, replications: 2, start: QueueModels.monday, detail: .instances))
        for outcome in run.replications {
            #expect(outcome.unfinished == 0 && outcome.stuck == 0, "\(path)")
            #expect(outcome.instances.count >= 200)
        }
        #expect(warnings.allSatisfy { $0.kind != .calendarMissing })
    }

    @Test(.enabled(if: SharedData.isThere)) func olderFormsAreRefused() throws {
        #expect(throws: ScenarioError.self) {
            try Scenario(json: try Data(contentsOf: SharedData.file("simulation/PurchasingExampleQBP.json")))
        }
    }
}
