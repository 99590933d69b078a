import EventLogs
import Foundation
import Instants
import LogFormats
import Statistics
import TestSupport
import Testing
import WorkingTime

@testable import Performance

@Suite struct WaitingCausesTests {
    // MARK: Against a slow reference

    /// Every hour of waiting is classified by itself, by reading the definition.
    @Test(arguments: [HourLog.Shape.overlapping, .overlappingWithGaps, .sequential, .sequentialWithGaps], [2, 5])
    func equalsHourByHour(shape: HourLog.Shape, activities: Int) throws {
        var batched = 0
        for seed in 61..<73 as Range<UInt64> {
            let log = HourLog(seed: seed, shape: shape, cases: 60, activities: activities).log
            let clock = try Self.clock("Mon-Fri 08:00-12:00,13:00-17:00")
            let split = WaitingSplit(of: log, hours: ResourceHours(of: log, calendar: clock))
            let slow = SlowSplit(log, clock)
            batched += slow.batchCount
            #expect(split.batches.count == slow.batchCount)
            for instance in 0..<log.instanceCount where slow.total[instance] != nil {
                let own = [
                    split.batching[instance], split.contention[instance], split.prioritization[instance], split.unavailability[instance],
                    split.extraneous[instance], split.unattributed[instance],
                ]
                #expect(own.map { $0 / Microseconds.hour } == slow.hours[instance], "seed \(seed) instance \(instance)")
                #expect(own.reduce(0, +) == split.total(instance, log))
            }
        }
        #expect(batched > 20)
    }

    /// Hand-offs sum to the waiting that instances have, and every grouping to the same.
    @Test(arguments: [HourLog.Shape.overlapping, .overlappingWithGaps, .sequentialWithGaps], [81, 82] as [UInt64])
    func sumsToTheWaitingTime(shape: HourLog.Shape, seed: UInt64) throws {
        let log = HourLog(seed: seed, shape: shape, cases: 80).log
        let causes = try #require(WaitingCauses(of: log))
        let waiting = InstanceTimes(of: log).waiting.filter { $0 != Instant.missing }
        #expect(causes.n == waiting.count && causes.instances == log.instanceCount)
        #expect(causes.total.totalS == Double(waiting.reduce(0, +)) / 1e6)
        for items in [causes.handOffs.map(\.causes), causes.activities.map(\.causes)] {
            #expect(items.reduce(0) { $0 + $1.totalS } == causes.total.totalS)
            for item in items + [causes.total] {
                #expect(item.known.reduce(0) { $0 + ($1.seconds ?? 0) } == item.totalS)
            }
        }
        #expect(zip(causes.handOffs, causes.handOffs.dropFirst()).allSatisfy { $0.causes.totalS >= $1.causes.totalS })
        // Who is not named is waited for in no resource's name.
        let named = causes.resources.reduce(0) { $0 + $1.n }
        #expect(named == causes.n - causes.withoutResource)
    }

    /// Cases that do not count keep people busy all the same.
    @Test func uncountedCasesKeepPeopleBusy() throws {
        let log = EventLog.tiny([
            ("1", [TinyEvent("A", start: 0, end: 10, by: "x"), TinyEvent("B", start: 30, end: 40, by: "y")]),
            ("2", [TinyEvent("A", start: 0, end: 5, by: "z"), TinyEvent("C", start: 5, end: 30, by: "y")]),
        ])
        let causes = try #require(WaitingCauses(of: log, isCounted: [true, false]))
        #expect(causes.handOffs.map(\.target) == ["B", "A"])
        #expect(causes.handOffs[0].source == "A" && causes.handOffs[1].source == nil)
        #expect(causes.total.contentionS == 20 && causes.total.totalS == 20)
    }

    /// Who keeps hours of their own is waited for by these.
    @Test func ownHoursSayWhenSomebodyIsThere() throws {
        // From 08:00 to 13:00 on the site's clock.
        let log = EventLog.tiny([
            ("1", [TinyEvent("A", start: 0, end: 0, by: "x"), TinyEvent("B", start: 5 * 3_600, end: 6 * 3_600, by: "y")])
        ])
        var calendar = try Self.clock("Mon-Fri 08:00-12:00,13:00-17:00").calendar
        func unavailable() throws -> Double? {
            let day = CivilDate(year: 2026, month: 1, day: 5).daysSinceEpoch
            return try #require(WaitingCauses(of: log, calendar: WorkingClock(calendar, days: day...day + 1))).total.unavailabilityS
        }
        #expect(try unavailable() == 3_600)
        calendar.resources = ["x": .always, "y": try WeeklyHours(text: "Mon-Fri 10:00-12:00")]
        #expect(try unavailable() == 3 * 3_600)
    }

