#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension Double {
    /// Natural logarithm.
    @inline(__always)
    static func log(_ x: Double) -> Double {
        #if canImport(Glibc)
            Glibc.log(x)
        #else
            Darwin.log(x)
        #endif
    }

    /// Natural logarithm of 1 + x, exact for small x.
    @inline(__always)
    static func log1p(_ x: Double) -> Double {
        #if canImport(Glibc)
            Glibc.log1p(x)
        #else
            Darwin.log1p(x)
        #endif
    }

    /// The exponential.
    @inline(__always)
    static func exp(_ x: Double) -> Double {
        #if canImport(Glibc)
            Glibc.exp(x)
        #else
            Darwin.exp(x)
        #endif
    }

    /// The complementary error function, exact in the upper tail.
    @inline(__always)
    static func erfc(_ x: Double) -> Double {
        #if canImport(Glibc)
            Glibc.erfc(x)
        #else
            Darwin.erfc(x)
        #endif
    }

    /// Cosine of an angle in radians.
    @inline(__always)
    static func cos(_ x: Double) -> Double {
        #if canImport(Glibc)
            Glibc.cos(x)
        #else
            Darwin.cos(x)
        #endif
    }
}
