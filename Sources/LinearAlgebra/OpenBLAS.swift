import COpenBLAS

/// What every call into OpenBLAS needs.
enum OpenBLAS {
    /// Set on first use: one thread per call, so that sums run in one order whatever the machine's load.
    private static let singleThreaded: Void = openblas_set_num_threads(1)

    /// Must come before any call.
    @inline(__always)
    static func prepare() {
        _ = singleThreaded
    }

    /// A dimension as the library takes it.
    @inline(__always)
    static func dimension(_ value: Int) -> Int32 {
        precondition(value <= Int(Int32.max), "a dimension fits 32 bits")
        return Int32(truncatingIfNeeded: value)
    }

    /// The stride between columns of `rows` rows; never 0.
    @inline(__always)
    static func stride(_ rows: Int) -> Int32 {
        dimension(max(1, rows))
    }
}
