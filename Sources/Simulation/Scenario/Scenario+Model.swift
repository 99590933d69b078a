package import ProcessModels
import WorkingTime

extension Scenario {
    /// The model that the scenario and a BPMN model make, with what of either has no effect.
    ///
    /// - Parameters:
    ///   - bpmn: the model whose identifiers the scenario uses; of several processes the one with the most nodes counts.
    ///   - omissions: what the reader of the BPMN file left out.
    ///   - offset: seconds by which the wall clock of the hours is ahead of UTC.
    /// - Throws: ``ScenarioError`` where the two do not fit.
    package func model(
        for bpmn: BPMNModel, omissions: [BPMNOmission] = [], offset: Int = 0
    ) throws(ScenarioError) -> (model: SimulationModel, warnings: [ScenarioWarning]) {
        if let own {
            do throws(SimulationModelError) { try own.validate() } catch {
                throw ScenarioError(path: "weir.model", problem: .model(error))
            }
            return (own, warnings)
        }
        guard let process = bpmn.mainProcess?.withoutBoundaryEvents else {
            throw ScenarioError(path: "", problem: .unexpected("a process with nodes"))
        }
        var builder = ModelBuilder(scenario: self, offset: offset)
        builder.warnings = warnings
        for omission in omissions where omission.changesFlow { builder.warn(.elementIgnored, omission.element) }
        if bpmn.processes.count(where: { !$0.nodes.isEmpty }) > 1 { builder.warn(.severalProcesses, process.id) }
        let model = try builder.build(process)
        do throws(SimulationModelError) { try model.validate() } catch { throw ScenarioError(path: "", problem: .model(error)) }
        return (model, builder.warnings)
    }
}

/// Builds a model from the plain sections of a scenario.
private struct ModelBuilder {
    let scenario: Scenario
    let offset: Int
    var warnings: [ScenarioWarning] = []

    private var calendars: [WorkCalendar] = []
    private var calendarPlaces: [String: Int] = [:]
    private var roles: [SimulationRole] = []
    private var resources: [SimulationResource] = []
    /// The places of the people that an identifier stands for.
    private var people: [String: [Int]] = [:]
    private var system: Int?

    init(scenario: Scenario, offset: Int) {
        self.scenario = scenario
        self.offset = offset
    }

    mutating func warn(_ kind: ScenarioWarning.Kind, _ subject: String) {
        let warning = ScenarioWarning(kind, subject)
        if !warnings.contains(warning) { warnings.append(warning) }
    }

    mutating func build(_ process: BPMNModel.Process) throws(ScenarioError) -> SimulationModel {
        addPeople()
        var activities: [SimulationActivity] = []
        var activityOf: [String: Int] = [:]
        for node in process.nodes where node.isTask {
            activityOf[node.id] = activities.count
            activities.append(try activity(node))
        }
        for (index, task) in scenario.tasks.enumerated() where activityOf[task.task] == nil {
            throw ScenarioError(path: "task_resource_distribution[\(index)].task_id", problem: .unknown(task.task))
        }
        for (index, batch) in scenario.batches.enumerated() {
            guard let place = activityOf[batch.task] else {
                throw ScenarioError(path: "batch_processing[\(index)].task_id", problem: .unknown(batch.task))
            }
            activities[place].batching = SimulationActivity.Batching(release: batch.release, form: batch.form)
        }
        let flow = graph(process, activityOf)
        var arrivalCalendar: Int?
        if !scenario.arrivalHours.isEmpty {
            let hours = Self.hours(scenario.arrivalHours)
            if !hours.isAlways {
                arrivalCalendar = calendars.count
                calendars.append(WorkCalendar(name: "arrivals", hours: hours, offset: offset))
            }
        }
        var model = SimulationModel(
            activities: activities, roles: roles, resources: resources, calendars: calendars,
            arrivals: Arrivals(.gaps(scenario.arrivalGaps, clock: .elapsedThenOpening), calendar: arrivalCalendar), flow: .graph(flow),
            offset: offset)
        if !scenario.draws.attributes.isEmpty {
            let table = CaseDrawTable(scenario.draws)
            model.attributes = table.attributes
            model.priorities = table.priorities(scenario.draws.priorities)
        }
        return model
    }

    // MARK: People

