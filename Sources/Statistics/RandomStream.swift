/// A counter-based stream of pseudo-random numbers: the n-th draw is a pure function of the key and n.
///
/// Streams with different keys are independent for all practical purposes, so a draw can be tied to what it is for
/// (replication, case, node, visit) and stays the same whatever else is drawn before it, and on whatever thread.
/// The n-th value is the SplitMix64 finalizer (Steele, Lea, Flood: "Fast splittable pseudorandom number generators",
/// OOPSLA 2014, doi:10.1145/2660193.2660195) of `key + n · γ` with the golden-ratio increment γ.
package struct RandomStream: RandomNumberGenerator, Sendable {
    private let key: UInt64
    private var counter: UInt64 = 0

    /// A stream for `seed`, told apart from all others of the same seed by `path`.
    ///
    /// - Parameters:
    ///   - seed: what the user gave as `--seed`.
    ///   - path: what the stream is for, coarse to fine, such as `[replication, case, node]`; the order matters.
    package init(seed: UInt64, path: UInt64...) {
        self.init(seed: seed, path: path)
    }

    /// A stream for `seed` and a path that is already an array.
    package init(seed: UInt64, path: [UInt64]) {
        var key = Self.mix(seed &+ Self.increment)
        for element in path {
            key = Self.mix(key ^ Self.mix(element &+ Self.increment))
        }
        self.key = key
    }

    private static let increment: UInt64 = 0x9E37_79B9_7F4A_7C15

    private static func mix(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// The next 64 bits.
    package mutating func next() -> UInt64 {
        counter &+= 1
        return Self.mix(key &+ counter &* Self.increment)
    }

    /// The next number in [0, 1), a multiple of 2⁻⁵³.
    package mutating func unit() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// The next number in (0, 1): for logarithms.
    package mutating func openUnit() -> Double {
        (Double(next() >> 12) + 0.5) * 0x1p-52
    }

    /// The next integer in 0 ..< `count` by Lemire's multiply-shift without rejection: the bias is below count · 2⁻⁶⁴.
    package mutating func index(below count: Int) -> Int {
        precondition(count > 0, "an empty range has no index")
        return Int(next().multipliedFullWidth(by: UInt64(count)).high)
    }

    /// A draw from the exponential distribution with the given mean.
    package mutating func exponential(mean: Double) -> Double {
        -mean * Double.log(openUnit())
    }

    /// A draw from the standard normal distribution (Box–Muller, one of the pair; stateless on purpose).
    package mutating func normal() -> Double {
        let radius = (-2 * Double.log(openUnit())).squareRoot()
        return radius * Double.cos(2 * Double.pi * unit())
    }
}
