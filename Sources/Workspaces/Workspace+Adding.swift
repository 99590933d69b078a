import Database
package import EventLogs
import Foundation
import Instants

extension Workspace {
    /// What adding extracts did.
    package struct Outcome: Sendable, Equatable {
        /// The log's name.
        package var log: String
        /// Whether it was made.
        package var isNew: Bool
        /// What each file brought.
        package var imports: [Import]
        /// How many cases the log has now.
        package var cases: Int
        /// How many events the log has now.
        package var events: Int
    }

    /// Adds what was read to a log, which is made where there is none of that name: all of it or nothing.
    ///
    /// Events that are known are not added again (see `LogUnion`), so that a file can come again with what happened since.
    ///
    /// - Throws: `DatabaseProblem`, ``WorkspaceProblem``, and what `monitor` throws; the workspace is unchanged then.
    package func add(_ extract: Extract, to name: String, monitor: some WorkMonitor) throws -> Outcome {
        try database.write { connection in
            let stored = try StoredLog(named: name, connection)
            try monitor.checkCancellation()
            let growth = Growth(stored, extract, import: try Self.nextImport(connection))
            let log = growth.log
            let id = try Self.logNumber(name, log, stored, connection)
            for (place, item) in growth.added.enumerated() {
                try Self.insert(item, extract.mappings[place], log: id, connection)
            }
            try growth.write(to: id, stored, connection, monitor)
            try LogViews.rebuild(connection)
            return Outcome(
                log: name, isNew: stored == nil, imports: growth.added, cases: log.columns.caseCount, events: log.columns.count)
        }
    }

    private static func nextImport(_ connection: DatabaseConnection) throws -> Int {
        let row = try connection.row("SELECT seq FROM sqlite_sequence WHERE name = 'weir_imports'")
        return (row?[0].integer ?? 0) + 1
    }

    /// The number of the log's row, which is made or brought up to date.
    private static func logNumber(_ name: String, _ log: EventLog, _ stored: StoredLog?, _ connection: DatabaseConnection) throws -> Int {
        let offset = log.columns.prevailingOffset
        var first = Int64.max
        var last = Int64.min
        for times in [log.columns.time, log.columns.start] {
            for time in times where time != Instant.missing {
                first = min(first, time)
                last = max(last, time)
            }
        }
        let times: [SQLValue] =
            first > last
            ? [.null, .null] : [first, last].map { .text(Instant(microseconds: $0).iso8601(offset: offset)) }
        let values: [SQLValue] = [SQLValue(log.columns.caseCount), SQLValue(log.columns.count)] + times
        if let stored {
            try connection.execute(
                """
                UPDATE weir_logs SET case_count = ?, event_count = ?, first_timestamp = ?, last_timestamp = ? WHERE id = ?
                """, values + [SQLValue(stored.id)])
            return stored.id
        }
        let count = try connection.row("SELECT count(*) FROM weir_logs")?[0].integer ?? 0
        if count >= LogViews.limit { throw WorkspaceProblem.tooManyLogs(limit: LogViews.limit) }
        try connection.execute(
            "INSERT INTO weir_logs(case_count, event_count, first_timestamp, last_timestamp, name) VALUES(?, ?, ?, ?, ?)",
            values + [.text(name)])
        return connection.lastInsertedRow
    }

