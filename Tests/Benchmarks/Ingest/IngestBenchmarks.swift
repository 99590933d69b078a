import Benchmark
import BenchmarkSupport
import ByteParsing
import CByteScan
import Database
import EventLogs
import Foundation
import LogFormats
import Workspaces

/// CPU milliseconds (user and system, all threads) of reading one log in its forms, beside a scan of the same bytes and, where a Python
/// that has them is named, beside other readers; and the memory that it takes.
///
/// `WEIR_BENCH_DATA` is the log's path without its suffix: `.xes`, `.xes.gz` and `.csv` are read, those that are there.
/// `WEIR_BENCH_PYTHON` is a Python with r4pm, polars, pandas and pm4py, those that are there.
let benchmarks: @Sendable () -> Void = {
    let cpu = BenchmarkMetric.custom("CPU ms", polarity: .prefersSmaller, useScalingFactor: false)
    let wall = BenchmarkMetric.custom("wall ms", polarity: .prefersSmaller, useScalingFactor: false)
    Benchmark.defaultConfiguration = .init(metrics: [cpu, wall], warmupIterations: 1, maxDuration: .seconds(60), maxIterations: 5)

    let environment = ProcessInfo.processInfo.environment
    guard let data = environment["WEIR_BENCH_DATA"] else {
        print("Ingest: WEIR_BENCH_DATA names no log, so nothing is measured")
        return
    }
    func measure(_ benchmark: Benchmark, _ body: () throws -> Void) {
        let begin = (cpuSeconds(), Date())
        do { try body() } catch { preconditionFailure("\(error)") }
        benchmark.measurement(cpu, Int((cpuSeconds() - begin.0) * 1e3))
        benchmark.measurement(wall, Int(Date().timeIntervalSince(begin.1) * 1e3))
    }
    for suffix in [".xes", ".xes.gz", ".csv"] where FileManager.default.fileExists(atPath: data + suffix) {
        for threads in [1, 2] {
            Benchmark("read\(suffix), \(threads) \(threads == 1 ? "thread" : "threads")") { benchmark in
                measure(benchmark) {
                    let read = try LogReader.read(
                        contentsOf: URL(filePath: data + suffix), named: "log" + suffix, options: ReadOptions(threads: threads),
                        monitor: SilentMonitor())
                    blackHole(read.log.eventCount)
                }
            }
        }
        if suffix.hasSuffix(".gz") { continue }
        Benchmark("scan\(suffix): the places of one byte") { benchmark in
            measure(benchmark) {
                let file = try MappedFile(path: data + suffix)
                blackHole(file.withBytes { count(of: suffix == ".csv" ? 0x0A : 0x3C, in: $0) })
            }
        }
    }
    if FileManager.default.fileExists(atPath: data + ".csv") {
        for threads in [1, 2] {
            Benchmark("graph.csv, \(threads) \(threads == 1 ? "thread" : "threads")") { benchmark in
                measure(benchmark) { blackHole(try directlyFollowsCounts(data + ".csv", threads: threads)) }
            }
        }
    }
    if let suffix = [".csv", ".xes"].first(where: { FileManager.default.fileExists(atPath: data + $0) }) {
        let path = FileManager.default.temporaryDirectory.appending(path: "weir-bench-\(ProcessInfo.processInfo.processIdentifier).sqlite")
            .path
        Benchmark("import\(suffix) into a workspace") { benchmark in
            for ending in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + ending) }
            measure(benchmark) { try importLog(data + suffix, into: path) }
        }
        Benchmark("open from a workspace") { benchmark in
            if !FileManager.default.fileExists(atPath: path) {
                do { try importLog(data + suffix, into: path) } catch { preconditionFailure("\(error)") }
            }
            measure(benchmark) {
                blackHole(try Workspace(path: path, access: .reading).log(named: nil).log.eventCount)
            }
        }
    }
    memoryBenchmarks(data)
    guard let python = environment["WEIR_BENCH_PYTHON"] else { return }
    let stamp = "'%Y-%m-%dT%H:%M:%S%.3f%:z'"
    let peers: [(name: String, suffix: String, setup: String, call: String)] = [
        ("r4pm item", ".xes", "import r4pm", "r4pm.import_item('EventLog', f)"),
        ("r4pm to DataFrame", ".xes", "import r4pm", "r4pm.df.import_xes(f)"),
        ("r4pm to DataFrame", ".xes.gz", "import r4pm", "r4pm.df.import_xes(f)"),
        (
            "polars, all columns and times", ".csv", "import polars as pl",
            "pl.read_csv(f).with_columns(pl.col('time:timestamp').str.to_datetime(\(stamp)))"
        ),
        (
            "polars, lazily to a directly-follows graph", ".csv", "import polars as pl; c, n = 'case:concept:name', 'concept:name'",
            "pl.scan_csv(f).select(c, n).with_columns(pl.col(n).shift(-1).over(c).alias('next'))"
                + ".drop_nulls('next').group_by(n, 'next').len().collect()"
        ),
        (
            "polars, the same where cases stand together", ".csv", "import polars as pl; c, n = 'case:concept:name', 'concept:name'",
            "pl.scan_csv(f).select(c, n).with_columns(pl.col(n).shift(-1).alias('next'), pl.col(c).shift(-1).alias('d'))"
                + ".filter(pl.col(c) == pl.col('d')).group_by(n, 'next').len().collect(engine='streaming')"
        ),
        (
            "pandas and PM4Py", ".csv", "import pandas as pd, pm4py",
            "d = pd.read_csv(f); d['time:timestamp'] = pd.to_datetime(d['time:timestamp'], utc=True, format='ISO8601'); "
                + "pm4py.format_dataframe(d, case_id='case:concept:name', activity_key='concept:name', timestamp_key='time:timestamp')"
        ),
    ]
    for peer in peers where FileManager.default.fileExists(atPath: data + peer.suffix) {
        let configuration = Benchmark.Configuration(
            metrics: [cpu, wall], warmupIterations: 0, maxDuration: .seconds(120), maxIterations: 3)
        Benchmark("peer\(peer.suffix): \(peer.name)", configuration: configuration) { benchmark in
            let script = """
                import sys, time, resource
                f = sys.argv[1]
                \(peer.setup)
                use = lambda: (lambda r: r.ru_utime + r.ru_stime)(resource.getrusage(resource.RUSAGE_SELF))
                a, t = use(), time.perf_counter()
                \(peer.call)
                print('MEASURED', int((use() - a) * 1e3), int((time.perf_counter() - t) * 1e3))
                """
            guard let figures = runPython(python, script, data + peer.suffix), figures.count == 2 else { return }
            benchmark.measurement(cpu, figures[0])
            benchmark.measurement(wall, figures[1])
        }
    }
}

