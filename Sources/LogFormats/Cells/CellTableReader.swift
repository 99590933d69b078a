import ByteParsing
import EventLogs
import Instants

/// Reads an event log from rows of typed cells: one event per row.
///
/// Columns are recognised as those of a CSV are. The rows are gone through at least twice, as nothing but the log itself is kept of them:
/// the first pass finds what the columns hold, the last fills the builder.
struct CellTableReader<Source: CellSource, Monitor: WorkMonitor> {
    /// The rows.
    private(set) var source: Source
    private let file: String
    private var options: ReadOptions
    private let monitor: Monitor
    private let scratch = ByteScratch()
    private var profiles: [CellProfile] = []

    /// A reader of these rows.
    init(_ source: Source, file: String, options: ReadOptions, monitor: Monitor) {
        self.source = source
        self.file = file
        self.options = options
        self.monitor = monitor
    }

    /// The events, not yet put in order, which columns played which role, and how times are written.
    mutating func read() throws -> ReadTable {
        var rows = try profile()
        if source.hasLearnt() { rows = try profile() }
        if rows == 0 { throw InputError(file: file, .noEvents(emptyCases: 0)) }
        let names = source.names
        options = options.recalling(columns: names)
        try refuseEmptiness(rows)
        while profiles.count < names.count { profiles.append(CellProfile()) }
        var sample = ColumnRecognition.Sample()
        sample.rows = min(rows, Self.sampledRows)
        sample.columns = profiles.map(\.sample)
        let shape = options.shape(of: names)
        let found =
            try shape.map { ColumnRecognition.Result(roles: $0.roles, clocks: $0.clocks) }
            ?? ColumnRecognition.recognise(names, mapping: options.mapping, file: file) { sample }
        let (roles, clocks) = (found.roles, found.clocks)
        let formats = try timeFormats(roles, names)
        let plan = CellPlan(
            names: names, profiles: profiles, roles: roles, clocks: clocks,
            activityColumns: try TableColumns.activity(names, roles, classifier: options.classifier, file: file),
            timestamp: formats.timestamp, start: formats.start, keepsTypesApart: source.keepsTypesApart,
            textColumns: options.textColumns)
        let zone = try TableColumns.zone(options, file: file)
        var eventLevel: Set<Int> = []
        while true {
            var filler = CellFiller(plan: plan, atEventLevel: eventLevel, clock: ZoneClock(zone ?? .utc))
            filler.builder.assumedZone = zone?.name
            try pass(share: 0.5...1) { source, _ in try filler.add(&source) }
            if !filler.varyingCaseColumns.isEmpty {
                eventLevel.formUnion(filler.varyingCaseColumns)
                continue
            }
            if filler.builder.eventCount == 0 {
                throw InputError(
                    file: file, line: 1,
                    .noColumn(role: .caseID, columns: names.enumerated().filter { $0.offset != roles[.caseID] }.map(\.element)))
            }
            if !source.keepsTypesApart {
                filler.builder.findings += plan.attributes.compactMap { attribute in
                    let (profile, name) = (profiles[attribute.column], names[attribute.column])
                    return LogFinding(separated: profile.separated, isRead: attribute.types.text == .float, column: name)
                }
            }
            filler.addFindings(of: source)
            var mapping = ColumnMapping()
            for role in ColumnRole.allCases {
                mapping[role] = roles[role].map { names[$0] }
                mapping[clockOf: role] = clocks[role].map { names[$0] }
            }
            let times = [ColumnRole.timestamp, .start].filter { roles[$0] != nil }
            let shape = TableShape(
                names: names, roles: roles, clocks: clocks,
                timeFormats: zip(times, formats.names).map { ($0, $0 == .timestamp ? formats.timestamp : formats.start, $1) })
            return ReadTable(builder: filler.builder, mapping: mapping, timeFormats: formats.names, shape: shape)
        }
    }

    private static var sampledRows: Int { 5_000 }

    /// Refuses a table whose columns would take far more memory than what is in them: a column takes room up to its last value.
    private func refuseEmptiness(_ rows: Int) throws {
        let room = profiles.reduce(0) { $0 + 8 * ($1.lastRow + 1) }
        if room > max(1 << 29, 64 * source.byteCount) {
            throw InputError(file: file, .sparseColumns(columns: profiles.count, rows: rows))
        }
    }

