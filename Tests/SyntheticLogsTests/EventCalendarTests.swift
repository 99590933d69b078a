import Statistics
import Testing

@testable import SyntheticLogs

@Test func calendarGivesEntriesByTimeThenByOrderOfScheduling() {
    var random = RandomStream(seed: 1)
    var calendar = EventCalendar()
    var expected: [(time: Int64, payload: UInt64)] = []
    var taken: [UInt64] = []
    for payload in 0..<2_000 {
        let time = Int64(random.index(below: 40))
        calendar.schedule(at: time, kind: 0, payload: UInt64(payload))
        expected.append((time, UInt64(payload)))
    }
    while let entry = calendar.next() { taken.append(entry.payload) }
    expected.sort { ($0.time, $0.payload) < ($1.time, $1.payload) }
    #expect(taken == expected.map(\.payload))
}

@Test func calendarStaysOrderedWhileItIsUsed() {
    var random = RandomStream(seed: 2)
    var calendar = EventCalendar()
    var pending: [(time: Int64, payload: UInt64)] = []
    for payload in 0..<3_000 {
        if random.unit() < 0.6 || pending.isEmpty {
            let time = Int64(random.index(below: 500))
            calendar.schedule(at: time, kind: 0, payload: UInt64(payload))
            pending.append((time, UInt64(payload)))
        } else {
            let soonest = pending.indices.min { (pending[$0].time, pending[$0].payload) < (pending[$1].time, pending[$1].payload) }!
            #expect(calendar.next()?.payload == pending.remove(at: soonest).payload)
        }
    }
}
