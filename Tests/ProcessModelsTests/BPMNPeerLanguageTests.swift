import Foundation
import TestSupport
import Testing

@testable import ProcessModels

/// The languages of BPMN files of others, read here and by PM4Py 2.7.23 (`read_bpmn`, `convert_to_petri_net`), up to traces of six tasks.
///
/// PM4Py makes transitions of tasks, start and end events and gateways alone. Loops of tasks (10.2.8 and 13.2 of the standard), nested processes (13.2.4),
/// events that are caught on the way (13.4.2) and at borders (13.4.3) it leaves out, the ways through them with them. So some of its languages are narrower than
/// ours; with the same left out, ours are the same.
@Suite(.enabled(if: SharedData.isThere && PM4Py.isThere, "the shared data is absent, or PM4PY_PYTHON names no Python with pm4py installed"))
struct BPMNPeerLanguageTests {
    private static let program = """
        from pm4py.objects.petri_net import semantics
        longest = 6
        def key(marking): return tuple(sorted((place.name + str(id(place)), n) for place, n in marking.items() if n))
        net, initial, final = pm4py.convert_to_petri_net(pm4py.read_bpmn(path))
        seen, open_, end, found = {(key(initial), ())}, [(initial, ())], key(final), set()
        while open_ and len(seen) < 40000:
            marking, trace = open_.pop()
            if key(marking) == end: found.add(trace)
            for transition in semantics.enabled_transitions(net, marking):
                after = semantics.weak_execute(transition, marking)
                longer = trace if transition.label is None else trace + (transition.label,)
                if len(longer) <= longest and (key(after), longer) not in seen:
                    seen.add((key(after), longer))
                    open_.append((after, longer))
        if not open_:
            row('whole')
            for trace in found: row('trace', *(''.join(name.split()) for name in trace))
        """

    /// What PM4Py leaves out of each file.
    private static let leftOut: [String: Set<String>] = [
        "A.3.0": ["nested process", "event at a border"], "C.3.0": ["nested process", "event at a border"], "C.7.0": ["loop"],
        "C.8.0": ["event at a border"], "C.8.1": ["event at a border"], "C.9.1": ["event at a border"], "simple_model": ["nested process"],
        "Production": ["loop"], "BPIC_2012_W": ["loop"], "Procure_to_Pay_3_timers": ["event on the way"],
        "ch7_InsuranceClaimsSimulationNormalSeason": [], "purchasing_example": ["loop"],
    ]

    /// A process without what PM4Py does not read, and what that was.
    private static func asRead(_ process: BPMNModel.Process) -> (process: BPMNModel.Process, leftOut: Set<String>) {
        var own = process
        var leftOut: Set<String> = []
        for place in own.nodes.indices where own.nodes[place].loop != nil {
            leftOut.insert("loop")
            own.nodes[place].rest.content.removeAll { piece in
                if case .element(let element) = piece { return element.name.hasSuffix("LoopCharacteristics") }
                return false
            }
        }
        func drop(_ isGone: (BPMNModel.Node) -> Bool) {
            let gone = Set(own.nodes.filter(isGone).map(\.id))
            own.nodes.removeAll { gone.contains($0.id) }
            own.flows.removeAll { gone.contains($0.source) || gone.contains($0.target) }
        }
        drop { node in
            switch node.kind {
            case .boundaryEvent: leftOut.insert("event at a border")
            case .catchEvent, .throwEvent, .eventBasedGateway: leftOut.insert("event on the way")
            case .task(.subProcess), .task(.transaction), .task(.adHocSubProcess): leftOut.insert("nested process")
            default: return false
            }
            return true
        }
        // What is cut off is never done.
        var count = 0
        while count != own.nodes.count {
            count = own.nodes.count
            drop { node in
                node.kind != .startEvent && !own.flows.contains { $0.target == node.id }
                    || node.kind != .endEvent && !own.flows.contains { $0.source == node.id }
            }
        }
        return (own, leftOut)
    }

    @Test("With what PM4Py leaves out left out, languages are the same; with it, ours hold theirs")
    func languages() throws {
        var (compared, wider) = (0, 0)
        for url in BPMNFiles.all {
            let model = try Data(contentsOf: url).withUnsafeBytes { try BPMNDocument($0) }.model
            // PM4Py makes one net of all processes of a file.
            guard model.processes.count == 1, let process = model.processes.first,
                let net = try? PetriNet(process), let own = net.language(upTo: 6, most: 40_000)
            else { continue }
            let rows = try PM4Py.rows(Self.program, about: url.path)
            guard rows.first == ["whole"] else { continue }
            let theirs = Set(rows.dropFirst().map { Array($0.dropFirst()) })
            func plain(_ language: Set<[String]>) -> Set<[String]> { Set(language.map { $0.map { $0.filter { !$0.isWhitespace } } }) }
            let name = url.deletingPathExtension().lastPathComponent
            let (read, leftOut) = Self.asRead(process)
            #expect(leftOut == Self.leftOut[name] ?? [], "\(name): \(leftOut)")
            let narrow = read.nodes.contains { $0.kind == .startEvent } ? try PetriNet(read).language(upTo: 6) ?? [] : []
            #expect(plain(narrow) == theirs, "\(name): \(narrow.count) here, \(theirs.count) there")
            compared += 1
            if plain(own) != theirs { wider += 1 }
            if leftOut.isEmpty { #expect(plain(own) == theirs, "\(name)") }
        }
        #expect(compared >= 15 && wider >= 8, "\(compared) compared, \(wider) differ")
    }
}
