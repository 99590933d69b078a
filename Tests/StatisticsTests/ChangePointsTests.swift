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
        #expect(ChangePoints([], leastLength: 5).points.isEmpty)
        #expect(ChangePoints([Double](repeating: 3, count: 100), leastLength: 5).points.isEmpty)
        let exact = ChangePoints((0..<100).map { $0 < 60 ? 1 : 2 }, leastLength: 5)
        #expect(exact.points.map(\.index) == [60])
        // Orders, not sizes, decide: the same after any increasing change of scale.
        let values = Self.series(300, memory: 0.3, places: [150], step: 1.5, seed: 3)
        #expect(ChangePoints(values, leastLength: 20) == ChangePoints(values.map { $0 * $0 * $0 }, leastLength: 20))
    }
}
