package import EventLogs

/// Findings about a log's data in SARIF 2.1.0 (OASIS, 2020), the form in which code hosts and editors read the results of linters.
///
/// One result per finding, with every rule that can break described in the driver. Places are the file's own name and lines; the
/// first is where the result stands, the others are related. Nothing in it depends on the clock or the machine.
package struct SARIFReport: Sendable {
    /// The tool's version.
    package var version: String
    /// The log: the file's own name and the SHA-256 of its bytes.
    package var input: Provenance.Input
    /// The findings, the gravest first.
    package var findings: [LogFinding]
    /// Rules whose findings the user accepted: their results are suppressed.
    package var accepted: Set<LogFinding.Rule>
    /// What the findings' rows count, where they have no line.
    package var rowUnit: EventColumns.RowUnit
    /// The language of messages.
    package var language: Language

    /// A report of these parts.
    package init(
        version: String, input: Provenance.Input, findings: [LogFinding], accepted: Set<LogFinding.Rule> = [],
        rowUnit: EventColumns.RowUnit, language: Language
    ) {
        self.version = version
        self.input = input
        self.findings = findings
        self.accepted = accepted
        self.rowUnit = rowUnit
        self.language = language
    }

    /// The JSON text, ending with a newline.
    package var json: String {
        let rules = LogFinding.Rule.allCases
        let driver = object([
            ("name", text("weir")), ("semanticVersion", text(version)), ("version", text(version)),
            ("rules", list(rules.map(describe))),
        ])
        let run = object([
            ("tool", object([("driver", driver)])),
            ("language", text(language == .zh ? "zh-CN" : "en-US")),
            ("columnKind", text("unicodeCodePoints")),
            (
                "artifacts",
                list([object([("location", location(of: input.name)), ("hashes", object([("sha-256", text(input.sha256))]))])])
            ),
            ("results", list(findings.map { result($0, index: rules.firstIndex(of: $0.rule) ?? 0) })),
        ])
        let root = object([
            ("$schema", text("https://json.schemastore.org/sarif-2.1.0.json")), ("version", text("2.1.0")), ("runs", list([run])),
        ])
        var writer = JSONWriter(pretty: true)
        writer.write(root, level: 0)
        writer.bytes.append(UInt8(ascii: "\n"))
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private func describe(_ rule: LogFinding.Rule) -> JSONNode {
        let words = RuleText(rule)
        return object([
            ("id", text(rule.rawValue)), ("name", text(Self.camelCase(rule.rawValue))),
            ("shortDescription", object([("text", text(words.title(language)))])),
            ("fullDescription", object([("text", text(words.why(language)))])),
            ("help", object([("text", text(words.advice(language)))])),
        ])
    }

    private func result(_ finding: LogFinding, index: Int) -> JSONNode {
        let words = FindingText(finding)
        let level =
            switch finding.severity {
            case .error: "error"
            case .warning: "warning"
            case .info: "note"
            }
        let shown = words.examples(language, rows: rowUnit)
        let placed = zip(finding.examples, shown).filter { $0.0.line != nil }.map { place($0.0.line, of: $0.0.file, message: $0.1) }
        var members: [(String, JSONNode)] = [
            ("ruleId", text(finding.rule.rawValue)), ("ruleIndex", number(index)), ("level", text(level)),
            ("message", object([("text", text(words.message(language)))])),
            ("locations", list([placed.first ?? place(nil, message: nil)])),
        ]
        if placed.count > 1 { members.append(("relatedLocations", list(Array(placed.dropFirst())))) }
        if finding.count > 0 { members.append(("occurrenceCount", number(finding.count))) }
        members.append(
            ("partialFingerprints", object([("weirFinding/v1", text(finding.rule.rawValue + (finding.detail.map { ":\($0)" } ?? "")))])))
        if accepted.contains(finding.rule) && finding.severity == .error {
            members.append(("suppressions", list([object([("kind", text("external")), ("justification", text("--accept"))])])))
        }
        members.append(
            (
                "properties",
                object([
                    ("count", number(finding.count)), ("affects", list(words.affects.map { text($0.rawValue) })),
                    ("examples", list(shown.map(text))),
                ])
            ))
        return object(members)
    }

    private func place(_ line: Int?, of file: String? = nil, message: String?) -> JSONNode {
        var physical: [(String, JSONNode)] = [("artifactLocation", location(of: file ?? input.name))]
        if let line { physical.append(("region", object([("startLine", number(line))]))) }
        var members: [(String, JSONNode)] = [("physicalLocation", object(physical))]
        if let message { members.append(("message", object([("text", text(message))]))) }
        return object(members)
    }

    /// The file by its own name, as a relative reference (RFC 3986).
    private func location(of file: String) -> JSONNode {
        var uri = ""
        for byte in file.utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
                uri.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                uri += "%" + (digits.count == 1 ? "0" : "") + digits
            }
        }
        return object([("uri", text(uri))])
    }

    /// `missing-time` as `MissingTime`.
    private static func camelCase(_ id: String) -> String {
        id.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    private func object(_ members: [(String, JSONNode)]) -> JSONNode { node(.object(members.map { (key: $0.0, node: $0.1) })) }
    private func list(_ nodes: [JSONNode]) -> JSONNode { node(.list(nodes)) }
    private func text(_ text: String) -> JSONNode { node(.text(text)) }
    private func number(_ number: Int) -> JSONNode { node(.literal(String(number))) }

    private func node(_ content: JSONNode.Content) -> JSONNode {
        let node = JSONNode()
        node.content = content
        return node
    }
}
