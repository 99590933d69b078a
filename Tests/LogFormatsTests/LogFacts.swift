import EventLogs
import Foundation
import Instants
import LogFormats
import Statistics
import TestSupport

/// What a log says, event by event in recorded order, in a form that does not depend on how it is held.
enum LogFacts {
    /// What a format keeps of a log.
    struct Kept {
        var offsets = true
        /// Whether a whole number and the same number with a point are told apart, and numbers kept to more than 13 digits.
        var numberTypes = true
        var nested = true
        /// The unit to which times are kept, in microseconds.
        var unit: Int64 = 1
    }

    static func lines(_ log: EventLog, _ kept: Kept = Kept()) -> [String] {
        let columns = log.columns
        var events: [(row: UInt32, event: Int, owner: Int)] = []
        for position in 0..<log.caseCount {
            for place in log.eventRanges[position] {
                let event = log.event(at: place)
                events.append((columns.row[event], event, Int(log.caseIDs[position])))
            }
        }
        events.sort { ($0.row, $0.event) < ($1.row, $1.event) }
        return events.map { item in
            let (event, owner) = (item.event, item.owner)
            var parts = [columns.caseNames[UInt32(owner)], columns.activity.text(event) ?? "-"]
            parts.append(time(columns.time[event], columns.timeForm[event], columns, kept))
            parts.append(columns.start.isEmpty ? "-" : time(columns.start[event], columns.startForm[event], columns, kept))
            for column in [columns.transition, columns.resource, columns.role, columns.department, columns.instanceName] {
                parts.append(column.flatMap { event < $0.ids.count ? $0.text(event) : nil } ?? "-")
            }
            parts += attributes(columns.attributes, event, "", columns, kept).sorted()
            parts += attributes(columns.caseAttributes, owner, "case:", columns, kept).sorted()
            if kept.nested {
                let trees = columns.nested.filter { Int($0.owner) == ($0.level == .event ? event : owner) }
                parts += trees.map { "\($0.level) \(text($0.tree))" }.sorted()
            }
            return parts.joined(separator: " | ")
        }
    }

    private static func time(_ time: Int64, _ form: UInt16, _ columns: EventColumns, _ kept: Kept) -> String {
        if time == Instant.missing { return "-" }
        let form = columns.timeForms[Int(form)]
        let local = kept.offsets ? time : time + Int64(form.offset) * 1_000_000
        let rounded = (local + kept.unit / 2).flooredQuotient(by: kept.unit) * kept.unit
        if !kept.offsets { return "\(rounded)" }
        return "\(rounded) \(form.offset) \(form.isNaive) \(form.isDateOnly)"
    }

    private static func attributes(
        _ attributes: [AttributeColumn], _ row: Int, _ prefix: String, _ columns: EventColumns, _ kept: Kept
    ) -> [String] {
        attributes.compactMap { column in
            guard column.isPresent(row), let text = column.text(row, forms: columns.timeForms) else { return nil }
            var value = text
            var type = column.type == .id ? AttributeType.string.rawValue : column.type.rawValue
            if column.type == .date {
                value = time(column.words[row], row < column.forms.count ? column.forms[row] : 0, columns, kept)
            } else if !kept.numberTypes, let number = column.number(row) {
                (value, type) = (String(format: "%.13g", number), "number")
            }
            return "\(prefix)\(column.name):\(type)=\(value)"
        }
    }

    /// An attribute with all that is nested in it.
    static func text(_ tree: AttributeTree) -> String {
        "\(tree.key):\(tree.kind)=\(tree.text)[\(tree.children.map(text).joined(separator: ","))]"
    }

