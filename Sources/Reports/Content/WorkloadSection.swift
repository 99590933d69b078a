import EventLogs
import Performance

extension ReportBuilder {
    /// Who does how much, and when.
    var workloadSection: ReportDocument.Section {
        let workload = input.before.workload
        let total = input.before.log.instanceCount
        var blocks: [ReportDocument.Block] = []
        var tables: [Table] = []
        if !workload.roles.isEmpty { tables.append(seriesTable(workload.roles, words.rolesTable, words.role, key: "role") { $0 }) }
        if !workload.departments.isEmpty {
            tables.append(seriesTable(workload.departments, words.departmentsTable, words.department, key: "department") { $0 })
        }
        if !workload.resources.isEmpty && !people.isByRole {
            tables.append(seriesTable(workload.resources, words.resourcesTable, words.resource, key: "resource", people.name(of:)))
        }
        let groups: [(String, [Workload.Series], (String) -> String)] = [
            (words.role, workload.roles, { $0 }), (words.department, workload.departments, { $0 }),
            (words.resource, workload.roles.isEmpty || !people.isByRole ? workload.resources : [], people.name(of:)),
        ]
        if !workload.resources.isEmpty || !workload.roles.isEmpty || !workload.departments.isEmpty {
            blocks.append(
                .paragraph(
                    words.workloadReading(
                        resources: workload.resources.count, roles: workload.roles.count, departments: workload.departments.count)))
        }
        if !workload.resources.isEmpty && input.options.people == .roles {
            blocks.append(.paragraph(people.isByRole ? words.peopleAsRoles : words.peopleAsNumbers))
        }
        var isFirst = true
        for (label, series, name) in groups where !series.isEmpty {
            let caption = words.workloadCaption(label, shown: min(12, series.count), of: series.count)
            blocks.append(
                .figure(
                    ReportDocument.Figure(
                        svg: pictures.workload(series, workload, name: name, caption, id: "workload-\(blocks.count)"),
                        caption: caption, data: isFirst ? tables : [])))
            isFirst = false
        }
        if !workload.weeks.isEmpty {
            blocks.append(
                .figure(
                    ReportDocument.Figure(
                        svg: pictures.progress(workload, words.progressCaption, id: "progress"), caption: words.progressCaption,
                        data: [weeksTable(workload)])))
        }
        let heading: Prose
        if let leader = groups.first(where: { !$0.1.isEmpty }), let most = leader.1.first, total > 0 {
            heading = words.workloadHeading(leader.2(most.name), share: Double(most.instances) / Double(total))
        } else {
            heading = words.workloadUnknown
        }
        return ReportDocument.Section(id: "workload", topic: words.workloadTopic, heading: heading, blocks: blocks)
    }

    private func seriesTable(
        _ series: [Workload.Series], _ title: String, _ term: String, key: String, _ name: (String) -> String
    ) -> Table {
        let total = input.before.log.instanceCount
        let rows = series.prefix(Self.rowLimit).map { one -> [Table.Cell] in
            let busiest = one.weeks.max { left, right in
                left.instances != right.instances ? left.instances < right.instances : left.number > right.number
            }
            return [
                .name(name(one.name)), .count(one.instances), .share(total == 0 ? nil : Double(one.instances) / Double(total)),
                .seconds(one.workedS), .words(busiest.map { String($0.weekStart.prefix(10)) }), .count(busiest?.instances),
            ]
        }
        return Table(
            title,
            columns: [
                .init(term, key: key, .left), .init(words.instancesHead, key: "instances"), .init(words.shareHead, key: "share"),
                .init(words.workedHead, key: "worked_s"), .init(words.busiestHead, key: "busiest_week"),
                .init(words.inBusiestHead, key: "busiest_week_instances"),
            ], rows: rows, omitted: max(0, series.count - Self.rowLimit))
    }

    private func weeksTable(_ workload: Workload) -> Table {
        Table(
            words.weeksTable,
            columns: [
                .init(words.weekHead, key: "week_start"), .init(words.startedHead, key: "cases_started"),
                .init(words.completedHead, key: "cases_completed"), .init(words.progressHead, key: "cases_in_progress"),
                .init(words.instancesHead, key: "instances"), .init(words.partlyHead, key: "is_partial", .left),
            ],
            rows: workload.weeks.prefix(520).map { week in
                [
                    .words(String(week.weekStart.prefix(10))), .count(week.casesStarted), .count(week.casesCompleted),
                    .count(week.casesInProgress), .count(week.instances), .words(words.coverage(isPartial: week.isPartial)),
                ]
            }, omitted: max(0, workload.weeks.count - 520))
    }
}
