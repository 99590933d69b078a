import Conformance
import EventLogs
import Instants
import ProcessModels
import Yams

/// Reads one entry of a file of rules.
struct RuleReader {
    typealias Problem = RulesFile.Problem
    typealias Member = (key: String, keyNode: Node, value: Node)

    let zone: ZoneClock
    let workingDay: Int64?

    /// The words for what can be demanded.
    static let demands =
        DeclareTemplate.allCases.map(\.rawValue) + [
            "occurrences", "four_eyes", "same_resource", "time_between", "activity_time", "case_time",
        ]
    private static let severities: [LogFinding.Severity] = [.error, .warning, .info]

    func entry(_ node: Node) throws(Problem) -> RulesFile.Entry {
        var demand: (key: String, value: ProcessRule.Demand)?
        var name: String?
        var severity = LogFinding.Severity.error
        var filter: LogFilter?
        var conditionPlace: GateFile.Place?
        let known = RulesFile.commonKeys + Self.demands
        for (key, keyNode, value) in try Self.shaped({ () throws(YAMLProblem) in try YAMLMembers.of(node, known: known) }) {
            switch key {
            case "name": name = try text(value, key)
            case "severity":
                let word = try text(value, key)
                guard let own = LogFinding.Severity(rawValue: word) else {
                    throw Problem(.badSeverity(word, known: Self.severities.map(\.rawValue)), at: value)
                }
                severity = own
            case "where":
                let text = try text(value, key)
                let isQuoted = value.scalar.map { $0.style == .singleQuoted || $0.style == .doubleQuoted } ?? false
                conditionPlace = Problem.place(value).map { GateFile.Place(line: $0.line, column: $0.column + (isQuoted ? 1 : 0)) }
                do throws(FilterError) {
                    filter = try LogFilter(parsing: text, zone: zone)
                } catch {
                    throw Problem(.badCondition(error), at: conditionPlace?.adding(line: error.line, column: error.column))
                }
            default:
                if let demand { throw Problem(.twoDemands(demand.key, key), at: keyNode) }
                demand = (key, try self.demand(key, value))
            }
        }
        guard let demand else { throw Problem(.noDemand, at: node) }
        return RulesFile.Entry(
            rule: ProcessRule(demand.value, name: name, severity: severity, for: filter), conditionPlace: conditionPlace)
    }

    private func demand(_ kind: String, _ node: Node) throws(Problem) -> ProcessRule.Demand {
        if let template = DeclareTemplate(rawValue: kind) {
            let isOne = template.arity == 1
            let members = try members(node, isOne ? ["activity"] : ["activities"])
            return .constraint(
                template,
                isOne ? [try text("activity", members, kind, node)] : try activities(members, kind, node, atLeast: 2, atMost: 2))
        }
        switch kind {
        case "occurrences":
            let members = try members(node, ["activity", "at_least", "at_most"])
            let activity = try text("activity", members, kind, node)
            let least = try members.first { $0.key == "at_least" }.map { member throws(Problem) in try count(member.value) }
            let most = try members.first { $0.key == "at_most" }.map { member throws(Problem) in try count(member.value) }
            if least == nil && most == nil { throw Problem(.missing(key: "at_least", demand: kind), at: node) }
            if let least, let most, least > most { throw Problem(.badCount("\(least)..\(most)"), at: node) }
            return .occurrences(activity, atLeast: least ?? 0, atMost: most)
        case "four_eyes": return .fourEyes(try activities(try members(node, ["activities"]), kind, node, atLeast: 2, atMost: nil))
        case "same_resource": return .sameResource(try activities(try members(node, ["activities"]), kind, node, atLeast: 2, atMost: nil))
        case "time_between":
            let members = try members(node, ["from", "to", "at_most", "required"])
            var isRequired = false
            if let member = members.first(where: { $0.key == "required" }) {
                guard let truth = member.value.bool else { throw Problem(.noTruth(member.value.scalar?.string ?? ""), at: member.value) }
                isRequired = truth
            }
            return .timeBetween(
                try text("from", members, kind, node), try text("to", members, kind, node), try limit(members, kind, node),
                isRequired: isRequired)
        case "activity_time":
            let members = try members(node, ["activity", "at_most"])
            return .activityTime(try text("activity", members, kind, node), try limit(members, kind, node))
        default: return .caseTime(try limit(try members(node, ["at_most"]), kind, node))
        }
    }

    private func activities(
        _ members: [Member], _ kind: String, _ node: Node, atLeast: Int, atMost: Int?
    ) throws(Problem) -> [String] {
        guard let value = members.first(where: { $0.key == "activities" })?.value else {
            throw Problem(.missing(key: "activities", demand: kind), at: node)
        }
        let problem = Problem(.badActivities(demand: kind, atLeast: atLeast, atMost: atMost), at: value)
        guard let list = value.sequence else { throw problem }
        var names: [String] = []
        for item in list { names.append(try text(item, "activities")) }
        if names.count < atLeast || names.count > atMost ?? .max || Set(names).count < names.count { throw problem }
        return names
    }

    private func limit(_ members: [Member], _ kind: String, _ node: Node) throws(Problem) -> ProcessRule.Limit {
        guard let value = members.first(where: { $0.key == "at_most" })?.value else {
            throw Problem(.missing(key: "at_most", demand: kind), at: node)
        }
        let text = try text(value, "at_most")
        let length: DurationText.Length
        do throws(DurationTextError) {
            length = try DurationText.length(in: text)
        } catch {
            throw Problem(.badTime(error), at: value)
        }
        switch length {
        case .elapsed(let microseconds): return ProcessRule.Limit(elapsed: microseconds)
        case .working(let length):
            guard let workingDay else { throw Problem(.workingTime(text), at: value) }
            return ProcessRule.Limit(working: length, workingDay: workingDay)
        }
    }

    private func count(_ node: Node) throws(Problem) -> Int {
        let text = try text(node, "at_least")
        guard let number = Int(text), number >= 0, number <= 1_000_000 else { throw Problem(.badCount(text), at: node) }
        return number
    }

    private func text(_ key: String, _ members: [Member], _ kind: String, _ node: Node) throws(Problem) -> String {
        guard let value = members.first(where: { $0.key == key })?.value else { throw Problem(.missing(key: key, demand: kind), at: node) }
        return try text(value, key)
    }

    private func text(_ node: Node, _ key: String) throws(Problem) -> String {
        guard let text = node.scalar?.string, !text.isEmpty else { throw Problem(.noText(key: key), at: node) }
        return text
    }

    private func members(_ node: Node, _ known: [String]) throws(Problem) -> [Member] {
        try Self.shaped { () throws(YAMLProblem) in try YAMLMembers.of(node, known: known) }
    }

    /// Runs what reads a shape, naming its problems as those of a file of rules.
    static func shaped<Result>(_ body: () throws(YAMLProblem) -> Result) throws(Problem) -> Result {
        do throws(YAMLProblem) {
            return try body()
        } catch {
            throw Problem(error)
        }
    }
}
