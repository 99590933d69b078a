import ArgumentParser
import EventLogs
import Foundation
import Instants
import LogFormats
import Reports
import Workbench

extension ExportLog.Form: ExpressibleByArgument {}

/// `weir export`
struct ExportVerb: LogVerb {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write a log, or the part that filters keep, in another format.",
        discussion: """
            The ending of FILE chooses the format: .xes .csv .xlsx .ndjson, the text ones also packed as .csv.gz and so on. Every recorded \
            event of the cases and events kept is written, in recorded order, whatever --count says. FILE is replaced only when the new \
            one is complete.

            EXAMPLES
              weir export purchases.xes.gz -o purchases.csv
              weir export purchases.csv --filter "duration > 30d" -o slow.xlsx
              weir export purchases.xlsx --sheet Events -o - --to ndjson | head -n 3
            """)

    @Argument(help: "The log: a file, or - for standard input.")
    var log: String

    @Option(name: .shortAndLong, help: ArgumentHelp("The file to write, or - for standard output.", valueName: "file"))
    var output: String

    @Option(help: ArgumentHelp("The format, where the name of FILE does not say it.", valueName: "xes|csv|xlsx|ndjson"))
    var to: ExportLog.Form?

    @Flag(help: "Begin a CSV with a byte-order mark, by which Excel knows that it is UTF-8.")
    var bom = false

    @Option(help: ArgumentHelp("Form of what is said about the export: text, json, csv or markdown.", valueName: "form"))
    var format: ResultFormat = .text

    @OptionGroup(title: "Log") var reading: LogOptions
    @OptionGroup(title: "Common") var common: CommonOptions

    private var isToStandardOutput: Bool { output == "-" }

    func run(in session: Session) throws {
        try reading.refuseRecord()
        let export = try form()
        let sink = try ResultSink(path: output, inputs: [log] + reading.files, session: session)
        let opened = try reading.open(log, session)
        if opened.log.eventCount == 0 {
            throw Failure(
                .badData, file: opened.name, Phrase("no event is left to be exported", "没有可导出的事件"),
                advice: Phrase("loosen the filters", "请放宽过滤条件"))
        }
        try export.write(opened.log, into: sink, named: output, session)
        let written = ExportLog.Written(opened.log, by: export, into: shownName)
        noteTheClock(export, opened.log, session)
        noteLosses(written, session)
        if isToStandardOutput { return }
        try ResultSink(path: nil, format: format, inputs: [], session: session).print(answer(written, opened, session))
    }

    /// A workbook whose times all have one offset does not say it.
    private func noteTheClock(_ export: ExportLog, _ log: EventLog, _ session: Session) {
        let forms = log.columns.timeForms
        guard export.form == .xlsx, let offset = forms.first?.offset, offset != 0, forms.allSatisfy({ $0.offset == offset }) else { return }
        let text = Instant.offsetText(Int(offset))
        session.note(
            "the times are those of a clock at \(text); read the workbook with --timezone \(text)",
            "时间为 \(text) 的当地时间；读取该工作簿时请用 --timezone \(text)")
    }

    /// What the format has no place for.
    private func noteLosses(_ written: ExportLog.Written, _ session: Session) {
        let humane = Humane(session.language)
        if written.nestedLeftOut > 0 {
            let count = humane.count(written.nestedLeftOut)
            session.note(
                "\(count) nested \(written.nestedLeftOut == 1 ? "attribute has" : "attributes have") no place in a table; .xes keeps them",
                "\(count) 个嵌套属性无法放入表格；.xes 会保留")
        }
        if written.textsReplaced > 0 {
            let count = humane.count(written.textsReplaced)
            session.note(
                "\(count) \(written.textsReplaced == 1 ? "text holds" : "texts hold") control characters, written as U+FFFD",
                "\(count) 个文本含控制字符，已写作 U+FFFD")
        }
        if written.timesRounded > 0 {
            let count = humane.count(written.timesRounded)
            session.note(
                "\(count) \(written.timesRounded == 1 ? "time was" : "times were") rounded to the millisecond", "\(count) 个时间已取整到毫秒")
        }
    }

    private var shownName: String { isToStandardOutput ? "-" : URL(filePath: output).lastPathComponent }

    /// The form that was asked for by name or by the ending of the file.
    private func form() throws(Failure) -> ExportLog {
        let ending = isToStandardOutput ? nil : ExportLog.form(ofName: output)
        guard let chosen = to ?? ending?.form else {
            let suffix = URL(filePath: output).pathExtension
            throw Failure(
                .usage,
                suffix.isEmpty
                    ? Phrase("nothing says in which format to write", "没有说明导出格式")
                    : Phrase("logs cannot be written as .\(suffix)", "不能把日志写成 .\(suffix)"),
                advice: suffix.isEmpty
                    ? Phrase("give the format with --to, such as --to csv", "请用 --to 指定格式，如 --to csv") : ExportLog.endingAdvice)
        }
        if !chosen.isText && isToStandardOutput {
            throw Failure(
                .usage, Phrase("a workbook cannot be written to standard output", "工作簿不能写到标准输出"),
                advice: Phrase("give -o a name such as log.xlsx", "请用 -o 指定文件名，如 log.xlsx"))
        }
        let isGzipped = !isToStandardOutput && output.lowercased().hasSuffix(".gz")
        if !chosen.isText && isGzipped {
            throw Failure(
                .usage, Phrase("a workbook is packed already", "工作簿本身已经压缩"),
                advice: Phrase("leave .gz away from its name", "请去掉文件名中的 .gz"))
        }
        if bom && chosen != .csv {
            throw Failure(
                .usage, Phrase("--bom is for CSV alone", "--bom 只用于 CSV"), advice: Phrase("leave it out", "请去掉它"))
        }
        return ExportLog(chosen, isGzipped: isGzipped, hasMark: bom)
    }

    private func answer(_ written: ExportLog.Written, _ opened: OpenedLog, _ session: Session) -> Answer {
        let language = session.language
        let table = Table(
            language("Exported", "已导出"),
            columns: [
                Table.Column(language("file", "文件"), key: "file", .left), Table.Column(language("format", "格式"), key: "to", .left),
                Table.Column(language("cases", "案例数"), key: "cases"), Table.Column(language("events", "事件数"), key: "events"),
            ],
            rows: [[.name(written.file), .words(written.to.rawValue), .count(written.cases), .count(written.events)]])
        return Answer(
            verb: "export", result: written, provenance: opened.provenance(seed: common.seed), table: { table },
            text: {
                var page = TextPage(session)
                let cases = page.counted(written.cases, "case", "cases", "个案例")
                let events = page.counted(written.events, "event", "events", "个事件")
                page.folded(language("\(written.file): \(cases) · \(events)", "\(written.file)：\(cases) · \(events)"))
                page.next("weir inspect \(shellWord(output))")
                return page.text
            })
    }
}

