import EventLogs
import Foundation
import Instants
import LogFormats
import Statistics
import TestSupport
import Testing

/// Days and times of day in two columns.
struct ClockColumnTests {
    private static let epoch = EventLog.tinyEpoch

    /// A seeded table of which one column holds the day and one the time, and the same with both in one.
    private static func tables(seed: UInt64, day: String, clock: String, dayForm: Int) -> (apart: String, joined: String) {
        var stream = RandomStream(seed: seed, path: 41)
        var apart = "case id;activity;\(day);\(clock);amount\n"
        var joined = "case id;activity;timestamp;amount\n"
        for row in 0..<40 {
            let (number, hour, minute) = (1 + stream.index(below: 28), stream.index(below: 24), stream.index(below: 60))
            func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
            let date = [
                "2026-03-\(two(number))", "\(two(number)).03.2026", "202603\(two(number))", "2026年3月\(number)日",
            ][dayForm]
            let time = [
                "\(two(hour)):\(two(minute)):07", "\(hour):\(two(minute)):07", "\(two(hour))\(two(minute))07",
                "\(two(hour)):\(two(minute)):07",
            ][dayForm]
            apart += "c\(row / 5);A\(row % 3);\(date);\(time);\(row)\n"
            joined += "c\(row / 5);A\(row % 3);2026-03-\(two(number))T\(two(hour)):\(two(minute)):07;\(row)\n"
        }
        return (apart, joined)
    }

    @Test(arguments: [
        ("Date", "Time"), ("日期", "时间"), ("ERDAT", "ERZET"), ("Datum", "Uhrzeit"), ("Posting Date", "Posting Time"),
        ("End Date", "End Time"),
        ("CPUDT", "CPUTM"), ("完成日期", "完成时间"), ("Fecha", "Hora"),
    ])
    func daysAndTimesOfDayAreOneTime(_ day: String, _ clock: String) throws {
        for form in 0..<4 {
            let (apart, joined) = Self.tables(seed: UInt64(form + 1), day: day, clock: clock, dayForm: form)
            let table = try read(apart)
            let expected = try read(joined).log
            #expect(LogFacts.lines(table.log) == LogFacts.lines(expected), "\(day) \(form)")
            #expect(table.recognised?.timestamp == day && table.recognised?.timestampClock == clock)
            let mapping = try ColumnMapping(yaml: try #require(table.recognised).yaml, fileName: "map.yaml")
            #expect(mapping == table.recognised)
            #expect(LogFacts.lines(try read(apart, ReadOptions(mapping: mapping)).log) == LogFacts.lines(expected))
        }
    }

    @Test func startsMayStandInTwoColumnsToo() throws {
        let log = try read(
            """
            case,activity,Start Date,Start Time,End Date,End Time
            1,A,2026-01-05,08:00,2026-01-05,09:30
            1,B,2026-01-06,10:00,2026-01-07,
            """
        ).log
        #expect(log.columns.start.map { Instant(microseconds: $0).iso8601(offset: 0) } == ["2026-01-05T08:00:00Z", "2026-01-06T10:00:00Z"])
        #expect(log.columns.time.map { Instant(microseconds: $0).iso8601(offset: 0) } == ["2026-01-05T09:30:00Z", "2026-01-07T00:00:00Z"])
        #expect(log.finding(.dateOnly)?.count == 1, "a day without a time of day is a day")
    }

    @Test func aMapNamesThePair() throws {
        let text =
            "k;what;first;second;then\n1;A;05.01.2026;08:00;x\n1;B;06.01.2026;25:00;y\n"
            + (1...12).map { "2;A;\($0 + 12).01.2026;09:0\($0 % 10);z\n" }.joined()
        let mapping = try ColumnMapping(yaml: "case: k\nactivity: what\ntimestamp: [first, second]\n", fileName: "map.yaml")
        let log = try read(text, ReadOptions(mapping: mapping)).log
        #expect(log.columns.time.first == Self.epoch + 8 * Microseconds.hour)
        #expect(log.finding(.unreadableTime)?.count == 1 && log.finding(.unreadableTime)?.examples == [.row(3)])
        #expect(log.columns.attributes.map(\.name) + log.columns.caseAttributes.map(\.name) == ["then"])
        for bad in ["timestamp: [a]", "timestamp: [a, b, c]", "case: [a, b]", "start: [a, [b]]", "timestamp: {a: b}"] {
            #expect(inputError { _ = try ColumnMapping(yaml: bad, fileName: "m") }?.cause.id == "map-value", "\(bad)")
        }
        let unknown = try ColumnMapping(yaml: "timestamp: [first, secnd]", fileName: "m")
        #expect(inputError { _ = try read(text, ReadOptions(mapping: unknown)) }?.cause == .unknownColumn("secnd", suggestion: "second"))
    }

    /// Columns that are named alike and are no day and time of day are as they were.
    @Test func namesAloneMakeNoPair() throws {
        let error = inputError { _ = try read("case,activity,Date,Time\n1,A,2026-01-05T08:00,12\n1,B,2026-01-06T08:00,13\n") }
        #expect(error?.cause == .ambiguousColumn(role: .timestamp, columns: ["Date", "Time"]))
        let log = try read("case,activity,timestamp,Change Date,Change Time\n1,A,2026-01-05T08:00Z,2026-01-04,07:00\n").log
        #expect(log.columns.time == [Self.epoch + 8 * Microseconds.hour])
        #expect(log.columns.attributes.count == 2)
    }

    /// Cells of dates and of times of day, and numbers that are texts.
    @Test func sheetsHaveThemToo() throws {
        func text(_ text: String) -> String { "<c t=\"inlineStr\"><is><t>\(text)</t></is></c>" }
        let header = ["case", "activity", "Date", "Time", "amount"].map(text).joined()
        let rows = [
            text("1") + text("A") + "<c s=\"1\"><v>46027</v></c><c s=\"2\"><v>0.333333333333333</v></c>" + text("1.234,5"),
            text("1") + text("B") + "<c s=\"1\"><v>46028</v></c><c s=\"2\"><v>0.75</v></c>" + text("7,25"),
        ]
        let sheet = "<sheetData>" + ([header] + rows).map { "<row>\($0)</row>" }.joined() + "</sheetData>"
        let table = try read(TinyWorkbook(sheet, styles: [0, 14, 21]).bytes, named: "log.xlsx")
        #expect(table.log.columns.time == [Self.epoch + 8 * Microseconds.hour, Self.epoch + 42 * Microseconds.hour])
        #expect(table.recognised?.timestampClock == "Time")
        let amount = try #require(table.log.columns.attributes.first { $0.name == "amount" })
        #expect([amount.number(0), amount.number(1)] == [1_234.5, 7.25])
        #expect(table.log.finding(.numberSeparators)?.count == 2)
    }

    @Test func linesOfJSONHaveThemToo() throws {
        let lines = """
            {"case": "1", "activity": "A", "Date": "2026-01-05", "Time": "08:00"}
            {"case": "1", "activity": "B", "Date": "2026-01-06", "Time": "09:30:15"}
            """
        let times = try read(lines, named: "log.ndjson").log.columns.time
        #expect(
            times == [
                Self.epoch + 8 * Microseconds.hour,
                Self.epoch + 33 * Microseconds.hour + 30 * Microseconds.minute + 15 * Microseconds.second,
            ])
    }
}
