import EventLogs
import Instants

/// The activity instances of a log as columns, case by case in order of completion; those without completion are left out.
struct ObservedWork {
    /// The activities that occur, in order of first sight.
    private(set) var activityNames: [String] = []
    /// The resources that occur, in order of first sight.
    private(set) var resourceNames: [String] = []
    /// What a role or else a department column says of each resource; nil where neither does.
    private(set) var groupNames: [String?] = []
    /// Where groups come from.
    private(set) var groupMethod = FitReport.Method.cluster
    /// The rows of each case; empty for cases without any.
    private(set) var cases: [Range<Int>] = []
    /// The activity of each row.
    private(set) var activity: [Int] = []
    /// When it began; the completion where that is unknown.
    private(set) var start: [Int64] = []
    /// When it was complete.
    private(set) var completion: [Int64] = []
    /// Whether the start is known.
    private(set) var hasStart: [Bool] = []
    /// The resource of each row, or -1.
    private(set) var resource: [Int] = []
    /// How often the case met the activity before.
    private(set) var visit: [Int] = []
    /// Seconds by which the log's wall clock is ahead of UTC.
    private(set) var offset: Int

    /// How many rows there are.
    var count: Int { activity.count }

    init(_ log: EventLog) {
        offset = log.columns.prevailingOffset
        let instances = log.instances
        var activityPlace = [Int](repeating: -1, count: log.activities.count)
        let resources = instances.resource.isEmpty ? nil : log.columns.resource
        var resourcePlace = [Int](repeating: -1, count: resources?.vocabulary.count ?? 0)
        let groups = log.columns.role ?? log.columns.department
        groupMethod = log.columns.role != nil ? .roleColumn : log.columns.department != nil ? .department : .cluster
        var votes: [[UInt32: Int]] = []
        var visits: [Int: Int] = [:]
        for range in log.instanceRanges {
            let first = count
            visits.removeAll(keepingCapacity: true)
            for instance in range where instances.completion[instance] != Instant.missing {
                let id = Int(instances.activity[instance])
                if activityPlace[id] < 0 {
                    activityPlace[id] = activityNames.count
                    activityNames.append(log.activities[UInt32(id)])
                }
                let end = instances.completion[instance]
                let begin = instances.startTime(instance)
                activity.append(activityPlace[id])
                completion.append(end)
                hasStart.append(begin != Instant.missing)
                start.append(begin == Instant.missing ? end : min(begin, end))
                visit.append(visits[activityPlace[id], default: 0])
                visits[activityPlace[id], default: 0] += 1
                guard let resources, instances.resource[instance] != Vocabulary.missing else {
                    resource.append(-1)
                    continue
                }
                let who = Int(instances.resource[instance])
                if resourcePlace[who] < 0 {
                    resourcePlace[who] = resourceNames.count
                    resourceNames.append(resources.vocabulary[UInt32(who)])
                    votes.append([:])
                }
                resource.append(resourcePlace[who])
                if let groups {
                    let event = instances.closingEvent(instance)
                    if event < groups.ids.count, groups.ids[event] != Vocabulary.missing {
                        votes[resourcePlace[who]][groups.ids[event], default: 0] += 1
                    }
                }
            }
            cases.append(first..<count)
        }
        groupNames = votes.map { counts in
            let best = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }
            return best.flatMap { groups?.vocabulary.text($0.key) }
        }
    }
}
