/// A language in which workflow engines read conditions.
package enum EngineLanguage: String, Sendable, CaseIterable {
    /// Python expressions (SpiffWorkflow).
    case python
    /// FEEL, of the OMG's DMN (Camunda 8).
    case feel
    /// The expression language of Java (Camunda 7, Flowable, Activiti).
    case juel
}

/// What of a condition no engine can be told.
package struct EngineExpressionError: Error, Equatable, Sendable {
    /// The part of the condition, as filters write it.
    package let part: String

    /// What of a condition no engine can be told.
    package init(part: String) {
        self.part = part
    }
}

extension LogFilter {
    /// The condition in the language of an engine whose variables are the attributes, named as ``variable(_:)`` says.
    ///
    /// Durations become seconds and instants texts of ISO 8601. The variables have to be set: what an engine makes of one that is not is its
    /// own affair, while a filter takes such a comparison for false.
    ///
    /// - Throws: ``EngineExpressionError`` for what looks at more than the case at hand: functions of the log, working time, and
    ///   `matches` where the language has no such thing.
    package func expression(in language: EngineLanguage) throws(EngineExpressionError) -> String {
        let text = try EngineWriter(language: language).text(condition, within: .or)
        return language == .juel ? "${\(text)}" : text
    }

    /// The name that an attribute has as a variable of an engine: letters, digits and `_`, no word of its language.
    package static func variable(_ name: String) -> String {
        var result = ""
        for scalar in name.unicodeScalars {
            result.unicodeScalars.append(FilterToken.continuesName(scalar) ? scalar : "_")
        }
        if result.unicodeScalars.first.map(FilterToken.beginsName) != true { result = "_" + result }
        return EngineWriter.reserved.contains(result) ? result + "_" : result
    }
}

private struct EngineWriter {
    let language: EngineLanguage

    static let reserved: Set<String> = [
        "and", "or", "not", "in", "is", "if", "else", "elif", "for", "while", "class", "def", "return", "lambda", "pass", "break",
        "continue", "import", "from", "as", "with", "try", "except", "finally", "raise", "global", "nonlocal", "del", "yield", "assert",
        "async", "await", "None", "True", "False", "some", "every", "satisfies", "function", "null", "then", "between", "instance", "true",
        "false", "eq", "ne", "lt", "gt", "le", "ge", "div", "mod", "empty", "instanceof",
    ]

    func text(_ condition: FilterCondition, within binding: FilterCondition.Binding) throws(EngineExpressionError) -> String {
        switch condition {
        case .and(let parts):
            let text = try joined(parts, language == .juel ? " && " : " and ", .not)
            return binding == .not ? "(" + text + ")" : text
        case .or(let parts):
            let text = try joined(parts, language == .juel ? " || " : " or ", .and)
            return binding == .or ? text : "(" + text + ")"
        case .not(let part):
            switch language {
            case .python: return "not (\(try text(part, within: .or)))"
            case .feel: return "not(\(try text(part, within: .or)))"
            case .juel: return "!(\(try text(part, within: .or)))"
            }
        case .compare(let fact, let comparison, let value):
            let sign = language == .feel && comparison == .equal ? "=" : comparison.rawValue
            return "\(LogFilter.variable(fact.name)) \(sign) \(try text(value))"
        case .isOne(let fact, let values):
            let name = LogFilter.variable(fact.name)
            if language == .juel {
                var parts: [String] = []
                for value in values { parts.append("\(name) == \(try text(value))") }
                return "(" + parts.joined(separator: " || ") + ")"
            }
            var texts: [String] = []
            for value in values { texts.append(try text(value)) }
            let list = texts.joined(separator: ", ")
            return language == .python ? "\(name) in [\(list)]" : "\(name) in (\(list))"
        case .isMissing(let fact):
            let name = LogFilter.variable(fact.name)
            return language == .python ? "\(name) is None" : language == .feel ? "\(name) = null" : "\(name) == null"
        case .matches(let fact, let pattern) where language == .feel:
            return "matches(\(LogFilter.variable(fact.name)), \(quoted(pattern)))"
        default: throw EngineExpressionError(part: condition.text(within: .or))
        }
    }

    private func joined(_ parts: [FilterCondition], _ word: String, _ binding: FilterCondition.Binding) throws(EngineExpressionError)
        -> String
    {
        var texts: [String] = []
        for part in parts { texts.append(try text(part, within: binding)) }
        return texts.joined(separator: word)
    }

    private func text(_ value: FilterValue) throws(EngineExpressionError) -> String {
        switch value {
        case .text(let text): return quoted(text)
        case .integer(let number): return String(number)
        case .decimal(let number): return String(number)
        case .duration(let microseconds):
            return microseconds % 1_000_000 == 0 ? "\(microseconds / 1_000_000)" : "\(Double(microseconds) / 1e6)"
        case .instant: return quoted(value.text)
        case .boolean(let value): return language == .python ? (value ? "True" : "False") : (value ? "true" : "false")
        case .working: throw EngineExpressionError(part: value.text)
        }
    }

    /// A text in the quotes of the language, with what acts in it made inert.
    private func quoted(_ text: String) -> String {
        let fence: Unicode.Scalar = language == .feel ? "\"" : "'"
        var result = String.UnicodeScalarView([fence])
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\", fence:
                result.append("\\")
                result.append(scalar)
            case "\n": result.append(contentsOf: "\\n".unicodeScalars)
            case "\r": result.append(contentsOf: "\\r".unicodeScalars)
            default: result.append(scalar)
            }
        }
        result.append(fence)
        return String(result)
    }
}