    /// Nothing is 0 that is not known.
    @Test func whatCannotBeKnownIsNotNought() throws {
        func events(by resource: String?) -> [TinyEvent] {
            [TinyEvent("A", start: 0, end: 10, by: resource), TinyEvent("B", start: 30, end: 40, by: resource)]
        }
        let nobody = try #require(WaitingCauses(of: EventLog.tiny([("1", events(by: nil))])))
        #expect(nobody.total.batchingS == nil && nobody.total.contentionS == nil && nobody.total.extraneousS == nil)
        #expect(nobody.total.unattributedS == 20 && nobody.withoutResource == 2 && nobody.hours == .unknown)
        let few = try #require(WaitingCauses(of: EventLog.tiny([("1", events(by: "x"))])))
        #expect(few.total.batchingS == 0 && few.total.unavailabilityS == nil && few.total.extraneousS == nil)
        #expect(few.total.unattributedS == 20 && few.withUnknownHours == 2)
        #expect(WaitingCauses(of: EventLog.tiny([("1", [TinyEvent("A", end: 10), TinyEvent("B", end: 20)])])) == nil)
    }

    /// Times such as 9999-12-31 overflow nothing.
    @Test func farStampsAreSummed() throws {
        let far = 250_000_000_000.0
        let cases = (0..<200).map { number in
            (
                "\(number)",
                [TinyEvent("A", start: 0, end: 1, by: "x"), TinyEvent("B", start: far + Double(number), end: far + 300, by: "y")]
            )
        }
        let causes = try #require(WaitingCauses(of: EventLog.tiny(cases)))
        #expect(causes.total.totalS == (0..<200).reduce(0) { $0 + far + Double($1) - 1 })
    }

    // MARK: The published answers

    /// Per hand-off of activities and resources: total, batching, prioritization and contention to the second; what is then left
    /// (unavailability and extraneous together, whose border depends on how hours are learnt) likewise.
    @Test(.enabled(if: SharedData.isThere, "the shared data is not there"), arguments: 1...3)
    func equalsTheExpectedFiles(number: Int) throws {
        let name = "waiting-time/manual_log_\(number)"
        let log = try LogReader.read(
            contentsOf: SharedData.file("\(name).csv"), named: "log", options: ReadOptions(), monitor: SilentMonitor()
        ).log
        let split = WaitingSplit(of: log, hours: ResourceHours(learntFrom: log))
        let people = try #require(log.columns.resource?.vocabulary)
        var found: [String: [Int64]] = [:]
        for instance in 0..<log.instanceCount {
            let source = split.handOffs.enabling[instance]
            if source == HandOffs.none { continue }
            let key = [UInt32(source), UInt32(instance)].map { end in
                "\(log.activities[log.instances.activity[Int(end)]]),\(people[log.instances.resource[Int(end)]])"
            }.joined(separator: ",")
            let rest = split.unavailability[instance] + split.extraneous[instance] + split.unattributed[instance]
            let own = [
                split.total(instance, log), split.batching[instance], split.prioritization[instance], split.contention[instance], rest,
            ]
            found[key] = zip(found[key] ?? [0, 0, 0, 0, 0], own).map { $0 + $1 / Microseconds.second }
        }
        let lines = try String(contentsOf: SharedData.file("\(name)_expected.csv"), encoding: .utf8).split(whereSeparator: \.isNewline)
        #expect(lines.count - 1 == found.count && lines.count > 8)
        for line in lines.dropFirst() {
            // The cases stand in quotes where they are several.
            let parts = line.split(separator: "\"")
            let cells = (parts.count == 3 ? parts[0] + "c" + parts[2] : line).split(separator: ",", omittingEmptySubsequences: false)
            let seconds = cells[6..<12].map { Self.seconds(String($0)) }
            #expect(seconds[0] == Int64(Double(cells[12]) ?? -1))
            let expected = [seconds[0], seconds[1], seconds[2], seconds[3], seconds[4] + seconds[5]]
            #expect(found[cells[0..<4].joined(separator: ",")] == expected, "\(line)")
        }
    }

    /// `0 days 04:15:00`, or `0 days`.
    private static func seconds(_ text: String) -> Int64 {
        let words = text.split(separator: " ")
        let clock = words.count > 2 ? words[2].split(separator: ":").compactMap { Int64($0) } : [0, 0, 0]
        return (Int64(words[0]) ?? -1) * 86_400 + clock[0] * 3_600 + clock[1] * 60 + clock[2]
    }

    // MARK: Hours

