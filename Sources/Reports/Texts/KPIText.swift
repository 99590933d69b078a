/// The name and the values of a figure that comparisons list, in words.
///
/// ```swift
/// KPIText("cycle_time.p90", unit: "s", .en).name     // "Cycle time, 90th percentile"
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
        guard let measure = measureName else { return InertText.line(InertText.cut(id, to: 60)) }
        guard let statistic = statisticName else { return measure }
        return words.pick("\(measure), \(statistic)", "\(measure)（\(statistic)）")
    }

    private var measureName: String? {
        switch measure {
        case "cycle_time": words.cycleTime
        case "waiting_time", "waiting": words.waitingTime
        case "service_time", "service": words.serviceTime
        case "sojourn": words.sojournTime
        case "time": words.pick("Time between", "间隔时间")
        case "throughput": words.pick("Throughput, cases per day", "吞吐量（每天案例数）")
        case "cost": words.pick("Cost per case (\(currency))", "每案例成本（\(currency)）")
        case "rework_rate": words.pick("Cases with rework", "返工案例占比")
        case "frequency": words.pick("Times per case", "每案例次数")
        default: nil
        }
    }

    private var currency: String { unit == "money" ? words.pick("money", "金额") : InertText.line(InertText.cut(unit, to: 12)) }

    private var statisticName: String? {
        switch (measure, statistic) {
        case ("throughput", "mean"), ("rework_rate", "rate"), ("frequency", "mean"), ("cost", "mean"): nil
        case (_, "mean"): words.mean
        case (_, "median"): words.median
        case (_, "p90"): words.p90
        case (_, "p95"): words.p95
        case (_, "sum"): words.pick("sum", "合计")
        case (_, "count"): words.pick("number of cases", "案例数")
        default: nil
        }
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
