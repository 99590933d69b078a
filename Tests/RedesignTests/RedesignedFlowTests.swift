import EventLogs
import ProcessModels
import Redesign
import Simulation
import Statistics
import TestSupport
import Testing
import WorkingTime

@Suite("Plans applied to flows")
struct RedesignedFlowTests {
    private static func plan(_ changes: [String]) throws -> RedesignPlan {
        try RedesignPlan(parsing: "changes:\n" + changes.map { "  - " + $0 }.joined(separator: "\n"), fileName: "p.yaml")
    }

    private static func flow(_ model: BPMNModel, _ plan: RedesignPlan, keepsRemoved: Bool = false) -> RedesignedFlow {
        RedesignedFlow(
            model, changedBy: .init(plan, programs: "System", roleOf: { $0 < "c" ? "Clerk" : "Buyer" }) { "said: \($0.kind)" },
            keepsRemoved: keepsRemoved)
    }

    private static func flow(_ tree: ProcessTree, _ changes: String...) throws -> RedesignedFlow {
        Self.flow(try BPMNModel(tree), try plan(changes))
    }

    /// Cases that do these activities one after the other.
    private static func model(of traces: [[String]]) -> SimulationModel {
        let names = Set(traces.joined()).sorted()
        let activities = names.map { SimulationActivity(name: $0, performers: [.init(role: $0 < "c" ? 0 : 1, duration: .fixed(60))]) }
        let scripts = traces.map { trace in
            CaseScripts.Script(
                steps: trace.enumerated().map { CaseScripts.Step(activity: names.firstIndex(of: $1) ?? 0, after: $0 == 0 ? [] : [$0 - 1]) })
        }
        return SimulationModel(
            activities: activities, roles: [SimulationRole(name: "Clerk"), SimulationRole(name: "Buyer")],
            resources: (0..<6).map { SimulationResource(name: "person \($0)", role: $0 % 2, calendar: 0) }, calendars: [.always],
            arrivals: Arrivals(.gaps(.fixed(600), clock: .elapsedThenOpening)), flow: .scripts(CaseScripts(scripts)),
            attributes: CaseAttributes([.init(name: "amount", values: .number([100, 9_000]))]))
    }

    /// An order of a script's steps that waits as they wait, drawn.
    private static func order(_ script: CaseScripts.Script, _ names: [String], _ stream: inout RandomStream) -> [String] {
        var done: Set<Int> = []
        var result: [String] = []
        while done.count < script.steps.count {
            let open = script.steps.indices.filter { !done.contains($0) && script.steps[$0].after.allSatisfy(done.contains) }
            let next = open[stream.index(below: open.count)]
            done.insert(next)
            result.append(names[script.steps[next].activity])
        }
        return result
    }

    private static func change(_ traces: [[String]], _ kinds: [Int], _ stream: inout RandomStream) -> String {
        // Two that follow each other, mostly.
        let trace = traces[stream.index(below: traces.count)]
        let place = stream.index(below: trace.count)
        let name = trace[place]
        let other = trace[min(place + 1, trace.count - 1)]
        let share = [0, 0.3, 0.5, 0.8, 1][stream.index(below: 5)]
        switch kinds[stream.index(below: kinds.count)] {
        case 0: return "automate: {activity: \(name), duration: 30s, when: \"amount < 5000\"}"
        case 1: return "automate: {activity: \(name), duration: 30s, share: \([0.3, 1][stream.index(below: 2)])}"
        case 2: return "automate: {activity: \(name), duration: 30s, share: 0.7, when: \"amount >= 5000 or amount is missing\"}"
        case 3: return "remove: {activity: \(name)}"
        case 4: return "parallelize: {activities: [\(name), \(other)]}"
        case 5: return "route: {from: \(name), to: \(other), probability: \(share)}"
        case 6: return "duration: {activity: \(name), scale: 0.5}"
        case 7: return "resource: {role: Clerk, add: 1}"
        case 8: return "calendar: {role: Buyer, hours: \"Mon-Fri 08:00-12:00\"}"
        case 9: return "batch: {activity: \(name), every: 1d}"
        default: return "arrivals: {scale: 1.2}"
        }
    }

    /// The operators of a process, and the kinds of changes that are made to it.
    struct Sort: Sendable, CustomTestStringConvertible {
        var operators: [ProcessTree.Operator]
        var kinds: [Int]
        var testDescription: String { "\(operators)" }
    }

