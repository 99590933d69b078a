#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension Double {
    /// Natural logarithm.
    static func log(_ x: Double) -> Double {
        #if canImport(Glibc)
            Glibc.log(x)
        #else
            Darwin.log(x)
        #endif
    }

    /// Cosine of an angle in radians.
    static func cos(_ x: Double) -> Double {
        #if canImport(Glibc)
            Glibc.cos(x)
        #else
            Darwin.cos(x)
        #endif
    }
}
