import EventLogs
import Foundation
import Instants
import Performance
import ProcessModels
import Statistics

@testable import Reports

/// Pictures of every kind from seeded data.
enum SamplePictures {
    /// Names as they come: plain, long, Chinese, and hostile ones.
    static let names = [
        "Create requisition", "Approve", "Release payment block", "Goods receipt → Invoice receipt", "收货", "三单匹配失败后重新核对发票金额并通知供应商",
        "Change price", "Vendor creates a very long invoice document with many words in its name", "<script>alert('x')</script>",
        "\u{1B}[31mred\u{1B}[0m", "\u{202E}evil\u{202C}", "a & b \"quoted\" 'single'", String(repeating: "长名称 long name ", count: 700), "",
        " ", "=cmd()",
        "e\(String(repeating: "\u{301}", count: 500))", "nul\u{0}bell\u{7}\u{FFFE}\u{FFFF}", "👩‍👩‍👧‍👦 family", "اسم عربي",
    ]

    static func durations(_ seed: UInt64, count: Int, spread: Double, middle: Double = 1e6, zeros: Int = 0) -> [Double] {
        var stream = RandomStream(seed: seed)
        return (0..<count).map { $0 < zeros ? 0 : middle * exp(spread * stream.normal()) }
    }

    static func graph(_ seed: UInt64, size: Int, names: [String]? = nil) -> DirectlyFollowsGraph {
        var stream = RandomStream(seed: seed)
        let all = names ?? (0..<size).map { "Activity \($0)" }
        var edges: [DirectlyFollowsGraph.Edge] = []
        func add(_ source: Int, _ target: Int, _ count: Int) {
            if edges.contains(where: { $0.source == all[source] && $0.target == all[target] }) { return }
            let median = stream.exponential(mean: 200_000)
            edges.append(
                DirectlyFollowsGraph.Edge(
                    source: all[source], target: all[target], count: count, meanS: median, medianS: median, p90S: median * 3,
                    totalS: median * Double(count)))
        }
        for index in 0..<(all.count - 1) { add(index, index + 1, 1_000 - 900 * index / all.count) }
        for _ in 0..<(all.count * 2) { add(stream.index(below: all.count), stream.index(below: all.count), 1 + stream.index(below: 300)) }
        let activities = all.enumerated().map {
            DirectlyFollowsGraph.Activity(
                name: $0.element, count: 1_000 - $0.offset, starts: $0.offset == 0 ? 900 : 0,
                ends: $0.offset == all.count - 1 ? 900 : $0.offset % 5)
        }
        return DirectlyFollowsGraph(activities: activities, edges: edges.sorted { ($1.count, $0.source) < ($0.count, $1.source) })
    }

    static func weeks(_ seed: UInt64, count: Int, gaps: Set<Int> = []) -> [WeeklyLine.Point] {
        var stream = RandomStream(seed: seed)
        let monday = CivilDate(year: 2025, month: 1, day: 6).daysSinceEpoch
        return (0..<count).filter { !gaps.contains($0) }.map { week in
            let value = 900_000 * (1 + 0.3 * stream.unit()) * (week > count * 2 / 3 ? 0.6 : 1)
            return WeeklyLine.Point(
                start: CivilDate(daysSinceEpoch: monday + 7 * week), value: value, low: value * 0.4, high: value * 2.1, count: 20,
                isPartial: week == 0 || week == count - 1)
        }
    }

