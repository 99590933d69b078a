import ByteParsing
import EventLogs

/// What rows of a table show of its columns.
struct CSVSurvey {
    /// The columns of times: completion, then start.
    var timeColumns: [Int]
    /// How each of them is written.
    var detectors: [TimeFormatDetector]
    /// The columns without a role that has a type of its own.
    var profiled: [Int]
    /// What each column holds; of meaning for those.
    var profiles: [ColumnProfile]
    /// Which columns have one value per case.
    var constancy: CaseConstancy

    /// How the columns without a role are read.
    var attributes: [CSVPlan.Attribute] {
        profiled.map { column in
            CSVPlan.Attribute(
                column: column, name: constancy.attributeName(column), finding: profiles[column].finding,
                level: constancy.isConstant(column) ? .case : .event)
        }
    }
}
