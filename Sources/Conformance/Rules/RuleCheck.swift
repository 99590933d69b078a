import EventLogs
import Instants
import ProcessModels

/// What a rule says of a case.
struct RuleFinding {
    enum Verdict {
        case satisfied
        case violated
        case notApplicable
        case unknown
    }

    var verdict = Verdict.notApplicable
    /// The instances that break the rule, in order.
    var instances: [Int] = []
    /// By how much each time that exceeds a limit does, in microseconds.
    var over: [Int64] = []

    mutating func clear() {
        verdict = .notApplicable
        instances.removeAll(keepingCapacity: true)
        over.removeAll(keepingCapacity: true)
    }
}

/// A rule made ready for a log: names have become numbers.
struct RuleCheck {
    private let demand: ProcessRule.Demand
    private let log: EventLog
    private let evaluator: DeclareEvaluator?
    /// The numbers of the activities that the rule names; missing where the log has none of that name.
    private let activities: [UInt32]
    private let clock: DurationClock?
    private let lastInstant: Int64?

    init(_ demand: ProcessRule.Demand, _ log: EventLog, lastInstant: Int64?) {
        self.demand = demand
        self.log = log
        self.lastInstant = lastInstant
        activities = demand.activities.map { log.activities.find($0) ?? Vocabulary.missing }
        if case .constraint(let template, _) = demand {
            evaluator = DeclareEvaluator(template, activities[0], activities.count > 1 ? activities[1] : Vocabulary.missing)
        } else {
            evaluator = nil
        }
        // Working time is unknown where the log has no calendar.
        clock = demand.limit?.isWorking == true ? (log.clock.calendar == nil ? nil : log.clock) : .elapsed
    }

    /// Looks at the case at a position.
    func look(at position: Int, into finding: inout RuleFinding) {
        finding.clear()
        let range = log.instanceRanges[position]
        switch demand {
        case .constraint: constraint(range, &finding)
        case .occurrences(_, let atLeast, let atMost):
            let found = range.filter { log.instances.activity[$0] == activities[0] }
            if let atMost, found.count > atMost {
                finding.instances = Array(found.dropFirst(atMost))
                finding.verdict = .violated
            } else {
                finding.verdict = found.count < atLeast ? .violated : .satisfied
            }
        case .fourEyes: resources(range, &finding, isShared: false)
        case .sameResource: resources(range, &finding, isShared: true)
        case .timeBetween(_, _, let limit, let isRequired): timeBetween(range, limit.microseconds, isRequired, &finding)
        case .activityTime(_, let limit):
            for instance in range where log.instances.activity[instance] == activities[0] {
                let time = duration(from: log.instances.startTime(instance), to: log.instances.completion[instance])
                note(time, instance, limit.microseconds, &finding)
            }
        case .caseTime(let limit): caseTime(position, limit.microseconds, &finding)
        }
    }

    private func constraint(_ range: Range<Int>, _ finding: inout RuleFinding) {
        guard let evaluator else { return }
        var places: [Int] = []
        let verdict = log.instances.activity.withUnsafeBufferPointer {
            evaluator.verdict(UnsafeBufferPointer(rebasing: $0[range]), places: &places)
        }
        finding.instances.append(contentsOf: places.map { range.lowerBound + $0 })
        switch verdict {
        case .vacuous: finding.verdict = .notApplicable
        case .satisfied: finding.verdict = .satisfied
        case .violated: finding.verdict = .violated
        }
    }

    /// Who did what: two activities by one resource break four eyes, two resources break the demand for one.
    private func resources(_ range: Range<Int>, _ finding: inout RuleFinding, isShared: Bool) {
        let own = range.filter { log.instances.activity[$0] != Vocabulary.missing && activities.contains(log.instances.activity[$0]) }
        if Set(own.map { log.instances.activity[$0] }).count < 2 { return }
        func resource(_ instance: Int) -> UInt32 { log.instances.resource.isEmpty ? Vocabulary.missing : log.instances.resource[instance] }
        let known = own.filter { resource($0) != Vocabulary.missing }
        let broken =
            isShared
            ? (Set(known.map(resource)).count > 1 ? known : [])
            : known.filter { one in
                known.contains { resource($0) == resource(one) && log.instances.activity[$0] != log.instances.activity[one] }
            }
        finding.instances.append(contentsOf: broken)
        finding.verdict = !broken.isEmpty ? .violated : known.count < own.count ? .unknown : .satisfied
    }

    private func timeBetween(_ range: Range<Int>, _ limit: Int64, _ isRequired: Bool, _ finding: inout RuleFinding) {
        // From the end, the next of the second activity is known at each place.
        var next: Int?
        for instance in range.reversed() {
            let activity = log.instances.activity[instance]
            if activity == activities[0] {
                let begin = log.instances.completion[instance]
                if let next {
                    note(duration(from: begin, to: log.instances.completion[next]), instance, limit, &finding)
                } else if isRequired {
                    // What has not come by the log's end takes at least until then: too long already, or not known yet.
                    let time = lastInstant.flatMap { duration(from: begin, to: $0) }
                    note(time.flatMap { $0 > limit ? $0 : nil }, instance, limit, &finding)
                }
            }
            if activity == activities[1] { next = instance }
        }
        finding.instances.reverse()
        finding.over.reverse()
    }

    private func caseTime(_ position: Int, _ limit: Int64, _ finding: inout RuleFinding) {
        guard let span = log.span(ofCase: position), span.isCompleted else {
            finding.verdict = log.instanceRanges[position].isEmpty ? .notApplicable : .unknown
            return
        }
        guard let time = duration(from: span.firstStart, to: span.lastCompletion) else {
            finding.verdict = .unknown
            return
        }
        let isOpen = !log.instances.openCount.isEmpty && log.instances.openCount[Int(log.caseIDs[position])] > 0
        finding.verdict = time > limit ? .violated : isOpen ? .unknown : .satisfied
        if time > limit { finding.over.append(time - limit) }
    }

    private func duration(from start: Int64, to end: Int64) -> Int64? {
        let time = clock?.duration(from: start, to: end) ?? Instant.missing
        return time == Instant.missing ? nil : time
    }

    /// Takes note of a time: one over the limit breaks the rule, else one that is unknown leaves it open.
    private func note(_ time: Int64?, _ instance: Int, _ limit: Int64, _ finding: inout RuleFinding) {
        guard let time else {
            if finding.verdict != .violated { finding.verdict = .unknown }
            return
        }
        if time > limit {
            finding.verdict = .violated
            finding.instances.append(instance)
            finding.over.append(time - limit)
        } else if finding.verdict == .notApplicable {
            finding.verdict = .satisfied
        }
    }
}
