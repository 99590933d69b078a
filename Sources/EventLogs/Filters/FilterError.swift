/// Why a filter's text cannot be used, and where: line and column count from 1, columns in Unicode scalars.
///
/// ``id`` and ``parameters`` say it for programs and other languages, ``problem`` and ``advice`` in English.
package struct FilterError: Error, Equatable, Sendable {
    /// What is wrong.
    package enum Reason: Equatable, Sendable {
        /// A character that begins nothing; with what to write instead, where that is known.
        case unexpectedCharacter(String, instead: String?)
        /// A string without its closing quote.
        case unterminatedString
        /// A name without its closing backquote.
        case unterminatedName
        /// Something else where a condition should stand.
        case expectedCondition(found: String)
        /// Something else where `==`, `in`, `matches` or `is missing` should stand.
        case expectedOperator(found: String)
        /// Something else where a value should stand.
        case expectedValue(found: String)
        /// A bare word where a value should stand.
        case unquotedText(String)
        /// Something else where a particular sign or word should stand.
        case expected(String, found: String)
        /// Something after the end of the condition.
        case trailing(String)
        /// More than ``LogFilter/deepestNesting`` parentheses and `not` inside one another.
        case tooDeep
        /// No fact or attribute has that name.
        case unknownName(String, nearest: String?)
        /// No function has that name.
        case unknownFunction(String, nearest: String?)
        /// A value of another kind than the fact or attribute holds.
        case mismatch(name: String, holds: String, given: String)
        /// Truth values have no order, and only texts match expressions.
        case unsuitableOperator(String, name: String, holds: String)
        /// Values of different kinds in one list.
        case mixedList
        /// Not a number.
        case badNumber(String)
        /// Not a duration.
        case badDuration(String)
        /// Not an instant.
        case badInstant(String)
        /// Not a regular expression.
        case badExpression(String)
        /// Working days and hours need a calendar, which there is none of.
        case workingTime(String)
        /// Scaling is no value to compare with.
        case scale(String)
    }

    /// What is wrong.
    package let reason: Reason
    /// The line, from 1.
    package let line: Int
    /// The column, from 1.
    package let column: Int

    init(_ reason: Reason, _ place: FilterPlace) {
        self.reason = reason
        line = place.line
        column = place.column
    }

    /// A stable name of the reason.
    package var id: String {
        switch reason {
        case .unexpectedCharacter: "unexpected-character"
        case .unterminatedString: "unterminated-string"
        case .unterminatedName: "unterminated-name"
        case .expectedCondition: "expected-condition"
        case .expectedOperator: "expected-operator"
        case .expectedValue: "expected-value"
        case .unquotedText: "unquoted-text"
        case .expected: "expected"
        case .trailing: "trailing"
        case .tooDeep: "too-deep"
        case .unknownName: "unknown-name"
        case .unknownFunction: "unknown-function"
        case .mismatch: "mismatch"
        case .unsuitableOperator: "unsuitable-operator"
        case .mixedList: "mixed-list"
        case .badNumber: "bad-number"
        case .badDuration: "bad-duration"
        case .badInstant: "bad-instant"
        case .badExpression: "bad-expression"
        case .workingTime: "working-time"
        case .scale: "scale"
        }
    }

    /// What the reason is about, in the order of its parts; `nil` where a part is not known.
    package var parameters: [String?] {
        switch reason {
        case .unexpectedCharacter(let text, let instead): [text, instead]
        case .unterminatedString, .unterminatedName, .tooDeep, .mixedList: []
        case .expectedCondition(let found), .expectedOperator(let found), .expectedValue(let found): [found]
        case .unquotedText(let text), .trailing(let text), .badNumber(let text), .badDuration(let text), .badInstant(let text),
            .badExpression(let text), .workingTime(let text), .scale(let text):
            [text]
        case .expected(let wanted, let found): [wanted, found]
        case .unknownName(let name, let nearest), .unknownFunction(let name, let nearest): [name, nearest]
        case .mismatch(let name, let holds, let given): [name, holds, given]
        case .unsuitableOperator(let operation, let name, let holds): [operation, name, holds]
        }
    }

    /// What is wrong, in English.
    package var problem: String {
        switch reason {
        case .unexpectedCharacter(let text, _): "\(text) has no meaning here"
        case .unterminatedString: "the string that begins here has no closing quote"
        case .unterminatedName: "the name that begins here has no closing backquote"
        case .expectedCondition(let found): "a condition is missing before \(found)"
        case .expectedOperator(let found): "a comparison is missing before \(found)"
        case .expectedValue(let found): "a value is missing before \(found)"
        case .unquotedText(let text): "\(text) is no value"
        case .expected(let wanted, let found): "\(wanted) is missing before \(found)"
        case .trailing(let found): "the condition ends before \(found)"
        case .tooDeep: "the filter is nested more than \(LogFilter.deepestNesting) levels deep"
        case .unknownName(let name, _): "the log has no fact or attribute named \(name)"
        case .unknownFunction(let name, _): "there is no function named \(name)"
        case .mismatch(let name, let holds, let given): "\(name) holds \(holds), not \(given)"
        case .unsuitableOperator(let operation, let name, let holds): "\(operation) does not apply to \(name), which holds \(holds)"
        case .mixedList: "the values of a list must be of one kind"
        case .badNumber(let text): "\(text) is no number"
        case .badDuration(let text): "\(text) is no duration"
        case .badInstant(let text): "\(text) is no instant"
        case .badExpression(let text): "\(text) is no regular expression"
        case .workingTime(let text): "\(text) is working time, which needs a calendar"
        case .scale(let text): "\(text): scaling does not exist in filters"
        }
    }

    /// What to do about it, in English.
    package var advice: String {
        switch reason {
        case .unexpectedCharacter(_, let instead): instead.map { "write \($0)" } ?? "names with signs stand in backquotes"
        case .unterminatedString: "close it with '; a quote inside is doubled"
        case .unterminatedName: "close it with `; a backquote inside is doubled"
        case .expectedCondition: "write a comparison such as duration > 5d, or a function such as has('A')"
        case .expectedOperator: "after a name comes ==, !=, <, <=, >, >=, in (…), matches '…' or is missing"
        case .expectedValue: "write 'text', 12.5, 4h, 2026-01-31 or true"
        case .unquotedText(let text): "strings stand in single quotes: \(LogFilter.quoted(text))"
        case .expected(let wanted, _): "add \(wanted)"
        case .trailing: "join conditions with and, or"
        case .tooDeep: "simplify it"
        case .unknownName(_, let nearest), .unknownFunction(_, let nearest):
            nearest.map { "did you mean \($0)?" } ?? "weir inspect lists the attributes"
        case .mismatch(_, let holds, _): "compare it with \(holds)"
        case .unsuitableOperator: "use == or !="
        case .mixedList: "split the list"
        case .badNumber: "write a number such as 5000, -2.5 or 1e6"
        case .badDuration: "write a duration such as 90s, 5m, 4h, 2d, 1w or 1d12h"
        case .badInstant: "write an instant such as 2026-01-31 or 2026-01-31T08:00+08:00"
        case .badExpression: "mend the expression"
        case .workingTime: "name one with --calendar, or use d (24 hours) and h"
        case .scale: "write the duration itself, such as 4h"
        }
    }
}

/// Where something stands in a filter's text. Places never make two filters different.
struct FilterPlace: Equatable, Sendable {
    var line = 1
    var column = 1

    static func == (left: FilterPlace, right: FilterPlace) -> Bool { true }
}
