import Foundation
package import ProcessModels
import WorkingTime

extension Scenario {
    /// How many of a system Prosimos is given, which knows none that never waits.
    private static let systems = 100

    /// The sections that Prosimos reads, for a model whose graph is that of a BPMN process (see ``FlowGraph/init(_:activity:timer:probability:)``).
    ///
    /// What Prosimos has no words for is put as near as it can be: samples become gamma distributions of their mean and
    /// variance, all performers of an activity may do it whatever their weights, a system is a hundred resources around the clock. Delays before
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
        if case .gaps(let gaps, _) = model.arrivals.process {
            // Cases that come together come one by one, as many in the same time.
            let bundle = max(1, model.arrivals.bundle?.mean ?? 1)
            arrivalGaps = Self.plain(gaps.scaled(by: 1 / (bundle * model.arrivals.scale)))
        }
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
        // Limits would truncate, and so move the mean.
        return .gamma(mean: mean, variance: variance)
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
        let document = ScenarioDocument(self)
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
        if let own { add("weir", try encoder.encode(ScenarioDocument.Own(model: own))) }
        return "{\n" + members.joined(separator: ",\n") + "\n}\n"
    }
}