extension ExportLog {
    /// Which names of files say a format.
    static let endingAdvice = Phrase(
        "give a name that ends in .xes, .csv, .xlsx or .ndjson", "请用以 .xes、.csv、.xlsx 或 .ndjson 结尾的文件名")

    /// Writes a log into a sink and closes it.
    func write(_ log: EventLog, into sink: ResultSink, named path: String, _ session: Session) throws {
        do {
            try write(log, monitor: session.monitor) { try sink.write($0) }
        } catch let error as LogWritingError {
            throw Failure(writing: error, path == "-" ? path : URL(filePath: path).lastPathComponent)
        }
        try sink.finish()
    }
}

extension Failure {
    /// A log that a format cannot hold.
    init(writing error: LogWritingError, _ file: String) {
        switch error {
        case .tooManyRows(let count, let limit):
            self.init(
                .cannotWrite, file: file,
                Phrase("\(count) events do not fit into a sheet of \(limit) rows below its header", "\(count) 个事件超过工作表除表头外的 \(limit) 行上限"),
                advice: Phrase("write a .csv, or keep fewer cases with --filter", "请写成 .csv，或用 --filter 减少案例"))
        case .tooManyColumns(let count, let limit):
            self.init(
                .cannotWrite, file: file,
                Phrase("\(count) columns do not fit into a sheet of \(limit)", "\(count) 列超过工作表的 \(limit) 列上限"),
                advice: Phrase("write a .csv", "请写成 .csv"))
        case .textTooLong(let column, let row, let limit):
            self.init(
                .cannotWrite, file: file,
                Phrase(
                    "a text of “\(column)” (row \(row)) has more than the \(limit) characters of a cell",
                    "“\(column)”列第 \(row) 行的文本超过单元格的 \(limit) 个字符上限"),
                advice: Phrase("write a .csv or .ndjson", "请写成 .csv 或 .ndjson"))
        case .system(let words):
            self.init(
                .cannotWrite, file: file, Phrase("the workbook cannot be made: \(words)", "无法生成工作簿：\(words)"),
                advice: Phrase("see that the folder for temporary files has room", "请检查临时文件夹的空间"))
        }
    }
}
