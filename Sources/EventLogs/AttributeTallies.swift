/// One figure for every attribute of a log that comes in parts, in order of first sight.
package struct AttributeTallies<Figure> {
    /// An attribute with its figure.
    package struct Entry {
        /// Whether it describes cases or events.
        package let level: AttributeLevel
        /// Its name.
        package let name: String
        /// The type of its values.
        package let type: AttributeType
        /// The figure.
        package var figure: Figure
    }

    /// The attributes of cases, then those of events.
    package var entries: [Entry] { ofCases + ofEvents }

    private var ofCases: [Entry] = []
    private var ofEvents: [Entry] = []

    /// No attribute.
    package init() {}

    /// Changes the figure of every attribute of a part, which begins as `new` for those not seen before.
    package mutating func update(
        _ columns: EventColumns, new: @autoclosure () -> Figure, _ body: (AttributeColumn, AttributeLevel, inout Figure) -> Void
    ) {
        Self.update(&ofCases, columns.caseAttributes, .case, new, body)
        Self.update(&ofEvents, columns.attributes, .event, new, body)
    }

    private static func update(
        _ entries: inout [Entry], _ columns: [AttributeColumn], _ level: AttributeLevel, _ new: () -> Figure,
        _ body: (AttributeColumn, AttributeLevel, inout Figure) -> Void
    ) {
        for (index, column) in columns.enumerated() {
            let isExpected = index < entries.count && entries[index].name == column.name && entries[index].type == column.type
            let known = isExpected ? index : entries.firstIndex { $0.name == column.name && $0.type == column.type }
            if let known {
                body(column, level, &entries[known].figure)
            } else {
                var figure = new()
                body(column, level, &figure)
                entries.append(Entry(level: level, name: column.name, type: column.type, figure: figure))
            }
        }
    }
}

extension AttributeTallies.Entry: Sendable where Figure: Sendable {}
extension AttributeTallies: Sendable where Figure: Sendable {}
