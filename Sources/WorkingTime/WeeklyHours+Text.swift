/// Why a text of working hours could not be read.
package struct WeeklyHoursError: Error, Equatable, Sendable {
    /// The piece that could not be read.
    package let piece: String
    /// What was expected there, in English.
    package let expected: String
}

extension WeeklyHours {
    private static let dayNames = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    private static let minute: Int64 = 60 * 1_000_000
    private static let day: Int64 = 1_440 * minute

    /// Hours written as `Mon-Fri 08:00-12:00,13:00-18:00`; several such pieces are parted by `;`.
    ///
    /// A shift that ends before it begins ends on the next day: `22:00-06:00`. The days may run over the week's end: `Sat-Mon`.
    ///
    /// - Throws: ``WeeklyHoursError`` with the piece that could not be read.
    package init(text: String) throws(WeeklyHoursError) {
        var shifts: [Shift] = []
        for piece in text.split(separator: ";") {
            let words = piece.split(separator: " ", omittingEmptySubsequences: true)
            guard words.count >= 2 else {
                throw WeeklyHoursError(piece: String(piece), expected: "days and hours, such as “Mon-Fri 08:00-17:00”")
            }
            let days = try Self.days(String(words[0]))
            for span in words.dropFirst().joined().split(separator: ",") {
                let (start, end) = try Self.span(String(span))
                for day in days { shifts += Self.placed(day: Int64(day), start: start, end: end) }
            }
        }
        self.init(shifts)
    }

    /// The shifts of one day's span, cut at the week's end.
    private static func placed(day: Int64, start: Int64, end: Int64) -> [Shift] {
        let from = day * Self.day + start
        let to = day * Self.day + (end <= start ? end + Self.day : end)
        if to <= week { return [Shift(start: from, end: to)] }
        return [Shift(start: from, end: week), Shift(start: 0, end: to - week)]
    }

    private static func days(_ text: String) throws(WeeklyHoursError) -> [Int] {
        var days: [Int] = []
        for part in text.split(separator: ",") {
            let bounds = part.split(separator: "-").map { name in
                dayNames.firstIndex { $0.lowercased() == name.lowercased() }
            }
            guard let first = bounds.first ?? nil, let last = bounds.last ?? nil, bounds.count <= 2 else {
                throw WeeklyHoursError(piece: String(part), expected: "days Mon Tue Wed Thu Fri Sat Sun, such as “Mon-Fri”")
            }
            var day = first
            days.append(day)
            while day != last {
                day = (day + 1) % 7
                days.append(day)
            }
        }
        return days
    }

    private static func span(_ text: String) throws(WeeklyHoursError) -> (start: Int64, end: Int64) {
        let bounds = text.split(separator: "-").map { clock(String($0)) }
        guard bounds.count == 2, let start = bounds[0], let end = bounds[1], start < day, start != end else {
            throw WeeklyHoursError(piece: text, expected: "hours from 00:00 to 24:00, such as “08:00-12:00”")
        }
        return (start, end)
    }

    private static func clock(_ text: String) -> Int64? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let hour = Int64(parts[0]), let minute = Int64(parts[1]), parts[1].count == 2 else { return nil }
        guard (0...24).contains(hour), (0..<60).contains(minute), hour < 24 || minute == 0 else { return nil }
        return (hour * 60 + minute) * Self.minute
    }

    /// The hours as text that ``init(text:)`` reads back, days with the same shifts put together; seconds are left out.
    package var text: String {
        var byDay = [[String]](repeating: [], count: 7)
        for shift in shifts {
            var start = shift.start
            while start < shift.end {
                let dayIndex = start / Self.day
                let end = Swift.min(shift.end, (dayIndex + 1) * Self.day)
                byDay[Int(dayIndex)].append(Self.clockText(start - dayIndex * Self.day) + "-" + Self.clockText(end - dayIndex * Self.day))
                start = end
            }
        }
        var pieces: [String] = []
        var day = 0
        while day < 7 {
            var last = day
            while last < 6 && byDay[last + 1] == byDay[day] { last += 1 }
            if !byDay[day].isEmpty {
                let names = last > day ? Self.dayNames[day] + "-" + Self.dayNames[last] : Self.dayNames[day]
                pieces.append(names + " " + byDay[day].joined(separator: ","))
            }
            day = last + 1
        }
        return pieces.joined(separator: "; ")
    }

    private static func clockText(_ time: Int64) -> String {
        let minutes = time / minute
        let padded: (Int64) -> String = { $0 < 10 ? "0\($0)" : "\($0)" }
        return padded(minutes / 60) + ":" + padded(minutes % 60)
    }
}
