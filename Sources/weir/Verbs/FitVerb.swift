import ArgumentParser
import EventLogs
import Foundation
import Reports
import Simulation
import Workbench

/// `weir fit`
struct FitVerb: LogVerb {
    static let configuration = CommandConfiguration(
        commandName: "fit", abstract: "Learn a simulation model from a log, and test it on cases that it has not seen.",
        discussion: """
            Writes model.bpmn and scenario.json into DIR: BPMN 2.0 and a scenario that Prosimos 2 reads. What Prosimos has no words for \
            stands in the section “weir” of the scenario, which “weir simulate” uses. The answer says how far the model is to be believed, \
            and on how many observations each of its parts stands.

            EXAMPLES
              weir fit p2p-before.csv -o model
              weir fit p2p-before.csv -o model --format json
              weir simulate model/model.bpmn --scenario model/scenario.json
            """)

    @Argument(help: "The log: a file, or - for standard input.")
    var log: String

    @Option(name: .shortAndLong, help: ArgumentHelp("The folder to write the model to.", valueName: "dir"))
    var output: String

    @Option(help: ArgumentHelp("Form of the answer: text, json, csv or markdown.", valueName: "form"))
    var format: ResultFormat = .text

    @OptionGroup(title: "Log") var reading: LogOptions
    @OptionGroup(title: "Common") var common: CommonOptions

    func run(in session: Session) throws {
        try reading.refuseRecord()
        try reading.refuseCalendar()
        let ends = try reading.endActivities()
        let opened = try reading.open(log, session, for: [.simulation])
        session.monitor.progress(.analysing, fraction: nil, events: 0)
        let learnt = try LearntModel(
            opened, endActivities: ends, comparesMemoryless: true, seed: common.seed, threads: common.threadCount, monitor: session.monitor)
        let files = try learnt.files()
        session.monitor.progress(.writing, fraction: nil, events: 0)
        try write([("model.bpmn", files.bpmn), ("scenario.json", files.scenario)], session)
        let page = FitPage(fit: learnt.fit, log: opened.name, language: session.language)
        try ResultSink(path: nil, format: format, inputs: [], session: session).print(
            Answer(
                verb: "fit", result: learnt.fit, provenance: learnt.provenance, table: { page.parts }, csv: { page.machineTable },
                text: { text(page, session) }, markdown: { page.markdown }))
    }

    /// Both files or none: they take their names when both are complete.
    private func write(_ files: [(name: String, text: String)], _ session: Session) throws {
        let folder = URL(filePath: output)
        let isNew = !FileManager.default.fileExists(atPath: folder.path)
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw Failure(
                .cannotWrite, file: folder.lastPathComponent, Phrase("the folder cannot be made", "无法创建文件夹"),
                advice: Phrase("give -o a folder that may be written to", "请用 -o 指定可写的文件夹"))
        }
        do {
            let inputs = [log] + reading.files
            let sinks = try files.map { file in
                try ResultSink(path: folder.appending(path: file.name).path, inputs: inputs, session: session)
            }
            for (sink, file) in zip(sinks, files) {
                var text = file.text
                try text.withUTF8 { try sink.write(UnsafeRawBufferPointer($0)) }
            }
            for sink in sinks { try sink.finish() }
        } catch {
            // rmdir leaves a folder that holds something.
            if isNew { rmdir(folder.path) }
            throw error
        }
    }

    private func text(_ content: FitPage, _ session: Session) -> String {
        var page = TextPage(session)
        let words = BacktestText(session.language)
        page.folded(content.headline)
        page.folded(words.sentence(content.fit.backtest))
        if !content.fit.backtest.metrics.isEmpty {
            page.line()
            page.table(words.table(content.fit.backtest), rows: .max)
        }
        page.line()
        page.table(content.parts, rows: 12, hint: session.command(adding: "--format csv"))
        if !content.remarks.isEmpty { page.line() }
        for remark in content.remarks { page.folded(remark) }
        let folder = output.hasSuffix("/") ? String(output.dropLast()) : output
        page.next("weir simulate \(shellWord(folder + "/model.bpmn")) --scenario \(shellWord(folder + "/scenario.json"))")
        return page.text
    }
}