    /// Every chart in one width and language; the names are of the charts.
    static func charts(width: Double, language: Language, seed: UInt64 = 1) -> [(name: String, picture: Picture)] {
        func frame(_ id: String) -> PictureFrame {
            PictureFrame(
                id: "\(id)-\(Int(width))-\(language.rawValue)", title: "T <\(id)>", description: "D & \(id)", language: language,
                width: width)
        }
        let humane = Humane(language)
        let axis = language == .en ? "cycle time, elapsed" : "周期时间（自然时间）"
        let linear = durations(seed, count: 1_200, spread: 0.6)
        let wide = durations(seed + 1, count: 3_000, spread: 2.2, zeros: 200)
        let after = durations(seed + 2, count: 980, spread: 0.6, middle: 6e5)
        var stream = RandomStream(seed: seed + 3)
        let bars = names.filter { $0.utf8.count > 1 }.map { name in
            BarChart.Bar(name: name, parts: [stream.exponential(mean: 4e7)], note: humane.share(stream.unit() * 0.3))
        }
        let stacked = bars.map {
            BarChart.Bar(name: $0.name, parts: [$0.parts[0], stream.exponential(mean: 3e7), stream.exponential(mean: 1e7)])
        }
        let form: @Sendable (Double) -> String = { humane.duration(seconds: $0) }
        let compact: @Sendable (Double) -> String = { humane.compact($0) }
        let rule = WeeklyLine.Rule(date: CivilDate(year: 2025, month: 9, day: 1), name: language == .en ? "go-live" : "上线")
        let big = (0..<20).map { "Department \($0)" }
        func cells(_ rows: Int, _ columns: Int) -> [[Double?]] {
            (0..<rows).map { _ in (0..<columns).map { _ in stream.unit() < 0.3 ? nil : stream.exponential(mean: 1).magnitude * 3_000 + 1 } }
        }
        let changes = names.prefix(12).enumerated().map { index, name in
            let change = index == 5 ? 1.9 : stream.unit() - 0.6
            return IntervalPlot.Change(
                name: name, change: change, low: change - 0.1, high: change + (index == 5 ? 2 : 0.12), isHigherBetter: index == 3,
                isTrusted: index != 2)
        }
        let variant = names.prefix(9) + ["Approve", "Approve"]
        return [
            ("linear", DurationDistribution(seconds: linear, axisTitle: axis).picture(frame("linear"))),
            ("beyond", DurationDistribution(seconds: linear + [4e7, 5e7], axisTitle: axis).picture(frame("beyond"))),
            ("log", DurationDistribution(seconds: wide, axisTitle: axis, isToBe: true).picture(frame("log"))),
            ("few", DurationDistribution(seconds: [3, 5, 9.5], axisTitle: axis).picture(frame("few"))),
            ("one", DurationDistribution(seconds: [86_400], axisTitle: axis).picture(frame("one"))),
            ("zeros", DurationDistribution(seconds: [0, 0, 0], axisTitle: axis).picture(frame("zeros"))),
            (
                "before-after",
                BeforeAfterPicture(
                    before: .init(name: language == .en ? "before" : "现状", seconds: linear),
                    after: .init(name: language == .en ? "after" : "改造后", seconds: after), axisTitle: axis,
                    shift: humane.durationChange(seconds: -4e5) + " (" + humane.change(-0.4) + ")", interval: -4.6e5...(-3.4e5),
                    intervalText: "95 % " + humane.interval(-4.6e5, -3.4e5) { humane.durationChange(seconds: $0) }
                ).picture(frame("before-after"))
            ),
            (
                "before-after-log",
                BeforeAfterPicture(
                    before: .init(name: names[7], seconds: wide), after: .init(name: names[8], seconds: after), axisTitle: axis
                ).picture(frame("before-after-log"))
            ),
            ("bars", BarChart(bars: bars, limit: 8, othersNote: { _ in "x" }, form: form).picture(frame("bars"))),
            (
                "stacked",
                BarChart(bars: stacked, partNames: ["waiting", "service", names[4]], limit: 30, form: form).picture(frame("stacked"))
            ),
            (
                "weekly",
                WeeklyLine(
                    points: weeks(seed, count: 52, gaps: [20, 21]), valueTitle: axis, kind: .duration, rules: [rule],
                    lineName: language == .en ? "median" : "中位数", bandName: language == .en ? "middle 80 %" : "中间 80%"
                ).picture(frame("weekly"))
            ),
            ("short", WeeklyLine(points: weeks(seed, count: 3), valueTitle: axis, kind: .duration).picture(frame("short"))),
            ("years", WeeklyLine(points: weeks(seed, count: 700), valueTitle: axis, kind: .number).picture(frame("years"))),
            (
                "panels",
                WeeklyPanels(
                    series: names.prefix(8).enumerated().map { .init(name: $1, points: weeks(seed + UInt64($0), count: 40), note: "123") },
                    valueTitle: axis, kind: .duration
                ).picture(frame("panels"))
            ),
            (
                "heat",
                HeatMap(
                    rows: Array(names.prefix(9)), columns: Array(names.prefix(9)), values: cells(9, 9), rowTitle: "from", columnTitle: "to",
                    form: compact
                )
                .picture(frame("heat"))
            ),
            (
                "heat-big",
                HeatMap(rows: big, columns: big, values: cells(20, 20), rowTitle: "from", columnTitle: "to", form: compact).picture(
                    frame("heat-big"))
            ),
            ("spectrum", SpectrumPicture(PerformanceSpectrum(of: crowd(seed), options: .init(segments: 6))).picture(frame("spectrum"))),
            (
                "spectrum-sampled",
                SpectrumPicture(PerformanceSpectrum(of: crowd(seed), options: .init(segments: 2, lines: 20))).picture(
                    frame("spectrum-sampled"))
            ),
            ("dots", DottedPicture(DottedChart(of: crowd(seed), order: .start)).picture(frame("dots"))),
            (
                "dots-relative",
                DottedPicture(DottedChart(of: crowd(seed), order: .duration, isRelative: true, limit: 200)).picture(frame("dots-relative"))
            ),
            ("interval", IntervalPlot(changes: Array(changes)).picture(frame("interval"))),
            ("variant", VariantStrip(activities: Array(variant), reference: [names[0], names[1], names[2]]).picture(frame("variant"))),
            (
                "variant-long",
                VariantStrip(activities: (0..<200).map { "Step \($0 % 7)" }, reference: ["Step 1"], limit: 20).picture(
                    frame("variant-long"))
            ),
            ("spark-share", Spark.share(0.28).picture(id: "s1-\(Int(width))-\(language)", title: "t", description: "d")),
            (
                "spark-columns",
                Spark.columns(bars.map { $0.parts[0] }, marked: 2).picture(id: "s2-\(Int(width))-\(language)", title: "t", description: "d")
            ),
            ("spark-change", Spark.change(before: 10, after: 6).picture(id: "s3-\(Int(width))-\(language)", title: "t", description: "d")),
            (
                "spark-line",
                Spark.line([1, 2, nil, 4, 3, nil, 2]).picture(id: "s4-\(Int(width))-\(language)", title: "t", description: "d")
            ),
            ("spark-distribution", Spark.distribution(linear).picture(id: "s5-\(Int(width))-\(language)", title: "t", description: "d")),
        ]
    }

