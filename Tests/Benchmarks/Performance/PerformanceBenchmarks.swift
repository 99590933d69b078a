import Benchmark
import BenchmarkSupport
import EventLogs
import Foundation
import LogFormats
import Performance
import ProcessModels

/// CPU microseconds (user and system, all threads) of questions about a log in memory, beside the better of polars and PM4Py in the same
/// run; then of statistics and clocks that need no log, and how all of it grows with the log.
///
/// `WEIR_BENCH_DATA` is the log's path without its suffix `.csv`; the rows of each case stand together.
/// `WEIR_BENCH_PYTHON` is a Python with polars, pandas and pm4py; without it nothing is compared.
/// `WEIR_BENCH_COMMAND` is a built `weir`, whose verbs read the same path with the suffix `.xes`.
let benchmarks: @Sendable () -> Void = {
    let environment = ProcessInfo.processInfo.environment
    statisticsBenchmarks()
    guard let data = environment["WEIR_BENCH_DATA"], FileManager.default.fileExists(atPath: data + ".csv") else {
        print("Performance: WEIR_BENCH_DATA names no log, so nothing about one is measured")
        return
    }
    questionBenchmarks(data + ".csv", python: environment["WEIR_BENCH_PYTHON"])
    growthBenchmarks(data + ".csv")
    if let command = environment["WEIR_BENCH_COMMAND"], FileManager.default.fileExists(atPath: data + ".xes") {
        commandBenchmarks(command, data + ".xes")
    }
}

/// What the suite measures.
enum Metric {
    static let cpu = BenchmarkMetric.custom("CPU µs", polarity: .prefersSmaller, useScalingFactor: false)
    static let polars = BenchmarkMetric.custom("polars CPU µs", polarity: .prefersSmaller, useScalingFactor: false)
    static let pm4py = BenchmarkMetric.custom("PM4Py CPU µs", polarity: .prefersSmaller, useScalingFactor: false)
    static let ratio = BenchmarkMetric.custom("better peer / ours, per cent", polarity: .prefersLarger, useScalingFactor: false)
    static let peak = BenchmarkMetric.custom("peak above the log, kB", polarity: .prefersSmaller, useScalingFactor: false)

    /// One run of the benchmark's body, which repeats what it measures by itself.
    static func once(_ metrics: [BenchmarkMetric]) -> Benchmark.Configuration {
        Benchmark.Configuration(metrics: metrics, warmupIterations: 0, maxDuration: .seconds(600), maxIterations: 1)
    }
}

/// The log's cases, activities, times and resources.
func readLog(_ path: String) -> EventLog {
    do {
        return try LogReader.read(
            contentsOf: URL(filePath: path), named: "log.csv",
            options: ReadOptions(roles: [.caseID, .activity, .timestamp, .resource], threads: 1), monitor: SilentMonitor()
        ).log
    } catch {
        preconditionFailure("\(error)")
    }
}

/// One question, as Weir answers it and as the peers do.
private struct Question: Sendable {
    var name: String
    var ours: @Sendable (EventLog) -> Int
    /// An expression over the data frame `df`, or nil.
    var polars: String?
    var pm4py: String?
    /// How often the peers are asked: the median counts.
    var repetitions = 5
}

/// Rows with the next value of a column and the time until it, within a case.
private func neighbours(_ column: String) -> String {
    "df.lazy().with_columns(b=pl.col(\(column)).shift(-1),cn=pl.col(K).shift(-1),d=pl.col(T).shift(-1)-pl.col(T)).filter(pl.col('cn')==pl.col(K))"
}

private let questions: [Question] = [
    Question(
        name: "directly-follows counts", ours: { DirectlyFollowsCounts(of: $0).edgeCount },
        polars: neighbours("A") + ".group_by(A,'b').agg(pl.len()).collect()", pm4py: "pm4py.discover_dfg(df)"),
    Question(
        name: "directly-follows graph with mean, median and 90th percentile of times", ours: { DirectlyFollowsGraph(of: $0).edges.count },
        polars: neighbours("A")
            + ".group_by(A,'b').agg(pl.len(),pl.col('d').mean().alias('m'),pl.col('d').median().alias('md')).collect()",
        pm4py: "pm4py.discover_performance_dfg(df)"),
    Question(
        name: "variants with counts, mean and median cycle time", ours: { VariantTable(of: $0).total },
        polars: "df.lazy().group_by(K,maintain_order=False).agg(pl.col(A).to_physical()).group_by(A).len().collect()",
        pm4py: "pm4py.get_variants(df)"),
    Question(
        name: "case durations", ours: { $0.cycleTimes.count },
        polars: "df.lazy().group_by(K).agg(pl.col(T).max()-pl.col(T).min()).collect()", pm4py: "pm4py.get_all_case_durations(df)"),
    Question(
        name: "handover of work", ours: { HandoverOfWork.counts(of: $0).pairs.count },
        polars: neighbours("R") + ".group_by(R,'b').agg(pl.len()).collect()",
        pm4py: "pm4py.discover_handover_of_work_network(df)", repetitions: 3),
    Question(
        name: "working together", ours: { WorkingTogether.counts(of: $0).pairs.count }, polars: nil,
        pm4py: "pm4py.discover_working_together_network(df)", repetitions: 1),
    Question(
        name: "eventually-follows graph", ours: { EventuallyFollowsGraph(of: $0)?.edges.count ?? 0 }, polars: nil,
        pm4py: "pm4py.discover_eventually_follows_graph(df)", repetitions: 1),
    Question(name: "performance, all", ours: { PerformanceResult(of: $0).edges.count }, polars: nil, pm4py: nil),
]

