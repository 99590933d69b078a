package import Foundation
import WorkingTime

extension Scenario {
    private static let known: Set<String> = [
        "resource_profiles", "resource_calendars", "arrival_time_calendar", "arrival_time_distribution",
        "gateway_branching_probabilities", "task_resource_distribution", "event_distribution", "batch_processing", "case_attributes",
        "prioritisation_rules", "model_type", "granule_size", "process_model", "weir", "start_time", "total_cases",
        "gateway_execution_limit",
    ]
    private static let days = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"]
    private static let day: Int64 = 24 * 3_600 * 1_000_000

    private struct OwnSection: Decodable {
        struct Section: Decodable {
            var model: SimulationModel?
        }

        var weir: Section?
    }

    /// Reads a scenario from JSON.
    ///
    /// - Throws: ``ScenarioError`` with the path of what is wrong.
    package init(json data: Data) throws(ScenarioError) {
        let root: JSONPlace
        do {
            root = JSONPlace(tree: try JSONDecoder().decode(JSONTree.self, from: data), path: "")
        } catch {
            throw ScenarioError(path: "", problem: .notJSON(Self.words(error)))
        }
        guard case .object = root.tree else {
            throw ScenarioError(path: "", problem: .unexpected("an object with the sections of a scenario"))
        }
        if !root["weir"].tree.isEmpty {
            do {
                own = try JSONDecoder().decode(OwnSection.self, from: data).weir?.model
            } catch {
                throw ScenarioError(path: "weir", problem: .section(Self.words(error)))
            }
        }
        try readPeople(root)
        arrivalHours = try Self.periods(root["arrival_time_calendar"])
        if !root["arrival_time_distribution"].tree.isEmpty {
            arrivalGaps = try Self.distribution(root["arrival_time_distribution"])
        }
        for gateway in try root["gateway_branching_probabilities"].list() {
            var paths: [Path] = []
            for path in try gateway["probabilities"].list() {
                let value = path["value"]
                if !path["condition_id"].tree.isEmpty {
                    warnings.append(ScenarioWarning(.ruleIgnored, try path["condition_id"].text()))
                }
                paths.append(Path(flow: try path["path_id"].text(), probability: value.tree.isEmpty ? nil : try value.number()))
            }
            gateways.append(Gateway(gateway: try gateway["gateway_id"].text(), paths: paths))
        }
        for task in try root["task_resource_distribution"].list() {
            var durations: [Duration] = []
            for resource in try task["resources"].list() {
                durations.append(Duration(resource: try resource["resource_id"].text(), distribution: try Self.distribution(resource)))
            }
            tasks.append(TaskDurations(task: try task["task_id"].text(), resources: durations))
        }
        for event in try root["event_distribution"].list() {
            events.append(EventTime(event: try event["event_id"].text(), distribution: try Self.distribution(event)))
        }
        try readBatches(root["batch_processing"])
        try readDraws(root)
        if let type = try root["model_type"].optionalText(), type.uppercased() == "FUZZY" {
            warnings.append(ScenarioWarning(.ruleIgnored, "model_type FUZZY"))
        }
        for name in root.names where !Self.known.contains(name) && !root[name].tree.isEmpty {
            warnings.append(ScenarioWarning(.sectionIgnored, name))
        }
    }

