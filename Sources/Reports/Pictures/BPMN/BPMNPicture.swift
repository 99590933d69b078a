package import ProcessModels
package import Redesign

/// A BPMN diagram: pools, lanes, tasks, events, gateways, data, notes and the lines between them, where the model says that they stand, or
/// where ``BPMNLayout`` puts them.
///
/// Numbers may stand in tasks and on flows, and what departs from a log may be marked. The drawing depends on nothing but these values.
package struct BPMNPicture: Sendable {
    /// What is known of a task or of a flow.
    package struct Figures: Sendable, Equatable {
        /// How often it was done or taken; nil where it is not known.
        package var count: Int?
        /// How long it takes, the median in seconds; nil where it is not known.
        package var medianS: Double?

        /// What is known of a task or of a flow.
        package init(count: Int?, medianS: Double? = nil) {
            self.count = count
            self.medianS = medianS
        }
    }

    /// What is drawn.
    package var model: BPMNModel
    /// By the identifier of a node or a flow what is known of it.
    package var figures: [String: Figures]
    /// By the identifier of a node or a flow what departs from the log there, in words.
    package var marks: [String: String]

    /// By the identifier of a node, a flow or a lane what a plan changes there.
    package var changes: [String: Change]

    /// What a plan changes at an element.
    package struct Change: Sendable, Equatable {
        /// What becomes of it.
        package var mark: RedesignedFlow.Mark
        /// The change in words, for titles; empty where it only comes with another.
        package var words: String

        /// What a plan changes at an element.
        package init(_ mark: RedesignedFlow.Mark, words: String = "") {
            self.mark = mark
            self.words = words
        }
    }

    /// A diagram of a model.
    package init(
        _ model: BPMNModel, figures: [String: Figures] = [:], marks: [String: String] = [:], changes: [String: Change] = [:]
    ) {
        self.model = model
        self.figures = figures
        self.marks = marks
        self.changes = changes
    }

    /// What the picture shows, in a sentence for who cannot see it.
    package func words(_ language: Language) -> String {
        let humane = Humane(language)
        let nodes = model.allProcesses.flatMap(\.nodes)
        let tasks = nodes.count { $0.isTask }
        let gateways = nodes.count { $0.isGateway }
        let flows = model.allProcesses.reduce(0) { $0 + $1.flows.count }
        let lanes = model.processes.reduce(0) { $0 + $1.lanes.count }
        let changed = changedWords(nodes, language)
        switch language {
        case .en:
            return "A BPMN diagram: \(humane.count(tasks)) \(tasks == 1 ? "task" : "tasks"), \(humane.count(gateways)) "
                + "\(gateways == 1 ? "gateway" : "gateways"), \(humane.count(flows)) \(flows == 1 ? "flow" : "flows")"
                + (lanes > 0 ? ", \(humane.count(lanes)) \(lanes == 1 ? "lane" : "lanes")." : ".") + changed
        case .zh:
            return "BPMN 图：\(humane.count(tasks)) 个任务、\(humane.count(gateways)) 个网关、\(humane.count(flows)) 条顺序流"
                + (lanes > 0 ? "、\(humane.count(lanes)) 条泳道。" : "。") + changed
        }
    }

    /// The names of what a plan changes, by what becomes of it.
    private func changedWords(_ nodes: [BPMNModel.Node], _ language: Language) -> String {
        if changes.isEmpty { return "" }
        let words = Words(language)
        let lanes = model.processes.flatMap(\.lanes).map { ($0.id, $0.name ?? $0.id) }
        let named = nodes.filter { !$0.isGateway }.map { node in
            (node.id, node.name ?? (node.kind == .startEvent ? words.startOfCase : node.kind == .endEvent ? words.endOfCase : node.id))
        }
        let all = named + lanes
        return RedesignedFlow.Mark.allCases.map { mark in
            let own = all.filter { changes[$0.0]?.mark == mark }.map(\.1)
            if own.isEmpty { return "" }
            return language(" ", "") + words.changedElements(mark, own.joined(separator: words.listComma))
        }.joined()
    }

    /// The picture in its own size: it scrolls in its box rather than shrink until nobody can read it.
    ///
    /// - Parameter number: which of the model's diagrams, from 0; where there is none of that number, the model is laid out.
    package func picture(_ frame: PictureFrame, diagram number: Int = 0) -> Picture {
        let given = model.diagrams.indices.contains(number) ? model.diagrams[number] : nil
        let diagrams = given.map { Self.isDrawable($0) ? [$0] : [] } ?? []
        guard let diagram = diagrams.first ?? BPMNLayout.diagrams(of: model).first, let bounds = diagram.bounds else {
            return .empty(frame)
        }
        return BPMNDrawing(self, diagram, bounds, frame).picture()
    }

    /// Whether a diagram of a file has shapes, and none so far away that the rest could not be seen.
    private static func isDrawable(_ diagram: BPMNDiagram) -> Bool {
        guard !diagram.shapes.isEmpty, let bounds = diagram.bounds else { return false }
        return bounds.width < 60_000 && bounds.height < 60_000 && abs(bounds.x) < 1e6 && abs(bounds.y) < 1e6
    }
}