    /// Who is off in the evening is unavailable then, by hours learnt from the log alone.
    @Test func hoursAreLearnt() throws {
        let log = try PlantedLogs.purchases("before", cases: 400, seed: 3)
        let hours = ResourceHours(learntFrom: log)
        #expect(hours.method == .learnt && hours.systems == 1)
        let names = try #require(log.columns.resource?.vocabulary)
        let roles = try #require(log.columns.role)
        var texts: [String: Set<String>] = [:]
        for instance in 0..<log.instanceCount {
            let role = roles.vocabulary[roles.ids[instance]]
            if let weekly = hours.weekly(log.instances.resource[instance]) { texts[role, default: []].insert(weekly.hours.text) }
        }
        #expect(texts["Manager"] == ["Mon-Fri 10:00-12:00"])
        #expect(texts["Director"] == ["Mon-Fri 16:00-17:00"])
        #expect(texts["System"] == nil && names.count > 10)
        let causes = try #require(WaitingCauses(of: log))
        let approval = try #require(causes.activities.first { $0.name == "Approve Requisition (Director)" })
        #expect((approval.causes.unavailabilityS ?? 0) > 0.4 * approval.causes.totalS)
        let payment = try #require(causes.activities.first { $0.name == "Pay Invoice" })
        #expect((payment.causes.batchingS ?? 0) > 0.5 * payment.causes.totalS)
    }

    static func clock(_ hours: String) throws -> WorkingClock {
        let calendar = SiteCalendar(
            name: "site", zone: try TimeZoneChoice(parsing: "+08:00"), weeks: [SiteCalendar.Week(hours: try WeeklyHours(text: hours))])
        let day = CivilDate(year: 2026, month: 1, day: 5).daysSinceEpoch
        return WorkingClock(calendar, days: (day - 30)...(day + 300))
    }
}

/// The split hour by hour, batches by trying each instance against all others.
private struct SlowSplit {
    var hours: [[Int64]]
    var total: [Int64?]
    var batchCount = 0

    init(_ log: EventLog, _ clock: WorkingClock) {
        let instances = log.instances
        let count = log.instanceCount
        hours = [[Int64]](repeating: [0, 0, 0, 0, 0, 0], count: count)
        total = [Int64?](repeating: nil, count: count)
        var enabled = [Int64](repeating: 0, count: count)
        for range in log.instanceRanges {
            let first = range.map { instances.start[$0] == Instant.missing ? instances.completion[$0] : instances.start[$0] }.min() ?? 0
            for one in range where instances.start[one] != Instant.missing {
                let before = range.filter { $0 != one && instances.completion[$0] <= instances.start[one] }
                enabled[one] = before.map { instances.completion[$0] }.max() ?? first
                total[one] = instances.start[one] - enabled[one]
            }
        }
        let known = (0..<count).filter { total[$0] != nil && instances.resource[$0] != Vocabulary.missing }
        let byStart = known.sorted { (instances.start[$0], enabled[$0], $0) < (instances.start[$1], enabled[$1], $1) }
        var batch = [Int?](repeating: nil, count: count)
        var taken = Set<Int>()
        var ready = enabled
        for seed in byStart where !taken.contains(seed) {
            var members = [seed]
            var end = instances.completion[seed]
            for other in byStart where other != seed && !taken.contains(other) {
                if (instances.start[other], enabled[other], other) < (instances.start[seed], enabled[seed], seed) { continue }
                if instances.activity[other] != instances.activity[seed] || instances.resource[other] != instances.resource[seed] {
                    continue
                }
                if enabled[other] <= instances.start[seed] && instances.start[other] <= end {
                    members.append(other)
                    end = max(end, instances.completion[other])
                }
            }
            taken.formUnion(members)
            if members.count < 2 || members.allSatisfy({ instances.start[$0] == enabled[$0] }) { continue }
            batchCount += 1
            let last = members.map { enabled[$0] }.max() ?? 0
            for member in members {
                batch[member] = seed
                ready[member] = last
            }
        }
        for one in 0..<count where total[one] != nil {
            var time = enabled[one]
            while time < instances.start[one] {
                hours[one][cause(of: one, at: time, instances, known, enabled, batch, ready, clock)] += 1
                time += Microseconds.hour
            }
        }
    }

    private func cause(
        of one: Int, at time: Int64, _ instances: ActivityInstances, _ known: [Int], _ enabled: [Int64], _ batch: [Int?], _ ready: [Int64],
        _ clock: WorkingClock
    ) -> Int {
        if instances.resource[one] == Vocabulary.missing { return 5 }
        if time < ready[one] { return 0 }
        let busy = known.filter {
            $0 != one && instances.resource[$0] == instances.resource[one] && instances.start[$0] <= time && time < instances.completion[$0]
        }
        if !busy.isEmpty {
            let isContention = busy.contains { other in
                batch[one] != nil && batch[other] == batch[one] ? enabled[other] <= enabled[one] : enabled[other] <= ready[one]
            }
            return isContention ? 1 : 2
        }
        return clock.isOpen(at: time) ? 4 : 3
    }
}
