import ByteParsing
import EventLogs

/// What rows of a table show of its columns.
struct CSVSurvey {
    /// Attributes that stay text, as another file has texts under their names.
    let keptAsText: Set<String>
    /// Whether commas part the fields.
    let areFieldsPartedByCommas: Bool
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
                column: column, name: constancy.attributeName(column), finding: finding(of: column),
                level: constancy.isConstant(column) ? .case : .event)
        }
    }

    /// What a column holds; where commas part fields, numbers that hold one have their decimals behind a point or are none.
    private func finding(of column: Int) -> ColumnProfile.Finding {
        if keptAsText.contains(constancy.attributeName(column)) { return .text }
        let isDoubtful = areFieldsPartedByCommas && profiles[column].finding == .separated(.decimalComma)
        return isDoubtful ? .text : profiles[column].finding
    }
}
