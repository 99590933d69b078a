import Instants
import Statistics
import TestSupport
import Testing

@testable import EventLogs

@Suite struct EventLogBuilderTests {
    @Test(arguments: 1...12 as ClosedRange<UInt64>) func eventsStandByCaseThenTimeThenRecordedOrder(seed: UInt64) {
        let records = Records.random(seed: seed, cases: 20, longest: 9, lifecycle: .mixed, withStarts: seed % 2 == 0)
        let log = records.log()
        let expected = records.ordered()
        #expect(log.caseCount == expected.count)
        for position in 0..<log.caseCount {
            #expect(log.caseName(position) == expected[position].name)
            #expect(log.places(position) == expected[position].places)
        }
        #expect(log.eventCount == records.events.count)
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>) func columnsMoveWithTheirEvents(seed: UInt64) throws {
        let records = Records.random(seed: seed, cases: 15, longest: 8, lifecycle: .mixed, withStarts: true, withInstances: true)
        let log = records.log()
        let columns = log.columns
        func attribute(_ name: String, _ level: AttributeLevel = .event) throws -> AttributeColumn {
            try #require((level == .event ? columns.attributes : columns.caseAttributes).first { $0.name == name })
        }
        for event in 0..<columns.count {
            let record = records.events[Int(columns.row[event]) - 1]
            #expect(columns.activity.text(event) == record.activity)
            #expect(columns.time[event] == record.time ?? Instant.missing)
            #expect(columns.start[event] == record.start ?? Instant.missing)
            #expect(columns.transition?.text(event) == record.transition)
            #expect(columns.resource?.text(event) == record.resource)
            #expect(columns.instanceName?.text(event) == record.instance)
            #expect(try attribute("note").text(event, forms: columns.timeForms) == record.note)
            #expect(try attribute("amount").number(event) == record.amount.map(Double.init))
            #expect(try attribute("rate").number(event) == record.rate)
            #expect(try attribute("flag").boolean(event) == record.flag)
            #expect(try attribute("due date").instant(event)?.microseconds == record.due)
            #expect(try attribute("due date").isPresent(event) == (record.due != nil))
        }
        for position in 0..<log.caseCount {
            let own = try #require(records.cases[log.caseName(position)])
            #expect(try attribute("vendor", .case).text(position, forms: []) == own.vendor)
            #expect(try attribute("total", .case).number(position) == own.total.map(Double.init))
            #expect(try attribute("amount", .case).number(position) == own.amount)
        }
        #expect(columns.role == nil)
    }

    @Test func anEventWithoutATimeKeepsItsPlace() {
        let log = EventLog.tiny([
            ("1", [TinyEvent("c", end: 30), TinyEvent("x", end: nil), TinyEvent("a", end: 10), TinyEvent("y", end: nil)])
        ])
        #expect(log.plainInstances(0).map(\.activity) == ["a", "x", "c", "y"])
        #expect(log.findings.contains(LogFinding(.unorderedEvents, .info, count: 1, examples: [.row(3)])))
        #expect(log.findings.contains(LogFinding(.missingTime, .warning, count: 2, examples: [.row(2), .row(4)])))
    }

    @Test func casesWithoutEventsAreLeftOutAndCounted() {
        var builder = EventLogBuilder()
        _ = builder.caseNumber("empty")
        let full = builder.caseNumber("full")
        let vendor = builder.attribute(named: "vendor", type: .string, level: .case)
        builder.set(.case, attribute: vendor, of: 0, text: "of the empty one")
        builder.set(.case, attribute: vendor, of: Int(full), text: "of the full one")
        builder.append(case: full, activity: builder.activityNumber("A"), time: 5, row: 2)
        let log = builder.finish()
        #expect(log.caseCount == 1)
        #expect(log.caseName(0) == "full")
        #expect(log.columns.caseAttributes[0].text(0, forms: []) == "of the full one")
        #expect(log.findings == [LogFinding(.emptyCase, .info, count: 1, examples: ["empty"])])
    }

    @Test func anEmptyLogIsALog() {
        let log = EventLogBuilder().finish()
        #expect(log.caseCount == 0)
        #expect(log.eventCount == 0)
        #expect(log.timeRange == nil)
        #expect(log.columns.prevailingOffset == 0)
        #expect(VariantIndex(of: log).count == 0)
    }

