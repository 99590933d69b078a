import CXML

/// Walks through XML 1.0 event by event while it comes piece by piece: libxml2's push parser under a face that is asked.
///
/// What is not well-formed is an error; names in namespaces that are not declared are no error. A document type declaration is read over:
/// entities it declares are never expanded and attributes it gives to elements are left out, so that a file can neither swell nor read
/// others; nothing outside the document is ever opened. No more is held in memory than the piece at hand and what it began.
///
/// What it lends (names, values, text) stays valid until ``next()`` or ``isEmpty()`` is called.
package struct XMLReader: ~Copyable {
    /// What was found.
    package enum Token: UInt8, Sendable, BitwiseCopyable {
        /// An element begins: see ``localName`` and the attributes.
        case start
        /// An element ends; an empty element begins and ends.
        case end
        /// Character data, CDATA too, perhaps not all of what stands together; only where it was asked for.
        case text
        /// The document has ended.
        case endOfFile
    }

    /// An attribute of an element that begins.
    package struct Attribute {
        /// Its name without prefix.
        package let localName: UnsafeRawBufferPointer
        /// Whether its name has a prefix.
        package let hasPrefix: Bool
        /// Its value, references replaced and white space normalised.
        package let value: UnsafeRawBufferPointer
        private let name: XMLEvents.Name

        init(_ own: XMLEvents.Attribute, value: UnsafeRawBufferPointer) {
            localName = UnsafeRawBufferPointer(start: own.name.local, count: own.name.localLength)
            hasPrefix = own.name.prefix != nil
            name = own.name
            self.value = value
        }

        /// The prefix of its name, empty where it has none.
        package var prefix: UnsafeRawBufferPointer { Self.bytes(name.prefix) }
        /// The namespace of its name, empty where it has none.
        package var namespace: UnsafeRawBufferPointer { Self.bytes(name.namespace) }

        private static func bytes(_ text: UnsafePointer<UInt8>?) -> UnsafeRawBufferPointer {
            UnsafeRawBufferPointer(start: text, count: text.map { Int(xmlStrlen($0)) } ?? 0)
        }
    }

    /// Elements may be nested this deep.
    package static let greatestDepth = 256
    /// A tag, a name, a comment and a CDATA section may take about so many bytes (libxml2's own bound).
    package static let greatestLength = 10_000_000

    /// How many bytes the parser is fed at once.
    private static let piece = 1 << 16
    /// So many attributes of one tag take a noticeable time, as each is compared with each.
    private static let mostAttributes = 1 << 16

    private let events: UnsafeMutablePointer<XMLEvents>
    private let parser: xmlParserCtxtPtr
    private let source: any XMLSource
    private var index = 0
    private var isFed = false
    private var isBegun = false
    private var heldAttributes = 0
    /// How many elements are open; the one that begins is among them, the one that ends is not.
    package private(set) var depth = 0

    /// A reader before the first event.
    ///
    /// - Parameter wantsText: whether character data is told.
    package init(_ source: any XMLSource, wantsText: Bool = false) {
        self.source = source
        xmlInitParser()
        events = .allocate(capacity: 1)
        events.initialize(to: XMLEvents(wantsText: wantsText))
        var handler = XMLEvents.handler
        guard let parser = xmlCreatePushParserCtxt(&handler, events, nil, 0, nil) else {
            preconditionFailure("there is no memory to parse with")
        }
        self.parser = parser
        events.pointee.parser = parser
        // The bytes are UTF-8, whatever the document says of itself. To replace entities means here that `&amp;` in a value is told as `&`
        // and not as `&#38;`; there are none but the five of XML.
        let options = XML_PARSE_NONET.rawValue | XML_PARSE_IGNORE_ENC.rawValue | XML_PARSE_NOENT.rawValue
        _ = xmlCtxtUseOptions(parser, Int32(options))
        _ = xmlSwitchEncoding(parser, XML_CHAR_ENCODING_UTF8)
    }

    deinit {
        // The parser keeps declared entities in a document that it makes for them.
        xmlFreeDoc(parser.pointee.myDoc)
        xmlFreeParserCtxt(parser)
        events.pointee.free()
        events.deinitialize(count: 1)
        events.deallocate()
    }

    /// Moves to the next event.
    ///
    /// - Throws: ``XMLError``; what the source throws.
    package mutating func next() throws -> Token {
        while index == events.pointee.events.count {
            if try isFinished() { return .endOfFile }
            events.pointee.removeAll()
            index = 0
            try feed()
        }
        let token = events.pointee.events.base[index].token
        index += 1
        switch token {
        case .start: depth += 1
        case .end: depth -= 1
        case .text, .endOfFile: break
        }
        return token
    }

    /// Whether the element that begins ends at once, having neither elements nor, where it was asked for, text.
    package mutating func isEmpty() throws -> Bool {
        while index == events.pointee.events.count {
            if try isFinished() { return false }
            try feed()
        }
        return events.pointee.events.base[index].token == .end
    }

    /// Moves behind the element that begins, with all that is in it.
    package mutating func skipElement() throws {
        let outside = depth - 1
        while depth > outside {
            if try next() == .endOfFile { return }
        }
    }

    /// How much of the document was read, 0…1.
    package var fraction: Double { source.fraction }

    // MARK: - The current event

    private var current: XMLEvents.Event { events.pointee.events.base[index - 1] }

    /// The name of the element without its prefix.
    package var localName: UnsafeRawBufferPointer {
        guard let name = current.name else { return UnsafeRawBufferPointer(start: nil, count: 0) }
        return UnsafeRawBufferPointer(start: name.local, count: name.localLength)
    }

    /// The namespace of the element, where it has one.
    package var namespace: UnsafeRawBufferPointer? {
        current.name?.namespace.map { UnsafeRawBufferPointer(start: $0, count: Int(xmlStrlen($0))) }
    }

    /// The prefix of the element, where it has one.
    package var prefix: UnsafeRawBufferPointer? {
        current.name?.prefix.map { UnsafeRawBufferPointer(start: $0, count: Int(xmlStrlen($0))) }
    }

    /// How many namespaces the element that begins declares.
    package var declarationCount: Int { current.token == .start ? Int(current.declarations) : 0 }

    /// A namespace that the element that begins declares, and the prefix it is declared for, empty for the default one.
    package func declaration(_ number: Int) -> (prefix: UnsafeRawBufferPointer, namespace: UnsafeRawBufferPointer) {
        let own = attribute(current.count + number)
        return (own.localName, own.value)
    }

    /// How many attributes the element that begins has.
    package var attributeCount: Int { current.token == .start ? current.count : 0 }

    /// One of the attributes of the element that begins.
    package func attribute(_ number: Int) -> Attribute {
        let own = events.pointee.attributes.base[current.first + number]
        return Attribute(own, value: UnsafeRawBufferPointer(start: events.pointee.text.base + own.value, count: own.length))
    }

    /// The value of the attribute of that name, without prefix, or `nil`.
    package func value(of name: StaticString) -> UnsafeRawBufferPointer? {
        let wanted = UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
        for number in 0..<attributeCount {
            let own = attribute(number)
            if !own.hasPrefix && own.localName.count == wanted.count && own.localName.elementsEqual(wanted) { return own.value }
        }
        return nil
    }

    /// The character data.
    package var text: UnsafeRawBufferPointer {
        let own = current
        return UnsafeRawBufferPointer(start: events.pointee.text.base + own.first, count: own.token == .text ? own.count : 0)
    }

    // MARK: - Places

    /// A place within the tag of the element that begins or ends, in bytes from 0: behind the attributes of one that begins.
    package var position: Int { current.position }

    /// The line and the column, both from 1, of a place in the document or of the tag around it. The document is read again up to there, so
    /// that nothing can be read afterwards.
    ///
    /// - Parameter isTag: whether the beginning of the tag is meant that ends behind `position`.
    /// - Throws: what the source throws.
    package mutating func lineAndColumn(of position: Int, isTag: Bool = false) throws -> (line: Int, column: Int) {
        try source.restart()
        var counter = TextPlaceCounter()
        var tag: (line: Int, column: Int)?
        while counter.position < position, let piece = try source.next(about: Self.piece) {
            let rest = piece.prefix(position - counter.position)
            for byte in rest {
                if byte == UInt8(ascii: "<") { tag = counter.lineAndColumn }
                counter.pass(byte)
            }
        }
        return (isTag ? tag : nil) ?? counter.lineAndColumn
    }

    // MARK: - Feeding

    /// Whether nothing more will be told; an error is thrown once all that stands before it was told.
    private func isFinished() throws -> Bool {
        if let error = events.pointee.error { throw error }
        return isFed
    }

    private mutating func feed() throws {
        // A tag that does not end is looked through anew with every piece: so pieces grow with it.
        let held = held
        guard let piece = try source.next(about: max(Self.piece, held)) else {
            isFed = true
            events.pointee.isAtEnd = true
            if isBegun || events.pointee.error == nil { _ = xmlParseChunk(parser, nil, 0, 1) }
            if events.pointee.error == nil && parser.pointee.wellFormed == 0 {
                events.pointee.error = XMLError(position: events.pointee.position, problem: .malformed("libxml2: not well-formed"))
            }
            return
        }
        var text = piece
        if !isBegun {
            isBegun = true
            if text.starts(with: [0xEF, 0xBB, 0xBF]) {
                events.pointee.skipped = 3
                text = UnsafeRawBufferPointer(rebasing: text[3...])
            }
        }
        _ = xmlParseChunk(parser, text.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(text.count), 0)
        watchAttributes(text)
    }

    /// How many bytes the parser has that it could not yet make anything of.
    private var held: Int {
        guard let input = parser.pointee.input else { return 0 }
        return input.pointee.end - input.pointee.cur
    }

    /// Ends the reading of a tag that has so many attributes that comparing each with each takes for ever.
    private mutating func watchAttributes(_ text: UnsafeRawBufferPointer) {
        if held <= text.count {
            heldAttributes = 0
            return
        }
        for place in text.indices.dropLast() where text[place] == UInt8(ascii: "=") {
            if text[place + 1] == UInt8(ascii: "\"") || text[place + 1] == UInt8(ascii: "'") { heldAttributes += 1 }
        }
        if heldAttributes > Self.mostAttributes && events.pointee.error == nil {
            events.pointee.error = XMLError(position: events.pointee.position, problem: .tooManyAttributes)
        }
    }
}
