import Performance
import Statistics

/// What is said of cycle times beside the plain figures.
extension Words {
    /// Cycle times with unfinished cases as what they are.
    func openCasesIn(_ survival: SurvivalTimes, plain: TimeStatistics) -> Prose {
        let median: Prose
        if let value = survival.medianS {
            let interval =
                survival.medianCi95.map { " " + Humane.unbreakable(humane.interval($0.low, $0.high) { humane.duration(seconds: $0) }) }
                ?? ""
            median = pick(
                prose: "half of all cases are done after \(time(value))\(interval) instead of \(time(plain.medianS))",
                "半数案例在 \(time(value))\(interval) 后完成，而不是 \(time(plain.medianS))")
        } else {
            median = pick(prose: "fewer than half of all cases are known to be done", "已知完成的案例不到一半")
        }
        let mean: Prose =
            survival.restrictedMeanS.map { value in
                pick(
                    prose: "; the mean within \(time(survival.horizonS)) is \(time(value)) instead of \(time(plain.meanS))",
                    "；\(time(survival.horizonS)) 以内的平均为 \(time(value))，而不是 \(time(plain.meanS))")
            } ?? ""
        return pick(
            prose:
                "With the \(cases(survival.censored)) that are unfinished taken to last longer than was seen (Kaplan–Meier): \(median)\(mean).",
            "把 \(cases(survival.censored))未完成案例视为持续时间长于已观察时间（Kaplan–Meier）：\(median)\(mean)。")
    }

    /// How far cycle times are known where stamps tell the day alone.
    func datesWithoutTime(_ bounds: DateOnlyBounds) -> Prose {
        func range(_ interval: Interval) -> String {
            Humane.unbreakable(humane.interval(interval.low, interval.high) { humane.duration(seconds: $0) })
        }
        return pick(
            prose:
                "Dates without a time of day begin or end \(cases(bounds.cases)) (\(share(bounds.share))). A date stands for its 24 hours, so the mean cycle time lies within \(range(bounds.meanS)) and the median within \(range(bounds.medianS)).",
            "\(cases(bounds.cases))（\(share(bounds.share))）以没有时刻的日期开始或结束。日期代表当天 24 小时，因此周期时间的平均值在 \(range(bounds.meanS)) 之间，中位数在 \(range(bounds.medianS)) 之间。"
        )
    }

    /// The same cycle times with every hour counted.
    func elapsedBeside(_ elapsed: TimeStatistics, calendar: String?) -> Prose {
        let plain = Humane.elapsed(language)
        func time(_ seconds: Double?) -> String { Humane.unbreakable(plain.duration(seconds: seconds)) }
        let name: Prose = calendar.map { pick(prose: " \(name: $0)", " \(name: $0)") } ?? ""
        return pick(
            prose:
                "All times count the working hours of the calendar\(name). In elapsed time the median cycle time is \(time(elapsed.medianS)), the mean \(time(elapsed.meanS)), and 90 % of the cases take at most \(time(elapsed.p90S)).",
            "所有时间只计日历\(name) 的工作时段。按自然时间，周期时间中位数为 \(time(elapsed.medianS))，平均值为 \(time(elapsed.meanS))，90% 的案例不超过 \(time(elapsed.p90S))。")
    }
}
