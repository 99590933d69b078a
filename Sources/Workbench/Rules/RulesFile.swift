package import Conformance
package import EventLogs
package import Instants
import ProcessModels
import Yams

/// Rules that the cases of a process have to keep, as people write them for `weir conformance LOG RULES --method rules`.
///
/// ```yaml
/// calendar: cn                      # where a limit is in wd or wh
/// rules:
///   - precedence: {activities: [Approve Requisition, Create Purchase Order]}
///   - four_eyes: {activities: [Create Purchase Order, Approve Requisition]}
///     severity: error
///   - time_between: {from: Record Invoice Receipt, to: Pay Invoice, at_most: 30d}
///     where: "amount > 5000"
///     name: Pay large invoices in time
/// ```
package struct RulesFile: Sendable, Equatable {
    /// One entry of the list.
    package struct Entry: Sendable, Equatable {
        /// The rule.
        package var rule: ProcessRule
        /// Where its condition on cases begins, for what is only found wrong when a log is there.
        package var conditionPlace: GateFile.Place?
    }

    /// Why a file holds no rules that can be used, and where.
    package struct Problem: Error, Equatable, Sendable {
        /// What is wrong.
        package enum Reason: Equatable, Sendable {
            /// The shape of the file.
            case shape(YAMLProblem.Reason)
            /// No key `rules`, or no list there, or an empty one.
            case noRules
            /// Something else than the name of a calendar.
            case badCalendar
            /// An entry that demands nothing.
            case noDemand
            /// An entry that demands two things.
            case twoDemands(String, String)
            /// A demand without a key that it needs.
            case missing(key: String, demand: String)
            /// Something else than a plain value.
            case noText(key: String)
            /// Another number of activities than the demand takes, or one of them twice.
            case badActivities(demand: String, atLeast: Int, atMost: Int?)
            /// Something else than a whole number from 0, or a range that holds none.
            case badCount(String)
            /// Something else than a length of time.
            case badTime(DurationTextError)
            /// A limit in working time without a calendar.
            case workingTime(String)
            /// Something else than true or false.
            case noTruth(String)
            /// No severity, with those that there are.
            case badSeverity(String, known: [String])
            /// A condition on cases that cannot be used.
            case badCondition(FilterError)
        }

        /// What is wrong.
        package let reason: Reason
        /// Where, as far as that is known.
        package let place: GateFile.Place?

        /// A problem at a place.
        package init(_ reason: Reason, at place: GateFile.Place?) {
            self.reason = reason
            self.place = place
        }

        init(_ reason: Reason, at node: Node) { self.init(reason, at: Problem.place(node)) }

        init(_ problem: YAMLProblem) {
            var place: GateFile.Place?
            if let line = problem.line, let column = problem.column { place = GateFile.Place(line: line, column: column) }
            self.init(.shape(problem.reason), at: place)
        }

        static func place(_ node: Node) -> GateFile.Place? { node.mark.map { GateFile.Place(line: $0.line, column: $0.column) } }
    }

    /// The keys of the file.
    static let keys = ["rules", "calendar"]
    /// The keys of every entry, beside what it demands.
    static let commonKeys = ["name", "severity", "where"]

    /// The rules in the order of the file; at least one.
    package let entries: [Entry]

    /// The rules alone.
    package var rules: [ProcessRule] { entries.map(\.rule) }

    /// Reads the file's text.
    ///
    /// - Parameters:
    ///   - zone: the clock of times without an offset in conditions.
    ///   - workingDay: how long a working day of the calendar is, in microseconds; `nil` where there is no calendar.
    package init(parsing text: String, zone: ZoneClock = .utc, workingDay: Int64? = nil) throws(Problem) {
        var entries: [Entry] = []
        for (key, keyNode, value) in try RuleReader.shaped({ () throws(YAMLProblem) in try YAMLMembers.of(text: text, known: Self.keys) }) {
            if key == "calendar" {
                guard value.scalar?.string.isEmpty == false else { throw Problem(.badCalendar, at: keyNode) }
                continue
            }
            guard let list = value.sequence, !list.isEmpty else { throw Problem(.noRules, at: value) }
            let reader = RuleReader(zone: zone, workingDay: workingDay)
            for item in list { entries.append(try reader.entry(item)) }
        }
        if entries.isEmpty { throw Problem(.noRules, at: nil) }
        self.entries = entries
    }

    /// The calendar that a file's text names: a file beside it, or one of the tool's; `nil` where it names none.
    package static func calendar(in text: String) -> String? { GateFile.calendar(in: text) }

    /// Holds a log against the rules.
    ///
    /// - Throws: ``Problem`` where the log has no such fact as a condition names.
    package func check(_ log: EventLog) throws(Problem) -> RulesConformance {
        do throws(RuleConditionError) {
            return try RulesConformance(of: log, rules: rules)
        } catch {
            let place = entries[error.rule].conditionPlace?.adding(line: error.problem.line, column: error.problem.column)
            throw Problem(.badCondition(error.problem), at: place)
        }
    }
}
