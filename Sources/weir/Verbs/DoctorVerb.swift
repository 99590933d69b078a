import ArgumentParser
import Reports
import Workbench

/// `weir doctor`
struct DoctorVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Show versions, and which optional programs are there and what each is for.",
        discussion: """
            EXAMPLES
              weir doctor
              weir doctor --format json
            """)

    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Common") var common: CommonOptions

    func run(in session: Session) throws {
        let sink = try ResultSink(output, inputs: [], session: session)
        let diagnosis = Doctor.examine(searchPath: session.searchPath)
        try sink.print(
            Answer(
                verb: "doctor", result: diagnosis, provenance: ToolProvenance(seed: common.seed),
                table: { table(diagnosis, session.language) }, text: { text(diagnosis, session) }))
    }

    private static func purpose(_ program: Doctor.Program, _ language: Language) -> String {
        switch program.purpose {
        case .processMaps: language("process maps in reports and discover -o FILE.svg", "报告中的流程图，以及 discover -o FILE.svg")
        }
    }

    private func table(_ diagnosis: Doctor.Diagnosis, _ language: Language) -> Table {
        Table(
            "",
            columns: [
                Table.Column(language("program", "程序"), key: "name", .left),
                Table.Column(language("state", "状态"), key: "state", .left),
                Table.Column(language("version", "版本"), key: "version", .left),
                Table.Column(language("what it is for", "用途"), key: "purpose", .left),
            ],
            rows: diagnosis.programs.map { program in
                [
                    .words(program.name),
                    .words(
                        program.found ? language("found", "已找到") : language("missing", "缺失"),
                        tone: program.found ? .plain : .warning),
                    .words(program.version), .words(Self.purpose(program, language)),
                ]
            })
    }

    private func text(_ diagnosis: Doctor.Diagnosis, _ session: Session) -> String {
        let language = session.language
        var page = TextPage(session)
        page.line("weir \(diagnosis.version)")
        page.line()
        page.table(table(diagnosis, language), rows: .max)
        let missing = diagnosis.programs.filter { !$0.found }
        if missing.isEmpty {
            page.line()
            page.line(language("Everything is there.", "一切就绪。"))
        } else {
            page.next("apt-get install \(missing.map(\.package).joined(separator: " "))")
        }
        return page.text
    }
}
