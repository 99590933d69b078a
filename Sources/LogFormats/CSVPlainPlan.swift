import ByteParsing

/// What the columns of a plain table are taken to hold: what a sample says, corrected by every value that contradicts it.
struct CSVPlainPlan {
    /// Where the header ends and how many lines it has.
    let header: (end: Int, lines: Int)
    /// How the user said that times are written.
    let given: TimeFormat?
    private var columns: CSVColumns
    private var survey: CSVSurvey
    private var attempts = 0

    init(header: (end: Int, lines: Int), given: TimeFormat?, columns: CSVColumns, survey: CSVSurvey) {
        self.header = header
        self.given = given
        self.columns = columns
        self.survey = survey
    }

    /// The columns as they are known by now, to read all rows by; `nil` where rows that agree with them could still say otherwise, or after
    /// more attempts than there can be corrections.
    mutating func next() -> CSVColumns? {
        columns.attributes = survey.attributes
        columns.unseen = Set(survey.profiled.filter { survey.profiles[$0].count == 0 })
        attempts += 1
        let isSettled = columns.attributes.allSatisfy { isCertain($0, survey.profiles[$0.column]) }
        return isSettled && attempts <= 2 * columns.width + 2 ? columns : nil
    }

    /// Notes that an attribute, by its place, has several values in a case.
    mutating func noteVarying(_ place: Int) {
        survey.constancy.noteVarying(columns.attributes[place].column)
    }

    /// Takes in what contradicts the plan; whether the rows may still be plain.
    mutating func correct(_ contradiction: CSVContradiction) -> Bool {
        switch contradiction.what {
        case .layout: return false
        case .constancy(let place): noteVarying(place)
        case .type(let place, let value):
            let column = columns.attributes[place].column
            let isFirst = survey.profiles[column].count == 0
            // Whether a column of times may begin with a decimal depends on which value comes first.
            if isFirst && value.withUnsafeBytes({ ColumnProfile.numberKind($0) }) == .decimal { return false }
            value.withUnsafeBytes { survey.profiles[column].observe($0) }
            if survey.profiles[column].finding == columns.attributes[place].finding && !isFirst { return false }
        }
        return true
    }

    /// Whether rows that agree with a finding cannot give another one.
    private func isCertain(_ attribute: CSVPlan.Attribute, _ profile: ColumnProfile) -> Bool {
        switch attribute.finding {
        case .text: profile.count == 0 || profile.isSurelyText || survey.keptAsText.contains(attribute.name)
        case .time(let format): format == .iso8601
        case .separated: false
        case .integer, .decimal, .boolean: true
        }
    }
}
