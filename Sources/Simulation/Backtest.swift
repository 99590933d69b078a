package import EventLogs
import Instants
import Performance
package import Statistics

/// How far to believe a model learnt from a log: the last fifth of its cases against what a model of the time before them makes of it.
///
/// Cases are in order of their first starts; the first start of the last fifth splits the log. A model is learnt from the events before
/// it; as many cases as were held out are simulated from then on, with the cases that were under way in the system. Cases that the log's
/// end cut off are left out on both sides: where some of the held-out cases are, simulated cases that end after the log are left out too.
package struct Backtest: Codable, Sendable, Equatable {
    /// A distance between simulated and real cases; 0 is best.
    package struct Metric: Codable, Sendable, Equatable {
        /// What is compared, such as `cycle_time`.
        package let name: String
        /// Its mean over replications.
        package let value: Double?
        /// The interval of that mean.
        package let ci95: Interval?
        /// The same distance between two random halves of the held-out cases, its mean over seeded halvings: what even a perfect model has.
        package let noiseFloor: Double?
        /// The same distance of the complete cases before the split to the held-out ones: what "as it was" says.
        package let naive: Double?
        /// `s` or `share`.
        package let unit: String
    }

    /// Why a log could not be tested.
    package enum Obstacle: String, Codable, Sendable {
        /// There are too few cases.
        case tooFewCases = "too_few_cases"
        /// Nothing can be learnt from the events before the split.
        case nothingToLearn = "nothing_to_learn"
    }

    /// The mean over replications of the Wasserstein-1 distance of simulated to real cycle times, over the mean real cycle time.
    package let cycleTimeError: Double?
    /// The same between random halves of the held-out cases.
    package let noiseFloor: Double?
    /// The larger of 0.25 and twice the noise floor.
    package let threshold: Double?
    /// Whether the error is known and not above the threshold.
    package let trusted: Bool
    /// The distances, cycle time first.
    package let metrics: [Metric]
    /// When the log was split, in microseconds; nil where it could not be.
    package let split: Int64?
    /// Held-out cases that are complete.
    package let heldOutCases: Int
    /// Cases under way at the split.
    package let openCases: Int
    /// Replications simulated.
    package let replications: Int
    /// What stood in the way; nil where nothing did.
    package let obstacle: Obstacle?

    private static let halvings = 100
    /// Fewer held-out cases tell nothing.
    private static let fewest = 4

    /// Tests the way in which models are learnt on a log.
    ///
    /// - Throws: `CancellationError` when the user has asked to stop; ``SimulationModelError`` never for a log of real times.
    package static func of(
        _ log: EventLog, options: FitOptions = FitOptions(), replications: Int = 20, monitor: some WorkMonitor = SilentMonitor()
    ) throws -> Backtest {
        let times = CaseTimes.of(log, endActivities: options.endActivities)
        let order = times.firstStart.indices.filter { times.firstStart[$0] != Instant.missing }
            .sorted { (times.firstStart[$0], $0) < (times.firstStart[$1], $1) }
        let heldCount = order.count / 5
        guard heldCount >= fewest else {
            return Backtest(obstacle: .tooFewCases, split: nil)
        }
        let split = times.firstStart[order[order.count - heldCount]]
        let heldOut = order.suffix(heldCount)
        let whole = Completeness(times, ObservedWork(log), declared: options.endActivities)
        let real = heldOut.filter { whole.isComplete[$0] }
        guard real.count >= fewest else {
            return Backtest(obstacle: .tooFewCases, split: split)
        }
        // End activities are those of the whole log: the time before the split may not show them.
        var own = options
        own.endActivities = options.endActivities ?? (whole.isKnown ? times.ends.names : nil)
        let past = log.selecting(events: { log.columns.time[$0] != Instant.missing && log.columns.time[$0] < split })
        let fit: ModelFit
        do {
            fit = try ModelFit(past, own)
        } catch {
            return Backtest(obstacle: .nothingToLearn, split: split)
        }
        let fitted = fit.fitted()
        let open = fit.openCases(at: split, seed: options.seed)
        let run = try Simulator.run(
            fitted.model(startingAt: split),
            options: SimulationOptions(
                cases: heldCount, replications: replications, start: split, seed: options.seed, threads: options.threads,
                detail: .cases, openCases: open), monitor: monitor)
        let end = real.count < heldCount ? times.lastCompletion.filter { $0 != Instant.missing }.max() : nil
        let simulated = run.replications.map { outcome in
            outcome.cycle.indices.filter { outcome.cycle[$0] != Instant.missing && outcome.lastCompletion[$0] <= end ?? Int64.max }
        }
        let before = CaseTimes.of(past, endActivities: own.endActivities)
        let early = Completeness(before, fit.work, declared: own.endActivities)
        let known = before.cycle.indices.filter { early.isComplete[$0] }

        var metrics: [Metric] = []
        let columns: [(String, [Int64], [Int64], (ReplicationOutcome) -> [Int64])] = [
            ("cycle_time", times.cycle, before.cycle, { $0.cycle }), ("waiting_time", times.waiting, before.waiting, { $0.waiting }),
            ("service_time", times.service, before.service, { $0.service }),
        ]
        var mean = 0.0
        for (name, actual, earlier, column) in columns {
            let target = real.map { actual[$0] }.filter { $0 != Instant.missing }
            if target.isEmpty { continue }
            if name == "cycle_time" { mean = target.reduce(0.0) { $0 + Double($1) } / Double(target.count) / 1e6 }
            let made = zip(run.replications, simulated).map { outcome, cases in
                let values = column(outcome)
                return cases.map { values[$0] }.filter { $0 != Instant.missing }
            }
            metrics.append(
                metric(
                    name, unit: "s", target: target, made: made, naive: known.map { earlier[$0] }.filter { $0 != Instant.missing },
                    seed: options.seed))
        }
        // Where the cases come, from the split on.
        let arrivals = heldOut.map { times.firstStart[$0] - split }
        let came = run.replications.map { outcome in outcome.firstStart.filter { $0 != Instant.missing }.map { $0 - split } }
        metrics.append(metric("arrivals", unit: "s", target: arrivals, made: came, naive: [], seed: options.seed))

        let cycle = metrics.first { $0.name == "cycle_time" }
        let error = cycle?.value.flatMap { mean > 0 ? $0 / mean : nil }
        let floor = cycle?.noiseFloor.flatMap { mean > 0 ? $0 / mean : nil }
        let threshold = max(0.25, 2 * (floor ?? 0))
        return Backtest(
            cycleTimeError: error, noiseFloor: floor, threshold: threshold, trusted: error.map { $0 <= threshold } ?? false,
            metrics: metrics,
            split: split, heldOutCases: real.count, openCases: open.count, replications: replications, obstacle: nil)
    }

    private init(obstacle: Obstacle, split: Int64?) {
        self.init(
            cycleTimeError: nil, noiseFloor: nil, threshold: nil, trusted: false, metrics: [], split: split, heldOutCases: 0, openCases: 0,
            replications: 0, obstacle: obstacle)
    }

    private init(
        cycleTimeError: Double?, noiseFloor: Double?, threshold: Double?, trusted: Bool, metrics: [Metric], split: Int64?,
        heldOutCases: Int, openCases: Int, replications: Int, obstacle: Obstacle?
    ) {
        self.cycleTimeError = cycleTimeError
        self.noiseFloor = noiseFloor
        self.threshold = threshold
        self.trusted = trusted
        self.metrics = metrics
        self.split = split
        self.heldOutCases = heldOutCases
        self.openCases = openCases
        self.replications = replications
        self.obstacle = obstacle
    }

    private static func metric(
        _ name: String, unit: String, target: [Int64], made: [[Int64]], naive: [Int64], seed: UInt64
    ) -> Metric {
        let sorted = target.sorted()
        let distances = made.compactMap { SampleDistance.wasserstein(sorted: $0.sorted(), sorted) }.map { $0 / 1e6 }
        let estimate = distances.count == made.count ? Estimate.mean(of: distances) : nil
        return Metric(
            name: name, value: estimate?.value, ci95: estimate?.ci95, noiseFloor: halves(target, seed: seed),
            naive: naive.isEmpty ? nil : SampleDistance.wasserstein(sorted: naive.sorted(), sorted).map { $0 / 1e6 }, unit: unit)
    }

    /// The mean distance between the halves of seeded random halvings, in seconds.
    static func halves(_ values: [Int64], seed: UInt64) -> Double? {
        guard values.count >= 2 else { return nil }
        var sum = 0.0
        for halving in 0..<halvings {
            var stream = RandomStream(seed: seed, path: 0xBAC, UInt64(halving))
            var shuffled = values
            for place in stride(from: shuffled.count - 1, to: 0, by: -1) { shuffled.swapAt(place, stream.index(below: place + 1)) }
            let half = shuffled.count / 2
            sum += SampleDistance.wasserstein(sorted: shuffled[..<half].sorted(), shuffled[half...].sorted()) ?? 0
        }
        return sum / Double(halvings) / 1e6
    }
}