    @Test func onlyWhatAllEventsOfACaseShareBecomesTheCases() {
        var builder = EventLogBuilder()
        builder.promotesConstantAttributes = true
        let names = ["shared", "once", "varying", "single", "cost"]
        let numbers = names.map { builder.attribute(named: $0, type: .int, level: .event) }
        builder.costAttribute = numbers[4]
        let values: [(name: String, values: [Int64?])] = [
            ("1", [1, 7, 1, nil, 2]), ("1", [1, nil, 2, nil, 2]), ("2", [3, 7, 3, 5, 2]),
        ]
        for (row, (name, own)) in values.enumerated() {
            let event = builder.append(
                case: builder.caseNumber(name), activity: builder.activityNumber("A"), time: Int64(row), row: row + 1)
            for (number, value) in zip(numbers, own) {
                if let value { builder.set(.event, attribute: number, of: event, integer: value) }
            }
        }
        let log = builder.finish()
        #expect(log.columns.caseAttributes.map(\.name) == ["shared"])
        #expect(log.columns.caseAttributes[0].number(0) == 1)
        #expect(log.columns.caseAttributes[0].number(1) == 3)
        // An attribute that one event of several has says something of that event; one that only cases of one event have, too.
        #expect(log.columns.attributes.map(\.name) == ["once", "varying", "single", "cost"])
        #expect(log.columns.costAttribute == 3)
    }

    @Test func tooManyOffsetsFallBackToUTC() {
        var builder = EventLogBuilder()
        var last: UInt16 = 0
        for offset in 1...66_000 as ClosedRange<Int32> { last = builder.formNumber(TimeForm(offset: offset)) }
        builder.append(case: builder.caseNumber("1"), activity: builder.activityNumber("A"), time: 0, form: last, row: 1)
        let log = builder.finish()
        #expect(log.columns.timeForms[Int(log.columns.timeForm[0])] == .utc)
        #expect(log.columns.timeForms[0].offset == 1)
    }

    @Test func theOffsetOfMostTimesPrevails() {
        var builder = EventLogBuilder()
        let east = builder.formNumber(TimeForm(offset: 28_800))
        let west = builder.formNumber(TimeForm(offset: -3_600))
        let number = builder.caseNumber("1")
        let activity = builder.activityNumber("A")
        for (time, form) in [(1, west), (2, west), (3, east), (4, east)] as [(Int64, UInt16)] {
            builder.append(case: number, activity: activity, time: time, form: form, row: 1)
        }
        for _ in 0..<9 { builder.append(case: number, activity: activity, time: Instant.missing, form: east, row: 1) }
        #expect(builder.finish().columns.prevailingOffset == -3_600)
    }

    @Test func nestedAttributesFollowTheirOwners() {
        var builder = EventLogBuilder()
        _ = builder.caseNumber("empty")
        let number = builder.caseNumber("1")
        let activity = builder.activityNumber("A")
        builder.append(case: number, activity: activity, time: 20, row: 1)
        builder.append(case: number, activity: activity, time: 10, row: 2)
        let tree = AttributeTree(key: "list", kind: .list)
        builder.addNested(.event, of: 0, tree)
        builder.addNested(.case, of: Int(number), tree)
        builder.addNested(.case, of: 0, tree)
        let nested = builder.finish().columns.nested
        #expect(nested == [NestedAttribute(owner: 1, level: .event, tree: tree), NestedAttribute(owner: 0, level: .case, tree: tree)])
    }

    @Test func tiesNamesAndFormsAreFindings() {
        var builder = EventLogBuilder()
        let naive = builder.formNumber(TimeForm(offset: 0, isNaive: true))
        let date = builder.formNumber(TimeForm(offset: 0, isNaive: true, isDateOnly: true))
        for (name, activity, time, form) in [
            ("1", "A", 1, naive), ("1", "", 1, naive), ("1", "B", 1, date), ("2", "A", 1, date),
        ] as [(String, String, Int64, UInt16)] {
            builder.append(
                case: builder.caseNumber(name), activity: builder.activityNumber(activity), time: time, form: form, row: 1)
        }
        var told = builder
        told.assumedZone = "Asia/Shanghai"
        #expect(!told.finish().findings.contains { $0.rule == .naiveTime }, "a zone that the user gave is no assumption")
        let findings = builder.finish().findings
        #expect(
            findings == [
                LogFinding(.missingActivity, .error, count: 1, examples: [.row(1)]),
                LogFinding(.sameTime, .info, count: 2, detail: "0.5", examples: [.row(1)]),
                LogFinding(.naiveTime, .warning, count: 2, detail: "UTC", examples: [.row(1), .row(1)]),
                LogFinding(.dateOnly, .warning, count: 2, examples: [.row(1), .row(1)]),
            ])
    }
}
