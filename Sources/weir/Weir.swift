import ArgumentParser
import Foundation
import Workbench

/// The command.
@main
struct Weir: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "weir",
        abstract: "From an event log to the process, its times and its bottlenecks.",
        discussion: """
            LOG is an event log: XES, CSV, TSV or NDJSON, plain or gzipped, an Excel workbook, a workspace that weir import made, or - for \
            standard input.

            EXAMPLES
              weir inspect purchases.csv
              weir performance purchases.csv
              weir report purchases.csv -o report.html
            """,
        version: ToolVersion.current,
        subcommands: [
            InspectVerb.self, LintVerb.self, ImportVerb.self, LogsVerb.self, SqlVerb.self, DiscoverVerb.self, VariantsVerb.self,
            CasesVerb.self, PerformanceVerb.self, BottlenecksVerb.self, QueuesVerb.self, SpectrumVerb.self, DotsVerb.self,
            OrganizationVerb.self, ConformanceVerb.self, ExplainVerb.self, CompareVerb.self,
            ReportVerb.self, GateVerb.self, FitVerb.self, SimulateVerb.self, RedesignVerb.self, GenerateVerb.self,
            ExportVerb.self, DoctorVerb.self, CompletionsVerb.self, HelpVerb.self,
        ])

    /// The names of the verbs, in the order of the help.
    static var verbNames: [String] { configuration.subcommands.map { name(of: $0) } }

    /// The verb with a name.
    static func verb(named name: String) -> (any ParsableCommand.Type)? {
        configuration.subcommands.first { Self.name(of: $0) == name }
    }

    /// The name of a verb on the command line.
    static func name(of command: any ParsableCommand.Type) -> String {
        command.configuration.commandName ?? String(describing: command).lowercased()
    }

    static func main() {
        let launcher = Launcher(arguments: Array(CommandLine.arguments.dropFirst()), environment: ProcessInfo.processInfo.environment)
        Foundation.exit(launcher.run().rawValue)
    }
}
