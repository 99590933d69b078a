import Instants
import Yams

/// Which columns of a table play which role, and how the table is written: a map file, or what was recognised.
package struct ColumnMapping: Codable, Sendable, Equatable {
    /// The column of the case.
    package var `case`: String?
    /// The column of the activity.
    package var activity: String?
    /// The column of the time of completion.
    package var timestamp: String?
    /// The column of its time of day, where ``timestamp`` has the day alone.
    package var timestampClock: String?
    /// The column of the start.
    package var start: String?
    /// The column of the start's time of day, where ``start`` has the day alone.
    package var startClock: String?
    /// The column of who did it.
    package var resource: String?
    /// The column of their role.
    package var role: String?
    /// The column of their department.
    package var department: String?
    /// The column of the lifecycle transition.
    package var lifecycle: String?
    /// The column of costs.
    package var cost: String?
    /// How times are written: a pattern such as `dd.MM.yyyy HH:mm`, `ISO 8601`, `unix`, `unix_ms` or `unix_us`.
    package var format: String?
    /// The zone of times without an offset.
    package var timezone: String?
    /// The encoding of the file.
    package var encoding: String?
    /// What separates fields: one ASCII character, or `tab`.
    package var delimiter: String?

    /// A map that says nothing.
    package init() {}

    /// The map in the YAML text of a map file.
    ///
    /// - Throws: ``InputError`` with the line for text that is no mapping of texts, and for unknown keys with the nearest known one.
    package init(yaml: String, fileName: String) throws(InputError) {
        let node: Node?
        do {
            node = try Yams.compose(yaml: yaml)
        } catch let error as YamlError {
            throw Self.syntaxError(error, fileName)
        } catch {
            throw InputError(file: fileName, .mapSyntax("\(error)"))
        }
        guard let node, !(node.scalar?.string.isEmpty ?? false) else { return }
        guard let mapping = node.mapping else {
            throw InputError(file: fileName, line: node.mark?.line, column: node.mark?.column, .mapSyntax("keys and values are expected"))
        }
        var seen: Set<String> = []
        for (key, value) in mapping {
            let name = key.scalar?.string ?? ""
            guard let path = Self.paths.first(where: { $0.key == name })?.path else {
                throw InputError(
                    file: fileName, line: key.mark?.line, column: key.mark?.column, .mapUnknownKey(name, suggestion: Self.nearest(name)))
            }
            if let clock = Self.clocks.first(where: { $0.key == name })?.path, let parts = value.sequence, seen.insert(name).inserted {
                let texts = parts.compactMap { $0.scalar?.string }.filter { !$0.isEmpty }
                guard texts.count == 2, parts.count == 2 else {
                    throw InputError(file: fileName, line: value.mark?.line, column: value.mark?.column, .mapValue(key: name))
                }
                self[keyPath: path] = texts[0]
                self[keyPath: clock] = texts[1]
                continue
            }
            guard let text = value.scalar?.string, !text.isEmpty, seen.insert(name).inserted else {
                throw InputError(file: fileName, line: value.mark?.line ?? key.mark?.line, column: value.mark?.column, .mapValue(key: name))
            }
            self[keyPath: path] = text
        }
        if let delimiter, Self.delimiterByte(delimiter) == nil { throw InputError(file: fileName, .mapValue(key: "delimiter")) }
    }

    /// The map as the text of a map file; columns without a role are left out.
    package var yaml: String {
        Self.paths.compactMap { key, path -> String? in
            guard let column = self[keyPath: path] else { return nil }
            let clock = Self.clocks.first { $0.key == key }.flatMap { self[keyPath: $0.path] }
            return "\(key): " + (clock.map { "[\(Self.quoted(column)), \(Self.quoted($0))]" } ?? Self.quoted(column)) + "\n"
        }.joined()
    }

    /// The column of a role.
    package subscript(role: ColumnRole) -> String? {
        get { self[keyPath: Self.path(of: role)] }
        set { self[keyPath: Self.path(of: role)] = newValue }
    }

    /// The byte that a delimiter's text stands for: one ASCII character, `tab` or `\t`; `nil` for anything else, and for quotes and
    /// line breaks.
    package static func delimiterByte(_ text: String) -> UInt8? {
        if text == "tab" || text == "\\t" { return 0x09 }
        guard text.utf8.count == 1, let byte = text.utf8.first, byte < 0x80, byte >= 0x20 || byte == 0x09, byte != UInt8(ascii: "\"") else {
            return nil
        }
        return byte
    }

    private static var paths: [(key: String, path: WritableKeyPath<ColumnMapping, String?>)] {
        [
            ("case", \.case), ("activity", \.activity), ("timestamp", \.timestamp), ("start", \.start), ("resource", \.resource),
            ("role", \.role), ("department", \.department), ("lifecycle", \.lifecycle), ("cost", \.cost), ("format", \.format),
            ("timezone", \.timezone), ("encoding", \.encoding), ("delimiter", \.delimiter),
        ]
    }

    /// The keys that take a column of days and one of times of day.
    private static var clocks: [(key: String, path: WritableKeyPath<ColumnMapping, String?>)] {
        [("timestamp", \.timestampClock), ("start", \.startClock)]
    }

    /// The column of the time of day of a role.
    package subscript(clockOf role: ColumnRole) -> String? {
        get { role == .timestamp ? timestampClock : role == .start ? startClock : nil }
        set { if role == .timestamp { timestampClock = newValue } else if role == .start { startClock = newValue } }
    }

    private static func path(of role: ColumnRole) -> WritableKeyPath<ColumnMapping, String?> {
        switch role {
        case .caseID: \.case
        case .activity: \.activity
        case .timestamp: \.timestamp
        case .start: \.start
        case .resource: \.resource
        case .role: \.role
        case .department: \.department
        case .lifecycle: \.lifecycle
        case .cost: \.cost
        }
    }

    private static func nearest(_ key: String) -> String {
        let wanted = Array(key.lowercased().utf8.prefix(64))
        let ranked = paths.map { ($0.key, editDistance(wanted, Array($0.key.utf8))) }
        return ranked.min { $0.1 < $1.1 }?.0 ?? "case"
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                result += "\\x" + (digits.count == 1 ? "0" : "") + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    private static func syntaxError(_ error: YamlError, _ file: String) -> InputError {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _):
            InputError(file: file, line: mark.line, column: mark.column, .mapSyntax(problem))
        case .reader(let problem, _, _, _): InputError(file: file, .mapSyntax(problem))
        default: InputError(file: file, .mapSyntax("\(error)"))
        }
    }
}
