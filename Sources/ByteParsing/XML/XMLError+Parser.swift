import CXML

extension XMLError {
    /// What libxml2 found wrong, or `nil` where it only warns; the first that it finds counts, as what follows mostly comes of it.
    init?(_ found: xmlError, _ events: borrowing XMLEvents) {
        let code = xmlParserErrors(UInt32(max(0, found.code)))
        guard found.level == XML_ERR_FATAL || code == XML_WAR_UNDECLARED_ENTITY else { return nil }
        let text = ParserText(events)
        let words = (found.message.map { String(cString: $0) } ?? "").split(separator: "\n").first.map(String.init) ?? ""
        let first = found.str1.map { String(cString: $0) } ?? ""
        let second = found.str2.map { String(cString: $0) } ?? ""
        var back = 0
        let problem: Problem
        switch code {
        case XML_ERR_DOCUMENT_EMPTY, XML_ERR_DOCUMENT_END: (problem, back) = text.endProblem
        case XML_ERR_TAG_NAME_MISMATCH:
            back = text.back(to: "<") ?? 0
            problem = .mismatchedEnd(expected: text.openName, found: text.name(back - 2))
        case XML_ERR_NAME_REQUIRED, XML_ERR_ENTITYREF_NO_NAME:
            if text.byte(before: 1) == UInt8(ascii: "&") {
                (problem, back) = (.unfinishedReference, 1)
            } else if events.open.count == 0, text.following == "/" {
                (problem, back) = (.unexpectedEnd(text.name(-1)), 1)
            } else {
                problem = text.unexpected
            }
        case XML_ERR_GT_REQUIRED, XML_ERR_SPACE_REQUIRED, XML_ERR_PI_NOT_STARTED: problem = text.unexpected
        case XML_ERR_ATTRIBUTE_WITHOUT_VALUE: problem = .missingValue(first)
        case XML_ERR_ATTRIBUTE_NOT_STARTED: problem = .missingValue(text.attributeBefore)
        case XML_ERR_ATTRIBUTE_REDEFINED:
            back = text.back(to: "<") ?? 0
            problem = .duplicateAttribute(second.isEmpty ? first : "\(first):\(second)")
        case XML_ERR_LT_IN_ATTRIBUTE: problem = .unexpected("<")
        case XML_ERR_MISPLACED_CDATA_END: problem = .unexpected("]]>")
        case XML_ERR_HYPHEN_IN_COMMENT: problem = .unexpected("--")
        case XML_ERR_ATTRIBUTE_NOT_FINISHED:
            back = text.back(to: "<") ?? 0
            problem = events.isAtEnd ? .unclosed(text.name(back - 1)) : .tooLong
        case XML_ERR_COMMENT_NOT_FINISHED: problem = events.isAtEnd ? .unclosed("<!--") : .tooLong
        case XML_ERR_PI_NOT_FINISHED: problem = events.isAtEnd ? .unclosed("<?") : .tooLong
        case XML_ERR_CDATA_NOT_FINISHED: problem = events.isAtEnd ? .unclosed("CDATA") : .tooLong
        case XML_ERR_INVALID_CHAR:
            if let (number, length) = text.numberBefore {
                back = length
                problem = number.map { .illegalCharacter($0) } ?? .unfinishedReference
            } else {
                problem = .illegalCharacter(text.following?.value ?? 0)
            }
        case XML_ERR_INVALID_HEX_CHARREF, XML_ERR_INVALID_DEC_CHARREF, XML_ERR_INVALID_CHARREF, XML_ERR_ENTITYREF_SEMICOL_MISSING:
            (problem, back) = (.unfinishedReference, text.back(to: "&") ?? 0)
        case XML_ERR_UNDECLARED_ENTITY, XML_WAR_UNDECLARED_ENTITY:
            (problem, back) = (.entity(first), text.back(to: "&") ?? 0)
        case XML_ERR_RESERVED_XML_NAME: (problem, back) = (.misplacedDeclaration, text.back(to: "<") ?? 0)
        case XML_ERR_UNKNOWN_VERSION, XML_ERR_VERSION_MISSING, XML_ERR_STANDALONE_VALUE, XML_ERR_XMLDECL_NOT_FINISHED,
            XML_ERR_XMLDECL_NOT_STARTED, XML_ERR_ENCODING_NAME:
            problem = .badDeclaration
        case XML_ERR_NAME_TOO_LONG, XML_ERR_NO_MEMORY: problem = .tooLong
        case XML_ERR_INTERNAL_ERROR where first.contains("Huge"): problem = .tooLong
        case XML_ERR_INTERNAL_ERROR: problem = text.unexpected
        default: problem = .malformed("libxml2: \(words)")
        }
        self.init(position: events.position - back, problem: problem)
    }
}

