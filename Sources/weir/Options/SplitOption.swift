import ArgumentParser
import Instants

/// The instant at which one log becomes two.
struct SplitOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Compare within one log: cases completed before INSTANT against cases started on or after it.", valueName: "instant"))
    var split: String?

    /// The instant, and how it is written in results; `nil` where none was given.
    ///
    /// - Parameter zone: the clock of times without an offset.
    func instant(zone: TimeZoneChoice?) throws(Failure) -> (instant: Instant, text: String)? {
        guard let split else { return nil }
        guard let time = Array(split.utf8).withUnsafeBytes({ ISO8601Reader.parse($0) }) else {
            throw Failure(
                .usage, Phrase("“\(split)” is no instant", "“\(split)”不是时间"),
                advice: Phrase(
                    "write --split 2026-01-31 or --split 2026-01-31T08:00+08:00", "请写 --split 2026-01-31 或 --split 2026-01-31T08:00+08:00"))
        }
        let resolved = time.resolved(in: ZoneClock(zone ?? .utc))
        return (resolved.instant, resolved.instant.iso8601(offset: Int(resolved.offset)))
    }
}
