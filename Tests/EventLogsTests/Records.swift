import Instants
import Statistics
import TestSupport

@testable import EventLogs

/// One recorded event as plain values: what the columns hold is checked against lists of these.
struct Record {
    var caseName: String
    var activity: String
    var time: Int64?
    var start: Int64?
    var transition: String?
    var resource: String?
    var instance: String?
    var note: String?
    var amount: Int64?
    var rate: Double?
    var flag: Bool?
    var due: Int64?
}

/// The attributes of one case as plain values.
struct CaseRecord {
    var vendor: String?
    var total: Int64?
    var amount: Double?
}

/// A log as plain values.
struct Records {
    var events: [Record] = []
    var cases: [String: CaseRecord] = [:]

    static let activities = ["A", "B'q", "C`d", "D é", "", "and", "=1+1"]
    static let day = Microseconds.day

    enum Lifecycle {
        case none, mixed, complete, nonstandard
    }

    /// A seeded log whose cases are interleaved and partly out of order, with gaps in every column.
    static func random(
        seed: UInt64, cases: Int, longest: Int, lifecycle: Lifecycle, withStarts: Bool, withInstances: Bool = false, tidy: Bool = false
    ) -> Records {
        var stream = RandomStream(seed: seed, path: 1)
        func chance(_ percent: Int) -> Bool { stream.index(below: 100) < percent }
        var records = Records()
        var queue: [[Record]] = []
        for index in 0..<cases {
            let name = "case \(index)"
            var clock = EventLog.tinyEpoch + Int64(stream.index(below: 20)) * day
            var events: [Record] = []
            for _ in 0..<(1 + stream.index(below: longest)) {
                // Few distinct steps, so that ties are common.
                clock += Int64(stream.index(below: 4)) * Microseconds.hour
                var record = Record(caseName: name, activity: activities[stream.index(below: activities.count)])
                record.time = !tidy && chance(8) ? nil : clock
                if withStarts && chance(80) { record.start = clock + Int64(stream.index(below: 9) - 7) * Microseconds.hour / 2 }
                switch lifecycle {
                case .none: break
                case .complete: record.transition = chance(50) ? "COMPLETE" : nil
                case .nonstandard: record.transition = chance(50) ? "schedule" : "Withdraw"
                case .mixed:
                    let names = ["start", "START", "start", "complete", "Complete", "complete", "ate_abort", "PI_Abort", "schedule"]
                    record.transition = chance(10) ? nil : names[stream.index(below: names.count)]
                }
                if chance(70) { record.resource = "person \(stream.index(below: 3))" }
                if withInstances && chance(40) { record.instance = "i\(stream.index(below: 3))" }
                if chance(60) { record.note = ["x", "xx", "it's", "-", ""][stream.index(below: 5)] }
                if chance(60) { record.amount = Int64(stream.index(below: 7)) - 3 }
                if chance(60) { record.rate = Double(stream.index(below: 9)) / 4 }
                if chance(60) { record.flag = chance(50) }
                if chance(60) { record.due = EventLog.tinyEpoch + Int64(stream.index(below: 30)) * day }
                events.append(record)
            }
            if !tidy && chance(50) { events.shuffle(using: &stream) }
            queue.append(events)
            records.cases[name] = CaseRecord(
                vendor: chance(70) ? "vendor \(stream.index(below: 3))" : nil, total: chance(70) ? Int64(stream.index(below: 9)) : nil,
                amount: chance(70) ? Double(stream.index(below: 9)) / 2 : nil)
        }
        var next = [Int](repeating: 0, count: queue.count)
        var open = Array(queue.indices)
        while !open.isEmpty {
            let pick = tidy ? 0 : stream.index(below: min(4, open.count))
            let chosen = open[pick]
            records.events.append(queue[chosen][next[chosen]])
            next[chosen] += 1
            if next[chosen] == queue[chosen].count { open.remove(at: pick) }
        }
        return records
    }

    /// The log that holds the events at these places (all by default).
    func log(keeping kept: [Int]? = nil, counting: InstanceCounting = .instances) -> EventLog {
        var builder = EventLogBuilder()
        let note = builder.attribute(named: "note", type: .string, level: .event)
        let amount = builder.attribute(named: "amount", type: .int, level: .event)
        let rate = builder.attribute(named: "rate", type: .float, level: .event)
        let flag = builder.attribute(named: "flag", type: .boolean, level: .event)
        let due = builder.attribute(named: "due date", type: .date, level: .event)
        let vendor = builder.attribute(named: "vendor", type: .string, level: .case)
        let total = builder.attribute(named: "total", type: .int, level: .case)
        let caseAmount = builder.attribute(named: "amount", type: .float, level: .case)
        let form = builder.formNumber(.utc)
        for place in kept ?? Array(events.indices) {
            let record = events[place]
            let number = builder.caseNumber(record.caseName)
            let event = builder.append(
                case: number, activity: builder.activityNumber(record.activity), time: record.time ?? Instant.missing, form: form,
                row: place + 1)
            if let start = record.start { builder.setStart(event, start, form: form) }
            if let transition = record.transition { builder.set(.transition, event, transition) }
            if let resource = record.resource { builder.set(.resource, event, resource) }
            if let instance = record.instance { builder.set(.instance, event, instance) }
            if let value = record.note { builder.set(.event, attribute: note, of: event, text: value) }
            if let value = record.amount { builder.set(.event, attribute: amount, of: event, integer: value) }
            if let value = record.rate { builder.set(.event, attribute: rate, of: event, number: value) }
            if let value = record.flag { builder.set(.event, attribute: flag, of: event, boolean: value) }
            if let value = record.due {
                builder.set(.event, attribute: due, of: event, instant: Instant(microseconds: value), form: form)
            }
            let own = cases[record.caseName] ?? CaseRecord()
            if let value = own.vendor { builder.set(.case, attribute: vendor, of: Int(number), text: value) }
            if let value = own.total { builder.set(.case, attribute: total, of: Int(number), integer: value) }
            if let value = own.amount { builder.set(.case, attribute: caseAmount, of: Int(number), number: value) }
        }
        return builder.finish(counting: counting)
    }

