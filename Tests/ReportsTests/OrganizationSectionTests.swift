import EventLogs
import Performance
import TestSupport
import Testing

@testable import Reports

/// What a report says of organisation, queues, every case, and where the signs of a bottleneck agree.
@Suite struct OrganizationSectionTests {
    private func sections(_ log: EventLog, _ language: Language = .en) -> [ReportDocument.Section] {
        let input = ReportInput(
            title: "t", before: AnalysedLog(name: "l", log: log), provenance: SampleLogs.provenance,
            options: ReportOptions(language: language))
        return Report(input).document.sections
    }

    @Test func theSectionsShowWhatTheLogHolds() throws {
        let log = try SampleLogs.purchases("before", cases: 300)
        let sections = sections(log)
        let organization = try #require(sections.first { $0.id == "organization" })
        let borders = DepartmentBorders.of(log)
        let first = try #require(borders.borders.first)
        #expect(organization.heading.plain().contains("\(first.source) → \(first.target)"))
        for id in ["agreement", "spectrum", "queues"] {
            let section = try #require(sections.first { $0.id == id })
            #expect(!section.blocks.isEmpty && !section.heading.plain().isEmpty)
        }
        let chinese = self.sections(log, .zh)
        #expect(chinese.map(\.id) == sections.map(\.id))
    }

    @Test func peopleAreNeverNamedThere() throws {
        let log = try SampleLogs.purchases("before", cases: 120, withRoles: false)
        let names = try #require(log.columns.resource?.vocabulary.strings).filter { $0 != "SYSTEM" }
        let input = ReportInput(title: "t", before: AnalysedLog(name: "l", log: log), provenance: SampleLogs.provenance)
        let html = Report(input).html
        for name in names { #expect(!html.contains(name), "\(name)") }
    }

    @Test func aLogWithoutPeopleHasNoOrganisation() {
        let log = EventLog.tiny([("1", [TinyEvent("A", end: 1), TinyEvent("B", end: 9)])])
        #expect(!sections(log).contains { $0.id == "organization" })
    }

    @Test func aLogWithoutTimesHasNoQueues() {
        let log = EventLog.tiny([("1", [TinyEvent("A", end: nil), TinyEvent("B", end: nil)])])
        #expect(!sections(log).contains { ["spectrum", "queues"].contains($0.id) })
    }
}
