import Foundation
import Instants
import Reports
import Statistics
import Testing

/// Names that try to act where they are shown.
let hostileNames = [
    "<script>alert(1)</script>", "=cmd()|'/C calc'!A0", "\u{1B}[31mred\u{1B}[0m\u{9B}2J", "abc\u{202E}fdp\u{2066}x\u{200F}", "+1", "-1",
    "@x", "\tx",
    "\rx", "a|b`c`*d*_e_[f](http://evil.example)<img src=x onerror=y>", "line\nbreak", "\"quoted\", 'and'",
    "www.evil.example me@evil.example",
    String(repeating: "长 name ", count: 1_500), "</title></svg><style>*{}</style>", "]]>", "&lt;", "",
]

@Suite struct TableTests {
    let columns = [
        Table.Column("", key: "rank"), Table.Column("", key: "name", .left), Table.Column("total", key: "total_s"),
        Table.Column("share", key: "share"), Table.Column("95 %", key: "change_ci95", isInterval: true),
    ]

    func table(_ names: [String], omitted: Int = 0) -> Table {
        Table(
            "Where the time goes", columns: columns,
            rows: names.enumerated().map { index, name in
                [
                    .count(index + 1), .name(name), .seconds(Double(index) * 4_321.5), .share(0.28),
                    .interval(Interval(low: -0.44, high: -0.31), .change),
                ]
            }, omitted: omitted)
    }

    @Test func textFitsAndAligns() {
        let names = hostileNames + ["采购申请 → 审批", "Goods receipt → Invoice receipt"]
        let text = table(names, omitted: 31).text(.init(.en))
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        #expect(lines.count == names.count + 2)
        for line in lines { #expect(DisplayWidth.of(String(line)) <= 100) }
        let widths = Set(lines.dropLast().map { DisplayWidth.of(String($0)) })
        #expect(widths.count == 1, "right-aligned last column ends at one place")
        #expect(lines.last == "    … 31 more" || lines.last == "  … 31 more")
        #expect(lines.first?.hasPrefix("Where the time goes") == true)
        #expect(!text.unicodeScalars.contains { InertText.isHostile($0) && $0 != "\n" })
        #expect(text.contains("[−44 %, −31 %]"))
        #expect(table(["x"]).text(.init(.zh)).contains("[−44%, −31%]"))
    }

    @Test func textNeverExceedsAnyWidth() {
        var stream = RandomStream(seed: 3, path: 1)
        for width in 20...120 {
            let count = 1 + stream.index(below: 9)
            let columns = (0..<count).map { Table.Column("heading \($0)", key: "k\($0)", stream.index(below: 2) == 0 ? .left : .right) }
            let rows = (0..<5).map { _ in
                columns.map { column -> Table.Cell in
                    column.alignment == .left
                        ? .name(hostileNames[stream.index(below: hostileNames.count)]) : .seconds(stream.unit() * 1e7)
                }
            }
            let text = Table("题目 title", columns: columns, rows: rows, omitted: 3).text(.init(.zh, width: width))
            for line in text.split(separator: "\n") { #expect(DisplayWidth.of(String(line)) <= width) }
        }
    }

    @Test func colourOnlyWhereAsked() {
        let table = Table("t", columns: [.init("a", key: "a")], rows: [[.change(-0.2, tone: .better)]])
        #expect(!table.text(.init(.en)).contains("\u{1B}"))
        #expect(table.text(.init(.en, isColoured: true)).contains("\u{1B}[32m"))
    }

    @Test func csvReadsBack() throws {
        let csv = table(hostileNames).csv
        let records = parse(csv)
        #expect(records.count == hostileNames.count + 1)
        #expect(records[0] == ["rank", "name", "total_s", "share", "change_ci95_low", "change_ci95_high"])
        for (index, name) in hostileNames.enumerated() {
            let record = records[index + 1]
            #expect(record[0] == String(index + 1))
            #expect(Double(record[2]) == Double(index) * 4_321.5)
            #expect(record[4] == "-0.44")
            #expect(!"=+-@\t\r".contains(record[1].first ?? "x"))
            let inert = InertText.block(name)
            #expect(record[1] == inert || record[1] == "'" + inert)
        }
        #expect(!csv.contains("\u{1B}") && !csv.contains("\u{202E}"))
    }

    /// A plain RFC 4180 reader.
    private func parse(_ csv: String) -> [[String]] {
        var records: [[String]] = []
        var record: [String] = []
        var field = String.UnicodeScalarView()
        var isQuoted = false
        var scalars = Array(csv.unicodeScalars)[...]
        while let scalar = scalars.popFirst() {
            if isQuoted {
                if scalar == "\"" {
                    if scalars.first == "\"" { field.append(scalars.removeFirst()) } else { isQuoted = false }
                } else {
                    field.append(scalar)
                }
            } else if scalar == "\"" {
                isQuoted = true
            } else if scalar == "," || scalar == "\n" {
                record.append(String(field))
                field = .init()
                if scalar == "\n" {
                    records.append(record)
                    record = []
                }
            } else {
                field.append(scalar)
            }
        }
        return records
    }

    @Test func markdownKeepsItsShape() {
        let markdown = table(hostileNames).markdown(.en)
        let lines = markdown.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines[3] == "|---:|:---|---:|---:|---:|")
        for line in lines.dropFirst(4).dropLast() {
            let bare = line.replacing("\\|", with: "")
            #expect(bare.count { $0 == "|" } == 6)
            #expect(!line.contains("<") && !line.contains("://") && !line.contains("www."))
            #expect(line.count < 400)
        }
        #expect(!markdown.unicodeScalars.contains { InertText.isHostile($0) && $0 != "\n" })
    }

    @Test func htmlEscapesNames() {
        let html = table(hostileNames).html(.en)
        #expect(!html.contains("<script") && !html.contains("<img") && !html.contains("<style"))
        #expect(html.contains("<bdi>&lt;script&gt;alert(1)&lt;/script&gt;</bdi>"))
        #expect(!html.unicodeScalars.contains { InertText.isHostile($0) && $0 != "\n" })
        #expect(html.utf8.count < 20_000)
    }

    @Test func cutsInTheMiddle() {
        #expect(InertText.cut("abcdefghij", to: 5) == "ab…ij")
        #expect(InertText.cut("采购申请审批", to: 7) == "采…批" || DisplayWidth.of(InertText.cut("采购申请审批", to: 7)) <= 7)
        #expect(InertText.cut("short", to: 5) == "short")
        #expect(InertText.cut("short", to: 1) == "…")
    }
}