private func questionBenchmarks(_ path: String, python: String?) {
    for question in questions {
        var metrics = [Metric.cpu, Metric.peak]
        if python != nil {
            if question.polars != nil { metrics.append(Metric.polars) }
            if question.pm4py != nil { metrics += [Metric.pm4py, Metric.ratio] }
        }
        Benchmark(question.name, configuration: Metric.once(metrics)) { benchmark in
            let log = readLog(path)
            forgetPeak()
            let before = residentBytes().now
            blackHole(question.ours(log))
            benchmark.measurement(Metric.peak, max(0, residentBytes().peak - before) / 1_000)
            let own = medianCPUSeconds(runs: 9) { blackHole(question.ours(log)) }
            benchmark.measurement(Metric.cpu, Int(own * 1e6))
            guard let python else { return }
            var best: Int?
            for (metric, setup, call) in [(Metric.polars, polarsFrame, question.polars), (Metric.pm4py, pandasFrame, question.pm4py)] {
                guard let call, let spent = ask(python, setup, call, question.repetitions, path) else { continue }
                benchmark.measurement(metric, spent)
                best = min(best ?? spent, spent)
            }
            if let best { benchmark.measurement(Metric.ratio, Int(Double(best) / own / 1e4)) }
        }
    }
}

/// The peak of resident memory counts from now on (Linux).
private func forgetPeak() {
    try? "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
}

private let columns = "['case:concept:name','concept:name','time:timestamp','org:resource']"

/// Cases, activities and resources as categories, in the order of the file.
private let polarsFrame = """
    import polars as pl
    df = pl.read_csv(f, columns=\(columns)).with_columns(pl.col(T).str.to_datetime('%Y-%m-%dT%H:%M:%S%.3f%:z'), pl.col(K,A,R).cast(pl.Categorical))
    """

private let pandasFrame = """
    import pandas as pd, pm4py
    df = pd.read_csv(f, usecols=\(columns))
    df[T] = pd.to_datetime(df[T], utc=True, format='ISO8601')
    df = pm4py.format_dataframe(df, case_id=K, activity_key=A, timestamp_key=T)
    """

/// The median CPU microseconds of a peer's answer; reading is not counted. A peer that wants more than 8 GB gives none.
private func ask(_ python: String, _ setup: String, _ call: String, _ repetitions: Int, _ path: String) -> Int? {
    let script = """
        import sys, resource, statistics, warnings
        warnings.filterwarnings('ignore')
        resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))
        f, K, A, T, R = sys.argv[1], 'case:concept:name', 'concept:name', 'time:timestamp', 'org:resource'
        \(setup)
        use = lambda: (lambda r: r.ru_utime + r.ru_stime)(resource.getrusage(resource.RUSAGE_SELF))
        spent = []
        for _ in range(\(repetitions)):
            a = use()
            \(call)
            spent.append(use() - a)
        print('MEASURED', int(statistics.median(spent) * 1e6))
        """
    return runPython(python, script, path)?.first
}

/// Whole verbs, everything included: what they take, and against `inspect` of the same file.
private func commandBenchmarks(_ command: String, _ path: String) {
    let share = BenchmarkMetric.custom("of inspect, per cent", polarity: .prefersSmaller, useScalingFactor: false)
    Benchmark("weir performance on XES", configuration: Metric.once([Metric.cpu, share])) { benchmark in
        var spent: [String: [Double]] = [:]
        for _ in 0..<5 {
            for verb in ["inspect", "performance"] {
                guard let seconds = cpuSeconds(ofCommand: command, [verb, path, "--format", "json"]) else { return }
                spent[verb, default: []].append(seconds)
            }
        }
        let medians = spent.mapValues { $0.sorted()[2] }
        guard let own = medians["performance"], let inspect = medians["inspect"] else { return }
        benchmark.measurement(Metric.cpu, Int(own * 1e6))
        benchmark.measurement(share, Int(own / inspect * 100))
    }
}
