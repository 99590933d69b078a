import EventLogs
import Foundation
import Instants
import LogFormats
import Statistics
import TestSupport
import Testing

@Suite struct LogWriterTests {
    private static func csv(_ log: EventLog) -> String {
        var bytes: [UInt8] = []
        LogWriter.writeCSV(log) { bytes.append(contentsOf: $0) }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func read(_ text: String) throws -> EventLog {
        try Array(text.utf8).withUnsafeBytes {
            try LogReader.read(bytes: $0, named: "log.csv", options: ReadOptions(), monitor: SilentMonitor())
        }.log
    }

    /// What a log says, case by case, in a form that does not depend on the numbers that texts have.
    private static func facts(_ log: EventLog) -> [String: [String]] {
        let columns = log.columns
        var result: [String: [String]] = [:]
        for position in 0..<log.caseCount {
            let owner = Int(log.caseIDs[position])
            var lines: [String] = []
            for place in log.eventRanges[position] {
                let event = log.event(at: place)
                let symbols = [columns.activity, columns.resource, columns.role, columns.department, columns.transition]
                var parts = symbols.map { $0?.text(event) ?? "-" }
                parts.append("\(columns.time[event]) \(columns.start.isEmpty ? Instant.missing : columns.start[event])")
                parts.append("\(columns.timeForms[Int(columns.timeForm[event])].offset)")
                for (attributes, row) in [(columns.attributes, event), (columns.caseAttributes, owner)] {
                    for attribute in attributes.sorted(by: { $0.name < $1.name }) {
                        if let text = attribute.text(row, forms: columns.timeForms) { parts.append("\(attribute.name)=\(text)") }
                    }
                }
                lines.append(parts.joined(separator: "|"))
            }
            result[log.caseName(position)] = lines
        }
        return result
    }

    /// A log of everything that a table can hold, with names that need quotes and a time form of each kind.
    private static func motley(seed: UInt64) -> EventLog {
        var stream = RandomStream(seed: seed, path: 3)
        let names = ["Check", "a, b", "say \"no\"", "two\nlines", "半 — é", "semi;colon", " x ", "tab\there"]
        var builder = EventLogBuilder()
        builder.sourceNames.caseName = "case"
        builder.sourceNames.activity = "activity"
        builder.sourceNames.timestamp = "completion"
        builder.sourceNames.start = "start"
        builder.sourceNames.resource = "resource"
        builder.sourceNames.role = "role"
        builder.sourceNames.department = "department"
        builder.sourceNames.lifecycle = "lifecycle"
        let form = builder.formNumber(TimeForm(offset: [0, 28_800, -12_600][stream.index(below: 3)]))
        let enabled = builder.attribute(named: "enabled", type: .date, level: .event)
        let amount = builder.attribute(named: "amount", type: .float, level: .event)
        let count = builder.attribute(named: "count", type: .int, level: .event)
        let vendor = builder.attribute(named: "vendor", type: .string, level: .case)
        var row = 0
        for number in 0..<30 {
            let owner = builder.caseNumber("case \(number)")
            builder.set(
                .case, attribute: vendor, of: Int(owner), text: names[stream.index(below: names.count)].trimmingCharacters(in: .whitespaces)
            )
            var clock = EventLog.tinyEpoch + Int64(stream.index(below: 1_000_000)) * 1_000_003
            for _ in 0..<(2 + stream.index(below: 5)) {
                row += 1
                let start = clock
                clock += Int64(1 + stream.index(below: 9_000)) * [1_000_000, 1_000, 1][stream.index(below: 3)]
                let activity = names[stream.index(below: 6)]
                let event = builder.append(case: owner, activity: builder.activityNumber(activity), time: clock, form: form, row: row)
                builder.setStart(event, start, form: form)
                builder.set(.event, attribute: enabled, of: event, instant: Instant(microseconds: start - Int64(row)), form: form)
                builder.set(.resource, event, "person \(stream.index(below: 4))")
                builder.set(.role, event, names[stream.index(below: 2)])
                builder.set(.department, event, "D\(stream.index(below: 2))")
                builder.set(.transition, event, "complete")
                // Halves and quarters: decimals of one sort, some missing.
                builder.set(.event, attribute: amount, of: event, number: Double(stream.index(below: 4_000)) / 4 - 500.125)
                if stream.index(below: 3) > 0 { builder.set(.event, attribute: count, of: event, integer: Int64(row) - 40) }
            }
        }
        return builder.finish()
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>) func whatIsWrittenIsReadBack(seed: UInt64) throws {
        let log = Self.motley(seed: seed)
        let text = Self.csv(log)
        #expect(text.hasPrefix("case,activity,enabled,start,completion,resource,role,department,lifecycle,amount,count,vendor\n"))
        let again = try Self.read(text)
        #expect(Self.facts(again) == Self.facts(log))
        #expect(again.instanceCount == log.instanceCount)
        #expect(Self.csv(again) == text)
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>) func plainLogsAndViewsAreReadBack(seed: UInt64) throws {
        let log = EventLog.random(seed: seed, cases: 50)
        let part = log.selecting(cases: Array(stride(from: 0, to: log.caseCount, by: 3)))
        let fewer = log.selecting(events: { $0 % 2 == 0 })
        for view in [log, part, fewer, EventLog.random(seed: seed, cases: 20, withStarts: false, resources: 0)] {
            let again = try Self.read(Self.csv(view))
            #expect(Self.facts(again) == Self.facts(view))
        }
    }

    @Test func rowsKeepTheRecordedOrder() {
        var builder = EventLogBuilder()
        let (one, two) = (builder.caseNumber("1"), builder.caseNumber("2"))
        let activity = builder.activityNumber("A")
        let hour = Microseconds.hour
        builder.append(case: one, activity: activity, time: 5 * hour, row: 1)
        builder.append(case: two, activity: activity, time: 1 * hour, row: 2)
        builder.append(case: one, activity: activity, time: 2 * hour, row: 3)
        builder.append(case: two, activity: activity, time: Instant.missing, row: 4)
        let lines = Self.csv(builder.finish()).split(separator: "\n").dropFirst()
        #expect(lines == ["1,A,1970-01-01T05:00:00Z", "2,A,1970-01-01T01:00:00Z", "1,A,1970-01-01T02:00:00Z", "2,A,"])
    }

    @Test func formulasAreDisarmedAndNamesKeptApart() {
        var builder = EventLogBuilder()
        let own = builder.attribute(named: "amount", type: .int, level: .event)
        let text = builder.attribute(named: "amount", type: .string, level: .event)
        let other = builder.attribute(named: "amount", type: .string, level: .case)
        let clash = builder.attribute(named: "concept:name", type: .string, level: .event)
        let formula = builder.attribute(named: "=1+1", type: .boolean, level: .event)
        for (row, name) in ["=cmd()", "+1", "-1", "@x", "\tx", "＝x", "a=b"].enumerated() {
            let event = builder.append(
                case: builder.caseNumber("1"), activity: builder.activityNumber(name), time: Int64(row), row: row + 1)
            if row == 0 { builder.set(.event, attribute: own, of: event, integer: -7) }
            if row == 1 { builder.set(.event, attribute: text, of: event, text: "-7") }
            if row == 2 { builder.set(.event, attribute: clash, of: event, text: "c") }
            builder.set(.event, attribute: formula, of: event, boolean: row > 0)
        }
        builder.set(.case, attribute: other, of: 0, text: "v")
        let lines = Self.csv(builder.finish()).split(separator: "\n")
        #expect(lines[0] == "case:concept:name,concept:name,time:timestamp,amount,event:concept:name,'=1+1,case:amount")
        #expect(lines[1] == "1,'=cmd(),1970-01-01T00:00:00Z,-7,,false,v")
        #expect(lines[2] == "1,'+1,1970-01-01T00:00:00.000001Z,'-7,,true,v")
        #expect(lines[3] == "1,'-1,1970-01-01T00:00:00.000002Z,,c,true,v")
        #expect(lines[4...].map { $0.split(separator: ",")[1] } == ["'@x", "'\tx", "'＝x", "a=b"])
    }

    @Test func datesWithoutTimeStayDates() throws {
        let text = "case,activity,timestamp\n1,A,2026-01-31\n1,B,2026-02-01\n"
        #expect(Self.csv(try Self.read(text)) == text)
    }
}
