import Database

extension Workspace {
    /// What a gate held at one time, as its JSON document.
    package struct Baseline: Sendable, Equatable {
        /// The name of the checks' file.
        package var checks: String
        /// The log of this workspace that the figures are of; `nil` where they are of another file.
        package var log: String?
        /// The name of the input that the figures are of.
        package var input: String
        /// The version of the program that made them.
        package var version: String
        /// The document.
        package var text: String

        /// A baseline with these parts.
        package init(checks: String, log: String?, input: String, version: String, text: String) {
            self.checks = checks
            self.log = log
            self.input = input
            self.version = version
            self.text = text
        }
    }

    /// Keeps a baseline beside those that were kept before.
    ///
    /// - Throws: `WorkspaceProblem.noSuchLog` where the log is not there, `DatabaseProblem`.
    package func keep(_ baseline: Baseline) throws {
        try database.write { connection in
            let log = try baseline.log.map { try Self.number(of: $0, connection) }
            try connection.execute(
                "INSERT INTO weir_baselines(checks, log, input, version, baseline) VALUES(?, ?, ?, ?, ?)",
                [
                    .text(baseline.checks), log.map { SQLValue($0) } ?? .null, .text(baseline.input), .text(baseline.version),
                    .text(baseline.text),
                ])
        }
    }

    /// The baselines in the order in which they were kept.
    package func baselines() throws -> [Baseline] {
        try database.read { connection in
            // A file of an older layout has no table for them.
            let isThere = try connection.row("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'weir_baselines'") != nil
            if !isThere { return [] }
            return try connection.rows(
                """
                SELECT b.checks, l.name, b.input, b.version, b.baseline
                FROM weir_baselines b LEFT JOIN weir_logs l ON l.id = b.log ORDER BY b.id
                """
            ).map { row in
                Baseline(
                    checks: row[0].text ?? "", log: row[1].text, input: row[2].text ?? "", version: row[3].text ?? "",
                    text: row[4].text ?? "")
            }
        }
    }
}
