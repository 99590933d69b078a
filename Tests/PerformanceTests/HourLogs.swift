import EventLogs
import Instants
import Statistics

/// A seeded log whose times are whole hours within four weeks, so that slow references can count hours one by one.
struct HourLog {
    /// One instance as it was generated; hours after the log's first Monday.
    struct Entry {
        var activity: String
        var start: Int?
        var end: Int
        var resource: String?
        var role: String?
    }

    /// Hour 0: 2026-01-05T00:00:00+08:00, a Monday on the log's clock.
    static let epoch = 1_767_571_200 * Microseconds.second - 8 * Microseconds.hour

    /// How often a start is left out, and whether instances of a case follow one another.
    enum Shape: CaseIterable {
        case overlapping
        case overlappingWithGaps
        case sequential
        case sequentialWithGaps
        case eventsOnly

        var leavesOut: Double {
            switch self {
            case .overlapping, .sequential: 0
            case .overlappingWithGaps, .sequentialWithGaps: 0.1
            case .eventsOnly: 1
            }
        }

        var isSequential: Bool { self == .sequential || self == .sequentialWithGaps || self == .eventsOnly }
    }

    /// Per case: its name and instances, in the order in which they were recorded.
    var cases: [(name: String, entries: [Entry])] = []

    init(seed: UInt64, shape: Shape, cases count: Int = 40, activities: Int = 5, longest: Int = 8) {
        var stream = RandomStream(seed: seed, path: 11)
        for number in 0..<count {
            var clock = stream.index(below: 400)
            var entries: [Entry] = []
            for _ in 0..<(1 + stream.index(below: longest)) {
                let start = shape.isSequential ? clock + stream.index(below: 20) : clock + stream.index(below: 30) - 10
                let end = start + stream.index(below: 15)
                clock = shape.isSequential ? end : max(clock, start + stream.index(below: 10))
                let person = stream.index(below: 4)
                entries.append(
                    Entry(
                        activity: String(UnicodeScalar(UInt8(65 + stream.index(below: activities)))),
                        start: stream.unit() < shape.leavesOut ? nil : start, end: end, resource: person == 3 ? nil : "person \(person)",
                        role: stream.index(below: 5) == 0 ? nil : "role \(person % 2)"))
            }
            cases.append(("case \(number)", entries))
        }
    }

    /// The generated instances of a case in the order of completion, then of recording.
    func ordered(_ position: Int) -> [Entry] {
        let entries = cases[position].entries
        return entries.indices.sorted { (entries[$0].end, $0) < (entries[$1].end, $1) }.map { entries[$0] }
    }

    var log: EventLog {
        var builder = EventLogBuilder()
        let form = builder.formNumber(TimeForm(offset: 8 * 3_600))
        var row = 0
        for (name, entries) in cases {
            let number = builder.caseNumber(name)
            for entry in entries {
                row += 1
                let event = builder.append(
                    case: number, activity: builder.activityNumber(entry.activity), time: Self.instant(entry.end), form: form, row: row)
                if let start = entry.start { builder.setStart(event, Self.instant(start), form: form) }
                if let resource = entry.resource { builder.set(.resource, event, resource) }
                if let role = entry.role { builder.set(.role, event, role) }
            }
        }
        return builder.finish()
    }

    static func instant(_ hour: Int) -> Int64 { epoch + Int64(hour) * Microseconds.hour }
}
