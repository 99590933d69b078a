/// The version of this tool, as results and pages name it.
package enum ToolVersion {
    /// Semantic version (semver.org).
    package static let current = "0.1.0"
}

/// What a result rests on that comes from no input.
package struct ToolProvenance: Codable, Sendable, Equatable {
    /// The tool's name.
    package var tool = "weir"
    /// The tool's version.
    package var version = ToolVersion.current
    /// No inputs.
    package var inputs: [String] = []
    /// The seed of all random numbers.
    package var seed: Int

    /// The provenance of a result with that seed.
    package init(seed: Int) {
        self.seed = seed
    }
}
