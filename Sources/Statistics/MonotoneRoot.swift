/// Finds where a monotone positive function of a positive number takes a value.
enum MonotoneRoot {
    /// The x > 0 with f(x) = `target`, to the last digits that f allows.
    ///
    /// Newton's method on ln f over ln x, where tails are almost straight, kept inside a shrinking bracket.
    ///
    /// - Parameters:
    ///   - start: any positive guess.
    ///   - increasing: whether f grows.
    ///   - f: the value and the derivative at a point.
    static func solve(
        _ target: Double, start: Double, increasing: Bool, _ f: (Double) -> (value: Double, derivative: Double)
    ) -> Double {
        var low = 0.0
        var high = Double.infinity
        var x = start
        for _ in 0..<400 {
            let (value, derivative) = f(x)
            if value == target { return x }
            if (value < target) == increasing { low = x } else { high = x }
            var next = x * Double.exp(-(Double.log(value) - Double.log(target)) * value / (x * derivative))
            if !(next > low && next < high) {
                if high == .infinity {
                    next = 4 * x
                } else {
                    next = low == 0 ? high / 1024 : (low / high < 0.25 ? (low * high).squareRoot() : (low + high) / 2)
                }
            }
            if (next - x).magnitude <= 0x1p-52 * x { return next }
            x = next
        }
        return x
    }
}
