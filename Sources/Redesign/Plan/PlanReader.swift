import EventLogs
import Indicators
package import Instants
import Simulation
import WorkingTime
import Yams

extension RedesignPlan {
    /// The changes that a plan can make.
    package static let changeNames = PlanReader.changes

    /// Reads a plan's text.
    ///
    /// - Parameters:
    ///   - fileName: the file's own name, for errors.
    ///   - zone: the clock on which conditions read times without offset.
    /// - Throws: ``PlanError`` with line and column.
    package init(parsing text: String, fileName: String, zone: ZoneClock = .utc) throws(PlanError) {
        self = try PlanReader(file: fileName, zone: zone).plan(text)
    }
}

/// Reads plans from YAML.
struct PlanReader {
    /// The changes that can be made.
    static let changes = ["automate", "remove", "resource", "duration", "parallelize", "calendar", "arrivals", "batch", "route"]
    /// The changes that the plan language has beside them.
    private static let unsupported = ["merge", "resequence", "pool", "prioritize"]

    let file: String
    let zone: ZoneClock

    private func error(_ reason: PlanError.Reason, _ node: Node) -> PlanError {
        PlanError(reason, place(node), in: file)
    }

    private func place(_ node: Node) -> PlanPlace {
        PlanPlace(line: node.mark?.line, column: node.mark?.column)
    }

    // MARK: Structure

    func plan(_ text: String) throws(PlanError) -> RedesignPlan {
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch let problem as YamlError {
            throw self.problem(problem)
        } catch {
            throw PlanError(.syntax("\(error)"), PlanPlace(), in: file)
        }
        guard let root else { throw PlanError(.missingKey("changes", in: file), PlanPlace(line: 1, column: 1), in: file) }
        let keys = try entries(root, of: ["name", "changes", "goals"])
        guard let list = keys["changes"] else { throw error(.missingKey("changes", in: file), root) }
        var plan = RedesignPlan(changes: [], fileName: file)
        if let name = keys["name"] { plan.name = try self.text(name, "name") }
        for node in try elements(list, "changes") { plan.changes.append(try change(node)) }
        if let goals = keys["goals"] {
            for node in try elements(goals, "goals") { plan.goals.append(try goal(node)) }
        }
        return plan
    }

    private func problem(_ error: YamlError) -> PlanError {
        switch error {
        case .scanner(_, let words, let mark, _), .parser(_, let words, let mark, _), .composer(_, let words, let mark, _):
            PlanError(.syntax(words), PlanPlace(line: mark.line, column: mark.column), in: file)
        case .duplicatedKeysInMapping(let names, let context):
            PlanError(
                .repeatedKey(names.first ?? ""), PlanPlace(line: context.mark.line, column: context.mark.column), in: file)
        default: PlanError(.syntax("\(error)"), PlanPlace(), in: file)
        }
    }

    /// The values of a mapping by key.
    private func entries(_ node: Node, of known: [String]) throws(PlanError) -> [String: Node] {
        guard let mapping = node.mapping else { throw error(.noMapping, node) }
        var result: [String: Node] = [:]
        for (key, value) in mapping {
            guard let name = key.scalar?.string else { throw error(.noMapping, key) }
            guard known.contains(name) else {
                throw error(.unknownKey(name, nearest: NearestName.among(known, to: name), known: known), key)
            }
            if result.updateValue(value, forKey: name) != nil { throw error(.repeatedKey(name), key) }
        }
        return result
    }

    private func elements(_ node: Node, _ key: String) throws(PlanError) -> [Node] {
        guard let sequence = node.sequence else { throw error(.noList(key: key), node) }
        return Array(sequence)
    }

    // MARK: Changes

    private func change(_ node: Node) throws(PlanError) -> PlannedChange {
        guard let mapping = node.mapping else { throw error(.noMapping, node) }
        guard mapping.count == 1, let (key, value) = mapping.first, let name = key.scalar?.string else {
            throw error(.notOneChange, node)
        }
        if Self.unsupported.contains(name) { throw error(.unsupportedChange(name), key) }
        guard Self.changes.contains(name) else {
            throw error(.unknownChange(name, nearest: NearestName.among(Self.changes + Self.unsupported, to: name)), key)
        }
        let (action, keys) = try action(name, value)
        var places = keys.mapValues { place($0) }
        for (number, member) in (keys["activities"]?.sequence.map(Array.init) ?? []).enumerated() {
            places["activities \(number)"] = place(member)
        }
        return PlannedChange(action, place: place(key), places: places)
    }

    private func action(_ name: String, _ node: Node) throws(PlanError) -> (PlannedChange.Action, [String: Node]) {
        var known: [String] = []
        var keys: [String: Node] = [:]
        func need(_ key: String) throws(PlanError) -> Node {
            guard let value = keys[key] else { throw error(.missingKey(key, in: name), node) }
            return value
        }
        func read(_ names: String...) throws(PlanError) {
            known = names
            keys = try entries(node, of: known)
        }
        let action: PlannedChange.Action
        switch name {
        case "automate":
            try read("activity", "share", "duration", "when")
            var program = PlannedChange.Automation(
                activity: try text(need("activity"), "activity"), duration: try duration(need("duration"), "duration"))
            if let share = keys["share"] { program.share = try self.share(share, "share") }
            if let condition = keys["when"] { program.condition = try filter(condition) }
            action = .automate(program)
        case "remove":
            try read("activity")
            action = .remove(activity: try text(need("activity"), "activity"))
        case "resource":
            try read("role", "add")
            action = .resource(role: try text(need("role"), "role"), add: try headcount(need("add")))
        case "duration":
            try read("activity", "scale")
            action = .duration(activity: try text(need("activity"), "activity"), scale: try scale(need("scale")))
        case "parallelize":
            try read("activities")
            action = .parallelize(try activities(need("activities")))
        case "calendar":
            try read("role", "hours")
            action = .calendar(role: try text(need("role"), "role"), hours: try hours(need("hours")))
        case "arrivals":
            try read("scale")
            action = .arrivals(scale: try scale(need("scale")))
        case "batch":
            try read("activity", "every")
            action = .batch(activity: try text(need("activity"), "activity"), every: try period(need("every")))
        default:
            try read("from", "to", "probability")
            action = .route(
                from: try text(need("from"), "from"), to: try text(need("to"), "to"),
                probability: try share(need("probability"), "probability"))
        }
        return (action, keys)
    }