    private static func insert(
        _ item: Import, _ mapping: (shape: String, text: String)?, log: Int, _ connection: DatabaseConnection
    ) throws {
        if let mapping {
            try connection.execute(
                """
                INSERT INTO weir_mappings(shape, file, mapping) VALUES(?, ?, ?)
                ON CONFLICT(shape) DO UPDATE SET file = excluded.file, mapping = excluded.mapping
                """, [.text(mapping.shape), .text(item.file.name), .text(mapping.text)])
        }
        try connection.execute(
            """
            INSERT INTO weir_imports(log, file, sha256, parameters, version, shape, events_read, events_added, cases_added, cases_changed)
            VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                SQLValue(log), .text(item.file.name), .text(item.file.sha256), .text(item.file.parameters), .text(item.file.version),
                SQLValue(mapping?.shape), SQLValue(item.eventsRead), SQLValue(item.eventsAdded), SQLValue(item.casesAdded),
                SQLValue(item.casesChanged),
            ])
    }
}

/// A log as the workspace holds it, with where its events stand in its table.
private struct StoredLog {
    let id: Int
    let log: EventLog
    let keys: [UInt32]
    let imports: [UInt32]
    /// The name of the file that the log was read from first.
    let fileName: String

    /// The log of that name, or `nil` where there is none.
    init?(named name: String, _ connection: DatabaseConnection) throws {
        guard let row = try connection.row("SELECT id FROM weir_logs WHERE name = ?", [.text(name)]), let id = row[0].integer else {
            return nil
        }
        let parts = try Workspace.columns(of: id, named: name, connection)
        guard let keys = try Workspace.piece("keys", of: id, connection).flatMap({ PackedNumbers.numbers($0) }),
            let imports = try Workspace.piece("imports", of: id, connection).flatMap({ PackedNumbers.numbers($0) }),
            keys.count == parts.time.count, imports.count == parts.time.count
        else { throw WorkspaceProblem.tamperedLog(name) }
        self.id = id
        log = EventLog(
            columns: EventColumns(parts), sourceFindings: try Workspace.findings(of: id, connection), counting: .instances)
        self.keys = keys
        self.imports = imports
        fileName = try connection.row("SELECT file FROM weir_imports WHERE log = ? ORDER BY id", [SQLValue(id)])?[0].text ?? ""
    }
}

/// A log that grows by an extract, and what of its rows has to be written.
private struct Growth {
    let log: EventLog
    /// What each file brought.
    private(set) var added: [Workspace.Import]
    private let keys: [UInt32]
    private let imports: [UInt32]
    /// Cases that were stored and whose attributes changed, by their numbers.
    private let changed: [Int]
    /// Whether the columns of the tables are not those of the stored log: the rows are written anew then.
    private let isReshaped: Bool
    private let storedCases: Int
    private let storedEvents: Int

    /// - Parameter number: the number of the first file's import; those of the others follow.
    init(_ stored: StoredLog?, _ extract: Workspace.Extract, import number: Int) {
        let later = extract.log.counted(as: .instances)
        let files = later.columns.files
        let fileOf = later.columns.row.map { row in
            UInt32(files.isEmpty ? 0 : files.lastIndex { $0.rowsBefore < Int(row) } ?? 0)
        }
        var read = [Int](repeating: 0, count: extract.files.count)
        for file in fileOf { read[Int(file)] += 1 }
        added = zip(extract.files, read).map { file, read in
            Workspace.Import(file: file, eventsRead: read, eventsAdded: 0, casesAdded: 0, casesChanged: 0)
        }
        storedCases = stored?.log.columns.caseCount ?? 0
        storedEvents = stored?.keys.count ?? 0
        guard let stored else {
            log = later
            keys = (0..<UInt32(later.columns.count)).map { $0 + 1 }
            imports = fileOf.map { UInt32(number) + $0 }
            changed = []
            isReshaped = false
            countNew(from: number)
            return
        }
        let union = LogUnion(
            stored.log, later, names: (stored.fileName, extract.files[0].name), tellsLevels: extract.tellsLevels)
        log = union.log
        var nextKey = stored.keys.max() ?? 0
        // New events get their keys in the order of the extract, whatever their places among the known ones.
        var fresh = union.origins.enumerated().filter { Int($0.element) >= union.knownCount }
        fresh.sort { $0.element < $1.element }
        var newKeys = [UInt32](repeating: 0, count: union.origins.count)
        for (place, _) in fresh {
            nextKey += 1
            newKeys[place] = nextKey
        }
        var newImports = [UInt32](repeating: 0, count: union.origins.count)
        for (place, origin) in union.origins.enumerated() {
            if Int(origin) < union.knownCount {
                newKeys[place] = stored.keys[Int(origin)]
                newImports[place] = stored.imports[Int(origin)]
            } else {
                newImports[place] = UInt32(number) + fileOf[Int(origin) - union.knownCount]
            }
        }
        keys = newKeys
        imports = newImports
        changed = union.changedCases.compactMap { union.log.columns.caseNames.find(later.columns.caseNames[$0]).map { Int($0) } }.sorted()
        isReshaped = !Self.haveSameAttributes(stored.log.columns, log.columns)
        countNew(from: number)
        for id in union.changedCases {
            // A changed case counts for the last file that has one of its events.
            let events = later.columns.caseOffsets[Int(id)]..<later.columns.caseOffsets[Int(id) + 1]
            added[Int(events.map { fileOf[$0] }.max() ?? 0)].casesChanged += 1
        }
    }

    /// Counts the new events and cases of each file; a case counts for the file of its first event.
    private mutating func countNew(from number: Int) {
        for item in imports where Int(item) >= number { added[Int(item) - number].eventsAdded += 1 }
        for index in storedCases..<log.columns.caseCount {
            let events = log.columns.caseOffsets[index]..<log.columns.caseOffsets[index + 1]
            let earliest = events.min { keys[$0] < keys[$1] } ?? events.lowerBound
            added[Int(imports[earliest]) - number].casesAdded += 1
        }
    }

    private static func haveSameAttributes(_ one: EventColumns, _ other: EventColumns) -> Bool {
        func keys(_ columns: [AttributeColumn]) -> [String] { columns.map { "\($0.type.rawValue) \($0.name)" } }
        return keys(one.attributes) == keys(other.attributes) && keys(one.caseAttributes) == keys(other.caseAttributes)
    }

    /// Writes what changed of the log.
    func write(to id: Int, _ stored: StoredLog?, _ connection: DatabaseConnection, _ monitor: some WorkMonitor) throws {
        let columns = log.columns.parts
        let tables = LogTables(log: id)
        let isAnew = stored == nil || isReshaped
        if isAnew {
            try connection.execute("DROP VIEW IF EXISTS cases; DROP VIEW IF EXISTS events")
            try tables.release(connection)
            try tables.drop(connection)
            try tables.create(columns, connection)
        } else {
            try tables.release(connection)
            try tables.update(cases: changed, columns, connection)
        }
        var done = 0
        let total = log.columns.caseCount + log.columns.count
        let count = {
            done += 1
            if done & 0x1FFF == 0 {
                try monitor.checkCancellation()
                monitor.progress(.writing, fraction: Double(done) / Double(max(1, total)), events: done)
            }
        }
        try tables.insert(cases: (isAnew ? 0 : storedCases)..<log.columns.caseCount, columns, connection, count)
        var caseOf: [UInt32] = []
        caseOf.reserveCapacity(columns.time.count)
        for index in 0..<log.columns.caseCount {
            caseOf += repeatElement(UInt32(index), count: columns.caseOffsets[index + 1] - columns.caseOffsets[index])
        }
        // Keys grow with the rows, so those behind the stored ones are the new events.
        let oldest = isAnew ? 0 : UInt32(storedEvents)
        let places = keys.indices.filter { keys[$0] > oldest }.sorted { keys[$0] < keys[$1] }
        try tables.insert(events: places, columns, keys: keys, imports: imports, cases: caseOf, connection, count)
        try tables.guardRows(connection)
        try writeColumns(columns, id, connection)
        try writeDescription(log, id, connection)
    }

    private func writeColumns(_ columns: EventColumns.Parts, _ id: Int, _ connection: DatabaseConnection) throws {
        try connection.execute("DELETE FROM weir_columns WHERE log = ?", [SQLValue(id)])
        let statement = try connection.statement("INSERT INTO weir_columns(log, name, piece, data) VALUES(?, ?, ?, ?)")
        let size = 1 << 26
        for (name, bytes) in try LogArchive(columns, keys: keys, imports: imports).pieces {
            try bytes.withUnsafeBytes { bytes in
                var start = 0
                var piece: Int64 = 0
                repeat {
                    let end = min(bytes.count, start + size)
                    statement.bind(0, Int64(id))
                    statement.bind(1, text: name)
                    statement.bind(2, piece)
                    statement.bind(3, blob: UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
                    try statement.run()
                    start = end
                    piece += 1
                } while start < bytes.count
            }
        }
    }

    private func writeDescription(_ log: EventLog, _ id: Int, _ connection: DatabaseConnection) throws {
        try connection.execute("DELETE FROM weir_attributes WHERE log = ?", [SQLValue(id)])
        for (level, columns) in [(AttributeLevel.case, log.columns.caseAttributes), (.event, log.columns.attributes)] {
            let shown = LogViews.shownNames(columns, level: level)
            for (place, column) in columns.enumerated() {
                try connection.execute(
                    "INSERT INTO weir_attributes(log, level, place, name, type, shown) VALUES(?, ?, ?, ?, ?, ?)",
                    [
                        SQLValue(id), .text(level.rawValue), SQLValue(place), .text(column.name), .text(column.type.rawValue),
                        .text(shown[place]),
                    ])
            }
        }
        try connection.execute("DELETE FROM weir_findings WHERE log = ?", [SQLValue(id)])
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        for (place, finding) in log.sourceFindings.enumerated() {
            let examples = String(decoding: try encoder.encode(finding.examples), as: UTF8.self)
            try connection.execute(
                "INSERT INTO weir_findings(log, place, rule, severity, count, detail, examples) VALUES(?, ?, ?, ?, ?, ?, ?)",
                [
                    SQLValue(id), SQLValue(place), .text(finding.rule.rawValue), .text(finding.severity.rawValue), SQLValue(finding.count),
                    SQLValue(finding.detail), .text(examples),
                ])
        }
    }
}
