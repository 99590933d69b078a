import EventLogs
import Instants

/// Reads times of the form `2026-01-31T08:00:30.123+01:00` by their fixed places, as long as offsets repeat themselves.
///
/// Any other form, and the first time of every offset, goes to ``Instants/ISO8601Reader``.
struct XESTimeCache {
    /// The ways of writing times, in order of first sight.
    private(set) var forms: [TimeForm] = []
    private var tails: [Tail] = []
    private var numbers: [TimeForm: UInt16] = [:]
    /// The day, counted from 1970-01-01, before the first of each month from 1900 on.
    private let monthStarts: [Int32]

    /// What follows the seconds and their fraction, and what it means.
    private struct Tail {
        var bytes: UInt64
        var length: Int
        var offset: Int64
        var form: UInt16
    }

    private static let firstYear = 1_900
    private static let lastYear = 2_155
    private static let mostTails = 8

    init() {
        monthStarts = (Self.firstYear...Self.lastYear + 1).flatMap { year in
            (1...12).map { Int32(CivilDate(year: year, month: $0, day: 1).daysSinceEpoch) }
        }
    }

    /// The number of a form, new or known.
    mutating func number(of form: TimeForm) -> UInt16 {
        if let known = numbers[form] { return known }
        let number = UInt16(clamping: forms.count)
        forms.append(form)
        numbers[form] = number
        return number
    }

    /// What a text says that ISO 8601's reader understood; a plain one is known from then on by its tail.
    mutating func resolve(_ parsed: ParsedTime, _ text: UnsafeRawBufferPointer, _ clock: ZoneClock) -> (time: Int64, form: UInt16)? {
        if forms.count > 4_000 { return nil }
        // What a clock shows twice or never is a finding.
        if parsed.offset == nil, !parsed.isDateOnly, clock.reading(local: parsed.local).kind != .unique { return nil }
        let (instant, offset) = parsed.resolved(in: clock)
        let form = number(of: TimeForm(offset: offset, isNaive: parsed.offset == nil, isDateOnly: parsed.isDateOnly))
        if parsed.offset != nil, !parsed.isDateOnly, let (local, tail) = Self.parts(text, monthStarts), local == parsed.local,
            tail.length > 0 && tail.length <= 8 && tails.count < Self.mostTails
        {
            tails.append(Tail(bytes: tail.bytes, length: tail.length, offset: Int64(offset) * Microseconds.second, form: form))
        }
        return (instant.microseconds, form)
    }

    /// The instant and form of a text in the plain form whose tail is known.
    @inline(__always)
    func quick(_ text: UnsafeRawBufferPointer) -> (time: Int64, form: UInt16)? {
        guard let (local, tail) = Self.parts(text, monthStarts) else { return nil }
        for known in tails where known.bytes == tail.bytes && known.length == tail.length {
            return (local &- known.offset, known.form)
        }
        return nil
    }

    /// The microseconds that the clock showed since 1970, and what follows the fraction; `nil` where the form is another.
    @inline(__always)
    private static func parts(
        _ text: UnsafeRawBufferPointer, _ monthStarts: [Int32]
    ) -> (local: Int64, tail: (bytes: UInt64, length: Int))? {
        let count = text.count
        if count < 20 || count > 40 { return nil }
        var isPlain = true
        func two(_ place: Int) -> Int {
            let high = text[place] &- 0x30
            let low = text[place &+ 1] &- 0x30
            if high > 9 || low > 9 { isPlain = false }
            return Int(high) &* 10 &+ Int(low)
        }
        let year = two(0) &* 100 &+ two(2)
        let month = two(5)
        let day = two(8)
        let hour = two(11)
        let minute = two(14)
        let second = two(17)
        guard isPlain, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"), text[10] == UInt8(ascii: "T"),
            text[13] == UInt8(ascii: ":"), text[16] == UInt8(ascii: ":"), hour < 24, minute < 60, second < 60, month >= 1, month <= 12,
            year >= firstYear, year <= lastYear
        else { return nil }
        let place = (year &- firstYear) &* 12 &+ month &- 1
        let first = Int64(monthStarts[place])
        guard day >= 1, first &+ Int64(day) <= Int64(monthStarts[place &+ 1]) else { return nil }
        var fraction: Int64 = 0
        var index = 19
        if text[19] == UInt8(ascii: ".") {
            index = 20
            var scale: Int64 = 1_000_000
            while index < count && text[index] &- 0x30 <= 9 {
                if scale == 1 { return nil }
                scale /= 10
                fraction &+= Int64(text[index] &- 0x30) &* scale
                index &+= 1
            }
            if index == 20 { return nil }
        }
        let length = count &- index
        if length > 8 { return nil }
        var bytes: UInt64 = 0
        while index < count {
            bytes = bytes << 8 | UInt64(text[index])
            index &+= 1
        }
        let days = first &+ Int64(day) &- 1
        let seconds = Int64(hour &* 3_600 &+ minute &* 60 &+ second)
        return ((days &* 86_400 &+ seconds) &* 1_000_000 &+ fraction, (bytes, length))
    }
}