    // MARK: Values

    private func bad(_ node: Node, _ key: String, _ expected: PlanError.Expectation) -> PlanError {
        error(.badValue(key: key, found: node.scalar?.string ?? "…", expected: expected), node)
    }

    private func text(_ node: Node, _ key: String) throws(PlanError) -> String {
        guard let text = node.scalar?.string, !text.isEmpty else { throw bad(node, key, .text) }
        return text
    }

    private func duration(_ node: Node, _ key: String) throws(PlanError) -> Int64 {
        guard let text = node.scalar?.string, let length = try? DurationText.microseconds(in: text) else { throw bad(node, key, .duration) }
        return length
    }

    private func share(_ node: Node, _ key: String) throws(PlanError) -> Double {
        let text = node.scalar?.string ?? ""
        let number = text.hasSuffix("%") ? Double(text.dropLast()).map { $0 / 100 } : Double(text)
        guard let number, (0...1).contains(number) else { throw bad(node, key, .share) }
        return number
    }

    private func scale(_ node: Node) throws(PlanError) -> Double {
        let text = node.scalar?.string ?? ""
        guard let number = Double(text.hasPrefix("x") ? String(text.dropFirst()) : text), number.isFinite, number > 0 else {
            throw bad(node, "scale", .scale)
        }
        return number
    }

    private func headcount(_ node: Node) throws(PlanError) -> Int {
        guard let number = Int(node.scalar?.string ?? ""), number != 0, abs(number) <= 10_000 else { throw bad(node, "add", .headcount) }
        return number
    }

    private func activities(_ node: Node) throws(PlanError) -> [String] {
        guard let members = node.sequence else { throw bad(node, "activities", .activities) }
        var names: [String] = []
        for member in members {
            let name = try text(member, "activities")
            if names.contains(name) { throw bad(member, "activities", .activities) }
            names.append(name)
        }
        if names.count < 2 { throw bad(node, "activities", .activities) }
        return names
    }

    private func hours(_ node: Node) throws(PlanError) -> WeeklyHours {
        guard let text = node.scalar?.string, let hours = try? WeeklyHours(text: text), !hours.isEmpty else {
            throw bad(node, "hours", .hours)
        }
        return hours
    }

    private func period(_ node: Node) throws(PlanError) -> Int64? {
        let text = node.scalar?.string ?? ""
        if text == "off" { return nil }
        guard let length = try? DurationText.microseconds(in: text), length >= Microseconds.minute, WeeklyHours.week % length == 0 else {
            throw bad(node, "every", .period)
        }
        return length
    }

    /// A condition; errors point into its text as far as that stands on one line without escapes.
    private func filter(_ node: Node) throws(PlanError) -> LogFilter {
        guard let scalar = node.scalar, !scalar.string.isEmpty else { throw bad(node, "when", .text) }
        do throws(FilterError) {
            return try LogFilter(parsing: scalar.string, zone: zone)
        } catch {
            throw PlanError(.filter(error), PlanReader.place(node, error.line, error.column), in: file)
        }
    }

    private static func place(_ node: Node, _ line: Int, _ column: Int) -> PlanPlace {
        guard let scalar = node.scalar, let mark = node.mark else { return PlanPlace() }
        switch scalar.style {
        case .doubleQuoted, .singleQuoted: return PlanPlace(line: mark.line, column: line == 1 ? mark.column + column : mark.column)
        case .literal, .folded: return PlanPlace(line: mark.line, column: mark.column)
        default: return PlanPlace(line: mark.line, column: line == 1 ? mark.column + column - 1 : mark.column)
        }
    }

    // MARK: Goals

    private func goal(_ node: Node) throws(PlanError) -> PlanGoal {
        let keys = try entries(node, of: ["kpi", "change", "target"])
        guard let kpiNode = keys["kpi"] else { throw error(.missingKey("kpi", in: "goals"), node) }
        let kpi = try kpi(kpiNode)
        if keys["change"] != nil && keys["target"] != nil { throw error(.conflictingKeys("change", "target"), node) }
        guard let bound = keys["change"] ?? keys["target"] else { throw error(.missingKey("change", in: "goals"), node) }
        let isChange = keys["change"] != nil
        guard let goal = PlanGoal(parsing: bound.scalar?.string ?? "", kpi: kpi, isChange: isChange, place: place(node)) else {
            throw bad(bound, isChange ? "change" : "target", .bound)
        }
        return goal
    }

    private func kpi(_ node: Node) throws(PlanError) -> SimulationKPI {
        let text = try text(node, "kpi")
        do throws(KPINameError) {
            let name = try KPIName(parsing: text)
            if let kpi = SimulationKPI(rawValue: name.text) { return kpi }
        } catch {
            let nearest = error.nearest ?? NearestName.among(SimulationKPI.allCases.map(\.rawValue), to: text)
            throw self.error(.unknownKPI(text, nearest: nearest), node)
        }
        throw error(.unknownKPI(text, nearest: NearestName.among(SimulationKPI.allCases.map(\.rawValue), to: text)), node)
    }
}
