import ByteParsing

/// Walks through a model's file, element by element, with errors that say where.
struct ModelXMLReader: ~Copyable {
    private let bytes: UnsafeRawBufferPointer
    private var xml: XMLReader

    /// A reader of UTF-8 that stays in place.
    private init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
        xml = XMLReader(XMLText(bytes), wantsText: true)
    }

    /// What `body` makes of a document, which may be in UTF-8, in UTF-16 with its mark, or in the encoding it declares.
    static func read<Result: Sendable>(
        _ bytes: UnsafeRawBufferPointer, _ body: (inout ModelXMLReader) throws(ModelFileError) -> Result
    ) throws(ModelFileError) -> Result {
        if UTF8Check.firstInvalid(in: bytes) == nil {
            var reader = ModelXMLReader(bytes)
            return try body(&reader)
        }
        guard let encoding = EncodingDetector.wide(bytes) ?? declaredEncoding(bytes),
            let name = TextDecoding.canonicalName(encoding), let decoded = try? TextDecoding.utf8(from: bytes, encoding: name)
        else { throw ModelFileError(problem: .unknownEncoding, line: 1, column: 1) }
        let result: Swift.Result<Result, ModelFileError> = decoded.withBytes { text in
            do throws(ModelFileError) {
                var reader = ModelXMLReader(text)
                return .success(try body(&reader))
            } catch { return .failure(error) }
        }
        return try result.get()
    }

    /// What `body` makes of a document that is held as text.
    static func read<Result: Sendable>(
        text: String, _ body: (inout ModelXMLReader) throws(ModelFileError) -> Result
    ) throws(ModelFileError) -> Result {
        let result: Swift.Result<Result, ModelFileError> = Array(text.utf8).withUnsafeBytes { bytes in
            do throws(ModelFileError) { return .success(try read(bytes, body)) } catch { return .failure(error) }
        }
        return try result.get()
    }

    /// The value of `encoding` in the XML declaration.
    private static func declaredEncoding(_ bytes: UnsafeRawBufferPointer) -> String? {
        let head = String(decoding: bytes.prefix(200), as: UTF8.self)
        guard head.hasPrefix("<?xml"), let declaration = head.split(separator: "?>").first,
            let place = declaration.firstRange(of: "encoding")
        else { return nil }
        let rest = declaration[place.upperBound...].drop { $0 == " " || $0 == "=" }
        guard let quote = rest.first, quote == "\"" || quote == "'" else { return nil }
        return String(rest.dropFirst().prefix { $0 != quote })
    }

    // MARK: - Walking

    /// How many elements are open; one that begins is among them.
    var depth: Int { xml.depth }

    /// Moves to the next event.
    mutating func next() throws(ModelFileError) -> XMLReader.Token {
        do {
            return try xml.next()
        } catch let error as XMLError {
            throw self.error(.malformed(error.problem.words), at: error.position)
        } catch {
            preconditionFailure("reading from memory throws nothing else: \(error)")
        }
    }

    /// Moves to the root, which must be the element of that name.
    mutating func begin(_ root: String) throws(ModelFileError) {
        while true {
            switch try next() {
            case .start:
                if name != root { throw error(.wrongRoot(expected: root, found: name)) }
                return
            case .endOfFile: throw error(.wrongRoot(expected: root, found: ""), at: 0)
            case .text, .end: break
            }
        }
    }

    /// Moves to the next element within the one that began at that depth; false where it has ended.
    mutating func nextElement(in outer: Int) throws(ModelFileError) -> Bool {
        while true {
            switch try next() {
            case .start: return true
            case .end where depth < outer: return false
            case .endOfFile: return false
            case .text, .end: break
            }
        }
    }

    /// Moves behind the element that begins.
    mutating func skip() throws(ModelFileError) {
        let outer = depth
        while depth >= outer {
            if try next() == .endOfFile { return }
        }
    }

    /// Moves to the end of the document: what follows must be well-formed still.
    mutating func finish() throws(ModelFileError) {
        while try next() != .endOfFile {}
    }

    /// The text in the element that begins, without indentation; it is read to its end.
    mutating func text() throws(ModelFileError) -> String {
        let outer = depth
        var text = ""
        while true {
            switch try next() {
            case .text: text += String(decoding: xml.text, as: UTF8.self)
            case .end where depth < outer: return Self.withoutIndentation(text)
            case .endOfFile: return text
            case .start, .end: break
            }
        }
    }

    /// The text of the first `text` (of old files, `value`) in the element that begins, which is read to its end; nil where there is none.
    mutating func label() throws(ModelFileError) -> String? {
        let outer = depth
        var label: String?
        while try nextElement(in: outer) {
            if label == nil, name == "text" || name == "value" { label = try text() } else { try skip() }
        }
        return label
    }

    /// White space around a text goes only where it holds a line break: then it is the file's own.
    private static func withoutIndentation(_ text: String) -> String {
        let isSpace: (Unicode.Scalar) -> Bool = { $0 == " " || $0 == "\n" || $0 == "\t" || $0 == "\r" }
        var scalars = Substring(text).unicodeScalars
        let head = scalars.prefix(while: isSpace)
        if head.contains("\n") { scalars.removeFirst(head.count) }
        let tail = scalars.reversed().prefix(while: isSpace)
        if tail.contains("\n") { scalars.removeLast(tail.count) }
        return String(scalars)
    }

    // MARK: - The element that begins

    /// Its name without prefix.
    var name: String { String(decoding: xml.localName, as: UTF8.self) }

    /// An attribute; nil where it has none of that name.
    func attribute(_ name: StaticString) -> String? {
        xml.value(of: name).map { String(decoding: $0, as: UTF8.self) }
    }

    /// An attribute that it must have.
    func required(_ attribute: StaticString) throws(ModelFileError) -> String {
        guard let value = self.attribute(attribute) else {
            throw error(.missingAttribute(element: name, attribute: "\(attribute)"))
        }
        return value
    }

    /// Where its tag begins, in bytes: no `<` stands in a tag but its first.
    var place: Int {
        bytes[..<min(bytes.count, xml.position)].lastIndex(of: UInt8(ascii: "<")) ?? 0
    }

    /// An error at a place, the tag at hand where none is given.
    func error(_ problem: ModelFileError.Problem, at place: Int? = nil) -> ModelFileError {
        let found = TextPlace.lineAndColumn(of: place ?? self.place, in: bytes)
        return ModelFileError(problem: problem, line: found.line, column: found.column)
    }
}
