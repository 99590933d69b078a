import Database
import EventLogs

/// The views `cases` and `events` over all logs of a workspace, with every attribute under its own name.
struct LogViews {
    /// How many logs can be shown side by side.
    static let limit = 400
    /// How many columns a view can have.
    private static let widest = 1_900

    private static let caseColumns = ["log", "case_number", "case_id"]
    private static let eventColumns = [
        "log", "event", "case_number", "case_id", "activity", "timestamp", "timestamp_us", "start_timestamp", "start_timestamp_us",
        "lifecycle", "resource", "role", "department", "instance", "file", "row",
    ]

    /// The name under which each attribute of a level is shown: its own, with a number behind it where that is taken. SQL does not tell
    /// capitals from small letters.
    static func shownNames(_ attributes: [AttributeColumn], level: AttributeLevel) -> [String] {
        var taken = Set(level == .case ? caseColumns : eventColumns)
        return attributes.map { column in
            let name = column.name.isEmpty ? "attribute" : column.name
            var shown = name
            var number = 2
            while !taken.insert(shown.lowercased()).inserted {
                shown = "\(name) \(number)"
                number += 1
            }
            return shown
        }
    }

    /// Makes the views anew.
    static func rebuild(_ connection: DatabaseConnection) throws {
        try connection.execute("DROP VIEW IF EXISTS cases; DROP VIEW IF EXISTS events")
        let logs = try connection.rows("SELECT id, name FROM weir_logs ORDER BY id")
        if logs.isEmpty { return }
        let cases = try Shown(.case, connection)
        let events = try Shown(.event, connection)
        var caseSelects: [String] = []
        var eventSelects: [String] = []
        for log in logs {
            guard let id = log[0].integer, let name = log[1].text else { continue }
            let tables = LogTables(log: id)
            caseSelects.append(
                "SELECT \(quoted(text: name)) AS log, case_number, case_id\(cases.columns(of: id, prefix: "c")) FROM \(tables.cases)")
            eventSelects.append(
                """
                SELECT \(quoted(text: name)) AS log, e.event, e.case_number, k.case_id, e.activity, e.timestamp, e.timestamp_us, \
                e.start_timestamp, e.start_timestamp_us, e.lifecycle, e.resource, e.role, e.department, e.instance, i.file, \
                e."row"\(events.columns(of: id, prefix: "e.a")) FROM \(tables.events) e \
                JOIN \(tables.cases) k ON k.case_number = e.case_number LEFT JOIN weir_imports i ON i.id = e.import
                """)
        }
        try connection.execute("CREATE VIEW cases AS " + caseSelects.joined(separator: " UNION ALL "))
        try connection.execute("CREATE VIEW events AS " + eventSelects.joined(separator: " UNION ALL "))
    }

    /// The attributes of one level that a view shows: those of all logs, each name once.
    private struct Shown {
        private var names: [String] = []
        private var places: [Int: [String: Int]] = [:]

        init(_ level: AttributeLevel, _ connection: DatabaseConnection) throws {
            var taken: Set<String> = []
            let room = LogViews.widest - LogViews.eventColumns.count
            try connection.rows(
                "SELECT log, place, shown FROM weir_attributes WHERE level = ? ORDER BY log, place", [.text(level.rawValue)]
            ) {
                guard let log = $0[0].integer, let place = $0[1].integer, let name = $0[2].text else { return }
                if taken.count < room, taken.insert(name.lowercased()).inserted { names.append(name) }
                places[log, default: [:]][name.lowercased()] = place
            }
        }

        func columns(of log: Int, prefix: String) -> String {
            names.map { name in
                let place = places[log]?[name.lowercased()]
                return ", \(place.map { prefix + String($0) } ?? "NULL") AS \(LogViews.quoted(name: name))"
            }.joined()
        }
    }

    /// A name in SQL: whatever is in it, it stays one name.
    static func quoted(name: String) -> String {
        "\"" + name.replacing("\0", with: "\u{FFFD}").replacing("\"", with: "\"\"") + "\""
    }

    /// A text in SQL.
    static func quoted(text: String) -> String { "'" + text.replacing("\0", with: "\u{FFFD}").replacing("'", with: "''") + "'" }
}
