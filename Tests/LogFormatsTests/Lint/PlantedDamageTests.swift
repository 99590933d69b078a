import EventLogs
import Foundation
import Instants
import LogFormats
import Testing

/// Faults planted into clean logs are found, each as often as it was planted, and nothing else is.
@Suite struct PlantedDamageTests {
    /// A fault: plants it and says by how much the count of which rules must rise.
    struct Damage: Sendable, CustomTestStringConvertible {
        var name: String
        var plant: @Sendable (inout DamagedLog) -> [LogFinding.Rule: Int]
        var testDescription: String { name }
    }

    static let damages: [Damage] = [
        Damage(name: "events recorded twice") { log in
            let picked = log.pick(7, where: { [log] in log[$0, .resource] != "SYSTEM" })
            for row in picked.reversed() { log.rows.insert(log.rows[row], at: row + 1) }
            return [.duplicateEvent: 7, .sameTime: 7]
        },
        Damage(name: "events recorded three times, apart") { log in
            for range in log.pickCases(3).reversed() {
                log[range.lowerBound, .resource] = "ann"
                log.rows.insert(log.rows[range.lowerBound], at: range.upperBound)
                log.rows.insert(log.rows[range.lowerBound], at: range.upperBound)
            }
            // Both copies stand after later events of their case.
            return [.duplicateEvent: 6, .sameTime: 6, .unorderedEvents: 6]
        },
        Damage(name: "like events that differ in one attribute") { log in
            let picked = log.pick(5)
            for row in picked.reversed() {
                log.rows.insert(log.rows[row], at: row + 1)
                log[row + 1, .resource] = "somebody else"
            }
            return [.sameTime: 5]
        },
        Damage(name: "times of another age") { log in
            let picked = log.pickCases(4)
            for range in picked {
                log[range.lowerBound, .start] = "1948-01-26T22:00:00+08:00"
                log[range.lowerBound, .end] = "1948-01-26T22:59:00+08:00"
            }
            return [.ancientTime: 4]
        },
        Damage(name: "times of the epoch and of the year 1") { log in
            let picked = log.pickCases(2)
            for (range, text) in zip(picked, ["1970-01-01T00:00:00Z", "0001-01-01T00:00:00Z"]) {
                log[range.lowerBound, .start] = text
                log[range.lowerBound, .end] = text
            }
            return [.ancientTime: 2, .mixedOffsets: 2]
        },
        Damage(name: "times to come") { log in
            for range in log.pickCases(3) { log[range.upperBound - 1, .end] = "2999-12-31T23:59:59+08:00" }
            return [.futureTime: 3]
        },
        Damage(name: "no activity") { log in
            let all = log.rows.count
            let picked = log.pick(all / 40)
            for row in picked { log[row, .activity] = "" }
            return [.missingActivity: picked.count]
        },
        Damage(name: "no case") { log in
            for row in log.pick(6) { log[row, .id] = "" }
            return [.missingCase: 6]
        },
        Damage(name: "no time") { log in
            // A row with a start and no completion is work that is not done yet.
            for row in log.pick(6) { log[row, .end] = "" }
            return [.missingTime: 6, .openInstance: 6]
        },
        Damage(name: "starts after completions") { log in
            for row in log.pick(8, where: { [log] in log[$0, .start] != log[$0, .end] }) {
                log[row, .start] = log[row, .end].replacing("+08:00", with: "+07:00")
            }
            return [.startAfterCompletion: 8]
        },
        Damage(name: "times without offset among others") { log in
            log.zone = .named("Asia/Shanghai")
            for row in log.pick(9) {
                log[row, .end] = log[row, .end].replacing("+08:00", with: "")
                log[row, .start] = log[row, .start].replacing("+08:00", with: "")
            }
            return [.mixedOffsets: 9]
        },
        Damage(name: "times on another clock") { log in
            for row in log.pick(9) {
                log[row, .end] = Self.utc(log[row, .end])
                log[row, .start] = Self.utc(log[row, .start])
            }
            return [.mixedOffsets: 9]
        },
        Damage(name: "mojibake") { log in
            let texts = ["JosÃ© GarcÃ\u{AD}a", "é‡‡è´­å‘˜", "Ñ\u{81}Ð²ÐµÑ‚", "锟斤拷锟斤拷", "M\u{FFFD}ller", "閲囪喘鐢宠"]
            for (row, text) in zip(log.pick(6), texts) { log[row, .resource] = text }
            return [.damagedText: 6]
        },
        Damage(name: "spellings") { log in
            let picked = log.pick(5, where: { [log] in log[$0, .activity] == "Create Purchase Order" })
            let spellings = [
                "create purchase order", "Create  Purchase Order", "CREATE-PURCHASE-ORDER", "Ｃｒｅａｔｅ Ｐｕｒｃｈａｓｅ Ｏｒｄｅｒ",
                "Create Purchase Order.",
            ]
            for (row, text) in zip(picked, spellings) { log[row, .activity] = text }
            return [.activitySpelling: picked.count]
        },
        Damage(name: "slips of the keyboard") { log in
            let picked = log.pick(3, where: { [log] in log[$0, .activity] == "Create Purchase Order" })
            for (row, text) in zip(picked, ["Create Purhcase Order", "Create Purchse Order", "Create Purchhase Order"]) {
                log[row, .activity] = text
            }
            return [.activityTypo: picked.count]
        },
        Damage(name: "accounts of machines") { log in
            let picked = log.pick(6, where: { [log] in log[$0, .resource] != "SYSTEM" })
            for (row, text) in zip(picked, ["WF-BATCH", "RFC_USER", "batch_07", "系统", "BOT1", "SAP System"]) {
                log[row, .resource] = text
            }
            return [.systemUser: 6]
        },
        Damage(name: "a column that never varies") { log in
            for row in log.rows.indices { log[row, .plant] = "P1" }
            return [.constantColumn: 1]
        },
        Damage(name: "cases with one event") { log in
            for range in log.pickCases(5).reversed() { log.rows.removeSubrange((range.lowerBound + 1)..<range.upperBound) }
            return [.singleEventCase: 5]
        },
        Damage(name: "days alone") { log in
            for row in log.rows.indices {
                log[row, .start] = String(log[row, .start].prefix(10))
                log[row, .end] = String(log[row, .end].prefix(10))
            }
            log.zone = .named("Asia/Shanghai")
            return [.dateOnly: log.rows.count]
        },
        Damage(name: "finer than a microsecond") { log in
            for row in log.pick(4) { log[row, .end] = log[row, .end].replacing("+08:00", with: ".0000001+08:00") }
            return [.finerThanMicrosecond: 4]
        },
    ]

