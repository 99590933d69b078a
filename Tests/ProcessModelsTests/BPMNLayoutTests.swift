import Foundation
import ProcessModels
import Statistics
import TestSupport
import Testing

@Suite struct BPMNLayoutTests {
    private typealias Box = BPMNDiagram.Box

    /// A seeded process of tasks and gateways in which everything lies on a way from the start to the end, with loops.
    static func random(_ seed: UInt64, tasks: Int) -> BPMNModel {
        var stream = RandomStream(seed: seed, path: 5)
        var nodes: [BPMNModel.Node] = [.init(id: "start", kind: .startEvent)]
        var flows: [BPMNModel.Flow] = []
        func flow(_ from: String, _ to: String) { flows.append(.init(id: "f\(flows.count)", from: from, to: to)) }
        var last = "start"
        while nodes.count < tasks {
            let number = nodes.count
            if stream.index(below: 3) > 0 {
                let name = ["Approve", "Check a rather long name of a task", "批准", "Pay"][stream.index(below: 4)]
                nodes.append(.init(id: "t\(number)", name: name, kind: .task(.task)))
                flow(last, "t\(number)")
                last = "t\(number)"
                continue
            }
            let kind: BPMNModel.Kind = stream.index(below: 2) == 0 ? .exclusiveGateway : .parallelGateway
            nodes.append(.init(id: "s\(number)", name: stream.index(below: 2) == 0 ? "which?" : nil, kind: kind))
            nodes.append(.init(id: "j\(number)", kind: kind))
            flow(last, "s\(number)")
            for branch in 0..<(2 + stream.index(below: 3)) {
                nodes.append(.init(id: "b\(number)_\(branch)", name: "Branch \(branch)", kind: .task(.user)))
                flow("s\(number)", "b\(number)_\(branch)")
                flow("b\(number)_\(branch)", "j\(number)")
            }
            if kind == .exclusiveGateway {
                if stream.index(below: 2) == 0 { flow("s\(number)", "j\(number)") } else { flow("j\(number)", "s\(number)") }
            }
            last = "j\(number)"
        }
        nodes.append(.init(id: "end", name: "done", kind: .endEvent))
        flow(last, "end")
        return BPMNModel(processes: [.init(id: "p", name: "Purchase", nodes: nodes, flows: flows)])
    }

    private func overlaps(_ a: Box, _ b: Box) -> Bool {
        a.x < b.right && b.x < a.right && a.y < b.bottom && b.y < a.bottom
    }

    private func isOnBorder(_ point: BPMNDiagram.Point, _ box: Box) -> Bool {
        let isIn = point.x >= box.x - 1 && point.x <= box.right + 1 && point.y >= box.y - 1 && point.y <= box.bottom + 1
        let isInside = point.x > box.x + 1 && point.x < box.right - 1 && point.y > box.y + 1 && point.y < box.bottom - 1
        return isIn && !isInside
    }

