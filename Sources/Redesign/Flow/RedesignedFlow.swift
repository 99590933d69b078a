package import ProcessModels

/// A process as BPMN as a plan changes it, and what of the plan the drawing shows.
///
/// The changes are made one after the other, as in the simulation: an automated activity becomes a service task, beside the task of people
/// where a condition or a share leaves them some cases; one that is left out is gone; what goes on side by side stands between parallel
/// gateways; a way that is always or never taken is the only one, or gone. What BPMN has no sign for (how long, how many people, when they
/// work, how often a batch goes, with which probability a way is taken) stands in the documentation of what it is about.
package struct RedesignedFlow: Sendable {
    /// What a change did to an element.
    package enum Mark: String, Sendable, Codable, CaseIterable {
        /// A program does it.
        case automated
        /// It is no longer there, or no longer taken.
        case removed
        /// It is new.
        case added
        /// It stands beside what it followed or led to.
        case moved
        /// Something about it is different that is told in words.
        case changed
    }

    /// What of a change the model shows, and where.
    package struct Shown: Sendable, Equatable, Codable {
        private enum CodingKeys: String, CodingKey {
            case change, kind, elements
            case isDrawn = "drawn"
            case inWords = "in_words"
        }

        /// The change, from 1.
        package var change: Int
        /// Its key in the plan.
        package var kind: String
        /// Whether nodes or flows show it.
        package var isDrawn: Bool
        /// The keys of the change whose values stand in words only.
        package var inWords: [String]
        /// The identifiers of the nodes, flows, lanes or of the process that show it or say it.
        package var elements: [String]
    }

    /// The model.
    package private(set) var model: BPMNModel
    /// Per change, in the order of the plan, what the model shows of it.
    package private(set) var shown: [Shown] = []
    /// What the changes did to nodes, flows and lanes, by their identifiers.
    package private(set) var marks: [String: Mark] = [:]

    /// What a process is changed by.
    package struct Change: Sendable {
        /// The plan.
        package var plan: RedesignPlan
        /// Who does an activity; nil where it is not known, and then there are no lanes.
        package var roleOf: @Sendable (String) -> String?
        /// The role of programs.
        package var programs: String
        /// A change in words: it stands in the documentation of what it is about.
        package var words: @Sendable (PlannedChange) -> String

        /// What a process is changed by.
        package init(
            _ plan: RedesignPlan, programs: String, roleOf: @escaping @Sendable (String) -> String?,
            words: @escaping @Sendable (PlannedChange) -> String
        ) {
            self.plan = plan
            self.programs = programs
            self.roleOf = roleOf
            self.words = words
        }
    }

    /// A model of one process without lanes, of tasks, events, and exclusive and parallel gateways, as a plan changes it; with lanes by role.
    ///
    /// - Parameter keepsRemoved: whether what is left out is kept and marked, for a picture of both; else it is gone.
    package init(_ model: BPMNModel, changedBy change: Change, keepsRemoved: Bool = false) {
        self.model = model
        guard !model.processes.isEmpty else { return }
        self.model.diagrams = []
        for (place, planned) in change.plan.changes.enumerated() {
            shown.append(apply(planned, number: place + 1, keepsRemoved: keepsRemoved))
        }
        let pool = model.processes[0].name
        if model.processes[0].nodes.contains(where: { $0.isTask && change.roleOf($0.name ?? $0.id) != nil }) {
            self.model = self.model.divided(
                pool: pool, roleOf: { [marks] in marks[$0.id] == .automated ? change.programs : change.roleOf($0.name ?? $0.id) })
        }
        for (place, planned) in change.plan.changes.enumerated() { document(planned, at: place, change) }
    }

    // MARK: Changes

    private mutating func apply(_ change: PlannedChange, number: Int, keepsRemoved: Bool) -> Shown {
        var result = Shown(change: number, kind: change.kind, isDrawn: false, inWords: [], elements: [])
        var editor = FlowEditor(model.processes[0], marks: marks, change: number)
        switch change.action {
        case .automate(let program):
            for task in editor.tasks(of: program.activity) { result.elements.append(editor.automate(task, by: program)) }
            result.isDrawn = !result.elements.isEmpty
            result.inWords = program.share < 1 ? ["share", "duration"] : ["duration"]
            if !result.isDrawn { result.inWords = ["activity"] + result.inWords + (program.condition == nil ? [] : ["when"]) }
        case .remove(let activity):
            let tasks = editor.tasks(of: activity)
            for task in tasks {
                if keepsRemoved { editor.marks[task] = .removed } else { editor.remove(task) }
            }
            if keepsRemoved { result.elements = tasks }
            result.isDrawn = !tasks.isEmpty
            if !result.isDrawn { result.inWords = ["activity"] }
        case .parallelize(let activities):
            result.elements = editor.parallelize(activities)
            result.isDrawn = !result.elements.isEmpty && editor.isSound
            if !result.isDrawn { result.inWords = ["activities"] }
        case .route(let from, let to, let probability):
            let touched = editor.route(from: from, to: to, probability: probability, keepsRemoved: keepsRemoved)
            result.isDrawn = touched != nil && editor.isSound
            result.elements = touched ?? []
            let isShare = probability > 0 && probability < 1
            result.inWords = result.isDrawn ? (isShare ? ["probability"] : []) : ["from", "to", "probability"]
        case .duration(let activity, _): result = words(result, ["scale"], about: editor.tasks(of: activity))
        case .batch(let activity, _): result = words(result, ["every"], about: editor.tasks(of: activity))
        case .resource: result.inWords = ["add"]
        case .calendar: result.inWords = ["hours"]
        case .arrivals:
            result = words(result, ["scale"], about: editor.process.nodes.filter { $0.kind == .startEvent }.map(\.id))
        }
        if result.isDrawn {
            model.processes[0] = editor.process
            marks = editor.marks
        } else if !result.inWords.isEmpty, case .parallelize(let activities) = change.action {
            result.elements = activities.flatMap { FlowEditor(model.processes[0], marks: marks, change: number).tasks(of: $0) }
        } else if case .route(let from, _, _) = change.action {
            result.elements = FlowEditor(model.processes[0], marks: marks, change: number).tasks(of: from)
        }
        return result
    }

    private func words(_ shown: Shown, _ keys: [String], about elements: [String]) -> Shown {
        var shown = shown
        shown.inWords = keys
        shown.elements = elements
        return shown
    }

    // MARK: Words

    /// Writes a change into the documentation of what it is about, and into that of the process.
    private mutating func document(_ planned: PlannedChange, at place: Int, _ change: Change) {
        let text = change.words(planned)
        switch planned.action {
        case .resource(let role, _), .calendar(let role, _):
            let lanes = model.processes[0].lanes.filter { $0.name == role }.map(\.id)
            let done = model.processes[0].nodes.filter { $0.isTask && change.roleOf($0.name ?? $0.id) == role }.map(\.id)
            shown[place].elements = lanes.isEmpty ? done : lanes
        default: break
        }
        // A later change may have taken out what an earlier one was about.
        let ids = Set(model.processes[0].identifiers)
        shown[place].elements.removeAll { !ids.contains($0) }
        for id in shown[place].elements {
            if marks[id] == nil { marks[id] = .changed }
            Self.write(text, to: id, in: &model.processes[0])
        }
        if shown[place].elements.isEmpty { shown[place].elements = [model.processes[0].id] }
        model.processes[0].rest.add(documentation: "\(place + 1). \(text)")
    }

    private static func write(_ text: String, to id: String, in process: inout BPMNModel.Process) {
        for node in process.nodes.indices where process.nodes[node].id == id { process.nodes[node].rest.add(documentation: text) }
        for flow in process.flows.indices where process.flows[flow].id == id { process.flows[flow].rest.add(documentation: text) }
        for set in process.laneSets.indices {
            for lane in process.laneSets[set].lanes.indices where process.laneSets[set].lanes[lane].id == id {
                process.laneSets[set].lanes[lane].rest.add(documentation: text)
            }
        }
    }
}
