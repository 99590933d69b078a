import EventLogs
import Instants

/// Times with and without offset in one column, or offsets that are not those of one zone with summer time.
struct OffsetTally: Sendable {
    /// The times that are written in one form.
    private struct Figure: Sendable {
        var count = 0
        /// The first five, with their places among all events.
        var examples: [(place: Int, example: LogFinding.Example)] = []
    }

    private var forms: [TimeForm: Figure] = [:]
    private var days = OffsetDays()
    private var events = 0

    mutating func add(_ log: EventLog) {
        let columns = log.columns
        let (time, form) = (columns.time, columns.timeForm)
        var figures = columns.timeForms.map { forms[$0] ?? Figure() }
        let shifts = columns.timeForms.map { Int64($0.offset) * Microseconds.second }
        let offsets = columns.timeForms.map { $0.isNaive ? nil : days.place(of: $0.offset, occurs: false) }
        var places = offsets
        var place = events
        log.forEachEvent { event in
            place += 1
            if time[event] == Instant.missing { return }
            let number = Int(form[event])
            figures[number].count += 1
            if figures[number].examples.count < 5 {
                let text = columns.text(time[event], form: form[event])
                figures[number].examples.append((place, LogFinding.Example(row: Int(columns.row[event]), text: text)))
                if !columns.timeForms[number].isNaive { places[number] = days.place(of: columns.timeForms[number].offset, occurs: true) }
            }
            if let offset = places[number] { days.add((time[event] &+ shifts[number]).flooredQuotient(by: Microseconds.day), offset) }
        }
        events = place
        for (number, figure) in figures.enumerated() where figure.count > 0 { forms[columns.timeForms[number]] = figure }
    }

    var findings: [LogFinding] {
        var naive = 0
        var offsets: [Int32: Int] = [:]
        for (form, figure) in forms {
            if form.isNaive { naive += figure.count } else { offsets[form.offset, default: 0] += figure.count }
        }
        let explicit = offsets.values.reduce(0, +)
        let sorted = offsets.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        if naive > 0 && explicit > 0 {
            let isMostlyNaive = naive > explicit
            let usual = isMostlyNaive ? nil : sorted.first.map { Instant.offsetText(Int($0.key)) }
            let odd = examples { $0.isNaive != isMostlyNaive }
            return [LogFinding(.mixedOffsets, .warning, count: min(naive, explicit), detail: usual, examples: odd)]
        }
        if offsets.count < 2 { return [] }
        if sorted.count == 2 && abs(sorted[0].key - sorted[1].key) == 3_600 && days.strays * 50 <= explicit { return [] }
        let usual = sorted[0].key
        return [
            LogFinding(
                .mixedOffsets, .info, count: explicit - sorted[0].value, detail: Instant.offsetText(Int(usual)),
                examples: examples { $0.offset != usual })
        ]
    }

    /// Up to five events, in the order of cases, whose time is written in one of these forms.
    private func examples(_ isMeant: (TimeForm) -> Bool) -> [LogFinding.Example] {
        forms.filter { isMeant($0.key) }.flatMap(\.value.examples).sorted { $0.place < $1.place }.prefix(5).map(\.example)
    }
}

/// How many times of each day are written in one of two offsets; with more offsets than two nobody asks.
private struct OffsetDays: Sendable {
    private var offsets: [Int32] = []
    private var hasMore = false
    /// The days of a century and a half, two counts each; the others apart.
    private var usual: [UInt32] = []
    private var others: [Int64: [Int]] = [:]

    private static let firstDay: Int64 = -7_305
    private static let dayCount: Int64 = 65_536

    /// Which of the two an offset is; `nil` where it is neither.
    ///
    /// - Parameter occurs: whether it is one from now on, as far as there is room.
    mutating func place(of offset: Int32, occurs: Bool) -> Int? {
        if hasMore { return nil }
        if let known = offsets.firstIndex(of: offset) { return known }
        if !occurs { return nil }
        if offsets.count == 2 {
            hasMore = true
            return nil
        }
        offsets.append(offset)
        return offsets.count - 1
    }

    @inline(__always)
    mutating func add(_ day: Int64, _ offset: Int) {
        let place = day &- Self.firstDay
        if place < 0 || place >= Self.dayCount {
            others[day, default: [0, 0]][offset] += 1
            return
        }
        if usual.isEmpty { usual = [UInt32](repeating: 0, count: Int(Self.dayCount) * 2) }
        usual[Int(place) &* 2 &+ offset] &+= 1
    }

    /// Times on days with more of the other offset.
    var strays: Int {
        var sum = others.values.reduce(0) { $0 + min($1[0], $1[1]) }
        for day in stride(from: 0, to: usual.count, by: 2) { sum += Int(min(usual[day], usual[day + 1])) }
        return sum
    }
}
