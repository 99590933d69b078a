import EventLogs
import Instants

/// Turns parsed times into instants and into the numbers of the builder's time forms.
struct TimeFormCache {
    private let clock: ZoneClock
    private var last: (form: TimeForm, number: UInt16)?
    private var numbers: [TimeForm: UInt16] = [:]
    private var skipped = Odd()
    private var repeated = Odd()

    /// Readings of the zone's clock that mean no instant, or two.
    private struct Odd {
        var count = 0
        var examples: [LogFinding.Example] = []

        mutating func add(_ row: Int?) {
            count += 1
            if let row, examples.count < 5 { examples.append(.row(row)) }
        }
    }

    /// More forms than any honest log has; times beyond keep their instant and show in UTC.
    private static let limit = 4_096

    init(clock: ZoneClock) {
        self.clock = clock
    }

    /// The instant in microseconds and the number of its form.
    ///
    /// - Parameter row: where the time stands, for a finding about it; `nil` where it belongs to no event.
    mutating func resolve(_ parsed: ParsedTime, at row: Int?, _ builder: inout EventLogBuilder) -> (time: Int64, form: UInt16) {
        let instant: Instant
        let offset: Int32
        if let given = parsed.offset {
            instant = Instant(microseconds: parsed.local - Int64(given) * Microseconds.second)
            offset = given
        } else {
            let reading = clock.reading(local: parsed.local)
            instant = reading.instant
            offset = Int32(reading.offset)
            switch reading.kind {
            case .unique: break
            // A day is a day, whatever the clock did at its midnight.
            case .skipped: if !parsed.isDateOnly { skipped.add(row) }
            case .repeated: if !parsed.isDateOnly { repeated.add(row) }
            }
        }
        let form = TimeForm(offset: offset, isNaive: parsed.offset == nil, isDateOnly: parsed.isDateOnly)
        if let last, last.form == form { return (instant.microseconds, last.number) }
        if let known = numbers[form] {
            last = (form, known)
            return (instant.microseconds, known)
        }
        let kept = numbers.count < Self.limit ? form : TimeForm.utc
        let number = builder.formNumber(kept)
        numbers[kept] = number
        last = (kept, number)
        return (instant.microseconds, number)
    }

    /// What was odd about times without an offset.
    var findings: [LogFinding] {
        var findings: [LogFinding] = []
        let zone = clock.choice.name
        if skipped.count > 0 {
            findings.append(LogFinding(.clockGap, .warning, count: skipped.count, detail: zone, examples: skipped.examples))
        }
        if repeated.count > 0 {
            findings.append(LogFinding(.clockOverlap, .info, count: repeated.count, detail: zone, examples: repeated.examples))
        }
        return findings
    }
}
