/// The chi-square distribution.
package struct ChiSquare: Sendable {
    /// Positive, not necessarily whole.
    package let degreesOfFreedom: Double

    /// The distribution with these degrees of freedom.
    package init(degreesOfFreedom: Double) {
        precondition(degreesOfFreedom > 0, "degrees of freedom are positive")
        self.degreesOfFreedom = degreesOfFreedom
    }

    /// The density at `x` > 0.
    package func density(_ x: Double) -> Double {
        x > 0 ? SpecialFunctions.poisson(degreesOfFreedom / 2, mean: x / 2) * degreesOfFreedom / (2 * x) : 0
    }

    /// The probability of a value up to `x`.
    package func cumulative(_ x: Double) -> Double {
        x > 0 ? SpecialFunctions.regularizedGamma(degreesOfFreedom / 2, x / 2).lower : 0
    }

    /// The probability of a value above `x`, to full relative precision where it is small.
    package func upperTail(_ x: Double) -> Double {
        x > 0 ? SpecialFunctions.regularizedGamma(degreesOfFreedom / 2, x / 2).upper : 1
    }

    /// The value below which a draw falls with the given probability; 0 at 0, infinite at 1.
    package func quantile(_ probability: Double) -> Double {
        precondition(probability >= 0 && probability <= 1, "a probability lies between 0 and 1")
        guard probability > 0 else { return 0 }
        guard probability < 1 else { return .infinity }
        // The cube root is nearly normal (Wilson, Hilferty 1931).
        let spread = 2 / (9 * degreesOfFreedom)
        let root = max(0.01, 1 - spread + StandardNormal.quantile(probability) * spread.squareRoot())
        let start = degreesOfFreedom * root * root * root
        if probability <= 0.5 {
            return MonotoneRoot.solve(probability, start: start, increasing: true) { (cumulative($0), density($0)) }
        }
        return MonotoneRoot.solve(1 - probability, start: start, increasing: false) { (upperTail($0), -density($0)) }
    }
}
