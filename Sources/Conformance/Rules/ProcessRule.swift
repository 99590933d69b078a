package import EventLogs
package import Instants
package import ProcessModels

/// A rule that the cases of a process have to keep, as people set it down.
package struct ProcessRule: Sendable, Equatable {
    /// The longest time that something may take.
    package struct Limit: Sendable, Equatable {
        /// The time in microseconds; of a working length by the calendar's working day.
        package var microseconds: Int64
        /// Whether only the hours of the log's calendar count.
        package var isWorking: Bool
        /// The time as it was written.
        package var text: String

        /// A time that passes, in microseconds.
        package init(elapsed microseconds: Int64) {
            self.microseconds = microseconds
            isWorking = false
            text = DurationText.text(microseconds)
        }

        /// Working time, by the length of a working day in microseconds.
        package init(working length: WorkingLength, workingDay: Int64) {
            microseconds = length.microseconds(workingDay: workingDay)
            isWorking = true
            text = length.text
        }
    }

    /// What a rule demands.
    package enum Demand: Sendable, Equatable {
        /// A DECLARE template on one or two activities.
        case constraint(DeclareTemplate, [String])
        /// An activity comes so often in every case.
        case occurrences(String, atLeast: Int, atMost: Int?)
        /// No two of these activities are done by the same resource in a case.
        case fourEyes([String])
        /// These activities are done by one resource in a case.
        case sameResource([String])
        /// From each completion of one activity to the completion of the next of another behind it passes at most so much time. Where none
        /// comes, nothing is said, unless it is required.
        case timeBetween(String, String, Limit, isRequired: Bool)
        /// Every instance of an activity takes at most so much time from start to completion.
        case activityTime(String, Limit)
        /// A case takes at most so much time from its first start to its last completion.
        case caseTime(Limit)
    }

    /// What it is called.
    package var name: String
    /// What it demands.
    package var demand: Demand
    /// How much it matters.
    package var severity: LogFinding.Severity
    /// The cases that it is for; nil for all.
    package var filter: LogFilter?

    /// A rule.
    ///
    /// - Parameter name: what it is called; the text of its demand where it has no name.
    package init(_ demand: Demand, name: String? = nil, severity: LogFinding.Severity = .error, for filter: LogFilter? = nil) {
        self.demand = demand
        self.name = name ?? demand.text
        self.severity = severity
        self.filter = filter
    }
}

extension ProcessRule.Demand {
    /// The word for what it demands: the key in a file of rules.
    package var kind: String {
        switch self {
        case .constraint(let template, _): template.rawValue
        case .occurrences: "occurrences"
        case .fourEyes: "four_eyes"
        case .sameResource: "same_resource"
        case .timeBetween: "time_between"
        case .activityTime: "activity_time"
        case .caseTime: "case_time"
        }
    }

    /// The activities that it names, in its order.
    package var activities: [String] {
        switch self {
        case .constraint(_, let activities), .fourEyes(let activities), .sameResource(let activities): activities
        case .occurrences(let activity, _, _), .activityTime(let activity, _): [activity]
        case .timeBetween(let first, let second, _, _): [first, second]
        case .caseTime: []
        }
    }

    /// The time that it limits; nil where it limits none.
    package var limit: ProcessRule.Limit? {
        switch self {
        case .timeBetween(_, _, let limit, _), .activityTime(_, let limit), .caseTime(let limit): limit
        case .constraint, .occurrences, .fourEyes, .sameResource: nil
        }
    }

    /// The demand in one line: `response(A, B)`, `time_between(A, B) <= 5wd`.
    package var text: String {
        let own = activities.isEmpty ? kind : "\(kind)(\(activities.joined(separator: ", ")))"
        if case .occurrences(_, let atLeast, let atMost) = self { return own + " \(atLeast)..\(atMost.map(String.init) ?? "")" }
        return limit.map { own + " <= " + $0.text } ?? own
    }
}
