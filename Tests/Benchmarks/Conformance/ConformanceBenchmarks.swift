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
/// `WEIR_BENCH_DATA` is the log's path without its suffix; its `.xes` is read by all. There are two nets, both found with noise 0.2: our
/// inductive miner's, and, where `WEIR_BENCH_PYTHON` is a Python with r4pm and pm4py, PM4Py's. Everybody reads the same PNML. Without that
/// Python nothing is compared.
let benchmarks: @Sendable () -> Void = {
    let environment = ProcessInfo.processInfo.environment
    guard let data = environment["WEIR_BENCH_DATA"], FileManager.default.fileExists(atPath: data + ".xes") else {
        print("Conformance: WEIR_BENCH_DATA names no log, so nothing is measured")
        return
    }
    let python = environment["WEIR_BENCH_PYTHON"]
    for model in python == nil ? [Model.own] : Model.allCases {
        let bench = Bench(path: data + ".xes", model: model, python: python)
        bench.alignments()
        bench.search()
        bench.replay()
        bench.precision()
        bench.deviations()
    }
    declareBenchmark(data + ".xes", python: python)
}

private enum Metric {
    static let cpu = figure("CPU µs")
    static let r4pm = figure("r4pm CPU µs")
    static let pm4py = figure("PM4Py CPU µs")
    static let r4pmRatio = figure("r4pm / ours, per cent", .prefersLarger)
    static let pm4pyRatio = figure("PM4Py / ours, per cent", .prefersLarger)
    static let cost = figure("total cost, ours")
    static let peerCost = figure("total cost, r4pm")
    static let fitting = figure("fitting cases per 10,000, ours", .prefersLarger)
    static let peerFitting = figure("fitting cases per 10,000, PM4Py", .prefersLarger)
    static let peak = figure("peak MB")

    private static func figure(_ name: String, _ polarity: BenchmarkMetric.Polarity = .prefersSmaller) -> BenchmarkMetric {
        .custom(name, polarity: polarity, useScalingFactor: false)
    }

    /// One run of the benchmark's body, which repeats what it measures by itself.
    static func once(_ metrics: [BenchmarkMetric]) -> Benchmark.Configuration {
        Benchmark.Configuration(metrics: metrics, warmupIterations: 0, maxDuration: .seconds(600), maxIterations: 1)
    }
}

/// Whose inductive miner found the net.
private enum Model: String, CaseIterable {
    case own = "our net"
    case peer = "the net of PM4Py"
}

/// A log and a net in memory, with the file of the net that peers read.
private struct Prepared {
    var log: EventLog
    var net: PetriNet
    var file: URL
    /// One thread, and the defaults otherwise.
    var options: Conformance.AlignmentOptions

    init(_ path: String, _ model: Model, _ python: String?) {
        file = FileManager.default.temporaryDirectory.appending(path: "weir-conformance-benchmark-\(model).pnml")
        options = Conformance.AlignmentOptions()
        options.threads = 1
        do {
            log = try readLog(path)
            switch model {
            case .own:
                net = PetriNet(InductiveMiner(noise: 0.2).tree(of: VariantIndex(of: log), names: log.activities))
                try net.pnml().write(to: file, atomically: true, encoding: .utf8)
            case .peer:
                let write = "pm4py.write_pnml(*pm4py.discover_petri_net_inductive(log, noise_threshold=0.2), n)"
                _ = ask(python ?? "", "import pm4py\nlog = pm4py.read_xes(f)", write, "0", 1, path, file)
                net = try PNMLDocument(text: String(contentsOf: file, encoding: .utf8)).net
            }
        } catch {
            preconditionFailure("\(error)")
        }
    }

    func aligned(_ options: Conformance.AlignmentOptions) -> Alignments {
        do { return try Alignments(of: log, on: net, options: options) } catch { preconditionFailure("\(error)") }
    }

    func replayed() -> TokenReplay {
        do { return try TokenReplay(of: log, on: net, options: options) } catch { preconditionFailure("\(error)") }
    }
}

private func readLog(_ path: String) throws -> EventLog {
    try LogReader.read(contentsOf: URL(filePath: path), named: "log.xes", options: ReadOptions(threads: 1), monitor: SilentMonitor())
        .log.counted(as: .events)
}

