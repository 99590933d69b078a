import Foundation
import Statistics
import TestSupport
import Testing

@testable import ProcessModels

/// Nets of BPMN processes.
@Suite struct ProcessNetTests {
    /// A process in short: nodes by kind and name (`task a`), flows as pairs of numbers, `!` behind a number for a condition.
    private static func process(_ nodes: [(BPMNModel.Kind, String?)], _ flows: [(Int, Int)], conditions: Set<Int> = []) -> BPMNModel.Process
    {
        BPMNModel.Process(
            id: "p", nodes: nodes.enumerated().map { .init(id: "n\($0)", name: $1.1, kind: $1.0) },
            flows: flows.enumerated().map {
                .init(id: "f\($0)", from: "n\($1.0)", to: "n\($1.1)", condition: conditions.contains($0) ? "x" : nil)
            })
    }

    private static func words(_ process: BPMNModel.Process, upTo longest: Int = 5) throws -> Set<String> {
        let net = try PetriNet(process)
        return Set(try #require(net.language(upTo: longest)).map { $0.joined() })
    }

    private static let task = BPMNModel.Kind.task(.task)

    @Test("Tasks pass each token on, along every flow without a condition, along some of those with one")
    func tasks() throws {
        let plain = Self.process(
            [(.startEvent, nil), (Self.task, "a"), (Self.task, "b"), (Self.task, "c"), (.parallelGateway, nil), (.endEvent, nil)],
            [(0, 1), (1, 2), (1, 3), (2, 4), (3, 4), (4, 5)])
        #expect(try Self.words(plain) == ["abc", "acb"])
        let some = Self.process(
            [(.startEvent, nil), (Self.task, "a"), (Self.task, "b"), (Self.task, "c"), (.inclusiveGateway, nil), (.endEvent, nil)],
            [(0, 1), (1, 2), (1, 3), (2, 4), (3, 4), (4, 5)], conditions: [1, 2])
        #expect(try Self.words(some) == ["ab", "ac", "abc", "acb"])
        let fixed = Self.process(
            [(.startEvent, nil), (Self.task, "a"), (Self.task, "b"), (Self.task, "c"), (.inclusiveGateway, nil), (.endEvent, nil)],
            [(0, 1), (1, 2), (1, 3), (2, 4), (3, 4), (4, 5)], conditions: [2])
        #expect(try Self.words(fixed) == ["ab", "abc", "acb"])
        // Each token does the task that joins without a gateway.
        let twice = Self.process(
            [(.startEvent, nil), (.parallelGateway, nil), (Self.task, nil), (.endEvent, nil)], [(0, 1), (1, 2), (1, 2), (2, 3)])
        #expect(try Self.words(twice) == ["n2n2"])
        #expect(WorkflowNetCheck(of: try PetriNet(twice)).isWorkflowNet)
    }

    @Test("Inclusive gateways wait for what was sent, by the gateway that parts")
    func inclusive() throws {
        for (kind, expected) in [
            (BPMNModel.Kind.inclusiveGateway, ["", "b", "a", "ab", "ba"]), (.exclusiveGateway, ["", "a", "b"]),
            (.parallelGateway, ["ab", "ba"]),
        ] {
            let process = Self.process(
                [(.startEvent, nil), (kind, nil), (Self.task, "a"), (Self.task, "b"), (.inclusiveGateway, nil), (.endEvent, nil)],
                [(0, 1), (1, 2), (1, 3), (2, 4), (3, 4), (1, 4), (4, 5)])
            #expect(try Self.words(process) == Set(expected), "\(kind)")
        }
        // Five ways, joined before they part in the file.
        var nodes: [(BPMNModel.Kind, String?)] = [(.inclusiveGateway, nil), (.endEvent, nil), (.startEvent, nil), (.inclusiveGateway, nil)]
        var flows = [(0, 1), (2, 3)]
        for (number, name) in ["a", "b", "c", "d", "e"].enumerated() {
            nodes.append((Self.task, name))
            flows += [(3, 4 + number), (4 + number, 0)]
        }
        let wide = Self.process(nodes, flows)
        let tree = try ProcessTree(notation: "O( 'a', 'b', 'c', 'd', 'e' )")
        #expect(try PetriNet(wide).language(upTo: 5) == tree.language(upTo: 5))
        #expect(Soundness(of: try PetriNet(wide)).verdict == .holds)
    }

    @Test("Many inclusive gateways, one in and behind the other, are paired")
    func manyInclusive() throws {
        let part = try ProcessTree(notation: "O( 'a', ->( 'b', O( 'c', 'd' ) ) )")
        let tree = ProcessTree.node(.sequence, Array(repeating: part, count: 60))
        let net = try PetriNet(try #require(try BPMNModel(tree).mainProcess))
        #expect(net.transitions.count { !$0.isSilent } == 240)
        #expect(Soundness(of: net).verdict == .holds)
    }

    @Test("Inclusive gateways whose paths do not meet so wait for what can still come")
    func unpaired() throws {
        let crossed = Self.process(
            [
                (.startEvent, nil), (.inclusiveGateway, nil), (.exclusiveGateway, nil), (Self.task, "a"), (Self.task, "b"),
                (.inclusiveGateway, nil), (.endEvent, nil),
            ], [(0, 1), (1, 2), (1, 3), (2, 3), (2, 4), (3, 5), (4, 5), (5, 6)])
        // With both ways chosen a is done for each of two tokens; the gateway need not wait for what may come along either way.
        #expect(try Self.words(crossed) == ["a", "b", "aa", "ab", "ba"])
        // Without end, there are always more tokens.
        let endless = Self.process(
            [
                (.startEvent, nil), (.exclusiveGateway, nil), (Self.task, "a"), (.inclusiveGateway, nil), (.parallelGateway, nil),
                (.endEvent, nil),
            ], [(0, 1), (1, 2), (2, 4), (4, 3), (4, 1), (1, 3), (3, 5)])
        #expect(throws: ModelConversionError(.unpairedInclusiveGateway, ["n3"])) { try PetriNet(endless) }
        // Each way has its own end.
        let open = Self.process(
            [(.startEvent, nil), (.inclusiveGateway, nil), (Self.task, "a"), (Self.task, "b"), (.endEvent, nil), (.endEvent, nil)],
            [(0, 1), (1, 2), (1, 3), (2, 4), (3, 5)])
        #expect(try Self.words(open) == ["a", "b", "ab", "ba"])
        #expect(try PetriNet(open).final.count == 2)
    }

    /// A seeded process with a start, gateways and tasks of which each is reached, and ends: flows lead on, some also back.
    private static func random(seed: UInt64) -> BPMNModel.Process {
        var stream = RandomStream(seed: seed, path: 53)
        let count = 4 + stream.index(below: 4)
        let kinds: [BPMNModel.Kind] = [.inclusiveGateway, .inclusiveGateway, .exclusiveGateway, .parallelGateway, task]
        var nodes: [(BPMNModel.Kind, String?)] = [(.startEvent, nil)]
        for number in 1...count {
            let kind = kinds[stream.index(below: kinds.count)]
            nodes.append((kind, kind == task ? String(UnicodeScalar(UInt8(96 + number))) : nil))
        }
        nodes.append((.endEvent, nil))
        var flows = [(0, 1)]
        for number in 2...count { flows.append((1 + stream.index(below: number - 1), number)) }
        for number in 1...count {
            let isLeft = flows.contains { $0.0 == number }
            let isBack = stream.index(below: 12) == 0 && number > 1
            if !isLeft || stream.index(below: 3) == 0 { flows.append((number, number + 1 + stream.index(below: count + 1 - number))) }
            if isBack { flows.append((number, 1 + stream.index(below: number - 1))) }
        }
        return process(nodes, flows)
    }

    @Test("Random processes run as the token game of the standard says", arguments: [UInt64(1), 2, 3, 4, 5, 6])
    func tokenGame(seed: UInt64) throws {
        var (compared, wide, words) = (0, 0, 0)
        for number in 0..<150 {
            let process = Self.random(seed: seed * 1_000 + UInt64(number))
            guard let expected = BPMNTokenGame(process).language(upTo: 4, most: 3_000) else { continue }
            let net: PetriNet
            do throws(ModelConversionError) { net = try PetriNet(process) } catch { continue }
            guard let own = net.language(upTo: 4, most: 30_000) else { continue }
            compared += 1
            words += expected.count
            if net.places.contains(where: { $0.id == "ended" }) { wide += 1 }
            #expect(
                own == expected,
                "seed \(seed), number \(number): \(process.nodes.map(\.kind)) \(process.flows.map { "\($0.source)>\($0.target)" })")
        }
        #expect(compared > 80 && wide > 10 && words > compared, "\(compared) compared, \(wide) by states, \(words) words")
    }

    @Test("Of several beginnings one begins, and ends are counted")
    func ends() throws {
        let process = Self.process(
            [
                (.startEvent, nil), (.startEvent, nil), (Self.task, "a"), (Self.task, "b"), (.parallelGateway, nil), (.endEvent, nil),
                (.endEvent, nil),
            ], [(0, 2), (1, 3), (2, 4), (3, 4), (4, 5), (4, 6)])
        #expect(try PetriNet(process).language(upTo: 4)?.isEmpty == true)
        var chosen = process
        chosen.nodes[4].kind = .exclusiveGateway
        #expect(try Self.words(chosen) == ["a", "b"])
        #expect(WorkflowNetCheck(of: try PetriNet(chosen)).isWorkflowNet)
        // Without events, what no flow leads to begins.
        let bare = Self.process([(Self.task, "a"), (Self.task, "b"), (Self.task, "c")], [(0, 2), (1, 2)])
        #expect(try Self.words(bare) == ["ac", "bc"])
        #expect(throws: ModelConversionError(.empty, ["p"])) { try PetriNet(BPMNModel.Process(id: "p", nodes: [], flows: [])) }
        #expect(throws: ModelConversionError(.notFromSourceToSink)) {
            try PetriNet(Self.process([(Self.task, "a"), (Self.task, "b")], [(0, 1), (1, 0)]))
        }
    }

