import Foundation

/// The sections in the words of the file.
struct ScenarioDocument {
    fileprivate static let days = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"]

    struct Own: Encodable {
        let model: SimulationModel
    }

    struct PeriodRecord: Encodable {
        let from: String
        let to: String
        let beginTime: String
        let endTime: String

        init(_ period: Scenario.Period) {
            from = ScenarioDocument.days[period.firstDay]
            to = ScenarioDocument.days[period.lastDay]
            beginTime = Self.clock(period.begin)
            endTime = period.end >= 24 * 3_600 * 1_000_000 ? "23:59:59.999999" : Self.clock(period.end)
        }

        private static func clock(_ time: Int64) -> String {
            let seconds = time / 1_000_000
            let two: (Int64) -> String = { $0 < 10 ? "0\($0)" : "\($0)" }
            let text = two(seconds / 3_600) + ":" + two(seconds / 60 % 60) + ":" + two(seconds % 60)
            let fraction = String(time % 1_000_000)
            return time % 1_000_000 == 0 ? text : text + "." + String(repeating: "0", count: 6 - fraction.count) + fraction
        }
    }

    struct CalendarRecord: Encodable {
        let id: String
        let name: String
        let timePeriods: [PeriodRecord]

        enum CodingKeys: String, CodingKey {
            case id
            case name
            case timePeriods = "time_periods"
        }
    }

    struct ResourceRecord: Encodable {
        let id: String
        let name: String
        let costPerHour: Double
        let amount: Int
        let calendar: String
        let assignedTasks: [String]

        enum CodingKeys: String, CodingKey {
            case id
            case name
            case costPerHour = "cost_per_hour"
            case amount
            case calendar
            case assignedTasks
        }
    }

    struct ProfileRecord: Encodable {
        let id: String
        let name: String
        let resourceList: [ResourceRecord]

        enum CodingKeys: String, CodingKey {
            case id
            case name
            case resourceList = "resource_list"
        }
    }

    struct PathRecord: Encodable {
        let pathID: String
        let value: Double?

        enum CodingKeys: String, CodingKey {
            case pathID = "path_id"
            case value
        }
    }

    struct GatewayRecord: Encodable {
        let gatewayID: String
        let probabilities: [PathRecord]

        enum CodingKeys: String, CodingKey {
            case gatewayID = "gateway_id"
            case probabilities
        }
    }

    /// A distribution with whom or what it belongs to beside its own keys.
    struct Tied: Encodable {
        let key: String
        let id: String
        let distribution: Distribution

        private struct Key: CodingKey {
            let stringValue: String
            var intValue: Int? { nil }
            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }

        func encode(to encoder: any Encoder) throws {
            try distribution.encode(to: encoder)
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(id, forKey: Key(stringValue: key))
        }
    }

    struct TaskRecord: Encodable {
        let taskID: String
        let resources: [Tied]

        enum CodingKeys: String, CodingKey {
            case taskID = "task_id"
            case resources
        }
    }

    struct RuleRecord: Encodable {
        let attribute: String
        let comparison: String
        let value: Either
    }

