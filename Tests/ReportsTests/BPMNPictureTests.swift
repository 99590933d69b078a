import Foundation
import ProcessModels
import Redesign
import TestSupport
import Testing

@testable import Reports

@Suite struct BPMNPictureTests {
    private func frame(_ language: Language = .en) -> PictureFrame {
        PictureFrame(id: "b", title: "t", description: "d", language: language)
    }

    private var model: BPMNModel {
        BPMNModel(processes: [
            .init(
                id: "p",
                nodes: [
                    .init(id: "s", kind: .startEvent), .init(id: "A", name: "Approve <b> & \"c\"", kind: .task(.user)),
                    .init(id: "x", name: "ok?", kind: .exclusiveGateway), .init(id: "B", name: "付款", kind: .task(.service)),
                    .init(id: "e", kind: .endEvent),
                ],
                flows: [
                    .init(id: "f1", from: "s", to: "A"), .init(id: "f2", from: "A", to: "x"),
                    .init(id: "f3", from: "x", to: "B", condition: "amount < 5000"),
                    .init(id: "f4", from: "x", to: "A", isDefault: true), .init(id: "f5", from: "B", to: "e"),
                ])
        ])
    }

    @Test("Everything is drawn, with numbers and marks, whatever the names")
    func everythingIsDrawn() throws {
        let picture = BPMNPicture(
            model, figures: ["A": .init(count: 1_204, medianS: 7_200), "f3": .init(count: 17)], marks: ["B": "skipped in 12 cases"]
        ).picture(frame())
        let read = try #require(SVGReader.read(picture.file))
        let tips = read.texts["title"] ?? []
        #expect(tips.contains("Approve <b> & \"c\": 1,204, 2 h"))
        #expect(tips.contains("付款: skipped in 12 cases") && tips.contains("amount < 5000: 17"))
        let words = (read.texts["text"] ?? []).joined(separator: " ")
        for word in ["1,204", "2 h", "17", "amount", "付款", "ok?", "!"] { #expect(words.contains(word), "\(word)") }
        #expect(!picture.file.contains("<b>"))
        #expect(
            picture
                == BPMNPicture(
                    model, figures: ["A": .init(count: 1_204, medianS: 7_200), "f3": .init(count: 17)], marks: ["B": "skipped in 12 cases"]
                ).picture(frame()))
        #expect(BPMNPicture(model).words(.en) == "A BPMN diagram: 2 tasks, 1 gateway, 5 flows.")
        #expect(BPMNPicture(model).words(.zh) == "BPMN 图：2 个任务、1 个网关、5 条顺序流。")
        #expect(BPMNPicture(BPMNModel(processes: [])).picture(frame(.zh)).body.contains("没有数据"))
    }

    @Test("Diagrams of others are drawn as they stand; those too large or broken are laid out anew", .enabled(if: SharedData.isThere))
    func filesOfOthersAreDrawn() throws {
        for path in ["bpmn-miwg/A.4.1", "bpmn-miwg/B.2.0", "bpmn-miwg/C.1.1", "production/Production"] {
            var model = try Data(contentsOf: SharedData.file(path + ".bpmn")).withUnsafeBytes { try BPMNDocument($0).model }
            for number in model.diagrams.indices {
                let picture = BPMNPicture(model).picture(frame(), diagram: number)
                #expect(SVGReader.read(picture.file) != nil)
                let bounds = try #require(model.diagrams[number].bounds)
                #expect(picture.width >= bounds.width && picture.height >= bounds.height)
            }
            model.diagrams[0].shapes[0].box.x = 9e8
            model.diagrams[0].shapes[0].box.width = 9e8
            let picture = BPMNPicture(model).picture(frame())
            #expect(SVGReader.read(picture.file) != nil && picture.width < 60_000)
        }
    }

