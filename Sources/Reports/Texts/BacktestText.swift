package import Simulation
import Statistics

/// What a back-test says, for readers.
package struct BacktestText: Sendable {
    private let language: Language

    /// The words in one language.
    package init(_ language: Language) {
        self.language = language
    }

    /// Whether figures of the model are to be trusted, and why.
    package func sentence(_ test: Backtest) -> String {
        let humane = Humane(language)
        guard let error = test.cycleTimeError, let threshold = test.threshold else {
            return test.obstacle == .nothingToLearn
                ? language(
                    "Not trusted: nothing can be learnt from the time before the last fifth of the cases, which would be the test.",
                    "不可信：无法从最后五分之一案例之前的时间学到模型，因而不能用这些案例来检验。")
                : language(
                    "Not trusted: the log is too small to hold the model against cases that it has not seen.",
                    "不可信：日志太小，无法用模型未见过的案例来检验。")
        }
        let miss = humane.share(error)
        let limit = humane.share(threshold)
        return test.trusted
            ? language(
                "Trusted: simulated cycle times of the last fifth of the cases miss the real ones by \(miss); up to \(limit) is trusted.",
                "可信：对最后五分之一案例的周期时间，仿真与实际相差 \(miss)；不超过 \(limit) 即为可信。")
            : language(
                "Not trusted: simulated cycle times of the last fifth of the cases miss the real ones by \(miss); only up to \(limit) is trusted.",
                "不可信：对最后五分之一案例的周期时间，仿真与实际相差 \(miss)；不超过 \(limit) 才可信。")
    }

    /// The distances behind it.
    package func table(_ test: Backtest) -> Table {
        Table(
            language("Back-test: distance of simulated to real cases", "回测：仿真与实际案例的差距"),
            columns: [
                Table.Column("", key: "name", .left), Table.Column(language("distance", "差距"), key: "value"),
                Table.Column(language("95 % interval", "95% 置信区间"), key: "ci95", isInterval: true),
                Table.Column(language("of chance alone", "纯属偶然"), key: "noise_floor"),
                Table.Column(language("of the past as it was", "照搬过去"), key: "naive"),
            ],
            rows: test.metrics.map { metric in
                let isTime = metric.unit == "s"
                let cell: (Double?) -> Table.Cell = { isTime ? .seconds($0) : .share($0) }
                return [
                    .words(name(metric.name)), cell(metric.value), .interval(metric.ci95, isTime ? .seconds : .share),
                    cell(metric.noiseFloor), cell(metric.naive),
                ]
            })
    }

    private func name(_ name: String) -> String {
        switch name {
        case "cycle_time": language("cycle time", "周期时间")
        case "waiting_time": language("waiting time", "等待时间")
        case "service_time": language("service time", "处理时间")
        case "arrivals": language("arrivals", "案例到达")
        default: name
        }
    }
}