/// The text around the place of a parser, as far as the parser holds it.
private struct ParserText {
    private let base: UnsafePointer<UInt8>
    private let place: UnsafePointer<UInt8>
    private let end: UnsafePointer<UInt8>
    private let state: xmlParserInputState
    private let hasRoot: Bool
    private let isAtEnd: Bool
    /// The name of the innermost element that is open.
    let openName: String

    init(_ events: borrowing XMLEvents) {
        let input = events.parser?.pointee.input?.pointee
        let nothing = UnsafePointer<UInt8>(bitPattern: 8)!
        place = input?.cur ?? nothing
        base = input?.base ?? place
        end = input?.end ?? place
        state = events.parser?.pointee.instate ?? XML_PARSER_EOF
        hasRoot = events.hasRoot
        isAtEnd = events.isAtEnd
        if events.open.count > 0 {
            let name = events.open.base[events.open.count - 1]
            openName = (name.prefix.map { String(cString: $0) + ":" } ?? "") + String(cString: name.local)
        } else {
            openName = ""
        }
    }

    /// How far back a character stands the last time.
    func back(to character: Unicode.Scalar) -> Int? {
        var here = place
        while here > base {
            here -= 1
            if here.pointee == UInt8(ascii: character) { return place - here }
        }
        return nil
    }

    func byte(before distance: Int) -> UInt8? { place - base >= distance ? (place - distance).pointee : nil }

    /// The character that stands here.
    var following: Unicode.Scalar? {
        if place == end { return nil }
        return String(decoding: UnsafeRawBufferPointer(start: place, count: min(4, end - place)), as: UTF8.self).unicodeScalars.first
    }

    /// What is wrong where the character that stands here may not.
    var unexpected: XMLError.Problem {
        if let following { return .unexpected(String(Character(following))) }
        if let back = back(to: "<") {
            let name = name(back - (byte(before: back - 1) == UInt8(ascii: "/") ? 2 : 1))
            return .unclosed(name.isEmpty ? "<" : name)
        }
        return .unclosed(openName)
    }

    /// The name that begins so far back.
    func name(_ back: Int) -> String {
        var stop = place - back
        if stop < base { return "" }
        while stop < end, stop - place + back < 200, stop.pointee > 0x20, !">/=\"'<".utf8.contains(stop.pointee) { stop += 1 }
        return String(decoding: UnsafeRawBufferPointer(start: place - back, count: stop - place + back), as: UTF8.self)
    }

    /// The name before the sign `=` that stands before this place.
    var attributeBefore: String {
        var stop = place
        while stop > base, (stop - 1).pointee <= 0x20 || (stop - 1).pointee == UInt8(ascii: "=") { stop -= 1 }
        var start = stop
        while start > base, (start - 1).pointee > 0x20 { start -= 1 }
        return String(decoding: UnsafeRawBufferPointer(start: start, count: min(200, stop - start)), as: UTF8.self)
    }

    /// The number of the character reference that was just read, where there is one, and how far back it begins.
    var numberBefore: (number: UInt32?, back: Int)? {
        var start = place
        while start > base, place - start < 64, (start - 1).pointee != UInt8(ascii: "&") { start -= 1 }
        guard start > base, start < place, start.pointee == UInt8(ascii: "#") else { return nil }
        var digits = String(decoding: UnsafeRawBufferPointer(start: start + 1, count: place - start - 1), as: UTF8.self)
        if digits.last == ";" { digits.removeLast() }
        let isHexadecimal = digits.first == "x"
        if isHexadecimal { digits.removeFirst() }
        guard digits.utf8.allSatisfy({ isHexadecimal ? Self.isHexadecimal($0) : $0 &- 0x30 < 10 }) else { return nil }
        return (digits.isEmpty ? nil : UInt32(digits, radix: isHexadecimal ? 16 : 10) ?? .max, place - start + 1)
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 6 }

    /// What is wrong where the document ends or where nothing but its end may stand, and how far back.
    var endProblem: (problem: XMLError.Problem, back: Int) {
        let rest = UnsafeRawBufferPointer(start: place, count: end - place)
        for word in ["<!--", "<?", "<!DOCTYPE"] where isAtEnd && rest.starts(with: word.utf8) { return (.unclosed(word), 0) }
        if state == XML_PARSER_DTD { return (.unclosed("<!DOCTYPE"), back(to: "<") ?? 0) }
        if state == XML_PARSER_CDATA_SECTION { return (.unclosed("CDATA"), back(to: "<") ?? 0) }
        if !openName.isEmpty { return (.unclosed(openName), 0) }
        if isAtEnd && rest.count == 1 && rest[0] == UInt8(ascii: "<") { return (.unclosed("<"), 0) }
        guard let first = rest.first(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }) else { return (.noElement, 0) }
        return first < 0x20 ? (.illegalCharacter(UInt32(first)), 0) : (.contentOutsideRoot, 0)
    }
}
