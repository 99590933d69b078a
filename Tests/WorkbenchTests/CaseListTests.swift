import EventLogs
import Instants
import TestSupport
import Testing
import Workbench

@Suite struct CaseListTests {
    @Test(arguments: 1...20) func everyCaseIsListedAsASlowCountSaysIt(seed: Int) {
        let log = EventLog.random(seed: UInt64(seed), cases: 40, withStarts: seed.isMultiple(of: 2))
        let list = CaseList(of: log)
        #expect(list.total == 40)
        #expect(list.cases.map(\.name) == (0..<40).map { log.caseName($0) })
        var sequences: [[UInt32]: Int] = [:]
        for range in log.instanceRanges { sequences[Array(log.instances.activity[range]), default: 0] += 1 }
        for (position, entry) in list.cases.enumerated() {
            let range = log.instanceRanges[position]
            let ends = range.map { log.instances.completion[$0] }
            let starts = range.map {
                log.instances.startTime($0) == Instant.missing ? log.instances.completion[$0] : log.instances.startTime($0)
            }
            #expect(entry.instances == range.count)
            #expect(entry.start?.microseconds == starts.min())
            #expect(entry.end?.microseconds == ends.max())
            #expect(entry.durationS == Double(ends.max()! - starts.min()!) / 1e6)
            // The rank of a variant is the number of variants that are more frequent, and some that are equally so.
            let count = sequences[Array(log.instances.activity[range])]!
            #expect(entry.variant > sequences.values.count { $0 > count })
            #expect(entry.variant <= sequences.values.count { $0 >= count })
            #expect(entry.rework == (Set(log.instances.activity[range]).count < range.count))
        }
    }

    @Test(arguments: CaseList.Order.allCases) func everyOrderIsSortedAndKeepsAllCases(order: CaseList.Order) {
        let log = EventLog.random(seed: 7, cases: 60)
        let list = CaseList(of: log, order: order)
        #expect(Set(list.cases.map(\.name)) == Set((0..<60).map { log.caseName($0) }))
        for (one, next) in zip(list.cases, list.cases.dropFirst()) {
            switch order {
            case .log: break
            case .duration: #expect(one.durationS! >= next.durationS!)
            case .start: #expect(one.start! <= next.start!)
            case .end: #expect(one.end! <= next.end!)
            case .instances: #expect(one.instances >= next.instances)
            case .variant: #expect(one.variant <= next.variant)
            case .case: #expect(one.name.utf8.lexicographicallyPrecedes(next.name.utf8))
            }
        }
        let first = CaseList(of: log, order: order, limit: 7)
        #expect(first.cases == Array(list.cases.prefix(7)))
        #expect(first.total == 60)
    }

    @Test func casesWithoutATimeComeLast() {
        let log = EventLog.tiny([
            ("no time", [TinyEvent("A", end: nil)]), ("short", [TinyEvent("A", end: 0), TinyEvent("B", end: 5)]),
            ("long", [TinyEvent("A", end: 0), TinyEvent("B", end: 50)]),
        ])
        #expect(CaseList(of: log, order: .duration).cases.map(\.name) == ["long", "short", "no time"])
        #expect(CaseList(of: log, order: .start).cases.map(\.name) == ["short", "long", "no time"])
        #expect(CaseList(of: log).cases[0].durationS == nil)
    }

    @Test func attributesKeepTheirTypes() throws {
        var builder = EventLogBuilder()
        for name in ["a", "b"] {
            _ = builder.append(case: builder.caseNumber(name), activity: builder.activityNumber("A"), time: 0, row: 1)
        }
        let text = builder.attribute(named: "plant", type: .string, level: .case)
        let whole = builder.attribute(named: "lines", type: .int, level: .case)
        let number = builder.attribute(named: "amount", type: .float, level: .case)
        let flag = builder.attribute(named: "rush", type: .boolean, level: .case)
        let date = builder.attribute(named: "due", type: .date, level: .case)
        builder.set(.case, attribute: text, of: 0, text: "P1")
        builder.set(.case, attribute: whole, of: 0, integer: 3)
        builder.set(.case, attribute: number, of: 0, number: 2.5)
        builder.set(.case, attribute: flag, of: 0, boolean: true)
        let form = builder.formNumber(TimeForm(offset: 28_800))
        builder.set(.case, attribute: date, of: 0, instant: Instant(microseconds: 0), form: form)
        let list = CaseList(of: builder.finish())
        #expect(list.attributeNames == ["plant", "lines", "amount", "rush", "due"])
        #expect(
            list.cases[0].attributes.map(\.value) == [
                .text("P1"), .integer(3), .number(2.5), .boolean(true), .instant(Instant(microseconds: 0), offset: 28_800),
            ])
        #expect(list.cases[1].attributes.allSatisfy { $0.value == nil })
    }
}
