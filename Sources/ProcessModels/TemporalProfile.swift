/// How long it takes from each activity to each that comes after it: mean and standard deviation (Stertz, Mangler, Rinderle-Ma: "Temporal conformance
/// checking at runtime based on time-infused process models", arXiv:2008.07262, 2020).
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
    }

    /// The pairs, by the UTF-8 bytes of source and target.
    package var pairs: [Pair]

    /// A profile of these pairs.
    package init(pairs: [Pair]) {
        self.pairs = pairs
    }
}