    private static let sorts = [
        Sort(operators: [.sequence, .exclusive, .parallel], kinds: [0, 1, 2, 3, 3, 4, 4, 4, 6, 7, 8, 9, 10]),
        Sort(operators: [.sequence, .exclusive], kinds: [0, 2, 3, 5, 5, 5, 4, 7]),
        Sort(operators: [.sequence, .exclusive, .parallel, .loop], kinds: [0, 1, 2, 3, 3, 6]),
    ]

    @Test("What the changed simulation plays, the changed flow allows; it is sound, well formed and ready for engines", arguments: sorts)
    func flowAndSimulationAgree(sort: Sort) throws {
        var drawn: [String: Int] = [:]
        var compared = 0
        for seed in UInt64(0)..<140 {
            var stream = RandomStream(seed: seed, path: 77)
            let tree = ProcessTree.random(seed: seed, leaves: 9, operators: sort.operators, silent: 0.15)
            let traces = tree.traces(30, seed: seed).filter { !$0.isEmpty }
            let asIs = try BPMNModel(tree)
            guard !traces.isEmpty, asIs.processes[0].nodes.contains(where: \.isTask) else { continue }
            // Up to four changes of those that the simulation can make.
            let wanted = 1 + stream.index(below: 4)
            var changes: [String] = []
            for _ in 0..<12 where changes.count < wanted {
                let more = changes + [Self.change(traces, sort.kinds, &stream)]
                if let plan = try? Self.plan(more), (try? plan.applied(to: Self.model(of: traces))) != nil { changes = more }
            }
            if changes.isEmpty { continue }
            let plan = try Self.plan(changes)
            let simulated = try plan.applied(to: Self.model(of: traces))
            let flow = Self.flow(asIs, plan)
            let process = flow.model.processes[0]
            let net = try PetriNet(process)
            #expect(Soundness(of: net).verdict == .holds, "\(seed) \(tree) \(changes)")
            #expect(try BPMNStructure(text: flow.model.xml()).findings == [], "\(seed) \(changes)")
            let pictured = Self.flow(asIs, plan, keepsRemoved: true)
            #expect(try BPMNStructure(text: pictured.model.xml()).findings == [], "\(seed) \(changes)")
            for language in EngineLanguage.allCases {
                let ready = try flow.model.executable(.init(language: language)).processes[0]
                for gateway in ready.nodes where gateway.kind == .exclusiveGateway {
                    let ways = ready.flows(from: gateway.id)
                    #expect(
                        ways.count < 2 || ways.count(where: \.isDefault) == 1 && ways.allSatisfy { $0.isDefault != ($0.condition != nil) })
                }
            }
            // Every change shows, or is said where it belongs.
            #expect(flow.shown.map(\.change) == Array(1...changes.count))
            let ids = Set(process.identifiers)
            for (shown, planned) in zip(flow.shown, plan.changes) {
                #expect((shown.isDrawn || !shown.inWords.isEmpty) && !shown.elements.isEmpty, "\(shown)")
                #expect(shown.elements.allSatisfy(ids.contains), "\(shown)")
                #expect(process.rest.documentation?.contains("\(shown.change). said: \(planned.kind)") == true)
                if shown.isDrawn { drawn[planned.kind, default: 0] += 1 }
                if case .remove(let name) = planned.action { #expect(!process.nodes.contains { $0.name == name }) }
            }
            if zip(flow.shown, plan.changes).contains(where: { !$0.isDrawn && ["remove", "parallelize", "route"].contains($1.kind) }) {
                continue
            }
            guard case .scripts(let scripts) = simulated.flow else { continue }
            compared += 1
            for script in scripts.scripts.prefix(40) {
                let trace = Self.order(script, simulated.activities.map(\.name), &stream)
                #expect(net.accepts(trace), "\(seed) \(tree): \(changes): \(trace)")
            }
        }
        #expect(compared >= 60, "\(compared)")
        for kind in Set(sort.kinds.compactMap { [0: "automate", 3: "remove", 4: "parallelize", 5: "route"][$0] }) {
            #expect(drawn[kind] ?? 0 >= 10, "\(kind): \(drawn)")
        }
    }