    @Test("An event that ends the process ends it whatever else goes on")
    func termination() throws {
        var process = Self.process(
            [(.startEvent, nil), (.exclusiveGateway, nil), (Self.task, "a"), (Self.task, "b"), (.endEvent, nil), (.endEvent, nil)],
            [(0, 1), (1, 2), (1, 3), (2, 4), (3, 5)])
        process.nodes[4].trigger = "terminate"
        #expect(try Self.words(process) == ["a", "b"] && Soundness(of: try PetriNet(process)).verdict == .holds)
        process.nodes[1].kind = .parallelGateway
        #expect(try Self.words(process) == ["a", "ab", "ba"])
    }

    @Test("Events at borders end work or run beside it")
    func borders() throws {
        var process = Self.process(
            [
                (.startEvent, nil), (Self.task, "a"), (.boundaryEvent, nil), (Self.task, "b"), (Self.task, "c"), (.endEvent, nil),
                (.endEvent, nil),
            ],
            [(0, 1), (1, 4), (2, 3), (4, 5), (3, 6)])
        process.nodes[2].attachedTo = "n1"
        #expect(try Self.words(process) == ["ac", "b"])
        process.nodes[2].isInterrupting = false
        #expect(try Self.words(process) == ["ac", "bac", "abc", "acb"])
        process.nodes[1].kind = .task(.subProcess)
        process.nodes[1].inner = Self.process([(.startEvent, nil), (Self.task, "x"), (.endEvent, nil)], [(0, 1), (1, 2)])
        #expect(try Self.words(process) == ["xc", "bxc", "xbc", "xcb"])
        process.nodes[2].isInterrupting = true
        #expect(throws: ModelConversionError(.interruptsNested, ["n2"])) { try PetriNet(process) }
    }

