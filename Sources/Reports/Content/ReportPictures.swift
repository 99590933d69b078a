import EventLogs
import Indicators
import Instants
import Performance
import ProcessModels
import Redesign
import Statistics

/// The pictures of a report, as HTML that holds `svg` elements.
struct ReportPictures {
    let words: Words
    let graphviz: Graphviz

    init(_ language: Language, graphviz: Graphviz) {
        words = Words(language)
        self.graphviz = graphviz
    }

    /// The width of the page in pixels: 62 rem less the space at its sides.
    static let pageWidth = 952.0

    func frame(_ id: String, _ title: String, _ caption: Prose) -> PictureFrame {
        PictureFrame(id: "picture-" + id, title: title, description: caption.plain(), language: words.language)
    }

    /// The process map, or why there is none.
    func map(_ shown: AbstractedGraph, _ performance: PerformanceResult, id: String) -> Result<
        (svg: String, caption: String, isBroad: Bool), Graphviz.Failure
    > {
        var times: [String: ProcessMap.ActivityTime] = [:]
        for activity in performance.activities {
            guard let service = activity.service else { continue }
            times[activity.name] = .init(medianS: service.medianS, totalS: service.meanS * Double(service.n))
        }
        let map = ProcessMap(shown, times: times)
        let caption = map.caption(words.language)
        do {
            let picture = try map.picture(frame(id, words.processMap, Prose(caption)), graphviz: graphviz)
            return .success((picture.scrolling, caption, picture.width > Self.pageWidth))
        } catch {
            return .failure(error)
        }
    }

    /// How cycle times are spread.
    func cycleTimes(_ times: [Int64], _ caption: Prose, id: String) -> String {
        let seconds = times.map { Double($0) / 1e6 }
        return frame(id, words.cycleTime, caption).responsive {
            DurationDistribution(seconds: seconds, axisTitle: words.cycleTimeAxis).picture($0)
        }
    }

    /// How many cases the commonest variants hold.
    func variants(_ table: VariantTable, _ caption: Prose, id: String) -> String {
        let humane = words.humane
        let bars = table.variants.enumerated().map { index, variant in
            BarChart.Bar(name: words.variantName(index + 1), parts: [Double(variant.count)], note: humane.share(variant.share))
        }
        let whole = Double(max(table.cases, 1))
        return frame(id, words.variantsTopic, caption).responsive {
            BarChart(bars: bars, othersNote: { humane.share($0 / whole) }) { humane.count(Int($0)) }.picture($0)
        }
    }

    /// A variant as a strip of its activities; what the commonest variant does not have stands out.
    func strip(_ activities: [String], reference: [String]?, _ caption: Prose, id: String) -> String {
        frame(id, words.variant, caption).responsive { VariantStrip(activities: activities, reference: reference).picture($0) }
    }

    /// Where the time goes.
    func bottlenecks(_ bottlenecks: [Bottleneck], _ caption: Prose, id: String) -> String {
        let humane = words.humane
        let sum = bottlenecks.reduce(0) { $0 + $1.totalS }
        let bars = bottlenecks.map { bottleneck in
            let isEdge = bottleneck.kind == .edge
            let name = bottleneck.activity ?? "\(bottleneck.source ?? "") → \(bottleneck.target ?? "")"
            return BarChart.Bar(
                name: name, parts: isEdge ? [0, bottleneck.totalS] : [bottleneck.totalS, 0],
                note: bottleneck.shareOfCycleTime.map { humane.share($0) })
        }
        return frame(id, words.bottlenecksTopic, caption).responsive {
            BarChart(
                bars: bars, partNames: [words.kind(isEdge: false), words.kind(isEdge: true)], limit: 10,
                othersNote: { sum > 0 ? humane.share($0 / sum) : "" }
            ) { humane.duration(seconds: $0) }.picture($0)
        }
    }

    /// What is repeated in how many cases.
    func rework(_ rework: Rework, cases: Int, _ caption: Prose, id: String) -> String {
        let humane = words.humane
        let bars = rework.activities.prefix(10).map { activity in
            BarChart.Bar(
                name: activity.name, parts: [Double(activity.cases)],
                note: cases > 0 ? humane.share(Double(activity.cases) / Double(cases)) : nil)
        }
        return frame(id, words.rework, caption).responsive { BarChart(bars: bars) { humane.count(Int($0)) }.picture($0) }
    }

