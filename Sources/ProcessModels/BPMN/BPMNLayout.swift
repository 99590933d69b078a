/// Lays a model out: its diagrams with a shape for every pool, lane, node, note and piece of data, a line for every flow and the words.
///
/// Most flows run to the right, along rows; lanes are bands below one another, pools too. What is nested is drawn in its node. Sizes are
/// those that drawing programs use: tasks 100 × 80, events 36, gateways 50.
package struct BPMNLayout {
    /// Says in which columns and in which order boxes stand; nil leaves it to ``BPMNArrangement``. A caller that has Graphviz asks it here.
    package typealias Arrange = (BPMNLayoutGraph) -> BPMNArrangement?

    /// The drawings of a model: one of each collaboration, or one of each process.
    package static func diagrams(of model: BPMNModel, arrange: Arrange? = nil) -> [BPMNDiagram] {
        var layout = BPMNLayout(model)
        let sheets = model.processes.map { BPMNSheet($0, arrange) }
        let collaborations = model.collaborations.filter { !$0.participants.isEmpty }
        guard !collaborations.isEmpty else {
            var top = 0.0
            return zip(model.processes, sheets).map { process, sheet in
                var own = sheet
                own.move(x: 60, y: top + 60)
                top += sheet.height + 60
                return layout.diagram(of: process.id, own)
            }
        }
        // Processes of no pool stand below the first pools.
        let pooled = Set(collaborations.flatMap { $0.participants.compactMap { model.process(of: $0)?.id } })
        let loose = model.processes.indices.filter { !pooled.contains(model.processes[$0].id) }
        return collaborations.enumerated().map { place, collaboration in
            let sheet = BPMNSheet(model, collaboration, sheets, loose: place == 0 ? loose.map { sheets[$0] } : [])
            return layout.diagram(of: collaboration.id, sheet)
        }
    }

    private var taken: Set<String>
    private var numbers: [String: Int] = [:]

    private init(_ model: BPMNModel) {
        taken = Set(model.identifiers + [model.rest.attributes["id"]].compactMap { $0 })
    }

    private mutating func unused(_ kind: String) -> String {
        while true {
            let number = numbers[kind, default: 0] + 1
            numbers[kind] = number
            if taken.insert("\(kind)_\(number)").inserted { return "\(kind)_\(number)" }
        }
    }

    private mutating func diagram(of plane: String, _ sheet: BPMNSheet) -> BPMNDiagram {
        var result = BPMNDiagram(id: unused("diagram"), plane: plane, planeID: unused("plane"), shapes: sheet.shapes, edges: sheet.edges)
        for index in result.shapes.indices { result.shapes[index].id = unused("shape") }
        for index in result.edges.indices { result.edges[index].id = unused("edge") }
        return result
    }
}

extension BPMNModel {
    /// The model with new diagrams in place of its own.
    package func laidOut(arrange: BPMNLayout.Arrange? = nil) -> BPMNModel {
        var result = self
        result.diagrams = BPMNLayout.diagrams(of: self, arrange: arrange)
        return result
    }
}
