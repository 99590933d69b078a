import ByteParsing

/// Which column holds what, by their places in a row; -1 where there is none.
struct CSVColumns: Sendable {
    var width: Int
    var caseID: Int
    var activity: Int
    var timestamp: Int
    var start: Int
    var cost: Int
    var texts: [(column: Int, target: RawColumns.Text)]
    /// The other columns.
    var attributes: [CSVPlan.Attribute]
    /// Columns of which no value was seen so far.
    var unseen: Set<Int>
    /// Columns that likely repeat the value of the row before, whether they are read or not.
    var steady: Set<Int>
}
