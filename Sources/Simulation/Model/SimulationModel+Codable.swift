import WorkingTime

// The form of models in files: our section `weir` of a scenario. Times are microseconds unless they are parameters of distributions,
// which are seconds; parts refer to each other by their place.

extension SimulationModel: Codable {
    private enum CodingKeys: String, CodingKey {
        case activities, roles, resources, calendars, arrivals, flow, attributes, priorities, offset
    }

    /// Reads a model.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            activities: try container.decode([SimulationActivity].self, forKey: .activities),
            roles: try container.decode([SimulationRole].self, forKey: .roles),
            resources: try container.decode([SimulationResource].self, forKey: .resources),
            calendars: try container.decode([CalendarRecord].self, forKey: .calendars).map(\.calendar),
            arrivals: try container.decode(Arrivals.self, forKey: .arrivals), flow: try container.decode(ControlFlow.self, forKey: .flow),
            attributes: try container.decodeIfPresent(CaseAttributes.self, forKey: .attributes),
            priorities: try container.decodeIfPresent([UInt8].self, forKey: .priorities) ?? [],
            offset: try container.decode(Int.self, forKey: .offset))
    }

    /// Writes a model.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(activities, forKey: .activities)
        try container.encode(roles, forKey: .roles)
        try container.encode(resources, forKey: .resources)
        try container.encode(calendars.map { CalendarRecord($0) }, forKey: .calendars)
        try container.encode(arrivals, forKey: .arrivals)
        try container.encode(flow, forKey: .flow)
        try container.encodeIfPresent(attributes, forKey: .attributes)
        if !priorities.isEmpty { try container.encode(priorities, forKey: .priorities) }
        try container.encode(offset, forKey: .offset)
    }
}

/// A calendar as a list of `[start, end]` after Monday 00:00.
private struct CalendarRecord: Codable {
    var name: String
    var shifts: [[Int64]]
    var offset: Int

    init(_ calendar: WorkCalendar) {
        name = calendar.name
        shifts = calendar.hours.shifts.map { [$0.start, $0.end] }
        offset = calendar.offset
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        name = try container.decode(String.self, forKey: .name)
        shifts = try container.decode([[Int64]].self, forKey: .shifts)
        offset = try container.decode(Int.self, forKey: .offset)
        guard shifts.allSatisfy({ $0.count == 2 && $0[0] >= 0 && $0[0] < $0[1] && $0[1] <= WeeklyHours.week }) else {
            throw DecodingError.dataCorruptedError(
                forKey: .shifts, in: container, debugDescription: "a shift is [start, end] within a week")
        }
    }

    var calendar: WorkCalendar {
        WorkCalendar(name: name, hours: WeeklyHours(shifts.map { WeeklyHours.Shift(start: $0[0], end: $0[1]) }), offset: offset)
    }
}

extension Arrivals: Codable {
    private enum CodingKeys: String, CodingKey {
        case gaps, clock
        case weeklyRates = "weekly_rates"
        case instants, calendar, bundle, blocks, scale
    }

    /// Reads arrivals.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let process: Process
        if let rates = try container.decodeIfPresent([Double].self, forKey: .weeklyRates) {
            process = .weeklyRates(rates)
        } else if let instants = try container.decodeIfPresent([Int64].self, forKey: .instants) {
            process = .instants(instants)
        } else {
            process = .gaps(
                try container.decode(Distribution.self, forKey: .gaps), clock: try container.decode(Clock.self, forKey: .clock))
        }
        self.init(
            process, calendar: try container.decodeIfPresent(Int.self, forKey: .calendar),
            bundle: try container.decodeIfPresent(Distribution.self, forKey: .bundle),
            blocks: try container.decodeIfPresent([Int64].self, forKey: .blocks) ?? [],
            scale: try container.decodeIfPresent(Double.self, forKey: .scale) ?? 1)
    }

    /// Writes arrivals.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch process {
        case .gaps(let gaps, let clock):
            try container.encode(gaps, forKey: .gaps)
            try container.encode(clock, forKey: .clock)
        case .weeklyRates(let rates): try container.encode(rates, forKey: .weeklyRates)
        case .instants(let instants): try container.encode(instants, forKey: .instants)
        }
        try container.encodeIfPresent(calendar, forKey: .calendar)
        try container.encodeIfPresent(bundle, forKey: .bundle)
        if !blocks.isEmpty { try container.encode(blocks, forKey: .blocks) }
        try container.encode(scale, forKey: .scale)
    }
}

extension ControlFlow: Codable {
    private enum CodingKeys: String, CodingKey {
        case graph, scripts
    }

