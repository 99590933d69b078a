import EventLogs
import Instants
import Performance

/// Writes a report: chooses what is said first, and lays out the sections.
struct ReportBuilder {
    let input: ReportInput
    let words: Words
    let people: PeopleNames
    let pictures: ReportPictures

    /// How many rows a table of the report has at most; what is left out is counted.
    static let rowLimit = 200

    init(_ input: ReportInput, pictures: ReportPictures) {
        self.input = input
        self.pictures = pictures
        words = Words(input.options.language)
        people = PeopleNames(of: [input.before.log] + (input.after.map { [$0.log] } ?? []), display: input.options.people)
    }

    var document: ReportDocument {
        ReportDocument(
            language: words.language, kicker: words.reportKicker, title: input.title, facts: facts, headline: headline ?? forecastHeadline,
            caution: caution,
            findings: findings, sections: sections, footer: words.footer(version: input.provenance.version))
    }

    private var sections: [ReportDocument.Section] {
        let built: [ReportDocument.Section?] = [
            comparisonSection, redesignSection, processSection, modelSection, conformanceSection, cycleTimeSection, variantsSection,
            bottlenecksSection, waitingCausesSection,
            agreementSection, spectrumSection, reworkSection, queuesSection, organizationSection, workloadSection, driversSection,
            driftSection,
            qualitySection, methodSection, provenanceSection,
        ]
        return built.compactMap(\.self)
    }

    private var facts: [Prose] {
        guard let after = input.after else { return [extent(of: input.before)] }
        return [
            words.extentOf(words.beforeLabel, log: input.before.name, extent(of: input.before)),
            words.extentOf(words.afterLabel, log: after.name, extent(of: after)),
        ]
    }

    private func extent(of analysed: AnalysedLog) -> Prose {
        let log = analysed.log
        let range = log.timeRange
        return words.extent(
            cases: log.caseCount, instances: log.instanceCount,
            dates: words.humane.dates(range?.lowerBound, range?.upperBound, offset: analysed.offset),
            offset: Humane.offset(analysed.offset), unfinished: analysed.performance.censored)
    }

    /// The logs whose data was judged: one where a log was split, since what was found holds for all of it.
    var judgedLogs: [AnalysedLog] {
        guard let after = input.after, after.name != input.before.name || after.findings != input.before.findings else {
            return [input.before]
        }
        return [input.before, after]
    }

    /// The findings about the data.
    var dataFindings: [LogFinding] { judgedLogs.flatMap(\.findings) }

    private var caution: Prose? {
        let serious = dataFindings.filter { $0.severity != .info && !FindingText($0).affects.isEmpty }
        if serious.isEmpty { return nil }
        let touched = Set(serious.flatMap { FindingText($0).affects })
        return words.caution(warnings: serious.count, analyses: FindingText.Analysis.allCases.filter(touched.contains))
    }

    /// The name of a bottleneck's place.
    func place(_ bottleneck: Bottleneck) -> Prose {
        if let activity = bottleneck.activity { return "\(name: activity)" }
        return words.path(bottleneck.source ?? "", bottleneck.target ?? "")
    }

    /// The cell of a bottleneck's place.
    func placeCell(_ bottleneck: Bottleneck) -> Table.Cell {
        if let activity = bottleneck.activity { return .name(activity) }
        return .path([bottleneck.source ?? "", bottleneck.target ?? ""])
    }

    /// The ten cases that took longest of those at some positions, the longest first.
    func slowest(_ positions: [Int], of log: EventLog) -> [String] {
        let timed = positions.compactMap { position in log.span(ofCase: position).map { (position, $0.cycleTime) } }
            .filter { $0.1 != Instant.missing }
        let sorted = timed.sorted { left, right in
            left.1 != right.1
                ? left.1 > right.1 : log.columns.caseNames.precedes(log.caseIDs[left.0], log.caseIDs[right.0])
        }
        return sorted.prefix(10).map { log.caseName($0.0) }
    }
}
