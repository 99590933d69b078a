/// A piece of a filter's text.
struct FilterToken: Sendable {
    enum Kind: Equatable, Sendable {
        /// A bare word that is no keyword.
        case word(String)
        /// A name in backquotes.
        case name(String)
        case keyword(Keyword)
        case string(String)
        /// What begins as a number does: a number, a duration or an instant.
        case quantity(String)
        case sign(Sign)
        case end
    }

    /// Words that are no names unless in backquotes; capitals make no difference.
    enum Keyword: String, Sendable {
        case and, or, not, `in`, matches, `is`
    }

    enum Sign: String, Sendable, CaseIterable {
        case equal = "=="
        case unequal = "!="
        case lessOrEqual = "<="
        case greaterOrEqual = ">="
        case less = "<"
        case greater = ">"
        case open = "("
        case close = ")"
        case comma = ","
        case dot = "."
    }

    var kind: Kind
    var place: FilterPlace
    /// The token as it was written.
    var source: String

    /// The token as messages call it.
    var shown: String { kind == .end ? "the end" : source }

    static func beginsName(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "_" || scalar.properties.isAlphabetic
    }

    static func continuesName(_ scalar: Unicode.Scalar) -> Bool {
        beginsName(scalar) || isDigit(scalar) || scalar.properties.generalCategory == .nonspacingMark
    }

    static func isDigit(_ scalar: Unicode.Scalar) -> Bool { scalar >= "0" && scalar <= "9" }

    /// All tokens of a text; the last one is `end`.
    static func all(in text: String) throws(FilterError) -> [FilterToken] {
        var scanner = Scanner(scalars: Array(text.unicodeScalars))
        var tokens: [FilterToken] = []
        while true {
            let token = try scanner.next()
            tokens.append(token)
            if token.kind == .end { return tokens }
        }
    }

    private struct Scanner {
        let scalars: [Unicode.Scalar]
        var index = 0
        var place = FilterPlace()

        init(scalars: [Unicode.Scalar]) {
            self.scalars = scalars
        }

        mutating func advance() {
            if scalars[index] == "\n" {
                place = FilterPlace(line: place.line + 1, column: 1)
            } else {
                place.column += 1
            }
            index += 1
        }

        func peek(_ distance: Int = 0) -> Unicode.Scalar? {
            index + distance < scalars.count ? scalars[index + distance] : nil
        }

        mutating func next() throws(FilterError) -> FilterToken {
            while let scalar = peek(), scalar.properties.isWhitespace { advance() }
            let first = index
            let start = place
            let kind = try kind(at: start)
            return FilterToken(kind: kind, place: start, source: Self.string(scalars[first..<index]))
        }

        private mutating func kind(at start: FilterPlace) throws(FilterError) -> Kind {
            guard let scalar = peek() else { return .end }
            if scalar == "'" {
                guard let text = fenced() else { throw FilterError(.unterminatedString, start) }
                return .string(text)
            }
            if scalar == "`" {
                guard let text = fenced() else { throw FilterError(.unterminatedName, start) }
                return .name(text)
            }
            let isNegative = scalar == "-" && peek(1).map(FilterToken.isDigit) == true
            if FilterToken.isDigit(scalar) || isNegative { return .quantity(run(Self.continuesQuantity)) }
            if FilterToken.beginsName(scalar) {
                let word = run(FilterToken.continuesName)
                return Keyword(rawValue: word.lowercased()).map { .keyword($0) } ?? .word(word)
            }
            for sign in Sign.allCases where matches(sign.rawValue) {
                for _ in sign.rawValue.unicodeScalars { advance() }
                return .sign(sign)
            }
            let instead =
                switch scalar {
                case "=": "=="
                case "&": "and"
                case "|": "or"
                case "!": "not"
                case "\"", "\u{2018}", "\u{2019}", "\u{201C}", "\u{201D}": "strings in single quotes: '…'"
                case "\u{FF08}": "("
                case "\u{FF09}": ")"
                case "\u{FF0C}": ","
                default: nil as String?
                }
            throw FilterError(.unexpectedCharacter(String(scalar), instead: instead), start)
        }

        private func matches(_ sign: String) -> Bool {
            sign.unicodeScalars.enumerated().allSatisfy { peek($0.offset) == $0.element }
        }

        /// Digits, letters, and the signs within numbers and instants.
        private static func continuesQuantity(_ scalar: Unicode.Scalar) -> Bool {
            FilterToken.continuesName(scalar) || scalar == "." || scalar == ":" || scalar == "-" || scalar == "+"
        }

        private mutating func run(_ belongs: (Unicode.Scalar) -> Bool) -> String {
            let first = index
            advance()
            while let scalar = peek(), belongs(scalar) { advance() }
            return Self.string(scalars[first..<index])
        }

        /// What stands between two fences, doubled ones inside; `nil` if it never ends.
        private mutating func fenced() -> String? {
            let fence = scalars[index]
            advance()
            var text = String.UnicodeScalarView()
            while let scalar = peek() {
                advance()
                if scalar == fence {
                    if peek() != fence { return String(text) }
                    advance()
                }
                text.append(scalar)
            }
            return nil
        }

        private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars)
            return String(view)
        }
    }
}
