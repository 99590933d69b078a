/// How long it takes from each activity to each that comes after it: mean and standard deviation (Stertz, Mangler, Rinderle-Ma: "Temporal conformance
/// checking at runtime based on time-infused process models", arXiv:2008.07262, 2020).
///
/// As JSON it is an object with the list `pairs`, which `JSONDecoder` reads back, other keys beside it notwithstanding.
package struct TemporalProfile: Codable, Sendable, Equatable {
    /// Two activities, the second somewhere after the first.
    package struct Pair: Codable, Sendable, Equatable {
        /// The activity before.
        package var source: String
        /// The activity after.
        package var target: String
        /// How many pairs of instances were measured.
        package var count: Int
        /// The mean time in seconds, from the completion of the source to the start of the target (its completion where the start is unknown).
        package var meanS: Double
        /// The standard deviation of the sample (n − 1) in seconds; nil for a single pair.
        package var stdS: Double?

        /// A pair with what was measured.
        package init(source: String, target: String, count: Int, meanS: Double, stdS: Double?) {
            self.source = source
            self.target = target
            self.count = count
            self.meanS = meanS
            self.stdS = stdS
        }

        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            source = try container.decode(String.self, forKey: .source)
            target = try container.decode(String.self, forKey: .target)
            count = try container.decode(Int.self, forKey: .count)
            meanS = try container.decode(Double.self, forKey: .meanS)
            stdS = try container.decodeIfPresent(Double.self, forKey: .stdS)
            if let stdS, stdS < 0 {
                throw DecodingError.dataCorruptedError(
                    forKey: .stdS, in: container, debugDescription: "a standard deviation is not below 0")
            }
        }
    }

    /// The pairs, by the UTF-8 bytes of source and target.
    package var pairs: [Pair]

    /// A profile of these pairs.
    package init(pairs: [Pair]) {
        self.pairs = pairs
    }
}
