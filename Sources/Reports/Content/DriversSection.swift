import Indicators
import Performance
import Statistics

extension ReportBuilder {
    /// What goes with the cycle time, and where rules find slow cases.
    var driversSection: ReportDocument.Section? {
        guard let explanation = input.explanation, explanation.n > 0, let mean = explanation.mean else { return nil }
        let tables = ExplanationTables(explanation, input.options.language)
        let found = explanation.drivers.filter { $0.verdict == .driver }
        let first = found.first { $0.known == .atStart } ?? found.first
        var blocks: [ReportDocument.Block] = []
        if found.isEmpty || mean <= 0 {
            if !explanation.drivers.isEmpty { blocks.append(.folded(tables.drivers())) }
        } else {
            blocks.append(
                .figure(
                    ReportDocument.Figure(
                        svg: pictures.drivers(Array(found.prefix(8)), tables, mean: mean, words.driversCaption),
                        caption: words.driversCaption,
                        data: [tables.drivers()])))
        }
        blocks.append(.paragraph(Prose(ExplanationTables.caveat(input.options.language))))
        let steps = tables.steps()
        if !steps.rows.isEmpty {
            blocks.append(.paragraph(words.stepDriversReading(tried: explanation.stepsTried)))
            blocks.append(.table(steps))
        }
        let rules = tables.rules()
        if !rules.rows.isEmpty {
            blocks.append(.paragraph(words.rulesReading(tried: explanation.rulesTried)))
            blocks.append(.table(rules))
        }
        return ReportDocument.Section(
            id: "drivers", topic: words.driversTopic,
            heading: words.driversHeading(
                first.map { (tables.name($0), $0.effect) }, isInsufficient: explanation.n < Explanation.smallestSample), blocks: blocks)
    }

    /// When times changed for good.
    var driftSection: ReportDocument.Section? {
        guard let explanation = input.explanation, explanation.n >= Explanation.smallestSample else { return nil }
        guard let first = explanation.drift.first else {
            return ReportDocument.Section(id: "drift", topic: words.driftTopic, heading: words.noDriftHeading, blocks: [])
        }
        let tables = ExplanationTables(explanation, input.options.language)
        let place = first.source.map { words.path($0, first.target ?? "") } ?? Prose(words.cycleTime)
        return ReportDocument.Section(
            id: "drift", topic: words.driftTopic,
            heading: words.driftHeading(
                place, date: String(first.date.prefix(10)), before: first.meanBefore, after: first.meanAfter,
                more: explanation.drift.count - 1),
            blocks: [.figure(driftFigure(first, explanation, tables)), .paragraph(words.driftReading)])
    }

    /// The times of the place that changed first, week by week, with the dates of all its changes.
    private func driftFigure(_ first: Explanation.Change, _ explanation: Explanation, _ tables: ExplanationTables) -> ReportDocument.Figure
    {
        let step = first.source.map { (source: $0, target: first.target ?? "") }
        let times = TimesOverTime(of: input.before.log, step: step, isOpen: input.before.performance.censored > 0)
        let changes = explanation.drift.filter { $0.source == first.source && $0.target == first.target }
        let place = first.source.map { words.path($0, first.target ?? "") } ?? Prose(words.cycleTime)
        let caption = words.driftCaption(place, isStep: step != nil)
        return ReportDocument.Figure(
            svg: pictures.drift(times, changes, caption), caption: caption, data: [tables.drift()])
    }
}

extension ReportPictures {
    /// Times by the period in which they begin, with a rule at each change.
    func drift(_ times: TimesOverTime, _ changes: [Explanation.Change], _ caption: Prose) -> String {
        let points = times.periods.compactMap { period in
            Self.date(period.from).map {
                WeeklyLine.Point(
                    start: $0, value: period.medianS, low: period.p10S.map { max(0, $0) }, high: period.p90S, count: period.n,
                    isPartial: period.isPartial)
            }
        }
        let rules = changes.compactMap { change in
            Self.date(change.date).map { WeeklyLine.Rule(date: $0, name: String(change.date.prefix(10))) }
        }
        return frame("drift", words.driftTopic, caption).responsive {
            WeeklyLine(
                points: points, valueTitle: words.driftAxis, kind: .duration, periodDays: Int(times.periodS / 86_400), rules: rules,
                lineName: words.median, bandName: words.middleBand
            ).picture($0)
        }
    }

    /// What goes with a figure, as shares of its mean.
    func drivers(_ drivers: [Explanation.Driver], _ tables: ExplanationTables, mean: Double, _ caption: Prose) -> String {
        let changes = drivers.map { driver in
            IntervalPlot.Change(
                name: tables.name(driver), change: driver.effect.map { $0 / mean }, low: driver.effectCi95.map { $0.low / mean },
                high: driver.effectCi95.map { $0.high / mean }, note: driver.known == .afterwards ? words.knownAfterwards : nil)
        }
        return frame("drivers", words.driversTopic, caption).responsive { IntervalPlot(changes: changes).picture($0) }
    }
}
