package import Indicators
import Statistics

/// The tables of an explanation, for the terminal, Markdown and the report.
package struct ExplanationTables: Sendable {
    private let result: Explanation
    private let language: Language

    /// The tables of `result` in a language.
    package init(_ result: Explanation, _ language: Language) {
        self.result = result
        self.language = language
    }

    /// What every showing of drivers says.
    package static func caveat(_ language: Language) -> String {
        language(
            "These go together; whether one causes the other, a log cannot tell. Effects are of the mean, with everything else known at the start alike.",
            "这些只是关联；日志不能说明因果。效应针对平均值，且假定案例开始时已知的其他条件相同。")
    }

    /// Every table that has rows.
    package func all() -> [Table] {
        [drivers(), steps(), rules(), drift(), profiles()].filter { !$0.rows.isEmpty }
    }

    /// The possible drivers.
    ///
    /// - Parameters:
    ///   - onlyFound: whether those without evidence are left out.
    ///   - isNarrow: whether what takes room is left out.
    package func drivers(onlyFound: Bool = false, isNarrow: Bool = false) -> Table {
        let shown = result.drivers.filter { !onlyFound || $0.verdict == .driver }
        let hasMoney = !isNarrow && shown.contains { $0.effectMoney != nil }
        var columns = [
            Table.Column("", key: "rank"), Table.Column(language("what", "因素"), key: "driver", .left),
            Table.Column(language("known", "何时可知"), key: "known", .left), Table.Column(language("cases", "案例"), key: "cases"),
            Table.Column(language("effect", "效应"), key: "effect"),
            Table.Column(language("95 % interval", "95% 置信区间"), key: "effect_ci95", isInterval: true),
        ]
        if hasMoney { columns.append(Table.Column(language("in money", "金额"), key: "effect_money")) }
        if !isNarrow { columns.append(Table.Column(language("verdict", "结论"), key: "verdict", .left)) }
        return Table(
            language("Drivers", "驱动因素"), columns: columns,
            rows: shown.map { driver in
                var row: [Table.Cell] = [
                    .count(driver.rank), .name(name(driver)), .words(known(driver.known)), .count(driver.cases), cell(driver.effect),
                    interval(driver.effectCi95),
                ]
                if hasMoney { row.append(.number(driver.effectMoney)) }
                if !isNarrow { row.append(.words(verdict(driver.verdict))) }
                return row
            })
    }

    /// What goes with how long single steps take.
    package func steps(isNarrow: Bool = false) -> Table {
        var columns = [
            Table.Column("", key: "rank"), Table.Column(language("step", "步骤"), key: "step", .left),
            Table.Column(language("what", "因素"), key: "driver", .left), Table.Column(language("cases", "案例"), key: "cases"),
            Table.Column(language("effect", "效应"), key: "effect_s"),
            Table.Column(language("95 % interval", "95% 置信区间"), key: "effect_ci95", isInterval: true),
        ]
        if !isNarrow { columns.append(Table.Column(language("of a typical time", "相对典型时间"), key: "effect_relative")) }
        return Table(
            language("Drivers of steps", "步骤的驱动因素"), columns: columns,
            rows: result.stepDrivers.map { driver in
                var row: [Table.Cell] = [
                    .count(driver.rank), .path([driver.source, driver.target]), .name(name(driver)), .count(driver.cases),
                    .seconds(driver.effectS), .interval(driver.effectCi95, .seconds),
                ]
                if !isNarrow { row.append(.change(driver.effectRelative)) }
                return row
            })
    }

    /// The drivers for programs: keys and units in place of words.
    package func machine() -> Table {
        let keys = [
            "step", "cases", "effect", "effect_ci95", "effect_s", "effect_money", "effect_money_ci95", "effect_relative",
            "effect_relative_ci95", "hazard_ratio", "hazard_ratio_ci95", "p_value", "p_adjusted",
        ]
        var columns = ["rank", "kind", "feature", "level", "known"].map { Table.Column($0, key: $0, .left) }
        columns += keys.map { Table.Column($0, key: $0, isInterval: $0.hasSuffix("_ci95")) }
        columns.append(Table.Column("verdict", key: "verdict", .left))
        return Table(
            "", columns: columns,
            rows: result.drivers.map { driver in
                [
                    .count(driver.rank), .words(driver.kind.rawValue), .name(driver.feature), .name(driver.level),
                    .words(driver.known.rawValue), .number(driver.step), .count(driver.cases), .number(driver.effect),
                    .interval(driver.effectCi95, .number), .number(driver.effectS), .number(driver.effectMoney),
                    .interval(driver.effectMoneyCi95, .number), .number(driver.effectRelative),
                    .interval(driver.effectRelativeCi95, .number), .number(driver.hazardRatio), .interval(driver.hazardRatioCi95, .number),
                    .number(driver.pValue), .number(driver.pAdjusted), .words(driver.verdict.rawValue),
                ]
            })
    }

    /// The rules.
    package func rules(isNarrow: Bool = false) -> Table {
        var columns = [
            Table.Column("", key: "rank"), Table.Column(language("cases with", "满足条件的案例"), key: "rule", .left),
            Table.Column(language("held out", "留出案例"), key: "support"),
            Table.Column(language("mean with", "满足时均值"), key: "mean_inside"),
            Table.Column(language("without", "其余均值"), key: "mean_outside"),
        ]
        if !isNarrow { columns.append(Table.Column(language("difference", "差异"), key: "effect")) }
        columns.append(Table.Column(language("95 % interval", "95% 置信区间"), key: "effect_ci95", isInterval: true))
        return Table(
            language("Rules", "规则"), columns: columns,
            rows: result.rules.map { rule in
                let text = rule.conditions.map { condition in
                    let sign = condition.comparison == "==" ? "=" : condition.comparison == ">=" ? "≥" : condition.comparison
                    return "\(feature(condition.feature)) \(sign) \(level(condition.feature, condition.value))"
                }.joined(separator: language(" and ", " 且 "))
                var row: [Table.Cell] = [
                    .count(rule.rank), .name(text), .count(rule.support), cell(rule.meanInside), cell(rule.meanOutside),
                ]
                if !isNarrow { row.append(cell(rule.effect)) }
                row.append(interval(rule.effectCi95))
                return row
            })
    }

    /// The lasting changes.
    package func drift(isNarrow: Bool = false) -> Table {
        var columns = [
            Table.Column(language("what", "对象"), key: "place", .left), Table.Column(language("changed on", "变化日期"), key: "date", .left),
            Table.Column(language("between", "介于"), key: "date_ci95", .left),
            Table.Column(language("mean before", "之前均值"), key: "mean_before"),
            Table.Column(language("after", "之后"), key: "mean_after"),
        ]
        if !isNarrow {
            columns += [
                Table.Column(language("difference", "差异"), key: "effect"),
                Table.Column(language("95 % interval", "95% 置信区间"), key: "effect_ci95", isInterval: true),
                Table.Column(language("n before", "n（前）"), key: "cases_before"),
                Table.Column(language("n after", "n（后）"), key: "cases_after"),
            ]
        }
        return Table(
            language("Drift", "漂移"), columns: columns,
            rows: result.drift.map { change in
                func cell(_ value: Double?) -> Table.Cell { change.source == nil ? self.cell(value) : .seconds(value) }
                func day(_ text: String) -> String { String(text.prefix(10)) }
                let place: Table.Cell =
                    change.source.map { .path([$0, change.target ?? ""]) } ?? .words(language("the cases themselves", "案例本身"))
                var row: [Table.Cell] = [
                    place, .words(day(change.date)), .words(change.dateCi95.map(day).joined(separator: " – ")), cell(change.meanBefore),
                    cell(change.meanAfter),
                ]
                if !isNarrow {
                    row += [
                        cell(change.effect), change.source == nil ? interval(change.effectCi95) : .interval(change.effectCi95, .seconds),
                        .count(change.casesBefore), .count(change.casesAfter),
                    ]
                }
                return row
            })
    }

    /// The groups of cases.
    package func profiles() -> Table {
        Table(
            language("Profiles of cases", "案例画像"),
            columns: [
                Table.Column("", key: "profile"), Table.Column(language("cases", "案例"), key: "cases"),
                Table.Column(language("share", "占比"), key: "share"), Table.Column(language("mean", "平均值"), key: "mean"),
                Table.Column(language("told by (times per case)", "特征（每案例次数）"), key: "activities", .left),
            ],
            rows: (result.profiles?.groups ?? []).enumerated().map { index, group in
                [
                    .count(index + 1), .count(group.cases), .share(group.share), cell(group.mean),
                    .list(group.activities.map { "\($0.name) (\(Humane(language).number($0.perCase)))" }),
                ]
            })
    }

    // MARK: Words

    private func cell(_ value: Double?) -> Table.Cell {
        switch result.unit {
        case "s": .seconds(value)
        case "share": .share(value)
        default: .number(value)
        }
    }

    private func interval(_ interval: Interval?) -> Table.Cell {
        .interval(interval, result.unit == "s" ? .seconds : result.unit == "share" ? .share : .number)
    }

    /// What a driver is, in words.
    package func name(_ driver: Explanation.Driver) -> String {
        if let step = driver.step { return number(driver.feature, step) }
        switch driver.kind {
        case .activity: return language("has \(driver.feature)", "有 \(driver.feature)")
        case .role: return language("role \(driver.feature) takes part", "角色 \(driver.feature) 参与")
        default:
            return trait(driver.feature, driver.level, isRest: driver.isRest, driver.alike)
        }
    }

    /// What a driver of a step is, in words.
    package func name(_ driver: Explanation.StepDriver) -> String {
        driver.step.map { number(driver.feature, $0) } ?? trait(driver.feature, driver.level, isRest: driver.isRest, driver.alike)
    }

    private func number(_ name: String, _ step: Double) -> String {
        let width = Humane(language).number(step)
        return language("\(feature(name)), per \(width) more", "\(feature(name))，每增加 \(width)")
    }

    private func trait(_ name: String, _ level: String?, isRest: Bool, _ alike: [Explanation.Named]) -> String {
        if isRest { return language("\(feature(name)) = rare or missing", "\(feature(name)) = 少见或缺失") }
        let all = [(name, level ?? "")] + alike.map { ($0.feature, $0.level) }
        return all.map { "\(feature($0.0)) = \(self.level($0.0, $0.1))" }.joined(separator: language(" or ", " 或 "))
    }

    private func feature(_ name: String) -> String {
        switch name {
        case "open_cases_at_start": language("open cases at start", "开始时在制案例数")
        case "start_weekday": language("weekday of start", "开始日（星期）")
        case "start_hour": language("hour of start", "开始时段")
        case "first_role": language("first role", "首个角色")
        case "first_activity": language("first activity", "首个活动")
        default: name
        }
    }

    private func level(_ feature: String, _ level: String) -> String {
        guard feature == "start_weekday" else { return level }
        let chinese = [
            "Monday": "星期一", "Tuesday": "星期二", "Wednesday": "星期三", "Thursday": "星期四", "Friday": "星期五", "Saturday": "星期六",
            "Sunday": "星期日",
        ]
        return language(level, chinese[level] ?? level)
    }

    private func known(_ known: Explanation.Known) -> String {
        switch known {
        case .atStart: language("at start", "开始时")
        case .afterwards: language("afterwards", "之后")
        }
    }

    private func verdict(_ verdict: Explanation.Verdict) -> String {
        switch verdict {
        case .driver: language("driver", "驱动因素")
        case .noEvidence: language("no evidence", "无证据")
        case .insufficient: language("insufficient evidence", "证据不足")
        }
    }
}
