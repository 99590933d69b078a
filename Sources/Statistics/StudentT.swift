/// Student's t distribution.
package struct StudentT: Sendable {
    /// Positive, not necessarily whole.
    package let degreesOfFreedom: Double

    /// The distribution with these degrees of freedom.
    package init(degreesOfFreedom: Double) {
        precondition(degreesOfFreedom > 0, "degrees of freedom are positive")
        self.degreesOfFreedom = degreesOfFreedom
    }

    /// The density at `t`.
    package func density(_ t: Double) -> Double {
        let half = degreesOfFreedom / 2
        let scale = Double.exp(SpecialFunctions.logGamma(half + 0.5) - SpecialFunctions.logGamma(half))
        return scale * Double.exp(-(half + 0.5) * Double.log1p(t * t / degreesOfFreedom)) / (degreesOfFreedom * Double.pi).squareRoot()
    }

    /// The probability of a value up to `t`; in the lower tail to full relative precision.
    package func cumulative(_ t: Double) -> Double {
        let square = t * t
        let sum = degreesOfFreedom + square
        let tail = 0.5 * SpecialFunctions.regularizedBeta(degreesOfFreedom / sum, complement: square / sum, degreesOfFreedom / 2, 0.5).lower
        return t < 0 ? tail : 1 - tail
    }

    /// The value below which a draw falls with the given probability; infinite at 0 and 1.
    package func quantile(_ probability: Double) -> Double {
        precondition(probability >= 0 && probability <= 1, "a probability lies between 0 and 1")
        guard probability < 0.5 else { return probability == 0.5 ? 0 : -quantile(1 - probability) }
        guard probability > 0 else { return -.infinity }
        return -MonotoneRoot.solve(probability, start: -StandardNormal.quantile(probability), increasing: false) {
            (cumulative(-$0), -density($0))
        }
    }
}