    /// A log of cases with names of all kinds.
    static func crowd(_ seed: UInt64) -> EventLog {
        var stream = RandomStream(seed: seed, path: 8)
        var builder = EventLogBuilder()
        var row = 0
        for number in 0..<120 {
            let name = builder.caseNumber("case \(number)")
            var clock = Int64(1_736_000_000 + stream.index(below: 10_000_000)) * Microseconds.second
            for _ in 0..<(2 + stream.index(below: 6)) {
                row += 1
                clock += Int64(stream.exponential(mean: 200_000) * 1e6)
                let activity = names[min(stream.index(below: names.count), stream.index(below: names.count))]
                builder.append(case: name, activity: builder.activityNumber(activity), time: clock, row: row)
            }
        }
        return builder.finish()
    }

    static func map(
        _ frame: PictureFrame, seed: UInt64 = 5, size: Int = 12, names: [String]? = nil, paths: Double = 1,
        measure: ProcessMap.Measure = .count
    ) throws -> Picture {
        let graph = graph(seed, size: size, names: names)
        let times = Dictionary(
            uniqueKeysWithValues: graph.activities.map { ($0.name, ProcessMap.ActivityTime(medianS: Double($0.count) * 60, totalS: 1e6)) })
        return try ProcessMap(graph.abstracted(activities: 1, paths: paths), measure: measure, times: times).picture(frame)
    }
}
