import ByteParsing
import EventLogs

/// How each column of a table is read.
struct CSVPlan {
    /// The columns whose values, joined by `+`, are the activity.
    var activityColumns: [Int]
    /// How completion times are written.
    var timestamp = TimeFormat.iso8601
    /// How starts are written.
    var start = TimeFormat.iso8601
    /// Both by name.
    var timeFormatNames: [String] = []
    /// The other columns.
    var attributes: [Attribute] = []

    struct Attribute {
        var column: Int
        var name: String
        var finding: ColumnProfile.Finding
        var level: AttributeLevel

        var type: AttributeType {
            switch finding {
            case .integer: .int
            case .decimal, .separated: .float
            case .boolean: .boolean
            case .time: .date
            case .text: .string
            }
        }
    }
}

/// Whether columns named `case:…` really have one value per case; those that have not stay with the events under their full name.
struct CaseConstancy {
    private let names: [String]
    private let caseColumn: Int?
    private var columns: [Column] = []
    private var cases = Vocabulary()

    private struct Column {
        let column: Int
        let name: String
        var values = Vocabulary()
        var valueOfCase: [UInt32] = []
        var isConstant = true
    }

    init(names: [String], caseColumn: Int?) {
        self.names = names
        self.caseColumn = caseColumn
        var used = Set(names)
        for (column, name) in names.enumerated() where column != caseColumn && name.hasPrefix("case:") {
            let stripped = String(name.dropFirst(5))
            if !stripped.isEmpty && used.insert(stripped).inserted { columns.append(Column(column: column, name: stripped)) }
        }
    }

    mutating func observe(_ row: CSVTokenizer, _ scratch: ByteScratch) {
        guard !columns.isEmpty, let caseColumn, caseColumn < row.fields.count else { return }
        let field = row.fields[caseColumn]
        if field.end == field.start { return }
        let number = Int(cases.intern(row.text(field, scratch)))
        for place in columns.indices where columns[place].isConstant && columns[place].column < row.fields.count {
            let field = row.fields[columns[place].column]
            if field.end == field.start { continue }
            let value = columns[place].values.intern(row.text(field, scratch))
            while columns[place].valueOfCase.count <= number { columns[place].valueOfCase.append(Vocabulary.missing) }
            let known = columns[place].valueOfCase[number]
            if known == Vocabulary.missing {
                columns[place].valueOfCase[number] = value
            } else if known != value {
                columns[place].isConstant = false
            }
        }
    }

    /// Notes that some case has several values in a column.
    mutating func noteVarying(_ column: Int) {
        for place in columns.indices where columns[place].column == column { columns[place].isConstant = false }
    }

    func isConstant(_ column: Int) -> Bool {
        columns.contains { $0.column == column && $0.isConstant }
    }

    /// The attribute's name: without `case:` where it describes cases.
    func attributeName(_ column: Int) -> String {
        columns.first { $0.column == column && $0.isConstant }?.name ?? names[column]
    }
}
