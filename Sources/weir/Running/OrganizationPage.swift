import Performance
import Reports
import Statistics

/// The tables and sentences about an organisation.
struct OrganizationPage {
    let result: Organization
    private let language: Language
    private let humane: Humane

    init(_ result: Organization, _ language: Language) {
        self.result = result
        self.language = language
        humane = Humane(language)
    }

    /// How many people and roles, and what the hours rest on.
    var summary: String {
        let people = humane.count(result.people)
        let roles = humane.count(result.roles.count)
        let clustered = result.roles.contains { $0.basis == .cluster }
        let byDepartment = result.roles.contains { $0.basis == .department }
        let english = clustered ? " (people who do the same work)" : byDepartment ? " (departments: the log has no roles)" : ""
        let chinese = clustered ? "（按工作内容归组）" : byDepartment ? "（取自部门：日志没有角色）" : ""
        let hours =
            switch result.hours {
            case .learnt: language("hours learnt from the log", "工作时间从日志推断")
            case .calendar: language("hours of the calendar", "工作时间取自日历")
            case .unknown: language("hours unknown", "工作时间未知")
            }
        let missing = result.unassignedInstances
        let unassigned =
            missing == 0
            ? ""
            : language("; \(humane.count(missing)) instances name nobody", "；\(humane.count(missing)) 个活动实例没有记录执行人")
        return language(
            "\(people) people in \(roles) roles\(english); \(hours)\(unassigned)",
            "\(people) 名人员，\(roles) 个角色\(chinese)；\(hours)\(unassigned)")
    }

    /// What borders cost.
    var borderSummary: String {
        let borders = result.departments
        let isRole = borders.unit == .role
        let total = humane.duration(seconds: borders.totalS)
        let share = humane.share(borders.shareOfCycleTime)
        let cases = humane.share(borders.shareOfCases)
        let median = humane.duration(seconds: borders.crossing?.medianS)
        let within = humane.duration(seconds: borders.within?.medianS)
        return language(
            "Between \(isRole ? "roles" : "departments") \(total) pass, \(share) of all cycle time; \(cases) of cases cross a border, which takes \(median) in the median (\(within) within)",
            "\(isRole ? "角色" : "部门")之间共耗去 \(total)，占周期时间的 \(share)；\(cases) 的案例跨越边界，中位数 \(median)（内部 \(within)）")
    }

    /// What was perhaps written twice.
    var reentrySummary: String {
        let reentry = result.reentry
        let window = Humane.elapsed(language).duration(seconds: reentry.windowS)
        if reentry.count == 0 {
            return language(
                "Written twice: no suspects (another department's person, within \(window))", "重复录入：没有疑点（另一部门的人在 \(window) 内再次录入）")
        }
        let count = humane.count(reentry.count)
        let share = humane.share(reentry.shareOfCases)
        return language(
            "Perhaps written twice (another department's person, within \(window)): \(count) instances in \(share) of cases, suspects only",
            "疑似重复录入（另一部门的人在 \(window) 内再次录入）：\(count) 个活动实例，涉及 \(share) 的案例，仅为疑点")
    }

    /// A table with all its columns.
    func table(_ table: OrganizationTable) -> Table {
        switch table {
        case .handovers: handovers
        case .resources: workers(result.resources ?? [], language("People", "人员"), isRole: false)
        case .roles: workers(result.roles, language("Roles", "角色"), isRole: true)
        case .borders: borders
        case .together: together
        case .subcontracting: subcontracting
        case .reentry: reentry
        }
    }

    /// A table with as many columns as a terminal has room for.
    func narrow(_ table: OrganizationTable) -> Table {
        let whole = self.table(table)
        let keys: [String] =
            switch table {
            case .handovers: ["path", "source", "target", "count", "cases", "total_s", "median_s"]
            case .roles, .resources: ["name", "resources", "instances", "cases", "worked_s", "utilization", "parallel_share"]
            case .borders: ["source", "target", "count", "share_of_cases", "total_s", "share_of_cycle_time", "median_s"]
            case .reentry: ["rule", "source", "target", "count", "gap_median_s"]
            case .together, .subcontracting: whole.columns.map(\.key)
            }
        let places = whole.columns.indices.filter { keys.contains(whole.columns[$0].key) }
        return Table(
            whole.title, columns: places.map { whole.columns[$0] }, rows: whole.rows.map { row in places.map { row[$0] } },
            omitted: whole.omitted)
    }

    private var from: Table.Column { Table.Column(language("from", "从"), key: "source", .left) }
    private var to: Table.Column { Table.Column(language("to", "到"), key: "target", .left) }
    private var times: Table.Column { Table.Column(language("times", "次数"), key: "count") }
    private var cases: Table.Column { Table.Column(language("cases", "案例"), key: "cases") }
    private var total: Table.Column { Table.Column(language("total", "合计"), key: "total_s") }
    private var median: Table.Column { Table.Column(language("median", "中位数"), key: "median_s") }