    private static func utc(_ text: String) -> String {
        let time = try? Instant(parsing: text, zone: .utc)
        return time?.iso8601(offset: 0) ?? ""
    }

    @Test(arguments: damages, [1, 2, 3]) func plantedDamageIsFoundAndNothingElse(_ damage: Damage, seed: UInt64) throws {
        var log = try DamagedLog(variant: seed == 2 ? "before" : "plain", cases: 150, seed: seed)
        var expected = try log.counts()
        for (rule, count) in damage.plant(&log) where count > 0 { expected[rule, default: 0] += count }
        var found = try log.counts()
        if damage.name == "days alone" {
            // How many events share a day is the log's own affair.
            #expect(found.removeValue(forKey: .sameTime) ?? 0 > 0)
            #expect(try log.findings().allSatisfy { $0.rule != .duplicateEvent || $0.severity == .info })
            found[.duplicateEvent] = nil
        }
        if damage.name == "no activity" || damage.name == "no case" {
            // What is taken away may have been the work of a machine, or one of two events at one time.
            for rule in [LogFinding.Rule.systemUser, .sameTime] {
                #expect(found[rule] ?? 0 <= expected[rule] ?? 0)
                found[rule] = nil
                expected[rule] = nil
            }
        }
        for rule in LogFinding.Rule.allCases where damage.name == "cases with one event" && rule == .systemUser {
            found[rule] = nil
            expected[rule] = nil
        }
        if damage.name == "mojibake" {
            found[.systemUser] = nil
            expected[.systemUser] = nil
        }
        #expect(found == expected)
    }

    @Test(arguments: ["plain", "before", "after"], [1, 2, 3, 4]) func cleanLogsGiveNothing(_ variant: String, seed: UInt64) throws {
        let log = try DamagedLog(variant: variant, cases: 300, seed: seed)
        let machines = log.rows.indices.count { log[$0, .resource] == "SYSTEM" }
        #expect(try log.counts() == (machines > 0 ? [.systemUser: machines] : [:]))
    }

    /// A log drawn by date cuts the cases that are under way on the first and the last day.
    @Test(arguments: [1, 2, 3]) func logsDrawnByDateCutCases(_ seed: UInt64) throws {
        var log = try DamagedLog(variant: "plain", cases: 900, seed: seed)
        let ends = log.rows.map { $0[DamagedLog.Column.end.rawValue] }.sorted()
        let begin = ends[ends.count * 3 / 10]
        let end = ends[ends.count * 7 / 10]
        var astrideBegin = 0
        var astrideEnd = 0
        for range in log.cases {
            let times = range.map { log[$0, .end] }
            if times.contains(where: { $0 < begin }) && times.contains(where: { $0 >= begin && $0 <= end }) { astrideBegin += 1 }
            if times.contains(where: { $0 > end }) && times.contains(where: { $0 <= end && $0 >= begin }) { astrideEnd += 1 }
        }
        log.rows = log.rows.filter { $0[DamagedLog.Column.end.rawValue] >= begin && $0[DamagedLog.Column.end.rawValue] <= end }
        let found = try log.counts()
        // Cases begin and end with one activity, so that the cut ones show; but for those that rest for longer than an edge is wide.
        let starts = try #require(found[.cutStart])
        let stops = try #require(found[.cutEnd])
        #expect(starts <= astrideBegin && starts * 20 >= astrideBegin * 19)
        #expect(stops <= astrideEnd && stops * 20 >= astrideEnd * 19)
    }

    @Test func whatComesAfterTheDrawingIsToCome() throws {
        let log = try DamagedLog(variant: "plain", cases: 60, seed: 5)
        let ends = log.rows.map { $0[DamagedLog.Column.end.rawValue] }.sorted()
        let drawn = try Instant(parsing: ends[ends.count - 8], zone: .utc)
        let finding = try log.findings(LogLint.Options(asOf: drawn)).first { $0.rule == .futureTime }
        let late = try log.rows.indices.count { try Instant(parsing: log[$0, .end], zone: .utc) > drawn }
        #expect(finding?.count == late && late > 0)
        #expect(finding?.detail == String(ends[ends.count - 8].prefix(10)))
        #expect(try log.findings().allSatisfy { $0.rule != .futureTime })
    }

    @Test func findingsDoNotDependOnTheOrderOfCases() throws {
        var log = try DamagedLog(variant: "plain", cases: 120, seed: 9)
        for damage in Self.damages where !["days alone", "times without offset among others", "no case"].contains(damage.name) {
            _ = damage.plant(&log)
        }
        let once = try log.findings()
        #expect(try log.findings() == once)
        var reversed = log
        reversed.rows = log.cases.reversed().flatMap { log.rows[$0] }
        #expect(try reversed.counts() == log.counts())
    }
}
