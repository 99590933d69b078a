import CXML

/// What libxml2's parser tells while it is fed, in plain memory until it is asked for: its callbacks cost no reference counting and no
/// allocation for each element.
struct XMLEvents: ~Copyable {
    /// A name, whose parts libxml2 keeps, closed by a zero byte, for as long as the parser lives.
    struct Name {
        var local: UnsafePointer<UInt8>
        var localLength: Int
        var prefix: UnsafePointer<UInt8>?
        var namespace: UnsafePointer<UInt8>?
    }

    /// What was found.
    struct Event {
        var token: XMLReader.Token
        /// How many declarations of namespaces follow the attributes.
        var declarations: UInt32 = 0
        var name: Name?
        /// Where the parser stood in the document: for a tag within it, behind its last attribute.
        var position: Int
        /// The first of the attributes, or where in ``text`` character data begins.
        var first: Int
        /// How many attributes, or how many bytes of character data.
        var count: Int
    }

    /// An attribute of an element that begins.
    struct Attribute {
        var name: Name
        /// Where in ``text`` its value begins.
        var value: Int
        var length: Int
    }

    /// Set before the parser is fed.
    var parser: xmlParserCtxtPtr?
    let wantsText: Bool
    /// Whether the document ends with what the parser was fed.
    var isAtEnd = false
    /// How many bytes of the document the parser does not see, a byte-order mark.
    var skipped = 0
    /// What is wrong with the document; what comes after it is not told.
    var error: XMLError?

    private(set) var events = Room<Event>()
    private(set) var attributes = Room<Attribute>()
    private(set) var text = Room<UInt8>()
    /// The names of the elements that are open.
    private(set) var open = Room<Name>()
    private(set) var hasRoot = false

    init(wantsText: Bool) {
        self.wantsText = wantsText
    }

    /// Forgets the events.
    mutating func removeAll() {
        events.count = 0
        attributes.count = 0
        text.count = 0
    }

    func free() {
        events.free()
        attributes.free()
        text.free()
        open.free()
    }

    /// Where the parser stands.
    var position: Int {
        guard let input = parser?.pointee.input else { return 0 }
        return skipped &+ Int(input.pointee.consumed) &+ (input.pointee.cur - input.pointee.base)
    }

    // MARK: - What the parser calls

    /// The functions that the parser calls. Those that would declare, look up or load entities and document types are left out, so that none
    /// are ever known and nothing outside the document is read.
    static var handler: xmlSAXHandler {
        var handler = xmlSAXHandler()
        handler.initialized = UInt32(XML_SAX2_MAGIC)
        handler.startElementNs = { own, local, prefix, namespace, declared, declarations, count, defaulted, attributes in
            // What a document type gives to elements is not theirs.
            XMLEvents.at(own).pointee.start(local!, prefix, namespace, attributes, Int(count - defaulted))
            if declared > 0 { XMLEvents.at(own).pointee.declare(declarations, Int(declared)) }
        }
        handler.endElementNs = { own, local, prefix, namespace in XMLEvents.at(own).pointee.end() }
        handler.characters = { own, bytes, count in XMLEvents.at(own).pointee.characters(bytes!, Int(count)) }
        handler.ignorableWhitespace = { own, bytes, count in XMLEvents.at(own).pointee.characters(bytes!, Int(count)) }
        handler.cdataBlock = { own, bytes, count in XMLEvents.at(own).pointee.characters(bytes!, Int(count)) }
        handler.serror = { own, error in
            if let error { XMLEvents.at(own).pointee.note(error.pointee) }
        }
        return handler
    }

    private static func at(_ own: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<XMLEvents> {
        own!.assumingMemoryBound(to: XMLEvents.self)
    }

    private mutating func start(
        _ local: UnsafePointer<UInt8>, _ prefix: UnsafePointer<UInt8>?, _ namespace: UnsafePointer<UInt8>?,
        _ given: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, _ count: Int
    ) {
        if error != nil { return }
        if open.count == XMLReader.greatestDepth {
            error = XMLError(position: position - (distance(back: UInt8(ascii: "<")) ?? 0), problem: .tooDeep)
            return
        }
        let name = Name(local: local, localLength: strlen(local), prefix: prefix, namespace: namespace)
        open.append(name)
        hasRoot = true
        events.append(Event(token: .start, name: name, position: position, first: attributes.count, count: count))
        guard let given else { return }
        var place = given
        for _ in 0..<count {
            guard let local = place[0], let value = place[3], let end = place[4] else { return }
            let name = Name(local: local, localLength: strlen(local), prefix: place[1], namespace: place[2])
            attributes.append(Attribute(name: name, value: text.count, length: end - value))
            text.append(value, end - value)
            place += 5
        }
    }

    /// Adds the namespaces that an element declares behind its attributes: the prefix as the name, empty for the default one.
    private mutating func declare(_ given: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, _ count: Int) {
        guard let given, error == nil, events.count > 0 else { return }
        for number in 0..<count {
            guard let value = given[2 * number + 1] else { continue }
            // The byte that closes the namespace is an empty text.
            let prefix = given[2 * number] ?? value + strlen(value)
            let name = Name(local: prefix, localLength: strlen(prefix), prefix: nil, namespace: nil)
            attributes.append(Attribute(name: name, value: text.count, length: strlen(value)))
            text.append(value, strlen(value))
            events.base[events.count - 1].declarations += 1
        }
    }

    private mutating func end() {
        if error != nil || open.count == 0 { return }
        open.count &-= 1
        events.append(Event(token: .end, name: open.base[open.count], position: position, first: 0, count: 0))
    }

    private mutating func characters(_ bytes: UnsafePointer<UInt8>, _ count: Int) {
        if error != nil || !wantsText { return }
        events.append(Event(token: .text, name: nil, position: position, first: text.count, count: count))
        text.append(bytes, count)
    }

    private func strlen(_ text: UnsafePointer<UInt8>) -> Int { Int(xmlStrlen(text)) }

    /// How far before the place of the parser a byte stands the last time, as far as the parser keeps what it has read.
    func distance(back byte: UInt8) -> Int? {
        guard let input = parser?.pointee.input, var place = input.pointee.cur, let base = input.pointee.base else { return nil }
        while place > base {
            place -= 1
            if place.pointee == byte { return input.pointee.cur - place }
        }
        return nil
    }

    private mutating func note(_ found: xmlError) {
        if error == nil { error = XMLError(found, self) }
    }
}

/// Values one after the other in memory that grows and is freed by hand.
struct Room<Value: BitwiseCopyable> {
    private(set) var base: UnsafeMutablePointer<Value>
    var count = 0
    private var capacity = 256

    init() {
        base = .allocate(capacity: capacity)
    }

    func free() {
        base.deallocate()
    }

    @inline(__always)
    mutating func append(_ value: Value) {
        if count == capacity { grow(1) }
        base[count] = value
        count &+= 1
    }

    @inline(__always)
    mutating func append(_ values: UnsafePointer<Value>, _ number: Int) {
        if capacity &- count < number { grow(number) }
        (base + count).update(from: values, count: number)
        count &+= number
    }

    private mutating func grow(_ more: Int) {
        let wanted = max(capacity * 2, count + more)
        let larger = UnsafeMutablePointer<Value>.allocate(capacity: wanted)
        larger.update(from: base, count: count)
        base.deallocate()
        base = larger
        capacity = wanted
    }
}
