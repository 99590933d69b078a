/// Sums of whole numbers and of their squared deviations without overflow and without rounding, whatever the order.
struct ExactSums {
    /// The mean of the values, rounded to a double once or twice; nil where there are none.
    let mean: Double?
    /// Σ(x − mean)², from exact integers; 0 where there are none.
    let squaredDeviations: Double
    /// The sum as high · 2³² + low with 0 ≤ low < 2³².
    private let high: Int64
    private let low: Int64

    /// The sum rounded to a double.
    var sum: Double {
        if let total = Self.total(high, low) { return Double(total) }
        return Double(high) * 0x1p32 + Double(low)
    }

    init(_ values: UnsafeBufferPointer<Int64>) {
        var high: Int64 = 0
        var low: Int64 = 0
        // Fewer than 2³¹ values keep both halves inside 64 bits.
        precondition(values.count < 1 << 31, "a sample holds fewer than 2³¹ values")
        for value in values {
            high &+= value >> 32
            low &+= value & 0xFFFF_FFFF
        }
        high &+= low >> 32
        low &= 0xFFFF_FFFF
        self.high = high
        self.low = low
        guard !values.isEmpty else {
            mean = nil
            squaredDeviations = 0
            return
        }
        let count = Double(values.count)
        let sum = Self.total(high, low).map(Double.init) ?? Double(high) * 0x1p32 + Double(low)
        mean = sum / count

        // Deviations from the mean rounded to a whole number stay integers; what the rounding shifts is taken off at the end.
        let rounded = (sum / count).rounded()
        let center = rounded >= 0x1p63 ? Int64.max : Int64(max(rounded, -0x1p63))
        var deviationHigh: Int64 = 0
        var deviationLow: Int64 = 0
        var words: (low: UInt64, middle: UInt64, high: UInt64) = (0, 0, 0)
        for value in values {
            let magnitude = UInt64(bitPattern: value < center ? center &- value : value &- center)
            let product = magnitude.multipliedFullWidth(by: magnitude)
            let first = words.low.addingReportingOverflow(product.low)
            let second = words.middle.addingReportingOverflow(product.high)
            let third = second.partialValue.addingReportingOverflow(first.overflow ? 1 : 0)
            words.low = first.partialValue
            words.middle = third.partialValue
            words.high &+= (second.overflow ? 1 : 0) &+ (third.overflow ? 1 : 0)
            // Signed deviation in 32-bit halves: the magnitude may need all 64 bits.
            let upper = Int64(magnitude >> 32)
            let lower = Int64(magnitude & 0xFFFF_FFFF)
            deviationHigh &+= value < center ? 0 &- upper : upper
            deviationLow &+= value < center ? 0 &- lower : lower
        }
        let squares = Double(words.high) * 0x1p128 + Double(words.middle) * 0x1p64 + Double(words.low)
        let shift = Double(deviationHigh) * 0x1p32 + Double(deviationLow)
        squaredDeviations = max(0, squares - shift * shift / count)
    }

    private static func total(_ high: Int64, _ low: Int64) -> Int64? {
        guard high >= -(1 << 31) && high < 1 << 31 else { return nil }
        return high << 32 | low
    }
}
