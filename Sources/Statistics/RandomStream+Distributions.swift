extension RandomStream {
    /// A draw from the gamma distribution of the given shape and scale 1.
    ///
    /// By rejection from a cubed normal (Marsaglia, Tsang: "A simple method for generating gamma variables", ACM TOMS 26, 2000,
    /// doi:10.1145/358407.358414). The number of draws taken from the stream varies.
    package mutating func gamma(shape: Double) -> Double {
        precondition(shape > 0, "a shape is positive")
        if shape < 1 {
            let draw = gamma(shape: shape + 1)
            return draw * Double.exp(Double.log(openUnit()) / shape)
        }
        let d = shape - 1.0 / 3
        let c = 1 / (9 * d).squareRoot()
        while true {
            let x = normal()
            let root = 1 + c * x
            guard root > 0 else { continue }
            let v = root * root * root
            let u = openUnit()
            let square = x * x
            if u < 1 - 0.0331 * square * square || Double.log(u) < 0.5 * square + d * (1 - v + Double.log(v)) { return d * v }
        }
    }

    /// A draw from the beta distribution with parameters `a`, `b` > 0.
    package mutating func beta(_ a: Double, _ b: Double) -> Double {
        let first = gamma(shape: a)
        return first / (first + gamma(shape: b))
    }
}
