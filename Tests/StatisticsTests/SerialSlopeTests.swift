import Foundation
import Statistics
import Testing

@Suite struct SerialSlopeTests {
    @Test func theSlopeIsThatOfLeastSquares() throws {
        var stream = RandomStream(seed: 2, path: 1)
        let x = (0..<500).map { _ in stream.unit() * 10 }
        let y = x.map { 3 + 2 * $0 + stream.unit() - 0.5 }
        let line = try #require(SerialSlope(x, y))
        let n = 500.0
        let sumX = x.reduce(0, +)
        let sumY = y.reduce(0, +)
        let product = zip(x, y).reduce(0) { $0 + $1.0 * $1.1 }
        let square = x.reduce(0) { $0 + $1 * $1 }
        let expected = (n * product - sumX * sumY) / (n * square - sumX * sumX)
        #expect(abs(line.slope - expected) < 1e-9 && line.ci95.contains(2) && line.n == 500)
        #expect(SerialSlope([Double](repeating: 1, count: 100), y.prefix(100).map { $0 }) == nil)
        #expect(SerialSlope([1, 2, 3], [1, 2, 3]) == nil)
    }

    /// 95 % intervals cover the true slope in 93 to 98 % of 2,000 seeded samples, with independent neighbours and with like ones: x and
    /// errors are first-order autoregressions.
    @Test(arguments: [0.0, 0.5, 0.8])
    func intervalsCover(likeness: Double) {
        var stream = RandomStream(seed: 77, path: 5)
        func normal() -> Double { stream.normal() }
        var covered = 0
        for _ in 0..<2_000 {
            var (x, error) = (normal(), normal())
            var xs: [Double] = []
            var ys: [Double] = []
            for _ in 0..<600 {
                let fresh = (1 - likeness * likeness).squareRoot()
                x = likeness * x + fresh * normal()
                error = likeness * error + fresh * normal()
                xs.append(x)
                ys.append(1 + 0.5 * x + error)
            }
            if let line = SerialSlope(xs, ys), line.ci95.contains(0.5) { covered += 1 }
        }
        let share = Double(covered) / 2_000
        #expect(share >= 0.93 && share <= 0.98, "\(share)")
    }

    /// Whoever stays long is met by those who come after, so that least squares find fewer met by those who stay long, though nobody waits
    /// for anybody: by the variance of the stays ÷ (their mean × their number). What is known of it is taken away.
    @Test func whoStaysLongIsMetByOthers() throws {
        let rounds = 200
        var (naive, corrected) = (0.0, 0.0)
        for round in 0..<rounds {
            var stream = RandomStream(seed: 78, path: UInt64(round))
            var (clock, comes, stays) = (0.0, [Double](), [Double]())
            for _ in 0..<500 {
                clock += stream.exponential(mean: 1)
                comes.append(clock)
                stays.append(40 * exp(0.8 * stream.normal()))
            }
            // The first two hundred fill the place.
            var (met, metBy) = ([Double](repeating: 0, count: 500), [Double](repeating: 0, count: 500))
            for own in 200..<500 {
                for other in 0..<own where comes[other] + stays[other] > comes[own] {
                    met[own] += 1
                    metBy[other] += 1
                }
            }
            let (x, y, raised) = (Array(met[200...]), Array(stays[200...]), Array(metBy[200...]))
            naive += try #require(SerialSlope(x, y)).slope / Double(rounds)
            corrected += try #require(SerialSlope(x, y, raised: raised)).slope / Double(rounds)
        }
        let expected = -40 * exp(0.32) * (exp(0.64) - 1) / 300
        #expect(abs(naive - expected) < 0.08 && abs(corrected) < 0.08, "\(naive) \(corrected) \(expected)")
    }
}
