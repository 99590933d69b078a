package import Statistics

/// What drives a figure of the cases of a log: associations, ranked and corrected for how many were looked at, never causes.
package struct Explanation: Codable, Sendable, Equatable {
    /// When something about a case is known.
    package enum Known: String, Codable, Sendable {
        /// When the case starts: it can be acted on.
        case atStart = "at_start"
        /// Only as the case runs: it may be a consequence, or a part, of the figure.
        case afterwards
    }

    /// What an association amounts to.
    package enum Verdict: String, Codable, Sendable {
        /// It is there, after correction.
        case driver
        /// Its interval holds no difference, or the correction leaves it to chance.
        case noEvidence = "no_evidence"
        /// Too few cases to tell.
        case insufficient
    }

    /// The kind of thing that may drive the figure.
    package enum Kind: String, Codable, Sendable {
        /// A case attribute.
        case attribute
        /// How many cases were open when the case started.
        case load
        /// The day of the week on which the case started.
        case weekday
        /// The part of the day in which it started.
        case hour
        /// Who did its first activity, as a role.
        case firstRole = "first_role"
        /// Its first activity.
        case firstActivity = "first_activity"
        /// Whether an activity occurs.
        case activity
        /// Whether a role takes part.
        case role
    }

    /// One possible driver.
    package struct Driver: Codable, Sendable, Equatable {
        /// From 1: drivers first, then by how much of the figure's spread goes with it.
        package var rank: Int
        /// What kind of thing it is.
        package var kind: Kind
        /// The attribute, activity or role; for loads and times what is looked at.
        package var feature: String
        /// The level of a feature of several; nil for numbers and for what occurs or not.
        package var level: String?
        /// Whether these are the rare levels of the feature and the cases without a value, together.
        package var isRest: Bool
        /// For numbers the step to which the effect belongs, one standard deviation; nil for levels.
        package var step: Double?
        /// When it is known.
        package var known: Known
        /// How many cases have it; for numbers how many have a value.
        package var cases: Int
        /// The difference of the mean that goes with it, all else alike, in the unit of the figure: for levels from the mean of all cases, for
        /// numbers per ``step``, for what occurs or not from the cases without it.
        package var effect: Double?
        /// Its 95 % interval.
        package var effectCi95: Interval?
        /// The effect where the figure is a time: seconds.
        package var effectS: Double?
        /// The effect on the cost of the case, in money; nil without rates or costs.
        package var effectMoney: Double?
        /// Its 95 % interval.
        package var effectMoneyCi95: Interval?
        /// The relative difference of a typical case: of the geometric mean, from a regression of the logarithm; nil where the figure is not skewed.
        package var effectRelative: Double?
        /// Its 95 % interval.
        package var effectRelativeCi95: Interval?
        /// By how much the rate at which cases end is multiplied, with open cases as censored (Cox); nil without open cases.
        package var hazardRatio: Double?
        /// Its 95 % interval.
        package var hazardRatioCi95: Interval?
        /// |effect| times the standard deviation of the column, in the unit of the figure: what ``rank`` goes by.
        package var contribution: Double?
        /// The two-sided p-value of no difference; where the figure is skewed, twice the smaller one of the figure and of its logarithm.
        package var pValue: Double?
        /// The same after Benjamini and Hochberg's correction over all of the list that are known at the start, or afterwards.
        package var pAdjusted: Double?
        /// Levels of other features that pick out nearly the same cases (four fifths of those of either in common): which of them it
        /// is, the log cannot tell. For drivers only.
        package var alike: [Named]
        /// What it amounts to.
        package var verdict: Verdict
    }

    /// A level of a feature.
    package struct Named: Codable, Sendable, Equatable {
        /// The feature.
        package var feature: String
        /// Its level.
        package var level: String
    }

    /// Something about cases that goes with how long one step takes.
    package struct StepDriver: Codable, Sendable, Equatable {
        /// From 1: by how much of the time of cases goes with it.
        package var rank: Int
        /// The activity from which the step is taken.
        package var source: String
        /// The activity to which it is taken.
        package var target: String
        /// What kind of thing it is.
        package var kind: Kind
        /// The attribute; for what comes first what is looked at.
        package var feature: String
        /// The level of a feature of several; nil for numbers.
        package var level: String?
        /// Whether these are the rare levels of the feature and the cases without a value, together.
        package var isRest: Bool
        /// For numbers the step to which the effect belongs, one standard deviation; nil for levels.
        package var step: Double?
        /// How many of the cases that take the step have it; for numbers how many have a value.
        package var cases: Int
        /// The difference of the step's mean time in seconds that goes with it, as for ``Driver/effect``.
        package var effectS: Double
        /// Its 95 % interval.
        package var effectCi95: Interval?
        /// The relative difference of a typical time, of the geometric mean; nil where times are not skewed.
        package var effectRelative: Double?
        /// Its 95 % interval.
        package var effectRelativeCi95: Interval?
        /// As for ``Driver/alike``.
        package var alike: [Named]
        /// The two-sided p-value of no difference.
        package var pValue: Double
        /// The same after Benjamini and Hochberg's correction over all columns of all steps that were looked at.
        package var pAdjusted: Double
    }

    /// A condition of a rule.
    package struct Condition: Codable, Sendable, Equatable {
        /// What is looked at.
        package var feature: String
        /// `==`, `>=` or `<`.
        package var comparison: String
        /// The level, or the number as text.
        package var value: String
    }

    /// Cases that several conditions pick out, and how they differ from all others.
    package struct Rule: Codable, Sendable, Equatable {
        /// From 1: by how much the figure of all cases goes with it.
        package var rank: Int
        /// One to three conditions, all of which hold.
        package var conditions: [Condition]
        /// The cases as a filter expression; nil where a condition has none.
        package var filter: String?
        /// How many cases of the held-out half it picks out.
        package var support: Int
        /// The mean of those.
        package var meanInside: Double
        /// The mean of the other cases of the held-out half.
        package var meanOutside: Double
        /// The difference in the held-out half.
        package var effect: Double
        /// Its 95 % interval.
        package var effectCi95: Interval?
        /// The effect where the figure is a time: seconds.
        package var effectS: Double?
        /// The p-value in the half that was searched, corrected over all rules tried there.
        package var pSearched: Double
        /// The p-value in the held-out half, corrected over the rules that reached it.
        package var pHeldOut: Double?
    }

    /// A lasting change of the figure.
    package struct Change: Codable, Sendable, Equatable {
        /// The activity from which a step is taken; nil where the figure of the cases itself changes.
        package var source: String?
        /// The activity to which it is taken.
        package var target: String?
        /// The start of the first case of the new level, for a step the completion of the activity before: ISO 8601.
        package var date: String
        /// The 95 % interval of the date.
        package var dateCi95: [String]
        /// How many cases, or steps, lie between the change before (or the first one) and this one.
        package var casesBefore: Int
        /// How many lie between this one and the next (or the last one).
        package var casesAfter: Int
        /// Their mean before.
        package var meanBefore: Double
        /// Their mean after.
        package var meanAfter: Double
        /// The difference.
        package var effect: Double
        /// Its 95 % interval, wider where neighbours are alike.
        package var effectCi95: Interval?
        /// The effect where the figure is a time: seconds.
        package var effectS: Double?
        /// The p-value of no change.
        package var pValue: Double
    }

    /// Something that was not looked at.
    package struct LeftOut: Codable, Sendable, Equatable {
        /// What.
        package enum Reason: String, Codable, Sendable {
            /// Nearly every case has a value of its own.
            case tooManyLevels = "too_many_levels"
            /// All cases with a value have the same one, or almost all.
            case constant
            /// Others tell it already.
            case aliased
            /// It tells outcomes without error, so that no finite effect exists.
            case separates
        }

        /// The feature, with its level where it has some.
        package var feature: String
        /// Why.
        package var reason: Reason
    }

    /// The figure, such as `cycle_time`.
    package var target: String
    /// Its unit: `s`, `share`, or money.
    package var unit: String
    /// The number of cases with a value.
    package var n: Int
    /// The number of cases of the log.
    package var cases: Int
    /// The mean over the cases with a value.
    package var mean: Double?
    /// `ols`, `ridge` or `logistic`; nil where there were too few cases for either.
    package var method: String?
    /// The share of the variance that goes with what is known at the start; nil for rates.
    package var rSquared: Double?
    /// How many cases were open, where the figure is the cycle time.
    package var censored: Int?
    /// The possible drivers, ranked.
    package var drivers: [Driver]
    /// What goes with how long single steps take: what is there after correction, ranked.
    package var stepDrivers: [StepDriver]
    /// How many columns of steps were looked at.
    package var stepsTried: Int
    /// Rules that hold in the half of the cases in which they were not searched.
    package var rules: [Rule]
    /// How many rules were tried.
    package var rulesTried: Int
    /// How many cases were searched for rules.
    package var casesSearched: Int
    /// Lasting changes, in order of time.
    package var drift: [Change]
    /// The p-value of no change at all in the whole log; nil where there are too few cases.
    package var driftPValue: Double?
    /// How many of the last cases were left out of the drift, as open cases make them look short.
    package var driftLeftOut: Int
    /// Groups of cases alike in how often activities occur; nil where there are no groups.
    package var profiles: TraceProfiles?
    /// What was not looked at, and why.
    package var leftOut: [LeftOut]
    /// How many more levels and features there were than are listed.
    package var pooled: Int
}
