package import Database

extension DatabaseLayout {
    /// The layout of workspaces: `Weir` in the header, and what each version added.
    ///
    /// A log's columns, from which it is opened, stand in `weir_columns`; its cases and events stand as ordinary rows in `log_N_cases` and
    /// `log_N_events`, and the views `cases` and `events` show those of all logs.
    package static let workspace = DatabaseLayout(
        applicationID: 0x5765_6972,
        steps: [
            """
            CREATE TABLE weir_logs(
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                name TEXT NOT NULL UNIQUE,
                case_count INTEGER NOT NULL,
                event_count INTEGER NOT NULL,
                first_timestamp TEXT,
                last_timestamp TEXT);
            CREATE TABLE weir_imports(
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                log INTEGER NOT NULL REFERENCES weir_logs(id) ON DELETE CASCADE,
                file TEXT NOT NULL,
                sha256 TEXT NOT NULL,
                parameters TEXT NOT NULL,
                version TEXT NOT NULL,
                shape TEXT REFERENCES weir_mappings(shape),
                events_read INTEGER NOT NULL,
                events_added INTEGER NOT NULL,
                cases_added INTEGER NOT NULL,
                cases_changed INTEGER NOT NULL);
            CREATE INDEX weir_imports_log ON weir_imports(log);
            CREATE INDEX weir_imports_shape ON weir_imports(shape);
            CREATE TABLE weir_findings(
                log INTEGER NOT NULL REFERENCES weir_logs(id) ON DELETE CASCADE,
                place INTEGER NOT NULL,
                rule TEXT NOT NULL,
                severity TEXT NOT NULL,
                count INTEGER NOT NULL,
                detail TEXT,
                examples TEXT NOT NULL,
                PRIMARY KEY(log, place)) WITHOUT ROWID;
            CREATE TABLE weir_attributes(
                log INTEGER NOT NULL REFERENCES weir_logs(id) ON DELETE CASCADE,
                level TEXT NOT NULL,
                place INTEGER NOT NULL,
                name TEXT NOT NULL,
                type TEXT NOT NULL,
                shown TEXT NOT NULL,
                PRIMARY KEY(log, level, place)) WITHOUT ROWID;
            CREATE TABLE weir_columns(
                id INTEGER PRIMARY KEY,
                log INTEGER NOT NULL REFERENCES weir_logs(id) ON DELETE CASCADE,
                name TEXT NOT NULL,
                piece INTEGER NOT NULL,
                data BLOB NOT NULL,
                UNIQUE(log, name, piece));
            CREATE TABLE weir_mappings(
                shape TEXT PRIMARY KEY,
                file TEXT NOT NULL,
                mapping TEXT NOT NULL) WITHOUT ROWID;
            CREATE TABLE weir_runs(
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                log INTEGER NOT NULL REFERENCES weir_logs(id) ON DELETE CASCADE,
                verb TEXT NOT NULL,
                name TEXT,
                result TEXT NOT NULL);
            CREATE INDEX weir_runs_log ON weir_runs(log);
            CREATE VIEW attributes AS
                SELECT l.name AS log, a.level, a.name, a.type, a.shown AS "column"
                FROM weir_attributes a JOIN weir_logs l ON l.id = a.log;
            CREATE VIEW logs AS
                SELECT name AS log, case_count AS cases, event_count AS events, first_timestamp, last_timestamp FROM weir_logs;
            CREATE VIEW imports AS
                SELECT l.name AS log, i.file, i.sha256, i.parameters, i.version, i.events_read, i.events_added, i.cases_added,
                    i.cases_changed
                FROM weir_imports i JOIN weir_logs l ON l.id = i.log;
            CREATE VIEW runs AS
                SELECT r.id AS run, l.name AS log, r.verb, r.name, r.result FROM weir_runs r JOIN weir_logs l ON l.id = r.log;
            """,
            """
            CREATE TABLE weir_baselines(
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                checks TEXT NOT NULL,
                log INTEGER REFERENCES weir_logs(id) ON DELETE CASCADE,
                input TEXT NOT NULL,
                version TEXT NOT NULL,
                baseline TEXT NOT NULL);
            CREATE INDEX weir_baselines_log ON weir_baselines(log);
            CREATE VIEW baselines AS
                SELECT b.id AS number, b.checks, l.name AS log, b.input, b.version, b.baseline
                FROM weir_baselines b LEFT JOIN weir_logs l ON l.id = b.log;
            """,
        ])
}
