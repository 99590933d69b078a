import Database
import EventLogs
import Instants

/// A log's cases and events as ordinary rows, for whoever asks in SQL.
///
/// The rows are guarded: only an import changes them, so that they say what the columns say.
struct LogTables {
    /// The number of the log.
    let log: Int

    var cases: String { "log_\(log)_cases" }
    var events: String { "log_\(log)_events" }

    private static let standard = [
        "activity TEXT NOT NULL", "timestamp TEXT", "timestamp_us INTEGER", "start_timestamp TEXT", "start_timestamp_us INTEGER",
        "lifecycle TEXT", "resource TEXT", "role TEXT", "department TEXT", "instance TEXT", "import INTEGER NOT NULL",
        "\"row\" INTEGER NOT NULL",
    ]

    /// Makes the tables.
    func create(_ columns: EventColumns.Parts, _ connection: DatabaseConnection) throws {
        let own = columns.caseAttributes.enumerated().flatMap { Self.declared("c\($0)", $1.type) }
        let caseColumns = ["case_number INTEGER PRIMARY KEY", "case_id TEXT NOT NULL UNIQUE"] + own
        try connection.execute("CREATE TABLE \(cases)(\(caseColumns.joined(separator: ", ")))")
        let attributes = columns.attributes.enumerated().flatMap { Self.declared("a\($0)", $1.type) }
        let number = "case_number INTEGER NOT NULL REFERENCES \(cases)(case_number)"
        let eventColumns = ["event INTEGER PRIMARY KEY", number] + Self.standard + attributes
        try connection.execute("CREATE TABLE \(events)(\(eventColumns.joined(separator: ", ")))")
    }

    /// Removes the tables with all that is in them.
    func drop(_ connection: DatabaseConnection) throws {
        try connection.execute("DROP TABLE IF EXISTS \(events)")
        try connection.execute("DROP TABLE IF EXISTS \(cases)")
    }

    /// Lets nobody but an import change the rows.
    func guardRows(_ connection: DatabaseConnection) throws {
        try connection.execute("CREATE INDEX IF NOT EXISTS \(events)_case ON \(events)(case_number)")
        for (table, name) in guarded {
            for action in ["INSERT", "UPDATE", "DELETE"] {
                try connection.execute(
                    "CREATE TRIGGER \(name)_\(action.lowercased()) BEFORE \(action) ON \(table) "
                        + "BEGIN SELECT RAISE(ABORT, 'rows of a log change only through weir import'); END")
            }
        }
    }

    /// Lets the rows be changed.
    func release(_ connection: DatabaseConnection) throws {
        for (_, name) in guarded {
            for action in ["insert", "update", "delete"] { try connection.execute("DROP TRIGGER IF EXISTS \(name)_\(action)") }
        }
    }

    /// Whether the rows are guarded.
    func areGuarded(_ connection: DatabaseConnection) throws -> Bool {
        let count = try connection.row(
            "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN (?, ?)", [.text(cases), .text(events)])
        return count?[0].integer == guarded.count * 3
    }

    private var guarded: [(table: String, trigger: String)] { [(cases, "guard_\(cases)"), (events, "guard_\(events)")] }

    // MARK: - Rows

    /// Adds the rows of cases.
    func insert(cases numbers: Range<Int>, _ columns: EventColumns.Parts, _ connection: DatabaseConnection, _ row: () throws -> Void) throws
    {
        let marks = [String](repeating: "?", count: 2 + columns.caseAttributes.reduce(0) { $0 + Self.width($1.type) })
        let statement = try connection.statement("INSERT INTO \(cases) VALUES(\(marks.joined(separator: ", ")))")
        var times = TimeBinder(columns.timeForms)
        for number in numbers {
            statement.bind(0, Int64(number + 1))
            columns.caseNames.withBytes(of: UInt32(number)) { statement.bind(1, text: $0) }
            bind(columns.caseAttributes, row: number, from: 2, statement, &times)
            try statement.run()
            try row()
        }
    }

    /// Writes what the columns say of some cases over what their rows say.
    func update(cases numbers: [Int], _ columns: EventColumns.Parts, _ connection: DatabaseConnection) throws {
        if numbers.isEmpty || columns.caseAttributes.isEmpty { return }
        let names = columns.caseAttributes.enumerated().flatMap { Self.names("c\($0)", $1.type) }
        let changes = names.map { "\($0) = ?" }.joined(separator: ", ")
        let statement = try connection.statement("UPDATE \(cases) SET \(changes) WHERE case_number = ?")
        var times = TimeBinder(columns.timeForms)
        for number in numbers {
            bind(columns.caseAttributes, row: number, from: 0, statement, &times)
            statement.bind(names.count, Int64(number + 1))
            try statement.run()
        }
    }

