import EventLogs
import Foundation
import Instants
import Statistics
import TestSupport

/// Logs of independent cases that all follow one plain process, so that every figure of the population is known.
struct Population {
    /// Median seconds of A, B and C.
    var medians = [4_000.0, 20_000, 8_000]
    /// The log-sd of those times.
    var spread = 0.6
    /// The share of cases that do B twice.
    var reworkShare = 0.3
    /// The share of cases of kind `large`, whose times are five times as long.
    var largeShare = 0.0
    /// Weeks over which cases start.
    var weeks = 30

    /// A seeded sample: A, B (maybe twice), C, each after a gap, with starts; attributes `kind` and `amount`.
    func sample(seed: UInt64, cases: Int) -> EventLog {
        var stream = RandomStream(seed: seed, path: 31)
        var builder = EventLogBuilder()
        let kind = builder.attribute(named: "kind", type: .string, level: .case)
        let amount = builder.attribute(named: "amount", type: .float, level: .case)
        for index in 0..<cases {
            let number = builder.caseNumber("case \(index)")
            let isLarge = stream.unit() < largeShare
            builder.set(.case, attribute: kind, of: Int(number), text: isLarge ? "large" : "small")
            builder.set(.case, attribute: amount, of: Int(number), number: (isLarge ? 1_000 : 0) + 1_000 * stream.unit())
            var clock = EventLog.tinyEpoch + Int64(stream.unit() * Double(weeks) * 7 * 86_400e6)
            var steps = [0, 1, 2]
            if stream.unit() < reworkShare { steps.insert(1, at: 2) }
            for step in steps {
                let factor = (isLarge ? 5.0 : 1) * exp(spread * stream.normal())
                clock += Int64(1e6 * 1_800 * stream.unit())
                let start = clock
                clock += Int64(1e6 * medians[step] * factor)
                let event = builder.append(
                    case: number, activity: builder.activityNumber(["A", "B", "C"][step]), time: clock, row: index + 1)
                builder.setStart(event, start)
            }
        }
        return builder.finish()
    }
}
