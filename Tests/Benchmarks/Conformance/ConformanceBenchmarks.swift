import Benchmark
import BenchmarkSupport
import Conformance
import Discovery
import EventLogs
import Foundation
import LogFormats
import ProcessModels

/// CPU microseconds (user and system) of comparing a log in memory with a net, one thread, beside r4pm and PM4Py in the same run.
///
/// `WEIR_BENCH_DATA` is the log's path without its suffix; its `.xes` is read by all. The net is the one that the inductive miner finds with
/// noise 0.2; everybody reads the same PNML.
/// `WEIR_BENCH_PYTHON` is a Python with r4pm and pm4py; without it nothing is compared.
let benchmarks: @Sendable () -> Void = {
    let environment = ProcessInfo.processInfo.environment
    guard let data = environment["WEIR_BENCH_DATA"], FileManager.default.fileExists(atPath: data + ".xes") else {
        print("Conformance: WEIR_BENCH_DATA names no log, so nothing is measured")
        return
    }
    comparisonBenchmarks(data + ".xes", python: environment["WEIR_BENCH_PYTHON"])
}

private enum Metric {
    static let cpu = BenchmarkMetric.custom("CPU µs", polarity: .prefersSmaller, useScalingFactor: false)
    static let r4pm = BenchmarkMetric.custom("r4pm CPU µs", polarity: .prefersSmaller, useScalingFactor: false)
    static let pm4py = BenchmarkMetric.custom("PM4Py CPU µs", polarity: .prefersSmaller, useScalingFactor: false)
    static let ratio = BenchmarkMetric.custom("better peer / ours, per cent", polarity: .prefersLarger, useScalingFactor: false)
    static let cost = BenchmarkMetric.custom("total cost, ours", polarity: .prefersSmaller, useScalingFactor: false)
    static let peerCost = BenchmarkMetric.custom("total cost, r4pm", polarity: .prefersSmaller, useScalingFactor: false)
    static let fitting = BenchmarkMetric.custom("fitting cases per 10,000, ours", polarity: .prefersLarger, useScalingFactor: false)

    /// One run of the benchmark's body, which repeats what it measures by itself.
    static func once(_ metrics: [BenchmarkMetric]) -> Benchmark.Configuration {
        Benchmark.Configuration(metrics: metrics, warmupIterations: 0, maxDuration: .seconds(600), maxIterations: 1)
    }
}

/// The log, and the net that its inductive miner's tree stands for, written where the peers can read it.
private func prepare(_ path: String) -> (log: EventLog, net: PetriNet, file: URL) {
    do {
        let log = try LogReader.read(
            contentsOf: URL(filePath: path), named: "log.xes", options: ReadOptions(threads: 1), monitor: SilentMonitor()
        ).log.counted(as: .events)
        let net = PetriNet(InductiveMiner(noise: 0.2).tree(of: VariantIndex(of: log), names: log.activities))
        let file = FileManager.default.temporaryDirectory.appending(path: "weir-conformance-benchmark.pnml")
        try net.pnml().write(to: file, atomically: true, encoding: .utf8)
        return (log, net, file)
    } catch {
        preconditionFailure("\(error)")
    }
}

/// The median CPU microseconds of a peer and what it finds, printed behind `MEASURED`; reading is not counted. A peer that takes more than 300
/// seconds gives none.
private func ask(_ python: String, _ setup: String, _ call: String, _ found: String, _ repetitions: Int, _ path: String, _ net: URL)
    -> [Int]
{
    let script = """
        import sys, resource, statistics, warnings
        warnings.filterwarnings('ignore')
        resource.setrlimit(resource.RLIMIT_CPU, (300, 300))
        f, n = sys.argv[1], '\(net.path)'
        \(setup)
        use = lambda: (lambda r: r.ru_utime + r.ru_stime)(resource.getrusage(resource.RUSAGE_SELF))
        spent = []
        for _ in range(\(repetitions)):
            a = use()
            r = \(call)
            spent.append(use() - a)
        print('MEASURED', int(statistics.median(spent) * 1e6), int(\(found)))
        """
    return runPython(python, script, path) ?? []
}

private let r4pmSetup = """
    import r4pm
    from r4pm import petri_net
    from r4pm.bindings.conformance.case_centric import alignments as al
    net = petri_net.import_pnml(n)
    traces = r4pm.convert_item(r4pm.import_item('EventLog', f), 'EventLogActivityProjection')
    """

private let pm4pySetup = """
    import pm4py
    log, (net, im, fm) = pm4py.read_xes(f), pm4py.read_pnml(n)
    """

