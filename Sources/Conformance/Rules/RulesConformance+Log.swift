package import EventLogs
import Instants
import Statistics

/// A rule whose condition on cases does not suit the log.
package struct RuleConditionError: Error, Equatable, Sendable {
    /// The place of the rule, from 0.
    package let rule: Int
    /// What is wrong with its condition.
    package let problem: FilterError
}

extension RulesConformance {
    /// Holds the cases of a log against rules.
    ///
    /// Limits in working time are measured by the log's calendar (``EventLogs/EventLog/measured(by:)``), others by the time that passes; without
    /// a calendar working time is unknown.
    ///
    /// - Throws: ``RuleConditionError`` where the log has no such fact as a condition names.
    /// - Complexity: O(instances) for each rule.
    package init(of log: EventLog, rules: [ProcessRule]) throws(RuleConditionError) {
        var results: [Rule] = []
        var satisfied = [Int](repeating: 0, count: log.caseCount)
        var unknown = satisfied
        var violated = [[Int]](repeating: [], count: log.caseCount)
        let last = log.lastInstant
        var finding = RuleFinding()
        for (place, rule) in rules.enumerated() {
            let check = RuleCheck(rule.demand, log, lastInstant: last)
            let isMeant = try Self.isMeant(rule, place, log)
            var result = Rule(
                name: rule.name, kind: rule.demand.kind, demand: rule.demand.text, severity: rule.severity, where: rule.filter?.text,
                cases: 0)
            var over: [Int64] = []
            for position in 0..<log.caseCount where isMeant?[position] ?? true {
                result.cases += 1
                check.look(at: position, into: &finding)
                switch finding.verdict {
                case .satisfied:
                    result.satisfied += 1
                    satisfied[position] += 1
                case .notApplicable: result.notApplicable += 1
                case .unknown:
                    result.unknown += 1
                    unknown[position] += 1
                case .violated:
                    result.violated += 1
                    violated[position].append(place + 1)
                    result.violations.append(Violation(finding, position, log, limit: rule.demand.limit))
                }
                over.append(contentsOf: finding.over)
            }
            let told = result.satisfied + result.violated
            result.compliance = told > 0 ? Double(result.satisfied) / Double(told) : nil
            if let limit = rule.demand.limit {
                result.limitS = Double(limit.microseconds) / 1e6
                result.overLimit = TimeStatistics(microseconds: over)
                result.overLimitTotalS = over.reduce(0) { $0 + Double($1) / 1e6 }
            }
            results.append(result)
        }
        self.init(results, log, rules, satisfied, violated, unknown)
    }

    private init(_ results: [Rule], _ log: EventLog, _ rules: [ProcessRule], _ satisfied: [Int], _ violated: [[Int]], _ unknown: [Int]) {
        self.rules = results
        cases = (0..<log.caseCount).map { position in
            let told = satisfied[position] + violated[position].count
            return Case(
                name: log.caseName(position), satisfied: satisfied[position], violated: violated[position], unknown: unknown[position],
                fitness: told > 0 ? Double(satisfied[position]) / Double(told) : nil)
        }
        let kept = results.reduce(0) { $0 + $1.satisfied }
        let told = results.reduce(kept) { $0 + $1.violated }
        fitness = FitnessShares(held: kept, of: told, cases: cases.map(\.fitness), fitting: cases.count { $0.violated.isEmpty })
        unknownActivities = UnknownActivity.among(rules.flatMap(\.demand.activities), of: log)
    }

    /// The cases that a rule is for; nil for all.
    private static func isMeant(_ rule: ProcessRule, _ place: Int, _ log: EventLog) throws(RuleConditionError) -> [Bool]? {
        guard let filter = rule.filter else { return nil }
        do throws(FilterError) {
            let meant = Set(try log.filtered(cases: filter).caseIDs)
            return log.caseIDs.map(meant.contains)
        } catch {
            throw RuleConditionError(rule: place, problem: error)
        }
    }
}

extension RulesConformance.Violation {
    fileprivate init(_ finding: RuleFinding, _ position: Int, _ log: EventLog, limit: ProcessRule.Limit?) {
        caseName = log.caseName(position)
        events = finding.instances.map { instance in
            let event = log.instances.closingEvent(instance)
            let columns = log.columns
            let time = columns.time[event]
            return RulesConformance.Event(
                activity: log.activities[log.instances.activity[instance]], row: Int(columns.row[event]),
                time: time == Instant.missing
                    ? nil : Instant(microseconds: time).iso8601(offset: Int(columns.timeForms[Int(columns.timeForm[event])].offset)),
                resource: log.instances.resource.isEmpty ? nil : columns.resource?.vocabulary.text(log.instances.resource[instance]))
        }
        if let limit {
            overS = finding.over.max().map { Double($0) / 1e6 }
            longestS = finding.over.max().map { Double($0 + limit.microseconds) / 1e6 }
        }
    }
}

extension EventLog {
    /// The last instant of the view's instances; nil where none has a time.
    fileprivate var lastInstant: Int64? {
        var last = Int64.min
        for range in instanceRanges { for instance in range { last = Swift.max(last, instances.completion[instance]) } }
        return last == Int64.min || last == Instant.missing ? nil : last
    }
}
