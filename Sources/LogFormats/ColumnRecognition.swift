import ByteParsing
import EventLogs
import Instants

/// Decides which column plays which role: what the map says, else XES keys, else names of the dictionary, else contents.
struct ColumnRecognition {
    private let names: [String]
    private let file: String
    private var roles: [ColumnRole: Int] = [:]

    /// What the first rows show of each column, asked for only where names do not tell.
    struct Sample {
        /// Rows looked at.
        var rows = 0
        /// Per column: values that are not empty, distinct ones, and whether they are times or numbers.
        var columns: [Column] = []

        struct Column {
            var count = 0
            var values = Vocabulary()
            var times = TimeFormatDetector()
            var profile = ColumnProfile()

            var isTime: Bool {
                switch times.result {
                case .format(_, _, let unreadable), .ambiguous(_, let unreadable): count > 0 && unreadable * 10 <= count
                case .none: false
                }
            }

            var isDecimal: Bool {
                switch profile.finding {
                case .decimal, .separated: true
                case .integer, .boolean, .time, .text: false
                }
            }

            var isNumber: Bool {
                let finding = profile.finding
                switch finding {
                case .integer, .decimal, .separated: return true
                case .boolean, .time, .text: return false
                }
            }
        }
    }

    /// The roles of the columns with these names.
    static func roles(
        of names: [String], mapping: ColumnMapping?, file: String, sample: () throws -> Sample
    ) throws -> [ColumnRole: Int] {
        var recognition = ColumnRecognition(names: names, file: file)
        try recognition.takeMapped(mapping)
        recognition.takeStandardKeys()
        try recognition.takeDictionaryNames()
        try recognition.takePartialNames()
        try recognition.takeContents(sample)
        return recognition.roles
    }

    private init(names: [String], file: String) {
        self.names = names
        self.file = file
    }

    private var taken: Set<Int> { Set(roles.values) }

    private func error(_ problem: InputProblem) -> InputError {
        InputError(file: file, line: 1, problem)
    }

    private mutating func takeMapped(_ mapping: ColumnMapping?) throws {
        guard let mapping else { return }
        for role in ColumnRole.allCases {
            guard let name = mapping[role] else { continue }
            roles[role] = try Self.column(named: name, in: names, file: file)
        }
    }

    /// The column of that name: exactly, else as the only one that differs in case and signs alone.
    static func column(named name: String, in names: [String], file: String) throws -> Int {
        if let exact = names.firstIndex(of: name) { return exact }
        let folded = HeaderDictionary.folded(name)
        let similar = names.indices.filter { HeaderDictionary.folded(names[$0]) == folded && !folded.isEmpty }
        if similar.count == 1 { return similar[0] }
        let wanted = Array(name.lowercased().utf8.prefix(64))
        let nearest = names.map { ($0, editDistance(wanted, Array($0.lowercased().utf8.prefix(64)))) }.min { $0.1 < $1.1 }
        let suggestion = nearest.flatMap { $0.1 * 2 <= max(2, wanted.count) ? $0.0 : nil }
        throw InputError(file: file, line: 1, .unknownColumn(name, suggestion: suggestion))
    }

    private mutating func takeStandardKeys() {
        for role in ColumnRole.allCases where roles[role] == nil {
            guard let key = HeaderDictionary.standardKeys[role] else { continue }
            if let column = names.firstIndex(where: { $0.lowercased() == key }), !taken.contains(column) { roles[role] = column }
        }
    }

    private mutating func takeDictionaryNames() throws {
        let folded = names.map(HeaderDictionary.folded)
        for role in ColumnRole.allCases where roles[role] == nil {
            for rank in HeaderDictionary.ranks[role] ?? [] {
                let found = folded.indices.filter { rank.contains(folded[$0]) && !taken.contains($0) }
                if found.isEmpty { continue }
                if found.count > 1 { throw error(.ambiguousColumn(role: role, columns: found.map { names[$0] })) }
                roles[role] = found[0]
                break
            }
        }
    }

    private mutating func takePartialNames() throws {
        let folded = names.map(HeaderDictionary.folded)
        for role in ColumnRole.allCases where roles[role] == nil {
            for part in HeaderDictionary.parts[role] ?? [] {
                let found = folded.indices.filter { folded[$0].contains(part) && !taken.contains($0) }
                if found.count == 1 {
                    roles[role] = found[0]
                    break
                }
                if found.count > 1 && role != .start { throw error(.ambiguousColumn(role: role, columns: found.map { names[$0] })) }
            }
        }
        if roles[.timestamp] == nil, let start = roles[.start] {
            // A log with a single time knows when things happened, not how long they took.
            roles[.timestamp] = start
            roles[.start] = nil
        }
    }

    private mutating func takeContents(_ makeSample: () throws -> Sample) throws {
        if roles[.caseID] != nil && roles[.activity] != nil && roles[.timestamp] != nil { return }
        let sample = try makeSample()
        let columns = sample.columns
        let times = Set(columns.indices.filter { columns[$0].isTime && !columns[$0].isNumber })
        if roles[.timestamp] == nil { try choose(.timestamp, times.subtracting(taken).sorted()) }
        let free = columns.indices.filter { !taken.contains($0) && !times.contains($0) && columns[$0].count * 10 >= sample.rows * 9 }
        if roles[.caseID] == nil {
            // A case id repeats, yet has many values: at least half as many as the column that has most of those that repeat.
            let repeated = free.filter { column in
                let distinct = columns[column].values.count
                return distinct > 1 && distinct * 5 <= columns[column].count * 4 && !columns[column].isDecimal
            }
            let most = repeated.map { columns[$0].values.count }.max() ?? 0
            try choose(.caseID, repeated.filter { columns[$0].values.count * 2 >= most })
        }
        if roles[.activity] == nil {
            // An activity is a text that takes few values.
            let texts = free.filter { column in
                let distinct = columns[column].values.count
                return !taken.contains(column) && !columns[column].isNumber && distinct > 1 && distinct <= 200
                    && distinct * 2 <= columns[column].count
            }
            try choose(.activity, texts)
        }
    }

    private mutating func choose(_ role: ColumnRole, _ candidates: [Int]) throws {
        switch candidates.count {
        case 0: throw error(.noColumn(role: role, columns: names))
        case 1: roles[role] = candidates[0]
        default: throw error(.ambiguousColumn(role: role, columns: candidates.map { names[$0] }))
        }
    }
}
