package import EventLogs

/// What differs first between two logs; `nil` where nothing does.
package func firstDifference(_ left: EventLog, _ right: EventLog) -> String? {
    let (a, b) = (left.columns, right.columns)
    if a.caseOffsets != b.caseOffsets { return "cases \(a.caseCount) and \(b.caseCount), events \(a.count) and \(b.count)" }
    if a.caseNames.strings != b.caseNames.strings { return "names of cases" }
    if a.time != b.time { return "times" }
    if a.timeForms != b.timeForms || a.timeForm != b.timeForm { return "forms of times" }
    if a.start != b.start || a.startForm != b.startForm { return "starts" }
    if a.row != b.row { return "rows" }
    let texts: [(String, SymbolColumn?, SymbolColumn?)] = [
        ("activity", a.activity, b.activity), ("transition", a.transition, b.transition), ("resource", a.resource, b.resource),
        ("role", a.role, b.role), ("department", a.department, b.department), ("instance", a.instanceName, b.instanceName),
    ]
    for (name, one, other) in texts where one?.ids != other?.ids || one?.vocabulary.strings != other?.vocabulary.strings { return name }
    for (level, one, other, rows) in [
        ("event", a.attributes, b.attributes, a.count), ("case", a.caseAttributes, b.caseAttributes, a.caseCount),
    ] {
        if one.map(\.name) != other.map(\.name) || one.map(\.type) != other.map(\.type) {
            return "\(level) attributes \(one.map(\.name)) and \(other.map(\.name))"
        }
        for (column, twin) in zip(one, other) {
            for row in 0..<rows {
                let isSame =
                    column.isPresent(row) == twin.isPresent(row) && column.identity(row) == twin.identity(row)
                    && column.text(row, forms: a.timeForms) == twin.text(row, forms: b.timeForms)
                if !isSame { return "\(level) attribute \(column.name), row \(row)" }
            }
            if column.symbols.vocabulary.strings != twin.symbols.vocabulary.strings { return "texts of \(column.name)" }
        }
    }
    if a.costAttribute != b.costAttribute { return "cost" }
    if a.nested != b.nested { return "nested attributes" }
    if a.metadata != b.metadata { return "metadata" }
    if left.findings != right.findings { return "findings \(left.findings) and \(right.findings)" }
    return left.instances.activity == right.instances.activity && left.instanceRanges == right.instanceRanges ? nil : "instances"
}