    /// Goes through all rows and says how far it is.
    private mutating func pass(share: ClosedRange<Double>, _ body: (inout Source, Int) throws -> Void) throws {
        try source.rewind()
        var rows = 0
        while try source.next() {
            try body(&source, rows)
            rows += 1
            if rows & 0xFFF == 0 {
                try monitor.checkCancellation()
                let fraction = share.lowerBound + (share.upperBound - share.lowerBound) * source.fraction
                monitor.progress(.reading, fraction: fraction, events: share.lowerBound > 0 ? rows : 0)
            }
        }
    }

    /// Looks at every value; returns how many rows there are.
    private mutating func profile() throws -> Int {
        var profiles: [CellProfile] = []
        var rows = 0
        let scratch = scratch
        try pass(share: 0...0.5) { source, row in
            rows = row + 1
            for cell in source.cells {
                while profiles.count <= cell.column { profiles.append(CellProfile()) }
                profiles[cell.column].observe(cell.value, row: row, isSampled: row < Self.sampledRows, scratch)
            }
        }
        self.profiles = profiles
        return rows
    }

    // MARK: - Times

    private mutating func timeFormats(
        _ roles: [ColumnRole: Int], _ names: [String]
    ) throws -> (timestamp: TimeFormat, start: TimeFormat, names: [String]) {
        let given = try TableColumns.timeFormat(options, file: file)
        var result = (timestamp: TimeFormat.iso8601, start: TimeFormat.iso8601, names: [String]())
        for role in [ColumnRole.timestamp, .start] {
            guard let column = roles[role] else { continue }
            let (format, name) = try timeFormat(of: column, role, names, given)
            if role == .timestamp { result.timestamp = format } else { result.start = format }
            result.names.append(name)
        }
        return result
    }

    private mutating func timeFormat(
        of column: Int, _ role: ColumnRole, _ names: [String], _ given: TimeFormat?
    ) throws -> (TimeFormat, String) {
        let name = names[column]
        let profile = profiles[column]
        if profile.texts + profile.integers + profile.numbers + profile.booleans == 0 && profile.nested == 0 {
            return (given ?? .iso8601, profile.times > 0 ? source.timeName : "ISO 8601")
        }
        if let given {
            try checkReadable(column, name, given)
            return (given, options.mapping?.format ?? "")
        }
        var count = 0
        let found: TimeFormatDetector.Result
        if let all = profile.allTimes {
            found = all
        } else {
            var detector = TimeFormatDetector()
            let scratch = scratch
            try pass(share: 0.5...0.5) { source, _ in
                guard let cell = source.cells.first(where: { $0.column == column }) else { return }
                if case .time = cell.value { return }
                if let text = cell.value.text(scratch) { detector.observe(text) }
            }
            found = detector.result
            count = detector.count
        }
        switch found {
        case .none:
            try checkReadable(column, name, .iso8601)
            return (.iso8601, "ISO 8601")
        case .ambiguous(let formats, _):
            if let told = options.timeFormat(of: role, among: formats, names: names) { return told }
            throw InputError(file: file, line: 1, .ambiguousTimes(column: name, formats: formats))
        case .format(let format, let words, let unreadable):
            if unreadable * 10 > count { try checkReadable(column, name, format) }
            return (format, words)
        }
    }

    /// Throws where more than a tenth of the column's values cannot be read in this format.
    private mutating func checkReadable(_ column: Int, _ name: String, _ format: TimeFormat) throws {
        var total = 0
        var unreadable = 0
        var examples: [InputProblem.Example] = []
        let scratch = scratch
        try pass(share: 0.5...0.5) { source, _ in
            guard let cell = source.cells.first(where: { $0.column == column }) else { return }
            if case .time = cell.value {
                total += 1
                return
            }
            guard let text = cell.value.text(scratch) else { return }
            total += 1
            if format.parse(text) != nil { return }
            unreadable += 1
            if examples.count < 5 {
                examples.append(InputProblem.Example(line: source.line, text: String(decoding: text.prefix(60), as: UTF8.self)))
            }
        }
        if unreadable * 10 > total {
            throw InputError(
                file: file, line: examples.first?.line,
                .unreadableTimes(column: name, unreadable: unreadable, total: total, examples: examples))
        }
    }
}
