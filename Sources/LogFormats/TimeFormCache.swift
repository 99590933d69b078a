import EventLogs
import Instants

/// Turns parsed times into instants and into the numbers of the builder's time forms.
struct TimeFormCache {
    private let clock: ZoneClock
    private var last: (form: TimeForm, number: UInt16)?
    private var numbers: [TimeForm: UInt16] = [:]

    /// More forms than any honest log has; times beyond keep their instant and show in UTC.
    private static let limit = 4_096

    init(clock: ZoneClock) {
        self.clock = clock
    }

    /// The instant in microseconds and the number of its form.
    mutating func resolve(_ parsed: ParsedTime, _ builder: inout EventLogBuilder) -> (time: Int64, form: UInt16) {
        let (instant, offset) = parsed.resolved(in: clock)
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
}
