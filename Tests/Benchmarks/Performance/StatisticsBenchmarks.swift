import Benchmark
import BenchmarkSupport
import EventLogs
import Instants
import LogFormats
import Performance
import Statistics
import SyntheticLogs
import WorkingTime

/// What needs no log of the user's: causes of waiting in a generated log (p2p_250k has no starts), the bootstrap of many means, and conversions
/// between elapsed and working time.
func statisticsBenchmarks() {
    let perMillion = BenchmarkMetric.custom("CPU µs per million instances", polarity: .prefersSmaller, useScalingFactor: false)
    Benchmark("waiting causes of the generated purchase-to-pay log", configuration: Metric.once([Metric.cpu, perMillion])) { benchmark in
        let log = generatedLog(cases: 100_000)
        let spent = medianCPUSeconds(runs: 3) { blackHole(WaitingCauses(of: log)?.n) }
        benchmark.measurement(Metric.cpu, Int(spent * 1e6))
        benchmark.measurement(perMillion, Int(spent / Double(log.instanceCount) * 1e12))
    }

    Benchmark("bootstrap: 2,000 replicates of 10 means over 250,000 cases", configuration: Metric.once([Metric.cpu])) { benchmark in
        let columns: [[Double]] = (0..<10).map { column in
            var stream = RandomStream(seed: 5, path: UInt64(column))
            return (0..<250_000).map { _ in stream.exponential(mean: 100) }
        }
        let begin = cpuSeconds()
        blackHole(Bootstrap.means(of: columns, replicates: 2_000, seed: 1))
        benchmark.measurement(Metric.cpu, Int((cpuSeconds() - begin) * 1e6))
    }

    let rate = BenchmarkMetric.custom("thousand conversions per CPU second", polarity: .prefersLarger, useScalingFactor: false)
    func conversions(_ name: String, _ count: Int, _ body: @escaping @Sendable (WorkingClock, [Int64]) -> Void) {
        Benchmark(name, configuration: Metric.once([rate])) { benchmark in
            let (clock, instants) = officeHours(count: count)
            let spent = medianCPUSeconds(runs: 7) { body(clock, instants) }
            benchmark.measurement(rate, Int(Double(count) / spent / 1e3))
        }
    }
    conversions("working time of instants, one by one in random order", 4_000_000) { clock, instants in
        var sum: Int64 = 0
        for place in stride(from: 0, to: instants.count, by: 2) {
            sum &+= clock.worked(from: instants[place], to: instants[place + 1])
        }
        blackHole(sum)
    }
    conversions("working time of a column of instants", 4_000_000) { clock, instants in
        var column = instants
        clock.toWorked(&column, missing: Instant.missing)
        blackHole(column)
    }
    conversions("end of 40 working hours", 4_000_000) { clock, instants in
        var sum: Int64 = 0
        for instant in instants { sum &+= clock.finish(from: instant, work: 40 * Microseconds.hour) ?? 0 }
        blackHole(sum)
    }
}

/// What `weir generate p2p --cases N` writes, read again.
private func generatedLog(cases: Int) -> EventLog {
    do {
        let bytes = try SyntheticLog.generate(name: "p2p", cases: cases).csv()
        return try bytes.withUnsafeBytes {
            try LogReader.read(bytes: $0, named: "p2p.csv", options: ReadOptions(threads: 1), monitor: SilentMonitor()).log
        }
    } catch {
        preconditionFailure("\(error)")
    }
}

/// Office hours with a break, a zone with summer time and its holidays over eleven years, and instants in the first ten in random order.
private func officeHours(count: Int) -> (clock: WorkingClock, instants: [Int64]) {
    do {
        let hours = try WeeklyHours(text: "Mon-Fri 08:00-12:00,13:00-17:00")
        let site = SiteCalendar(
            name: "office", zone: try TimeZoneChoice(parsing: "Europe/Amsterdam"), weeks: [SiteCalendar.Week(hours: hours)],
            holidays: ["nl"])
        let first = CivilDate(year: 2015, month: 1, day: 1).daysSinceEpoch
        let clock = WorkingClock(site, days: first...(first + 4_018))
        var stream = RandomStream(seed: 3, path: 1)
        let instants = (0..<count).map { _ in
            (Int64(first) + 1) * Microseconds.day + Int64(stream.index(below: Int(3_650 * Microseconds.day)))
        }
        return (clock, instants)
    } catch {
        preconditionFailure("\(error)")
    }
}
