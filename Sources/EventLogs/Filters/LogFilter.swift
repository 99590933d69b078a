package import Instants

/// A condition on cases or events, as users write it after `--filter` and `--filter-events`.
///
/// ```
/// duration > 5d and any(activity == 'Post Invoice' and resource == 'x')
/// ```
///
/// Grammar, loosest first: `or`, `and`, `not`, then a comparison `fact == != < <= > >= value`, `fact in (value, …)`,
/// `fact matches 'regex'` (found anywhere in the text), `fact is missing`, a function `has('A')`, `starts('A')`, `ends('A')`,
/// `directly('A','B')`, `follows('A','B')`, `any(…)`, `all(…)`, or parentheses. A fact is a name or `case.` or `event.` and a name;
/// names that are not letters, digits and `_` stand in backquotes. Quotes and backquotes inside are doubled.
///
/// Facts of a case: `case` (its name), `duration`, `instances`, `start`, `end`, `variant` (its rank) and the case attributes. Facts
/// of an event: `activity`, `resource`, `role`, `department`, `lifecycle`, `timestamp` and the event attributes. The names that these had
/// in the source serve too. A bare name is looked up in that order: case facts, case attributes, event facts, event
/// attributes; after `case.` and `event.` attributes come before facts. `event.start` is the start of an event's work.
/// The functions `has`, `starts`, `ends`, `directly` and `follows` look at the case's activity instances in order of completion.
///
/// Where cases are filtered, a comparison of an event's fact holds if some event satisfies it. Where events are filtered, a
/// case's fact holds for all its events. A comparison with a missing value is false, also with `!=`.
///
/// Equal filters have equal ``text``, from which the filter can be parsed again.
package struct LogFilter: Sendable, Equatable, CustomStringConvertible {
    /// How many parentheses and `not` may stand inside one another.
    package static let deepestNesting = 100

    let condition: FilterCondition

    init(_ condition: FilterCondition) {
        self.condition = condition
    }

    /// Parses a filter's text; names are only looked up when a log is filtered.
    ///
    /// - Parameters:
    ///   - text: the filter; it may have several lines.
    ///   - zone: the clock on which dates and times without offset are read. A date stands for its midnight.
    package init(parsing text: String, zone: ZoneClock = .utc) throws(FilterError) {
        var parser = try FilterParser(text, zone: zone)
        condition = try parser.parse()
    }

    /// The filter in its canonical spelling: instants with their offset, `'` and backquote only where needed.
    package var text: String { condition.text(within: .or) }

    package var description: String { text }

    /// Cases with an instance of the activity.
    package static func has(_ activity: String) -> LogFilter {
        LogFilter(.has(activity))
    }

    /// Cases with an instance of `first` whose next instance is of `second`.
    package static func directly(_ first: String, _ second: String) -> LogFilter {
        LogFilter(.directly(first, second))
    }

    /// Cases with an instance of `first` that one of `second` follows, at once or later.
    package static func follows(_ first: String, _ second: String) -> LogFilter {
        LogFilter(.follows(first, second))
    }

    /// Cases whose first instance is of the activity.
    package static func starts(_ activity: String) -> LogFilter {
        LogFilter(.starts(activity))
    }

    /// Cases whose last instance is of the activity.
    package static func ends(_ activity: String) -> LogFilter {
        LogFilter(.ends(activity))
    }

    /// A text fact or attribute that equals a text: `resource == 'x'`.
    package static func equals(_ name: String, _ text: String) -> LogFilter {
        LogFilter(.compare(FilterFact(name: name), .equal, .text(text)))
    }

    /// A text fact or attribute that is one of some texts: `case in ('1', '2')`; of one text: `case == '1'`.
    ///
    /// - Precondition: there is at least one text.
    package static func isOne(_ name: String, of texts: [String]) -> LogFilter {
        precondition(!texts.isEmpty, "a list of values is not empty")
        if texts.count == 1 { return equals(name, texts[0]) }
        return LogFilter(.isOne(FilterFact(name: name), texts.map { .text($0) }))
    }

    /// Cases that last longer than a duration in microseconds, which is not negative.
    package static func lastsLonger(than microseconds: Int64) -> LogFilter {
        LogFilter(.compare(FilterFact(name: "duration"), .greater, .duration(microseconds)))
    }

    /// Both filters.
    package func and(_ other: LogFilter) -> LogFilter {
        LogFilter(.and(condition.conjuncts + other.condition.conjuncts))
    }

    /// A text in the quotes of the filter language.
    package static func quoted(_ text: String) -> String { fenced(text, "'") }

    /// A name as the filter language needs it: bare where it can be, else in backquotes.
    package static func name(_ name: String) -> String {
        let isPlain =
            name.unicodeScalars.first.map(FilterToken.beginsName) == true && name.unicodeScalars.allSatisfy(FilterToken.continuesName)
        return isPlain && FilterToken.Keyword(rawValue: name.lowercased()) == nil ? name : fenced(name, "`")
    }

    private static func fenced(_ text: String, _ fence: Unicode.Scalar) -> String {
        var result = String.UnicodeScalarView()
        result.append(fence)
        for scalar in text.unicodeScalars {
            result.append(scalar)
            if scalar == fence { result.append(fence) }
        }
        result.append(fence)
        return String(result)
    }
}