    /// Cases in order of first sight with the places of their events in order: events with a time are sorted among the places
    /// of such events, the others stay.
    func ordered(keeping kept: [Int]? = nil) -> [(name: String, places: [Int])] {
        var result: [(name: String, places: [Int])] = []
        for place in kept ?? Array(events.indices) {
            if let known = result.firstIndex(where: { $0.name == events[place].caseName }) {
                result[known].places.append(place)
            } else {
                result.append((events[place].caseName, [place]))
            }
        }
        for index in result.indices {
            var places = result[index].places
            // Bubble sort over the events that have a time.
            let timed = places.indices.filter { events[places[$0]].time != nil }
            for _ in timed {
                for (left, right) in zip(timed, timed.dropFirst()) where events[places[left]].time! > events[places[right]].time! {
                    places.swapAt(left, right)
                }
            }
            result[index].places = places
        }
        return result
    }

    /// An activity instance as plain values.
    struct Instance: Equatable {
        var activity: String
        var start: Int64?
        var completion: Int64?
        var resource: String?
        var event: Int
        var opening: Int?
        var isAborted = false
    }

    /// The instances of a case whose events stand at these places, and the starts left open.
    func instances(_ places: [Int], standard: Bool, counting: InstanceCounting = .instances) -> (done: [Instance], open: [Int64?]) {
        if counting == .events {
            return (
                places.map { place in
                    let own = events[place]
                    return Instance(activity: own.activity, completion: own.time, resource: own.resource, event: place)
                }, []
            )
        }
        var done: [Instance] = []
        var open: [Int] = []
        var openRows: [Int64?] = []
        for place in places {
            let own = events[place]
            var kind = own.transition?.lowercased() ?? "complete"
            if !standard { kind = "complete" }
            if kind == "start" { open.append(place) }
            guard ["complete", "ate_abort", "pi_abort", "withdraw"].contains(kind) else { continue }
            if standard || own.transition == nil {
                if own.time == nil, let start = own.start {
                    openRows.append(start)
                    continue
                }
            }
            let candidates = open.filter { candidate in
                let other = events[candidate]
                if other.activity != own.activity { return false }
                if own.instance != nil || other.instance != nil { return own.instance == other.instance }
                return own.resource == nil || other.resource == nil || own.resource == other.resource
            }
            let taken = candidates.first
            open.removeAll { $0 == taken }
            var start = own.start ?? taken.flatMap { events[$0].time }
            if let begun = start, let time = own.time, begun > time { start = nil }
            done.append(
                Instance(
                    activity: own.activity, start: start, completion: own.time,
                    resource: own.resource ?? taken.flatMap { events[$0].resource }, event: place, opening: taken,
                    isAborted: standard && kind != "complete"))
        }
        return (done, open.map { events[$0].time } + openRows)
    }

    /// Whether some of these events' transitions start or complete.
    func isStandard(_ places: [Int]) -> Bool {
        places.contains { ["start", "complete", nil].contains(events[$0].transition?.lowercased()) }
    }
}

extension EventLog {
    /// The instances of the case at a position as plain values; events are places in the records.
    func plainInstances(_ position: Int) -> [Records.Instance] {
        instanceRanges[position].map { instance in
            let completion = instances.completion[instance]
            let start = instances.startTime(instance)
            let opening = instances.openingEvent.isEmpty ? Vocabulary.missing : instances.openingEvent[instance]
            return Records.Instance(
                activity: activities[instances.activity[instance]], start: start == Instant.missing ? nil : start,
                completion: completion == Instant.missing ? nil : completion,
                resource: instances.resource.isEmpty ? nil : columns.resource!.vocabulary.text(instances.resource[instance]),
                event: Int(columns.row[instances.closingEvent(instance)]) - 1,
                opening: opening == Vocabulary.missing ? nil : Int(columns.row[Int(opening)]) - 1,
                isAborted: instances.aborted[instance])
        }
    }

    /// The places in the records of the events of the case at a position.
    func places(_ position: Int) -> [Int] {
        eventRanges[position].map { Int(columns.row[event(at: $0)]) - 1 }
    }
}
