package import EventLogs
package import Foundation
package import LogFormats
package import Reports

/// Everything that is known about the quality of an opened log: what reading has found and what lint adds, the gravest first, then in
/// the order of the rules, each example with its line.
package struct DataQuality: Sendable {
    /// The findings.
    package let findings: [LogFinding]
    /// The log's name, as its places say it.
    package let name: String
    /// What the rows of the examples count.
    package let rowUnit: EventColumns.RowUnit

    /// The quality of a log.
    ///
    /// - Parameter more: findings of the caller's own.
    package init(of opened: OpenedLog, options: LogLint.Options = LogLint.Options(), more: [LogFinding] = []) {
        let log = opened.log
        let found = log.findings + LogLint(log, options: options).findings() + more
        self.init(found, name: opened.name, rowUnit: log.columns.rowUnit, locatedIn: opened.file)
    }

    /// Findings of any order about a file in which the lines of their rows are looked for.
    package init(_ findings: [LogFinding], name: String, rowUnit: EventColumns.RowUnit, locatedIn file: URL?) {
        self.init(Self.located(findings, rowUnit, file), name: name, rowUnit: rowUnit)
    }

    /// Findings in their order.
    package init(_ findings: [LogFinding], name: String, rowUnit: EventColumns.RowUnit) {
        let rules = LogFinding.Rule.allCases
        func place(_ finding: LogFinding) -> Int {
            let severity = finding.severity == .error ? 0 : finding.severity == .warning ? 1 : 2
            return severity * (rules.count + 1) + (rules.firstIndex(of: finding.rule) ?? rules.count)
        }
        let sorted = findings.enumerated().sorted { (place($0.element), $0.offset) < (place($1.element), $1.offset) }
        self.findings = sorted.map(\.element)
        self.name = name
        self.rowUnit = rowUnit
    }

    /// The findings with the lines in which their rows stand; where a file counts events, it is looked through for them.
    private static func located(_ findings: [LogFinding], _ unit: EventColumns.RowUnit, _ file: URL?) -> [LogFinding] {
        let rows = Set(findings.flatMap(\.examples).compactMap(\.row))
        let lines: [Int: Int]
        switch unit {
        case .line: lines = Dictionary(uniqueKeysWithValues: rows.map { ($0, $0) })
        case .event: lines = file.map { EventLines.lines(of: rows, contentsOf: $0) } ?? [:]
        }
        return findings.map { finding in
            var finding = finding
            for index in finding.examples.indices {
                if finding.examples[index].file != nil { continue }
                finding.examples[index].line = finding.examples[index].row.flatMap { lines[$0] }
            }
            return finding
        }
    }

    /// How many findings have that severity.
    package func count(_ severity: LogFinding.Severity) -> Int { findings.count { $0.severity == severity } }

    /// The findings in words.
    package func lint(_ language: Language) -> [LintEntry] {
        findings.map { LintEntry($0, name: name, rowUnit: rowUnit, language) }
    }
}

/// A finding about the data, in words: what `inspect` and `lint` print of it.
package struct LintEntry: Encodable, Sendable, Equatable {
    /// Where a finding applies.
    package struct Place: Encodable, Sendable, Equatable {
        /// The file's own name.
        package var file: String
        /// The line, from 1; `nil` where it is not known.
        package var line: Int?
        /// The number of the event in the file, from 1, where the format has events instead of rows.
        package var event: Int?
        /// The name or the value there; may be text from the log.
        package var text: String?
    }

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
    /// Up to five places or values, as `FILE:LINE: text`, `FILE: event N: text`, or the text alone.
    package var examples: [String]
    /// The same in parts.
    package var places: [Place]
    /// The rule in a few words.
    package var title: String
    /// Why it matters.
    package var why: String
    /// What to do.
    package var advice: String

    /// A finding in a language.
    package init(_ finding: LogFinding, name: String, rowUnit: EventColumns.RowUnit, _ language: Language) {
        let text = FindingText(finding)
        let about = RuleText(finding.rule)
        rule = finding.rule
        severity = finding.severity
        count = finding.count
        message = text.message(language)
        affects = text.affects
        title = about.title(language)
        why = about.why(language)
        advice = about.advice(language)
        places = finding.examples.map { example in
            Place(file: example.file ?? name, line: example.line, event: rowUnit == .event ? example.row : nil, text: example.text)
        }
        examples = places.map { place in
            let parts = [
                place.line.map { "\(place.file):\($0)" } ?? place.event.map { "\(place.file): event \($0)" }
                    ?? (place.file == name ? nil : place.file), place.text,
            ]
            return parts.compactMap(\.self).joined(separator: ": ")
        }
    }
}
