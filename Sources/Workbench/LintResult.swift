package import EventLogs
package import Reports

/// What `lint` says of a log: every finding about its data, and how many there are of each weight.
package struct LintResult: Encodable, Sendable {
    /// Cases that were looked at.
    package var cases: Int
    /// Recorded events that were looked at.
    package var events: Int
    /// Findings at error level, accepted ones too.
    package var errors: Int
    /// Findings at warning level.
    package var warnings: Int
    /// Findings that are only worth knowing.
    package var notes: Int
    /// Rules at error level that the user accepted, in the order of the rules.
    package var accepted: [LogFinding.Rule]
    /// The findings: the gravest first, then in the order of the rules.
    package var lint: [LintEntry]

    /// The result for a log with that quality.
    package init(_ quality: DataQuality, of opened: OpenedLog, language: Language) {
        cases = opened.log.caseCount
        events = opened.log.eventCount
        errors = quality.count(.error)
        warnings = quality.count(.warning)
        notes = quality.count(.info)
        lint = quality.lint(language)
        let grave = Set(quality.findings.filter { $0.severity == .error }.map(\.rule))
        accepted = LogFinding.Rule.allCases.filter { grave.contains($0) && opened.accepted.contains($0) }
    }

    /// Whether an error is left that nobody accepted.
    package var isVetoed: Bool { lint.contains { $0.severity == .error && !accepted.contains($0.rule) } }
}
