package import EventLogs
import Foundation
package import Indicators
package import Instants
import Yams

/// What a gate holds, as people write it.
///
/// ```yaml
/// kpis:
///   - {id: cycle_time.median, max_regression: 10%, min_n: 100}
///   - {id: cycle_time.p90, target: "<= 30d"}
///   - {id: rework_rate, where: "plant == 'P11'", target: "<= 25%"}
/// ```
package struct GateFile: Sendable, Equatable {
    /// One entry of the list.
    package struct Entry: Sendable, Equatable {
        /// What it holds.
        package var check: GateCheck
        /// Where its condition on cases begins, for what is only found wrong when a log is there.
        package var conditionPlace: Place?
    }

    /// A place in the file: line and column count from 1.
    package struct Place: Sendable, Equatable {
        /// The line.
        package var line: Int
        /// The column.
        package var column: Int

        /// A place.
        package init(line: Int, column: Int) {
            self.line = line
            self.column = column
        }

        /// The place of something that begins in a text which begins here.
        func adding(line: Int, column: Int) -> Place {
            line == 1 ? Place(line: self.line, column: self.column + column - 1) : Place(line: self.line + line - 1, column: column)
        }
    }

    /// The checks in the order of the file; at least one.
    package let entries: [Entry]

    /// Why a file holds no checks that can be made, and where.
    package struct Problem: Error, Equatable, Sendable {
        /// What is wrong.
        package enum Reason: Equatable, Sendable {
            /// The shape of the file.
            case shape(YAMLProblem.Reason)
            /// No key `kpis`, or no list there, or an empty one.
            case noChecks
            /// Something else than the name of a calendar.
            case badCalendar
            /// An entry without `id`.
            case noID
            /// Something else than a plain value.
            case noText(key: String)
            /// A figure that does not exist.
            case unknownKPI(String, nearest: String?)
            /// A figure of the catalogue, which this version does not have.
            case catalogueKPI(String)
            /// Something else than a target of that figure.
            case badTarget(GateTarget.Problem, kpi: KPIName)
            /// Something else than a share above 0.
            case badRegression(String)
            /// A sum or a count cannot be compared with that of another log.
            case growing(KPIName)
            /// Something else than a whole number from 1.
            case badSampleSize(String)
            /// Neither a target nor a largest regression.
            case nothingHeld(String)
            /// A condition on cases that cannot be used.
            case badCondition(FilterError)
        }

        /// What is wrong.
        package let reason: Reason
        /// Where, as far as that is known.
        package let place: Place?

        /// A problem at a place.
        package init(_ reason: Reason, at place: Place?) {
            self.reason = reason
            self.place = place
        }
    }

    /// The keys of the file.
    static let keys = ["kpis", "calendar"]
    /// The keys of an entry.
    static let entryKeys = ["id", "where", "target", "max_regression", "min_n"]

    /// Reads the file's text.
    ///
    /// - Parameters:
    ///   - zone: the clock of times without an offset in conditions.
    ///   - workingDay: how long a working day of the calendar is, in microseconds; `nil` where there is no calendar.
    package init(parsing text: String, zone: ZoneClock = .utc, workingDay: Int64? = nil) throws(Problem) {
        let members = try Self.shaped { () throws(YAMLProblem) in try YAMLMembers.of(text: text, known: Self.keys) }
        var entries: [Entry] = []
        for (key, keyNode, value) in members {
            if key == "calendar" {
                guard value.scalar?.string.isEmpty == false else { throw Problem(.badCalendar, at: Self.place(keyNode)) }
                continue
            }
            guard let list = value.sequence, !list.isEmpty else { throw Problem(.noChecks, at: Self.place(value)) }
            for item in list { entries.append(try Self.entry(item, zone, workingDay)) }
        }
        if entries.isEmpty { throw Problem(.noChecks, at: Self.beginning(of: text)) }
        self.entries = entries
    }

    /// The calendar that a file's text names: a file beside it, or one of the tool's; `nil` where it names none or is no such file at all, which
    /// ``init(parsing:zone:workingDay:)`` says.
    package static func calendar(in text: String) -> String? {
        let members = try? YAMLMembers.of(text: text, known: nil)
        return members?.first { $0.key == "calendar" }?.value.scalar.flatMap { $0.string.isEmpty ? nil : $0.string }
    }

    private static func entry(_ node: Node, _ zone: ZoneClock, _ workingDay: Int64?) throws(Problem) -> Entry {
        var values: [String: (text: String, place: Place?, quote: Int)] = [:]
        for (key, _, value) in try shaped({ () throws(YAMLProblem) in try YAMLMembers.of(node, known: entryKeys) }) {
            guard let scalar = value.scalar else { throw Problem(.noText(key: key), at: place(value)) }
            let isQuoted = scalar.style == .singleQuoted || scalar.style == .doubleQuoted
            values[key] = (scalar.string, place(value), isQuoted ? 1 : 0)
        }
        guard let id = values["id"] else { throw Problem(.noID, at: place(node)) }
        let name = try kpi(id.text, at: id.place)
        var target: GateTarget?
        if let value = values["target"] {
            do throws(GateTarget.Problem) {
                target = try GateTarget(parsing: value.text, for: name, workingDay: workingDay)
            } catch {
                throw Problem(.badTarget(error, kpi: name), at: value.place)
            }
        }
        var regression: Double?
        if let value = values["max_regression"] {
            guard let share = GateTarget.share(value.text[...]), share > 0 else {
                throw Problem(.badRegression(value.text), at: value.place)
            }
            if GateCheck.growsWithTheLog(name) { throw Problem(.growing(name), at: value.place) }
            regression = share
        }
        var minN: Int?
        if let value = values["min_n"] {
            guard let count = Int(value.text), count > 0 else { throw Problem(.badSampleSize(value.text), at: value.place) }
            minN = count
        }
        var filter: LogFilter?
        var conditionPlace: Place?
        if let value = values["where"] {
            conditionPlace = value.place.map { Place(line: $0.line, column: $0.column + value.quote) }
            do throws(FilterError) {
                filter = try LogFilter(parsing: value.text, zone: zone)
            } catch {
                throw Problem(.badCondition(error), at: conditionPlace?.adding(line: error.line, column: error.column))
            }
        }
        if target == nil && regression == nil { throw Problem(.nothingHeld(name.text), at: id.place) }
        return Entry(
            check: GateCheck(name: name, filter: filter, target: target, maxRegression: regression, minN: minN),
            conditionPlace: conditionPlace)
    }

    private static func kpi(_ text: String, at place: Place?) throws(Problem) -> KPIName {
        do throws(KPINameError) {
            return try KPIName(parsing: text)
        } catch {
            // Ids of the catalogue: a letter and two digits, such as P01, G03b or P01.p90.
            let isOfCatalogue = text.prefixMatch(of: /[A-Z][0-9]{2}[a-z]?(\.|$)/) != nil
            throw Problem(isOfCatalogue ? .catalogueKPI(text) : .unknownKPI(text, nearest: error.nearest), at: place)
        }
    }

    /// Runs what reads a shape, naming its problems as this file's.
    private static func shaped<Result>(_ body: () throws(YAMLProblem) -> Result) throws(Problem) -> Result {
        do {
            return try body()
        } catch {
            throw Problem(.shape(error.reason), at: error.line.flatMap { line in error.column.map { Place(line: line, column: $0) } })
        }
    }

    /// Where the content of a file begins; nil where there is none.
    private static func beginning(of text: String) -> Place? {
        (try? Yams.compose(yaml: text)).flatMap { $0.flatMap(place) }
    }

    private static func place(_ node: Node) -> Place? { node.mark.map { Place(line: $0.line, column: $0.column) } }
}
