import ByteParsing
import EventLogs
import Instants

/// Decides which column plays which role: what the map says, else XES keys, else names of the dictionary, else contents.
struct ColumnRecognition {
    private let names: [String]
    private let file: String
    private var roles: [ColumnRole: Int] = [:]
    private var clocks: [ColumnRole: Int] = [:]
    /// Columns of days with the times of day that belong to them.
    private var pairs: [ClockColumns.Pair] = []

    /// Which columns play which role, and which hold the times of day of columns of days.
    struct Result {
        var roles: [ColumnRole: Int]
        var clocks: [ColumnRole: Int]
    }

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
            /// Values that are days, and those that are times of day.
            var days = 0
            var clocks = 0

            /// Looks at one value, which is not empty.
            mutating func observe(_ value: UnsafeRawBufferPointer) {
                count += 1
                _ = values.intern(value)
                times.observe(value)
                profile.observe(value)
                if ClockText.parse(value) != nil { clocks += 1 } else if Self.isDay(value) { days += 1 }
            }

            private static func isDay(_ value: UnsafeRawBufferPointer) -> Bool {
                if let parsed = ISO8601Reader.parse(value) { return parsed.isDateOnly }
                return NationalTime.allCases.contains { $0.parse(value)?.time.isDateOnly == true }
            }

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
    static func recognise(
        _ names: [String], mapping: ColumnMapping?, file: String, sample: () throws -> Sample
    ) throws -> Result {
        var recognition = ColumnRecognition(names: names, file: file)
        try recognition.takeMapped(mapping)
        recognition.takeStandardKeys()
        try recognition.findPairs(mapping, sample)
        try recognition.takeDictionaryNames()
        try recognition.takePartialNames()
        try recognition.takePairs(mapping)
        try recognition.takeContents(sample)
        return Result(roles: recognition.roles, clocks: recognition.clocks)
    }

    private init(names: [String], file: String) {
        self.names = names
        self.file = file
    }

    /// Columns that can play no further role.
    private var taken: Set<Int> { Set(roles.values).union(clocks.values).union(pairs.map(\.clock)) }

    private func error(_ problem: InputProblem) -> InputError {
        InputError(file: file, line: 1, problem)
    }

    private mutating func takeMapped(_ mapping: ColumnMapping?) throws {
        guard let mapping else { return }
        for role in ColumnRole.allCases {
            guard let name = mapping[role] else { continue }
            roles[role] = try Self.column(named: name, in: names, file: file)
            if let clock = mapping[clockOf: role] { clocks[role] = try Self.column(named: clock, in: names, file: file) }
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

    /// Finds the columns of days whose times of day stand in a column beside.
    private mutating func findPairs(_ mapping: ColumnMapping?, _ makeSample: () throws -> Sample) throws {
        if mapping?.timestamp != nil && mapping?.start != nil { return }
        let taken = taken
        let found = ClockColumns.pairs(names).filter { !taken.contains($0.day) && !taken.contains($0.clock) }
        if found.isEmpty { return }
        let columns = try makeSample().columns
        pairs = found.filter { pair in
            let (day, clock) = (columns[pair.day], columns[pair.clock])
            return day.count > 0 && day.days == day.count && clock.count > 0 && clock.clocks == clock.count
        }
    }

    /// Gives columns of days their times of day; a pair that no name tells about is the timestamp where there is none else.
    private mutating func takePairs(_ mapping: ColumnMapping?) throws {
        let free = pairs.filter { pair in !roles.values.contains(pair.day) }
        if roles[.timestamp] == nil && !free.isEmpty {
            if free.count > 1 { throw error(.ambiguousColumn(role: .timestamp, columns: free.map { names[$0.day] })) }
            roles[.timestamp] = free[0].day
        }
        for role in [ColumnRole.timestamp, .start] where mapping?[role] == nil {
            if let pair = pairs.first(where: { $0.day == roles[role] }) { clocks[role] = pair.clock }
        }
        pairs = []
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
