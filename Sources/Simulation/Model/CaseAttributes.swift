/// Facts of cases as a table: each simulated case carries one row.
package struct CaseAttributes: Sendable, Equatable, Codable {
    /// The values of one attribute, one per row; nil where a row has none.
    package enum Values: Sendable, Equatable, Codable {
        /// Texts.
        case text([String?])
        /// Numbers.
        case number([Double?])
        /// Whole numbers.
        case integer([Int64?])
        /// Truth values.
        case boolean([Bool?])

        /// How many rows there are.
        package var count: Int {
            switch self {
            case .text(let values): values.count
            case .number(let values): values.count
            case .integer(let values): values.count
            case .boolean(let values): values.count
            }
        }
    }

    /// One attribute.
    package struct Column: Sendable, Equatable, Codable {
        /// What it is called.
        package var name: String
        /// Its values.
        package var values: Values

        /// An attribute.
        package init(name: String, values: Values) {
            self.name = name
            self.values = values
        }
    }

    /// The attributes, all of the same number of rows.
    package var columns: [Column]

    /// A table.
    package init(_ columns: [Column]) {
        self.columns = columns
    }

    /// How many rows there are.
    package var rows: Int { columns.first?.values.count ?? 0 }
}
