import ByteParsing
import EventLogs
import Foundation
import Instants
import Statistics
import TestSupport
import Testing

@testable import LogFormats

/// The rules against brute force and against hand-made cases at their borders.
@Suite struct LogLintTests {
    private func findings(_ text: String, zone: TimeZoneChoice? = .utc) throws -> [LogFinding] {
        let log = try DamagedLog.read(text, zone: zone)
        return log.findings + LogLint(log).findings()
    }

    private func finding(_ rule: LogFinding.Rule, _ text: String, zone: TimeZoneChoice? = .utc) throws -> LogFinding? {
        try findings(text, zone: zone).first { $0.rule == rule }
    }

    // MARK: - Duplicates

    /// Random logs with few different values, so that many rows are equal: the count is that of a table of whole rows.
    @Test(arguments: 0..<40 as Range<UInt64>) func duplicatesAreThoseOfATableOfRows(_ seed: UInt64) throws {
        var random = RandomStream(seed: seed, path: 3)
        let cases = 1 + random.index(below: 5)
        let times = 1 + random.index(below: 4)
        var rows: [String] = []
        for _ in 0..<(1 + random.index(below: 120)) {
            let cells = [
                "c\(random.index(below: cases))", ["A", "B", ""][random.index(below: 3)],
                "2026-01-0\(1 + random.index(below: times))T08:00:00Z",
                ["ann", "bob", ""][random.index(below: 3)], ["", "1", "2.5"][random.index(below: 3)], ["x", "y"][random.index(below: 2)],
            ]
            rows.append(cells.joined(separator: ","))
        }
        let surplus = rows.count - Set(rows).count
        let found = try finding(.duplicateEvent, "case,activity,timestamp,resource,amount,note\n" + rows.joined(separator: "\n") + "\n")
        #expect(found?.count ?? 0 == surplus)
    }

    @Test func eventsWithoutATimeAreNeverCalledEqual() throws {
        #expect(try finding(.duplicateEvent, "case,activity,timestamp\n1,A,2026-01-01T08:00Z\n1,B,\n1,B,\n") == nil)
    }

    @Test func nestedAttributesTellEventsApart() throws {
        func log(_ inner: [String]) -> String {
            let events = inner.map {
                "<event><string key=\"concept:name\" value=\"A\"/><date key=\"time:timestamp\" value=\"2026-01-05T08:00:00Z\"/>"
                    + "<string key=\"x\" value=\"1\"><string key=\"y\" value=\"\($0)\"/></string></event>"
            }
            return "<log><trace><string key=\"concept:name\" value=\"1\"/>\(events.joined())</trace></log>"
        }
        #expect(try finding(.duplicateEvent, log(["a", "b"])) == nil)
        #expect(try finding(.duplicateEvent, log(["a", "a"]))?.count == 1)
    }

    // MARK: - Times

    /// The same bulk whatever the order, and the one that sorting all times gives.
    @Test(arguments: 0..<30 as Range<UInt64>) func theBulkIsThatOfSortedTimes(_ seed: UInt64) {
        var random = RandomStream(seed: seed, path: 4)
        let day = Microseconds.day
        var times = (0..<(20 + random.index(below: 300))).map { _ in Int64(random.index(below: 600)) * day }
        for _ in 0..<random.index(below: 6) { times.append((random.unit() < 0.5 ? -1 : 1) * Int64(random.index(below: 9_000)) * day) }
        let sorted = times.sorted()
        let edge = sorted.count / 20
        let gap = max(400 * day, (sorted[sorted.count - 1 - edge] - sorted[edge]) / 4)
        var low = edge
        while low > 0 && sorted[low] - sorted[low - 1] <= gap { low -= 1 }
        var high = sorted.count - 1 - edge
        while high + 1 < sorted.count && sorted[high + 1] - sorted[high] <= gap { high += 1 }
        #expect(TimeBulk(times).range == sorted[low]...sorted[high])
        #expect(TimeBulk(times.shuffled(by: &random)).range == sorted[low]...sorted[high])
    }

    @Test func extremeTimesDoNotOverflow() {
        let times = [Int64](repeating: 0, count: 30) + [Int64.max, Int64.min + 1]
        #expect(TimeBulk(times).range == 0...0)
        #expect(TimeBulk([]).range == nil)
        #expect(TimeBulk([5, 3]).range == 3...5)
    }

