import Statistics
import Testing

@Suite struct ChangePointsTests {
    /// An autoregression of the given memory around levels that change at `places`.
    static func series(_ count: Int, memory: Double, places: [Int] = [], step: Double = 0, seed: UInt64) -> [Double] {
        var stream = RandomStream(seed: seed)
        var state = stream.normal() / (1 - memory * memory).squareRoot()
        return (0..<count).map { i in
            state = memory * state + stream.normal()
            return state + step * Double(places.count { $0 <= i })
        }
    }

    @Test func findsLevels() {
        let found = ChangePoints(Self.series(1000, memory: 0, places: [400, 700], step: 2, seed: 1), leastLength: 50)
        #expect(found.points.count == 2)
        for (point, place) in zip(found.points, [400, 700]) {
            #expect(abs(point.index - place) <= 5 && point.earliest <= place && place <= point.latest && point.pValue < 1e-6)
        }
    }

    /// Chance and memory alone are seldom cut.
    @Test(arguments: [(0.0, 0.02), (0.5, 0.02), (0.8, 0.03)])
    func chanceIsNoChange(memory: Double, most: Double) {
        let rounds = 400
        let found = (0..<rounds).count {
            !ChangePoints(Self.series(400, memory: memory, seed: UInt64(1000 + $0)), leastLength: 40).points.isEmpty
        }
        #expect(Double(found) / Double(rounds) <= most, "\(found) of \(rounds)")
    }

    /// A wave that lasts for many values and hides in the scatter of each, as a queue's in cycle times, is seldom cut: autocorrelations of
    /// 0.03, 0.1 and 0.5 that fall to a third within 25 values.
    @Test(arguments: [0.03, 0.1, 0.5])
    func wavesAreNoChange(share: Double) {
        let rounds = 400
        let found = (0..<rounds).count { round in
            let wave = Self.series(600, memory: 0.96, seed: UInt64(9000 + round))
            var stream = RandomStream(seed: UInt64(9000 + round), path: 1)
            // The wave's variance is 1 ÷ (1 − 0.96²).
            let values = wave.map { $0 * (share * (1 - 0.96 * 0.96)).squareRoot() + stream.normal() * (1 - share).squareRoot() }
            return !ChangePoints(values, leastLength: 30).points.isEmpty
        }
        #expect(found <= rounds / 25, "\(found) of \(rounds)")
    }

    /// P-values of independent values are no smaller than they say, and not much larger: they pay for two looks at the same sums.
    @Test(arguments: [(64, 8), (300, 30)])
    func chanceIsEven(count: Int, leastLength: Int) throws {
        let rounds = 2000
        let values = try (0..<rounds).map {
            try #require(ChangePoints(Self.series(count, memory: 0, seed: UInt64(20_000 + $0)), leastLength: leastLength).pValue)
        }
        for level in [0.5, 0.2, 0.05, 0.01] {
            let share = Double(values.count { $0 <= level }) / Double(rounds)
            let spread = 3 * (level * (1 - level) / Double(rounds)).squareRoot()
            #expect(share < level + spread && share > 0.5 * level - spread, "\(share) at \(level)")
        }
    }

    /// Where a change is found, the interval holds its place at least about as often as it says.
    @Test(arguments: [0.0, 0.5])
    func intervalsHoldThePlace(memory: Double) {
        var (found, held) = (0, 0)
        for round in 0..<2000 {
            let values = Self.series(200, memory: memory, places: [90], step: memory == 0 ? 1.2 : 2.5, seed: UInt64(5000 + round))
            guard let point = ChangePoints(values, leastLength: 20, most: 1).points.first else { continue }
            found += 1
            if point.earliest <= 90, 90 <= point.latest { held += 1 }
        }
        let share = Double(held) / Double(found)
        #expect(found > 1800 && (0.93...0.99).contains(share), "\(share) of \(found)")
    }

    @Test func edges() {
        // Up and down again: after one cut what remains is still mostly levels.
        let bump = ChangePoints(
            zip(Self.series(1000, memory: 0, seed: 8), 0..<1000).map { $0 + (400..<700 ~= $1 ? 1.5 : 0) }, leastLength: 50)
        #expect(bump.points.count == 2 && abs(bump.points[0].index - 400) < 10 && abs(bump.points[1].index - 700) < 10)
        #expect(ChangePoints([], leastLength: 5).points.isEmpty)
        #expect(ChangePoints([Double](repeating: 3, count: 100), leastLength: 5).points.isEmpty)
        let exact = ChangePoints((0..<100).map { $0 < 60 ? 1 : 2 }, leastLength: 5)
        #expect(exact.points.map(\.index) == [60])
        // Orders, not sizes, decide: the same after any increasing change of scale.
        let values = Self.series(300, memory: 0.3, places: [150], step: 1.5, seed: 3)
        #expect(ChangePoints(values, leastLength: 20) == ChangePoints(values.map { $0 * $0 * $0 }, leastLength: 20))
    }
}
