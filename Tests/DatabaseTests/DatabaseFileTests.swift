import Database
import Foundation
import Testing

/// A folder that goes with the test.
private final class Folder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "weir-database-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    func path(_ name: String) -> String { url.appending(path: name).path }

    deinit { try? FileManager.default.removeItem(at: url) }
}

private let layout = DatabaseLayout(
    applicationID: 0x5445_5354,
    steps: [
        "CREATE TABLE things(id INTEGER PRIMARY KEY, name TEXT); CREATE INDEX names ON things(name)",
        "ALTER TABLE things ADD COLUMN size REAL",
    ])

@Suite("Database files")
struct DatabaseFileTests {
    @Test("A file is made, brought up to date step by step, and found again")
    func layoutSteps() throws {
        let folder = try Folder()
        let path = folder.path("a.sqlite")
        let older = DatabaseLayout(applicationID: layout.applicationID, steps: [layout.steps[0]])
        do {
            let file = try DatabaseFile(path: path, layout: older, access: .creating)
            try file.write { try $0.execute("INSERT INTO things(name) VALUES('one')") }
        }
        let file = try DatabaseFile(path: path, layout: layout, access: .writing)
        try file.write { try $0.execute("UPDATE things SET size = 1.5") }
        let rows = try DatabaseFile(path: path, layout: layout, access: .reading).read { try $0.rows("SELECT * FROM things") }
        #expect(rows == [[.integer(1), .text("one"), .real(1.5)]])
        #expect(try file.damages().isEmpty)
        // The older program does not touch what the newer one wrote.
        #expect(throws: DatabaseProblem.newer(found: 2, known: 1)) { _ = try DatabaseFile(path: path, layout: older, access: .writing) }
    }

