import Foundation
import ProcessModels
import Statistics
import Testing

@testable import Reports

@Suite struct ProcessMapTests {
    private func frame(_ id: String = "m") -> PictureFrame { PictureFrame(id: id, title: "t", description: "d", language: .en) }

    @Test func everyActivityAndEveryPathIsOnTheMap() throws {
        for (seed, size) in [(1, 2), (2, 7), (3, 20)] as [(UInt64, Int)] {
            for share in [0.3, 1] {
                let abstracted = SamplePictures.graph(seed, size: size).abstracted(activities: share, paths: share)
                let picture = try ProcessMap(abstracted).picture(frame())
                let tips = try #require(SVGReader.read(picture.inline)?.texts["title"])
                for activity in abstracted.graph.activities {
                    #expect(tips.filter { $0.hasPrefix(activity.name + ": ") }.count == 1)
                }
                for edge in abstracted.graph.edges {
                    #expect(tips.filter { $0.hasPrefix(edge.source + " → " + edge.target + ": ") }.count == 1)
                }
                #expect(tips.filter { $0.hasPrefix("start → ") }.count == abstracted.shownStarts.count)
                #expect(tips.filter { $0.contains(" → end: ") }.count == abstracted.shownEnds.count)
                // Besides: the picture's own title, the start and the end.
                let arrows = abstracted.graph.edges.count + abstracted.shownStarts.count + abstracted.shownEnds.count
                #expect(tips.count == 3 + abstracted.graph.activities.count + arrows)
            }
        }
    }

