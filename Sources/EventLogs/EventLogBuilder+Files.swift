import Instants

extension EventLogBuilder {
    /// Puts together what several files hold: the same case in two files is one case, and cases keep the order in which the files first name
    /// them.
    ///
    /// Columns are united by role, attributes by name, level and type, costs by their role. Events that several files hold, equal in
    /// everything, count once; what one file holds twice, it holds twice. Where files differ in an attribute of a case, the later one counts.
    ///
    /// - Parameters:
    ///   - files: the files' names and events; not empty.
    ///   - widensNumbers: whether whole numbers become decimals where another file has decimals under the same name.
    package init(joining files: consuming [(name: String, builder: EventLogBuilder)], widensNumbers: Bool) {
        precondition(!files.isEmpty, "a log comes from a file")
        self.init()
        let names = files.map(\.name)
        var builders = files.map(\.builder)
        files = []
        sourceNames = builders[0].sourceNames
        assumedZone = builders[0].assumedZone
        promotesConstantAttributes = builders.allSatisfy(\.promotesConstantAttributes)
        rowUnit = builders.allSatisfy { $0.rowUnit == .line } ? .line : .event
        for builder in builders { metadata.add(builder.metadata) }
        uniteCosts(&builders)
        Self.uniteEmptyColumns(&builders)
        if widensNumbers { Self.widenNumbers(&builders) }
        let conflicts = Self.caseConflicts(builders)
        var parts: [EventLogPart] = []
        var firstEvents: [Int] = []
        var nestedOfFiles: [[NestedAttribute]] = []
        var caseNamesOfFiles: [Vocabulary] = []
        var rows = 0
        var events = 0
        for place in builders.indices {
            let file = SourceFile(name: names[place], rowUnit: builders[place].rowUnit, rowsBefore: rows)
            self.files.append(file)
            add(builders[place].findings, of: file)
            rows += builders[place].lastRow
            firstEvents.append(events)
            events += builders[place].eventCount
            nestedOfFiles.append(builders[place].nested)
            caseNamesOfFiles.append(builders[place].caseNames)
            parts.append(builders[place].part(rowsBefore: file.rowsBefore))
            builders[place] = EventLogBuilder()
        }
        _ = append(parts: parts)
        for place in nestedOfFiles.indices where !nestedOfFiles[place].isEmpty {
            addNested(nestedOfFiles[place], cases: caseNames.numbers(of: caseNamesOfFiles[place]), firstEvent: firstEvents[place])
        }
        if conflicts.count > 0 {
            findings.append(LogFinding(.caseConflict, .warning, count: conflicts.count, examples: conflicts.examples))
        }
        dropOverlap(firstEvents)
    }

    /// The attributes of events and of cases that have values.
    package var attributeTypes: [(name: String, type: AttributeType)] {
        (eventAttributes + caseAttributes).filter { !$0.isEmpty }.map { ($0.name, $0.type) }
    }

    /// The last row that is spoken of.
    private var lastRow: Int {
        let last = Int(row.max() ?? 0)
        return findings.reduce(last) { $1.examples.reduce($0) { max($0, $1.row ?? 0) } }
    }

    /// What was collected as the part of a source.
    private func part(rowsBefore: Int) -> EventLogPart {
        var part = EventLogPart()
        part.caseNames = caseNames
        part.caseOf = caseOf
        part.activity = activity
        part.time = time
        part.timeForm = timeForm
        part.start = start
        part.startForm = startForm
        part.timeForms = timeForms
        part.transition = transition
        part.resource = resource
        part.role = role
        part.department = department
        part.instanceName = instanceName
        part.row = rowsBefore == 0 ? row : row.map { UInt32(clamping: Int($0) + rowsBefore) }
        part.attributes = eventAttributes
        part.caseAttributes = caseAttributes
        part.costAttribute = costAttribute
        return part
    }

    /// Adds what the reading of a file has found, under the file's name.
    private mutating func add(_ more: [LogFinding], of file: SourceFile) {
        for finding in more {
            var finding = finding
            finding.examples = finding.examples.map { $0.standing(in: file, at: $0.row) }
            if finding.examples.isEmpty { finding.examples = [LogFinding.Example(file: file.name)] }
            let known = findings.firstIndex { ($0.rule, $0.severity, $0.detail) == (finding.rule, finding.severity, finding.detail) }
            if let known {
                findings[known] = LogFinding(
                    finding.rule, finding.severity, count: findings[known].count + finding.count, detail: finding.detail,
                    examples: findings[known].examples + finding.examples)
            } else {
                findings.append(finding)
            }
        }
    }

