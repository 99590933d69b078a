import Statistics
import TestSupport
import Testing

@testable import ProcessModels

/// Nets of processes of any make, against a game of tokens on flows.
@Suite struct ProcessNetFuzzTests {
    /// A process joined at random.
    private static func random(_ seed: UInt64, _ kinds: [BPMNModel.Kind]) -> BPMNModel.Process {
        var stream = RandomStream(seed: seed, path: 21)
        var nodes: [BPMNModel.Node] = [.init(id: "s", kind: .startEvent)]
        for number in 0..<(2 + stream.index(below: 5)) {
            nodes.append(.init(id: "n\(number)", name: "n\(number)", kind: kinds[stream.index(below: kinds.count)]))
        }
        nodes += (0...stream.index(below: 2)).map { .init(id: "e\($0)", kind: .endEvent) }
        var flows: [BPMNModel.Flow] = []
        // Most nodes lie on a way from the start; some flows more.
        for place in 1..<nodes.count {
            let before = nodes[..<place].filter { $0.kind != .endEvent }
            flows.append(.init(id: "f\(flows.count)", from: before[stream.index(below: before.count)].id, to: nodes[place].id))
        }
        for _ in 0..<stream.index(below: 4) {
            let source = nodes[stream.index(below: nodes.count)]
            let target = nodes[1 + stream.index(below: nodes.count - 1)]
            if source.kind == .endEvent { continue }
            let isConditional = source.isTask && stream.index(below: 2) == 0
            flows.append(.init(id: "f\(flows.count)", from: source.id, to: target.id, condition: isConditional ? "x" : nil))
        }
        return BPMNModel.Process(id: "p", nodes: nodes, flows: flows)
    }

    private struct State: Hashable {
        var tokens: [Int]
        var trace: [String]
    }

    /// The traces of a process without inclusive gateways that end with no token left, by moving tokens along flows; nil where there are
    /// too many states.
    private static func traces(_ process: BPMNModel.Process, upTo longest: Int) -> Set<[String]>? {
        let incoming = process.nodes.map { node in process.flows.indices.filter { process.flows[$0].target == node.id } }
        let outgoing = process.nodes.map { node in process.flows.indices.filter { process.flows[$0].source == node.id } }
        var start = [Int](repeating: 0, count: process.flows.count)
        for flow in outgoing[0] { start[flow] += 1 }
        // A start that no flow enters again; conditions do not matter at it.
        var seen: Set<State> = [State(tokens: start, trace: [])]
        var open = Array(seen)
        var result: Set<[String]> = []
        while let state = open.popLast() {
            if state.tokens.allSatisfy({ $0 == 0 }) { result.insert(state.trace) }
            for (number, node) in process.nodes.enumerated() where number > 0 {
                let isJoin = node.kind == .parallelGateway
                let takes: [[Int]] =
                    isJoin ? (incoming[number].isEmpty ? [] : [incoming[number]]) : incoming[number].map { [$0] }
                for take in takes where take.allSatisfy({ state.tokens[$0] > 0 }) {
                    var rest = state
                    for flow in take { rest.tokens[flow] -= 1 }
                    if node.isTask { rest.trace.append(node.id) }
                    if rest.trace.count > longest { continue }
                    for give in Self.gives(node, outgoing[number], process) {
                        var next = rest
                        for flow in give { next.tokens[flow] += 1 }
                        if next.tokens.contains(where: { $0 > 3 }) { return nil }
                        if seen.insert(next).inserted { open.append(next) }
                    }
                }
            }
            if seen.count > 4_000 { return nil }
        }
        return result
    }

    private static func gives(_ node: BPMNModel.Node, _ outgoing: [Int], _ process: BPMNModel.Process) -> [[Int]] {
        if outgoing.isEmpty { return [[]] }
        if node.kind == .exclusiveGateway || node.kind == .eventBasedGateway { return outgoing.map { [$0] } }
        let free = outgoing.filter { process.flows[$0].condition != nil }
        if node.isGateway || free.isEmpty || outgoing.count == 1 { return [outgoing] }
        let fixed = outgoing.filter { process.flows[$0].condition == nil }
        return (0..<(1 << free.count)).compactMap { subset in
            let chosen = fixed + free.indices.filter { subset >> $0 & 1 == 1 }.map { free[$0] }
            return chosen.isEmpty ? nil : chosen
        }
    }

    @Test("The net of a process has the traces of a game of tokens", arguments: 0..<5)
    func game(part: UInt64) throws {
        let kinds: [BPMNModel.Kind] = [
            .task(.task), .task(.user), .exclusiveGateway, .parallelGateway, .catchEvent, .throwEvent, .eventBasedGateway,
        ]
        var compared = 0
        var telling = 0
        for seed in part * 300..<part * 300 + 300 {
            let process = Self.random(seed, kinds)
            guard let truth = Self.traces(process, upTo: 4) else { continue }
            var options = PetriNet.BPMNOptions()
            options.isReduced = seed % 2 == 0
            let net = try PetriNet(process, options: options)
            guard let language = net.language(upTo: 4, most: 20_000) else { continue }
            compared += 1
            if !truth.isEmpty { telling += 1 }
            #expect(
                language == truth,
                "seed \(seed): \(process.nodes.map { "\($0.id) \($0.kind)" }) \(process.flows.map { "\($0.source)>\($0.target)" })")
        }
        #expect(compared > 100 && telling > 60)
    }

    @Test("Processes of any make become nets or are refused")
    func anything() {
        let kinds: [BPMNModel.Kind] = [
            .task(.task), .exclusiveGateway, .parallelGateway, .inclusiveGateway, .inclusiveGateway, .catchEvent, .startEvent, .endEvent,
            .boundaryEvent, .complexGateway, .task(.subProcess), .task(.adHocSubProcess),
        ]
        var nets = 0
        for seed in 0..<1_500 as Range<UInt64> {
            var process = Self.random(seed, seed % 2 == 0 ? kinds : Array(kinds.prefix(5)))
            var stream = RandomStream(seed: seed, path: 22)
            for place in process.nodes.indices {
                let node = process.nodes[place]
                if node.kind == .boundaryEvent { process.nodes[place].attachedTo = "n\(stream.index(below: 6))" }
                if node.kind == .task(.subProcess) { process.nodes[place].inner = Self.random(seed + 7, Array(kinds.prefix(5))) }
                if node.kind == .endEvent, seed % 7 == 0 { process.nodes[place].trigger = "terminate" }
            }
            guard let net = try? PetriNet(process) else { continue }
            nets += 1
            let arcs = net.transitions.flatMap { $0.inputs + $0.outputs }
            #expect(arcs.allSatisfy { net.places.indices.contains($0.place) } && !net.final.isEmpty)
            #expect(Set(net.places.map(\.id) + net.transitions.map(\.id)).count == net.places.count + net.transitions.count)
        }
        #expect(nets > 300)
    }
}
