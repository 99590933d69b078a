import Foundation
package import ProcessModels
import WorkingTime

extension Scenario {
    private static let days = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"]
    /// How many of a system Prosimos is given, which knows none that never waits.
    private static let systems = 100

    /// The sections that Prosimos reads, for a model whose graph is that of a BPMN process (see ``FlowGraph/init(_:activity:timer:probability:)``).
    ///
    /// What Prosimos has no words for is put as near as it can be: samples become gamma distributions of their mean, variance and
    /// limits, all performers of an activity may do it whatever their weights, a system is a hundred resources around the clock. Delays before
    /// activities, automation and repeated durations are not said; ``own`` says them.
    ///
    /// - Precondition: the model's flow is a graph with the process's nodes.
    package init(plain model: SimulationModel, process: BPMNModel.Process) {
        guard case .graph(let graph) = model.flow else { preconditionFailure("plain sections need a graph") }
        precondition(graph.nodes.count >= process.nodes.count, "the graph has the nodes of the process")
        calendars = model.calendars.enumerated().map {
            Calendar(id: "calendar_\($0.offset + 1)", name: $0.element.name, periods: Self.periods($0.element.hours))
        }
        let hasSystem = model.roles.contains(where: \.isSystem)
        if hasSystem { calendars.append(Calendar(id: "calendar_always", name: "24/7", periods: Self.periods(.always))) }
        if case .gaps(let gaps, _) = model.arrivals.process { arrivalGaps = Self.plain(gaps) }
        arrivalHours = Self.periods(model.arrivals.calendar.map { model.calendars[$0].hours } ?? .always)
        var tasksOf: [String: [String]] = [:]
        for (place, node) in process.nodes.enumerated() {
            switch graph.nodes[place].action {
            case .activity(let activity):
                let durations = Self.durations(model.activities[activity], model)
                for duration in durations { tasksOf[duration.resource, default: []].append(node.id) }
                tasks.append(TaskDurations(task: node.id, resources: durations))
                if let batching = model.activities[activity].batching {
                    batches.append(Batch(task: node.id, release: batching.release, form: batching.form))
                }
            case .timer(let delay?): events.append(EventTime(event: node.id, distribution: Self.plain(delay.distribution)))
            default: break
            }
            let flows = process.flows(from: node.id)
            if graph.nodes[place].split != .all && flows.count > 1 {
                let paths = zip(flows, graph.nodes[place].arcs).map { Path(flow: $0.id, probability: $1.probability) }
                gateways.append(Gateway(gateway: node.id, paths: paths))
            }
        }
        for (role, own) in model.roles.enumerated() {
            var members: [Resource] = []
            if own.isSystem {
                let id = Self.systemID(role)
                members = [
                    Resource(
                        id: id, name: own.name, costPerHour: 0, amount: Self.systems, calendar: "calendar_always",
                        tasks: tasksOf[id] ?? [])
                ]
            }
            for place in model.resources(of: role) where !own.isSystem {
                let resource = model.resources[place]
                let id = Self.resourceID(place)
                members.append(
                    Resource(
                        id: id, name: resource.name, costPerHour: resource.costPerHour ?? 0, amount: 1,
                        calendar: "calendar_\(resource.calendar + 1)", tasks: tasksOf[id] ?? []))
            }
            if !members.isEmpty { profiles.append(Profile(id: "role_\(role + 1)", name: own.name, resources: members)) }
        }
    }

    private static func resourceID(_ place: Int) -> String { "resource_\(place + 1)" }

    private static func systemID(_ role: Int) -> String { "system_\(role + 1)" }

    private static func durations(_ activity: SimulationActivity, _ model: SimulationModel) -> [Duration] {
        var durations: [Duration] = []
        var seen: Set<String> = []
        let add: (String, Distribution) -> Void = { id, distribution in
            if seen.insert(id).inserted {
                durations.append(Duration(resource: id, distribution: plain(distribution.scaled(by: activity.durationScale))))
            }
        }
        for performer in activity.performers {
            if model.roles[performer.role].isSystem {
                add(systemID(performer.role), performer.duration)
            } else if performer.resources.isEmpty {
                for place in model.resources(of: performer.role) { add(resourceID(place), performer.duration) }
            } else {
                for individual in performer.resources { add(resourceID(individual.resource), individual.duration) }
            }
        }
        return durations
    }

    /// The nearest distribution that Prosimos knows for durations.
    private static func plain(_ distribution: Distribution) -> Distribution {
        let values: [(value: Double, weight: Double)]
        switch distribution {
        case .empirical(let sample): values = sample.map { ($0, 1 / Double(sample.count)) }
        case .histogram(let cumulated, let bins):
            values = bins.indices.map { (bins[$0], cumulated[$0] - ($0 == 0 ? 0 : cumulated[$0 - 1])) }
        case .triangular(let lower, let mode, let upper):
            // Prosimos takes the name but not the distribution.
            let mean = (lower + mode + upper) / 3
            let squares = lower * lower + mode * mode + upper * upper
            let variance = (squares - lower * mode - lower * upper - mode * upper) / 18
            if variance <= 0 { return .fixed(mean) }
            return .normal(mean: mean, deviation: variance.squareRoot(), lower: lower, upper: upper)
        default: return distribution
        }
        let mean = values.reduce(0) { $0 + $1.value * $1.weight }
        let variance = values.reduce(0) { $0 + ($1.value - mean) * ($1.value - mean) * $1.weight }
        if variance <= 0 || mean <= 0 { return .fixed(mean) }
        return .gamma(
            mean: mean, variance: variance, lower: values.map(\.value).min() ?? 0, upper: values.map(\.value).max() ?? .infinity)
    }

