import ArgumentParser
import Foundation
import Indicators
import Instants
import Redesign
import Reports
import Simulation
import Workbench

/// With which state of the process a simulation begins.
enum BeginningState: String, CaseIterable, ExpressibleByArgument {
    /// Without cases.
    case empty
    /// With the cases of the log that are under way.
    case openCases = "open-cases"
}

/// How the model of a log is run.
struct ExperimentOptions: ParsableArguments {
    @Option(help: ArgumentHelp("How many cases each replication has. (default: as many as the log)", valueName: "n"))
    var cases: Int?

    @Option(help: ArgumentHelp("How many pairs of independent runs.", valueName: "n"))
    var replications: Int = 20

    @Option(help: ArgumentHelp("When the simulation begins. (default: with the log)", valueName: "instant"))
    var start: String?

    @Option(help: ArgumentHelp("Cases that come before the ones that count, to fill the process up.", valueName: "none|n"))
    var warmUp: String = "none"

    @Option(help: ArgumentHelp("With which cases the simulation begins.", valueName: "empty"))
    var from: BeginningState = .empty

    /// Refuses values that parse and cannot be meant, or that are not simulated.
    func check() throws(Failure) {
        if let cases { try Self.check("--cases", cases, least: 1) }
        // One pair has no interval.
        try Self.check("--replications", replications, least: 2)
        if from == .openCases {
            throw Self.openCases
        }
        _ = try warmUpCases()
    }

    /// How many cases come before the ones that count.
    func warmUpCases() throws(Failure) -> Int {
        if warmUp == "none" { return 0 }
        if let count = Int(warmUp), (0...Self.limit).contains(count) { return count }
        let advice = Phrase("give none or a number of cases", "请用 none 或案例数")
        if warmUp == "mser5" { throw Failure(.usage, Phrase("“mser5” is not supported yet", "尚不支持“mser5”"), advice: advice) }
        throw Failure(
            .usage, Phrase("“\(warmUp)” cannot be the value of “--warm-up”", "“\(warmUp)”不能用作“--warm-up”的取值"), advice: advice)
    }

    /// When the simulation begins, in microseconds; nil for when the log does.
    func startTime(zone: TimeZoneChoice?) throws(Failure) -> Int64? {
        guard let start else { return nil }
        guard let time = Array(start.utf8).withUnsafeBytes({ ISO8601Reader.parse($0) }) else {
            throw Failure(
                .usage, Phrase("“\(start)” is no instant", "“\(start)”不是时间"),
                advice: Phrase(
                    "write --start 2026-01-05 or --start 2026-01-05T08:00+08:00", "请写 --start 2026-01-05 或 --start 2026-01-05T08:00+08:00"))
        }
        return time.resolved(in: ZoneClock(zone ?? .utc)).instant.microseconds
    }

    /// The plan in a file, with how it is tried out.
    func plan(in path: String, reading: LogOptions, rates: Rates?, _ session: Session) throws -> MakeReport.Plan {
        try check()
        let zone = try reading.zone()
        let start = try startTime(zone: zone)
        let name = URL(filePath: path).lastPathComponent
        let plan = try RedesignPlan(parsing: try LogOptions.text(of: path), fileName: name, zone: ZoneClock(zone ?? .utc))
        let digest = try InputDigest.ofFile(URL(filePath: path), keepGoing: session.monitor.checkCancellation)
        return MakeReport.Plan(
            plan: plan, input: Provenance.Input(name: name, sha256: digest),
            run: LearntModel.Run(
                cases: cases, warmUp: try warmUpCases(), replications: replications, start: start, rates: rates))
    }

    /// Simulations begin empty.
    static let openCases = Failure(
        .usage, Phrase("“open-cases” is not supported yet", "尚不支持“open-cases”"),
        advice: Phrase("fill the process up with --warm-up N", "请用 --warm-up N 预热"))

    private static let limit = 10_000_000

    private static func check(_ name: String, _ value: Int, least: Int) throws(Failure) {
        if (least...limit).contains(value) { return }
        throw Failure(
            .usage, Phrase("“\(value)” cannot be the value of “\(name)”", "“\(value)”不能用作“\(name)”的取值"),
            advice: Phrase("give a whole number from \(least) to 10,000,000", "请用 \(least) 到 10,000,000 之间的整数"))
    }
}
