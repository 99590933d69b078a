@testable import ProcessModels

/// The token game of BPMN as the standard tells it (OMG formal/2011-01-03, chapter 13), on the flows themselves and by looking at every path: for
/// comparison, slow. It plays tasks, plain events and gateways; a process begins at its one start event.
struct BPMNTokenGame {
    private struct State: Hashable {
        /// By flow its tokens.
        var tokens: [Int]
        var trace: [String]
    }

    private let process: BPMNModel.Process
    private let entering: [String: [Int]]
    private let leaving: [String: [Int]]

    init(_ process: BPMNModel.Process) {
        self.process = process
        let flows = Array(process.flows.enumerated())
        entering = Dictionary(grouping: flows, by: \.element.target).mapValues { $0.map(\.offset) }
        leaving = Dictionary(grouping: flows, by: \.element.source).mapValues { $0.map(\.offset) }
    }

    /// Every trace of at most so many tasks after which no token is left; nil where more states than `most` were met.
    func language(upTo longest: Int, most: Int) -> Set<[String]>? {
        var state = State(tokens: process.flows.map { _ in 0 }, trace: [])
        for flow in leaving[process.nodes.first { $0.kind == .startEvent }?.id ?? ""] ?? [] { state.tokens[flow] += 1 }
        var seen: Set<State> = [state]
        var open = [state]
        var result: Set<[String]> = []
        while let state = open.popLast() {
            if state.tokens.allSatisfy({ $0 == 0 }) { result.insert(state.trace) }
            for next in process.nodes.flatMap({ after($0, state) }) where next.trace.count <= longest {
                if seen.insert(next).inserted { open.append(next) }
            }
            if seen.count > most { return nil }
        }
        return result
    }

    private func after(_ node: BPMNModel.Node, _ state: State) -> [State] {
        let (ways, exits) = (entering[node.id] ?? [], leaving[node.id] ?? [])
        let filled = ways.filter { state.tokens[$0] > 0 }
        func taking(_ taken: [Int], _ sent: [Int]) -> State {
            var next = state
            for flow in taken { next.tokens[flow] -= 1 }
            for flow in sent { next.tokens[flow] += 1 }
            if node.isTask { next.trace.append(node.name ?? "") }
            return next
        }
        var some: [[Int]] = [[]]
        for exit in exits { some += some.map { $0 + [exit] } }
        switch node.kind {
        case .task, .endEvent: return filled.map { taking([$0], exits) }
        case .exclusiveGateway: return filled.flatMap { way in exits.map { taking([way], [$0]) } }
        case .parallelGateway: return !ways.isEmpty && filled.count == ways.count ? [taking(ways, exits)] : []
        case .inclusiveGateway:
            guard !filled.isEmpty, mayGoOn(node.id, filled, state) else { return [] }
            return some.dropFirst().map { taking(filled, $0) }
        default: return []
        }
    }

    /// Whether an inclusive gateway need not wait (13.3.3).
    private func mayGoOn(_ gateway: String, _ filled: [Int], _ state: State) -> Bool {
        let empty = Set(entering[gateway] ?? []).subtracting(filled)
        return process.flows.indices.allSatisfy { flow in
            if state.tokens[flow] == 0 { return true }
            var (reached, open): (Set<Int>, [Int]) = ([flow], [flow])
            while let last = open.popLast() {
                let target = process.flows[last].target
                if target == gateway { continue }
                for next in leaving[target] ?? [] where reached.insert(next).inserted { open.append(next) }
            }
            return reached.isDisjoint(with: empty) || !reached.isDisjoint(with: filled)
        }
    }
}
