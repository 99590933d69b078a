/// What a kind of database file holds: the mark by which it is known, and the steps that lead to its newest layout.
package struct DatabaseLayout: Sendable {
    /// The number in the file's header that tells whose file it is (`PRAGMA application_id`).
    package let applicationID: Int32
    /// SQL of each step; a file whose `user_version` is `n` has taken the first `n`.
    package let steps: [String]

    /// A layout with these parts.
    package init(applicationID: Int32, steps: [String]) {
        self.applicationID = applicationID
        self.steps = steps
    }

    /// The version of the newest layout.
    package var version: Int { steps.count }
}
