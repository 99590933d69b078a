import EventLogs
import Performance

extension ReportBuilder {
    /// Why work waits; nothing where no start is known.
    var waitingCausesSection: ReportDocument.Section? {
        guard let waiting = input.before.waiting else { return nil }
        let total = waiting.total.totalS
        let shares = waiting.total.known.compactMap { cause, seconds in
            seconds.flatMap { $0 > 0 && total > 0 ? (cause: cause, share: $0 / total) : nil }
        }
        guard let worst = shares.max(by: { $0.share < $1.share }) else {
            return ReportDocument.Section(id: "waiting-causes", topic: words.waitingTopic, heading: words.noWaitingHeading, blocks: [])
        }
        let figure = ReportDocument.Figure(
            svg: pictures.waitingCauses(waiting, words.waitingCaption, id: "waiting-causes"), caption: words.waitingCaption,
            data: [
                causesTable(
                    words.waitingTable, words.handOffHead,
                    waiting.handOffs.map { (.path([$0.source ?? words.caseBeginning, $0.target]), $0.n, $0.causes) })
            ])
        var blocks: [ReportDocument.Block] = [
            .figure(figure), .paragraph(words.waitingReading(total: total, n: waiting.n, causes: shares)),
            .definitions(shares.map { (words.cause($0.cause), words.meaning(of: $0.cause)) }),
        ]
        if !waiting.roles.isEmpty {
            blocks.append(
                .folded(causesTable(words.waitingRolesTable, words.role, waiting.roles.map { (.name($0.name), $0.n, $0.causes) })))
        }
        if let batches = input.before.batches, !batches.activities.isEmpty {
            blocks += batches.batched.map { .paragraph(words.batchFinding($0) + Prose(" (") + words.batchBasis($0) + Prose(").")) }
            blocks.append(.folded(batchesTable(batches)))
        }
        blocks.append(.paragraph(Prose(words.hoursNote(waiting))))
        return ReportDocument.Section(
            id: "waiting-causes", topic: words.waitingTopic, heading: words.waitingHeading(worst.cause, share: worst.share), blocks: blocks)
    }

    /// An activity that is done in batches.
    var batchCandidate: Candidate? {
        guard let batch = input.before.batches?.batched.first, batch.batchingS > 0 else { return nil }
        return Candidate(
            weight: 62,
            finding: .init(
                sentence: words.batchFinding(batch), basis: words.batchBasis(batch), picture: nil, section: "waiting-causes",
                cases: .init(slowest: input.before.batchCases, filter: "has(\(LogFilter.quoted(batch.activity)))")))
    }

    private func causesTable(_ title: String, _ head: String, _ rows: [(Table.Cell, Int, WaitingCauses.Causes)]) -> Table {
        // Lengths are elapsed time: where others are working time, whose days are shorter, they are written here.
        func cell(_ seconds: Double?) -> Table.Cell {
            words.isWorkingTime ? .words(seconds.map { words.elapsed($0) }) : .seconds(seconds)
        }
        return Table(
            title,
            columns: [.init(head, key: "place", .left), .init("n", key: "n"), .init(words.totalHead, key: "total_s")]
                + WaitingCause.allCases.map { .init(words.cause($0), key: $0.rawValue + "_s") },
            rows: rows.prefix(Self.rowLimit).map { place, n, causes in
                [place, .count(n), cell(causes.totalS)] + causes.known.map { cell($0.seconds) }
            }, omitted: max(0, rows.count - Self.rowLimit))
    }

    private func batchesTable(_ batches: BatchDetection) -> Table {
        Table(
            words.batchesTable,
            columns: [
                .init(words.activity, key: "activity", .left), .init(words.batchVerdictHead, key: "verdict", .left),
                .init(words.batchesHead, key: "batches"), .init(words.meanSizeHead, key: "mean_size"),
                .init(words.cause(.batching), key: "batching_s"), .init(words.ruleHead, key: "rules", .left),
            ],
            rows: batches.activities.prefix(Self.rowLimit).map { one in
                [
                    .name(one.activity), .words(words.batchVerdict(one.verdict)), .count(one.batches), .number(one.meanSize),
                    words.isWorkingTime ? .words(words.elapsed(one.batchingS)) : .seconds(one.batchingS),
                    .words(one.rules.first.map { words.rule($0) }),
                ]
            }, omitted: max(0, batches.activities.count - Self.rowLimit))
    }
}

extension ReportPictures {
    /// The waiting of the worst hand-offs, stacked by cause.
    func waitingCauses(_ waiting: WaitingCauses, _ caption: Prose, id: String) -> String {
        let causes = WaitingCause.allCases.filter { cause in
            waiting.total.known.contains { $0.cause == cause && ($0.seconds ?? 0) > 0 }
        }
        let bars = waiting.handOffs.filter { $0.causes.totalS > 0 }.map { item in
            BarChart.Bar(
                name: (item.source ?? words.caseBeginning) + " → " + item.target,
                parts: causes.map { cause in item.causes.known.first { $0.cause == cause }?.seconds ?? 0 },
                note: waiting.total.totalS > 0 ? words.humane.share(item.causes.totalS / waiting.total.totalS) : nil)
        }
        let names = causes.map { words.cause($0) }
        let humane = Humane.elapsed(words.language)
        let total = waiting.total.totalS
        return frame(id, words.waitingTopic, caption).responsive {
            BarChart(
                bars: bars, partNames: names, limit: 8, lastIsContext: causes.last == .unattributed,
                othersNote: { total > 0 ? humane.share($0 / total) : "" }
            ) { humane.duration(seconds: $0) }.picture($0)
        }
    }
}
