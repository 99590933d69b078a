package import EventLogs
package import Instants

/// What a finished log shows about its own quality, beyond what reading it has found.
///
/// ```swift
/// let findings = log.findings + LogLint(log).findings()
/// ```
///
/// Every rule looks at the log alone: there is no wall clock and no outside knowledge, so the same log gives the same findings.
/// Rules about whole columns (``LogFinding/Rule/constantColumn``) look at the file's columns, all others at the view's events.
///
/// - Complexity: linear in events and in the bytes of distinct texts; sorting is of small parts only (times outside the middle
///   nine tenths, events of one case at one time).
package struct LogLint {
    /// What the user knows and the log does not.
    package struct Options: Sendable {
        /// When the log was drawn: later times are wrong. `nil` where nobody says.
        package var asOf: Instant?

        /// Options with these parts.
        package init(asOf: Instant? = nil) {
            self.asOf = asOf
        }
    }

    private let log: EventLog
    private let options: Options

    /// The lint of a log's view.
    package init(_ log: EventLog, options: Options = Options()) {
        self.log = log
        self.options = options
    }

    /// The findings, in a fixed order.
    package func findings() -> [LogFinding] {
        var tally = LintTally(options: options)
        repeat { tally.add(log, firstCase: 0) } while tally.needsAnotherLook()
        let names = log.columns.caseNames
        return log.columns.naming(tally.findings(known: log.findings, offset: log.columns.prevailingOffset) { names[$0] })
    }

    /// A share as a finding's detail has it: to the millionth.
    static func share(_ part: Int, of whole: Int) -> String {
        "\((Double(part) / Double(whole) * 1_000_000).rounded() / 1_000_000)"
    }
}

extension EventLog {
    /// Calls `body` with the place in ``columns`` of every event of the view, case by case.
    func forEachEvent(_ body: (Int) -> Void) {
        if let selection = eventSelection {
            for range in eventRanges {
                for place in range { body(Int(selection[place])) }
            }
        } else {
            for range in eventRanges {
                for event in range { body(event) }
            }
        }
    }
}

extension EventColumns {
    /// A time as text, at the offset at which it was written.
    func text(_ time: Int64, form: UInt16) -> String {
        Instant(microseconds: time).iso8601(offset: Int(timeForms[Int(form)].offset))
    }
}
