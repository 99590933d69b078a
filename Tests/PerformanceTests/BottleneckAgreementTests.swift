import EventLogs
import Performance
import Statistics
import TestSupport
import Testing

@Suite struct BottleneckAgreementTests {
    @Test(arguments: [1, 2, 3] as [UInt64])
    func scoresAreThoseOfTheBottlenecks(seed: UInt64) {
        let log = EventLog.random(seed: seed, cases: 200)
        let performance = PerformanceResult(of: log)
        let agreement = BottleneckAgreement(performance, congestion: Congestion.of(log))
        #expect(agreement.asked == [.contribution, .routing, .congestion])
        #expect(agreement.places.count + agreement.omitted == performance.bottlenecks.count)
        for place in agreement.places {
            #expect(!place.views.isEmpty && place.cost == nil)
            guard let activity = place.activity else {
                #expect(place.waitingScoreS == nil)
                continue
            }
            // A tenth of the waiting on the edges into it, per case.
            let waits = performance.bottlenecks.filter { $0.target == activity }
            let expected = waits.reduce(0) { $0 + 0.1 * $1.totalS / Double(performance.cases) }
            #expect(abs((place.waitingScoreS ?? 0) - expected) <= 1e-9 * max(1, expected))
            let largest = waits.compactMap(\.routingS).max { abs($0) < abs($1) }
            #expect(abs(place.routingS ?? 0) == abs(largest ?? 0))
        }
        // The fewest that hold half of all time.
        let named = agreement.places.filter { $0.views.contains(.contribution) }
        let sum = performance.bottlenecks.reduce(0) { $0 + $1.totalS }
        #expect(named.map(\.rank).sorted() == Array(1...named.count))
        #expect(named.reduce(0) { $0 + $1.totalS } >= sum / 2)
        let without = named.sorted { $0.rank < $1.rank }.dropLast().reduce(0) { $0 + $1.totalS }
        #expect(without < sum / 2)
    }

    /// One desk is overrun (its queue makes it slow), another step merely takes long, and a third is dear.
    @Test func theWaysNameWhatIsPlanted() throws {
        var stream = RandomStream(seed: 12, path: 6)
        var list: [(name: String, events: [TinyEvent])] = []
        var (clock, free) = (0.0, 0.0)
        for number in 0..<3_000 {
            clock += stream.exponential(mean: 60)
            let start = max(clock, free)
            free = start + stream.exponential(mean: 42)
            let posted = free + 30_000 + 3_000 * stream.unit()
            list.append(
                (
                    String(number),
                    [
                        TinyEvent("Arrive", start: clock, end: clock), TinyEvent("Desk", start: start, end: free),
                        TinyEvent("Post", start: posted, end: posted + 1),
                    ]
                ))
        }
        let agreement = BottleneckAgreement(of: EventLog.tiny(list), costs: ["Desk": 10, "Post": 500])
        #expect(agreement.asked == BottleneckAgreement.View.allCases)
        let desk = try #require(agreement.places.first { $0.activity == "Desk" })
        #expect(desk.views.contains(.congestion) && !desk.views.contains(.contribution) && !desk.views.contains(.cost))
        let post = try #require(agreement.places.first { $0.target == "Post" })
        #expect(post.views.contains(.contribution) && !post.views.contains(.congestion))
        #expect(agreement.places.first { $0.activity == "Post" }?.views == [.cost])
        let counts = agreement.places.map(\.views.count)
        #expect(counts == counts.sorted(by: >))
    }
}