    @Test("Graphviz says columns and order; where it is missing the model is laid out without it")
    func graphvizLaysOut() throws {
        let laid = BPMNGraphvizLayout().laidOut(model)
        let diagram = try #require(laid.diagrams.first)
        #expect(diagram.shapes.count == 5 && diagram.edges.count == 5)
        let order = ["s", "A", "x", "B", "e"].compactMap { diagram.shape(of: $0)?.box.x }
        #expect(order.count == 5 && order == order.sorted())
        #expect(BPMNGraphvizLayout(graphviz: Graphviz(executable: "/no/dot")).laidOut(model).diagrams == model.laidOut().diagrams)
        #expect(BPMNGraphvizLayout(mostLines: 4).laidOut(model).diagrams == model.laidOut().diagrams)
        let graph = BPMNLayoutGraph(
            widths: [36, 100, 100, 36], heights: [36, 80, 80, 36], bands: [0, 0, 0, 0],
            edges: [(0, 1), (1, 3), (0, 2), (2, 3), (0, 3), (3, 0)].map { .init(source: $0.0, target: $0.1) })
        let arrangement = try #require(BPMNGraphvizLayout().arrange(graph))
        #expect(arrangement.ranks == [0, 1, 1, 2] && arrangement.courses.map(\.count) == [0, 0, 0, 0, 1, 1])
    }

    @Test("Lanes stay bands where Graphviz says columns and order, and the structure is as the standard asks")
    func graphvizKeepsLanes() throws {
        let laned = BPMNGraphvizLayout().laidOut(model.withLanes(pool: "Us") { $0 == "付款" ? "财务" : "Buyer" })
        #expect(BPMNStructure(laned).findings.isEmpty)
        let diagram = try #require(laned.diagrams.first)
        for lane in laned.processes[0].lanes {
            let band = try #require(diagram.shape(of: lane.id)?.box)
            for node in lane.nodes {
                let box = try #require(diagram.shape(of: node)?.box)
                #expect(box.y >= band.y && box.bottom <= band.bottom && box.x > band.x && box.right < band.right)
            }
        }
        let words = SVGReader.read(BPMNPicture(laned).picture(frame(.zh)).file)?.texts["text"] ?? []
        #expect(words.contains("财务") && words.contains("Buyer") && words.contains("Us"))
    }

    @Test("What a plan changes is said beside it, in both languages and for who cannot see it")
    func changesAreMarked() throws {
        let changes: [String: BPMNPicture.Change] = [
            "A": .init(.automated, words: "a program <does> it"), "B": .init(.removed), "x": .init(.changed), "e": .init(.moved),
            "s": .init(.added),
        ]
        let plain = BPMNPicture(model)
        let marked = BPMNPicture(model, changes: changes)
        for language in [Language.en, .zh] {
            let read = try #require(SVGReader.read(marked.picture(frame(language)).file))
            let own = read.texts["text"] ?? []
            let expected = language == .en ? ["automated", "left out", "changed", "side by side", "new"] : ["自动化", "取消", "调整", "并行", "新增"]
            for word in expected { #expect(own.contains(word), "\(word)") }
            #expect(read.texts["title"]?.contains { $0.contains("a program <does> it") } == true)
            let without = SVGReader.read(plain.picture(frame(language)).file)?.texts["text"] ?? []
            #expect(expected.allSatisfy { !without.contains($0) })
        }
        let names = model.processes[0].nodes.filter { ["A", "B"].contains($0.id) }.compactMap(\.name)
        #expect(
            marked.words(.en).contains("Automated: \(names[0]). Left out: \(names[1]).") && marked.words(.zh).contains("自动化：\(names[0])。"))
        #expect(!plain.words(.en).contains("Automated"))
        // New gateways only bring what is said beside them.
        let quiet = BPMNPicture(model, changes: ["x": .init(.added)]).picture(frame())
        #expect(SVGReader.read(quiet.file)?.texts["text"]?.contains("new") == false)
    }
}
