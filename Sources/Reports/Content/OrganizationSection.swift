import EventLogs
import Performance
import Statistics

extension ReportBuilder {
    /// How many roles the heat map shows.
    private static let roleLimit = 24

    /// Who hands work to whom, and what borders cost; nil where the log names nobody.
    var organizationSection: ReportDocument.Section? {
        let log = input.before.log
        let roles = ResourceRoles(of: log)
        if roles.names.isEmpty { return nil }
        // Of people only their roles are told here, whatever is chosen for lists of people.
        let shown = roles.roleOf.map { $0 < 0 ? "" : roles.names[$0] }
        let organization = Organization(of: log, options: Organization.Options(shown: shown, isByRole: true))
        let basis: ResourceRoles.Basis? = organization.roles.contains { $0.basis == .cluster } ? .cluster : roles.basis.first
        var blocks: [ReportDocument.Block] = [
            .paragraph(words.organizationReading(people: organization.people, roles: organization.roles.count, basis: basis)),
            .figure(
                ReportDocument.Figure(
                    svg: pictures.handovers(organization, limit: Self.roleLimit, words.handoverCaption), caption: words.handoverCaption,
                    data: [handoverTable(organization)])),
        ]
        if organization.roles.count > Self.roleLimit {
            blocks.append(.paragraph(words.handoverCut(Self.roleLimit, of: organization.roles.count)))
        }
        let departments = organization.departments
        if !departments.borders.isEmpty {
            let caption = words.bordersCaption(departments.unit)
            blocks.append(
                .figure(
                    ReportDocument.Figure(
                        svg: pictures.borders(departments, caption), caption: caption, data: [bordersTable(departments)])))
            blocks.append(
                .paragraph(
                    words.bordersReading(
                        share: departments.shareOfCases, perCase: departments.perCase, crossing: departments.crossing?.medianS,
                        within: departments.within?.medianS)))
        }
        blocks.append(
            .paragraph(
                words.reentryReading(
                    count: organization.reentry.count, share: organization.reentry.shareOfCases, windowS: organization.reentry.windowS)))
        if !organization.reentry.suspects.isEmpty { blocks.append(.folded(reentryTable(organization.reentry))) }
        let heading: Prose
        if let first = departments.borders.first {
            heading = words.organizationHeading(
                words.borderName(first.source, first.target), share: first.shareOfCycleTime, total: first.totalS)
        } else {
            heading = words.organizationOneUnit
        }
        return ReportDocument.Section(id: "organization", topic: words.organizationTopic, heading: heading, blocks: blocks)
    }

    private func handoverTable(_ organization: Organization) -> Table {
        Table(
            words.handoverTable,
            columns: [
                .init(words.handoverRow, key: "source", .left), .init(words.handoverColumn, key: "target", .left),
                .init(words.timesHead, key: "count"), .init(words.sameResourceHead, key: "same_resource"),
                .init(words.casesHead, key: "cases"), .init(words.totalHead, key: "total_s"), .init(words.median, key: "median_s"),
            ],
            rows: organization.handovers.prefix(Self.rowLimit).map { pair in
                [
                    .name(pair.source), .name(pair.target), .count(pair.count), .count(pair.sameResource), .count(pair.cases),
                    .seconds(pair.totalS), .seconds(pair.elapsed?.medianS),
                ]
            }, omitted: max(0, organization.handovers.count - Self.rowLimit))
    }

    private func bordersTable(_ departments: DepartmentBorders) -> Table {
        Table(
            words.bordersTable(departments.unit),
            columns: [
                .init(words.rankHead, key: "rank"), .init(words.handoverRow, key: "source", .left),
                .init(words.handoverColumn, key: "target", .left), .init(words.timesHead, key: "count"),
                .init(words.shareOfCasesHead, key: "share_of_cases"), .init(words.totalHead, key: "total_s"),
                .init(words.shareHead, key: "share_of_cycle_time"), .init(words.median, key: "median_s"),
                .init(words.mainStepHead, key: "path", .left), .init(words.filterHead, key: "filter", .left),
            ],
            rows: departments.borders.prefix(Self.rowLimit).map { border in
                [
                    .count(border.rank), .name(border.source), .name(border.target), .count(border.count), .share(border.shareOfCases),
                    .seconds(border.totalS), .share(border.shareOfCycleTime), .seconds(border.elapsed?.medianS),
                    .path([border.path.source, border.path.target]), .code(border.filter),
                ]
            }, omitted: max(0, departments.borders.count - Self.rowLimit))
    }

    private func reentryTable(_ reentry: ReentrySuspects) -> Table {
        Table(
            words.reentryTable,
            columns: [
                .init(words.reasonHead, key: "rule", .left), .init(words.handoverRow, key: "source", .left),
                .init(words.handoverColumn, key: "target", .left), .init(words.attributeHead, key: "attribute", .left),
                .init(words.timesHead, key: "count"), .init(words.casesHead, key: "cases"), .init(words.gapHead, key: "gap_median_s"),
                .init(words.filterHead, key: "filter", .left),
            ],
            rows: reentry.suspects.prefix(Self.rowLimit).map { suspect in
                [
                    .words(words.reentryRule(suspect.rule)), .name(suspect.source), .name(suspect.target), .name(suspect.attribute),
                    .count(suspect.count), .count(suspect.cases), .seconds(suspect.gap?.medianS), .code(suspect.filter),
                ]
            }, omitted: max(0, reentry.suspects.count - Self.rowLimit))
    }
}
