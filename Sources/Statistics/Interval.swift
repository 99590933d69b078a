/// A closed interval of numbers; written and read as the list `[low, high]`.
package struct Interval: Codable, Sendable, Hashable {
    /// The lower end.
    package let low: Double
    /// The upper end, not below the lower one.
    package let high: Double

    /// The interval from `low` to `high`.
    ///
    /// - Precondition: `low` ≤ `high`; neither is NaN.
    package init(low: Double, high: Double) {
        precondition(low <= high, "an interval runs upward")
        self.low = low
        self.high = high
    }

    /// Half of the distance between the ends.
    package var halfWidth: Double { (high - low) / 2 }

    /// Whether `value` lies inside or on an end.
    package func contains(_ value: Double) -> Bool {
        low <= value && value <= high
    }

    /// The interval with both ends multiplied by `factor`, of either sign.
    package func scaled(by factor: Double) -> Interval {
        factor < 0 ? Interval(low: high * factor, high: low * factor) : Interval(low: low * factor, high: high * factor)
    }

    /// Reads a list of exactly two ascending numbers.
    package init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        let low = try container.decode(Double.self)
        let high = try container.decode(Double.self)
        guard low <= high, container.isAtEnd else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "an interval is a list of two ascending numbers")
        }
        self.init(low: low, high: high)
    }

    /// Writes `[low, high]`.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        try container.encode(low)
        try container.encode(high)
    }
}
