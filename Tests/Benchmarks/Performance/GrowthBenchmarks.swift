import Benchmark
import BenchmarkSupport
import EventLogs
import Foundation
import Performance
import ProcessModels
import Statistics

/// How CPU time grows with the log: the exponent of a power law fitted to logs of 0.2 to 16 million events (least squares of the logarithms
/// over seven sizes, each twice the one before).
///
/// The largest log is the given one several times over: cases get new names, and a twentieth of them has two neighbouring activities
/// exchanged, so that new variants keep coming. The smaller ones are its first cases.
func growthBenchmarks(_ path: String) {
    let questions: [(name: String, ask: @Sendable (EventLog) -> Int)] = [
        ("directly-follows counts", { DirectlyFollowsCounts(of: $0).edgeCount }),
        ("directly-follows graph", { DirectlyFollowsGraph(of: $0).edges.count }),
        ("variants", { VariantTable(of: $0).total }),
        ("case durations", { $0.cycleTimes.count }),
        ("handover of work", { HandoverOfWork.counts(of: $0).pairs.count }),
        ("working together", { WorkingTogether.counts(of: $0).pairs.count }),
        ("eventually-follows graph", { EventuallyFollowsGraph(of: $0)?.edges.count ?? 0 }),
        ("performance, all", { PerformanceResult(of: $0).edges.count }),
    ]
    let exponents = questions.map {
        BenchmarkMetric.custom("\($0.name): exponent, per mille", polarity: .prefersSmaller, useScalingFactor: false)
    }
    let longest = questions.map {
        BenchmarkMetric.custom("\($0.name): CPU µs of the largest", polarity: .prefersSmaller, useScalingFactor: false)
    }
    let events = BenchmarkMetric.custom("events of the largest", polarity: .prefersLarger, useScalingFactor: false)
    Benchmark("growth from 0.25 to 16 million events", configuration: Metric.once([events] + exponents + longest)) { benchmark in
        let whole = enlarged(readLog(path), events: 16_000_000)
        let views = (0...6).reversed().map { halvings in whole.selecting(cases: Array(0..<(whole.caseCount >> halvings))) }
        benchmark.measurement(events, whole.eventCount)
        for (place, question) in questions.enumerated() {
            let points = views.map { view in
                (
                    size: Foundation.log(Double(view.eventCount)),
                    time: Foundation.log(medianCPUSeconds(runs: 5) { blackHole(question.ask(view)) })
                )
            }
            benchmark.measurement(exponents[place], Int(slope(points) * 1_000))
            benchmark.measurement(longest[place], Int(Foundation.exp(points[points.count - 1].time) * 1e6))
        }
    }
}

/// The slope of the line of least squares.
private func slope(_ points: [(size: Double, time: Double)]) -> Double {
    let count = Double(points.count)
    let (x, y) = (points.reduce(0) { $0 + $1.size } / count, points.reduce(0) { $0 + $1.time } / count)
    return points.reduce(0) { $0 + ($1.size - x) * ($1.time - y) } / points.reduce(0) { $0 + ($1.size - x) * ($1.size - x) }
}

/// The cases of a log over and over under new names, at least so many events.
private func enlarged(_ log: EventLog, events: Int) -> EventLog {
    let columns = log.columns
    var parts = columns.parts
    var names: [UInt8] = []
    var ends: [Int] = []
    var stream = RandomStream(seed: 9)
    parts.caseOffsets = [0]
    parts.activity.ids = []
    parts.time = []
    parts.timeForm = []
    parts.resource?.ids = []
    parts.row = []
    var copy = 0
    while parts.time.count < events {
        for position in 0..<columns.caseCount {
            names += Array("\(copy)-".utf8)
            columns.caseNames.withBytes(of: UInt32(position)) { names.append(contentsOf: $0) }
            ends.append(names.count)
            let first = parts.activity.ids.count
            parts.activity.ids += columns.activity.ids[columns.caseOffsets[position]..<columns.caseOffsets[position + 1]]
            let length = parts.activity.ids.count - first
            if copy > 0 && length > 1 && stream.index(below: 20) == 0 {
                let place = first + stream.index(below: length - 1)
                parts.activity.ids.swapAt(place, place + 1)
            }
            parts.caseOffsets.append(first + length)
        }
        parts.time += columns.time
        parts.timeForm += columns.timeForm
        if let resource = columns.resource { parts.resource?.ids += resource.ids }
        parts.row += columns.row
        copy += 1
    }
    parts.caseNames = Vocabulary(bytes: names, ends: ends)
    return EventLog(columns: EventColumns(parts), sourceFindings: [], counting: .instances)
}