    /// Shifts as stretches within days, days of the same hours together.
    private static func periods(_ hours: WeeklyHours) -> [Period] {
        let day: Int64 = 24 * 3_600 * 1_000_000
        var byDay = [[(Int64, Int64)]](repeating: [], count: 7)
        for shift in hours.shifts {
            var start = shift.start
            while start < shift.end {
                let weekday = start / day
                let end = min(shift.end, (weekday + 1) * day)
                byDay[Int(weekday)].append((start - weekday * day, end - weekday * day))
                start = end
            }
        }
        var periods: [Period] = []
        var first = 0
        while first < 7 {
            var last = first
            while last < 6 && byDay[last + 1].elementsEqual(byDay[first], by: ==) { last += 1 }
            for (begin, end) in byDay[first] { periods.append(Period(firstDay: first, lastDay: last, begin: begin, end: end)) }
            first = last + 1
        }
        return periods
    }

    // MARK: JSON

    /// The scenario as JSON, the same bytes for the same scenario; where it has a model of our own, that is the section `weir`.
    ///
    /// - Throws: what the encoder throws for numbers that JSON does not have.
    package func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let document = Document(self)
        var members: [String] = []
        let add: (String, Data) -> Void = { members.append("\"\($0)\": " + String(decoding: $1, as: UTF8.self)) }
        add("resource_profiles", try encoder.encode(document.profiles))
        add("resource_calendars", try encoder.encode(document.calendars))
        add("arrival_time_calendar", try encoder.encode(document.arrivalHours))
        add("arrival_time_distribution", try encoder.encode(arrivalGaps))
        add("gateway_branching_probabilities", try encoder.encode(document.gateways))
        add("task_resource_distribution", try encoder.encode(document.tasks))
        add("event_distribution", try encoder.encode(document.events))
        add("batch_processing", try encoder.encode(document.batches))
        add("case_attributes", try encoder.encode(document.attributes))
        add("prioritisation_rules", try encoder.encode(document.priorities))
        add("model_type", try encoder.encode("CRISP"))
        if let own { add("weir", try encoder.encode(Document.Own(model: own))) }
        return "{\n" + members.joined(separator: ",\n") + "\n}\n"
    }

    /// The sections in the words of the file.
    private struct Document {
        struct Own: Encodable {
            let model: SimulationModel
        }

        struct PeriodRecord: Encodable {
            let from: String
            let to: String
            let beginTime: String
            let endTime: String

            init(_ period: Period) {
                from = Scenario.days[period.firstDay]
                to = Scenario.days[period.lastDay]
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
            let time_periods: [PeriodRecord]
        }

        struct ResourceRecord: Encodable {
            let id: String
            let name: String
            let cost_per_hour: Double
            let amount: Int
            let calendar: String
            let assignedTasks: [String]
        }

        struct ProfileRecord: Encodable {
            let id: String
            let name: String
            let resource_list: [ResourceRecord]
        }

        struct PathRecord: Encodable {
            let path_id: String
            let value: Double?
        }

        struct GatewayRecord: Encodable {
            let gateway_id: String
            let probabilities: [PathRecord]
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
            let task_id: String
            let resources: [Tied]
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
            let task_id: String
            let type: String
            let size_distrib: [Weight]
            let duration_distrib: [Weight]
            let firing_rules: [[RuleRecord]]
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
            let priority_level: Int
            let rules: [[RuleRecord]]
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
                    resource_list: profile.resources.map {
                        ResourceRecord(
                            id: $0.id, name: $0.name, cost_per_hour: $0.costPerHour, amount: $0.amount, calendar: $0.calendar,
                            assignedTasks: $0.tasks)
                    })
            }
            calendars = scenario.calendars.map {
                CalendarRecord(id: $0.id, name: $0.name, time_periods: $0.periods.map { PeriodRecord($0) })
            }
            arrivalHours = scenario.arrivalHours.map { PeriodRecord($0) }
            gateways = scenario.gateways.map { gateway in
                GatewayRecord(
                    gateway_id: gateway.gateway, probabilities: gateway.paths.map { PathRecord(path_id: $0.flow, value: $0.probability) })
            }
            tasks = scenario.tasks.map { task in
                TaskRecord(
                    task_id: task.task,
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
                    priority_level: priority.level,
                    rules: priority.rules.map { list in
                        list.map { condition in
                            RuleRecord(
                                attribute: condition.attribute, comparison: condition.comparison,
                                value: condition.values.count == 1 ? .text(condition.values[0]) : .texts(condition.values))
                        }
                    })
            }
        }

        private static func batch(_ batch: Batch) -> BatchRecord {
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
                        RuleRecord(attribute: "week_day", comparison: "=", value: .text(Scenario.days[Int(time / day)].capitalized)))
                }
                rules.append(list)
            }
            return BatchRecord(
                task_id: batch.task, type: batch.form == .together ? "Parallel" : "Sequential",
                size_distrib: [Weight(key: "1", value: 0), Weight(key: "2", value: 1)],
                duration_distrib: [Weight(key: "1", value: 1)], firing_rules: rules)
        }
    }
}
