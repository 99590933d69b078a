package import EventLogs

/// Why a plan cannot be used, and where in its file.
///
/// ``id`` and ``parameters`` say it for programs and other languages, ``problem`` and ``advice`` in English.
package struct PlanError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What stands where a value of a certain kind should.
    package enum Expectation: String, Sendable {
        /// Any text that is not empty.
        case text
        /// A list of two or more different activities.
        case activities
        /// A share from 0 to 1, or a percentage.
        case share
        /// A positive number.
        case scale
        /// A whole number other than 0.
        case headcount
        /// A length of time.
        case duration
        /// A length of time that divides the week, or `off`.
        case period
        /// Weekly hours.
        case hours
        /// Something that a figure is compared with.
        case bound
    }

    /// What is wrong.
    package enum Reason: Equatable, Sendable {
        /// No YAML, in the words of the parser.
        case syntax(String)
        /// Something else than keys with values.
        case noMapping
        /// Something else than a list.
        case noList(key: String)
        /// A key that does not exist there, with the nearest that does and all that do.
        case unknownKey(String, nearest: String?, known: [String])
        /// A key that stands there twice.
        case repeatedKey(String)
        /// A key without which its surroundings say nothing.
        case missingKey(String, in: String)
        /// Two keys of which only one may stand there.
        case conflictingKeys(String, String)
        /// A list entry that names several changes or none.
        case notOneChange
        /// A change that does not exist, with the nearest that does.
        case unknownChange(String, nearest: String?)
        /// A change of the plan language that this version does not make.
        case unsupportedChange(String)
        /// A value of the wrong kind.
        case badValue(key: String, found: String, expected: Expectation)
        /// A condition that cannot be read or used.
        case filter(FilterError)
        /// A condition about something else than case attributes.
        case notCaseAttribute(String)
        /// A condition that no case meets.
        case nothingMeets(String)
        /// A figure that does not exist.
        case unknownKPI(String, nearest: String?)
        /// An activity that the model does not have, with the nearest that it has.
        case unknownActivity(String, nearest: String?)
        /// A role that the model does not have.
        case unknownRole(String, nearest: String?)
        /// Programs have neither hours nor heads.
        case systemRole(String)
        /// Nothing would be left to do in some cases.
        case onlyPath(activity: String)
        /// Nobody would be left in the role, or nobody who may do an activity.
        case nobodyLeft(role: String, activity: String?)
        /// An activity that a change before automates.
        case alreadyAutomated(activity: String, change: Int)
        /// An activity that is not done in batches.
        case noBatches(activity: String)
        /// Activities that never follow each other directly.
        case neverMeet([String])
        /// Nothing to choose: the one never follows the other, or nothing else does.
        case neverFollows(from: String, to: String)
        /// Nothing but `to` follows `from`.
        case noAlternative(from: String, to: String)
        /// The way from one to the other takes more than one decision.
        case severalDecisions(from: String, to: String)
    }

    /// The file's own name.
    package var file: String
    /// The line, from 1, where it is known.
    package var line: Int?
    /// The column, from 1, where it is known.
    package var column: Int?
    /// What is wrong.
    package var reason: Reason

    init(_ reason: Reason, _ place: PlanPlace, in file: String) {
        self.reason = reason
        self.file = file
        line = place.line
        column = place.line == nil ? nil : place.column
    }

    /// A stable name of the reason.
    package var id: String {
        switch reason {
        case .syntax: "syntax"
        case .noMapping: "no-mapping"
        case .noList: "no-list"
        case .unknownKey: "unknown-key"
        case .repeatedKey: "repeated-key"
        case .missingKey: "missing-key"
        case .conflictingKeys: "conflicting-keys"
        case .notOneChange: "not-one-change"
        case .unknownChange: "unknown-change"
        case .unsupportedChange: "unsupported-change"
        case .badValue: "bad-value"
        case .filter: "filter"
        case .notCaseAttribute: "not-case-attribute"
        case .nothingMeets: "nothing-meets"
        case .unknownKPI: "unknown-kpi"
        case .unknownActivity: "unknown-activity"
        case .unknownRole: "unknown-role"
        case .systemRole: "system-role"
        case .onlyPath: "only-path"
        case .nobodyLeft: "nobody-left"
        case .alreadyAutomated: "already-automated"
        case .noBatches: "no-batches"
        case .neverMeet: "never-meet"
        case .neverFollows: "never-follows"
        case .noAlternative: "no-alternative"
        case .severalDecisions: "several-decisions"
        }
    }

    /// `FILE:LINE:COLUMN: what is wrong — what to do`.
    package var description: String {
        let place = file + (line.map { ":\($0)" } ?? "") + (column.map { ":\($0)" } ?? "")
        return "\(place): \(problem) — \(advice)"
    }

    /// What is wrong, in English.
    package var problem: String {
        switch reason {
        case .syntax(let words): "this is no YAML: \(words)"
        case .noMapping: "keys with values are expected here"
        case .noList(let key): "“\(key)” is no list"
        case .unknownKey(let name, _, _): "“\(name)” is no key here"
        case .repeatedKey(let name): "“\(name)” stands here twice"
        case .missingKey(let name, let context): "“\(context)” has no “\(name)”"
        case .conflictingKeys(let one, let other): "“\(one)” and “\(other)” exclude each other"
        case .notOneChange: "an entry of “changes” names exactly one change"
        case .unknownChange(let name, _): "“\(name)” is no change"
        case .unsupportedChange(let name): "the change “\(name)” does not exist yet"
        case .badValue(let key, let found, _): "“\(found)” is no value of “\(key)”"
        case .filter(let error): error.problem
        case .notCaseAttribute(let name): "\(name) is no attribute of cases"
        case .nothingMeets(let condition): "no case meets \(condition)"
        case .unknownKPI(let name, _): "“\(name)” is no KPI of a simulation"
        case .unknownActivity(let name, _): "the process has no activity “\(name)”"
        case .unknownRole(let name, _): "the process has no role “\(name)”"
        case .systemRole(let name): "“\(name)” are programs, without hours or headcount"
        case .onlyPath(let activity): "without “\(activity)” nothing is left to do in some cases"
        case .nobodyLeft(let role, nil): "nobody would be left in “\(role)”"
        case .nobodyLeft(let role, let activity?): "nobody of “\(role)” who may do “\(activity)” would be left"
        case .alreadyAutomated(let activity, let change): "change \(change) automates “\(activity)” already"
        case .noBatches(let activity): "“\(activity)” is not done in batches"
        case .neverMeet(let names): Self.listed(names) + " never follow each other directly"
        case .neverFollows(let from, let to): "“\(to)” never follows “\(from)” directly"
        case .noAlternative(let from, let to): "nothing but “\(to)” ever follows “\(from)”"
        case .severalDecisions(let from, let to): "more than one decision lies between “\(from)” and “\(to)”"
        }
    }

    /// What to do about it, in English.
    package var advice: String {
        switch reason {
        case .syntax: "write as in: changes: [{remove: {activity: A}}]"
        case .noMapping: "write as in: {activity: A}"
        case .noList: "write as in: - {…} on lines of its own"
        case .unknownKey(_, let nearest, let known):
            nearest.map { "did you mean “\($0)”?" } ?? "the keys are " + known.joined(separator: ", ")
        case .repeatedKey, .conflictingKeys: "remove one of them"
        case .missingKey(let name, _): "add “\(name)”"
        case .notOneChange: "begin each change with “-” and its name"
        case .unknownChange(_, let nearest):
            nearest.map { "did you mean “\($0)”?" } ?? "the changes are " + PlanReader.changes.joined(separator: ", ")
        case .unsupportedChange: "the changes are " + PlanReader.changes.joined(separator: ", ")
        case .badValue(_, _, let expected): Self.words(expected)
        case .filter(let error): error.advice
        case .notCaseAttribute: "compare attributes of cases only"
        case .nothingMeets: "widen the condition or leave the change out"
        case .unknownKPI(_, let nearest):
            nearest.map { "did you mean “\($0)”?" } ?? "write one such as cycle_time.median"
        case .unknownActivity(_, let nearest), .unknownRole(_, let nearest):
            nearest.map { "did you mean “\($0)”?" } ?? "weir inspect lists what the log holds"
        case .systemRole: "name a role of people"
        case .onlyPath: "shorten it with duration, or automate it"
        case .nobodyLeft: "leave at least one"
        case .alreadyAutomated: "join both into one change"
        case .noBatches: "leave the change out"
        case .neverMeet: "name activities of which one follows the other"
        case .neverFollows, .noAlternative: "weir discover shows what follows what"
        case .severalDecisions: "name an activity that is one decision away"
        }
    }

    private static func words(_ expected: Expectation) -> String {
        switch expected {
        case .text: "write a text"
        case .activities: "write two or more activities: [A, B]"
        case .share: "write a share such as 0.8 or 80%"
        case .scale: "write a positive number such as 0.8"
        case .headcount: "write how many: 2, or -1 for fewer"
        case .duration: "write a duration such as 30s, 5m or 1h30m"
        case .period: "write off, or a duration that divides the week, such as 1h, 1d or 1w"
        case .hours: "write days and hours such as “Mon-Fri 08:00-12:00,13:00-17:00”"
        case .bound: "write as in “<= -40%”, “<= 12d” or “>= 5”"
        }
    }

    private static func listed(_ names: [String]) -> String {
        names.map { "“\($0)”" }.joined(separator: " and ")
    }
}