    /// Activity instances per week, a panel for each of the busiest.
    func workload(_ series: [Workload.Series], _ workload: Workload, name: (String) -> String, _ caption: Prose, id: String) -> String {
        let partial = workload.weeks.map(\.isPartial)
        let panels = series.prefix(12).map { one in
            WeeklyPanels.Series(
                name: name(one.name),
                points: one.weeks.compactMap { week in
                    Self.date(week.weekStart).map {
                        WeeklyLine.Point(
                            start: $0, value: Double(week.instances),
                            isPartial: partial.indices.contains(week.number) ? partial[week.number] : week.isPartial)
                    }
                }, note: words.humane.count(one.instances))
        }
        return frame(id, words.workloadTopic, caption).responsive {
            WeeklyPanels(series: panels, valueTitle: words.instancesPerWeek, kind: .count).picture($0)
        }
    }

    /// Cases in progress per week.
    func progress(_ workload: Workload, _ caption: Prose, id: String) -> String {
        let points = workload.weeks.compactMap { week in
            Self.date(week.weekStart).map {
                WeeklyLine.Point(start: $0, value: Double(week.casesInProgress), isPartial: week.isPartial)
            }
        }
        return frame(id, words.progressHead, caption).responsive {
            WeeklyLine(points: points, valueTitle: words.progressHead, kind: .count).picture($0)
        }
    }

    /// Cycle times before and after.
    func beforeAfter(_ before: AnalysedLog, _ after: AnalysedLog, _ median: ComparedKPI?, _ caption: Prose, id: String) -> String {
        let picture = BeforeAfterPicture(
            before: .init(name: words.beforeLabel, seconds: before.cycleTimes.map { Double($0) / 1e6 }),
            after: .init(name: words.afterLabel, seconds: after.cycleTimes.map { Double($0) / 1e6 }), axisTitle: words.cycleTimeAxis)
        let shifted = shifted(
            picture, by: median?.changeAbsolute, relative: median?.changeRelative, interval: median?.changeAbsoluteCi95)
        return frame(id, words.comparisonTopic, caption).responsive { shifted.picture($0) }
    }

    /// A picture of two sides with the change of the median in seconds.
    private func shifted(
        _ picture: BeforeAfterPicture, by change: Double?, relative: Double?, interval: Interval?
    ) -> BeforeAfterPicture {
        let humane = words.humane
        var picture = picture
        if let change, let relative {
            picture.shift = words.shift(absolute: humane.durationChange(seconds: change), relative: humane.change(relative))
        }
        if let interval {
            picture.interval = interval.low...interval.high
            picture.intervalText = words.shiftInterval(
                low: humane.durationChange(seconds: interval.low), high: humane.durationChange(seconds: interval.high))
        }
        return picture
    }

    /// Simulated cycle times as is and to be.
    func forecast(_ result: RedesignResult, _ median: RedesignResult.Delta, _ caption: Prose) -> String {
        let picture = BeforeAfterPicture(
            before: .init(name: words.asIsLabel, seconds: result.cycleTimes.baselineS, areQuantiles: true),
            after: .init(name: words.toBeLabel, seconds: result.cycleTimes.redesignedS, areQuantiles: true),
            axisTitle: words.cycleTimeAxis)
        let shifted = shifted(picture, by: median.changeAbsolute, relative: median.changeRelative, interval: median.changeAbsoluteCi95)
        return frame("redesign", words.redesignTopic, caption).responsive { shifted.picture($0) }
    }

    /// The forecast changes with their intervals.
    func forecasts(_ deltas: [RedesignResult.Delta], isTrusted: Bool, _ caption: Prose) -> String {
        let changes = deltas.filter { $0.changeRelative != nil }.map { delta in
            change(delta, isTrusted: isTrusted, note: isTrusted ? nil : words.notTrusted)
        }
        return frame("redesign-intervals", words.redesignTopic, caption).responsive { IntervalPlot(changes: changes).picture($0) }
    }

