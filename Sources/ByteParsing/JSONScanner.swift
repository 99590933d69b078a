/// Walks through JSON text (RFC 8259) value by value, without building anything: what is in the text is told by places in it.
///
/// The text is valid UTF-8. A number stays the characters it is written with, so that none is rounded on the way.
package struct JSONScanner {
    /// The text.
    package let bytes: UnsafeRawBufferPointer
    /// Where the next token is looked for.
    package var position: Int
    /// How many escaped halves of a surrogate pair stood alone and became U+FFFD.
    package private(set) var loneSurrogates = 0
    /// Whether a line break ends the value, as in files of one value per line, instead of counting as space.
    package let staysOnLine: Bool

    /// What kind of value stands at a place.
    package enum Kind: Sendable {
        /// A text.
        case text
        /// A number.
        case number
        /// `true`.
        case yes
        /// `false`.
        case no
        /// `null`.
        case null
        /// An object.
        case object
        /// An array.
        case array
    }

    /// A scalar that was passed: a text without its quotes, or a number.
    package struct Token {
        /// Where it begins.
        package var start: Int
        /// Where it ends.
        package var end: Int
        /// Whether a text has escapes, or a number a fraction or an exponent.
        package var isSpecial: Bool
    }

    /// The deepest nesting that is read.
    package static let greatestDepth = 200

    /// A scanner at the beginning of `bytes`, which must stay in place for as long as it is used.
    package init(_ bytes: UnsafeRawBufferPointer, at position: Int = 0, staysOnLine: Bool = false) {
        self.bytes = bytes
        self.position = position
        self.staysOnLine = staysOnLine
    }

    /// Passes spaces, tabs, carriage returns and, where they count as space, line breaks.
    package mutating func skipSpace() {
        while position < bytes.count {
            let byte = bytes[position]
            if byte != 0x20 && byte != 0x0D && byte != 0x09 && (byte != 0x0A || staysOnLine) { return }
            position &+= 1
        }
    }

    /// Passes a byte if it is the next one.
    package mutating func take(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position &+= 1
        return true
    }

    /// What kind of value begins here, by its first character.
    package func kind() throws(JSONError) -> Kind {
        guard position < bytes.count else { throw error(.unexpectedEnd) }
        switch bytes[position] {
        case UInt8(ascii: "\""): return .text
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case UInt8(ascii: "t"): return .yes
        case UInt8(ascii: "f"): return .no
        case UInt8(ascii: "n"): return .null
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
        default: throw unexpected()
        }
    }

    /// Passes `true`, `false` or `null`.
    package mutating func word(_ kind: Kind) throws(JSONError) {
        let word: StaticString = kind == .yes ? "true" : kind == .no ? "false" : "null"
        for offset in 0..<word.utf8CodeUnitCount {
            guard position + offset < bytes.count, bytes[position + offset] == word.utf8Start[offset] else { throw unexpected() }
        }
        position += word.utf8CodeUnitCount
        if position < bytes.count, Self.isWordByte(bytes[position]) { throw unexpected() }
    }

    /// Passes a text and tells where it stands, without its quotes.
    package mutating func text() throws(JSONError) -> Token {
        let open = position
        guard take(UInt8(ascii: "\"")) else { throw unexpected() }
        let start = position
        var hasEscapes = false
        let count = bytes.count
        while position < count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                position &+= 1
                return Token(start: start, end: position &- 1, isSpecial: hasEscapes)
            }
            if byte < 0x20 {
                if byte == 0x0A || byte == 0x0D { throw JSONError(position: open, problem: .unclosedText) }
                throw error(.controlCharacter(byte))
            }
            if byte == UInt8(ascii: "\\") {
                hasEscapes = true
                position &+= 1
                try escape()
            } else {
                position &+= 1
            }
        }
        throw JSONError(position: open, problem: .unclosedText)
    }

    /// Passes a number and tells where it stands.
    package mutating func number() throws(JSONError) -> Token {
        let start = position
        _ = take(UInt8(ascii: "-"))
        let first = position
        let digits = skipDigits()
        if digits == 0 { throw unexpected() }
        if digits > 1 && bytes[first] == UInt8(ascii: "0") { throw JSONError(position: first, problem: .leadingZero) }
        var isSpecial = false
        if take(UInt8(ascii: ".")) {
            isSpecial = true
            if skipDigits() == 0 { throw unexpected() }
        }
        if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
            isSpecial = true
            position &+= 1
            if !take(UInt8(ascii: "-")) { _ = take(UInt8(ascii: "+")) }
            if skipDigits() == 0 { throw unexpected() }
        }
        if position < bytes.count, Self.isWordByte(bytes[position]) { throw unexpected() }
        return Token(start: start, end: position, isSpecial: isSpecial)
    }

    /// Passes a whole value of any kind.
    package mutating func skipValue(depth: Int = 0) throws(JSONError) {
        if depth > Self.greatestDepth { throw error(.tooDeep) }
        let kind = try kind()
        switch kind {
        case .text: _ = try text()
        case .number: _ = try number()
        case .yes, .no, .null: try word(kind)
        case .array:
            position &+= 1
            skipSpace()
            if take(UInt8(ascii: "]")) { return }
            while true {
                skipSpace()
                try skipValue(depth: depth + 1)
                if try !hasNext(before: UInt8(ascii: "]")) { return }
            }
        case .object:
            position &+= 1
            skipSpace()
            if take(UInt8(ascii: "}")) { return }
            while true {
                skipSpace()
                _ = try text()
                try colon()
                try skipValue(depth: depth + 1)
                if try !hasNext(before: UInt8(ascii: "}")) { return }
            }
        }
    }

    /// Passes the colon behind a member's name, with the spaces around it.
    package mutating func colon() throws(JSONError) {
        skipSpace()
        if !take(UInt8(ascii: ":")) { throw unexpected() }
        skipSpace()
    }

    /// Passes a comma, which says that another value follows, or the closing bracket.
    package mutating func hasNext(before closing: UInt8) throws(JSONError) -> Bool {
        skipSpace()
        if take(UInt8(ascii: ",")) { return true }
        if take(closing) { return false }
        throw unexpected()
    }

    /// Writes a text that has escapes behind what `target` holds, without them.
    package mutating func unescape(_ token: Token, into target: ByteScratch) {
        var index = token.start
        while index < token.end {
            let byte = bytes[index]
            index &+= 1
            if byte != UInt8(ascii: "\\") {
                target.append(byte)
                continue
            }
            let escaped = bytes[index]
            index &+= 1
            switch escaped {
            case UInt8(ascii: "b"): target.append(0x08 as UInt8)
            case UInt8(ascii: "f"): target.append(0x0C as UInt8)
            case UInt8(ascii: "n"): target.append(0x0A as UInt8)
            case UInt8(ascii: "r"): target.append(0x0D as UInt8)
            case UInt8(ascii: "t"): target.append(0x09 as UInt8)
            case UInt8(ascii: "u"):
                var code = hexadecimal(index)
                index &+= 4
                if code & 0xFC00 == 0xD800, index &+ 6 <= token.end, bytes[index] == UInt8(ascii: "\\"),
                    bytes[index + 1] == UInt8(ascii: "u")
                {
                    let low = hexadecimal(index &+ 2)
                    if low & 0xFC00 == 0xDC00 {
                        code = 0x10000 + (code & 0x3FF) << 10 + (low & 0x3FF)
                        index &+= 6
                    }
                }
                if let scalar = Unicode.Scalar(code) {
                    target.append(scalar)
                } else {
                    loneSurrogates += 1
                    target.append("\u{FFFD}" as Unicode.Scalar)
                }
            default: target.append(escaped)
            }
        }
    }

    /// The error of the character that stands here.
    package func unexpected() -> JSONError {
        guard position < bytes.count else { return error(.unexpectedEnd) }
        if staysOnLine && bytes[position] == 0x0A { return error(.lineBreak) }
        var end = position + 1
        while end < bytes.count && bytes[end] & 0xC0 == 0x80 { end += 1 }
        return error(.unexpected(String(decoding: bytes[position..<end], as: UTF8.self)))
    }

    private func error(_ problem: JSONError.Problem) -> JSONError {
        JSONError(position: position, problem: problem)
    }

    private mutating func skipDigits() -> Int {
        let start = position
        while position < bytes.count && bytes[position] &- UInt8(ascii: "0") < 10 { position &+= 1 }
        return position &- start
    }

    private mutating func escape() throws(JSONError) {
        guard position < bytes.count else { throw error(.unexpectedEnd) }
        switch bytes[position] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"),
            UInt8(ascii: "r"), UInt8(ascii: "t"):
            position &+= 1
        case UInt8(ascii: "u"):
            for offset in 1...4 {
                guard position + offset < bytes.count, Self.digit(bytes[position + offset]) != nil else { throw error(.badEscape) }
            }
            position &+= 5
        default: throw error(.badEscape)
        }
    }

    private func hexadecimal(_ place: Int) -> UInt32 {
        var code: UInt32 = 0
        for offset in 0..<4 { code = code << 4 | UInt32(Self.digit(bytes[place + offset]) ?? 0) }
        return code
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "0") < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
    }
}

/// Why a text is no JSON.
package struct JSONError: Error, Equatable {
    /// What is wrong.
    package enum Problem: Equatable, Sendable {
        /// A character that may not stand there.
        case unexpected(String)
        /// The text ends in the middle of a value.
        case unexpectedEnd
        /// A quote that is not closed on its line.
        case unclosedText
        /// A control character in a text, which JSON wants escaped.
        case controlCharacter(UInt8)
        /// A backslash that begins no escape.
        case badEscape
        /// A number that begins with 0 and goes on with digits.
        case leadingZero
        /// Values are nested too deeply.
        case tooDeep
        /// An object has two members of one name.
        case duplicateKey(String)
        /// More different keys than are read as columns.
        case tooManyKeys(Int)
        /// Something that is no object stands where an event is due.
        case notAnObject
        /// Something follows the object on its line.
        case textAfterObject
        /// The object goes on on the next line.
        case lineBreak
    }

    /// The place in the text, from 0.
    package var position: Int
    /// What is wrong.
    package var problem: Problem

    /// An error with these parts.
    package init(position: Int, problem: Problem) {
        self.position = position
        self.problem = problem
    }
}
