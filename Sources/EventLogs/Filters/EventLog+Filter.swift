extension EventLog {
    /// The view of the cases for which the filter holds.
    ///
    /// - Throws: ``FilterError`` where the filter names what the log does not have, or compares it with the wrong kind of value.
    package func filtered(cases filter: LogFilter) throws(FilterError) -> EventLog {
        let test = try FilterProgram(self).caseTest(filter.condition)
        return selecting(cases: (0..<caseCount).filter(test))
    }

    /// The view of the events for which the filter holds; instances are derived anew from what is left, and a case without
    /// events is gone.
    ///
    /// - Throws: ``FilterError`` as ``filtered(cases:)`` does.
    ///
    /// - Parameter extent: how much of the log the view is, where that is another than of this one.
    package func filtered(events filter: LogFilter, extent: LogExtent? = nil) throws(FilterError) -> EventLog {
        let test = try FilterProgram(self).eventTest(filter.condition)
        return selecting(extent: extent, eventsOfCases: test)
    }

    /// The activities that a filter names and the log does not know: see ``LogFilter/unknownActivities(among:)``.
    package func unknownActivities(in filter: LogFilter) -> [(name: String, nearest: String?)] {
        filter.unknownActivities(among: activities)
    }
}

extension LogFilter {
    /// The activities that the filter names in `has`, `starts`, `ends`, `directly` and `follows` and that are none of these, each
    /// with the nearest one of them: such a condition holds nowhere, which is worth a warning and is no error.
    package func unknownActivities(among activities: Vocabulary) -> [(name: String, nearest: String?)] {
        var known: [String]?
        return condition.activityNames.filter { activities.find($0) == nil }.map { name in
            let names = known ?? activities.strings
            known = names
            return (name, NearestName.among(names, to: name))
        }
    }

    /// Whether the filter names the rank of a case's variant, which no part of a log tells.
    package var needsVariants: Bool { condition.needsVariants }
}

extension FilterCondition {
    fileprivate var needsVariants: Bool {
        switch self {
        case .and(let parts), .or(let parts): parts.contains(where: \.needsVariants)
        case .not(let part), .any(let part), .all(let part): part.needsVariants
        case .compare(let fact, _, _), .isOne(let fact, _), .matches(let fact, _), .isMissing(let fact):
            fact.name == "variant" && fact.scope != .ofEvent
        case .has, .starts, .ends, .directly, .follows: false
        }
    }

    /// The activities that functions name, in order of the text.
    var activityNames: [String] {
        switch self {
        case .and(let parts), .or(let parts): parts.flatMap(\.activityNames)
        case .not(let part), .any(let part), .all(let part): part.activityNames
        case .has(let name), .starts(let name), .ends(let name): [name]
        case .directly(let first, let second), .follows(let first, let second): [first, second]
        case .compare, .isOne, .matches, .isMissing: []
        }
    }
}
