/// One attribute of an element: where its name and its value stand.
package struct XMLAttribute: Sendable {
    /// The name, prefix included.
    package var name: Range<Int>
    /// The value, without its quotes.
    package var value: Range<Int>
    /// Whether the value holds references or white space that must be replaced before use.
    package var needsDecoding: Bool

    /// An attribute with these parts.
    package init(name: Range<Int>, value: Range<Int>, needsDecoding: Bool) {
        self.name = name
        self.value = value
        self.needsDecoding = needsDecoding
    }
}

/// Splits XML 1.0 into elements, text and nothing else, and checks that it is well-formed (tags match, attributes are unique and
/// quoted, there are no control characters); comments and processing instructions are skipped unread.
///
/// A document type declaration is skipped with its internal subset; entities it declares are never expanded, so that a file can
/// neither swell nor read others: a reference to one is an error. Nothing outside the file is ever read.
package struct XMLTokenizer {
    /// What was found.
    package enum Token: Sendable {
        /// An element begins: see ``name`` and ``attributes``.
        case start
        /// An element ends: see ``name``; an empty element begins and ends.
        case end
        /// Character data other than white space.
        case text
        /// The document has ended.
        case endOfFile
    }

    /// The document: valid UTF-8.
    package let bytes: UnsafeRawBufferPointer
    /// Where the name of the current element stands.
    package private(set) var name: Range<Int> = 0..<0
    /// The attributes of the element that begins.
    package private(set) var attributes: [XMLAttribute] = []
    /// Where the current token begins.
    package private(set) var tokenStart = 0
    private var index: Int
    private var open: [Range<Int>] = []
    private var isEmptyElement = false
    private var hasRoot = false
    private var hasDocumentType = false

    /// Elements may be nested this deep.
    package static let greatestDepth = 256

    /// A tokenizer before the first token of `bytes`, which must stay in place for as long as it is used.
    package init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
        index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        attributes.reserveCapacity(8)
    }

    /// How many elements are open; the one that begins is among them, the one that ends is not.
    package var depth: Int { open.count }

    /// How far the document has been read, in bytes.
    package var position: Int { index }

    /// The bytes at a place in the document.
    package func slice(_ range: Range<Int>) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: bytes[range])
    }

    /// The name of the current element without its namespace prefix.
    package var localName: UnsafeRawBufferPointer {
        let whole = slice(name)
        guard let colon = whole.firstIndex(of: UInt8(ascii: ":")) else { return whole }
        return UnsafeRawBufferPointer(rebasing: whole[(colon + 1)...])
    }

    /// Moves to the next token.
    package mutating func next() throws(XMLError) -> Token {
        if isEmptyElement {
            isEmptyElement = false
            name = open.removeLast()
            return .end
        }
        while true {
            tokenStart = index
            if index == bytes.count { return try atEnd() }
            if bytes[index] != UInt8(ascii: "<") {
                if try characterData() { return .text }
                continue
            }
            let following = index + 1 < bytes.count ? bytes[index + 1] : 0
            switch following {
            case UInt8(ascii: "/"): return try endTag()
            case UInt8(ascii: "?"): try skipInstruction()
            case UInt8(ascii: "!"):
                if matches("<!--") {
                    try skipComment()
                } else if matches("<![CDATA[") {
                    if open.isEmpty { throw error(.contentOutsideRoot) }
                    try skip(to: "]]>", from: index + 9, or: .unclosed("CDATA"))
                    return .text
                } else if matches("<!DOCTYPE") {
                    try skipDocumentType()
                } else {
                    throw error(.unexpected("!"))
                }
            default:
                try startTag()
                return .start
            }
        }
    }

    /// The value of an attribute; where something must be replaced it is lent by `scratch` until that is used again.
    package func value(_ attribute: XMLAttribute, _ scratch: ByteScratch) throws(XMLError) -> UnsafeRawBufferPointer {
        if !attribute.needsDecoding { return slice(attribute.value) }
        scratch.clear()
        var place = attribute.value.lowerBound
        let end = attribute.value.upperBound
        while place < end {
            let byte = bytes[place]
            switch byte {
            case UInt8(ascii: "&"): place = try reference(at: place, end: end, scratch)
            case 0x0D:
                // A line break of two bytes is one white space.
                scratch.append(0x20)
                place += place + 1 < end && bytes[place + 1] == 0x0A ? 2 : 1
            case 0x09, 0x0A:
                scratch.append(0x20)
                place += 1
            default:
                scratch.append(byte)
                place += 1
            }
        }
        return scratch.bytes
    }

    /// The character data of the text token that was just found, references replaced and line ends as one LF, CDATA as it stands; lent by
    /// `scratch` until that is used again.
    package func characterData(_ scratch: ByteScratch) throws(XMLError) -> UnsafeRawBufferPointer {
        scratch.clear()
        if matches("<![CDATA[", at: tokenStart) {
            scratch.append(slice(tokenStart + 9..<index - 3))
            return scratch.bytes
        }
        var place = tokenStart
        while place < index {
            let byte = bytes[place]
            if byte == UInt8(ascii: "&") {
                place = try reference(at: place, end: index, scratch)
            } else if byte == 0x0D {
                scratch.append(0x0A)
                place += place + 1 < index && bytes[place + 1] == 0x0A ? 2 : 1
            } else {
                scratch.append(byte)
                place += 1
            }
        }
        return scratch.bytes
    }

    // MARK: - Elements

    private mutating func startTag() throws(XMLError) {
        if open.isEmpty && hasRoot { throw error(.contentOutsideRoot) }
        index += 1
        name = try scanName()
        attributes.removeAll(keepingCapacity: true)
        while true {
            let before = index
            skipSpaces()
            guard index < bytes.count else { throw error(.unclosed(string(name)), at: tokenStart) }
            let byte = bytes[index]
            if byte == UInt8(ascii: ">") {
                index += 1
                break
            }
            if byte == UInt8(ascii: "/") {
                index += 1
                guard index < bytes.count else { throw error(.unclosed(string(name)), at: tokenStart) }
                if bytes[index] != UInt8(ascii: ">") { throw error(.unexpected("/"), at: index - 1) }
                index += 1
                isEmptyElement = true
                break
            }
            if before == index { throw error(.unexpected(character(at: index))) }
            try scanAttribute()
        }
        if open.count == Self.greatestDepth { throw error(.tooDeep, at: tokenStart) }
        open.append(name)
        hasRoot = true
    }

    private mutating func scanAttribute() throws(XMLError) {
        let name = try scanName()
        skipSpaces()
        guard index < bytes.count, bytes[index] == UInt8(ascii: "=") else { throw error(.missingValue(string(name))) }
        index += 1
        skipSpaces()
        guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") || bytes[index] == UInt8(ascii: "'") else {
            throw error(.missingValue(string(name)))
        }
        let quote = bytes[index]
        index += 1
        let start = index
        var needsDecoding = false
        var place = index
        let count = bytes.count
        while place < count {
            let byte = bytes[place]
            if byte == quote { break }
            if byte < 0x20 {
                if byte != 0x09 && byte != 0x0A && byte != 0x0D { throw error(.illegalCharacter(UInt32(byte)), at: place) }
                needsDecoding = true
            } else if byte == UInt8(ascii: "&") {
                needsDecoding = true
            } else if byte == UInt8(ascii: "<") {
                throw error(.unexpected("<"), at: place)
            }
            place &+= 1
        }
        if place == count { throw error(.unclosed(string(name)), at: start) }
        index = place + 1
        for other in attributes where equal(other.name, name) { throw error(.duplicateAttribute(string(name)), at: name.lowerBound) }
        attributes.append(XMLAttribute(name: name, value: start..<place, needsDecoding: needsDecoding))
    }

    private mutating func endTag() throws(XMLError) -> Token {
        index += 2
        name = try scanName()
        skipSpaces()
        guard index < bytes.count else { throw error(.unclosed(string(name)), at: tokenStart) }
        if bytes[index] != UInt8(ascii: ">") { throw error(.unexpected(character(at: index))) }
        index += 1
        guard let expected = open.popLast() else { throw error(.unexpectedEnd(string(name)), at: tokenStart) }
        if !equal(expected, name) { throw error(.mismatchedEnd(expected: string(expected), found: string(name)), at: tokenStart) }
        return .end
    }

    private mutating func scanName() throws(XMLError) -> Range<Int> {
        let start = index
        while index < bytes.count {
            let byte = bytes[index]
            let isLetter = byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
            if isLetter || byte >= 0x80 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ":") {
                index &+= 1
            } else if index > start && (byte &- UInt8(ascii: "0") < 10 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")) {
                index &+= 1
            } else {
                break
            }
        }
        if index == start {
            if index == bytes.count { throw error(.unclosed("<"), at: tokenStart) }
            throw error(.unexpected(character(at: index)))
        }
        return start..<index
    }

    private mutating func skipSpaces() {
        while index < bytes.count {
            let byte = bytes[index]
            if byte != 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D { return }
            index &+= 1
        }
    }

    // MARK: - What is between elements

    /// Skips character data; whether there was more than white space.
    private mutating func characterData() throws(XMLError) -> Bool {
        var isBlank = true
        let count = bytes.count
        while index < count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "<") { break }
            if byte > 0x20 {
                if open.isEmpty { throw error(.contentOutsideRoot) }
                isBlank = false
                if byte == UInt8(ascii: "&") {
                    index = try reference(at: index, end: count, nil)
                    continue
                }
                if byte == UInt8(ascii: "]") && matches("]]>") { throw error(.unexpected("]]>")) }
            } else if byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D {
                throw error(.illegalCharacter(UInt32(byte)))
            }
            index &+= 1
        }
        return !isBlank
    }

    private func atEnd() throws(XMLError) -> Token {
        if let last = open.last { throw error(.unclosed(string(last)), at: bytes.count) }
        if !hasRoot { throw error(.noElement, at: bytes.count) }
        return .endOfFile
    }

    private mutating func skipInstruction() throws(XMLError) {
        let start = index
        index += 2
        _ = try scanName()
        let behind = index
        index = start
        if behind < bytes.count && bytes[behind] > 0x20 && !matches("?>", at: behind) {
            throw error(.unexpected(character(at: behind)), at: behind)
        }
        try skip(to: "?>", from: behind, or: .unclosed("<?"))
    }

    private mutating func skipComment() throws(XMLError) {
        let start = index
        try skip(to: "--", from: index + 4, or: .unclosed("<!--"))
        // Two hyphens end a comment or are an error (XML 1.0, section 2.5).
        if index == bytes.count { throw error(.unclosed("<!--"), at: start) }
        if bytes[index] != UInt8(ascii: ">") { throw error(.unexpected("--"), at: index - 2) }
        index += 1
    }

    private mutating func skip(to end: StaticString, from start: Int, or problem: XMLError.Problem) throws(XMLError) {
        var place = start
        let length = end.utf8CodeUnitCount
        while place + length <= bytes.count {
            if bytes[place] == end.utf8Start[0] && matches(end, at: place) {
                index = place + length
                return
            }
            place &+= 1
        }
        throw error(problem)
    }

    private mutating func skipDocumentType() throws(XMLError) {
        if hasRoot || hasDocumentType { throw error(.unexpected("<!DOCTYPE")) }
        hasDocumentType = true
        let start = index
        index += 9
        var isInSubset = false
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                let quote = bytes[index]
                index += 1
                while index < bytes.count && bytes[index] != quote { index += 1 }
            case UInt8(ascii: "["): isInSubset = true
            case UInt8(ascii: "]"): isInSubset = false
            case UInt8(ascii: "<") where matches("<!--"):
                try skipComment()
                continue
            case UInt8(ascii: "<") where matches("<?"):
                try skipInstruction()
                continue
            case UInt8(ascii: ">") where !isInSubset:
                index += 1
                return
            default: break
            }
            index += 1
        }
        throw error(.unclosed("<!DOCTYPE"), at: start)
    }

    // MARK: - References

    /// Appends what the reference at `place` stands for to `scratch` and returns where it ends.
    private func reference(at place: Int, end: Int, _ scratch: ByteScratch?) throws(XMLError) -> Int {
        var stop = place + 1
        while stop < end && stop - place < 64 && bytes[stop] != UInt8(ascii: ";") { stop += 1 }
        if stop >= end || bytes[stop] != UInt8(ascii: ";") { throw error(.unfinishedReference, at: place) }
        let body = slice(place + 1..<stop)
        if body.first == UInt8(ascii: "#") {
            let isHexadecimal = body.count > 1 && body[1] == UInt8(ascii: "x")
            let digits = String(decoding: body.dropFirst(isHexadecimal ? 2 : 1), as: UTF8.self)
            let isPlain = digits.utf8.allSatisfy { $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }
            guard isPlain, let code = UInt32(digits, radix: isHexadecimal ? 16 : 10) else { throw error(.unfinishedReference, at: place) }
            let isLegal = code == 9 || code == 10 || code == 13 || (code >= 0x20 && code != 0xFFFE && code != 0xFFFF)
            guard isLegal, let scalar = Unicode.Scalar(code) else { throw error(.illegalCharacter(code), at: place) }
            scratch?.append(scalar)
            return stop + 1
        }
        let name = String(decoding: body, as: UTF8.self)
        switch name {
        case "amp": scratch?.append(UInt8(ascii: "&"))
        case "lt": scratch?.append(UInt8(ascii: "<"))
        case "gt": scratch?.append(UInt8(ascii: ">"))
        case "quot": scratch?.append(UInt8(ascii: "\""))
        case "apos": scratch?.append(UInt8(ascii: "'"))
        default: throw error(.entity(name), at: place)
        }
        return stop + 1
    }

    // MARK: - Small tools

    private func matches(_ text: StaticString) -> Bool {
        matches(text, at: index)
    }

    private func matches(_ text: StaticString, at place: Int) -> Bool {
        let length = text.utf8CodeUnitCount
        if place + length > bytes.count { return false }
        for offset in 0..<length where bytes[place + offset] != text.utf8Start[offset] { return false }
        return true
    }

    private func equal(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
        if left.count != right.count { return false }
        var offset = 0
        while offset < left.count {
            if bytes[left.lowerBound &+ offset] != bytes[right.lowerBound &+ offset] { return false }
            offset &+= 1
        }
        return true
    }

    private func string(_ range: Range<Int>) -> String {
        String(decoding: slice(range).prefix(200), as: UTF8.self)
    }

    private func character(at place: Int) -> String {
        String(String(decoding: slice(place..<min(place + 4, bytes.count)), as: UTF8.self).prefix(1))
    }

    private func error(_ problem: XMLError.Problem, at place: Int? = nil) -> XMLError {
        XMLError(position: place ?? index, problem: problem)
    }
}

/// Why a document is not well-formed, or not one that is read here.
package struct XMLError: Error, Equatable {
    /// What is wrong.
    package enum Problem: Equatable, Sendable {
        /// This text may not stand here.
        case unexpected(String)
        /// The document ends before this element, comment or value is closed.
        case unclosed(String)
        /// An end tag that closes nothing.
        case unexpectedEnd(String)
        /// An end tag that closes another element than the one that is open.
        case mismatchedEnd(expected: String, found: String)
        /// An attribute without `=` and a value in quotes.
        case missingValue(String)
        /// An attribute that the element has already.
        case duplicateAttribute(String)
        /// A character that XML 1.0 does not allow.
        case illegalCharacter(UInt32)
        /// `&` that begins no complete reference.
        case unfinishedReference
        /// A reference to an entity other than the five of XML.
        case entity(String)
        /// Elements nested deeper than ``XMLTokenizer/greatestDepth``.
        case tooDeep
        /// Text or a second element outside the root element.
        case contentOutsideRoot
        /// There is no element at all.
        case noElement
    }

    /// The place in the document, in bytes from 0.
    package var position: Int
    /// What is wrong.
    package var problem: Problem
}
