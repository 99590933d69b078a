import ArgumentParser
import Instants
import Performance
import Reports
import Workbench

/// The tables of `weir organization`.
enum OrganizationTable: String, CaseIterable, ExpressibleByArgument {
    /// Who directly hands work to whom.
    case handovers
    /// Each resource.
    case resources
    /// Each role.
    case roles
    /// The borders between departments.
    case borders
    /// Who works on the same cases.
    case together
    /// Who has single steps done by whom.
    case subcontracting
    /// What was perhaps written twice.
    case reentry
}

/// `weir organization`
struct OrganizationVerb: LogVerb {
    static let configuration = CommandConfiguration(
        commandName: "organization",
        abstract: "Show who works with whom, how much, and where work changes hands between departments.",
        discussion: """
            Roles are those of the log, else its departments, else groups of people who do the same. Data that two people of different \
            departments perhaps wrote twice are suspects, not proofs.

            EXAMPLES
              weir organization purchases.csv
              weir organization purchases.csv --table borders --format csv
              weir organization purchases.csv --people names --reentry-window 1d
            """)

    @Argument(help: "The log: a file, or - for standard input.")
    var log: String

    @Option(
        help: ArgumentHelp(
            "The table of --format csv: handovers, resources, roles, borders, together, subcontracting or reentry.", valueName: "name"))
    var table: OrganizationTable = .handovers

    @Option(help: ArgumentHelp("How long after the first writing of data a second one is a suspect.", valueName: "duration"))
    var reentryWindow: String = "3d"

    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Log") var reading: LogOptions
    @OptionGroup(title: "Common") var common: CommonOptions

    func run(in session: Session) throws {
        guard let window = try? DurationText.microseconds(in: reentryWindow), window > 0 else {
            throw Failure(
                .usage,
                Phrase("“\(reentryWindow)” cannot be the value of “--reentry-window”", "“\(reentryWindow)”不能用作“--reentry-window”的取值"),
                advice: Phrase("give a length of time above 0, such as 3d or 8h", "请给出大于 0 的时长，例如 3d 或 8h"))
        }
        let sink = try ResultSink(output, inputs: [log] + reading.files, session: session)
        let opened = try reading.open(log, session, for: [.workload])
        let result = DescribeOrganization.of(opened.log, people: reading.people, reentry: ReentrySuspects.Options(window: window))
        let pages = OrganizationPage(result, session.language)
        try sink.print(
            Answer(
                verb: "organization", result: result, provenance: opened.provenance(seed: common.seed), table: { pages.table(table) },
                text: { text(pages, opened, session) },
                markdown: { OrganizationTable.allCases.map { pages.table($0).markdown(session.language) }.joined(separator: "\n") }),
            of: opened.stored, reading)
    }

    private func text(_ pages: OrganizationPage, _ opened: OpenedLog, _ session: Session) -> String {
        let result = pages.result
        var page = TextPage(session)
        page.headline(opened.log, open: nil)
        page.line()
        if result.people == 0 {
            page.line(session.language("The log names nobody who did the work.", "日志没有记录由谁完成工作。"))
            page.next("weir inspect \(shellWord(log))")
            return page.text
        }
        page.folded(pages.summary)
        page.line()
        let name = shellWord(log)
        func hint(_ table: OrganizationTable) -> String { "weir organization \(name) --table \(table.rawValue) --format csv" }
        page.table(pages.narrow(.roles), rows: 6, hint: hint(.roles))
        page.line()
        page.table(pages.narrow(.handovers), rows: 5, hint: hint(.handovers))
        if !result.departments.borders.isEmpty {
            page.line()
            page.folded(pages.borderSummary)
            page.table(pages.narrow(.borders), rows: 5, hint: hint(.borders))
        }
        page.line()
        page.folded(pages.reentrySummary)
        if !result.reentry.suspects.isEmpty { page.table(pages.narrow(.reentry), rows: 3, hint: hint(.reentry)) }
        if let first = result.departments.borders.first {
            page.next("weir report \(name) -o report.html", "weir cases \(name) --sort duration --filter \(shellWord(first.filter))")
        } else {
            page.next("weir report \(name) -o report.html")
        }
        return page.text
    }
}