    private func check(_ model: BPMNModel, _ diagram: BPMNDiagram) {
        for process in model.processes {
            let boxes = process.nodes.compactMap { diagram.shape(of: $0.id)?.box }
            #expect(boxes.count == process.nodes.count)
            for (index, box) in boxes.enumerated() {
                #expect(!boxes[..<index].contains { overlaps($0, box) })
            }
            for flow in process.flows {
                guard let points = diagram.edge(of: flow.id)?.points, let source = diagram.shape(of: flow.source)?.box,
                    let target = diagram.shape(of: flow.target)?.box
                else {
                    Issue.record("\(flow.id) is not drawn")
                    continue
                }
                #expect(points.count >= 2 && isOnBorder(points[0], source) && isOnBorder(points[points.count - 1], target))
                // Lines lie or stand, and cross no node.
                for (a, b) in zip(points, points.dropFirst()) {
                    #expect(a.x == b.x || a.y == b.y)
                    let piece = Box(x: min(a.x, b.x), y: min(a.y, b.y), width: abs(a.x - b.x), height: abs(a.y - b.y))
                    for box in boxes where box != source && box != target { #expect(!overlaps(piece, box), "\(flow.id)") }
                }
            }
        }
        #expect(Set(diagram.shapes.map(\.id) + diagram.edges.map(\.id)).count == diagram.shapes.count + diagram.edges.count)
    }

    @Test("Nodes keep apart, lines join their nodes and cross no other", arguments: 1...25)
    func drawingsAreClear(seed: UInt64) throws {
        let model = Self.random(seed, tasks: 4 + Int(seed) * 2)
        let diagram = try #require(BPMNLayout.diagrams(of: model).first)
        check(model, diagram)
        #expect(BPMNLayout.diagrams(of: model) == [diagram])
        let start = try #require(diagram.shape(of: "start")), end = try #require(diagram.shape(of: "end"))
        #expect(diagram.shapes.allSatisfy { $0.box.x >= start.box.x && $0.box.right <= end.box.right + 60 })
    }

    @Test("Lanes are bands below one another in a pool, each node in its own", arguments: 1...25)
    func lanesAreBands(seed: UInt64) throws {
        var stream = RandomStream(seed: seed, path: 6)
        let model = Self.random(seed, tasks: 4 + Int(seed) * 2)
        let roles = ["Buyer", "经理", "Clerk & Co", "System"].prefix(1 + stream.index(below: 4))
        let laned = model.withLanes(pool: "Own") { name in
            name == "Pay" ? nil : roles[Int(name.unicodeScalars.reduce(0) { $0 &+ $1.value }) % roles.count]
        }
        let process = laned.processes[0]
        #expect(process.lanes.flatMap(\.nodes).sorted() == process.nodes.map(\.id).sorted())
        #expect(laned.collaborations[0].participants[0].name == "Purchase")
        let diagram = try #require(BPMNLayout.diagrams(of: laned).first)
        check(laned, diagram)
        let pool = try #require(diagram.shape(of: laned.collaborations[0].participants[0].id)?.box)
        var bottom = pool.y
        for lane in process.lanes {
            let band = try #require(diagram.shape(of: lane.id)?.box)
            #expect(band.y == bottom && band.x == pool.x + 30 && band.right == pool.right)
            bottom = band.bottom
            for node in lane.nodes {
                let box = try #require(diagram.shape(of: node)?.box)
                #expect(box.x > band.x && box.right <= band.right && box.y >= band.y && box.bottom <= band.bottom)
            }
        }
        #expect(bottom == pool.bottom)
        // Written, read and written again it is the same.
        let text = laned.xml()
        #expect(try BPMNDocument(text: text).model.xml() == text)
        #expect(laned.withLanes { _ in nil }.processes == laned.processes)
    }

    @Test("Events stand at the borders of their nodes, nested processes lie in theirs")
    func bordersAndNested() throws {
        var inner = BPMNModel.Process(
            id: "S", nodes: [.init(id: "i1", kind: .startEvent), .init(id: "i2", kind: .task(.task)), .init(id: "i3", kind: .endEvent)],
            flows: [.init(id: "g1", from: "i1", to: "i2"), .init(id: "g2", from: "i2", to: "i3")])
        inner.rest = BPMNRest()
        var process = BPMNModel.Process(
            id: "p",
            nodes: [
                .init(id: "s", kind: .startEvent), .init(id: "S", name: "Inside", kind: .task(.subProcess), inner: inner),
                .init(id: "b", name: "late", kind: .boundaryEvent, trigger: "timer", timer: "P1D", attachedTo: "S"),
                .init(id: "h", name: "Help", kind: .task(.user)), .init(id: "e", kind: .endEvent),
            ],
            flows: [
                .init(id: "f1", from: "s", to: "S"), .init(id: "f2", from: "S", to: "e"), .init(id: "f3", from: "b", to: "h"),
                .init(id: "f4", from: "h", to: "e"), .init(id: "f5", from: "h", to: "h"),
            ])
        process.artifacts = [
            .init(note: "a note", id: "n"), .init(.dataObjectReference, id: "d", name: "Order"), .init(.dataStoreReference, id: "st"),
        ]
        process.associations = [.init(id: "as", from: "n", to: "h")]
        let model = BPMNModel(processes: [process])
        let diagram = try #require(BPMNLayout.diagrams(of: model).first)
        let outer = try #require(diagram.shape(of: "S")), event = try #require(diagram.shape(of: "b")?.box)
        #expect(outer.isExpanded == true && event.middle.y == outer.box.bottom && event.x > outer.box.x && event.right < outer.box.right)
        for id in ["i1", "i2", "i3"] {
            let box = try #require(diagram.shape(of: id)?.box)
            #expect(box.x > outer.box.x && box.right < outer.box.right && box.y > outer.box.y && box.bottom < outer.box.bottom)
        }
        for id in ["n", "d", "st", "h", "s", "e"] { #expect(diagram.shape(of: id) != nil) }
        for id in ["f1", "f2", "f3", "f4", "f5", "g1", "g2", "as"] { #expect(diagram.edge(of: id)?.points.count ?? 0 >= 2, "\(id)") }
        let leaving = try #require(diagram.edge(of: "f3")?.points.first)
        #expect(leaving == .init(x: event.middle.x, y: event.bottom))
    }

    @Test("Models of others can be laid out anew: everything that was drawn is", .enabled(if: SharedData.isThere))
    func filesOfOthersAreLaidOut() throws {
        for url in BPMNFiles.all {
            let model = try Data(contentsOf: url).withUnsafeBytes { try BPMNDocument($0).model }
            let drawn = Set(BPMNLayout.diagrams(of: model).flatMap { $0.shapes.map(\.element) + $0.edges.map(\.element) })
            for diagram in model.diagrams {
                for element in (diagram.shapes.map(\.element) + diagram.edges.map(\.element)) where !drawn.contains(element) {
                    #expect(
                        drawn.contains(BPMNModel.identifier(element)) || !model.identifiers.contains(element)
                            || isBeyond(element, model), "\(url.lastPathComponent): \(element)")
                }
            }
        }
    }

    /// What is not drawn by us: data that tasks alone know, processes that no pool shows.
    private func isBeyond(_ element: String, _ model: BPMNModel) -> Bool {
        let rests = model.allProcesses.flatMap { process in [process.rest] + process.nodes.map(\.rest) }
        return rests.contains { $0.content.elements.contains { "\($0)".contains("\"\(element)\"") } }
    }
}