/// Reads a log and keeps it in a new workspace.
private func importLog(_ file: String, into path: String) throws {
    let url = URL(filePath: file)
    let read = try LogReader.read(
        contentsOf: url, named: url.lastPathComponent, options: ReadOptions(threads: 2), monitor: SilentMonitor())
    let own = Workspace.File(name: url.lastPathComponent, sha256: "", parameters: "{}", version: "")
    _ = try Workspace(path: path, access: .creating).add(
        Workspace.Extract(log: read.log, files: [own], tellsLevels: file.hasSuffix(".xes")), to: "log", monitor: SilentMonitor())
}

/// How often each activity follows each other one in a case, in the order of the file: only the case and the activity are read.
private func directlyFollowsCounts(_ path: String, threads: Int) throws -> [Int] {
    let log = try LogReader.read(
        contentsOf: URL(filePath: path), named: "log.csv", options: ReadOptions(roles: [.caseID, .activity], threads: threads),
        monitor: SilentMonitor()
    ).log
    let width = log.activities.count
    var counts = [Int](repeating: 0, count: width * width)
    log.instances.activity.withUnsafeBufferPointer { activity in
        for range in log.instanceRanges {
            for instance in range.dropFirst() { counts[Int(activity[instance - 1]) * width + Int(activity[instance])] += 1 }
        }
    }
    return counts
}

/// How often a byte occurs, found place by place as a scanner would.
private func count(of byte: Int32, in bytes: UnsafeRawBufferPointer) -> Int {
    var count = 0
    var place = bytes.baseAddress!
    let end = place + bytes.count
    while place < end, let found = memchr(place, byte, end - place) {
        count += 1
        place = UnsafeRawPointer(found) + 1
    }
    return count
}