    /// Adds the rows of events, given by their places in the columns in the order of their keys.
    func insert(
        events places: [Int], _ columns: EventColumns.Parts, keys: [UInt32], imports: [UInt32], cases: [UInt32],
        _ connection: DatabaseConnection, _ row: () throws -> Void
    ) throws {
        let width = 2 + Self.standard.count
        let marks = [String](repeating: "?", count: width + columns.attributes.reduce(0) { $0 + Self.width($1.type) })
        let statement = try connection.statement("INSERT INTO \(events) VALUES(\(marks.joined(separator: ", ")))")
        var times = TimeBinder(columns.timeForms)
        let texts = [columns.transition, columns.resource, columns.role, columns.department, columns.instanceName]
        for place in places {
            statement.bind(0, Int64(keys[place]))
            statement.bind(1, Int64(cases[place]) + 1)
            columns.activity.vocabulary.withBytes(of: columns.activity.ids[place]) { statement.bind(2, text: $0) }
            times.bind(3, columns.time[place], columns.timeForm[place], statement)
            if columns.start.isEmpty {
                statement.bindNull(5)
                statement.bindNull(6)
            } else {
                times.bind(5, columns.start[place], columns.startForm[place], statement)
            }
            for (index, column) in texts.enumerated() { Self.bind(7 + index, column, row: place, statement) }
            statement.bind(12, Int64(imports[place]))
            statement.bind(13, Int64(rowInFile(columns.row[place], columns.files)))
            bind(columns.attributes, row: place, from: width, statement, &times)
            try statement.run()
            try row()
        }
    }

    /// The number of a row in its own file.
    private func rowInFile(_ row: UInt32, _ files: [SourceFile]) -> Int {
        Int(row) - (files.last { $0.rowsBefore < Int(row) }?.rowsBefore ?? 0)
    }

    private static func bind(_ place: Int, _ column: SymbolColumn?, row: Int, _ statement: BulkStatement) {
        guard let column, row < column.ids.count, column.ids[row] != Vocabulary.missing else { return statement.bindNull(place) }
        column.vocabulary.withBytes(of: column.ids[row]) { statement.bind(place, text: $0) }
    }

    private func bind(
        _ attributes: [AttributeColumn], row: Int, from first: Int, _ statement: BulkStatement, _ times: inout TimeBinder
    ) {
        var place = first
        for column in attributes {
            switch column.type {
            case .string, .id: Self.bind(place, column.symbols, row: row, statement)
            case .int, .boolean: if column.isPresent(row) { statement.bind(place, column.words[row]) } else { statement.bindNull(place) }
            case .float: bind(place, column.number(row), statement)
            case .date:
                let form = row < column.forms.count ? column.forms[row] : 0
                times.bind(place, column.isPresent(row) ? column.words[row] : Instant.missing, form, statement)
            }
            place += Self.width(column.type)
        }
    }

    private func bind(_ place: Int, _ number: Double?, _ statement: BulkStatement) {
        guard let number else { return statement.bindNull(place) }
        // SQLite has no number that is none; the text keeps it apart from no value.
        if number.isNaN { statement.bind(place, text: "NaN") } else { statement.bind(place, number) }
    }

    /// How many columns of a table an attribute takes.
    private static func width(_ type: AttributeType) -> Int { type == .date ? 2 : 1 }

    private static func names(_ column: String, _ type: AttributeType) -> [String] {
        type == .date ? [column, column + "_us"] : [column]
    }

    private static func declared(_ column: String, _ type: AttributeType) -> [String] {
        switch type {
        case .string, .id: ["\(column) TEXT"]
        case .int, .boolean: ["\(column) INTEGER"]
        case .float: ["\(column) REAL"]
        case .date: ["\(column) TEXT", "\(column)_us INTEGER"]
        }
    }
}

/// Sets two values to a time: its text as it was written, in ISO 8601, and its microseconds since 1970 in UTC.
private struct TimeBinder {
    private let forms: [TimeForm]
    private var writer = TimeText()
    private var text: [UInt8] = []

    init(_ forms: [TimeForm]) { self.forms = forms }

    mutating func bind(_ place: Int, _ time: Int64, _ form: UInt16, _ statement: BulkStatement) {
        if time == Instant.missing {
            statement.bindNull(place)
            statement.bindNull(place + 1)
            return
        }
        let form = Int(form) < forms.count ? forms[Int(form)] : .utc
        text.removeAll(keepingCapacity: true)
        let offset = Int(form.offset)
        writer.append(time, offset: form.isNaive || form.isDateOnly ? nil : offset, shownAt: offset, isDateOnly: form.isDateOnly, to: &text)
        text.withUnsafeBytes { statement.bind(place, text: $0) }
        statement.bind(place + 1, time)
    }
}