    @Test func clocksThatWerePutForwardAndBackAreSeen() throws {
        let text = """
            case,activity,timestamp
            1,A,2026-03-29 01:59:59
            1,B,2026-03-29 02:00:00
            1,C,2026-03-29 02:59:59
            1,D,2026-03-29 03:00:00
            2,A,2026-10-25 01:59:59
            2,B,2026-10-25 02:00:00
            2,C,2026-10-25 02:59:59
            2,D,2026-10-25 03:00:00

            """
        let berlin = TimeZoneChoice.named("Europe/Berlin")
        let gap = try finding(.clockGap, text, zone: berlin)
        #expect(gap == LogFinding(.clockGap, .warning, count: 2, detail: "Europe/Berlin", examples: [.row(3), .row(4)]))
        let overlap = try finding(.clockOverlap, text, zone: berlin)
        #expect(overlap == LogFinding(.clockOverlap, .info, count: 2, detail: "Europe/Berlin", examples: [.row(7), .row(8)]))
        for zone in [TimeZoneChoice.utc, .fixed(seconds: 3_600), .named("Asia/Shanghai")] {
            #expect(try findings(text, zone: zone).allSatisfy { $0.rule != .clockGap && $0.rule != .clockOverlap })
        }
        let explicit = text.replacing(":00\n", with: ":00+01:00\n").replacing(":59\n", with: ":59+01:00\n")
        #expect(try finding(.clockGap, explicit, zone: berlin) == nil)
    }

    /// A log written in a zone with summer time has two offsets and nothing odd; two sources on two clocks are odd.
    @Test func summerTimeIsNoMixture() throws {
        func log(_ offset: (Int) -> String) -> String {
            let rows = (0..<360).map { day in
                let date = CivilDate(daysSinceEpoch: 20_454 + day).iso8601
                return "c\(day / 5),A\(day % 5),\(date)T10:00:00\(offset(day))\n"
            }
            return "case,activity,timestamp\n" + rows.joined()
        }
        #expect(try finding(.mixedOffsets, log { (90..<300).contains($0) ? "+02:00" : "+01:00" }) == nil)
        // Twelve events a day, half of them on another clock.
        let two = log { _ in "+01:00" } + log { _ in "+02:00" }.split(separator: "\n").dropFirst().map { $0 + "\n" }.joined()
        #expect(try finding(.mixedOffsets, two)?.count == 360)
        let far = try #require(try finding(.mixedOffsets, log { $0 % 9 == 0 ? "+08:00" : "+01:00" }))
        #expect(far.count == 40 && far.severity == .info && far.detail == "+01:00")
    }

    @Test func daysAloneAreTooCoarseForShortCases() throws {
        func log(_ later: String) throws -> LogFinding? {
            let rows = (1...9).map { "c\($0),A,2026-01-0\($0)\nc\($0),B,2026-01-\(later)\($0)\n" }.joined()
            return try finding(.dayResolution, "case,activity,timestamp\n" + rows)
        }
        let short = try #require(try log("0"))
        #expect(short.count == 9 && short.severity == .error && short.detail == "1.0")
        #expect(try log("1") == nil)
        let timed = try finding(.dayResolution, "case,activity,timestamp\n1,A,2026-01-01T08:00:00\n1,B,2026-01-01T08:00:00\n")
        #expect(timed == nil, "two events at eight are no days")
        let midnights = try finding(.dayResolution, "case,activity,timestamp\n1,A,2026-01-01T00:00:00\n1,B,2026-01-01T00:00:00\n")
        #expect(midnights?.count == 1)
    }

    @Test func midnightsAreSeenInXESToo() throws {
        let events = (1...3).map {
            "<event><string key=\"concept:name\" value=\"A\"/><date key=\"time:timestamp\" value=\"2026-01-0\($0)T00:00:00+02:00\"/>"
                + "<date key=\"due\" value=\"2026-02-0\($0)T00:00:00+01:00\"/></event>"
        }
        let all = try findings("<log><trace><string key=\"concept:name\" value=\"1\"/>\(events.joined())</trace></log>")
        #expect(all.filter { $0.rule == .midnightColumn }.map(\.detail) == ["time:timestamp", "due"])
        #expect(all.filter { $0.rule == .midnightColumn }.map(\.severity) == [.warning, .info])
    }

    // MARK: - Texts

    @Test(arguments: [
        "JosÃ©", "MÃ¼ller", "naÃ¯ve", "â€œquotedâ€\u{9D}", "KrakÃ³w", "Å\u{81}Ã³dÅº", "é‡‡è´­è®¢å\u{8D}•", "ÐŸÑ€Ð¸Ð²ÐµÑ‚", "å®¡æ‰¹", "锟斤拷",
        "烫烫烫",
        "a\u{FFFD}b", "閲囪喘", "閲囪喘璁㈠崟", "閲囪喘鐢宠",
    ])
    func damagedTextsAreTold(_ text: String) {
        #expect(DamagedText().isDamaged(text))
    }

