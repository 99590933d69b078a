import EventLogs
import Instants

/// Events equal to another of their case in activity, time, start, transition, people, instance and every attribute.
///
/// Only events of one case at one time can be equal, so only such runs are looked at; a long run is sorted by a hash of
/// its rows, and equal hashes are verified. Events without a time are never called equal.
struct DuplicateTally: Sendable {
    private var tally = PairingFacts.Tally()
    private var tellsDaysAlone = true

    mutating func add(_ log: EventLog) {
        let columns = log.columns
        var comparer = RowComparer(columns)
        let time = columns.time
        var run: [Int] = []
        func closeRun() {
            if run.count > 1 {
                for surplus in comparer.repeated(in: run) {
                    if !columns.timeForms[Int(columns.timeForm[surplus])].isDateOnly { tellsDaysAlone = false }
                    tally.add {
                        let name = columns.activity.vocabulary[columns.activity.ids[surplus]]
                        return LogFinding.Example(row: Int(columns.row[surplus]), text: name)
                    }
                }
            }
            run.removeAll(keepingCapacity: true)
        }
        for range in log.eventRanges {
            var previous = Instant.missing
            for place in range {
                let event = log.event(at: place)
                let own = time[event]
                if own == Instant.missing || own != previous { closeRun() }
                if own != Instant.missing { run.append(event) }
                previous = own
            }
            closeRun()
        }
    }

    var findings: [LogFinding] {
        if tally.count == 0 { return [] }
        // Two like rows of one day may well be two pieces of work.
        return [LogFinding(.duplicateEvent, tellsDaysAlone ? .info : .warning, count: tally.count, examples: tally.examples)]
    }
}

/// Compares whole rows of a log.
private struct RowComparer {
    private let columns: EventColumns
    private let texts: [[UInt32]]
    private let attributes: [AttributeColumn]
    /// Nested attributes of events by owner, made when first needed.
    private var nested: [UInt32: [AttributeTree]]?

    init(_ columns: EventColumns) {
        self.columns = columns
        let optional = [columns.transition, columns.resource, columns.role, columns.department, columns.instanceName]
        texts = [columns.activity.ids] + optional.compactMap { $0?.ids }
        attributes = columns.attributes
    }

    /// The events of a run that are equal to an earlier one of it, in the order of the run.
    mutating func repeated(in run: [Int]) -> [Int] {
        if run.count <= 8 {
            var firsts: [Int] = []
            var surplus: [Int] = []
            for event in run {
                if firsts.contains(where: { areEqual($0, event) }) { surplus.append(event) } else { firsts.append(event) }
            }
            return surplus
        }
        let hashed = run.map { (hash: hash($0), event: $0) }.sorted { ($0.hash, $0.event) < ($1.hash, $1.event) }
        var surplus: [Int] = []
        var firsts: [Int] = []
        for (place, row) in hashed.enumerated() {
            if place > 0 && hashed[place - 1].hash != row.hash { firsts.removeAll(keepingCapacity: true) }
            if firsts.contains(where: { areEqual($0, row.event) }) { surplus.append(row.event) } else { firsts.append(row.event) }
        }
        return surplus.sorted()
    }

    private func hash(_ event: Int) -> UInt64 {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        func add(_ value: UInt64) {
            let product = (state ^ value).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
            state = product.high ^ product.low
        }
        for text in texts { add(UInt64(text[event])) }
        if !columns.start.isEmpty { add(UInt64(bitPattern: columns.start[event])) }
        for attribute in attributes { add(attribute.identity(event).map { UInt64(bitPattern: $0) } ?? UInt64.max) }
        return state
    }

    private mutating func areEqual(_ left: Int, _ right: Int) -> Bool {
        for text in texts where text[left] != text[right] { return false }
        if !columns.start.isEmpty && columns.start[left] != columns.start[right] { return false }
        for attribute in attributes where attribute.identity(left) != attribute.identity(right) { return false }
        if columns.nested.isEmpty { return true }
        let trees = nested ?? nestedTrees()
        nested = trees
        return trees[UInt32(left)] ?? [] == trees[UInt32(right)] ?? []
    }

    private func nestedTrees() -> [UInt32: [AttributeTree]] {
        var trees: [UInt32: [AttributeTree]] = [:]
        for attribute in columns.nested where attribute.level == .event { trees[attribute.owner, default: []].append(attribute.tree) }
        return trees
    }
}
