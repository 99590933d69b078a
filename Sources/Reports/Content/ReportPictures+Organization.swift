import Instants
import Performance

extension ReportPictures {
    /// How often roles hand work to one another: of the roles with most work.
    func handovers(_ organization: Organization, limit: Int, _ caption: Prose) -> String {
        let names = organization.roles.prefix(limit).map(\.name)
        let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        var values = [[Double?]](repeating: [Double?](repeating: nil, count: names.count), count: names.count)
        for pair in organization.handovers {
            if let row = places[pair.source], let column = places[pair.target] { values[row][column] = Double(pair.count) }
        }
        let humane = words.humane
        let map = HeatMap(
            rows: names, columns: names, values: values, rowTitle: words.handoverRow, columnTitle: words.handoverColumn
        ) { humane.compact($0) }
        return frame("handovers", words.handoverTable, caption).responsive { map.picture($0) }
    }

    /// The time at borders.
    func borders(_ departments: DepartmentBorders, _ caption: Prose) -> String {
        let humane = words.humane
        let sum = departments.borders.reduce(0) { $0 + ($1.totalS ?? 0) }
        let bars = departments.borders.map { border in
            BarChart.Bar(
                name: "\(border.source) → \(border.target)", parts: [border.totalS ?? 0],
                note: border.shareOfCycleTime.map { humane.share($0) })
        }
        return frame("borders", words.bordersTable(departments.unit), caption).responsive {
            BarChart(bars: bars, limit: 10, othersNote: { sum > 0 ? humane.share($0 / sum) : "" }) { humane.duration(seconds: $0) }
                .picture($0)
        }
    }

    /// Every case between two activities.
    func spectrum(_ spectrum: PerformanceSpectrum, _ caption: Prose) -> String {
        frame("spectrum", words.spectrumTopic, caption).responsive { SpectrumPicture(spectrum).picture($0) }
    }

    /// Cases in progress over time.
    func workInProgress(_ cases: Queues.Series, _ queues: Queues, _ caption: Prose) -> String {
        frame("wip", words.wipName, caption).responsive {
            WeeklyLine(
                points: Self.points(cases), valueTitle: words.meanNumberAxis, kind: .number, periodDays: Int(queues.periodS / 86_400)
            ).picture($0)
        }
    }

    /// Queues over time, a panel for each of the longest.
    func queues(_ queues: Queues, _ caption: Prose) -> String {
        let panels = queues.activities.prefix(6).map { series in
            WeeklyPanels.Series(
                name: series.activity ?? "", points: Self.points(series), note: words.humane.number(series.meanNumber))
        }
        return frame("queues", words.queuesTopic, caption).responsive {
            WeeklyPanels(
                series: panels, valueTitle: words.meanNumberAxis, kind: .number, periodDays: Int(queues.periodS / 86_400)
            ).picture($0)
        }
    }

    private static func points(_ series: Queues.Series) -> [WeeklyLine.Point] {
        series.periods.compactMap { period in
            date(period.from).map { WeeklyLine.Point(start: $0, value: period.meanNumber, isPartial: period.isPartial) }
        }
    }
}
