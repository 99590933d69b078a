import Reports
import Simulation
import Workbench

/// The tables and sentences of a learnt model.
struct FitPage {
    /// What was learnt.
    let fit: LearntModel.Fit
    /// The name of the log.
    let log: String
    let language: Language

    /// What was learnt from, in a line.
    var headline: String {
        let humane = Humane(language)
        let report = fit.report
        return language(
            "\(log) · \(humane.count(report.cases)) cases, \(humane.count(report.completeCases)) of them complete",
            "\(log) · \(humane.count(report.cases)) 个案例，其中 \(humane.count(report.completeCases)) 个完整")
    }

    /// What was assumed or left aside, a sentence each.
    var remarks: [String] {
        let humane = Humane(language)
        var lines: [String] = []
        let report = fit.report
        if report.unknownStarts > 0 {
            let count = humane.count(report.unknownStarts)
            lines.append(
                language(
                    "\(count) activity instances have no start: their whole sojourn counts as waiting that no queue explains.",
                    "\(count) 个活动实例没有开始时间：其全部停留时间计为无法用排队解释的等待。"))
        }
        if report.outsideHours > 0 {
            let count = humane.count(report.outsideHours)
            lines.append(
                language(
                    "\(count) activity instances lie outside the hours of who did them; they count with their elapsed time.",
                    "\(count) 个活动实例在执行者的工作时间之外；按实际历时计算。"))
        }
        if let change = report.memorylessCycleTimeChange {
            lines.append(
                language(
                    "The plain sections of the scenario, for Prosimos, forget what happened earlier in a case and what came together: with them the mean cycle time changes by \(humane.change(change)).",
                    "情景文件中供 Prosimos 使用的普通部分不记得案例此前的经过，也不记得哪些案例一起到来：平均周期时间因此变化 \(humane.change(change))。"))
        }
        return lines
    }

    /// Every part with what it stands on.
    var parts: Table {
        Table(
            language("Parts of the model", "模型的组成"),
            columns: [
                Table.Column(language("part", "组成"), key: "kind", .left), Table.Column("", key: "name", .left),
                Table.Column("", key: "detail", .left), Table.Column(language("made of", "方法"), key: "method", .left),
                Table.Column(language("stands on", "依据"), key: "basis", .left),
                Table.Column(language("observations", "观测数"), key: "observations"), Table.Column(language("mean", "平均值"), key: "mean_s"),
                Table.Column(language("hours", "工作时间"), key: "hours", .left),
            ],
            rows: fit.report.parts.map { part in
                [
                    .words(words(part.kind)), .name(part.name), .name(part.detail), .words(words(part.method)), .words(words(part.basis)),
                    .count(part.observations), .seconds(part.meanS), .name(part.hours),
                ]
            })
    }

    /// The same for programs.
    var machineTable: Table {
        let keys = ["kind", "name", "detail", "method", "basis", "observations", "held_out_log_likelihood", "mean_s", "hours"]
        return Table(
            "", columns: keys.map { Table.Column($0, key: $0, .left) },
            rows: fit.report.parts.map { part in
                [
                    .words(part.kind.rawValue), .name(part.name), .name(part.detail), .words(part.method.rawValue),
                    .words(part.basis.rawValue), .count(part.observations), .number(part.heldOutLogLikelihood), .number(part.meanS),
                    .name(part.hours),
                ]
            })
    }

    /// All of it for notes and tickets.
    var markdown: String {
        let words = BacktestText(language)
        var sections = [InertText.markdown(headline) + "\n", words.sentence(fit.backtest) + "\n"]
        if !fit.backtest.metrics.isEmpty { sections.append(words.table(fit.backtest).markdown(language)) }
        sections.append(parts.markdown(language))
        if !remarks.isEmpty { sections.append(remarks.map { "- \($0)\n" }.joined()) }
        return sections.joined(separator: "\n")
    }

    private func words(_ kind: FitReport.Kind) -> String {
        switch kind {
        case .controlFlow: language("control flow", "控制流")
        case .arrivals: language("arrivals", "案例到达")
        case .role: language("role", "角色")
        case .hours: language("working hours", "工作时间")
        case .duration: language("duration", "时长")
        case .delay: language("other waiting", "其他等待")
        case .batching: language("batches", "批处理")
        }
    }

    private func words(_ method: FitReport.Method) -> String {
        switch method {
        case .cases: language("whole cases", "完整案例")
        case .replayed: language("replayed", "重放")
        case .bundles: language("bundles", "成组到达")
        case .roleColumn: language("role column", "角色列")
        case .department: language("department", "部门")
        case .cluster: language("same activities", "活动相同")
        case .limited: language("one thing at a time", "一次做一件")
        case .unlimited: language("many at once", "同时做多件")
        case .noResources: language("no resources", "没有资源")
        case .weekly: language("weekly", "每周")
        case .always: language("around the clock", "全天")
        case .weeklyTimes: language("times of the week", "每周固定时刻")
        case .fixed: language("fixed", "固定")
        case .exponential: language("exponential", "指数分布")
        case .uniform: language("uniform", "均匀分布")
        case .normal: language("normal", "正态分布")
        case .logNormal: language("log-normal", "对数正态分布")
        case .gamma: language("gamma", "伽马分布")
        case .empirical: language("as observed", "按观测值")
        case .perCase: language("as in its case", "随案例")
        }
    }

    private func words(_ basis: FitReport.Basis) -> String {
        switch basis {
        case .own: language("itself", "自身")
        case .activity: language("activity", "活动")
        case .role: language("role", "角色")
        case .log: language("log", "日志")
        case .assumed: language("assumption", "假定")
        }
    }
}
