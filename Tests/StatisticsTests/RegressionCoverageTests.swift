import Foundation
import LinearAlgebra
import Statistics
import Testing

/// How often the 95 % intervals of regressions and of survival hold the truth, in seeded simulations of 200 and more observations.
@Suite struct RegressionCoverageTests {
    static let rounds = 2000

    /// Errors whose spread depends on the column, skewed.
    @Test(arguments: [LinearRegression.Errors.hc1, .hc3])
    func linear(errors: LinearRegression.Errors) throws {
        var held = [0, 0, 0]
        for round in 0..<Self.rounds {
            var stream = RandomStream(seed: 301, path: UInt64(round))
            let rows = (0..<200).map { _ in [stream.normal(), stream.unit() < 0.3 ? 1.0 : 0] }
            let y = rows.map { 2 + 1.5 * $0[0] - 3 * $0[1] + (stream.exponential(mean: 1) - 1) * (1 + abs($0[0]) + $0[1]) }
            let fit = try LinearRegression(DesignMatrix(Matrix(rows)), y, errors: errors)
            for (place, pair) in [(fit.intercept, 2.0), (fit.coefficients[0]!, 1.5), (fit.coefficients[1]!, -3)].enumerated()
            where pair.0.ci95!.contains(pair.1) { held[place] += 1 }
        }
        for count in held { #expect(CoverageTests.accepted.contains(Double(count) / Double(Self.rounds)), "\(held)") }
    }

    /// Errors shared by neighbours, and a column that neighbours share too: only clusters hold.
    @Test func clustered() throws {
        var held = (clustered: 0, plain: 0)
        for round in 0..<Self.rounds {
            var stream = RandomStream(seed: 302, path: UInt64(round))
            var (rows, y): ([[Double]], [Double]) = ([], [])
            for _ in 0..<50 {
                let (x, shared) = (stream.normal(), stream.normal())
                for _ in 0..<6 {
                    rows.append([x])
                    y.append(1 + x + shared + stream.normal())
                }
            }
            let design = DesignMatrix(Matrix(rows))
            if try LinearRegression(design, y, clusters: (0..<300).map { Int32($0 / 6) }).coefficients[0]!.ci95!.contains(1) {
                held.clustered += 1
            }
            if try LinearRegression(design, y).coefficients[0]!.ci95!.contains(1) { held.plain += 1 }
        }
        #expect(CoverageTests.accepted.contains(Double(held.clustered) / Double(Self.rounds)), "\(held)")
        #expect(held.plain < Self.rounds * 8 / 10)
    }

    @Test func logistic() throws {
        var held = (coefficient: 0, mark: 0, effect: 0)
        // The mean over the population of p(1 − p), by the midpoint rule.
        var density = 0.0
        for step in 0..<4000 {
            let z = -8 + (Double(step) + 0.5) * 16 / 4000
            for (mark, weight) in [(0.0, 0.6), (1, 0.4)] {
                let p = 1 / (1 + exp(0.5 - 0.8 * z - 0.7 * mark))
                density += weight * StandardNormal.density(z) * p * (1 - p) * 16 / 4000
            }
        }
        for round in 0..<Self.rounds {
            var stream = RandomStream(seed: 303, path: UInt64(round))
            let rows = (0..<300).map { _ in [stream.normal(), stream.unit() < 0.4 ? 1.0 : 0] }
            let y = rows.map { stream.unit() < 1 / (1 + exp(0.5 - 0.8 * $0[0] - 0.7 * $0[1])) }
            let fit = try LogisticRegression(DesignMatrix(Matrix(rows)), y)
            if fit.coefficients[0]!.ci95!.contains(0.8) { held.coefficient += 1 }
            if fit.coefficients[1]!.ci95!.contains(0.7) { held.mark += 1 }
            if fit.averageEffects[0]!.ci95!.contains(0.8 * density) { held.effect += 1 }
        }
        for count in [held.coefficient, held.mark, held.effect] {
            #expect(CoverageTests.accepted.contains(Double(count) / Double(Self.rounds)), "\(held)")
        }
    }

    @Test func cox() throws {
        var held = [0, 0]
        for round in 0..<Self.rounds {
            var stream = RandomStream(seed: 304, path: UInt64(round))
            let rows = (0..<200).map { _ in [stream.normal(), stream.unit() < 0.3 ? 1.0 : 0] }
            let lasting = rows.map { stream.exponential(mean: 10 * exp(-0.5 * $0[0] + 0.6 * $0[1])) }
            let open = rows.map { _ in stream.exponential(mean: 25) }
            let fit = try CoxRegression(
                DesignMatrix(Matrix(rows)), durations: zip(lasting, open).map { min($0, $1) }, ended: zip(lasting, open).map { $0 <= $1 })
            if fit.coefficients[0]!.ci95!.contains(0.5) { held[0] += 1 }
            if fit.coefficients[1]!.ci95!.contains(-0.6) { held[1] += 1 }
        }
        for count in held { #expect(CoverageTests.accepted.contains(Double(count) / Double(Self.rounds)), "\(held)") }
    }

    @Test func survival() {
        var (median, restricted, point) = (0, 0, 0)
        for round in 0..<Self.rounds {
            var stream = RandomStream(seed: 305, path: UInt64(round))
            let lasting = (0..<250).map { _ in stream.exponential(mean: 10) }
            let open = lasting.map { _ in stream.exponential(mean: 25) }
            let survival = KaplanMeier(durations: zip(lasting, open).map { min($0, $1) }, ended: zip(lasting, open).map { $0 <= $1 })
            if let quantile = survival.median, quantile.low! <= 10 * log(2), 10 * log(2) <= quantile.high! { median += 1 }
            if survival.restrictedMean(until: 15)!.ci95!.contains(10 * (1 - exp(-1.5))) { restricted += 1 }
            if survival.steps.last(where: { $0.time <= 8 })!.ci95!.contains(exp(-0.8)) { point += 1 }
        }
        for count in [median, restricted, point] {
            #expect(CoverageTests.accepted.contains(Double(count) / Double(Self.rounds)), "\(median) \(restricted) \(point)")
        }
    }
}
