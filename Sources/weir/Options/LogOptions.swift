import ArgumentParser
import EventLogs
import Foundation
import Instants
import LogFormats
import Performance
import Reports
import Workbench

extension InstanceCounting: ExpressibleByArgument {}
extension CensoredCases: ExpressibleByArgument {}
extension PeopleDisplay: ExpressibleByArgument {}

/// How a log is read, understood and narrowed: the flags of every verb that reads one.
struct LogOptions: ParsableArguments {
    @Option(
        name: .customLong("log"),
        help: ArgumentHelp(
            "Which log of a workspace, where it holds several; twice where a verb reads two logs.", valueName: "name"))
    var logNames: [String] = []

    @Option(
        help: ArgumentHelp(
            "Keep the result in the workspace too, under TITLE; “weir sql” shows it in the view runs.", valueName: "title"))
    var record: String?

    @Option(
        help: ArgumentHelp(
            "What counts: instances (a start and its completion are one) or events (each counts at its own time).",
            valueName: "instances|events"))
    var count: InstanceCounting = .instances

    @OptionGroup var file: FileOptions

    @Option(
        help: ArgumentHelp(
            "Keep the cases for which EXPR holds, such as \"duration > 30d and has('Change Price')\".", valueName: "expr"))
    var filter: [String] = []

    @Option(
        help: ArgumentHelp(
            "Of the cases kept, keep the events for which EXPR holds, such as \"role != 'System'\".", valueName: "expr"))
    var filterEvents: [String] = []

    @Option(help: ArgumentHelp("Keep the cases for which the expression in FILE holds.", valueName: "file"))
    var filterFile: String?

    @Option(
        name: .customLong("end"),
        help: ArgumentHelp("Activities that end a case, with commas between. (default: those the log shows)", valueName: "a,b"))
    var ends: [String] = []

    @Option(help: ArgumentHelp("Whether unfinished cases count in cycle times.", valueName: "include|exclude"))
    var censored: CensoredCases = .include

    @Option(help: ArgumentHelp("How people appear: as their role, or by name.", valueName: "roles|names"))
    var people: PeopleDisplay = .roles

    @Option(help: ArgumentHelp("Cost per hour of roles and per activity: a YAML file.", valueName: "file"))
    var rates: String?

    @Option(
        help: ArgumentHelp(
            "Count durations in the working time of a calendar: a YAML file, or cn, de, nl or us for a country's office hours and holidays. (default: every hour counts)",
            valueName: "file|name"))
    var calendar: String?

    @Option(
        help: ArgumentHelp(
            "Go on although the data break RULE, such as missing-time; “weir lint” names the rules. (default: end with 3)",
            valueName: "rule,rule"))
    var accept: [String] = []

    /// The rules of data quality whose findings forbid nothing.
    func acceptedRules() throws(Failure) -> Set<LogFinding.Rule> {
        var rules: Set<LogFinding.Rule> = []
        for text in accept {
            for name in try Self.list(text) {
                guard let rule = LogFinding.Rule(rawValue: name) else {
                    let near = UsageFailure.nearest(to: name, among: LogFinding.Rule.allCases.map(\.rawValue))
                    throw Failure(
                        .usage, Phrase("there is no rule “\(name)”", "没有规则“\(name)”"),
                        advice: near.map { Phrase("did you mean “\($0)”?", "是否想用“\($0)”？") }
                            ?? Phrase("“weir lint LOG” names the rules that a log breaks", "运行 weir lint LOG 查看日志违反的规则"))
                }
                rules.insert(rule)
            }
        }
        return rules
    }

    /// The declared end activities, or `nil` for those that the log shows.
    func endActivities() throws(Failure) -> [String]? {
        if ends.isEmpty { return nil }
        var names: [String] = []
        for text in ends { names += try Self.list(text) }
        return names
    }

    /// How performance is to be measured.
    func performance() throws(Failure) -> PerformanceOptions {
        PerformanceOptions(endActivities: try endActivities(), censored: censored)
    }

    /// Names with commas between; a name with a comma stands in double quotes, doubled inside.
    static func list(_ text: String) throws(Failure) -> [String] {
        var names: [String] = []
        var current = ""
        var isQuoted = false
        var rest = text[...]
        while let character = rest.popFirst() {
            switch character {
            case "\"" where isQuoted && rest.first == "\"": current.append(rest.removeFirst())
            case "\"" where isQuoted || current.allSatisfy(\.isWhitespace):
                if !isQuoted { current = "" }
                isQuoted.toggle()
            case "," where !isQuoted:
                names.append(current)
                current = ""
            default: current.append(character)
            }
        }
        names.append(current)
        names = names.map { $0.trimmingCharacters(in: .whitespaces) }
        if isQuoted || names.contains("") {
            throw Failure(
                .usage, Phrase("“\(text)” is no list of names", "“\(text)”不是名称列表"),
                advice: Phrase("write A,B; a name with a comma in double quotes", "请写成 A,B；含逗号的名称放在双引号中"))
        }
        return names
    }
}