    /// A seeded log of everything a log can hold, with texts that are hard to write.
    ///
    /// - Parameters:
    ///   - offsets: the offsets of times that occur.
    ///   - isNested: whether nested and list attributes occur.
    static func motley(seed: UInt64, offsets: [Int32] = [0, 28_800, -12_600], isNested: Bool = true, unit: Int64 = 1) -> EventLog {
        var stream = RandomStream(seed: seed, path: 11)
        let texts = [
            "Check", "a, b", "say \"no\"", "two\nlines", "半 — é", "=1+1", "tab\there", "back\\slash", "😀", "_x0041_", "001", "true", "-5",
            "{}",
        ]
        func pick() -> String { texts[stream.index(below: texts.count)] }
        var builder = EventLogBuilder()
        let forms = offsets.map { builder.formNumber(TimeForm(offset: $0)) }
        let integers = builder.attribute(named: "count", type: .int, level: .event)
        let numbers = builder.attribute(named: "amount", type: .float, level: .event)
        let truths = builder.attribute(named: "ok", type: .boolean, level: .event)
        let notes = builder.attribute(named: "note", type: .string, level: .event)
        let dates = builder.attribute(named: "due", type: .date, level: .event)
        let vendors = builder.attribute(named: "vendor", type: .string, level: .case)
        let limits = builder.attribute(named: "limit", type: .int, level: .case)
        var row = 0
        var open: [(owner: UInt32, left: Int)] = []
        for number in 0..<12 {
            let owner = builder.caseNumber("case \(number) \(texts[number % 5])")
            builder.set(.case, attribute: vendors, of: Int(owner), text: pick())
            if number % 3 > 0 { builder.set(.case, attribute: limits, of: Int(owner), integer: Int64(number) * 1_000_000_007) }
            if isNested && number % 4 == 0 {
                builder.addNested(
                    .case, of: Int(owner),
                    AttributeTree(
                        key: "parties", kind: .list,
                        children: [
                            AttributeTree(key: "party", kind: .value(.string), text: pick()),
                            AttributeTree(key: "", kind: .value(.int), text: "12345678901234567890"),
                        ]))
            }
            open.append((owner, 2 + stream.index(below: 5)))
        }
        var clock = EventLog.tinyEpoch
        while !open.isEmpty {
            let place = stream.index(below: open.count)
            let owner = open[place].owner
            open[place].left -= 1
            if open[place].left == 0 { open.remove(at: place) }
            row += 1
            clock += Int64(1 + stream.index(below: 90_000)) * [1_000_000, 1_000, 1][stream.index(below: 3)] * 17
            let time = clock / unit * unit
            let form = forms[stream.index(below: forms.count)]
            let event = builder.append(
                case: owner, activity: builder.activityNumber(texts[stream.index(below: 6)]), time: time, form: form, row: row)
            if row % 4 > 0 { builder.setStart(event, time - Int64(stream.index(below: 5_000)) * 1_000_000, form: form) }
            if row % 5 > 0 { builder.set(.resource, event, "person \(stream.index(below: 4))") }
            builder.set(.role, event, texts[stream.index(below: 3)])
            builder.set(.transition, event, "complete")
            if row % 2 == 0 { builder.set(.event, attribute: integers, of: event, integer: Int64(row) - 20) }
            // The first two differ within their case or are missing, so that nothing is constant per case by chance.
            builder.set(.event, attribute: numbers, of: event, number: Double(stream.index(below: 100_000)) / 7 - 5_000)
            if row % 3 > 0 { builder.set(.event, attribute: truths, of: event, boolean: row % 6 < 3) }
            if row % 7 > 0 { builder.set(.event, attribute: notes, of: event, text: "\(pick()) \(row)") }
            if row % 3 == 1 {
                builder.set(.event, attribute: dates, of: event, instant: Instant(microseconds: time + unit * 86_400_000), form: form)
            }
            if isNested && row % 5 == 1 {
                builder.addNested(
                    .event, of: event,
                    AttributeTree(
                        key: "detail", kind: .container,
                        children: [
                            AttributeTree(key: "by", kind: .value(.date), text: "2026-01-05T08:00:00.000+08:00"),
                            AttributeTree(
                                key: "price", kind: .value(.float), text: "1.50",
                                children: [AttributeTree(key: "currency", kind: .value(.string), text: pick())]),
                            AttributeTree(key: "empty", kind: .list),
                        ]))
            }
            if isNested && row % 6 == 1 {
                builder.addNested(
                    .event, of: event,
                    AttributeTree(
                        key: "amount", kind: .value(.float), text: "",
                        children: [AttributeTree(key: "estimated", kind: .value(.boolean), text: "true")]))
            }
        }
        return builder.finish()
    }

}
