import ByteParsing
import EventLogs

/// How each column of typed cells is read.
struct CellPlan {
    /// The names of the columns.
    let names: [String]
    /// Which columns play which role.
    let roles: [ColumnRole: Int]
    /// Which columns hold the times of day of columns of days.
    let clocks: [ColumnRole: Int]
    /// The columns whose values, joined by `+`, are the activity.
    let activityColumns: [Int]
    /// How completion times are written where they are texts.
    let timestamp: TimeFormat
    /// How starts are written where they are texts.
    let start: TimeFormat
    /// The columns whose values are attributes.
    let attributes: [Attribute]
    /// The column of `concept:instance`.
    let instanceColumn: Int?
    /// Per column of times the column beside it that holds their offsets from UTC, as workbooks of ours have it.
    let offsetColumns: [Int: Int]
    /// Whether names say which columns describe cases, by `case:` in front, so that no others do.
    let namesCaseColumns: Bool

    struct Attribute {
        var column: Int
        /// The column's name without `case:` and `@`.
        var key: String
        /// Whether the name says that it describes cases.
        var isOfCase: Bool
        /// Whether the column holds the attributes of the attribute `key`.
        var isAnnotation: Bool
        var types: CellProfile.Types
        /// The types that occur, in a fixed order.
        var occurring: [AttributeType]
    }

    init(
        names: [String], profiles: [CellProfile], roles: [ColumnRole: Int], clocks: [ColumnRole: Int], activityColumns: [Int],
        timestamp: TimeFormat,
        start: TimeFormat, keepsTypesApart: Bool, textColumns: Set<String>
    ) {
        self.names = names
        self.roles = roles
        self.clocks = clocks
        self.activityColumns = activityColumns
        self.timestamp = timestamp
        self.start = start
        let instance = keepsTypesApart ? names.firstIndex(of: EventColumns.SourceNames().instance) : nil
        instanceColumn = instance
        namesCaseColumns = keepsTypesApart && names.contains { $0.hasPrefix("case:") }
        let known = Set(names)
        var offsets: [Int: Int] = [:]
        if !keepsTypesApart {
            for column in names.indices.dropLast() where profiles[column].times > 0 {
                let beside = column + 1
                if names[beside] == names[column] + " offset" && profiles[beside].areOffsets && !roles.values.contains(beside) {
                    offsets[column] = beside
                }
            }
        }
        offsetColumns = offsets
        let besides = Set(offsets.values)
        let standard = Set(roles.filter { $0.key != .cost }.values).union(clocks.values)
        var attributes: [Attribute] = []
        for (column, name) in names.enumerated() where !standard.contains(column) && !besides.contains(column) && column != instance {
            var key = name
            let isAnnotation = keepsTypesApart && name.hasPrefix("@") && known.contains(String(name.dropFirst()))
            if isAnnotation { key.removeFirst() }
            let isOfCase = key.hasPrefix("case:") && key.utf8.count > 5
            if isOfCase { key.removeFirst(5) }
            let isText = !keepsTypesApart && textColumns.contains(key)
            let types = isText ? CellProfile.Types.texts : profiles[column].types(keepingApart: keepsTypesApart)
            attributes.append(
                Attribute(
                    column: column, key: key, isOfCase: isOfCase, isAnnotation: isAnnotation, types: types,
                    occurring: profiles[column].occurringTypes(types)))
        }
        self.attributes = attributes
    }
}
