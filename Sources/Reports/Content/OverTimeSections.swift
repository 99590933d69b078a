import EventLogs
import Instants
import Performance

extension ReportBuilder {
    /// Every case between two activities; nil where no step has a time.
    var spectrumSection: ReportDocument.Section? {
        // Few enough lines that a page opens at once.
        let spectrum = PerformanceSpectrum(of: input.before.log, options: PerformanceSpectrum.Options(segments: 4, lines: 800))
        let segments = spectrum.segments.filter { !$0.lines.isEmpty }
        guard let first = segments.first else { return nil }
        let batched = segments.max { ($0.convergingShare ?? 0, $1.totalS) < ($1.convergingShare ?? 0, $0.totalS) } ?? first
        let overtaken = segments.max { ($0.overtakenShare ?? 0, $1.totalS) < ($1.overtakenShare ?? 0, $0.totalS) } ?? first
        let heading =
            (batched.convergingShare ?? 0) >= 0.2
            ? words.spectrumHeading(words.path(batched.source, batched.target), batches: batched.convergingShare ?? 0)
            : words.spectrumHeading(words.path(overtaken.source, overtaken.target), overtaken: overtaken.overtakenShare ?? 0)
        let table = Table(
            words.spectrumTable,
            columns: [
                .init("", key: "step", .left), .init(words.timesHead, key: "count"), .init(words.totalHead, key: "total_s"),
                .init(words.median, key: "median_s"), .init(words.slowQuarterHead, key: "p75_s"),
                .init(words.overtakenHead, key: "overtaken_share"), .init(words.convergingHead, key: "converging_share"),
            ],
            rows: segments.map { segment in
                [
                    .path([segment.source, segment.target]), .count(segment.count), .seconds(segment.totalS),
                    .seconds(segment.quartilesS[1]), .seconds(segment.quartilesS[2]), .share(segment.overtakenShare),
                    .share(segment.convergingShare),
                ]
            })
        return ReportDocument.Section(
            id: "spectrum", topic: words.spectrumTopic, heading: heading,
            blocks: [
                .figure(
                    ReportDocument.Figure(
                        svg: pictures.spectrum(spectrum, words.spectrumCaption), caption: words.spectrumCaption, data: [table]))
            ])
    }

    /// Work in progress and queues; nil where no case has a time.
    var queuesSection: ReportDocument.Section? {
        let queues = Queues(of: input.before.log, endActivities: input.before.performance.endActivities)
        guard let cases = queues.cases else { return nil }
        var blocks: [ReportDocument.Block] = [
            .figure(
                ReportDocument.Figure(
                    svg: pictures.workInProgress(cases, queues, words.wipCaption), caption: words.wipCaption, data: [queuesTable(queues)])),
            .paragraph(words.littleReading(cases.little)),
        ]
        if !queues.activities.isEmpty {
            blocks.append(
                .figure(
                    ReportDocument.Figure(svg: pictures.queues(queues, words.queuesCaption), caption: words.queuesCaption, data: [])))
        }
        return ReportDocument.Section(
            id: "queues", topic: words.queuesTopic, heading: words.queuesHeading(mean: cases.meanNumber, most: cases.maxNumber),
            blocks: blocks)
    }

    private func queuesTable(_ queues: Queues) -> Table {
        Table(
            words.queuesTable,
            columns: [
                .init(words.queueHead, key: "queue", .left), .init(words.arrivalsHead, key: "arrivals_per_day"),
                .init(words.departuresHead, key: "completions_per_day"), .init(words.meanNumberHead, key: "mean_number"),
                .init(words.maxNumberHead, key: "max_number"), .init(words.meanTimeHead, key: "mean_time_s"),
                .init(words.gapToLawHead, key: "gap"), .init(words.lawHead, key: "little", .left),
            ],
            rows: ([queues.cases].compactMap(\.self) + queues.activities).prefix(Self.rowLimit).map { series in
                [
                    series.activity.map { .name($0) } ?? .words(words.wipName), .number(series.arrivalsPerDay),
                    .number(series.completionsPerDay), .number(series.meanNumber), .count(series.maxNumber),
                    .seconds(series.little.meanTimeS), .change(series.little.gap), .words(words.verdict(series.little)),
                ]
            }, omitted: max(0, queues.activities.count + 1 - Self.rowLimit))
    }

    /// Where the ways to tell a bottleneck agree; nil where there is none.
    var agreementSection: ReportDocument.Section? {
        let congestion = Congestion.of(input.before.log)
        let agreement = BottleneckAgreement(input.before.performance, congestion: congestion, costs: input.activityCosts)
        guard let first = agreement.places.first else { return nil }
        let place: Prose =
            if let activity = first.activity { "\(name: activity)" } else { words.path(first.source ?? "", first.target ?? "") }
        let shown = Array(agreement.places.prefix(15))
        let table = BottleneckAgreementTable.table(
            shown, omitted: agreement.omitted + agreement.places.count - shown.count, words.language)
        return ReportDocument.Section(
            id: "agreement", topic: words.agreementTopic,
            heading: words.agreementHeading(place, views: first.views.count, of: agreement.asked.count),
            blocks: [
                .table(table), .paragraph(words.agreementReading),
                .paragraph(
                    words.congestionReading(
                        growing: congestion.count { $0.verdict == .growing },
                        none: congestion.count { $0.verdict == .noGrowth || $0.verdict == .falling },
                        insufficient: congestion.count { $0.verdict == .insufficient })),
            ])
    }
}