    private func change(_ delta: RedesignResult.Delta, isTrusted: Bool, note: String?) -> IntervalPlot.Change {
        IntervalPlot.Change(
            name: KPIText(delta.kpi, unit: delta.unit, words.language).name, change: delta.changeRelative,
            low: delta.changeRelativeCi95?.low, high: delta.changeRelativeCi95?.high, isHigherBetter: Self.isHigherBetter(delta.kpi),
            isTrusted: isTrusted, note: note)
    }

    private static func isHigherBetter(_ kpi: String) -> Bool { (try? KPIName(parsing: kpi))?.isLowerBetter == false }

    /// Forecast changes, each above the change that came.
    func whatCame(_ pairs: [(delta: RedesignResult.Delta, came: ComparedKPI)], isTrusted: Bool, _ caption: Prose) -> String {
        let changes = pairs.flatMap { delta, came in
            [
                change(delta, isTrusted: isTrusted, note: words.forecastTerm),
                IntervalPlot.Change(
                    name: "", change: came.changeRelative, low: came.changeRelativeCi95?.low, high: came.changeRelativeCi95?.high,
                    isHigherBetter: Self.isHigherBetter(came.id), note: words.cameTerm),
            ]
        }
        return frame("what-came", words.whatCameTable, caption).responsive { IntervalPlot(changes: changes).picture($0) }
    }

    /// How busy the roles would be.
    func roleUse(_ roles: [RedesignResult.Role], _ caption: Prose) -> String {
        let rows = roles.map { role in
            let note =
                role.resources == role.resourcesRedesigned
                ? words.people(role.resources)
                : words.count(role.resources) + " → " + words.people(role.resourcesRedesigned)
            return UtilizationPlot.Row(name: role.name, asIs: role.utilization, toBe: role.utilizationRedesigned, note: note)
        }
        let plot = UtilizationPlot(rows: rows, axisTitle: words.utilizationAxis)
        return frame("roles", words.roleUseHead, caption).responsive { plot.picture($0) }
    }

    /// A forecast beside a finding.
    func miniForecast(_ delta: RedesignResult.Delta, _ text: KPIText) -> String? {
        guard let before = delta.baseline, let after = delta.redesigned else { return nil }
        let title = words.miniChange(text.value(before), text.value(after))
        return Spark.change(before: before, after: after).picture(id: "mini-forecast", title: title, description: text.name).inline
    }

    /// The changes of all figures with their intervals.
    func intervals(_ kpis: [ComparedKPI], _ caption: Prose, id: String) -> String {
        let changes = kpis.map { kpi in
            IntervalPlot.Change(
                name: KPIText(kpi.id, unit: kpi.unit, words.language).name, change: kpi.changeRelative, low: kpi.changeRelativeCi95?.low,
                high: kpi.changeRelativeCi95?.high, isHigherBetter: Self.isHigherBetter(kpi.id),
                isTrusted: kpi.verdict != .insufficient,
                note: kpi.verdict == .insufficient ? words.verdict(.insufficient) : nil)
        }
        return frame(id, words.kpiTable, caption).responsive { IntervalPlot(changes: changes).picture($0) }
    }

    /// A change beside a finding.
    func miniChange(_ kpi: ComparedKPI, _ text: KPIText, id: String) -> String? {
        guard let before = kpi.before, let after = kpi.after else { return nil }
        let title = words.miniChange(text.value(before), text.value(after))
        return Spark.change(before: before, after: after).picture(id: "mini-" + id, title: title, description: text.name).inline
    }

    /// A share beside a finding.
    func miniShare(_ share: Double, id: String) -> String {
        Spark.share(share).picture(id: "mini-" + id, title: words.miniShare(share), description: words.miniShare(share)).inline
    }

    /// The spread of cycle times beside a finding.
    func miniDistribution(_ times: [Int64], id: String) -> String {
        Spark.distribution(times.map { Double($0) / 1e6 }).picture(
            id: "mini-" + id, title: words.cycleTime, description: words.cycleTimeAxis
        ).inline
    }

    /// The date with which an instant in ISO 8601 begins.
    static func date(_ text: String) -> CivilDate? {
        let parts = text.prefix(10).split(separator: "-").compactMap { Int($0) }
        return parts.count == 3 ? CivilDate(year: parts[0], month: parts[1], day: parts[2]) : nil
    }
}
