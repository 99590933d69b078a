/// The normal distribution of mean 0 and variance 1.
package enum StandardNormal {
    /// The density at `z`.
    package static func density(_ z: Double) -> Double {
        Double.exp(-z * z / 2) / (2 * Double.pi).squareRoot()
    }

    /// The probability of a value up to `z`; in the lower tail to full relative precision.
    package static func cumulative(_ z: Double) -> Double {
        0.5 * Double.erfc(-z / 2.0.squareRoot())
    }

    /// The value below which a draw falls with the given probability; infinite at 0 and 1.
    ///
    /// A rational start (Abramowitz, Stegun 26.2.23) is polished by Halley's method to the last digits.
    package static func quantile(_ probability: Double) -> Double {
        precondition(probability >= 0 && probability <= 1, "a probability lies between 0 and 1")
        guard probability < 0.5 else { return probability == 0.5 ? 0 : -quantile(1 - probability) }
        guard probability > 0 else { return -.infinity }
        let t = (-2 * Double.log(probability)).squareRoot()
        var z = (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t
        for _ in 0..<3 {
            let step = (cumulative(z) - probability) / density(z)
            z -= step / (1 + z * step / 2)
        }
        return z
    }

    /// The 0.975 quantile, half the width of a 95 % interval in standard errors.
    package static let z975 = quantile(0.975)
}
