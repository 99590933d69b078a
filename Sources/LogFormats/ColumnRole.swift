/// What a column can be for the process.
package enum ColumnRole: String, Sendable, CaseIterable, Codable {
    /// Which case the event belongs to.
    case caseID = "case"
    /// What was done.
    case activity
    /// When it was completed.
    case timestamp
    /// When it was started.
    case start
    /// Who did it.
    case resource
    /// The role of who did it.
    case role
    /// The department of who did it.
    case department
    /// The lifecycle transition.
    case lifecycle
    /// What it cost.
    case cost

    /// The role in English.
    var words: String {
        switch self {
        case .caseID: "case"
        case .start: "start time"
        case .lifecycle: "lifecycle transition"
        default: rawValue
        }
    }
}