    @Test(arguments: [
        "José", "Müller", "naïve", "“quoted”", "Kraków", "Łódź", "采购订单", "审批", "Привет", "CAFÉ»", "«Élan»", "Ærø – Tåsinge", "50 °C",
        "½ Tag", "größer",
        "Señor Núñez", "ÎLE", "Àéî", "São Tomé", "Ångström", "受注確認", "請購單", "청구서", "Ελληνικά", "עברית", "العربية", "😀 ok", "½–¾", "§ 5",
        "€ 100", "™",
        "收货", "发票校验", "联通", "付款", "缴费登记", "退货处理完成", "锟", "a…b", "l’été",
    ])
    func soundTextsAreLeftAlone(_ text: String) {
        #expect(!DamagedText().isDamaged(text))
    }

    /// What UTF-8 becomes when it is read in the wrong encoding is told, for words of every script that has letters beyond ASCII.
    @Test func everyWordReadWronglyIsTold() throws {
        let detector = DamagedText()
        let latin1 = try #require(String(bytes: Array("Überprüfung".utf8), encoding: .isoLatin1))
        #expect(detector.isDamaged(latin1))
        for word in ["Überprüfung", "Réception", "Übergabe", "承認", "审批通过", "收货过账", "发票校验", "Оплата", "Zażółć"] {
            let wrong = String(decoding: Array(word.utf8).flatMap { Array(String(Unicode.Scalar($0)).utf8) }, as: UTF8.self)
            #expect(detector.isDamaged(wrong), "\(word)")
        }
    }

    // MARK: - Names of activities

    @Test(arguments: [
        ("Approve Invoice", "approve invoice"), ("Approve Invoice", "Approve  Invoice"), ("Approve Invoice", "ApproveInvoice"),
        ("Approve Invoice", "Approve_Invoice"), ("Approve Invoice", "Approve-Invoice."), ("审批（一级）", "审批(一级)"), ("审批：经理", "审批:经理"),
        ("ＥＲＰ过账", "ERP过账"), ("采购订单", "採購訂單"), ("采购订单", "采购 订单"), ("记账", "记帐"), ("付款。", "付款"), ("收货\u{3000}确认", "收货确认"),
        ("Straße prüfen", "STRASSE PRÜFEN".lowercased().replacing("strasse", with: "straße")), ("⼊库", "入库"),
    ])
    func spellingsOfOneNameAreOne(_ one: String, _ other: String) {
        #expect(LabelSpelling.key(of: one) == LabelSpelling.key(of: other))
    }

    @Test(arguments: [
        ("Step 1.2", "Step 12"), ("Level -1", "Level 1"), ("收货", "发货"), ("A+B", "AB"), ("Check 50%", "Check 50"), ("C#", "C"),
        ("Approved?", "Approved"), ("Machine 1", "Machine 2"), ("-", "."), ("审批", "审核"), ("Rework 1/2", "Rework 12"), ("e", "E"),
        ("A1", "a1"),
    ])
    func differentNamesStayApart(_ one: String, _ other: String) {
        #expect(LabelSpelling.key(of: one) != LabelSpelling.key(of: other))
    }

    @Test(arguments: [
        ("Approve Invocie", "Approve Invoice", true), ("Aprove Invoice", "Approve Invoice", true),
        ("Approove Invoice", "Approve Invoice", true), ("Approve Inboice", "Approve Invoice", true), ("Genehmgiung", "Genehmigung", true),
        ("Approve Invoices", "Approve Invoice", false), ("Approved", "Approve", false), ("Unpack", "Pack", false),
        ("Accept", "Except", false), ("Machine 4", "Machine 5", false), ("Turn on", "Turn in", false), ("收货确认单", "发货确认单", false),
        ("Invoice A received", "Invoice B received", false), ("Approve Invoice", "Approve Invoice", false),
        ("Create Order", "Update Order", false), ("Notification", "Notifications", false), ("Aprove Invocie", "Approve Invoice", false),
    ])
    func slipsAreToldFromOtherWords(_ one: String, _ other: String, isSlip: Bool) {
        let left = Array(one.lowercased().unicodeScalars)
        let right = Array(other.lowercased().unicodeScalars)
        #expect(TypingSlip.isOne(left, right) == isSlip)
        #expect(TypingSlip.isOne(right, left) == isSlip)
    }

    @Test func aSlipIsRare() throws {
        func log(_ rare: Int) -> String {
            var rows = (0..<40).map { "c\($0),Approve Invoice,2026-01-05T08:00:00Z\n" }
            for index in 0..<rare { rows.append("c\(index),Aprove Invoice,2026-01-06T08:00:00Z\n") }
            return "case,activity,timestamp\n" + rows.joined()
        }
        let few = try #require(try finding(.activityTypo, log(4)))
        #expect(few.count == 4 && few.examples == [.init(row: 42, text: "Aprove Invoice → Approve Invoice")])
        #expect(try finding(.activityTypo, log(5)) == nil)
    }