    @Test("A program takes the cases that the plan gives it, people the others")
    func automationIsDrawn() throws {
        let flow = try Self.flow(
            .node(.sequence, [.activity("a"), .activity("b")]),
            "automate: {activity: a, duration: 12s, when: \"amount < 5000\", share: 0.8}", "automate: {activity: b, duration: 1m}")
        let process = flow.model.processes[0]
        #expect(process.nodes.filter { $0.kind == .task(.service) }.compactMap(\.name).sorted() == ["a", "b"])
        #expect(process.nodes.filter { $0.kind == .task(.task) }.compactMap(\.name) == ["a"])
        #expect(process.flows.compactMap(\.condition) == ["amount < 5000"])
        #expect(flow.shown.map(\.inWords) == [["share", "duration"], ["duration"]] && flow.shown.allSatisfy(\.isDrawn))
        let lanes = Dictionary(uniqueKeysWithValues: process.lanes.map { ($0.name ?? "", $0.nodes) })
        let programs = process.nodes.filter { $0.kind == .task(.service) }.map(\.id)
        #expect(programs.allSatisfy { lanes["System"]?.contains($0) == true } && lanes["Clerk"] != nil)
        for program in programs {
            #expect(process.node(program)?.rest.documentation == "said: automate" && flow.marks[program] == .automated)
        }
        let ready = try flow.model.executable().processes[0]
        let shares = ready.flows.filter { $0.condition?.hasPrefix("next_") == true }
        #expect(shares.count == 1 && ready.flows.filter(\.isDefault).count == 2)
        // The likelier way is the default: the program's, 80 %.
        #expect(ready.flows(from: shares[0].source).first { $0.isDefault }.map { programs.contains($0.target) } == true)
    }

    @Test("What is left out is gone, or kept for the picture")
    func removalIsDrawn() throws {
        let tree = ProcessTree.node(.sequence, [.activity("a"), .node(.exclusive, [.activity("b"), .silent]), .activity("c")])
        let plan = try Self.plan(["remove: {activity: b}"])
        let flow = Self.flow(try BPMNModel(tree), plan).model.processes[0]
        #expect(flow.nodes.count == 4 && flow.flows.count == 3 && !flow.nodes.contains(where: \.isGateway))
        let kept = Self.flow(try BPMNModel(tree), plan, keepsRemoved: true)
        #expect(kept.marks == ["\(kept.model.processes[0].nodes.first { $0.name == "b" }?.id ?? "")": .removed])
        // Conditions of ways that have become one hold where either did.
        var twoWays = try BPMNModel(.node(.exclusive, [.activity("a"), .activity("b"), .activity("c")]))
        for place in twoWays.processes[0].flows.indices {
            let target = twoWays.processes[0].node(twoWays.processes[0].flows[place].target)?.name
            twoWays.processes[0].flows[place].condition = ["a": "amount < 5", "b": "amount > 7"][target ?? ""]
            if target == "c" { twoWays.processes[0].flows[place].isDefault = true }
        }
        let joined = Self.flow(twoWays, try Self.plan(["remove: {activity: a}", "remove: {activity: b}"])).model.processes[0]
        #expect(joined.flows.compactMap(\.condition) == ["(amount < 5) or (amount > 7)"] && joined.flows.count(where: \.isDefault) == 1)
    }

    @Test("Ways are always, never or sometimes taken, and new where they were none")
    func routesAreDrawn() throws {
        let tree = ProcessTree.node(
            .sequence, [.activity("a"), .node(.exclusive, [.activity("b"), .activity("c"), .silent]), .activity("d")])
        func names(_ flow: RedesignedFlow) -> [String] { flow.model.processes[0].nodes.compactMap(\.name).sorted() }
        #expect(names(try Self.flow(tree, "route: {from: a, to: b, probability: 1}")) == ["a", "b", "d"])
        let never = try Self.flow(tree, "route: {from: a, to: b, probability: 0}")
        #expect(names(never) == ["a", "c", "d"] && never.shown[0].isDrawn && never.shown[0].inWords.isEmpty)
        let some = try Self.flow(tree, "route: {from: a, to: b, probability: 0.7}")
        let decision = try #require(some.marks.first { $0.value == .changed }?.key)
        #expect(some.shown[0].inWords == ["probability"] && some.model.processes[0].node(decision)?.rest.documentation == "said: route")
        let likely = some.model.processes[0].flows(from: decision).first { $0.isDefault }
        #expect(likely.flatMap { some.model.processes[0].node($0.target)?.name } == "b")
        // From b straight to the end of the process is new; a keeps its own way to d.
        let added = try Self.flow(
            .node(.sequence, [.activity("a"), .activity("b"), .activity("c"), .activity("d")]), "route: {from: a, to: d, probability: 0.2}")
        let net = try PetriNet(added.model.processes[0])
        #expect(added.shown[0].isDrawn && net.accepts(["a", "d"]) && net.accepts(["a", "b", "c", "d"]) && !net.accepts(["a", "c", "d"]))
        // After two activities the same choice comes: only that after the one is changed.
        let shared = ProcessTree.node(
            .sequence,
            [.node(.exclusive, [.activity("a"), .activity("b")]), .node(.exclusive, [.activity("c"), .activity("d")])])
        let own = try PetriNet(try Self.flow(shared, "route: {from: a, to: c, probability: 1}").model.processes[0])
        #expect(own.accepts(["a", "c"]) && !own.accepts(["a", "d"]) && own.accepts(["b", "c"]) && own.accepts(["b", "d"]))
        // Out of what goes on side by side no way leads: it is said, not drawn.
        let across = try Self.flow(
            .node(.sequence, [.node(.parallel, [.activity("a"), .activity("b")]), .activity("c")]),
            "route: {from: a, to: b, probability: 0.5}")
        #expect(!across.shown[0].isDrawn && across.shown[0].inWords == ["from", "to", "probability"])
        #expect(across.model.processes[0].nodes.first { $0.name == "a" }?.rest.documentation == "said: route")
    }