    private static func words(_ error: any Error) -> String {
        guard let error = error as? DecodingError else { return "\(error)" }
        switch error {
        case .dataCorrupted(let context), .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context):
            let path = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? "." + $0.stringValue }.joined()
            return path.isEmpty ? context.debugDescription : "\(path.drop { $0 == "." }): \(context.debugDescription)"
        @unknown default: return "\(error)"
        }
    }

    // MARK: People and hours

    private mutating func readPeople(_ root: JSONPlace) throws(ScenarioError) {
        for profile in try root["resource_profiles"].list() {
            var resources: [Resource] = []
            for resource in try profile["resource_list"].list() {
                let id = try resource["id"].text()
                var tasks: [String] = []
                for key in ["assignedTasks", "assigned_tasks"] {
                    for task in try resource[key].list() { tasks.append(try task.text()) }
                }
                let amount = resource["amount"].tree.isEmpty ? 1 : try resource["amount"].number()
                guard amount >= 0, amount <= 100_000 else {
                    throw ScenarioError(path: resource["amount"].path, problem: .unexpected("a number of people up to 100,000"))
                }
                resources.append(
                    Resource(
                        id: id, name: try resource["name"].optionalText() ?? id,
                        costPerHour: resource["cost_per_hour"].tree.isEmpty ? nil : try resource["cost_per_hour"].number(),
                        amount: Int(amount.rounded()), calendar: try resource["calendar"].optionalText() ?? "", tasks: tasks))
            }
            let id = try profile["id"].optionalText() ?? "profile \(profiles.count + 1)"
            profiles.append(Profile(id: id, name: try profile["name"].optionalText() ?? id, resources: resources))
        }
        for calendar in try root["resource_calendars"].list() {
            let id = try calendar["id"].text()
            let periods = try Self.periods(calendar["time_periods"])
            if !calendar["workload_ratio"].tree.isEmpty { warnings.append(ScenarioWarning(.ruleIgnored, "workload_ratio of \(id)")) }
            calendars.append(Calendar(id: id, name: try calendar["name"].optionalText() ?? id, periods: periods))
        }
    }

    private static func periods(_ place: JSONPlace) throws(ScenarioError) -> [Period] {
        var periods: [Period] = []
        for period in try place.list() {
            let first = try day(period["from"])
            let last = try day(period["to"])
            let begin = try clock(period["beginTime"])
            var end = try clock(period["endTime"])
            // The last second of a day, however written, stands for its end.
            if end >= Self.day - 1_000_000 { end = Self.day }
            if end <= begin { end = Self.day }
            periods.append(Period(firstDay: first, lastDay: last, begin: begin, end: end))
        }
        return periods
    }

    private static func day(_ place: JSONPlace) throws(ScenarioError) -> Int {
        let text = try place.text()
        guard let day = days.firstIndex(of: text.uppercased()) else {
            throw ScenarioError(path: place.path, problem: .unexpected("a weekday such as MONDAY"))
        }
        return day
    }

    /// `HH:MM:SS` with a fraction.
    private static func clock(_ place: JSONPlace) throws(ScenarioError) -> Int64 {
        let text = try place.text()
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2 || parts.count == 3, let hour = Int64(parts[0]), let minute = Int64(parts[1]),
            let second = parts.count == 3 ? Double(parts[2]) : 0, (0...24).contains(hour), (0..<60).contains(minute),
            second >= 0, second < 60
        else { throw ScenarioError(path: place.path, problem: .time(text)) }
        return min((hour * 60 + minute) * 60_000_000 + Int64((second * 1e6).rounded()), day)
    }

    private static func distribution(_ place: JSONPlace) throws(ScenarioError) -> Distribution {
        let name = try place["distribution_name"].text()
        var parameters: [Double] = []
        for parameter in try place["distribution_params"].list() {
            if case .object = parameter.tree {
                parameters.append(try parameter["value"].number())
            } else {
                parameters.append(try parameter.number())
            }
        }
        var cumulated: [Double] = []
        var midpoints: [Double] = []
        for value in try place["histogram_data"]["cdf"].list() { cumulated.append(try value.number()) }
        for value in try place["histogram_data"]["bin_midpoints"].list() { midpoints.append(try value.number()) }
        guard let made = Distribution(name: name, parameters: parameters, cumulated: cumulated, midpoints: midpoints), made.isValid else {
            throw ScenarioError(path: place.path, problem: .distribution("\(name) with \(parameters.count) parameters"))
        }
        return made
    }

    // MARK: Batches

    private mutating func readBatches(_ place: JSONPlace) throws(ScenarioError) {
        for batch in try place.list() {
            let task = try batch["task_id"].text()
            let type = try batch["type"].optionalText() ?? "Sequential"
            var release = SimulationActivity.Batching.Release()
            for alternative in try batch["firing_rules"].list() {
                let conditions = try alternative.list()
                // One condition alone, or an hour of one weekday; others that must hold together are not simulated.
                if conditions.count == 2, let time = try Self.weekTime(conditions) {
                    release.weekly = (release.weekly + [time]).sorted()
                    continue
                }
                guard conditions.count == 1, try read(conditions[0], into: &release) else {
                    warnings.append(ScenarioWarning(.ruleIgnored, alternative.path))
                    continue
                }
            }
            if release == SimulationActivity.Batching.Release() {
                warnings.append(ScenarioWarning(.ruleIgnored, batch.path))
                continue
            }
            // Everything is done in batches, and a batch changes no duration: what says otherwise has no effect.
            for share in try batch["size_distrib"].list() {
                if try share["key"].text() == "1", try share["value"].number() > 0 {
                    warnings.append(ScenarioWarning(.ruleIgnored, batch.path + ".size_distrib"))
                }
            }
            for scale in try batch["duration_distrib"].list() {
                if try scale["value"].number() != 1 {
                    warnings.append(ScenarioWarning(.ruleIgnored, batch.path + ".duration_distrib"))
                    break
                }
            }
            batches.append(Batch(task: task, release: release, form: type.lowercased() == "parallel" ? .together : .apart))
        }
    }

    /// The time of the week of an hour of a day and a weekday.
    private static func weekTime(_ conditions: [JSONPlace]) throws(ScenarioError) -> Int64? {
        var hour: Int64?
        var weekday: Int64?
        for condition in conditions {
            guard try condition["comparison"].text().hasPrefix("=") else { return nil }
            switch try condition["attribute"].text() {
            case "daily_hour": hour = Int64(try condition["value"].number())
            case "week_day": weekday = Int64(try Self.day(condition["value"]))
            default: return nil
            }
        }
        guard let hour, let weekday, (0..<24).contains(hour) else { return nil }
        return weekday * day + hour * 3_600_000_000
    }

    private func read(
        _ condition: JSONPlace, into release: inout SimulationActivity.Batching.Release
    ) throws(ScenarioError) -> Bool {
        let comparison = try condition["comparison"].optionalText() ?? "="
        let isReached = comparison == "=" || comparison == ">=" || comparison == "=="
        switch try condition["attribute"].text() {
        case "size" where isReached: release.size = max(1, Int(try condition["value"].number()))
        case "large_wt" where isReached || comparison == ">": release.longestWait = Int64(try condition["value"].number() * 1e6)
        case "daily_hour" where isReached:
            let hour = Int64(try condition["value"].number())
            release.weekly = (release.weekly + (0..<7).map { $0 * Self.day + hour * 3_600_000_000 }).sorted()
        case "week_day" where isReached:
            release.weekly = (release.weekly + [Int64(try Self.day(condition["value"])) * Self.day]).sorted()
        default: return false
        }
        return true
    }

    // MARK: Attributes of cases

    private mutating func readDraws(_ root: JSONPlace) throws(ScenarioError) {
        for attribute in try root["case_attributes"].list() {
            let name = try attribute["name"].text()
            if try attribute["type"].text() == "discrete" {
                var choices: [(String, Double)] = []
                for choice in try attribute["values"].list() {
                    choices.append((try choice["key"].text(), try choice["value"].number()))
                }
                guard choices.contains(where: { $0.1 > 0 }), choices.allSatisfy({ $0.1 >= 0 }) else {
                    throw ScenarioError(path: attribute.path, problem: .unexpected("probabilities, one of them positive"))
                }
                draws.attributes.append(CaseDraws.Attribute(name: name, choices: choices, number: nil))
            } else {
                draws.attributes.append(
                    CaseDraws.Attribute(name: name, choices: [], number: try Self.distribution(attribute["values"])))
            }
        }
        for rule in try root["prioritisation_rules"].list() {
            var lists: [[CaseDraws.Condition]] = []
            for list in try rule["rules"].list() {
                var conditions: [CaseDraws.Condition] = []
                for condition in try list.list() {
                    var values: [String] = []
                    if case .list = condition["value"].tree {
                        for value in try condition["value"].list() { values.append(try value.text()) }
                    } else {
                        values = [try condition["value"].text()]
                    }
                    conditions.append(
                        CaseDraws.Condition(
                            attribute: try condition["attribute"].text(), comparison: try condition["comparison"].text(), values: values))
                }
                lists.append(conditions)
            }
            draws.priorities.append(CaseDraws.Priority(level: Int(try rule["priority_level"].number()), rules: lists))
        }
    }
}
