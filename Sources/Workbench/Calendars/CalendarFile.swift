import EventLogs
import Instants
import WorkingTime
import Yams

/// When a place works, as people write it for `--calendar`.
///
/// ```yaml
/// name: plant-sh
/// timezone: Asia/Shanghai
/// week: {Mon-Thu: "08:00-12:00,13:00-17:30", Fri: "08:00-12:00"}
/// weeks:                                 # other hours from a day on
///   - {from: 2026-07-01, week: {Mon-Fri: "07:00-15:00"}}
/// holidays: [cn]
/// closed: [2026-02-16, 2026-07-01..2026-07-03]
/// open: {2026-02-14: "08:00-12:00"}
/// roles: {AP Clerk: {Mon-Fri: "08:00-12:00"}}
/// resources: {Night robot: {Mon-Sun: "00:00-24:00"}}
/// ```
package enum CalendarFile {
    /// Why a file is no calendar, and where: line and column count from 1.
    package struct Problem: Error, Equatable, Sendable {
        /// What is wrong.
        package enum Reason: Equatable, Sendable {
            /// The shape of the file.
            case shape(YAMLProblem.Reason)
            /// No key `week`, or no hours in it.
            case noWeek
            /// Something else than a text.
            case noText(key: String)
            /// Something else than a list.
            case noList(key: String)
            /// No zone of the database, with the nearest that is.
            case badZone(String, nearest: String?)
            /// No hours, with what was expected.
            case badHours(String, expected: String)
            /// No day.
            case badDay(String)
            /// A range that ends before it begins.
            case backwardRange(String)
            /// A country without a table, with those that have one.
            case unknownHolidays(String, known: [String])
        }

        /// What is wrong.
        package let reason: Reason
        /// The line, where it is known.
        package let line: Int?
        /// The column, where it is known.
        package let column: Int?

        init(_ reason: Reason, at node: Node?) {
            self.reason = reason
            line = node?.mark?.line
            column = node?.mark?.column
        }

        init(_ problem: YAMLProblem) {
            reason = .shape(problem.reason)
            line = problem.line
            column = problem.column
        }
    }

    static let keys = ["name", "timezone", "week", "weeks", "holidays", "closed", "open", "roles", "resources"]

    /// Reads the file's text.
    ///
    /// - Parameter name: what the calendar is called where the file does not say.
    package static func calendars(parsing text: String, name: String) throws(Problem) -> WorkCalendars {
        var site = SiteCalendar(name: name, zone: .utc, weeks: [])
        var calendars = WorkCalendars(site: site, hasZone: false)
        for (key, _, value) in try shaped({ () throws(YAMLProblem) in try YAMLMembers.of(text: text, known: keys) }) {
            switch key {
            case "name": site.name = try self.text(value, key)
            case "timezone":
                let text = try self.text(value, key)
                do throws(TimeZoneTextError) {
                    site.zone = try TimeZoneChoice(parsing: text)
                } catch {
                    throw Problem(.badZone(text, nearest: error.suggestion), at: value)
                }
                calendars.hasZone = true
            case "week": site.weeks.insert(SiteCalendar.Week(hours: try week(value)), at: 0)
            case "weeks":
                var later: [SiteCalendar.Week] = []
                for item in try list(value, key) {
                    let members = try shaped { () throws(YAMLProblem) in try YAMLMembers.of(item, known: ["from", "week"]) }
                    guard let from = members.first(where: { $0.key == "from" }), let hours = members.first(where: { $0.key == "week" })
                    else {
                        throw Problem(.noWeek, at: item)
                    }
                    later.append(SiteCalendar.Week(from: try day(from.value), hours: try week(hours.value)))
                }
                site.weeks += later.sorted { ($0.from ?? .min) < ($1.from ?? .min) }
            case "holidays":
                for item in try list(value, key) {
                    let country = try self.text(item, key)
                    guard let table = HolidayTable.table(of: country) else {
                        throw Problem(.unknownHolidays(country, known: HolidayTable.countries), at: item)
                    }
                    site.holidays.append(table.country)
                }
            case "closed": for item in try list(value, key) { site.closedDays.append(try days(item)) }
            case "open":
                for (_, keyNode, hours) in try shaped({ () throws(YAMLProblem) in try YAMLMembers.of(value, known: nil) }) {
                    site.openDays[try day(keyNode)] = try spans(hours)
                }
            case "roles": site.roles = try weeks(value)
            default: site.resources = try weeks(value)
            }
        }
        guard let first = site.weeks.first, first.from == nil else { throw Problem(.noWeek, at: nil) }
        calendars.site = site
        return calendars
    }

    /// Runs what reads a shape, naming its problems as this file's.
    private static func shaped<Result>(_ body: () throws(YAMLProblem) -> Result) throws(Problem) -> Result {
        do {
            return try body()
        } catch {
            throw Problem(error)
        }
    }

    private static func text(_ node: Node, _ key: String) throws(Problem) -> String {
        guard let text = node.scalar?.string, !text.isEmpty else { throw Problem(.noText(key: key), at: node) }
        return text
    }

    private static func list(_ node: Node, _ key: String) throws(Problem) -> [Node] {
        guard let sequence = node.sequence else { throw Problem(.noList(key: key), at: node) }
        return Array(sequence)
    }

    private static func weeks(_ node: Node) throws(Problem) -> [String: WeeklyHours] {
        var result: [String: WeeklyHours] = [:]
        for (name, _, value) in try shaped({ () throws(YAMLProblem) in try YAMLMembers.of(node, known: nil) }) {
            result[name] = try week(value)
        }
        return result
    }

    private static func week(_ node: Node) throws(Problem) -> WeeklyHours {
        var pieces: [String] = []
        for (days, _, value) in try shaped({ () throws(YAMLProblem) in try YAMLMembers.of(node, known: nil) }) {
            let piece = days + " " + (value.scalar?.string ?? "")
            _ = try hours(piece, at: value)
            pieces.append(piece)
        }
        if pieces.isEmpty { throw Problem(.noWeek, at: node) }
        return try hours(pieces.joined(separator: ";"), at: node)
    }

    private static func hours(_ text: String, at node: Node) throws(Problem) -> WeeklyHours {
        do throws(WeeklyHoursError) {
            return try WeeklyHours(text: text)
        } catch {
            throw Problem(.badHours(error.piece, expected: error.expected), at: node)
        }
    }

    /// The hours of one day, read as those of a Monday whose night may run into Tuesday.
    private static func spans(_ node: Node) throws(Problem) -> [SiteCalendar.Span] {
        let hours = try hours("Mon " + (node.scalar?.string ?? ""), at: node)
        return hours.shifts.map { SiteCalendar.Span(start: $0.start, end: $0.end) }
    }

    private static func days(_ node: Node) throws(Problem) -> ClosedRange<Int> {
        guard let text = node.scalar?.string else { throw Problem(.badDay(""), at: node) }
        guard let dots = text.firstRange(of: "..") else {
            let day = try day(node)
            return day...day
        }
        guard let first = day(text[..<dots.lowerBound]), let last = day(text[dots.upperBound...]) else {
            throw Problem(.badDay(text), at: node)
        }
        if last < first { throw Problem(.backwardRange(text), at: node) }
        return first...last
    }

    private static func day(_ node: Node) throws(Problem) -> Int {
        let text = node.scalar?.string ?? ""
        guard let day = day(text[...]) else { throw Problem(.badDay(text), at: node) }
        return day
    }

    /// Days since 1970-01-01 of a text such as `2026-02-16`.
    private static func day(_ text: Substring) -> Int? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].count == 4, parts[1].count == 2, parts[2].count == 2, let year = Int(parts[0]),
            let month = Int(parts[1]), let day = Int(parts[2])
        else { return nil }
        let date = CivilDate(year: year, month: month, day: day)
        return date.isValid ? date.daysSinceEpoch : nil
    }
}