    @Test("What goes on side by side stands between parallel gateways, with what belongs to it")
    func parallelsAreDrawn() throws {
        let tree = ProcessTree.node(
            .sequence, [.activity("a"), .activity("b"), .node(.exclusive, [.activity("c"), .silent]), .activity("d")])
        let flow = try Self.flow(
            tree, "automate: {activity: b, duration: 1s, when: \"amount < 5\"}", "parallelize: {activities: [b, c]}")
        let net = try PetriNet(flow.model.processes[0])
        #expect(flow.shown.allSatisfy(\.isDrawn) && flow.model.processes[0].nodes.count { $0.kind == .parallelGateway } == 2)
        for trace in [["a", "b", "c", "d"], ["a", "c", "b", "d"], ["a", "b", "d"]] { #expect(net.accepts(trace), "\(trace)") }
        #expect(!net.accepts(["a", "c", "d"]) && !net.accepts(["b", "a", "c", "d"]))
        // What is done again alone stays so.
        let again = try Self.flow(
            .node(
                .sequence, [.activity("a"), .node(.loop, [.activity("b"), .activity("c")]), .activity("d")]),
            "parallelize: {activities: [a, b]}")
        let loop = try PetriNet(again.model.processes[0])
        #expect(again.shown[0].isDrawn && again.model.processes[0].nodes.count { $0.name == "b" } == 2)
        for trace in [["a", "b", "d"], ["b", "a", "d"], ["b", "a", "c", "b", "d"]] { #expect(loop.accepts(trace), "\(trace)") }
        #expect(!loop.accepts(["b", "d"]) && !loop.accepts(["a", "b", "c", "a", "b", "d"]))
        let apart = try Self.flow(tree, "parallelize: {activities: [a, d]}")
        #expect(!apart.shown[0].isDrawn && apart.shown[0].inWords == ["activities"] && apart.shown[0].elements.count == 2)
    }

    @Test("People and hours are said at the lane of their role, without lanes at its tasks")
    func peopleAreSaidAtTheirLane() throws {
        let changes = [
            "resource: {role: Buyer, add: 2}", "calendar: {role: Clerk, hours: \"Mon-Fri 08:00-12:00\"}", "arrivals: {scale: 2}",
        ]
        let tree = ProcessTree.node(.sequence, [.activity("a"), .activity("c")])
        let flow = Self.flow(try BPMNModel(tree), try Self.plan(changes))
        let process = flow.model.processes[0]
        let lanes = process.lanes.map { ($0.name ?? "", $0.rest.documentation ?? "") }
        #expect(lanes.map(\.0) == ["Clerk", "Buyer"] && lanes.map(\.1) == ["said: calendar", "said: resource"])
        #expect(process.nodes.first { $0.kind == .startEvent }?.rest.documentation == "said: arrivals")
        #expect(flow.shown.map(\.inWords) == [["add"], ["hours"], ["scale"]] && flow.shown.allSatisfy { !$0.isDrawn })
        let bare = RedesignedFlow(
            try BPMNModel(tree), changedBy: .init(try Self.plan(changes), programs: "System", roleOf: { _ in nil }) { "\($0.kind)" })
        #expect(bare.model.processes[0].lanes.isEmpty && bare.shown[0].elements == [bare.model.processes[0].id])
    }
}