    // MARK: - People

    @Test(arguments: [
        "SYSTEM", "system", "WF-BATCH", "RFC_USER", "batch_00", "系统", "系统自动", "SAP System", "BOT1", "Bot 12", "批处理", "SAPSYS",
    ])
    func machinesAreTold(_ name: String) { #expect(SystemAccount.isOne(name)) }

    @Test(arguments: [
        "System Engineer", "user_001", "ann", "Batchelor", "Robot Technician", "", "42", "Service", "系统管理员", "USER", "J. Bot-Smith",
    ])
    func peopleAreNoMachines(_ name: String) { #expect(!SystemAccount.isOne(name)) }

    // MARK: - Lines

    /// The lines of a log whose every event begins on a line that is known.
    @Test(arguments: 0..<10 as Range<UInt64>) func eventsOfXESHaveTheirLines(_ seed: UInt64) throws {
        var random = RandomStream(seed: seed, path: 5)
        let noise = [
            "", "\n", "<!-- <event> \n </event> -->\n", "<?x <event>?>", "\n\n", "<string key=\"event\" value=\"&lt;event&gt;\"/>\n",
            "<![CDATA[<event>\n]]>",
        ]
        var text = "<?xml version=\"1.0\"?>\n<!DOCTYPE log [\n<!ENTITY event \"<event>\">\n]>\n<log>\n<event/>\n"
        var lines: [Int] = []
        for _ in 0..<3 {
            text += "<trace>" + noise[random.index(below: noise.count)]
            for _ in 0..<(1 + random.index(below: 5)) {
                lines.append(1 + text.count { $0 == "\n" })
                text +=
                    [
                        "<event><string key=\"concept:name\" value=\"A\"/>\n</event>", "<event/>", "<x:event\n a=\"b\">\n</x:event>",
                    ][random.index(below: 3)]
                text += noise[random.index(below: noise.count)]
            }
            text += "</trace>\n<events/><event/>\n"
        }
        let bytes = Array(text.utf8)
        let found = bytes.withUnsafeBytes { EventLines.lines(of: Set(1...(lines.count + 1)), in: $0) }
        #expect(found == Dictionary(uniqueKeysWithValues: lines.enumerated().map { ($0.offset + 1, $0.element) }))
        let one = bytes.withUnsafeBytes { EventLines.lines(of: [lines.count], in: $0) }
        #expect(one == [lines.count: lines[lines.count - 1]])
        // In pieces, packed or not, it is the same.
        var packed: [UInt8] = []
        var deflater = GzipDeflater()
        bytes.withUnsafeBytes { deflater.append($0) { packed += $0 } }
        deflater.finish { packed += $0 }
        for piece in [1, 40, 513, 600] {
            #expect(bytes.withUnsafeBytes { EventLines.lines(of: Set(1...lines.count), in: $0, piece: piece) } == found)
            #expect(packed.withUnsafeBytes { EventLines.lines(of: Set(1...lines.count), inGzip: $0, piece: piece) } == found)
        }
    }

    // MARK: - Real logs

    /// What the real logs are known to hold; counted by other means than ours.
    @Test(.enabled(if: SharedData.isThere)) func theFaultsOfRealLogsAreFound() throws {
        func findings(_ path: String) throws -> [LogFinding] {
            let url = SharedData.file(path)
            let log = try LogReader.read(contentsOf: url, named: "x", options: ReadOptions(), monitor: SilentMonitor()).log
            return log.findings + LogLint(log).findings()
        }
        func count(_ rule: LogFinding.Rule, _ findings: [LogFinding]) -> Int { findings.first { $0.rule == rule }?.count ?? 0 }
        let bpic = try findings("bpic2019/16_bpic2019_1t_per_variant.xes.gz")
        // Two events of 1948, 22 of 2001, two of 2008; equal lines between the tags of an event, trace by trace.
        #expect(count(.ancientTime, bpic) == 26)
        #expect(bpic.first { $0.rule == .ancientTime }?.examples.contains { $0.text?.hasPrefix("1948-01-26T22:59:00") == true } == true)
        #expect(count(.duplicateEvent, bpic) == 173_895)
        #expect(count(.singleEventCase, bpic) == 1)
        for finding in bpic { #expect(finding.severity != .error) }
    }
}

extension Array {
    /// The elements in a random order.
    fileprivate func shuffled(by random: inout RandomStream) -> [Element] {
        var result = self
        for index in result.indices.reversed().dropLast() { result.swapAt(index, random.index(below: index + 1)) }
        return result
    }
}
