import Indicators
import Reports

/// Names, values and verdicts of key figures for readers.
struct KPIWords {
    let language: Language

    init(_ language: Language) {
        self.language = language
    }

    /// `cycle_time.median` as `cycle time, median`; with the unit where the values carry none.
    func name(_ id: String, unit: String) -> String {
        switch unit {
        case "s", "share", "cases": name(id)
        case "cases/day": name(id) + language(" per day", "（案例/天）")
        case "money": name(id)
        default: name(id) + language(" (\(unit))", "（\(unit)）")
        }
    }

    private func name(_ id: String) -> String {
        guard let name = try? KPIName(parsing: id) else { return id }
        let measure: String
        switch name.measure {
        case .cycleTime: measure = language("cycle time", "周期时间")
        case .waitingTime: measure = language("waiting time", "等待时间")
        case .serviceTime: measure = language("service time", "处理时间")
        case .throughput: return name.statistic == .count ? language("completed cases", "完成的案例") : language("throughput", "吞吐量")
        case .cost: measure = language("cost", "成本")
        case .reworkRate: return name.statistic == .count ? language("cases with rework", "返工案例") : language("rework", "返工比例")
        }
        let statistic =
            switch name.statistic {
            case .mean: language("mean", "平均值")
            case .median: language("median", "中位数")
            case .p90: language("p90", "90 分位数")
            case .p95: language("p95", "95 分位数")
            case .rate: language("rate", "比例")
            case .sum: language("sum", "合计")
            case .count: language("count", "数量")
            }
        return language("\(measure), \(statistic)", "\(measure)\(statistic)")
    }

    /// A value in its unit.
    ///
    /// - Parameter isElapsed: whether a time is elapsed though others here are working time.
    func cell(_ value: Double?, unit: String, isElapsed: Bool = false) -> Table.Cell {
        switch unit {
        case "s" where isElapsed && Humane.workingDayInScope != nil: .words(Humane.elapsed(language).duration(seconds: value))
        case "s": .seconds(value)
        case "share": .share(value)
        default: .number(value)
        }
    }

    /// A verdict, coloured.
    func verdict(_ verdict: ComparedKPI.Verdict) -> Table.Cell {
        switch verdict {
        case .improved: .words(language("improved", "改善"), tone: .better)
        case .worsened: .words(language("worsened", "恶化"), tone: .worse)
        case .changed: .words(language("changed", "有变化"))
        case .noChange: .words(language("no difference", "未发现差异"))
        case .insufficient: .words(language("too few cases", "案例太少"), tone: .warning)
        }
    }
}
