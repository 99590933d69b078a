import ArgumentParser
import EventLogs
import Instants
import Reports
import Workbench

/// `weir inspect`
struct InspectVerb: LogVerb {
    static let configuration = CommandConfiguration(
        commandName: "inspect", abstract: "Show what a log holds: counts, time range, attributes, data quality.",
        discussion: """
            EXAMPLES
              weir inspect purchases.csv
              weir inspect hospital.xes.gz --format json
              weir inspect export.csv --map map.yaml --timezone Asia/Shanghai
            """)

    @Argument(help: "The log: a file, or - for standard input.")
    var log: String

    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Lint") var knowledge: LintOptions
    @OptionGroup(title: "Log") var reading: LogOptions
    @OptionGroup(title: "Log") var streaming: StreamOptions
    @OptionGroup(title: "Common") var common: CommonOptions

    func run(in session: Session) throws {
        let sink = try ResultSink(output, inputs: [log] + reading.files, session: session)
        let options = try knowledge.lint(zone: try reading.zone())
        let question = InspectionQuestion(options: options, language: session.language)
        let (facts, inspection) = try streaming.ask(question, of: log, reading, session)
        try sink.print(
            Answer(
                verb: "inspect", result: inspection, provenance: facts.provenance(seed: common.seed),
                table: { attributes(inspection, session.language) }, text: { text(inspection, facts, session) },
                markdown: {
                    attributes(inspection, session.language).markdown(session.language) + "\n"
                        + quality(inspection, session.language).markdown(session.language)
                }), of: facts.stored, reading)
    }

    private func attributes(_ inspection: Inspection, _ language: Language) -> Table {
        let table = Table(
            language("Attributes", "属性"),
            columns: [
                Table.Column("", key: "name", .left), Table.Column(language("of", "层级"), key: "level", .left),
                Table.Column(language("type", "类型"), key: "type", .left),
                Table.Column(language("different values", "不同取值"), key: "distinct"),
                Table.Column(language("missing", "缺失"), key: "missing"),
                Table.Column(language("taken for", "识别为"), key: "role", .left),
            ],
            rows: inspection.summary.attributes.map { attribute in
                let role = inspection.source.columns.first { $0.column == attribute.name }?.role
                let level = attribute.level == .case ? language("case", "案例") : language("event", "事件")
                return [
                    .name(attribute.name), .words(level), .words(Self.type(attribute.type, language)), .count(attribute.distinct),
                    .count(attribute.missing), .words(role.map { Self.role($0, language) } ?? ""),
                ]
            })
        if !inspection.source.columns.isEmpty { return table }
        // The format says itself what its keys are.
        return Table(table.title, columns: table.columns.dropLast(), rows: table.rows.map { $0.dropLast() })
    }

    private func quality(_ inspection: Inspection, _ language: Language) -> Table {
        Table(
            language("Data quality", "数据质量"),
            columns: [
                Table.Column("", key: "severity", .left), Table.Column(language("finding", "发现"), key: "message", .left),
                Table.Column(language("count", "次数"), key: "count"), Table.Column(language("rule", "规则"), key: "rule", .left),
            ],
            rows: inspection.lint.map { lint in
                [
                    .words(FindingText.severity(lint.severity, language), tone: lint.severity == .info ? .plain : .warning),
                    .words(lint.message), .count(lint.count), .words(lint.rule.rawValue),
                ]
            })
    }

    private static func type(_ type: AttributeType, _ language: Language) -> String {
        switch type {
        case .string: language("text", "文本")
        case .date: language("time", "时间")
        case .int: language("whole number", "整数")
        case .float: language("number", "数值")
        case .boolean: language("true/false", "真假值")
        case .id: language("identifier", "标识符")
        }
    }

    private static func role(_ role: String, _ language: Language) -> String {
        switch role {
        case "case": language("case", "案例")
        case "activity": language("activity", "活动")
        case "timestamp": language("timestamp", "时间戳")
        case "start": language("start", "开始时间")
        case "resource": language("resource", "资源")
        case "role": language("role", "角色")
        case "department": language("department", "部门")
        case "lifecycle": language("lifecycle", "生命周期")
        case "cost": language("cost", "成本")
        default: role
        }
    }

    private func text(_ inspection: Inspection, _ facts: LogFacts, _ session: Session) -> String {
        let language = session.language
        let humane = Humane(language)
        let summary = inspection.summary
        var page = TextPage(session)
        var counts = [
            page.counted(summary.cases, "case", "cases", "个案例"), page.counted(summary.events, "event", "events", "个事件"),
            page.counted(summary.instances, "activity instance", "activity instances", "个活动实例"),
        ]
        counts += [
            page.counted(summary.activities, "activity", "activities", "种活动"),
            page.counted(summary.variants, "variant", "variants", "个流程变体"),
        ]
        if let resources = summary.resources { counts.append(page.counted(resources, "resource", "resources", "个资源")) }
        page.folded(counts.joined(separator: " · "))
        if summary.first != nil {
            let from = humane.instant(summary.first, offset: summary.offset)
            let to = humane.instant(summary.last, offset: summary.offset)
            page.line(language("\(from) … \(to)", "\(from) – \(to)"))
        } else {
            page.line(language("no event has a time", "没有事件带有时间"))
        }
        var format = inspection.source.format.uppercased() + (inspection.source.gzipped ? language(", gzipped", "（gzip 压缩）") : "")
        if let log = inspection.source.log { format = language("workspace, log “\(log)”", "工作区，日志“\(log)”") }
        if let sheet = inspection.source.sheet { format += language(", sheet “\(sheet)”", "，工作表“\(sheet)”") }
        var forms: [String] = []
        for form in inspection.source.timeFormats where !forms.contains(form) { forms.append(form) }
        if !forms.isEmpty {
            format += language("; times read as ", "；时间格式 ") + forms.joined(separator: language(", ", "、"))
        }
        if !inspection.source.classifiers.isEmpty {
            format += language("; classifiers ", "；分类器 ") + inspection.source.classifiers.joined(separator: language(", ", "、"))
        }
        page.folded(format)
        page.line()
        page.table(attributes(inspection, language), rows: 25, hint: session.command(adding: "--format csv"))
        page.line()
        if inspection.lint.isEmpty {
            page.line(language("Data quality: nothing found", "数据质量：未发现问题"))
        } else {
            page.line(language("Data quality", "数据质量"))
            for lint in inspection.lint {
                page.folded("  \(FindingText.severity(lint.severity, language))\(language(": ", "："))\(lint.message)", indent: 4)
            }
        }
        page.next("weir lint \(shellWord(log))", "weir performance \(shellWord(log))", "weir report \(shellWord(log)) -o report.html")
        return page.text
    }
}