    @Test func boxesKeepApartAndArrowsJoinTheirBoxes() throws {
        for seed in 1...4 as ClosedRange<UInt64> {
            let abstracted = SamplePictures.graph(seed, size: 12).abstracted(activities: 1, paths: 1)
            let parts = ProcessMapParts(ProcessMap(abstracted), frame())
            let layout = try MapLayout(parts.nodes.map(\.box), parts.arrows.map(\.edge), with: Graphviz())
            let boxes = zip(parts.nodes, layout.centres).map { node, centre in
                LabelBox(
                    x: centre.x - node.box.width / 2, y: centre.y - node.box.height / 2, width: node.box.width, height: node.box.height)
            }
            for (index, box) in boxes.enumerated() {
                #expect(!boxes[(index + 1)...].contains { $0.overlaps(box) })
                #expect(
                    box.x >= -0.5 && box.y >= -0.5 && box.x + box.width <= layout.width + 0.5 && box.y + box.height <= layout.height + 0.5)
            }
            func distance(_ point: MapLayout.Point, _ box: LabelBox) -> Double {
                let dx = max(box.x - point.x, 0, point.x - box.x - box.width)
                let dy = max(box.y - point.y, 0, point.y - box.y - box.height)
                return max(dx, dy)
            }
            for (arrow, course) in zip(parts.arrows, layout.courses) {
                #expect(distance(course.points[0], boxes[arrow.edge.source]) < 2)
                #expect(distance(course.tip, boxes[arrow.edge.target]) < 2)
            }
            // Everything starts at the top and ends at the bottom.
            #expect(layout.centres.allSatisfy { $0.y >= layout.centres[0].y && $0.y <= layout.centres[layout.centres.count - 1].y })
        }
    }

    @Test func wordsOnArrowsKeepApart() throws {
        for seed in 1...4 as ClosedRange<UInt64> {
            let picture = try SamplePictures.map(frame(), seed: seed, size: 12)
            for (index, label) in picture.labels.enumerated() {
                #expect(!picture.labels[(index + 1)...].contains { $0.overlaps(label) }, "seed \(seed)")
            }
        }
    }

    @Test func hostileNamesAreInert() throws {
        let names = SamplePictures.names.filter { $0.count > 1 }
        for measure in [ProcessMap.Measure.count, .totalTime] {
            let picture = try SamplePictures.map(frame(), names: names, measure: measure)
            let reader = try #require(SVGReader.read(picture.file))
            #expect(reader.elements.isSubset(of: SVGReader.known))
            #expect(!picture.file.unicodeScalars.contains { InertText.isHostile($0) && $0 != "\n" })
            #expect(picture.file.utf8.count < 300_000)
        }
    }

    @Test func theSameGraphIsTheSameMap() throws {
        let pictures = try (0..<2).map { _ in try SamplePictures.map(frame(), seed: 9, size: 10) }
        #expect(pictures[0] == pictures[1])
    }

    @Test func turnedPathsLeaveNoCircle() {
        var stream = RandomStream(seed: 4)
        for _ in 0..<200 {
            let nodes = 2 + stream.index(below: 9)
            let edges = (0..<(stream.index(below: 30))).map { _ in
                MapLayout.Edge(
                    source: stream.index(below: nodes), target: stream.index(below: nodes), weight: 1 + stream.index(below: 50),
                    lineWidth: 1,
                    labelWidth: 0, labelHeight: 0)
            }
            let isBack = MapLayout.backEdges(nodes, edges)
            // Taking away nodes that nothing leads to empties a graph without circles.
            var left = zip(edges, isBack).filter { !$0.1 && $0.0.source != $0.0.target }.map(\.0)
            var isGone = [Bool](repeating: false, count: nodes)
            for _ in 0..<nodes {
                for node in 0..<nodes where !isGone[node] && !left.contains(where: { $0.target == node }) {
                    isGone[node] = true
                    left.removeAll { $0.source == node }
                }
            }
            #expect(left.isEmpty)
            // The heaviest is never turned, and a turned one closes a circle of ones at least as heavy.
            let heaviest = edges.indices.filter { edges[$0].source != edges[$0].target }.max {
                (edges[$0].weight, -$0) < (edges[$1].weight, -$1)
            }
            if let heaviest { #expect(!isBack[heaviest]) }
        }
    }

    @Test func tooManyPathsAreThinnedUntilTheyFit() {
        let graph = SamplePictures.graph(6, size: 120)
        let abstracted = ProcessMap.abstracted(graph, activities: 1, paths: 1)
        #expect(abstracted.keptEdges <= ProcessMap.pathLimit)
        #expect(abstracted.allEdges == graph.edges.count)
        #expect(ProcessMap.abstracted(graph, activities: 1, paths: 1, limit: 1_000) == graph.abstracted(activities: 1, paths: 1))
        let caption = ProcessMap(abstracted).caption(.en)
        #expect(caption.contains("\(graph.edges.count - abstracted.keptEdges) of \(graph.edges.count) paths"))
        #expect(ProcessMap(graph.abstracted(activities: 1, paths: 1)).caption(.zh).contains("没有隐藏"))
    }

    @Test func failuresAreTyped() throws {
        let map = ProcessMap(SamplePictures.graph(1, size: 3).abstracted(activities: 1, paths: 1))
        for missing in ["/nowhere/dot", "no-such-program-anywhere"] {
            #expect(throws: Graphviz.Failure.missing(executable: missing)) {
                try map.picture(frame(), graphviz: Graphviz(executable: missing))
            }
        }
        #expect(throws: Graphviz.Failure.failed(status: 1, message: "/bin/false ended with status 1")) {
            try map.picture(frame(), graphviz: Graphviz(executable: "/bin/false"))
        }
        // Answers, but not with a layout.
        #expect(throws: Graphviz.Failure.failed(status: 0, message: "/bin/echo answered with a layout that cannot be read")) {
            try map.picture(frame(), graphviz: Graphviz(executable: "/bin/echo"))
        }
    }

    @Test(arguments: ["exec sleep 30", "sleep 30 & wait", "exec >&-; exec sleep 30"])
    func aLayoutThatTakesTooLongIsStopped(script: String) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("weir-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let program = folder.appendingPathComponent("dot")
        try ("#!/bin/sh\n" + script + "\n").write(to: program, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path)
        let map = ProcessMap(SamplePictures.graph(1, size: 3).abstracted(activities: 1, paths: 1))
        let begin = Date()
        #expect(throws: Graphviz.Failure.timedOut(seconds: 0.4)) {
            try map.picture(frame(), graphviz: Graphviz(executable: program.path, timeLimit: 0.4))
        }
        #expect(Date().timeIntervalSince(begin) < 10)
    }
}

extension DirectlyFollowsGraph {
    /// The abstraction of a graph without activities.
    var emptied: AbstractedGraph {
        var result = abstracted(activities: 1, paths: 1)
        result.graph = DirectlyFollowsGraph(activities: [], edges: [])
        return result
    }
}