    /// Reads a flow.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if let graph = try container.decodeIfPresent(FlowGraph.self, forKey: .graph) {
            self = .graph(graph)
        } else {
            self = .scripts(try container.decode(CaseScripts.self, forKey: .scripts))
        }
    }

    /// Writes a flow.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .graph(let graph): try container.encode(graph, forKey: .graph)
        case .scripts(let scripts): try container.encode(scripts, forKey: .scripts)
        }
    }
}

extension FlowGraph.Node: Codable {
    private enum CodingKeys: String, CodingKey {
        case id, join, activity, timer, waits, races, split, arcs
    }

    /// Reads a node.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        var action = FlowGraph.Action.none
        if let activity = try container.decodeIfPresent(Int.self, forKey: .activity) {
            action = .activity(activity)
        } else if try container.decodeIfPresent(Bool.self, forKey: .waits) == true {
            action = .timer(try container.decodeIfPresent(SimulationActivity.Delay.self, forKey: .timer))
        } else if try container.decodeIfPresent(Bool.self, forKey: .races) == true {
            action = .race
        }
        self.init(
            id: try container.decode(String.self, forKey: .id), join: try container.decode(FlowGraph.Join.self, forKey: .join),
            action: action, split: try container.decode(FlowGraph.Split.self, forKey: .split),
            arcs: try container.decode([FlowGraph.Arc].self, forKey: .arcs))
    }

    /// Writes a node.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(join, forKey: .join)
        switch action {
        case .none: break
        case .activity(let activity): try container.encode(activity, forKey: .activity)
        case .timer(let timer):
            try container.encode(true, forKey: .waits)
            try container.encodeIfPresent(timer, forKey: .timer)
        case .race: try container.encode(true, forKey: .races)
        }
        try container.encode(split, forKey: .split)
        try container.encode(arcs, forKey: .arcs)
    }
}

/// Scripts as columns over all steps, one script after the other: files of thousands of cases stay small.
extension CaseScripts: Codable {
    private enum CodingKeys: String, CodingKey {
        case order, weights, rows, lengths, activities, after, performers, delays, work
    }

    /// Reads scripts.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let lengths = try container.decode([Int].self, forKey: .lengths)
        let weights = try container.decode([Double].self, forKey: .weights)
        let rows = try container.decodeIfPresent([Int?].self, forKey: .rows)
        let activities = try container.decode([Int].self, forKey: .activities)
        let after = try container.decode([[Int]].self, forKey: .after)
        let performers = try container.decodeIfPresent([Int?].self, forKey: .performers)
        let delays = try container.decodeIfPresent([Int64?].self, forKey: .delays)
        let work = try container.decodeIfPresent([Int64?].self, forKey: .work)
        let count = activities.count
        guard lengths.allSatisfy({ $0 >= 0 }), lengths.reduce(0, +) == count, weights.count == lengths.count,
            rows?.count ?? lengths.count == lengths.count, after.count == count, performers?.count ?? count == count,
            delays?.count ?? count == count, work?.count ?? count == count
        else { throw DecodingError.dataCorruptedError(forKey: .lengths, in: container, debugDescription: "columns of unequal lengths") }
        var scripts: [Script] = []
        var first = 0
        for (number, length) in lengths.enumerated() {
            let steps = (first..<first + length).map { index in
                Step(
                    activity: activities[index], after: after[index], performer: performers?[index], delay: delays?[index],
                    work: work?[index])
            }
            scripts.append(Script(steps: steps, weight: weights[number], row: rows?[number]))
            first += length
        }
        self.init(scripts, order: try container.decodeIfPresent(Order.self, forKey: .order) ?? .drawn)
    }

    /// Writes scripts.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        let steps = scripts.flatMap(\.steps)
        try container.encode(order, forKey: .order)
        try container.encode(scripts.map(\.weight), forKey: .weights)
        if scripts.contains(where: { $0.row != nil }) { try container.encode(scripts.map(\.row), forKey: .rows) }
        try container.encode(scripts.map(\.steps.count), forKey: .lengths)
        try container.encode(steps.map(\.activity), forKey: .activities)
        try container.encode(steps.map(\.after), forKey: .after)
        if steps.contains(where: { $0.performer != nil }) { try container.encode(steps.map(\.performer), forKey: .performers) }
        if steps.contains(where: { $0.delay != nil }) { try container.encode(steps.map(\.delay), forKey: .delays) }
        if steps.contains(where: { $0.work != nil }) { try container.encode(steps.map(\.work), forKey: .work) }
    }
}
