package import SyntheticLogs

/// Makes synthetic logs whose truth is known.
package enum Generate {
    /// What can be made.
    package struct Catalogue: Codable, Sendable, Equatable {
        /// The generators, by name.
        package var logs: [Entry]
    }

    /// One generator.
    package struct Entry: Codable, Sendable, Equatable {
        /// Its name.
        package var name: String
        /// Its variants; the first is the usual one.
        package var variants: [String]
        /// How many cases it makes when nobody says how many.
        package var cases: Int
    }

    /// What was made, and what is true of it.
    package struct Facts: Codable, Sendable, Equatable {
        /// The generator.
        package var name: String
        /// Its variant.
        package var variant: String
        /// How many cases the log has.
        package var cases: Int
        /// How many rows, each an activity instance.
        package var rows: Int
        /// What was planted.
        package var plantedFacts: [PlantedFact]
    }

    /// A log on its way into a file.
    package struct GeneratedLog: Sendable {
        /// What is true of it.
        package let facts: Facts
        private let log: SyntheticLog

        init(_ log: SyntheticLog) {
            self.log = log
            facts = Facts(
                name: log.name, variant: log.variant, cases: log.caseCount, rows: log.rowCount, plantedFacts: log.plantedFacts)
        }

        /// Writes the log as CSV, about a megabyte at a time.
        package func writeCSV(to write: (UnsafeRawBufferPointer) throws -> Void) rethrows {
            try log.writeCSV(to: write)
        }
    }

    /// All generators.
    package static func catalogue() -> Catalogue {
        Catalogue(logs: SyntheticLog.catalogue.map { Entry(name: $0.name, variants: $0.variants, cases: $0.defaultCases) })
    }

    /// Makes a log.
    ///
    /// - Parameters:
    ///   - name: a generator's name.
    ///   - variant: one of its variants; `nil` is the usual one.
    ///   - cases: how many; `nil` is the usual number.
    ///   - seed: the same seed gives the same log.
    /// - Throws: `SyntheticLogError` for a name, a variant or a number of cases that does not exist.
    package static func log(name: String, variant: String?, cases: Int?, seed: UInt64) throws -> GeneratedLog {
        GeneratedLog(try SyntheticLog.generate(name: name, variant: variant, cases: cases, seed: seed))
    }
}
