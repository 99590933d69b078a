import EventLogs
package import Simulation

extension RedesignPlan {
    /// The model as the plan changes it.
    ///
    /// Changes are made one after the other, each on the model that the ones before it left. Numbers of the changed model stay
    /// tied to the same names, so that it can be compared with the original on common random numbers.
    ///
    /// - Throws: ``PlanError`` with the line of the change that does not fit the model.
    package func applied(to model: SimulationModel) throws(PlanError) -> SimulationModel {
        var editor = ModelEditor(model, file: fileName)
        for (number, change) in changes.enumerated() { try editor.apply(change, number: number + 1) }
        return editor.model
    }

    /// The model as some of the changes leave it, by their places in the plan; one that does not fit without the others has no effect.
    func applied(_ chosen: [Int], to model: SimulationModel) -> SimulationModel {
        var editor = ModelEditor(model, file: fileName)
        for number in chosen {
            var next = editor
            if (try? next.apply(changes[number], number: number + 1)) != nil { editor = next }
        }
        return editor.model
    }
}

/// Changes a model step by step.
struct ModelEditor {
    /// The model as it is by now.
    private(set) var model: SimulationModel
    private let file: String
    private var automated: [String: Int] = [:]

    init(_ model: SimulationModel, file: String) {
        self.model = model
        self.file = file
    }

    /// Makes one change.
    mutating func apply(_ change: PlannedChange, number: Int) throws(PlanError) {
        var next = model
        switch change.action {
        case .automate(let program):
            let activity = try place(of: program.activity, change, "activity")
            if let earlier = automated[program.activity] {
                throw error(.alreadyAutomated(activity: program.activity, change: earlier), change, "activity")
            }
            automated[program.activity] = number
            let eligible = try program.condition.map { condition throws(PlanError) in try rows(condition, change) }
            next.automate(activity, share: program.share, duration: program.duration, eligible: eligible)
        case .remove(let name):
            let activity = try place(of: name, change, "activity")
            guard next.remove(activity) else { throw error(.onlyPath(activity: name), change, "activity") }
        case .resource(let name, let add):
            let role = try people(name, change)
            guard model.resources(of: role).count + add > 0 else { throw error(.nobodyLeft(role: name, activity: nil), change, "add") }
            if add > 0 {
                next.hire(add, for: role)
            } else if let stranded = next.dismiss(-add, from: role) {
                throw error(.nobodyLeft(role: name, activity: model.activities[stranded].name), change, "add")
            }
        case .duration(let name, let scale): next.activities[try place(of: name, change, "activity")].durationScale *= scale
        case .parallelize(let names):
            var activities: [Int] = []
            for (number, name) in names.enumerated() { activities.append(try place(of: name, change, "activities \(number)")) }
            guard next.parallelize(activities) else { throw error(.neverMeet(names), change, "activities") }
        case .calendar(let name, let hours): next.setHours(hours, of: try people(name, change))
        case .arrivals(let scale): next.arrivals.scale *= scale
        case .batch(let name, let period):
            let activity = try place(of: name, change, "activity")
            if period == nil && model.activities[activity].batching == nil {
                throw error(.noBatches(activity: name), change, "every")
            }
            next.batch(activity, every: period)
        case .route(let from, let to, let probability):
            let source = try place(of: from, change, "from")
            let target = try place(of: to, change, "to")
            switch next.route(from: source, to: target, probability: probability) {
            case .done: break
            case .neverFollows: throw error(.neverFollows(from: from, to: to), change, "to")
            case .noAlternative: throw error(.noAlternative(from: from, to: to), change, "probability")
            case .severalDecisions: throw error(.severalDecisions(from: from, to: to), change, "to")
            }
        }
        model = next
    }

    private func error(_ reason: PlanError.Reason, _ change: PlannedChange, _ key: String) -> PlanError {
        PlanError(reason, change.place(of: key), in: file)
    }

    private func place(of activity: String, _ change: PlannedChange, _ key: String) throws(PlanError) -> Int {
        if let place = model.activity(named: activity) { return place }
        throw error(.unknownActivity(activity, nearest: NearestName.among(model.activities.map(\.name), to: activity)), change, key)
    }

    /// The place of a role of people.
    private func people(_ name: String, _ change: PlannedChange) throws(PlanError) -> Int {
        guard let role = model.role(named: name) else {
            throw error(.unknownRole(name, nearest: NearestName.among(model.roles.map(\.name), to: name)), change, "role")
        }
        if model.roles[role].isSystem { throw error(.systemRole(name), change, "role") }
        return role
    }

    /// Per row of the case attributes whether a condition holds.
    private func rows(_ condition: LogFilter, _ change: PlannedChange) throws(PlanError) -> [Bool] {
        let attributes = model.attributes ?? CaseAttributes([])
        if let part = condition.firstPart(beyond: Set(attributes.columns.map(\.name))) {
            throw error(.notCaseAttribute(part.name), change, "when")
        }
        let held: [Bool]
        do throws(FilterError) {
            held = try attributes.rows(satisfying: condition)
        } catch {
            throw self.error(.filter(error), change, "when")
        }
        if !held.contains(true) { throw error(.nothingMeets(condition.text), change, "when") }
        return held
    }
}

extension CaseAttributes {
    /// Per row whether a filter holds that is about case attributes only.
    fileprivate func rows(satisfying filter: LogFilter) throws(FilterError) -> [Bool] {
        var builder = EventLogBuilder()
        let activity = builder.activityNumber("case")
        // Even without rows the attributes have their names and kinds.
        for row in 0..<max(rows, 1) { builder.append(case: builder.caseNumber(String(row)), activity: activity, time: 0, row: row + 1) }
        for column in columns {
            switch column.values {
            case .text(let values):
                let attribute = builder.attribute(named: column.name, type: .string, level: .case)
                for (row, value) in values.enumerated() { value.map { builder.set(.case, attribute: attribute, of: row, text: $0) } }
            case .number(let values):
                let attribute = builder.attribute(named: column.name, type: .float, level: .case)
                for (row, value) in values.enumerated() { value.map { builder.set(.case, attribute: attribute, of: row, number: $0) } }
            case .integer(let values):
                let attribute = builder.attribute(named: column.name, type: .int, level: .case)
                for (row, value) in values.enumerated() { value.map { builder.set(.case, attribute: attribute, of: row, integer: $0) } }
            case .boolean(let values):
                let attribute = builder.attribute(named: column.name, type: .boolean, level: .case)
                for (row, value) in values.enumerated() { value.map { builder.set(.case, attribute: attribute, of: row, boolean: $0) } }
            }
        }
        var held = [Bool](repeating: false, count: rows)
        for row in try builder.finish().filtered(cases: filter).caseIDs where row < held.count { held[Int(row)] = true }
        return held
    }
}
