import EventLogs
import Instants
import Performance
import Statistics

extension ReportBuilder {
    /// How long cases take, and what of that is work.
    var cycleTimeSection: ReportDocument.Section? {
        let performance = input.before.performance
        guard let cycle = performance.cycleTime else { return nil }
        let caption = words.histogramCaption(cycle.n)
        var blocks: [ReportDocument.Block] = [
            .figure(
                ReportDocument.Figure(
                    svg: pictures.cycleTimes(input.before.cycleTimes, caption, id: "cycle-time"), caption: caption,
                    data: [timesTable(performance)]))
        ]
        if let service = performance.serviceTime, let idle = performance.idleTime {
            // Shares are of the same cases: those whose starts are all known.
            let whole = service.meanS + idle.meanS
            blocks.append(
                .paragraph(
                    words.composition(
                        cycle: whole, service: service.meanS, idle: idle.meanS, waiting: performance.waitingTime?.meanS, n: service.n)))
        } else {
            blocks.append(.paragraph(words.startsUnknown))
        }
        blocks.append(
            .paragraph(
                words.unfinishedCases(
                    performance.censored, of: performance.cases, ends: performance.endActivities,
                    isDeclared: performance.endRule == .declared, areIncluded: areUnfinishedIncluded)))
        if let survival = performance.survival, survival.censored > 0 {
            blocks.append(.paragraph(words.openCasesIn(survival, plain: cycle)))
        }
        if let bounds = performance.dateOnly { blocks.append(.paragraph(words.datesWithoutTime(bounds))) }
        if let elapsed = performance.elapsed?.cycleTime {
            blocks.append(.paragraph(words.elapsedBeside(elapsed, calendar: input.provenance.calendar)))
        }
        if let cases = longCases(input.before) { blocks.append(.cases(cases)) }
        return ReportDocument.Section(
            id: "cycle-time", topic: words.cycleTime, heading: words.cycleFinding(median: cycle.medianS, p90: cycle.p90S), blocks: blocks)
    }

    /// Whether unfinished cases count in the times.
    var areUnfinishedIncluded: Bool {
        let performance = input.before.performance
        return performance.censored == 0 || (performance.cycleTime?.n ?? 0) > performance.cases - performance.censored
    }

    /// The tenth of the cases that take longest.
    func longCases(_ analysed: AnalysedLog) -> ReportDocument.CaseList? {
        guard let cycle = analysed.performance.cycleTime, let p90 = filterDuration(cycle.p90S) else { return nil }
        return .init(slowest: slowest(Array(0..<analysed.log.caseCount), of: analysed.log), filter: "duration > \(p90)")
    }

    /// A length of time as filters spell it, in whole seconds; of working time in hours of it.
    func filterDuration(_ seconds: Double) -> String? {
        guard seconds.isFinite, seconds >= 0, seconds < 1e12 else { return nil }
        let whole = Int64(seconds) * Microseconds.second
        return words.isWorkingTime ? WorkingLength(days: 0, time: whole).text : DurationText.text(whole)
    }

    private func timesTable(_ performance: PerformanceResult) -> Table {
        let measures: [(String, TimeStatistics?)] = [
            (words.cycleTime, performance.cycleTime), (words.serviceTime, performance.serviceTime),
            (words.waitingTime, performance.waitingTime), (words.idleTime, performance.idleTime),
            (words.processingTime, performance.processingTime),
        ]
        return Table(
            words.timesTable,
            columns: [
                .init(words.measureHead, key: "measure", .left), .init(words.nHead, key: "n"), .init(words.median, key: "median_s"),
                .init(words.mean, key: "mean_s"), .init(words.p90, key: "p90_s"), .init(words.p95, key: "p95_s"),
                .init(words.minimumHead, key: "min_s"), .init(words.maximumHead, key: "max_s"), .init(words.deviationHead, key: "std_s"),
            ],
            rows: measures.map { name, times in
                [
                    .words(name), .count(times?.n ?? 0), .seconds(times?.medianS), .seconds(times?.meanS), .seconds(times?.p90S),
                    .seconds(times?.p95S), .seconds(times?.minS), .seconds(times?.maxS), .seconds(times?.stdS),
                ]
            })
    }
}
