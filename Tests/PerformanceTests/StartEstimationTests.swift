import EventLogs
import Foundation
import Instants
import Statistics
import TestSupport
import Testing

@testable import Performance

@Suite struct StartEstimationTests {
    /// One person does all: each start is the completion before, of the case or of the person, whichever is later. The first of all has
    /// neither, and four durations tell no median.
    @Test(.enabled(if: SharedData.isThere, "the shared data is not there"))
    func oneResource() throws {
        let given = try GivenCompletions("start-times/test_event_log_2.csv")
        let estimation = StartEstimation(of: given.log)
        let expected = [
            "A trace-01": nil, "B trace-01": "11:10", "C trace-01": "12:50", "A trace-02": "10:30", "B trace-02": "11:30",
            "C trace-02": "13:00", "A trace-03": "10:45", "B trace-03": "11:50", "C trace-03": "13:10", "A trace-04": "10:55",
            "B trace-04": "12:20", "C trace-04": "13:15", "A trace-05": "13:16", "B trace-05": "13:32", "C trace-05": "13:53",
        ]
        #expect(given.starts(estimation, on: "2006-11-07") == expected)
        let times = StartTimes.estimating(given.log).times
        #expect(times.estimated == 14 && times.unknown == 1 && times.recorded == 0 && times.byMedian == 0)
        #expect(times.before.serviceTime == nil && times.after.serviceTime?.n == 4)
    }

    /// C and D come in either order, so neither enables the other; derived by hand from the completions of all four cases.
    @Test(.enabled(if: SharedData.isThere, "the shared data is not there"))
    func concurrentActivities() throws {
        let given = try GivenCompletions("start-times/test_event_log_1.csv")
        let estimation = StartEstimation(of: given.log)
        let pairs = estimation.concurrency.pairs.map { [given.log.activities[$0.first], given.log.activities[$0.second]].sorted() }
        #expect(pairs == [["C", "D"]])
        let found = given.starts(estimation, on: nil).filter { $0.key.hasSuffix("trace-02") }
        #expect(
            found == [
                "A trace-02": nil, "B trace-02": "2006-11-07 12:10", "C trace-02": "2006-11-07 12:33", "D trace-02": "2006-11-08 10:37",
                "E trace-02": "2006-11-08 10:44", "F trace-02": "2006-11-09 10:41", "H trace-02": "2006-11-09 12:03",
                "I trace-02": "2006-11-09 12:17",
            ])
        // Told that nothing is concurrent, C waits for D.
        let declared = StartEstimation(of: given.log, concurrency: ConcurrencyRelation(declared: [], in: given.log))
        #expect(given.starts(declared, on: nil)["C trace-02"] == "2006-11-08 10:41")
    }

    /// Where the starts are known, estimates from the completions alone come no later, but for the two instances that their resource
    /// began while it was still at another.
    @Test(.enabled(if: SharedData.isThere, "the shared data is not there"))
    func comesNoLaterThanTheTruth() throws {
        let given = try GivenCompletions("start-times/test_event_log_4.csv")
        let found = given.starts(StartEstimation(of: given.log), on: "2006-11-07")
        var later: [String] = []
        for (key, truth) in given.recorded {
            if let own = found[key], let text = own, text > truth.suffix(5) { later.append(key) }
        }
        #expect(later.sorted() == ["B trace-04", "C trace-02"] && given.recorded.count == 15)
    }

    /// Purchases whose starts are hidden: people do one thing at a time there, so estimates come before the truth, and never after the
    /// completion.
    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func hiddenStarts(seed: UInt64) throws {
        let log = try PlantedLogs.purchases("before", cases: 300, seed: seed)
        let hidden = log.starting(at: [Int64](repeating: Instant.missing, count: log.instanceCount))
        let (estimated, times) = StartTimes.estimating(hidden)
        #expect(times.estimated + times.unknown == log.instanceCount && times.recorded == 0)
        #expect(times.estimatedShare.map { $0 > 0.99 } == true)
        let people = try #require(log.columns.resource?.vocabulary)
        var (late, all) = (0, 0)
        for instance in 0..<log.instanceCount where estimated.instances.start[instance] != Instant.missing {
            #expect(estimated.instances.start[instance] <= log.instances.completion[instance])
            if people[log.instances.resource[instance]] == "SYSTEM" { continue }
            all += 1
            if estimated.instances.start[instance] > log.instances.start[instance] { late += 1 }
        }
        #expect(late * 100 < all, "\(late) of \(all)")
        let truth = try #require(StartTimes.CaseFigures(of: log).serviceTime)
        #expect((times.after.serviceTime?.meanS ?? 0) > truth.meanS)
        // What is recorded is kept.
        #expect(StartEstimation(of: log).starts == log.instances.start)
    }

    /// The median of five durations counts back where nothing came before.
    @Test func medianWhereNothingCameBefore() {
        var cases = [("first", [TinyEvent("A", end: 1_000, by: "x")])]
        for number in 1...5 { cases.append(("\(number)", [TinyEvent("A", end: 1_000 + Double(number) * 100, by: "x")])) }
        let estimation = StartEstimation(of: EventLog.tiny(cases))
        #expect(estimation.basis.map { $0 } == [.median] + [StartEstimation.Basis](repeating: .resource, count: 5))
        #expect(estimation.starts[0] == EventLog.tinyEpoch + 900 * Microseconds.second)
    }
}

/// A log of the shared data by its completions alone.
private struct GivenCompletions {
    let log: EventLog
    /// The starts that the file holds, as `2006-11-07 10:30`, by activity and case.
    private(set) var recorded: [String: String] = [:]
    private static let offset: Int64 = 2 * Microseconds.hour

    init(_ path: String) throws {
        let lines = try String(contentsOf: SharedData.file(path), encoding: .utf8).split(whereSeparator: \.isNewline)
        var builder = EventLogBuilder()
        for (row, line) in lines.dropFirst().enumerated() {
            let cells = line.split(separator: ",", omittingEmptySubsequences: false).map { String($0) }
            let time = try Instant(parsing: cells[3], zone: .utc).microseconds
            let event = builder.append(
                case: builder.caseNumber(cells[4]), activity: builder.activityNumber(cells[1]), time: time, row: row)
            builder.set(.resource, event, cells[0])
            if !cells[2].isEmpty { recorded["\(cells[1]) \(cells[4])"] = String(cells[2].prefix(16)) }
        }
        log = builder.finish()
    }

    /// Starts by activity and case on the file's clock, all of one day without it.
    func starts(_ estimation: StartEstimation, on day: String?) -> [String: String?] {
        var result: [String: String?] = [:]
        for position in 0..<log.caseCount {
            for instance in log.instanceRanges[position] {
                let key = "\(log.activities[log.instances.activity[instance]]) \(log.caseName(position))"
                let start = estimation.starts[instance]
                if start == Instant.missing {
                    result[key] = .some(nil)
                } else {
                    let text = Instant(microseconds: start + Self.offset).iso8601(offset: 0).replacing("T", with: " ").prefix(16)
                    result[key] = .some(day == nil ? String(text) : text.hasPrefix(day ?? "") ? String(text.suffix(5)) : "other day")
                }
            }
        }
        return result
    }
}
