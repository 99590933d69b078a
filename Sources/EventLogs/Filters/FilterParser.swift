import Instants

/// Recursive descent over the tokens of a filter's text.
struct FilterParser {
    private let tokens: [FilterToken]
    private var index = 0
    private var depth = 0
    private let zone: ZoneClock

    init(_ text: String, zone: ZoneClock) throws(FilterError) {
        tokens = try FilterToken.all(in: text)
        self.zone = zone
    }

    private var token: FilterToken { tokens[index] }

    mutating func parse() throws(FilterError) -> FilterCondition {
        let condition = try disjunction()
        if token.kind != .end { throw FilterError(.trailing(token.shown), token.place) }
        return condition
    }

    private mutating func disjunction() throws(FilterError) -> FilterCondition {
        var parts = [try conjunction()]
        while take(.keyword(.or)) { parts.append(try conjunction()) }
        return parts.count == 1 ? parts[0] : .or(parts)
    }

    private mutating func conjunction() throws(FilterError) -> FilterCondition {
        var parts = [try unary()]
        while take(.keyword(.and)) { parts.append(try unary()) }
        return parts.count == 1 ? parts[0] : .and(parts)
    }

    private mutating func unary() throws(FilterError) -> FilterCondition {
        depth += 1
        defer { depth -= 1 }
        if depth > LogFilter.deepestNesting { throw FilterError(.tooDeep, token.place) }
        if take(.keyword(.not)) { return .not(try unary()) }
        if take(.sign(.open)) {
            let condition = try disjunction()
            try expect(.close)
            return condition
        }
        if case .word(let word) = token.kind, tokens[index + 1].kind == .sign(.open) { return try function(word) }
        return try comparison()
    }

    private static let functions = ["has", "starts", "ends", "directly", "follows", "any", "all"]

    private mutating func function(_ name: String) throws(FilterError) -> FilterCondition {
        let place = token.place
        guard Self.functions.contains(name) else {
            throw FilterError(.unknownFunction(name, nearest: NearestName.among(Self.functions, to: name)), place)
        }
        index += 2
        let condition: FilterCondition
        switch name {
        case "any": condition = .any(try disjunction())
        case "all": condition = .all(try disjunction())
        case "has": condition = .has(try string())
        case "starts": condition = .starts(try string())
        case "ends": condition = .ends(try string())
        default:
            let first = try string()
            try expect(.comma)
            let second = try string()
            condition = name == "directly" ? .directly(first, second) : .follows(first, second)
        }
        try expect(.close)
        return condition
    }

    private mutating func comparison() throws(FilterError) -> FilterCondition {
        let fact = try fact()
        let operation = token
        switch operation.kind {
        case .keyword(.in):
            index += 1
            try expect(.open)
            var list: [FilterValue] = []
            repeat {
                let place = token.place
                let value = try value()
                if let first = list.first, first.kind != value.kind { throw FilterError(.mixedList, place) }
                list.append(value)
            } while take(.sign(.comma))
            try expect(.close)
            return .isOne(fact, list)
        case .keyword(.matches):
            index += 1
            let place = token.place
            let pattern = try string()
            if (try? Regex(pattern)) == nil { throw FilterError(.badExpression(pattern), place) }
            return .matches(fact, pattern)
        case .keyword(.is):
            index += 1
            guard case .word(let word) = token.kind, word.lowercased() == "missing" else {
                throw FilterError(.expected("missing", found: token.shown), token.place)
            }
            index += 1
            return .isMissing(fact)
        case .sign(let sign):
            guard let comparison = FilterComparison(rawValue: sign.rawValue) else { break }
            index += 1
            return .compare(fact, comparison, try value())
        default: break
        }
        throw FilterError(.expectedOperator(found: operation.shown), operation.place)
    }

    private mutating func fact() throws(FilterError) -> FilterFact {
        let first = token
        switch first.kind {
        case .name(let name):
            index += 1
            return FilterFact(name: name, place: first.place)
        case .word(let word):
            index += 1
            guard let scope = FilterFact.Scope(rawValue: word + "."), take(.sign(.dot)) else {
                return FilterFact(name: word, place: first.place)
            }
            switch token.kind {
            case .name(let name), .word(let name):
                index += 1
                return FilterFact(scope: scope, name: name, place: first.place)
            default: throw FilterError(.expected("a name", found: token.shown), token.place)
            }
        default: throw FilterError(.expectedCondition(found: first.shown), first.place)
        }
    }

    private mutating func value() throws(FilterError) -> FilterValue {
        let own = token
        switch own.kind {
        case .string(let text):
            index += 1
            return .text(text)
        case .quantity(let text):
            index += 1
            return try FilterValue(quantity: text, zone: zone, place: own.place)
        case .word("true"), .word("false"):
            index += 1
            return .boolean(own.kind == .word("true"))
        case .word(let word), .name(let word):
            let scalars = word.unicodeScalars
            if scalars.first == "x", let second = scalars.dropFirst().first, FilterToken.isDigit(second) {
                throw FilterError(.scale(word), own.place)
            }
            throw FilterError(.unquotedText(word), own.place)
        default: throw FilterError(.expectedValue(found: own.shown), own.place)
        }
    }

    private mutating func string() throws(FilterError) -> String {
        switch token.kind {
        case .string(let text):
            index += 1
            return text
        case .word(let word), .name(let word): throw FilterError(.unquotedText(word), token.place)
        default: throw FilterError(.expected("a string in single quotes", found: token.shown), token.place)
        }
    }

    private mutating func take(_ kind: FilterToken.Kind) -> Bool {
        if token.kind != kind { return false }
        index += 1
        return true
    }

    private mutating func expect(_ sign: FilterToken.Sign) throws(FilterError) {
        if !take(.sign(sign)) { throw FilterError(.expected(sign.rawValue, found: token.shown), token.place) }
    }
}
