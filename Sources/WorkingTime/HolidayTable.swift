import Instants

/// The public holidays of a country, year by year, and weekend days that are worked to make up for them.
///
/// The tables are data files of this target, each with its source and the years that it covers; a day outside these years is no holiday, and
/// who uses the table is told by ``covers(year:)``.
package struct HolidayTable: Sendable {
    /// A day that is not what its weekday says.
    package struct Day: Sendable, Equatable {
        /// Days since 1970-01-01.
        package let day: Int
        /// Whether it is worked: a make-up day; otherwise a holiday.
        package let isWorked: Bool
        /// What it is called.
        package let name: String
    }

    /// The country, by its two letters of ISO 3166-1 in lower case.
    package let country: String
    /// What is counted, in English.
    package let title: String
    /// Where the days come from.
    package let source: String
    /// The years that it covers.
    package let years: ClosedRange<Int>
    /// The days in order.
    package let days: [Day]

    /// Whether it knows a year.
    package func covers(year: Int) -> Bool { years.contains(year) }

    /// The countries that have a table.
    package static let countries = ["cn", "de", "nl", "us"]

    /// The table of a country, or `nil` where there is none.
    package static func table(of country: String) -> HolidayTable? {
        let bytes: [UInt8]
        switch country.lowercased() {
        case "cn": bytes = PackageResources.cn_txt
        case "de": bytes = PackageResources.de_txt
        case "nl": bytes = PackageResources.nl_txt
        case "us": bytes = PackageResources.us_txt
        default: return nil
        }
        return HolidayTable(country: country.lowercased(), text: String(decoding: bytes, as: UTF8.self))
    }

    /// The table in the text of a data file: comments that say title, source and years, then a line a day.
    init?(country: String, text: String) {
        var comments: [String] = []
        var days: [Day] = []
        for line in text.split(separator: "\n") {
            if line.hasPrefix("# ") {
                comments.append(String(line.dropFirst(2)))
                continue
            }
            let words = line.split(separator: " ", maxSplits: 2)
            guard words.count == 3, let date = Self.date(words[0]), words[1] == "open" || words[1] == "closed" else { return nil }
            let day = date.daysSinceEpoch
            if let last = days.last, last.day >= day { return nil }
            days.append(Day(day: day, isWorked: words[1] == "open", name: String(words[2])))
        }
        guard comments.count == 3, comments[1].hasPrefix("source: "), comments[2].hasPrefix("covers: ") else { return nil }
        let years = comments[2].dropFirst(8).split(separator: ".").compactMap { Int($0) }
        guard years.count == 2, years[0] <= years[1] else { return nil }
        self.country = country
        title = comments[0]
        source = String(comments[1].dropFirst(8))
        self.years = years[0]...years[1]
        self.days = days
    }

    private static func date(_ text: Substring) -> CivilDate? {
        let parts = text.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3 else { return nil }
        let date = CivilDate(year: parts[0], month: parts[1], day: parts[2])
        return date.isValid ? date : nil
    }
}
