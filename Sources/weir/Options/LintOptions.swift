import ArgumentParser
import Instants
import LogFormats
import Reports

/// What the user knows about the data and the log does not: the flags of the verbs that show data quality.
struct LintOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "When the log was drawn: later times are a finding. (default: only times far behind all others are)", valueName: "instant"))
    var asOf: String?

    /// What lint is to know.
    ///
    /// - Parameter zone: the clock of an instant without an offset.
    func lint(zone: TimeZoneChoice?) throws(Failure) -> LogLint.Options {
        guard let asOf else { return LogLint.Options() }
        do {
            return LogLint.Options(asOf: try Instant(parsing: asOf, zone: ZoneClock(zone ?? .utc)))
        } catch {
            throw Failure(
                .usage, Phrase("“\(asOf)” is no instant", "“\(asOf)”不是时间"),
                advice: Phrase(
                    "write --as-of 2026-01-31 or --as-of 2026-01-31T08:00+08:00", "请写 --as-of 2026-01-31 或 --as-of 2026-01-31T08:00+08:00"))
        }
    }
}
