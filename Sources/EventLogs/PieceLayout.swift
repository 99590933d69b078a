/// Which attributes of events are those of cases, where a log is read piece by piece: what ``EventLogBuilder`` finds out for a whole log at
/// its end must be known here before the first piece is done, so it is supposed, and every piece is held to it.
package struct PieceLayout: Sendable {
    /// What is known of one attribute of events.
    private struct Attribute {
        /// Whether some case has several values.
        var varies = false
        /// Whether some case of several events has one value.
        var isShared = false
        /// Whether it is taken for one of cases.
        var isPromoted = false
    }

    private var attributes: [Attribute] = []
    /// Whether the first piece was seen, which decides.
    private var isSupposed = false

    /// Nothing known.
    package init() {}

    /// Whether what is known by now agrees with what was supposed.
    package var isRight: Bool { attributes.allSatisfy { $0.isPromoted == ($0.isShared && !$0.varies) } }

    /// Whether an attribute that was taken for one of cases is none.
    package var isWrong: Bool { attributes.contains { $0.isPromoted && $0.varies } }

    /// Supposes what is known by now.
    package mutating func suppose() {
        for index in attributes.indices { attributes[index].isPromoted = attributes[index].isShared && !attributes[index].varies }
        isSupposed = true
    }

    /// Looks at the attributes of a piece and makes those that are supposed to be of cases so.
    mutating func promote(_ events: inout [AttributeColumn], _ cases: inout [AttributeColumn], _ cost: inout Int?, _ offsets: [Int]) {
        while attributes.count < events.count { attributes.append(Attribute()) }
        for (index, column) in events.enumerated() where index != cost && !attributes[index].varies {
            switch column.spread(offsets: offsets) {
            case .varying: attributes[index].varies = true
            case .shared: attributes[index].isShared = true
            case .single: break
            }
        }
        if !isSupposed { suppose() }
        var kept: [AttributeColumn] = []
        var keptCost: Int?
        let firsts = offsets.dropLast().map { UInt32($0) }
        for (index, column) in events.enumerated() {
            if index == cost {
                keptCost = kept.count
            } else if attributes[index].isPromoted {
                cases.append(column.gathered(by: firsts))
                continue
            }
            kept.append(column)
        }
        events = kept
        cost = keptCost
    }
}

/// The standard columns that a log has as a whole, though a piece may have no value of them.
package struct ExpectedColumns: Sendable {
    var texts: Set<EventLogBuilder.TextColumn> = []
    var hasStarts = false

    /// None.
    package init() {}

    /// Adds those of a log.
    package mutating func add(_ columns: EventColumns) {
        if columns.transition != nil { texts.insert(.transition) }
        if columns.resource != nil { texts.insert(.resource) }
        if columns.role != nil { texts.insert(.role) }
        if columns.department != nil { texts.insert(.department) }
        if columns.instanceName != nil { texts.insert(.instance) }
        if !columns.start.isEmpty { hasStarts = true }
    }
}