    @Test("What is no file of ours is refused and not changed")
    func refusals() throws {
        let folder = try Folder()
        #expect(throws: DatabaseProblem.missing) { _ = try DatabaseFile(path: folder.path("none"), layout: layout, access: .writing) }
        #expect(throws: DatabaseProblem.isFolder) { _ = try DatabaseFile(path: folder.url.path, layout: layout, access: .creating) }
        let text = folder.path("text.sqlite")
        try Data("case,activity\n1,A\n".utf8).write(to: URL(filePath: text))
        #expect(throws: DatabaseProblem.notADatabase) { _ = try DatabaseFile(path: text, layout: layout, access: .creating) }
        let foreign = folder.path("foreign.sqlite")
        let other = DatabaseLayout(applicationID: 7, steps: ["CREATE TABLE invoices(id)"])
        do { _ = try DatabaseFile(path: foreign, layout: other, access: .creating) }
        let before = try Data(contentsOf: URL(filePath: foreign))
        for access in [DatabaseFile.Access.reading, .writing, .creating] {
            #expect(throws: DatabaseProblem.foreign(applicationID: 7, tables: ["invoices"])) {
                _ = try DatabaseFile(path: foreign, layout: layout, access: access)
            }
        }
        #expect(try Data(contentsOf: URL(filePath: foreign)) == before)
        // An empty file is as good as none.
        let empty = folder.path("empty.sqlite")
        try Data().write(to: URL(filePath: empty))
        _ = try DatabaseFile(path: empty, layout: layout, access: .creating)
    }

    #if os(Linux)
        /// Whether this process holds a lock on a file (proc_locks(5)).
        private static func isLocked(_ path: String) throws -> Bool {
            let inode = try #require(try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int)
            let locks = try String(contentsOfFile: "/proc/locks", encoding: .utf8)
            return locks.split(separator: "\n").contains { line in
                let parts = line.split(separator: " ")
                return parts.contains("\(ProcessInfo.processInfo.processIdentifier)") && parts.contains { $0.hasSuffix(":\(inode)") }
            }
        }

        @Test("Opening a file again keeps the lock by which other processes see that it is in use, or a log of theirs would be lost")
        func lockWhileOpen() throws {
            let folder = try Folder()
            let path = folder.path("a.sqlite")
            do { _ = try DatabaseFile(path: path, layout: layout, access: .creating) }
            let first = try DatabaseFile(path: path, layout: layout, access: .reading)
            _ = try first.read { try $0.rows("SELECT * FROM things") }
            #expect(try Self.isLocked(path))
            let second = try DatabaseFile(path: path, layout: layout, access: .creating)
            try second.write { try $0.execute("INSERT INTO things(name) VALUES('one')") }
            #expect(try Self.isLocked(path))
            #expect(try first.read { try $0.rows("SELECT name FROM things") } == [[.text("one")]])
        }
    #endif

    @Test("A transaction that throws leaves nothing behind")
    func rollback() throws {
        struct Stop: Error {}
        let folder = try Folder()
        let file = try DatabaseFile(path: folder.path("a.sqlite"), layout: layout, access: .creating)
        #expect(throws: Stop.self) {
            try file.write { connection in
                try connection.execute("INSERT INTO things(name) VALUES('one')")
                throw Stop()
            }
        }
        #expect(try file.read { try $0.rows("SELECT * FROM things") }.isEmpty)
    }

    @Test("No room: the error says so and the file stays what it was")
    func full() throws {
        let folder = try Folder()
        let file = try DatabaseFile(path: folder.path("a.sqlite"), layout: layout, access: .creating, pageLimit: 20)
        try file.write { try $0.execute("INSERT INTO things(name) VALUES('kept')") }
        #expect(throws: DatabaseProblem.full) {
            try file.write { connection in
                let statement = try connection.statement("INSERT INTO things(name) VALUES(?)")
                for _ in 0..<200 {
                    statement.bind(0, text: String(repeating: "x", count: 4_000))
                    try statement.run()
                }
            }
        }
        #expect(try file.read { try $0.rows("SELECT name FROM things") } == [[.text("kept")]])
        #expect(try file.damages().isEmpty)
    }

    @Test("A second writer is told when it has waited long enough; readers are not disturbed")
    func locking() throws {
        let folder = try Folder()
        let path = folder.path("a.sqlite")
        let first = try DatabaseFile(path: path, layout: layout, access: .creating)
        let second = try DatabaseFile(path: path, layout: layout, access: .writing, wait: 0.05)
        let reader = try DatabaseFile(path: path, layout: layout, access: .reading)
        try first.write { connection in
            try connection.execute("INSERT INTO things(name) VALUES('one')")
            #expect(throws: DatabaseProblem.busy) { try second.write { try $0.execute("DELETE FROM things") } }
            #expect(try reader.read { try $0.rows("SELECT * FROM things") }.isEmpty)
        }
        #expect(try reader.read { try $0.rows("SELECT name FROM things") } == [[.text("one")]])
        try second.write { try $0.execute("DELETE FROM things") }
    }

    @Test("Every kind of value comes back as it went in")
    func values() throws {
        let folder = try Folder()
        let file = try DatabaseFile(path: folder.path("a.sqlite"), layout: layout, access: .creating)
        let texts = ["", "a\0b", "采购", "'; DROP TABLE things; --"]
        try file.write { connection in
            let statement = try connection.statement("INSERT INTO things(name, size) VALUES(?, ?)")
            for text in texts {
                statement.bind(0, text: text)
                statement.bind(1, 0.1)
                try statement.run()
            }
            for text in texts {
                try text.utf8CString.withUnsafeBytes { bytes in
                    statement.bind(0, text: UnsafeRawBufferPointer(rebasing: bytes.dropLast()))
                    statement.bindNull(1)
                    try statement.run()
                }
            }
        }
        var rows: [[SQLValue]] = []
        try file.query("SELECT name, size FROM things ORDER BY id", columns: { _ in }, row: { rows.append($0) }, keepGoing: {})
        #expect(rows.map { $0[0].text } == texts + texts)
        #expect(rows.map { $0[1] } == [SQLValue](repeating: .real(0.1), count: 4) + [SQLValue](repeating: .null, count: 4))
    }
}

@Suite("Queries that can only read")
struct GuardedQueryTests {
    private func rows(_ sql: String, _ file: DatabaseFile) throws -> [[SQLValue]] {
        var rows: [[SQLValue]] = []
        try file.query(sql, columns: { _ in }, row: { rows.append($0) }, keepGoing: {})
        return rows
    }