private func comparisonBenchmarks(_ path: String, python: String?) {
    Benchmark(
        "optimal alignments of all variants",
        configuration: Metric.once([
            Metric.cpu, Metric.r4pm, Metric.pm4py, Metric.ratio, Metric.cost, Metric.peerCost,
        ])
    ) { benchmark in
        let (log, net, file) = prepare(path)
        var options = AlignmentOptions()
        options.threads = 1
        let own = medianCPUSeconds(runs: 9) { blackHole(aligned(log, net, options).totalCost) }
        benchmark.measurement(Metric.cpu, Int(own * 1e6))
        benchmark.measurement(Metric.cost, aligned(log, net, options).totalCost)
        guard let python else { return }
        let r4pm = ask(
            python, r4pmSetup, "al.align_variants(net, traces)", "al.compute_fitness(r, net)['total_costs']", 5, path, file)
        let pm4py = ask(
            python, pm4pySetup, "pm4py.fitness_alignments(log, net, im, fm)", "r['percFitTraces'] * 100", 1, path, file)
        if let spent = r4pm.first {
            benchmark.measurement(Metric.r4pm, spent)
            benchmark.measurement(Metric.ratio, Int(Double(spent) / own / 1e4))
        }
        if r4pm.count > 1 { benchmark.measurement(Metric.peerCost, r4pm[1]) }
        if let spent = pm4py.first { benchmark.measurement(Metric.pm4py, spent) }
    }
    Benchmark("optimal alignments by A* alone", configuration: Metric.once([Metric.cpu, Metric.cost])) { benchmark in
        let (log, net, _) = prepare(path)
        var options = AlignmentOptions()
        options.threads = 1
        options.stateLimit = 0
        let own = medianCPUSeconds(runs: 3) { blackHole(aligned(log, net, options).totalCost) }
        benchmark.measurement(Metric.cpu, Int(own * 1e6))
        benchmark.measurement(Metric.cost, aligned(log, net, options).totalCost)
    }
    Benchmark("token replay", configuration: Metric.once([Metric.cpu, Metric.pm4py, Metric.ratio, Metric.fitting])) { benchmark in
        let (log, net, file) = prepare(path)
        var options = AlignmentOptions()
        options.threads = 1
        let own = medianCPUSeconds(runs: 9) { blackHole(replayed(log, net, options).tokens.missing) }
        benchmark.measurement(Metric.cpu, Int(own * 1e6))
        benchmark.measurement(Metric.fitting, Int((replayed(log, net, options).fitness.fittingShare ?? 0) * 10_000))
        guard let python else { return }
        let pm4py = ask(
            python, pm4pySetup, "pm4py.fitness_token_based_replay(log, net, im, fm)", "r['perc_fit_traces'] * 100", 3, path, file)
        if let spent = pm4py.first {
            benchmark.measurement(Metric.pm4py, spent)
            benchmark.measurement(Metric.ratio, Int(Double(spent) / own / 1e4))
        }
    }
    Benchmark("precision by replay and by alignments", configuration: Metric.once([Metric.cpu, Metric.pm4py])) { benchmark in
        let (log, net, file) = prepare(path)
        var options = AlignmentOptions()
        options.threads = 1
        let (replay, alignments) = (replayed(log, net, options), aligned(log, net, options))
        let own = medianCPUSeconds(runs: 9) {
            blackHole(EscapingEdges(of: replay).escaping + EscapingEdges(of: alignments).escaping)
        }
        benchmark.measurement(Metric.cpu, Int(own * 1e6))
        guard let python else { return }
        let pm4py = ask(
            python, pm4pySetup, "pm4py.precision_token_based_replay(log, net, im, fm)", "r * 10000", 1, path, file)
        if let spent = pm4py.first { benchmark.measurement(Metric.pm4py, spent) }
    }
    Benchmark("alignments with deviations, precision and all cases", configuration: Metric.once([Metric.cpu])) { benchmark in
        let (log, net, _) = prepare(path)
        var options = AlignmentOptions()
        options.threads = 1
        let own = medianCPUSeconds(runs: 5) {
            blackHole(ConformanceResult(aligned(log, net, options), of: log, listsCases: true).deviations.count)
        }
        benchmark.measurement(Metric.cpu, Int(own * 1e6))
    }
}

private func aligned(_ log: EventLog, _ net: PetriNet, _ options: Conformance.AlignmentOptions) -> Alignments {
    do { return try Alignments(of: log, on: net, options: options) } catch { preconditionFailure("\(error)") }
}

private func replayed(_ log: EventLog, _ net: PetriNet, _ options: Conformance.AlignmentOptions) -> TokenReplay {
    do { return try TokenReplay(of: log, on: net, options: options) } catch { preconditionFailure("\(error)") }
}
