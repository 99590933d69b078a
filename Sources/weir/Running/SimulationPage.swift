import Reports
import Simulation
import Statistics
import Workbench

/// The tables and sentences of a simulation.
struct SimulationPage {
    /// What came of it.
    let result: SimulateModel.Result
    /// The name of the model's or the log's file.
    let model: String
    /// The name of the scenario's file; nil where the model was learnt from a log.
    let scenario: String?

    private var simulation: SimulationResult { result.simulation }

    /// What was run, in a line.
    func headline(_ language: Language) -> String {
        let humane = Humane(language)
        let cases = humane.count(simulation.cases)
        let runs = humane.count(simulation.replications)
        var parts = [
            scenario.map { language("\(model) with \($0)", "\(model) 配 \($0)") } ?? model,
            language(
                "\(cases) \(simulation.cases == 1 ? "case" : "cases") × \(runs) \(simulation.replications == 1 ? "replication" : "replications")",
                "\(cases) 个案例 × 重复运行 \(runs) 次"),
        ]
        if simulation.warmUpCases > 0 {
            let count = humane.count(simulation.warmUpCases)
            parts.append(language("\(count) before them to warm up", "之前预热 \(count) 个"))
        }
        parts.append(language("from \(result.start)", "自 \(result.start) 起"))
        return parts.joined(separator: " · ")
    }

    /// What happened that a sound model does not know; `nil` where nothing did.
    func unsound(_ language: Language) -> String? {
        if simulation.unsoundCases == 0 { return nil }
        let count = Humane(language).count(simulation.unsoundCases)
        return language(
            "Warning: \(count) cases of all replications never ended or ended before all their work was done; the model is not sound.",
            "警告：全部重复运行中有 \(count) 个案例没有正常结束；模型不健全。")
    }

    private var times: [(name: (String, String), key: String, figures: SimulationResult.TimeFigures)] {
        [
            (("cycle time", "周期时间"), "cycle_time", simulation.kpis.cycleTime),
            (("waiting time", "等待时间"), "waiting_time", simulation.kpis.waitingTime),
            (("service time", "处理时间"), "service_time", simulation.kpis.serviceTime),
        ]
    }

    /// The figures of cases with their intervals, one row each.
    func figures(_ language: Language) -> Table {
        let interval = language("95 % interval", "95% 置信区间")
        var rows: [[Table.Cell]] = []
        for time in times {
            let figures = time.figures
            for (statistic, value, ci95) in [
                (language("mean", "平均值"), figures.meanS, figures.meanCi95),
                (language("median", "中位数"), figures.medianS, figures.medianCi95),
                (language("p90", "90 分位数"), figures.p90S, figures.p90Ci95),
            ] {
                let name = language(time.name.0, time.name.1)
                rows.append([.words(language("\(name), \(statistic)", "\(name)\(statistic)")), .seconds(value), .interval(ci95, .seconds)])
            }
        }
        let throughput = simulation.kpis.throughput
        rows.append([
            .words(language("throughput, cases per day", "吞吐量（案例/天）")), .number(throughput.meanPerDay),
            .interval(throughput.meanPerDayCi95, .number),
        ])
        if let cost = simulation.kpis.cost.mean {
            rows.append([.words(language("cost, mean", "成本平均值")), .number(cost), .interval(simulation.kpis.cost.meanCi95, .number)])
        }
        return Table(
            language("Per case", "每个案例"),
            columns: [
                Table.Column("", key: "kpi", .left), Table.Column(language("value", "取值"), key: "value"),
                Table.Column(interval, key: "ci95", isInterval: true),
            ], rows: rows)
    }

    /// The use of each role.
    func people(_ language: Language) -> Table {
        Table(
            language("Roles", "角色"),
            columns: [
                Table.Column("", key: "role", .left), Table.Column(language("resources", "资源数"), key: "resources"),
                Table.Column(language("utilization", "利用率"), key: "utilization"),
                Table.Column(language("95 % interval", "95% 置信区间"), key: "utilization_ci95", isInterval: true),
            ],
            rows: simulation.roles.map { role in
                [.name(role.name), .count(role.resources), .share(role.utilization), .interval(role.utilizationCi95, .share)]
            })
    }

    /// The activities with their work and waits.
    func activities(_ language: Language) -> Table {
        Table(
            language("Activities", "活动"),
            columns: [
                Table.Column("", key: "activity", .left), Table.Column(language("instances", "活动实例"), key: "instances"),
                Table.Column(language("service, mean", "处理时间平均值"), key: "service_mean_s"),
                Table.Column(language("waiting, mean", "等待时间平均值"), key: "waiting_mean_s"),
                Table.Column(language("waiting, p90", "等待时间 90 分位数"), key: "waiting_p90_s"),
            ],
            rows: simulation.activities.map { activity in
                [
                    .name(activity.name), .count(activity.instances), .seconds(activity.service?.meanS),
                    .seconds(activity.waiting?.meanS), .seconds(activity.waiting?.p90S),
                ]
            })
    }

    /// The figures of cases and the use of roles for programs, one figure a row.
    var machineTable: Table {
        var rows: [[Table.Cell]] = []
        func add(_ kpi: String, _ role: String?, _ unit: String, _ value: Double?, _ ci95: Interval?) {
            rows.append([.words(kpi), .name(role), .words(unit), .number(value), .interval(ci95, .number)])
        }
        for time in times {
            add("\(time.key).mean", nil, "s", time.figures.meanS, time.figures.meanCi95)
            add("\(time.key).median", nil, "s", time.figures.medianS, time.figures.medianCi95)
            add("\(time.key).p90", nil, "s", time.figures.p90S, time.figures.p90Ci95)
        }
        add("throughput.mean", nil, "cases/day", simulation.kpis.throughput.meanPerDay, simulation.kpis.throughput.meanPerDayCi95)
        add("cost.mean", nil, "money", simulation.kpis.cost.mean, simulation.kpis.cost.meanCi95)
        for role in simulation.roles { add("utilization", role.name, "share", role.utilization, role.utilizationCi95) }
        return Table(
            "",
            columns: [
                Table.Column("kpi", key: "kpi", .left), Table.Column("role", key: "role", .left), Table.Column("unit", key: "unit", .left),
                Table.Column("value", key: "value"), Table.Column("ci95", key: "ci95", isInterval: true),
            ], rows: rows)
    }

    /// All of it for notes and tickets.
    func markdown(_ language: Language) -> String {
        var parts = ["## " + InertText.markdown(headline(language))]
        if let backtest = result.backtest { parts.append(BacktestText(language).sentence(backtest)) }
        parts += [figures(language), people(language), activities(language)].map { $0.markdown(language) }
        if let sentence = unsound(language) { parts.append(InertText.markdown(sentence)) }
        parts += result.warnings.map { "- " + InertText.markdown($0.phrase.text(language)) }
        let text = parts.map { $0.hasSuffix("\n") ? String($0.dropLast()) : $0 }.joined(separator: "\n\n")
        return text + "\n"
    }
}
