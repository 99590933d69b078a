import Instants
import Statistics

/// What is measured of a replication as one number.
package enum SimulationKPI: String, Sendable, CaseIterable, Codable {
    /// Of the cases' cycle times, in seconds.
    case cycleTimeMean = "cycle_time.mean"
    case cycleTimeMedian = "cycle_time.median"
    case cycleTimeP90 = "cycle_time.p90"
    case cycleTimeP95 = "cycle_time.p95"
    /// Of the cases' waiting times, in seconds.
    case waitingTimeMean = "waiting_time.mean"
    case waitingTimeMedian = "waiting_time.median"
    case waitingTimeP90 = "waiting_time.p90"
    case waitingTimeP95 = "waiting_time.p95"
    /// Of the cases' service times, in seconds.
    case serviceTimeMean = "service_time.mean"
    case serviceTimeMedian = "service_time.median"
    case serviceTimeP90 = "service_time.p90"
    case serviceTimeP95 = "service_time.p95"
    /// Cases per day from the first start to the last completion.
    case throughputMean = "throughput.mean"
    /// Per case, in the currency of the rates.
    case costMean = "cost.mean"
    case costMedian = "cost.median"
    case costP90 = "cost.p90"
    case costP95 = "cost.p95"
    /// The share of cases in which an activity came again.
    case reworkRate = "rework_rate.rate"
}

extension ReplicationOutcome {
    /// A figure of this replication; nil where nothing tells it.
    package func value(of kpi: SimulationKPI) -> Double? {
        switch kpi {
        case .cycleTimeMean: mean(cycle)
        case .cycleTimeMedian: quantile(0.5, cycle)
        case .cycleTimeP90: quantile(0.9, cycle)
        case .cycleTimeP95: quantile(0.95, cycle)
        case .waitingTimeMean: mean(waiting)
        case .waitingTimeMedian: quantile(0.5, waiting)
        case .waitingTimeP90: quantile(0.9, waiting)
        case .waitingTimeP95: quantile(0.95, waiting)
        case .serviceTimeMean: mean(service)
        case .serviceTimeMedian: quantile(0.5, service)
        case .serviceTimeP90: quantile(0.9, service)
        case .serviceTimeP95: quantile(0.95, service)
        case .throughputMean: throughput
        case .costMean: cost.isEmpty ? nil : cost.reduce(0, +) / Double(cost.count)
        case .costMedian: Quantiles.quantile(0.5, of: cost)
        case .costP90: Quantiles.quantile(0.9, of: cost)
        case .costP95: Quantiles.quantile(0.95, of: cost)
        case .reworkRate: hasRework.isEmpty ? nil : Double(hasRework.count { $0 }) / Double(hasRework.count)
        }
    }

    /// Completed cases per day from the first start to the last completion of the cases that count.
    private var throughput: Double? {
        var first = Int64.max
        var last = Int64.min
        var completed = 0
        for number in firstStart.indices where firstStart[number] != Instant.missing {
            completed += 1
            first = min(first, firstStart[number])
            last = max(last, lastCompletion[number])
        }
        return completed > 0 && last > first ? Double(completed) / (Double(last - first) / Double(Microseconds.day)) : nil
    }

    private func mean(_ values: [Int64]) -> Double? {
        var sum = 0.0
        var count = 0
        for value in values where value != Instant.missing {
            sum += Double(value)
            count += 1
        }
        return count == 0 ? nil : sum / Double(count) / 1e6
    }

    private func quantile(_ probability: Double, _ values: [Int64]) -> Double? {
        let known = values.contains(Instant.missing) ? values.filter { $0 != Instant.missing } : values
        return Quantiles.quantile(probability, of: known).map { $0 / 1e6 }
    }
}
