/// The name and the values of a figure that comparisons list, in words.
///
/// ```swift
/// KPIText("cycle_time.p90", unit: "s", .en).name     // "90th percentile of cycle time"
/// ```
package struct KPIText: Sendable {
    private let measure: String
    private let statistic: String
    private let id: String
    private let unit: String
    private let words: Words

    /// The text of a figure.
    ///
    /// - Parameters:
    ///   - id: `measure.statistic`: a KPI's name, or one of those that compared activities and paths have.
    ///   - unit: the unit that the comparison gives it.
    package init(_ id: String, unit: String, _ language: Language) {
        let parts = id.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        measure = String(parts[0])
        statistic = parts.count > 1 ? String(parts[1]) : ""
        self.id = id
        self.unit = unit
        words = Words(language)
    }

    /// The name, with the unit where the values do not carry it; an unknown figure goes by its id.
    package var name: String {
        let phrase = self.phrase
        return phrase == id ? phrase : phrase.prefix(1).uppercased() + phrase.dropFirst()
    }

    /// The name as it stands inside a sentence.
    var phrase: String {
        switch (measure, statistic) {
        case ("throughput", "mean"): words.pick("throughput in cases per day", "吞吐量（每天案例数）")
        case ("cost", "mean"): words.pick("mean cost per case (\(currency))", "每案例平均成本（\(currency)）")
        case ("rework_rate", "rate"): words.pick("share of cases with rework", "返工案例占比")
        case ("frequency", "mean"): words.pick("times per case", "每案例次数")
        default: timePhrase ?? InertText.line(InertText.cut(id, to: 60))
        }
    }

    private var timePhrase: String? {
        guard let measure = measureName else { return nil }
        switch statistic {
        case "mean": return words.pick("mean \(measure)", "\(measure)平均值")
        case "median": return words.pick("median \(measure)", "\(measure)中位数")
        case "p90": return words.pick("90th percentile of \(measure)", "\(measure) 90 分位数")
        case "p95": return words.pick("95th percentile of \(measure)", "\(measure) 95 分位数")
        case "sum": return words.pick("sum of \(measure)", "\(measure)合计")
        case "count": return words.pick("number of cases with \(measure)", "\(measure)的案例数")
        default: return nil
        }
    }

    private var measureName: String? {
        switch measure {
        case "cycle_time": words.cycleTime.lowercased()
        case "waiting_time", "waiting": words.waitingTime.lowercased()
        case "service_time", "service": words.serviceTime.lowercased()
        case "sojourn": words.sojournTime.lowercased()
        case "time": words.pick("time between the two", "间隔时间")
        case "throughput": words.throughput.lowercased()
        case "cost": words.pick("cost", "成本")
        case "rework_rate": words.rework.lowercased()
        default: nil
        }
    }

    private var currency: String {
        unit == "money" ? words.pick("no currency named", "未指明币种") : InertText.line(InertText.cut(unit, to: 12))
    }

    /// A value of the figure as a cell.
    package func cell(_ value: Double?) -> Table.Cell {
        switch unit {
        case "s": .seconds(value)
        case "share": .share(value)
        case "cases": .count(value.map { Int($0) })
        default: .number(value)
        }
    }

    /// A value of the figure in a sentence.
    func value(_ value: Double?) -> String {
        switch unit {
        case "s": words.time(value)
        case "share": words.share(value)
        default: Humane.unbreakable(words.humane.number(value))
        }
    }
}