    /// Adds the nested attributes of a file; what a case has already is not added again.
    private mutating func addNested(_ more: [NestedAttribute], cases: [UInt32], firstEvent: Int) {
        var known: [UInt32: [AttributeTree]] = [:]
        for attribute in nested where attribute.level == .case { known[attribute.owner, default: []].append(attribute.tree) }
        for var attribute in more {
            switch attribute.level {
            case .event: attribute.owner += UInt32(firstEvent)
            case .case:
                attribute.owner = cases[Int(attribute.owner)]
                if known[attribute.owner]?.contains(attribute.tree) == true { continue }
            }
            nested.append(attribute)
        }
    }

    // MARK: - Columns

    /// Gives the columns of costs the name that the first of them has.
    private func uniteCosts(_ builders: inout [EventLogBuilder]) {
        guard let first = builders.first(where: { $0.costAttribute != nil }), let cost = first.costAttribute else { return }
        let name = first.eventAttributes[cost].name
        for place in builders.indices {
            guard let cost = builders[place].costAttribute, builders[place].eventAttributes[cost].name != name,
                !builders[place].eventAttributes.contains(where: { $0.name == name })
            else { continue }
            builders[place].eventAttributes[cost] = builders[place].eventAttributes[cost].renamed(name)
        }
    }

    /// Gives columns without values the type that another file has under the same name.
    private static func uniteEmptyColumns(_ builders: inout [EventLogBuilder]) {
        for path in [\EventLogBuilder.eventAttributes, \EventLogBuilder.caseAttributes] {
            var types: [String: AttributeType] = [:]
            for column in builders.flatMap({ $0[keyPath: path] }) where !column.isEmpty && types[column.name] == nil {
                types[column.name] = column.type
            }
            for place in builders.indices {
                for column in builders[place][keyPath: path].indices {
                    let own = builders[place][keyPath: path][column]
                    if own.isEmpty, let type = types[own.name], type != own.type {
                        builders[place][keyPath: path][column] = AttributeColumn(name: own.name, type: type)
                    }
                }
            }
        }
    }

    /// Makes whole numbers decimals where another file has decimals under the same name and no digit is lost.
    private static func widenNumbers(_ builders: inout [EventLogBuilder]) {
        for path in [\EventLogBuilder.eventAttributes, \EventLogBuilder.caseAttributes] {
            let decimals = Set(builders.flatMap { $0[keyPath: path].filter { $0.type == .float }.map(\.name) })
            for place in builders.indices {
                for column in builders[place][keyPath: path].indices {
                    let own = builders[place][keyPath: path][column]
                    if own.type == .int && decimals.contains(own.name), let wide = own.widened {
                        builders[place][keyPath: path][column] = wide
                    }
                }
            }
        }
    }

    /// How often a file gives a case another value of an attribute of cases than the file before it, and the cases.
    private static func caseConflicts(_ builders: [EventLogBuilder]) -> (count: Int, examples: [LogFinding.Example]) {
        var cases = Vocabulary()
        let maps = builders.map { cases.numbers(of: $0.caseNames) }
        var handled: [(name: String, type: AttributeType)] = []
        var count = 0
        var examples: [LogFinding.Example] = []
        for column in builders.flatMap(\.caseAttributes) where !handled.contains(where: { $0 == (column.name, column.type) }) {
            handled.append((column.name, column.type))
            var texts = Vocabulary()
            var known = [Int64?](repeating: nil, count: cases.count)
            for (builder, map) in zip(builders, maps) {
                guard let own = builder.caseAttributes.first(where: { $0.name == column.name && $0.type == column.type }) else { continue }
                let numbers = texts.numbers(of: own.symbols.vocabulary)
                for row in 0..<own.count {
                    guard var value = own.identity(row) else { continue }
                    if own.isText { value = Int64(numbers[Int(value)]) }
                    let number = Int(map[row])
                    if let old = known[number], old != value {
                        count += 1
                        if examples.count < 5 { examples.append(.text(cases[UInt32(number)])) }
                    }
                    known[number] = value
                }
            }
        }
        return (count, examples)
    }
}

extension LogMetadata {
    /// Adds what another file says and none before it has said.
    mutating func add(_ other: LogMetadata) {
        extensions += other.extensions.filter { !extensions.contains($0) }
        eventGlobals += other.eventGlobals.filter { new in !eventGlobals.contains { $0.key == new.key } }
        caseGlobals += other.caseGlobals.filter { new in !caseGlobals.contains { $0.key == new.key } }
        classifiers += other.classifiers.filter { new in !classifiers.contains { $0.name == new.name } }
        attributes += other.attributes.filter { new in !attributes.contains { $0.key == new.key } }
    }
}