    @Test("Nested and repeated work is part of the net")
    func nested() throws {
        var process = Self.process(
            [(.startEvent, nil), (.task(.subProcess), "s"), (Self.task, "z"), (.endEvent, nil)], [(0, 1), (1, 2), (2, 3)])
        #expect(try Self.words(process) == ["sz"])
        process.nodes[1].inner = Self.process(
            [(.startEvent, nil), (.parallelGateway, nil), (Self.task, "a"), (Self.task, "b"), (.endEvent, nil), (.endEvent, nil)],
            [(0, 1), (1, 2), (1, 3), (2, 4), (3, 5)])
        #expect(try Self.words(process) == ["abz", "baz"])
        process.nodes[1].rest.content.append(.element(BPMNElement("standardLoopCharacteristics")))
        #expect(try Self.words(process, upTo: 5) == ["abz", "baz", "ababz", "abbaz", "baabz", "babaz"])
        process.nodes[1].rest.content = [.element(BPMNElement("standardLoopCharacteristics", [("testBefore", "true")]))]
        #expect(try Self.words(process, upTo: 3) == ["z", "abz", "baz"])
        process.nodes[1].rest.content = [.element(BPMNElement("standardLoopCharacteristics"))]
        process.nodes[1].inner?.nodes[1].kind = .inclusiveGateway
        #expect(throws: ModelConversionError(.severalEnds, ["n1"])) { try PetriNet(process) }
        process.nodes[1].inner = nil
        #expect(try Self.words(process, upTo: 4) == ["sz", "ssz", "sssz"])
        process.nodes[1].kind = .complexGateway
        #expect(throws: ModelConversionError(.unsupportedElement, ["n1"])) { try PetriNet(process) }
    }

