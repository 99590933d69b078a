import EventLogs

extension ReportBuilder {
    /// What was found about the data.
    var qualitySection: ReportDocument.Section {
        let serious = dataFindings.filter { $0.severity != .info && !FindingText($0).affects.isEmpty }
        let isTwofold = judgedLogs.count > 1
        var rows: [[Table.Cell]] = []
        for analysed in judgedLogs {
            for finding in analysed.findings {
                let text = FindingText(finding)
                let touched = text.affects.map { $0.name(words.language) }.joined(separator: words.listComma)
                let examples = text.examples(words.language, rows: analysed.log.columns.rowUnit)
                rows.append(
                    (isTwofold ? [.name(analysed.name)] : [])
                        + [
                            .words(text.severity(words.language), tone: finding.severity == .info ? .plain : .warning),
                            .words(text.message(words.language)), .words(touched.isEmpty ? words.nothing : touched),
                            examples.isEmpty ? .name(nil) : .list(examples),
                        ])
            }
        }
        let columns =
            (isTwofold ? [Table.Column(words.logHead, key: "log", .left)] : [])
            + [
                Table.Column(words.severityHead, key: "severity", .left), Table.Column(words.findingHead, key: "message", .left),
                Table.Column(words.affectsHead, key: "affects", .left), Table.Column(words.examplesHead, key: "examples", .left),
            ]
        return ReportDocument.Section(
            id: "quality", topic: words.dataQuality, heading: words.qualityHeading(all: rows.count, serious: serious.count),
            blocks: rows.isEmpty
                ? [.paragraph(words.qualityNone)]
                : [.paragraph(words.qualityNone), .table(Table(words.qualityTable, columns: columns, rows: rows))])
    }

    /// What words and figures mean.
    var methodSection: ReportDocument.Section {
        ReportDocument.Section(
            id: "method", topic: words.methodTopic, heading: words.methodHeading,
            blocks: [
                .definitions(
                    words.definitions(isCountedAsEvents: input.provenance.counting == .events, isCompared: input.after != nil)
                        + (input.redesign == nil ? [] : words.redesignDefinitions))
            ])
    }

    /// What the report was made from.
    var provenanceSection: ReportDocument.Section {
        let provenance = input.provenance
        var rows: [[Table.Cell]] = [[.words(words.toolFact), .name("\(provenance.tool) \(provenance.version)")]]
        let all = provenance.inputs.count
        for (index, file) in provenance.inputs.enumerated() {
            rows.append([.words(words.inputFact(index + 1, of: all)), .name(file.name)])
            rows.append([.words(words.checksumFact(index + 1, of: all)), .code(file.sha256)])
        }
        if provenance.filters.isEmpty { rows.append([.words(words.filtersFact), .words(words.noFilter)]) }
        for filter in provenance.filters { rows.append([.words(words.filtersFact), .code(filter)]) }
        if let split = provenance.split { rows.append([.words(words.splitFact), .code(split)]) }
        rows.append([.words(words.countingFact), .words(words.counting(asEvents: provenance.counting == .events))])
        if let classifier = provenance.classifier { rows.append([.words(words.classifierFact), .code(classifier)]) }
        rows.append([.words(words.clockFact), .words(words.clockName)])
        rows.append(
            [.words(words.calendarFact), provenance.calendar.map { .name($0) } ?? .words(words.noCalendar)])
        rows.append([.words(words.seedFact), .words(String(provenance.seed))])
        return ReportDocument.Section(
            id: "provenance", topic: words.provenanceTopic, heading: words.provenanceHeading,
            blocks: [
                .table(
                    Table(
                        words.provenanceTable,
                        columns: [.init(words.factHead, key: "fact", .left), .init(words.valueHead, key: "value", .left)], rows: rows))
            ])
    }
}
