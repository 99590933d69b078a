/// The binomial distribution: successes among independent trials.
package struct Binomial: Sendable {
    /// The number of trials, not negative.
    package let trials: Int
    /// The probability of success in each.
    package let probability: Double

    /// The distribution of the successes among `trials`.
    package init(trials: Int, probability: Double) {
        precondition(trials >= 0 && probability >= 0 && probability <= 1, "trials are counted, a probability lies between 0 and 1")
        self.trials = trials
        self.probability = probability
    }

    /// The probability of at most `count` successes, and that of more.
    package func cumulative(_ count: Int) -> (atMost: Double, more: Double) {
        guard count >= 0 else { return (0, 1) }
        guard count < trials else { return (1, 0) }
        let (more, atMost) = SpecialFunctions.regularizedBeta(
            probability, complement: 1 - probability, Double(count + 1), Double(trials - count))
        return (atMost, more)
    }

    /// The smallest count that is not exceeded with at least the given probability.
    package func quantile(_ level: Double) -> Int {
        precondition(level >= 0 && level <= 1, "a probability lies between 0 and 1")
        var low = 0
        var high = trials
        while low < high {
            let middle = (low + high) / 2
            if cumulative(middle).atMost >= level { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
