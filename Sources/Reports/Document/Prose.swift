/// A stretch of running text that knows which of its parts are our words and which come from a log.
///
/// ```swift
/// let sentence: Prose = "\(name: activity) holds \(strong: "28 %") of the time."
/// ```
package struct Prose: Sendable, Equatable, ExpressibleByStringInterpolation {
    /// One part.
    package enum Part: Sendable, Equatable {
        /// Our own words.
        case words(String)
        /// A figure that carries the sentence.
        case strong(String)
        /// Text from a log.
        case name(String)
        /// Something to type, such as a filter; may hold text from a log.
        case code(String)
        /// Words that lead to a section of the same document.
        case link(String, section: String)
    }

    /// The parts in reading order.
    package private(set) var parts: [Part]

    /// Our own words.
    package init(stringLiteral text: String) {
        parts = text.isEmpty ? [] : [.words(text)]
    }

    /// Our own words.
    package init(_ text: String) {
        self.init(stringLiteral: text)
    }

    /// The parts of an interpolated text.
    package init(stringInterpolation: StringInterpolation) {
        parts = stringInterpolation.parts
    }

    /// Collects the parts of an interpolated text.
    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var parts: [Part] = []

        /// Room for the parts.
        package init(literalCapacity: Int, interpolationCount: Int) {
            parts.reserveCapacity(2 * interpolationCount + 1)
        }

        /// Our own words.
        package mutating func appendLiteral(_ text: String) {
            if !text.isEmpty { parts.append(.words(text)) }
        }

        /// Our own words.
        package mutating func appendInterpolation(_ words: String) {
            appendLiteral(words)
        }

        /// A piece of running text.
        package mutating func appendInterpolation(_ prose: Prose) {
            parts += prose.parts
        }

        /// A figure that carries the sentence.
        package mutating func appendInterpolation(strong figure: String) {
            parts.append(.strong(figure))
        }

        /// Text from a log.
        package mutating func appendInterpolation(name: String) {
            parts.append(.name(name))
        }

        /// Something to type.
        package mutating func appendInterpolation(code: String) {
            parts.append(.code(code))
        }

        /// Words that lead to a section.
        package mutating func appendInterpolation(link words: String, to section: String) {
            parts.append(.link(words, section: section))
        }
    }

    /// Whether there is nothing to read.
    package var isEmpty: Bool { parts.isEmpty }

    /// One text after the other.
    package static func + (left: Prose, right: Prose) -> Prose {
        var result = left
        result.parts += right.parts
        return result
    }

    /// The texts one after another with `separator` between them.
    package static func joined(_ proses: [Prose], separator: String) -> Prose {
        var result = Prose("")
        for (index, prose) in proses.enumerated() { result = index == 0 ? prose : result + Prose(separator) + prose }
        return result
    }

    /// The bare text, names made inert and cut in the middle beyond `longest` columns.
    package func plain(longest: Int = 60) -> String {
        parts.map { part in
            switch part {
            case .words(let text), .strong(let text), .link(let text, _): text
            case .name(let text): InertText.line(InertText.cut(text, to: longest))
            case .code(let text): InertText.line(InertText.cut(text, to: 400))
            }
        }.joined()
    }
}
