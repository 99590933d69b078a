package import EventLogs
import Instants
import Statistics

/// One event of a hand-written log: times in seconds after 2026-01-05T00:00:00Z.
package struct TinyEvent: Sendable {
    var activity: String
    var start: Double?
    var end: Double?
    var resource: String?
    var transition: String?

    /// An event with these parts; `end` is its time.
    package init(_ activity: String, start: Double? = nil, end: Double?, by resource: String? = nil, transition: String? = nil) {
        self.activity = activity
        self.start = start
        self.end = end
        self.resource = resource
        self.transition = transition
    }
}

extension EventLog {
    /// The second 0 of hand-written logs: 2026-01-05T00:00:00Z, a Monday, in microseconds.
    package static let tinyEpoch: Int64 = 1_767_571_200 * Microseconds.second

    /// A log of hand-written cases, in recorded order.
    package static func tiny(_ cases: [(name: String, events: [TinyEvent])], counting: InstanceCounting = .instances) -> EventLog {
        var builder = EventLogBuilder()
        var row = 0
        for (name, events) in cases {
            let number = builder.caseNumber(name)
            for event in events {
                row += 1
                let time = event.end.map { tinyEpoch + Int64($0 * 1e6) } ?? Instant.missing
                let added = builder.append(case: number, activity: builder.activityNumber(event.activity), time: time, row: row)
                if let start = event.start { builder.setStart(added, tinyEpoch + Int64(start * 1e6)) }
                if let resource = event.resource { builder.set(.resource, added, resource) }
                if let transition = event.transition { builder.set(.transition, added, transition) }
            }
        }
        return builder.finish(counting: counting)
    }

    /// A log of traces that are words, each letter an activity, each trace as many cases as said; events are a minute apart.
    package static func words(_ traces: KeyValuePairs<String, Int>) -> EventLog {
        Self.traces(traces.map { (activities: $0.key.map(String.init), count: $0.value) })
    }

    /// A log of traces, each as many cases as said; events are a minute apart.
    package static func traces(_ traces: [(activities: [String], count: Int)]) -> EventLog {
        tiny(
            traces.enumerated().flatMap { place, trace in
                let events = trace.activities.enumerated().map { TinyEvent($1, end: Double($0) * 60) }
                return (0..<trace.count).map { (name: "case \(place + 1).\($0 + 1)", events: events) }
            })
    }

    /// A seeded log of random cases.
    ///
    /// - Parameters:
    ///   - activities: how many activities there are (A, B, …).
    ///   - withStarts: whether instances have starts; with `overlapping`, they may then overlap.
    package static func random(
        seed: UInt64, cases: Int, activities: Int = 5, longest: Int = 9, withStarts: Bool = true, overlapping: Bool = true,
        resources: Int = 3
    ) -> EventLog {
        var stream = RandomStream(seed: seed, path: 7)
        var builder = EventLogBuilder()
        var row = 0
        for index in 0..<cases {
            let number = builder.caseNumber("case \(index)")
            var clock = tinyEpoch + Int64(stream.index(below: 1_000_000)) * Microseconds.second
            for _ in 0..<(1 + stream.index(below: longest)) {
                row += 1
                let letter = String(UnicodeScalar(UInt8(65 + stream.index(below: activities))))
                let gap = Int64(stream.index(below: 5_000)) * Microseconds.second
                let work = Int64(stream.index(below: 3_000)) * Microseconds.second
                let start = overlapping ? clock + gap - work / 2 : clock + gap
                clock = Swift.max(clock, start + work)
                let event = builder.append(
                    case: number, activity: builder.activityNumber(letter), time: start + work, row: row)
                if withStarts { builder.setStart(event, start) }
                if resources > 0 { builder.set(.resource, event, "person \(stream.index(below: resources))") }
            }
        }
        return builder.finish()
    }
}
