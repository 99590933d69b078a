import TestSupport
import Testing

@testable import ProcessModels

@Suite struct TreeConversionTests {
    private static let blocks: [ProcessTree.Operator] = [.sequence, .exclusive, .parallel, .loop]

    @Test("A net of blocks is the tree it came from, up to what keeps the language", arguments: 0..<8)
    func netsToTrees(part: UInt64) throws {
        var same = 0
        for seed in part * 25..<part * 25 + 25 {
            let tree = ProcessTree.random(seed: seed, leaves: 8, operators: Self.blocks, silent: 0.2, repeating: seed % 3 == 0)
            let net = seed % 2 == 0 ? PetriNet(tree) : PetriNet(tree).reduced()
            let again = try ProcessTree(net)
            if again.canonical() == tree.canonical() { same += 1 }
            #expect(again.language(upTo: 4) == tree.language(upTo: 4), "\(tree) became \(again)")
        }
        #expect(same >= 22)
    }

    @Test("Large nets of blocks become trees too")
    func large() throws {
        let trees = (1...20).lazy.map { ProcessTree.random(seed: $0, leaves: 150, operators: Self.blocks, silent: 0) }
        let tree = try #require(trees.first { $0.activities.count > 100 })
        #expect(try ProcessTree(PetriNet(tree)).canonical() == tree.canonical())
    }

