import Foundation
import Statistics
import Testing

@testable import Indicators

@Suite struct ClusteredMeanTests {
    @Test func caseOfOneInstanceEachIsTheOrdinaryMean() throws {
        let values = [3.0, 1, 4, 1, 5, 9, 2, 6]
        let mean = try #require(ClusteredMean(sums: values, counts: values.map { _ in 1 }))
        let average = values.reduce(0, +) / 8
        let variance = values.reduce(0) { $0 + ($1 - average) * ($1 - average) } / 7
        #expect(mean.mean == average)
        #expect(abs(try #require(mean.variance) - variance / 8) < 1e-12)
        let frequency = try #require(ClusteredMean(occurrences: [1, 2, 1], cases: 5))
        let counts = [1.0, 2, 1, 0, 0]
        #expect(frequency.mean == 0.8)
        #expect(abs(try #require(frequency.variance) - counts.reduce(0) { $0 + ($1 - 0.8) * ($1 - 0.8) } / 4 / 5) < 1e-12)
    }

    /// Welch's example of textbooks, by hand: means 20 and 22, variances 7.9 and 3.8 of 10 and 12 values.
    @Test func pValuesAreWelchs() {
        let before = ClusteredMean(mean: 20, variance: 7.9 / 10, n: 40, clusters: 10)
        let after = ClusteredMean(mean: 22, variance: 3.8 / 12, n: 50, clusters: 12)
        let kpi = ClusteredMean.comparison(id: "x", unit: "s", before, after)
        let total = 7.9 / 10 + 3.8 / 12
        let degrees = total * total / (0.79 * 0.79 / 9 + (3.8 / 12) * (3.8 / 12) / 11)
        let student = StudentT(degreesOfFreedom: degrees)
        #expect(abs(kpi.pValue! - 2 * (1 - student.cumulative(2 / total.squareRoot()))) < 1e-12)
        #expect(abs(kpi.changeAbsoluteCi95!.halfWidth - student.quantile(0.975) * total.squareRoot()) < 1e-12)
        #expect(kpi.changeRelative == 0.1)
    }

    @Test(arguments: 1...5 as ClosedRange<UInt64>) func bothIntervalsAgreeWithThePValue(seed: UInt64) {
        var stream = RandomStream(seed: seed, path: 1)
        for _ in 0..<200 {
            let before = ClusteredMean(mean: 5, variance: 0.1 + stream.unit(), n: 40, clusters: 3 + stream.index(below: 50))
            let after = ClusteredMean(mean: 5 + 3 * stream.normal(), variance: stream.unit(), n: 40, clusters: 3 + stream.index(below: 50))
            let kpi = ClusteredMean.comparison(id: "x", unit: "s", before, after)
            let interval = kpi.changeAbsoluteCi95!
            #expect(interval.contains(0) == (kpi.pValue! > 0.05))
            if let relative = kpi.changeRelativeCi95 {
                #expect(relative.contains(0) == interval.contains(0))
                #expect(relative.contains(kpi.changeRelative!))
            }
        }
    }

    /// The variance must be that of resampling whole cases, though instances of a case are alike.
    @Test func varianceIsThatOfResampledCases() throws {
        var stream = RandomStream(seed: 5, path: 2)
        var sums: [Double] = []
        var counts: [Int] = []
        for _ in 0..<150 {
            let count = 1 + stream.index(below: 6)
            let level = 10 * exp(0.5 * stream.normal())
            counts.append(count)
            sums.append((0..<count).reduce(0) { sum, _ in sum + level + stream.normal() })
        }
        let mean = try #require(ClusteredMean(sums: sums, counts: counts))
        var means: [Double] = []
        for _ in 0..<4_000 {
            var (sum, count) = (0.0, 0)
            for _ in 0..<150 {
                let pick = stream.index(below: 150)
                sum += sums[pick]
                count += counts[pick]
            }
            means.append(sum / Double(count))
        }
        let average = means.reduce(0, +) / 4_000
        let variance = means.reduce(0) { $0 + ($1 - average) * ($1 - average) } / 3_999
        #expect(abs(try #require(mean.variance) / variance - 1) < 0.1)
    }

    /// The 95 % intervals of a change hold it in 93 to 97 % of 2,000 seeded pairs of 200 and 250 cases, whose instances are alike, with cases that
    /// are independent and, where that is known to be so, with neighbours that are alike.
    @Test(arguments: [false, true])
    func intervalsOfChangesHold(isSerial: Bool) {
        func sample(_ cases: Int, level: Double, _ stream: inout RandomStream) -> ClusteredMean? {
            var state = stream.normal()
            var sums: [Double] = []
            var counts: [Int] = []
            for _ in 0..<cases {
                let memory = isSerial ? 0.3 : 0
                state = memory * state + (1 - memory * memory).squareRoot() * stream.normal()
                let count = 1 + stream.index(below: 4)
                counts.append(count)
                sums.append((0..<count).reduce(0) { sum, _ in sum + level * exp(0.5 * state - 0.125) + stream.normal() })
            }
            return ClusteredMean(sums: sums, counts: counts, isSerial: isSerial)
        }
        let rounds = 2000
        var held = (absolute: 0, relative: 0)
        for round in 0..<rounds {
            var stream = RandomStream(seed: 411, path: UInt64(round))
            let kpi = ClusteredMean.comparison(
                id: "x", unit: "s", sample(isSerial ? 400 : 200, level: 10, &stream), sample(isSerial ? 500 : 250, level: 8, &stream))
            if kpi.changeAbsoluteCi95!.contains(-2) { held.absolute += 1 }
            if kpi.changeRelativeCi95!.contains(-0.2) { held.relative += 1 }
        }
        for count in [held.absolute, held.relative] { #expect((0.93...0.97).contains(Double(count) / Double(rounds)), "\(held)") }
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>) func correctionIsTheSmallestOfWhatFollows(seed: UInt64) {
        var stream = RandomStream(seed: seed, path: 3)
        let values = (0..<(1 + stream.index(below: 30))).map { _ in
            stream.index(below: 5) == 0 ? nil : Double(stream.index(below: 40)) / 200
        }
        let adjusted = FalseDiscovery.adjusted(values)
        let known = values.compactMap { $0 }
        for (value, corrected) in zip(values, adjusted) {
            guard let value else {
                #expect(corrected == nil)
                continue
            }
            // Over every threshold not below the value: tests · threshold ÷ tests passing it.
            let expected = known.filter { $0 >= value }.map { threshold in
                Double(known.count) * threshold / Double(known.count { $0 <= threshold })
            }.min()!
            #expect(abs(corrected! - min(1, expected)) < 1e-12)
        }
    }
}
