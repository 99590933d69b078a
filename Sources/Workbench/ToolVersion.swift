/// The version of this tool, as results and pages name it.
package enum ToolVersion {
    /// Semantic version (semver.org).
    package static let current = "0.1.0"
}