    enum Either: Encodable {
        case number(Double)
        case text(String)
        case texts([String])

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .number(let number): try container.encode(number)
            case .text(let text): try container.encode(text)
            case .texts(let texts): try container.encode(texts)
            }
        }
    }

    struct Weight: Encodable {
        let key: String
        let value: Double
    }

    struct BatchRecord: Encodable {
        let taskID: String
        let type: String
        let sizeDistrib: [Weight]
        let durationDistrib: [Weight]
        let firingRules: [[RuleRecord]]

        enum CodingKeys: String, CodingKey {
            case taskID = "task_id"
            case type
            case sizeDistrib = "size_distrib"
            case durationDistrib = "duration_distrib"
            case firingRules = "firing_rules"
        }
    }

    struct AttributeRecord: Encodable {
        let name: String
        let type: String
        let values: Values

        enum Values: Encodable {
            case choices([Weight])
            case number(Distribution)

            func encode(to encoder: any Encoder) throws {
                switch self {
                case .choices(let choices): try choices.encode(to: encoder)
                case .number(let distribution): try distribution.encode(to: encoder)
                }
            }
        }
    }

    struct PriorityRecord: Encodable {
        let priorityLevel: Int
        let rules: [[RuleRecord]]

        enum CodingKeys: String, CodingKey {
            case priorityLevel = "priority_level"
            case rules
        }
    }

    let profiles: [ProfileRecord]
    let calendars: [CalendarRecord]
    let arrivalHours: [PeriodRecord]
    let gateways: [GatewayRecord]
    let tasks: [TaskRecord]
    let events: [Tied]
    let batches: [BatchRecord]
    let attributes: [AttributeRecord]
    let priorities: [PriorityRecord]

    init(_ scenario: Scenario) {
        profiles = scenario.profiles.map { profile in
            ProfileRecord(
                id: profile.id, name: profile.name,
                resourceList: profile.resources.map {
                    ResourceRecord(
                        id: $0.id, name: $0.name, costPerHour: $0.costPerHour ?? 0, amount: $0.amount, calendar: $0.calendar,
                        assignedTasks: $0.tasks)
                })
        }
        calendars = scenario.calendars.map {
            CalendarRecord(id: $0.id, name: $0.name, timePeriods: $0.periods.map { PeriodRecord($0) })
        }
        arrivalHours = scenario.arrivalHours.map { PeriodRecord($0) }
        gateways = scenario.gateways.map { gateway in
            GatewayRecord(
                gatewayID: gateway.gateway, probabilities: gateway.paths.map { PathRecord(pathID: $0.flow, value: $0.probability) })
        }
        tasks = scenario.tasks.map { task in
            TaskRecord(
                taskID: task.task,
                resources: task.resources.map { Tied(key: "resource_id", id: $0.resource, distribution: $0.distribution) })
        }
        events = scenario.events.map { Tied(key: "event_id", id: $0.event, distribution: $0.distribution) }
        batches = scenario.batches.map { Self.batch($0) }
        attributes = scenario.draws.attributes.map { attribute in
            AttributeRecord(
                name: attribute.name, type: attribute.number == nil ? "discrete" : "continuous",
                values: attribute.number.map { .number($0) }
                    ?? .choices(attribute.choices.map { Weight(key: $0.value, value: $0.probability) }))
        }
        priorities = scenario.draws.priorities.map { priority in
            PriorityRecord(
                priorityLevel: priority.level,
                rules: priority.rules.map { list in
                    list.map { condition in
                        RuleRecord(
                            attribute: condition.attribute, comparison: condition.comparison,
                            value: condition.values.count == 1 ? .text(condition.values[0]) : .texts(condition.values))
                    }
                })
        }
    }

    private static func batch(_ batch: Scenario.Batch) -> BatchRecord {
        var rules: [[RuleRecord]] = []
        if let size = batch.release.size {
            rules.append([RuleRecord(attribute: "size", comparison: ">=", value: .number(Double(size)))])
        }
        if let wait = batch.release.longestWait {
            rules.append([RuleRecord(attribute: "large_wt", comparison: ">=", value: .number(Double(wait) / 1e6))])
        }
        let day: Int64 = 24 * 3_600 * 1_000_000
        let hour: Int64 = 3_600 * 1_000_000
        let hours = Set(batch.release.weekly.map { $0 % day / hour }).sorted()
        let isDaily = hours.allSatisfy { hour in (0..<7).allSatisfy { batch.release.weekly.contains($0 * day + hour * 3_600_000_000) } }
        for time in isDaily ? hours.map({ $0 * hour }) : batch.release.weekly {
            var list = [RuleRecord(attribute: "daily_hour", comparison: "=", value: .text("\(time % day / hour)"))]
            if !isDaily {
                list.append(
                    RuleRecord(attribute: "week_day", comparison: "=", value: .text(ScenarioDocument.days[Int(time / day)].capitalized)))
            }
            rules.append(list)
        }
        return BatchRecord(
            taskID: batch.task, type: batch.form == .together ? "Parallel" : "Sequential",
            sizeDistrib: [Weight(key: "1", value: 0), Weight(key: "2", value: 1)],
            durationDistrib: [Weight(key: "1", value: 1)], firingRules: rules)
    }
}