    private mutating func addPeople() {
        for calendar in scenario.calendars {
            calendarPlaces[calendar.id] = calendars.count
            calendars.append(WorkCalendar(name: calendar.name, hours: Self.hours(calendar.periods), offset: offset))
        }
        for profile in scenario.profiles {
            let role = roles.count
            roles.append(SimulationRole(name: profile.name))
            for resource in profile.resources {
                let calendar = calendarPlaces[resource.calendar] ?? missingCalendar(resource)
                var places: [Int] = people[resource.id] ?? []
                for number in 0..<resource.amount {
                    places.append(resources.count)
                    resources.append(
                        SimulationResource(
                            name: resource.amount == 1 ? resource.name : "\(resource.name)_\(number)", role: role, calendar: calendar,
                            costPerHour: resource.costPerHour))
                }
                people[resource.id] = places
            }
        }
    }

    private mutating func missingCalendar(_ resource: Scenario.Resource) -> Int {
        warn(.calendarMissing, resource.id)
        calendarPlaces[resource.calendar] = calendars.count
        calendars.append(.always)
        return calendars.count - 1
    }

    private static func hours(_ periods: [Scenario.Period]) -> WeeklyHours {
        let day: Int64 = 24 * 3_600 * 1_000_000
        var shifts: [WeeklyHours.Shift] = []
        for period in periods where period.begin < period.end {
            var weekday = period.firstDay
            while true {
                let midnight = Int64(weekday) * day
                shifts.append(WeeklyHours.Shift(start: midnight + period.begin, end: midnight + period.end))
                if weekday == period.lastDay { break }
                weekday = (weekday + 1) % 7
            }
        }
        return WeeklyHours(shifts)
    }

    // MARK: Tasks

    private mutating func activity(_ node: BPMNModel.Node) throws(ScenarioError) -> SimulationActivity {
        let name = node.name.flatMap { $0.isEmpty ? nil : $0 } ?? node.id
        guard let index = scenario.tasks.firstIndex(where: { $0.task == node.id }), !scenario.tasks[index].resources.isEmpty else {
            warn(.taskWithoutResources, node.id)
            return SimulationActivity(name: name, performers: [.init(role: systemRole(), duration: .fixed(0))])
        }
        var individuals: [SimulationActivity.Individual] = []
        for (number, duration) in scenario.tasks[index].resources.enumerated() {
            guard let places = people[duration.resource] else {
                throw ScenarioError(
                    path: "task_resource_distribution[\(index)].resources[\(number)].resource_id", problem: .unknown(duration.resource))
            }
            for place in places { individuals.append(SimulationActivity.Individual(resource: place, duration: duration.distribution)) }
        }
        guard let first = individuals.first else {
            warn(.taskWithoutResources, node.id)
            return SimulationActivity(name: name, performers: [.init(role: systemRole(), duration: .fixed(0))])
        }
        let role = resources[first.resource].role
        let all = Set(resources.indices.filter { resources[$0].role == role })
        // A whole role whose members take alike is that role.
        let isWholeRole = Set(individuals.map(\.resource)) == all && individuals.allSatisfy { $0.duration == first.duration }
        return SimulationActivity(
            name: name, performers: [.init(role: role, duration: first.duration, resources: isWholeRole ? [] : individuals)])
    }

    private mutating func systemRole() -> Int {
        if let system { return system }
        system = roles.count
        roles.append(SimulationRole(name: "System", isSystem: true))
        return roles.count - 1
    }

    // MARK: Flow

    private mutating func graph(_ process: BPMNModel.Process, _ activityOf: [String: Int]) -> FlowGraph {
        var times: [String: Distribution] = [:]
        for event in scenario.events { times[event.event] = event.distribution }
        var probabilities: [String: Double] = [:]
        var named: Set<String> = []
        for gateway in scenario.gateways {
            named.insert(gateway.gateway)
            for path in gateway.paths { probabilities[path.flow] = path.probability }
        }
        var leaving: [String: Int] = [:]
        for flow in process.flows { leaving[flow.source, default: 0] += 1 }
        for node in process.nodes {
            let isChoice = node.kind == .exclusiveGateway || node.kind == .inclusiveGateway || node.kind == .complexGateway
            if isChoice && leaving[node.id] ?? 0 > 1 && !named.contains(node.id) { warn(.branchesShared, node.id) }
            if node.kind == .catchEvent && times[node.id] == nil { warn(.eventWithoutDistribution, node.id) }
        }
        if process.nodes.count(where: { $0.kind == .startEvent }) > 1 { warn(.severalStarts, process.id) }
        return FlowGraph(
            process, activity: { activityOf[$0.id] ?? 0 }, timer: { node in times[node.id].map { SimulationActivity.Delay($0) } },
            probability: { probabilities[$0.id] })
    }
}
