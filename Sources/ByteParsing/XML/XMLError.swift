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
        /// Elements nested deeper than ``XMLReader/greatestDepth``.
        case tooDeep
        /// A tag, a name, a comment or a CDATA section that takes more than ``XMLReader/greatestLength`` bytes.
        case tooLong
        /// A tag with more attributes than can be told apart in good time.
        case tooManyAttributes
        /// `<?xml …?>` anywhere but at the very beginning.
        case misplacedDeclaration
        /// An XML declaration that is none, or of another version.
        case badDeclaration
        /// Text or a second element outside the root element.
        case contentOutsideRoot
        /// There is no element at all.
        case noElement
        /// Anything else, in libxml2's words.
        case malformed(String)
    }

    /// The place in the document, in bytes from 0.
    package var position: Int
    /// What is wrong.
    package var problem: Problem

    /// An error at a place.
    package init(position: Int, problem: Problem) {
        self.position = position
        self.problem = problem
    }
}

extension XMLError.Problem {
    /// What is wrong, in English.
    package var words: String {
        switch self {
        case .unexpected(let text): "“\(text)” may not stand here"
        case .unclosed(let name): "the file ends before “\(name)” is closed"
        case .unexpectedEnd(let name): "</\(name)> closes nothing"
        case .mismatchedEnd(let expected, let found): "</\(found)> stands where </\(expected)> is due"
        case .missingValue(let name): "the attribute \(name) has no value in quotes"
        case .duplicateAttribute(let name): "the attribute \(name) stands twice"
        case .illegalCharacter(let code): "the character U+\(String(code, radix: 16, uppercase: true)) is not allowed in XML"
        case .unfinishedReference: "“&” begins no complete reference (write &amp; for the sign itself)"
        case .entity(let name): "the entity &\(name); is not one of the five of XML, and declared ones are not expanded"
        case .tooDeep: "elements are nested more than \(XMLReader.greatestDepth) deep"
        case .tooLong: "a tag, a name or a comment takes more than \(XMLReader.greatestLength / 1_000_000) MB"
        case .tooManyAttributes: "a tag has too many attributes"
        case .misplacedDeclaration: "<?xml …?> may stand at the very beginning only, before any space and line break"
        case .badDeclaration: "<?xml …?> is not a declaration of XML 1.0"
        case .contentOutsideRoot: "something stands outside the root element"
        case .noElement: "there is no element in the file"
        case .malformed(let words): words
        }
    }
}
