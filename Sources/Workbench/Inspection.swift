package import EventLogs
package import Reports

/// What `inspect` says of a log: how much it holds, its attributes, how its columns were understood and what is wrong with it.
package struct Inspection: Encodable, Sendable {
    /// A finding about the data, in words.
    package struct Lint: Encodable, Sendable, Equatable {
        /// The rule's stable id.
        package var rule: LogFinding.Rule
        /// How much it matters.
        package var severity: LogFinding.Severity
        /// How often it applies.
        package var count: Int
        /// What it says.
        package var message: String
        /// The analyses it touches, by stable id.
        package var affects: [FindingText.Analysis]
        /// Up to five places or values.
        package var examples: [String]

        /// A finding in a language.
        package init(_ finding: LogFinding, _ language: Language) {
            let text = FindingText(finding)
            rule = finding.rule
            severity = finding.severity
            count = finding.count
            message = text.message(language)
            affects = text.affects
            examples = finding.examples
        }
    }

    /// Counts, times and attributes.
    package var summary: LogSummary
    /// How the file was understood.
    package var source: SourceDescription
    /// What was found about the data: the gravest first, then in the order of the rules.
    package var lint: [Lint]

    /// The inspection of a log.
    package init(of log: EventLog, source: SourceDescription, language: Language) {
        summary = LogSummary(of: log)
        self.source = source
        let rules = LogFinding.Rule.allCases
        func place(_ finding: LogFinding) -> Int {
            let severity = finding.severity == .error ? 0 : finding.severity == .warning ? 1 : 2
            return severity * (rules.count + 1) + (rules.firstIndex(of: finding.rule) ?? rules.count)
        }
        let sorted = summary.findings.enumerated().sorted { left, right in
            (place(left.element), left.offset) < (place(right.element), right.offset)
        }
        lint = sorted.map { Lint($0.element, language) }
    }

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