    @Test("Events are activities where wanted")
    func events() throws {
        let process = Self.process(
            [(.startEvent, "s"), (.eventBasedGateway, nil), (.catchEvent, "m"), (.catchEvent, ""), (.endEvent, "e")],
            [(0, 1), (1, 2), (1, 3), (2, 4), (3, 4)])
        #expect(try Self.words(process) == [""])
        var options = PetriNet.BPMNOptions()
        options.eventsAreActivities = true
        #expect(try PetriNet(process, options: options).language(upTo: 4) == [["s", "m", "e"], ["s", "e"]])
    }

    @Test("The models of others become nets or are refused with a reason", .enabled(if: SharedData.isThere))
    func others() throws {
        var nets = 0
        var sound = 0
        var refused: [String: Int] = [:]
        for folder in ["bpmn-miwg", "pm4py", "pm4py/more_models", "simulation", "p2p-synthetic", "purchasing-example", "production"] {
            let files = try FileManager.default.contentsOfDirectory(at: SharedData.file(folder), includingPropertiesForKeys: nil)
            for file in files.filter({ $0.pathExtension == "bpmn" }).sorted(by: { $0.path < $1.path }) {
                let model = try Data(contentsOf: file).withUnsafeBytes { try BPMNDocument($0) }.model
                for process in model.processes where !process.nodes.isEmpty {
                    let net: PetriNet
                    do throws(ModelConversionError) {
                        net = try PetriNet(process)
                    } catch {
                        refused[error.problem.rawValue, default: 0] += 1
                        continue
                    }
                    nets += 1
                    if Soundness(of: net).verdict == .holds { sound += 1 }
                    #expect(try PNMLDocument(text: net.pnml()).net == net)
                }
            }
        }
        #expect(nets > 30 && sound > 20, "\(nets) nets, \(sound) of them sound; refused \(refused)")
        #expect(refused.values.reduce(0, +) < 20, "\(refused)")
    }
}