/// The median CPU microseconds of a peer and what it finds, printed behind `MEASURED`; reading is not counted. The script finds the log's path
/// as `f` and the net's as `n`. A peer that takes more than 300 CPU seconds is ended and gives none.
private func ask(
    _ python: String, _ setup: String, _ call: String, _ found: String, _ repetitions: Int, _ path: String, _ net: URL? = nil
) -> [Int] {
    let script = """
        import sys, resource, statistics, warnings
        warnings.filterwarnings('ignore')
        resource.setrlimit(resource.RLIMIT_CPU, (300, 300))
        f, n = sys.argv[1], '\(net?.path ?? "")'
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

extension Benchmark {
    /// Notes the microseconds of a peer and how many times ours they are.
    fileprivate func note(_ spent: Int?, _ metric: BenchmarkMetric, _ ratio: BenchmarkMetric, own: Double) {
        guard let spent else { return }
        measurement(metric, spent)
        measurement(ratio, Int(Double(spent) / own / 1e4))
    }
}

/// What is measured on one net.
private struct Bench: Sendable {
    var path: String
    var model: Model
    var python: String?

    private func prepared() -> Prepared { Prepared(path, model, python) }

    func alignments() {
        let metrics = [Metric.cpu, Metric.r4pm, Metric.r4pmRatio, Metric.pm4py, Metric.pm4pyRatio, Metric.cost, Metric.peerCost]
        Benchmark("alignments on \(model.rawValue)", configuration: Metric.once(metrics)) { benchmark in
            let given = prepared()
            let own = medianCPUSeconds(runs: 9) { blackHole(given.aligned(given.options).totalCost) }
            benchmark.measurement(Metric.cpu, Int(own * 1e6))
            benchmark.measurement(Metric.cost, given.aligned(given.options).totalCost)
            guard let python else { return }
            let r4pm = ask(
                python, r4pmSetup, "al.align_variants(net, traces)", "al.compute_fitness(r, net)['total_costs']", 5, path, given.file)
            benchmark.note(r4pm.first, Metric.r4pm, Metric.r4pmRatio, own: own)
            if r4pm.count > 1 { benchmark.measurement(Metric.peerCost, r4pm[1]) }
            let pm4py = ask(python, pm4pySetup, "pm4py.fitness_alignments(log, net, im, fm)", "0", 1, path, given.file)
            benchmark.note(pm4py.first, Metric.pm4py, Metric.pm4pyRatio, own: own)
        }
    }

    func search() {
        Benchmark("alignments by A* alone on \(model.rawValue)", configuration: Metric.once([Metric.cpu, Metric.cost])) { benchmark in
            let given = prepared()
            var options = given.options
            options.stateLimit = 0
            let own = medianCPUSeconds(runs: 3) { blackHole(given.aligned(options).totalCost) }
            benchmark.measurement(Metric.cpu, Int(own * 1e6))
            benchmark.measurement(Metric.cost, given.aligned(options).totalCost)
        }
    }

    func replay() {
        let metrics = [Metric.cpu, Metric.pm4py, Metric.pm4pyRatio, Metric.fitting, Metric.peerFitting]
        Benchmark("token replay on \(model.rawValue)", configuration: Metric.once(metrics)) { benchmark in
            let given = prepared()
            let own = medianCPUSeconds(runs: 9) { blackHole(given.replayed().tokens.missing) }
            benchmark.measurement(Metric.cpu, Int(own * 1e6))
            benchmark.measurement(Metric.fitting, Int((given.replayed().fitness.fittingShare ?? 0) * 10_000))
            guard let python else { return }
            let pm4py = ask(
                python, pm4pySetup, "pm4py.fitness_token_based_replay(log, net, im, fm)", "r['perc_fit_traces'] * 100", 3, path, given.file)
            benchmark.note(pm4py.first, Metric.pm4py, Metric.pm4pyRatio, own: own)
            if pm4py.count > 1 { benchmark.measurement(Metric.peerFitting, pm4py[1]) }
        }
    }

    func precision() {
        let metrics = [Metric.cpu, Metric.pm4py, Metric.pm4pyRatio]
        Benchmark("precision by replay and by alignments on \(model.rawValue)", configuration: Metric.once(metrics)) { benchmark in
            let given = prepared()
            let (replay, alignments) = (given.replayed(), given.aligned(given.options))
            let own = medianCPUSeconds(runs: 9) {
                blackHole(EscapingEdges(of: replay).escaping + EscapingEdges(of: alignments).escaping)
            }
            benchmark.measurement(Metric.cpu, Int(own * 1e6))
            guard let python else { return }
            let pm4py = ask(
                python, pm4pySetup, "pm4py.precision_token_based_replay(log, net, im, fm)", "r * 10000", 1, path, given.file)
            benchmark.note(pm4py.first, Metric.pm4py, Metric.pm4pyRatio, own: own)
        }
    }

    func deviations() {
        Benchmark("deviations, precision and all cases on \(model.rawValue)", configuration: Metric.once([Metric.cpu])) { benchmark in
            let given = prepared()
            let own = medianCPUSeconds(runs: 5) {
                blackHole(ConformanceResult(given.aligned(given.options), of: given.log, listsCases: true).deviations.count)
            }
            benchmark.measurement(Metric.cpu, Int(own * 1e6))
        }
    }
}

/// The constraints of DECLARE that a log holds, with the most memory that this process ever had, the log included.
private func declareBenchmark(_ path: String, python: String?) {
    let metrics = [Metric.cpu, Metric.peak, Metric.pm4py, Metric.pm4pyRatio]
    Benchmark("DECLARE", configuration: Metric.once(metrics)) { benchmark in
        guard let log = try? readLog(path) else { preconditionFailure("the log is not read") }
        let own = medianCPUSeconds(runs: 5) { blackHole(DeclareModel(discoveredIn: log).constraints.count) }
        benchmark.measurement(Metric.cpu, Int(own * 1e6))
        benchmark.measurement(Metric.peak, residentBytes().peak / 1_000_000)
        guard let python else { return }
        let pm4py = ask(python, "import pm4py\nlog = pm4py.read_xes(f)", "pm4py.discover_declare(log)", "len(r)", 1, path)
        benchmark.note(pm4py.first, Metric.pm4py, Metric.pm4pyRatio, own: own)
    }
}
