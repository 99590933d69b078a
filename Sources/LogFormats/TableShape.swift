import ByteParsing

/// How a table with these columns was understood, for others with the same columns.
struct TableShape {
    /// The columns.
    let names: [String]
    /// Which columns play which role.
    let roles: [ColumnRole: Int]
    /// Which columns hold the times of day of columns of days.
    let clocks: [ColumnRole: Int]
    /// How the time columns are written: timestamp, then start.
    let timeFormats: [(role: ColumnRole, format: TimeFormat, name: String)]
}

extension ReadOptions {
    /// How another table with these columns was understood.
    func shape(of names: [String]) -> TableShape? {
        shapes.first { $0.names == names }
    }

    /// How a time column is written whose values can be read in each of these formats, as another table with the same columns tells.
    func timeFormat(of role: ColumnRole, among formats: [String], names: [String]) -> (TimeFormat, String)? {
        for shape in shapes where shape.names == names {
            if let told = shape.timeFormats.first(where: { $0.role == role && formats.contains($0.name) }) {
                return (told.format, told.name)
            }
        }
        return nil
    }
}
