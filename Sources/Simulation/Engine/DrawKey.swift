/// Where the random numbers of a simulation come from: each is a pure function of (seed, replication, case, node, visit, what for).
///
/// So the n-th time a case meets an activity it draws the same numbers in every scenario that shares the seed, whatever else
/// changed, in whatever order things happen, and on whatever thread. The mixer is SplitMix64's finalizer (Steele, Lea, Flood: "Fast
/// splittable pseudorandom number generators", OOPSLA 2014).
struct DrawKey {
    /// What a number is drawn for.
    enum Purpose: UInt64 {
        case arrivalGap = 1
        case bundle, script, attributes, duration, delay, performer, automation, branch, timer
    }

    private var bits: UInt64

    private static let increment: UInt64 = 0x9E37_79B9_7F4A_7C15

    @inline(__always)
    static func mix(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// The key of one replication.
    init(seed: UInt64, replication: Int) {
        bits = Self.mix(Self.mix(seed &+ Self.increment) ^ Self.mix(UInt64(replication) &* Self.increment &+ 0x5851_F42D_4C95_7F2D))
    }

    @inline(__always)
    private init(bits: UInt64) { self.bits = bits }

    /// The key of a case of this replication.
    @inline(__always)
    func forCase(_ number: UInt64) -> DrawKey {
        DrawKey(bits: Self.mix(bits ^ Self.mix(number &* Self.increment &+ 0xDA94_2042_E4DD_58B5)))
    }

    /// A number in (0, 1) for the `visit`-th time that this case meets `node`.
    @inline(__always)
    func unit(_ node: UInt64, _ visit: UInt32, _ purpose: Purpose) -> Double {
        let base = Self.mix(bits ^ node)
        let word = Self.mix(base &+ (UInt64(visit) << 8 | purpose.rawValue) &* Self.increment)
        return (Double(word >> 12) + 0.5) * 0x1p-52
    }

    /// What stands for a name in the keys: it does not depend on the places of other names.
    static func node(_ name: String) -> UInt64 {
        var state: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in name.utf8 { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return mix(state &+ increment)
    }
}
