/// The ten cases that take longest, the longest first, ties by the UTF-8 bytes of their names.
struct SlowestCases {
    private var top: [(time: Int128, name: String)] = []

    /// Their names.
    var names: [String] { top.map(\.name) }

    /// Takes a case into account.
    mutating func add(_ time: Int128, _ name: @autoclosure () -> String) {
        if top.count == 10 && time < top[9].time { return }
        let name = name()
        var place = top.count
        while place > 0 && precedes(time, name, top[place - 1]) { place -= 1 }
        if place == 10 { return }
        top.insert((time, name), at: place)
        if top.count > 10 { top.removeLast() }
    }

    /// Takes the cases of another part into account.
    mutating func add(_ other: SlowestCases) {
        for item in other.top { add(item.time, item.name) }
    }

    private func precedes(_ time: Int128, _ name: String, _ other: (time: Int128, name: String)) -> Bool {
        time != other.time ? time > other.time : name.utf8.lexicographicallyPrecedes(other.name.utf8)
    }
}
