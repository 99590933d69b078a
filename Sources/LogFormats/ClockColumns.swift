import Foundation

/// Finds columns that together say when something happened, one with the day and one with the time of day: they are named alike but for
/// the words that mean a day and a time, as `Posting Date` and `Posting Time`, `ERDAT` and `ERZET`, `日期` and `时间`.
enum ClockColumns {
    /// A column of days and the column of the times of day that belong to them.
    struct Pair: Equatable {
        let day: Int
        let clock: Int
    }

    private static let dayWords = ["date", "datum", "日期", "fecha", "dat", "dt"]
    private static let clockWords = ["time", "uhrzeit", "zeit", "时间", "时刻", "hora", "heure", "zet", "tm"]

    /// The pairs among columns of these names.
    static func pairs(_ names: [String]) -> [Pair] {
        let folded = names.map(HeaderDictionary.folded)
        let days = folded.map { stems($0, dayWords) }
        let clocks = folded.map { stems($0, clockWords) }
        var pairs: [Pair] = []
        for day in names.indices where !days[day].isEmpty {
            let found = names.indices.filter { $0 != day && !clocks[$0].isDisjoint(with: days[day]) }
            if found.count == 1 { pairs.append(Pair(day: day, clock: found[0])) }
        }
        // A time of day belongs to one day.
        return pairs.filter { pair in pairs.count { $0.clock == pair.clock } == 1 }
    }

    /// What is left of a name without one of the words.
    private static func stems(_ name: String, _ words: [String]) -> Set<String> {
        var stems: Set<String> = []
        for word in words {
            guard let place = name.range(of: word) else { continue }
            stems.insert(name.replacingCharacters(in: place, with: ""))
        }
        return stems
    }
}