    @Test("Questions are answered")
    func reading() throws {
        let folder = try Folder()
        let path = folder.path("a.sqlite")
        let file = try DatabaseFile(path: path, layout: layout, access: .creating)
        try file.write { try $0.execute("INSERT INTO things(name) VALUES('one'), ('two')") }
        let reader = try DatabaseFile(path: path, layout: layout, access: .reading)
        for file in [file, reader] {
            #expect(try rows("SELECT count(*), max(name) FROM things", file) == [[.integer(2), .text("two")]])
            #expect(
                try rows("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9) SELECT sum(i) FROM n;", file) == [
                    [.integer(45)]
                ])
            #expect(try rows("EXPLAIN QUERY PLAN SELECT * FROM things -- why", file).count == 1)
            #expect(try rows("PRAGMA table_info(things)", file).count == 3)
            #expect(try rows("PRAGMA user_version", file) == [[.integer(2)]])
        }
    }

    @Test(
        "Whatever else the SQL says is refused, and nothing changes",
        arguments: [
            "INSERT INTO things(name) VALUES('x')", "UPDATE things SET name = 'x'", "DELETE FROM things", "DROP TABLE things",
            "CREATE TABLE more(x)", "CREATE TEMP TABLE more(x)", "CREATE VIEW v AS SELECT 1", "ALTER TABLE things RENAME TO others",
            "REPLACE INTO things(id, name) VALUES(1, 'x')", "WITH a AS (SELECT 1) INSERT INTO things(name) SELECT 'x' FROM a",
            "VACUUM", "VACUUM INTO 'copy.sqlite'", "ATTACH 'other.sqlite' AS other", "DETACH main", "BEGIN", "COMMIT", "SAVEPOINT a",
            "PRAGMA user_version = 9", "PRAGMA writable_schema = ON", "PRAGMA journal_mode = DELETE", "PRAGMA query_only = 0",
            "PRAGMA wal_checkpoint(TRUNCATE)", "PRAGMA optimize", "PRAGMA secure_delete = 0", "REINDEX", "ANALYZE",
            "SELECT load_extension('x')", "INSERT INTO things(name) VALUES('x') RETURNING id", "SELECT 1; DELETE FROM things",
        ])
    func writing(_ sql: String) throws {
        let folder = try Folder()
        let path = folder.path("a.sqlite")
        do {
            let file = try DatabaseFile(path: path, layout: layout, access: .creating)
            try file.write { try $0.execute("INSERT INTO things(name) VALUES('one')") }
        }
        for access in [DatabaseFile.Access.reading, .writing] {
            let before = try Data(contentsOf: URL(filePath: path))
            let file = try DatabaseFile(path: path, layout: layout, access: access)
            let problem = #expect(throws: DatabaseProblem.self) { _ = try rows(sql, file) }
            switch problem {
            case .statement(.writes), .statement(.several), .statement(.invalid): break
            default: Issue.record("\(sql) gave \(String(describing: problem))")
            }
            #expect(try file.read { try $0.rows("SELECT name FROM things") } == [[.text("one")]])
            #expect(try Data(contentsOf: URL(filePath: path)) == before)
        }
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.url.path).filter { !$0.hasPrefix("a.sqlite") }
        #expect(left.isEmpty)
    }

    @Test("What is no statement is told apart, with its place")
    func mistakes() throws {
        let folder = try Folder()
        let file = try DatabaseFile(path: folder.path("a.sqlite"), layout: layout, access: .creating)
        #expect(throws: DatabaseProblem.statement(.empty)) { _ = try rows("  -- nothing", file) }
        #expect(throws: DatabaseProblem.statement(.several)) { _ = try rows("SELECT 1; SELECT 2", file) }
        #expect(throws: DatabaseProblem.statement(.parameters)) { _ = try rows("SELECT ?", file) }
        #expect(throws: DatabaseProblem.statement(.invalid("near \"SELEC\": syntax error", offset: 2))) {
            _ = try rows("  SELEC * FROM things", file)
        }
    }

    @Test("A question without end can be stopped")
    func endless() throws {
        struct Stop: Error {}
        let folder = try Folder()
        let file = try DatabaseFile(path: folder.path("a.sqlite"), layout: layout, access: .creating)
        var calls = 0
        #expect(throws: Stop.self) {
            try file.query(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n", columns: { _ in }, row: { _ in },
                keepGoing: {
                    calls += 1
                    if calls > 3 { throw Stop() }
                })
        }
    }
}