    private var handovers: Table {
        Table(
            language("Who hands work to whom", "谁把工作交给谁"),
            columns: [
                from, to, times, Table.Column(language("same person", "同一人"), key: "same_resource"), cases, total,
                Table.Column(language("mean", "平均值"), key: "mean_s"), median,
                Table.Column(language("90 % under", "90% 低于"), key: "p90_s"),
            ],
            rows: result.handovers.map { pair in
                [
                    .name(pair.source), .name(pair.target), .count(pair.count), .count(pair.sameResource), .count(pair.cases),
                    .seconds(pair.totalS), .seconds(pair.elapsed?.meanS), .seconds(pair.elapsed?.medianS), .seconds(pair.elapsed?.p90S),
                ]
            })
    }

    private func workers(_ workers: [Organization.Worker], _ title: String, isRole: Bool) -> Table {
        Table(
            title,
            columns: [
                Table.Column("", key: "name", .left), Table.Column(language("role", "角色"), key: "role", .left),
                Table.Column(language("people", "人数"), key: "resources"), Table.Column(language("instances", "活动实例"), key: "instances"),
                cases, Table.Column(language("worked", "工作时间"), key: "worked_s"),
                Table.Column(language("available", "可用时间"), key: "available_s"),
                Table.Column(language("utilisation", "利用率"), key: "utilization"),
                Table.Column(language("several at once", "同时多项"), key: "parallel_share"),
                Table.Column(language("at once, mean", "平均并行"), key: "mean_parallelism"),
                Table.Column(language("system", "系统"), key: "is_system", .left),
            ],
            rows: workers.map { worker in
                [
                    .name(worker.name), .name(worker.role), .count(worker.resources), .count(worker.instances), .count(worker.cases),
                    .seconds(result.hours == .calendar ? worker.workedInHoursS : worker.workedS), .seconds(worker.availableS),
                    .share(worker.utilization), .share(worker.parallelShare),
                    .number(worker.meanParallelism), .words(worker.isSystem ? language("yes", "是") : language("no", "否")),
                ]
            })
    }

    private var borders: Table {
        Table(
            result.departments.unit == .role
                ? language("Borders between roles", "角色之间的边界") : language("Borders between departments", "部门之间的边界"),
            columns: [
                from, to, times, cases, Table.Column(language("of cases", "占案例"), key: "share_of_cases"), total,
                Table.Column(language("of cycle time", "占周期时间"), key: "share_of_cycle_time"),
                Table.Column(language("mean", "平均值"), key: "mean_s"), median,
                Table.Column(language("90 % under", "90% 低于"), key: "p90_s"),
                Table.Column(language("mostly at", "主要在"), key: "path", .left),
            ],
            rows: result.departments.borders.map { border in
                [
                    .name(border.source), .name(border.target), .count(border.count), .count(border.cases), .share(border.shareOfCases),
                    .seconds(border.totalS), .share(border.shareOfCycleTime), .seconds(border.elapsed?.meanS),
                    .seconds(border.elapsed?.medianS), .seconds(border.elapsed?.p90S), .path([border.path.source, border.path.target]),
                ]
            })
    }

    private var together: Table {
        Table(
            language("Who works on the same cases", "谁处理同样的案例"),
            columns: [
                Table.Column("", key: "first", .left), Table.Column("", key: "second", .left), cases,
            ], rows: result.workingTogether.map { [.name($0.first), .name($0.second), .count($0.cases)] })
    }

    private var subcontracting: Table {
        Table(
            language("Who has single steps done by whom", "谁把中间一步交给谁"), columns: [from, to, times],
            rows: result.subcontracting.map { [.name($0.source), .name($0.target), .count($0.count)] })
    }

    private var reentry: Table {
        Table(
            language("Perhaps written twice", "疑似重复录入"),
            columns: [
                Table.Column(language("why", "依据"), key: "rule", .left), from, to,
                Table.Column(language("attribute", "属性"), key: "attribute", .left),
                Table.Column(language("first unit", "先录入方"), key: "source_unit", .left),
                Table.Column(language("second unit", "后录入方"), key: "target_unit", .left), times, cases,
                Table.Column(language("apart, median", "间隔中位数"), key: "gap_median_s"),
                Table.Column(language("work", "耗时"), key: "work_s"),
            ],
            rows: result.reentry.suspects.map { suspect in
                [
                    .words(Self.rule(suspect.rule, language)), .name(suspect.source), .name(suspect.target), .name(suspect.attribute),
                    .name(suspect.sourceUnit), .name(suspect.targetUnit), .count(suspect.count), .count(suspect.cases),
                    .seconds(suspect.gap?.medianS), .seconds(suspect.workS),
                ]
            })
    }

    private static func rule(_ rule: ReentrySuspects.Rule, _ language: Language) -> String {
        switch rule {
        case .reentryName: language("its name says so", "名称表明")
        case .sameEntry: language("same entry", "同一录入")
        case .sameValue: language("same value", "同一取值")
        }
    }
}
