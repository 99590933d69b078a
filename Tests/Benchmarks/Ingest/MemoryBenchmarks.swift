import Benchmark
import BenchmarkSupport
import EventLogs
import Foundation
import LogFormats

/// What a log takes of resident memory once it is read, and what reading it took at its peak; each figure is that of a process of its own.
func memoryBenchmarks(_ data: String) {
    let perEvent = BenchmarkMetric.custom("bytes per event", polarity: .prefersSmaller, useScalingFactor: false)
    let finished = BenchmarkMetric.custom("log MB", polarity: .prefersSmaller, useScalingFactor: false)
    let peak = BenchmarkMetric.custom("peak MB", polarity: .prefersSmaller, useScalingFactor: false)
    let share = BenchmarkMetric.custom("peak % of log", polarity: .prefersSmaller, useScalingFactor: false)
    func memory(_ name: String, _ suffix: String, _ options: ReadOptions) {
        guard FileManager.default.fileExists(atPath: data + suffix) else { return }
        let configuration = Benchmark.Configuration(
            metrics: [perEvent, finished, peak, share], warmupIterations: 0, maxDuration: .seconds(60), maxIterations: 1)
        Benchmark("memory\(suffix): \(name)", configuration: configuration) { benchmark in
            let before = residentBytes().now
            guard
                let read = try? LogReader.read(
                    contentsOf: URL(filePath: data + suffix), named: "log" + suffix, options: options, monitor: SilentMonitor())
            else { preconditionFailure("the log is not read") }
            let highest = residentBytes().peak - before
            giveBackFreeMemory()
            let own = residentBytes().now - before
            benchmark.measurement(perEvent, own / max(1, read.log.eventCount))
            benchmark.measurement(finished, own / 1_000_000)
            benchmark.measurement(peak, highest / 1_000_000)
            benchmark.measurement(share, highest * 100 / max(1, own))
            withExtendedLifetime(read) {}
        }
    }
    memory("case, activity, time, resource", ".csv", ReadOptions(roles: [.caseID, .activity, .timestamp, .resource]))
    for suffix in [".csv", ".xes", ".xes.gz"] {
        for threads in [1, 2] { memory("all, \(threads) \(threads == 1 ? "thread" : "threads")", suffix, ReadOptions(threads: threads)) }
    }
}

/// Has the C library give back what it holds without need; Swift does not see the function in its headers.
private func giveBackFreeMemory() {
    guard let found = dlsym(nil, "malloc_trim") else { return }
    typealias Trim = @convention(c) (Int) -> Int32
    _ = unsafeBitCast(found, to: Trim.self)(0)
}
