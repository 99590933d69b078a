import Foundation
import LinearAlgebra
import Statistics
import Testing

@Suite struct SurvivalTests {
    static func sample(_ rows: Int, _ columns: Int) -> (rows: [[Double]], durations: [Double], ended: [Bool]) {
        var stream = RandomStream(seed: 8, path: UInt64(rows))
        let x = (0..<rows).map { _ in (0..<columns).map { _ in stream.normal() + 1 } }
        let lasting = x.map { (stream.exponential(mean: 10) * exp(-0.5 * $0[0])).rounded(.up) }
        let open = x.map { _ in stream.exponential(mean: 20).rounded(.up) }
        return (x, zip(lasting, open).map { min($0, $1) }, zip(lasting, open).map { $0 <= $1 })
    }

    @Test(arguments: [(60, 1, true), (60, 3, false), (200, 4, true)])
    func coxAgreesWithPlainLoops(rows: Int, columns: Int, efron: Bool) throws {
        let sample = Self.sample(rows, columns)
        let plain = PlainRegression.cox(sample.rows, sample.durations, sample.ended, efron: efron)
        let fit = try CoxRegression(
            DesignMatrix(Matrix(sample.rows)), durations: sample.durations, ended: sample.ended, ties: efron ? .efron : .breslow)
        #expect(PlainRegression.agree(fit.coefficients.compactMap { $0?.value }, plain.coefficients))
        #expect(
            PlainRegression.agree(
                fit.coefficients.compactMap { $0?.standardError }, plain.covariance.indices.map { plain.covariance[$0][$0].squareRoot() }))
    }

    /// Blocks do not matter: many rows give what the rows of one block give, each occurring as often.
    @Test func coxOverSeveralBlocks() throws {
        let sample = Self.sample(120, 2)
        let copies = 20
        let few = try CoxRegression(DesignMatrix(Matrix(sample.rows)), durations: sample.durations, ended: sample.ended, ties: .breslow)
        let many = try CoxRegression(
            DesignMatrix(Matrix((0..<copies).flatMap { _ in sample.rows })), durations: (0..<copies).flatMap { _ in sample.durations },
            ended: (0..<copies).flatMap { _ in sample.ended }, ties: .breslow)
        #expect(PlainRegression.agree(many.coefficients.compactMap { $0?.value }, few.coefficients.compactMap { $0?.value }))
        #expect(
            PlainRegression.agree(
                many.coefficients.compactMap { $0?.standardError.map { $0 * Double(copies).squareRoot() } },
                few.coefficients.compactMap { $0?.standardError }))
    }

    /// statsmodels 0.15.0: PHReg(t, x, status=d, ties=…).fit(tol=1e-14); lifelines 0.30.3 gives the same for Efron to 1e-10.
    @Test func coxAgreesWithStatsmodels() throws {
        let design = DesignMatrix(Matrix(FixedSample.rows))
        let efron = try CoxRegression(design, durations: FixedSample.durations, ended: FixedSample.ended, ties: .efron)
        #expect(
            PlainRegression.agree(
                efron.coefficients.compactMap { $0?.value }, [0.9738203997145913, -0.2012776871191475, -0.14037661596736875]))
        #expect(
            PlainRegression.agree(
                efron.coefficients.compactMap { $0?.standardError }, [0.18910471636556292, 0.3185237898320039, 0.5505317720360332]))
        #expect(abs(efron.logLikelihood + 127.25331387363781) < 1e-8)
        let breslow = try CoxRegression(design, durations: FixedSample.durations, ended: FixedSample.ended, ties: .breslow)
        #expect(
            PlainRegression.agree(
                breslow.coefficients.compactMap { $0?.value }, [0.8904652287986686, -0.18613042856661266, -0.09151419846958356]))
        #expect(abs(breslow.logLikelihood + 131.2985921028217) < 1e-8)
    }

    @Test func coxRefusals() throws {
        let rows = (0..<40).map { [Double($0 % 2), Double($0 % 7)] }
        // Those with the mark all end before any other.
        let times = rows.enumerated().map { $0.element[0] == 1 ? Double($0.offset) : 100 + Double($0.offset) }
        #expect(throws: RegressionError.separated(columns: [0])) {
            try CoxRegression(DesignMatrix(Matrix(rows)), durations: times, ended: times.map { _ in true })
        }
        #expect(throws: RegressionError.tooFew) {
            try CoxRegression(DesignMatrix(Matrix(rows)), durations: times, ended: times.map { $0 < 3 })
        }
    }

    /// lifelines 0.30.3: KaplanMeierFitter (log-log intervals), median_survival_times, restricted_mean_survival_time, multivariate_logrank_test.
    @Test func productLimitAgreesWithLifelines() throws {
        let survival = KaplanMeier(durations: FixedSample.durations, ended: FixedSample.ended)
        let expected = [
            (1.0, 0.8000000000000004, 0.6747705121035192, 0.8811066341565887),
            (2, 0.7466666666666673, 0.6151032455724741, 0.8389393245647309),
            (3, 0.6509401709401716, 0.511539282942579, 0.7595837602528098), (4, 0.593504273504274, 0.4527936325176419, 0.7092649388962178),
            (5, 0.5539373219373223, 0.4131797375323574, 0.673831553854038), (6, 0.5334211248285327, 0.3928189890404862, 0.6552973659589562),
            (7, 0.466743484224966, 0.32720560226853185, 0.5946908720289972),
        ]
        for (step, facts) in zip(survival.steps, expected) {
            #expect(step.time == facts.0)
            #expect(PlainRegression.agree([step.survival, step.ci95!.low, step.ci95!.high], [facts.1, facts.2, facts.3]))
        }
        #expect(survival.median?.value == 7 && survival.median?.low == 4 && survival.median?.high == 12)
        #expect(abs(survival.restrictedMean(until: 6)!.value - 4.345048433048436) < 1e-12)
        let three = LogRankTest(durations: FixedSample.durations, ended: FixedSample.ended, groups: (0..<60).map { $0 % 3 })
        #expect(abs(three!.statistic - 0.0337451907562946) < 1e-10 && abs(three!.pValue - 0.9832689496637798) < 1e-10)
        let two = LogRankTest(durations: FixedSample.durations, ended: FixedSample.ended, groups: FixedSample.x2.map { Int($0) })
        #expect(abs(two!.statistic - 0.03223152889128516) < 1e-10 && abs(two!.pValue - 0.8575204526054846) < 1e-10)
    }

    /// Without open cases the curve is the empirical one, the restricted mean the mean of min(x, horizon), its variance that of a
    /// sample with n in the denominators.
    @Test func withoutOpenCases() throws {
        var stream = RandomStream(seed: 9)
        let values = (0..<101).map { _ in (stream.exponential(mean: 10) * 4).rounded() / 4 }
        let survival = KaplanMeier(durations: values, ended: values.map { _ in true })
        for step in survival.steps { #expect(abs(step.survival - Double(values.count { $0 > step.time }) / 101) < 1e-12) }
        let capped = values.map { min($0, 12) }
        let mean = capped.reduce(0, +) / 101
        let error = (capped.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (101 * 101)).squareRoot()
        let restricted = survival.restrictedMean(until: 12)!
        #expect(abs(restricted.value - mean) < 1e-10)
        #expect(abs(restricted.ci95!.halfWidth - 1.959963984540054 * error) < 1e-9)
        #expect(survival.median?.value == Quantiles.median(of: values))
    }

    @Test func whatWasNotSeenIsNotSaid() {
        let open = KaplanMeier(durations: [1, 2, 3, 4], ended: [true, false, false, false])
        #expect(open.median == nil && open.restrictedMean(until: 5) == nil)
        #expect(open.restrictedMean(until: 4) != nil)
        #expect(KaplanMeier(durations: [], ended: []).median == nil)
        #expect(LogRankTest(durations: [1, 2], ended: [true, true], groups: [0, 0]) == nil)
    }
}
