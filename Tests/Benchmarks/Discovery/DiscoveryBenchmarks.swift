import Benchmark
import BenchmarkSupport
import Discovery
import EventLogs
import Foundation
import LogFormats
import ProcessModels

/// CPU microseconds (user and system, all threads) of the miners on a log in memory, beside PM4Py in the same run.
///
/// `WEIR_BENCH_DATA` is the log's path without its suffix `.csv`; `WEIR_BENCH_PYTHON` is a Python with pandas and pm4py; without it
/// nothing is compared. Finding the variants and counting the steps is part of what is measured; "given variants" leaves it out.
let benchmarks: @Sendable () -> Void = {
    let environment = ProcessInfo.processInfo.environment
    guard let data = environment["WEIR_BENCH_DATA"], FileManager.default.fileExists(atPath: data + ".csv") else {
        print("Discovery: WEIR_BENCH_DATA names no log, so nothing is measured")
        return
    }
    for question in questions { benchmark(question, data + ".csv", python: environment["WEIR_BENCH_PYTHON"]) }
}

/// What the suite measures.
private enum Metric {
    static let cpu = BenchmarkMetric.custom("CPU µs", polarity: .prefersSmaller, useScalingFactor: false)
    static let given = BenchmarkMetric.custom("CPU µs given variants", polarity: .prefersSmaller, useScalingFactor: false)
    static let pm4py = BenchmarkMetric.custom("PM4Py CPU µs", polarity: .prefersSmaller, useScalingFactor: false)
    static let ratio = BenchmarkMetric.custom("PM4Py / ours, per cent", polarity: .prefersLarger, useScalingFactor: false)
}

/// A log with what miners are given.
private struct Given: Sendable {
    var log: EventLog
    var variants: VariantIndex
    var counts: DirectlyFollowsCounts

    init(_ log: EventLog) {
        self.log = log
        variants = VariantIndex(of: log)
        counts = DirectlyFollowsCounts(of: log)
    }
}

/// One miner, and PM4Py's call over the data frame `df`, or nil.
private struct Question: Sendable {
    var name: String
    var mine: @Sendable (Given) -> Int
    var pm4py: String?
}

private let questions: [Question] = [
    Question(
        name: "inductive miner, noise 0.2", mine: { InductiveMiner(noise: 0.2).tree(of: $0.variants, names: $0.log.activities).size },
        pm4py: "pm4py.discover_process_tree_inductive(df, noise_threshold=0.2)"),
    Question(
        name: "inductive miner, no noise", mine: { InductiveMiner(noise: 0).tree(of: $0.variants, names: $0.log.activities).size },
        pm4py: "pm4py.discover_process_tree_inductive(df)"),
    Question(name: "inductive miner from the graph alone", mine: { InductiveMiner(noise: 0.2).tree(of: $0.counts).size }),
    Question(
        name: "heuristics miner", mine: { HeuristicsMiner().causalNet(of: $0.variants, counts: $0.counts).dependencies.count },
        pm4py: "pm4py.discover_heuristics_net(df)"),
    Question(
        name: "split miner", mine: { SplitMiner().model(of: $0.variants, counts: $0.counts).processes.count }),
]

private func benchmark(_ question: Question, _ path: String, python: String?) {
    var metrics = [Metric.cpu, Metric.given]
    if python != nil && question.pm4py != nil { metrics += [Metric.pm4py, Metric.ratio] }
    let configuration = Benchmark.Configuration(metrics: metrics, warmupIterations: 0, maxDuration: .seconds(600), maxIterations: 1)
    Benchmark(question.name, configuration: configuration) { benchmark in
        let log = readLog(path)
        let given = Given(log)
        let own = medianCPUSeconds(runs: 9) { blackHole(question.mine(Given(log))) }
        benchmark.measurement(Metric.cpu, Int(own * 1e6))
        let alone = medianCPUSeconds(runs: 9) { blackHole(question.mine(given)) }
        benchmark.measurement(Metric.given, Int(alone * 1e6))
        guard let python, let call = question.pm4py, let spent = ask(python, call, path) else { return }
        benchmark.measurement(Metric.pm4py, spent)
        benchmark.measurement(Metric.ratio, Int(Double(spent) / own / 1e4))
    }
}

/// The log's cases, activities and times.
private func readLog(_ path: String) -> EventLog {
    do {
        return try LogReader.read(
            contentsOf: URL(filePath: path), named: "log.csv",
            options: ReadOptions(roles: [.caseID, .activity, .timestamp], counting: .events, threads: 1), monitor: SilentMonitor()
        ).log
    } catch {
        preconditionFailure("\(error)")
    }
}

/// The CPU microseconds of one answer of PM4Py; reading is not counted.
private func ask(_ python: String, _ call: String, _ path: String) -> Int? {
    let script = """
        import sys, resource, warnings
        warnings.filterwarnings('ignore')
        import pandas as pd, pm4py
        K, A, T = 'case:concept:name', 'concept:name', 'time:timestamp'
        df = pd.read_csv(sys.argv[1], usecols=[K, A, T])
        df[T] = pd.to_datetime(df[T], utc=True, format='ISO8601')
        df = pm4py.format_dataframe(df, case_id=K, activity_key=A, timestamp_key=T)
        use = lambda: (lambda r: r.ru_utime + r.ru_stime)(resource.getrusage(resource.RUSAGE_SELF))
        begin = use()
        \(call)
        print('MEASURED', int((use() - begin) * 1e6))
        """
    return runPython(python, script, path)?.first
}
