package import EventLogs
import Reports

/// What `inspect` says of a log: how much it holds, its attributes, how its columns were understood and what is wrong with it.
package struct Inspection: Encodable, Sendable {
    /// Counts, times and attributes.
    package var summary: LogSummary
    /// How the file was understood.
    package var source: SourceDescription
    /// What was found about the data: the gravest first, then in the order of the rules.
    package var lint: [LintEntry]

    private enum CodingKeys: String, CodingKey {
        case source, lint
    }

    /// The summary's keys, then how the file was understood, then the lint.
    package func encode(to encoder: any Encoder) throws {
        try summary.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(source, forKey: .source)
        try container.encode(lint, forKey: .lint)
    }
}