    @Test("Inclusive choices among two or three are found in nets again", arguments: 0..<4)
    func inclusive(part: UInt64) throws {
        var found = 0
        for seed in part * 25..<part * 25 + 25 {
            let tree = ProcessTree.random(seed: seed, leaves: 6, operators: Self.blocks + [.inclusive], silent: 0.1)
            let net = seed % 2 == 0 ? PetriNet(tree) : PetriNet(tree).reduced()
            guard let again = try? ProcessTree(net) else {
                // Wider ones are not.
                #expect(tree.description.contains("O("))
                continue
            }
            if again.description.contains("O(") { found += 1 }
            #expect(again.language(upTo: 4) == tree.language(upTo: 4), "\(tree) became \(again)")
        }
        #expect(found > 0)
        let mixed = try ProcessTree(notation: "->( 'a', O( 'b', ->( 'c', 'd' ), *( 'e', 'f' ) ), *( O( 'g', 'h' ), tau ), 'i' )")
        for net in [PetriNet(mixed), PetriNet(mixed).reduced()] { #expect(try ProcessTree(net).canonical() == mixed.canonical()) }
    }

    @Test("Nets of thousands of alternatives and steps become trees, nets nested beyond measure are refused")
    func wide() throws {
        let names = (0..<3_000).map { ProcessTree.activity("a\($0)") }
        for operation in [ProcessTree.Operator.exclusive, .sequence] {
            #expect(try ProcessTree(PetriNet(.node(operation, names))) == .node(operation, names))
        }
        #expect(try ProcessTree(Self.nested(100)).size == 503)
        #expect { try ProcessTree(Self.nested(600)) } throws: { ($0 as? ModelConversionError)?.problem == .notBlockStructured }
    }

    /// Loops one in the body of the other, with a step before and behind each.
    private static func nested(_ levels: Int) -> PetriNet {
        var net = SoundnessTests.net(([0], [2]), ([3], [1]), ([2], [3]), places: 4)
        var (from, to) = (2, 3)
        for number in 0..<levels {
            net.places += [.init(id: "q\(number)"), .init(id: "r\(number)")]
            let (inner, outer) = (net.places.count - 2, net.places.count - 1)
            let last = net.transitions.count - 1
            net.transitions[last] = .init(id: "b\(number)", label: "b\(number)", inputs: [.init(from)], outputs: [.init(inner)])
            net.transitions.append(.init(id: "r\(number)", label: "r", inputs: [.init(outer)], outputs: [.init(inner)]))
            net.transitions.append(.init(id: "e\(number)", label: "e", inputs: [.init(outer)], outputs: [.init(to)]))
            net.transitions.append(.init(id: "c\(number)", label: "c", inputs: [.init(inner)], outputs: [.init(outer)]))
            (from, to) = (inner, outer)
        }
        return net
    }

    @Test("Trees as deep as files may have them are handled", arguments: ProcessTree.Operator.allCases)
    func deep(operation: ProcessTree.Operator) throws {
        var tree = ProcessTree.activity("a")
        for number in 1..<ProcessTree.greatestDepth {
            tree = .node(number % 2 == 0 ? operation : .exclusive, [.activity("b\(number)"), tree])
        }
        #expect(try ProcessTree(notation: tree.description) == tree)
        #expect(try ProcessTree(ptmlText: tree.ptml()).canonical() == tree.canonical())
        #expect(tree.traces(1, seed: 1).count == 1 && tree.dot().count > 10_000)
        let net = PetriNet(tree)
        if Self.blocks.contains(operation) { #expect(try ProcessTree(net).canonical() == tree.canonical()) }
        if operation != .interleaved { #expect(try !BPMNModel(tree).processes[0].nodes.isEmpty) }
    }

    @Test("What is not made of blocks is refused, with what is left")
    func refused() throws {
        // a and b begin together; c needs a alone, d both.
        let net = SoundnessTests.net(([0], [2, 3]), ([2], [4, 5]), ([3], [6]), ([4], [7]), ([5, 6], [8]), ([7, 8], [1]), places: 9)
        #expect(Soundness(of: net).verdict == .holds)
        #expect { try ProcessTree(net) } throws: { error in
            guard let error = error as? ModelConversionError else { return false }
            return error.problem == .notBlockStructured && error.nodes.count > 1
        }
        var weighted = PetriNet(.activity("a"))
        weighted.transitions[0].inputs[0].weight = 2
        #expect(throws: ModelConversionError(.weights, ["t1"])) { try ProcessTree(weighted) }
        #expect(throws: ModelConversionError(.notFromSourceToSink)) {
            try ProcessTree(SoundnessTests.net(([0], [2]), ([2], [0]), places: 3))
        }
    }

    @Test("A process of a tree has its language, and its gateways come in pairs", arguments: 0..<8)
    func treesToProcesses(part: UInt64) throws {
        for seed in part * 25..<part * 25 + 25 {
            let tree = ProcessTree.random(seed: seed, leaves: 7, silent: 0.2, repeating: seed % 3 == 0)
            guard let model = try? BPMNModel(tree, name: "p") else { continue }
            let process = try #require(model.mainProcess)
            #expect(try PetriNet(process).language(upTo: 4) == tree.language(upTo: 4), "\(tree)")
            for node in process.nodes {
                let (entering, leaving) = (process.flows(to: node.id).count, process.flows(from: node.id).count)
                switch node.kind {
                case .startEvent: #expect(entering == 0 && leaving == 1)
                case .endEvent: #expect(entering == 1 && leaving == 0)
                case .task: #expect(entering == 1 && leaving == 1 && node.name != nil)
                default:
                    #expect((entering == 1) != (leaving == 1), "\(node.id) of \(tree)")
                    let twin = node.id.hasSuffix("split") ? node.id.dropLast(5) + "join" : node.id.dropLast(4) + "split"
                    #expect(process.node(String(twin))?.kind == node.kind)
                }
            }
            #expect(try BPMNDocument(text: model.xml()).model.mainProcess?.nodes.map(\.id) == process.nodes.map(\.id))
        }
    }

    @Test("Interleaved blocks are written out where they are few")
    func interleaved() throws {
        let tree = try ProcessTree(notation: "<>( ->( 'a', 'b' ), 'c', 'd' )")
        let process = try #require(try BPMNModel(tree).mainProcess)
        #expect(process.nodes.count(where: \.isTask) == 24)
        let wide = try ProcessTree(notation: "<>( ->( 'a', 'b' ), 'c', 'd', 'e' )")
        #expect(throws: ModelConversionError(.tooManyOrders)) { try BPMNModel(wide) }
        // One in the other they would double and double.
        var deep = ProcessTree.activity("a")
        for number in 0..<60 { deep = .node(.interleaved, [.node(.sequence, [.activity("x\(number)"), .activity("y")]), deep]) }
        #expect(throws: ModelConversionError(.tooManyOrders)) { try BPMNModel(deep) }
    }

    @Test("Nets without blocks become processes gateway by gateway")
    func freeChoice() throws {
        for net in [
            SoundnessTests.net(([0], [2, 3]), ([2], [4, 5]), ([3], [6]), ([4], [7]), ([5, 6], [8]), ([7, 8], [1]), places: 9),
            // A place with several ways in and out; two places whose choice is one.
            SoundnessTests.net(([0], [2, 3]), ([2, 3], [4]), ([2, 3], [5]), ([4], [2, 3]), ([4], [1]), ([5], [1]), places: 6),
            SoundnessTests.net(([0], [2]), ([0], [3]), ([2], [3]), ([2], [1]), ([3], [2]), ([3], [1]), places: 4),
        ] {
            let model = try BPMNModel(net)
            let process = try #require(model.mainProcess)
            #expect(try PetriNet(process).language(upTo: 6) == net.language(upTo: 6), "\(model)")
            for node in process.nodes where node.isGateway {
                #expect((process.flows(to: node.id).count == 1) != (process.flows(from: node.id).count == 1))
            }
            #expect(Set(process.nodes.map(\.id) + process.flows.map(\.id)).count == process.nodes.count + process.flows.count)
        }
        let mixed = SoundnessTests.net(([0], [2, 3]), ([2], [4]), ([2, 3], [1]), ([3, 4], [1]), places: 5)
        #expect(throws: ModelConversionError(.notFreeChoice, ["p2"])) { try BPMNModel(mixed) }
    }

    @Test("Large nets without blocks become processes in little time")
    func manyCrossings() throws {
        // Two tasks begin together; a third needs the first alone, a fourth both: again and again.
        var net = PetriNet(places: [.init(id: "p0")], initial: Marking(places: [0]))
        var last = 0
        for number in 0..<60 {
            let first = net.places.count
            net.places += (0..<8).map { .init(id: "p\(first + $0)") }
            let p = (first..<first + 8).map { $0 }
            for (name, from, to) in [
                ("t", [last], [p[0], p[1]]), ("a", [p[0]], [p[2], p[3]]), ("b", [p[1]], [p[4]]), ("c", [p[2]], [p[5]]),
                ("d", [p[3], p[4]], [p[6]]), ("e", [p[5], p[6]], [p[7]]),
            ] {
                net.transitions.append(
                    .init(id: "\(name)\(number)", label: name, inputs: from.map { .init($0) }, outputs: to.map { .init($0) }))
            }
            last = p[7]
        }
        net.final = [Marking(places: [last])]
        let process = try #require(try BPMNModel(net).mainProcess)
        #expect(process.nodes.count { $0.isTask } == 360 && process.nodes.count == 362 + 4 * 60)
        let again = try PetriNet(process)
        #expect(Soundness(of: again).verdict == .holds && again.transitions.count { !$0.isSilent } == 360)
    }

    @Test("Several ends are several end events")
    func severalFinals() throws {
        var net = SoundnessTests.net(([0], [1]), ([1], [2]), ([1], [3]), places: 4)
        net.final = [Marking(places: [2]), Marking(places: [3]), Marking(places: [1])]
        let process = try #require(try BPMNModel(net).mainProcess)
        #expect(process.nodes.count { $0.kind == .endEvent } == 3)
        #expect(try PetriNet(process).language(upTo: 3) == [["t0"], ["t0", "t1"], ["t0", "t2"]])
    }
}
