import EventLogs
import Instants
import TestSupport
import Testing

@Suite struct LogSummaryTests {
    @Test(arguments: 1...20) func countsAreThoseOfASlowCount(seed: Int) {
        let whole = EventLog.random(seed: UInt64(seed), cases: 30, withStarts: seed.isMultiple(of: 2), resources: seed % 4)
        // A view, so that columns hold more than is counted.
        let log = whole.selecting(cases: Array(stride(from: 0, to: 30, by: 2)))
        let summary = LogSummary(of: log)
        var events: [Int] = []
        for range in log.eventRanges { events += range.map { log.event(at: $0) } }
        #expect(summary.cases == 15)
        #expect(summary.events == events.count)
        #expect(summary.instances == log.instanceCount)
        #expect(summary.activities == Set(events.map { log.columns.activity.ids[$0] }).count)
        #expect(summary.variants == Set(log.instanceRanges.map { Array(log.instances.activity[$0]) }).count)
        #expect(summary.resources == log.columns.resource.map { column in Set(events.map { column.ids[$0] }).count })
        let starts = log.columns.start.isEmpty ? [] : events.map { log.columns.start[$0] }
        let times = events.map { log.columns.time[$0] } + starts
        #expect(summary.first?.microseconds == times.min())
        #expect(summary.last?.microseconds == times.max())
        let time = summary.attributes.first { $0.name == "time:timestamp" }
        #expect(time?.distinct == Set(events.map { log.columns.time[$0] }).count)
        #expect(time?.missing == 0)
        #expect(summary.attributes.contains { $0.name == "start_timestamp" } == !log.columns.start.isEmpty)
    }

    @Test func attributesCountDifferentAndMissingValues() {
        var builder = EventLogBuilder()
        let amount = builder.attribute(named: "amount", type: .float, level: .event)
        let note = builder.attribute(named: "note", type: .string, level: .event)
        let plant = builder.attribute(named: "plant", type: .string, level: .case)
        for index in 0..<10 {
            let number = builder.caseNumber("case \(index / 5)")
            let event = builder.append(case: number, activity: builder.activityNumber("A"), time: Int64(index), row: index + 1)
            if index != 3 { builder.set(.event, attribute: amount, of: event, number: Double(index % 4)) }
            if index < 2 { builder.set(.event, attribute: note, of: event, text: "same") }
        }
        builder.set(.case, attribute: plant, of: 1, text: "P1")
        let attributes = LogSummary(of: builder.finish()).attributes
        #expect(attributes.first { $0.name == "amount" } == .init(name: "amount", level: .event, type: .float, distinct: 4, missing: 1))
        #expect(attributes.first { $0.name == "note" } == .init(name: "note", level: .event, type: .string, distinct: 1, missing: 8))
        #expect(attributes.first { $0.name == "plant" } == .init(name: "plant", level: .case, type: .string, distinct: 1, missing: 1))
    }

    @Test func beyondAMillionDifferentValuesAreNotCounted() {
        var builder = EventLogBuilder()
        let number = builder.attribute(named: "number", type: .int, level: .event)
        let other = builder.attribute(named: "other", type: .int, level: .event)
        let only = builder.caseNumber("c")
        let activity = builder.activityNumber("A")
        for index in 0...LogSummary.distinctLimit {
            let event = builder.append(case: only, activity: activity, time: 0, row: index)
            builder.set(.event, attribute: number, of: event, integer: Int64(index))
            builder.set(.event, attribute: other, of: event, integer: Int64(max(1, index)))
        }
        let summary = LogSummary(of: builder.finish())
        #expect(summary.attributes.first { $0.name == "number" }?.distinct == nil)
        #expect(summary.attributes.first { $0.name == "other" }?.distinct == LogSummary.distinctLimit)
        #expect(summary.findings.filter { $0.rule == .distinctCapped }.map(\.detail) == ["number"])
    }
}
