import ByteParsing
import EventLogs

/// Attribute elements: their keys, their values, and whole trees of them.
extension XESLogReader {
    /// The key and the value of the attribute element that begins.
    func keyAndValue() throws -> (key: XMLAttribute, value: XMLAttribute?) {
        var key: XMLAttribute?
        var value: XMLAttribute?
        for attribute in tokenizer.attributes {
            let name = tokenizer.slice(attribute.name)
            if name.count == 3 && name[0] == UInt8(ascii: "k") && name[1] == UInt8(ascii: "e") && name[2] == UInt8(ascii: "y") {
                key = attribute
            } else if name.count == 5 && name[0] == UInt8(ascii: "v") && name.elementsEqual("value".utf8) {
                value = attribute
            }
        }
        guard let key else {
            let place = TextPlace.lineAndColumn(of: tokenizer.tokenStart, in: tokenizer.bytes)
            let element = String(decoding: tokenizer.localName, as: UTF8.self)
            throw InputError(file: file, line: place.line, column: place.column, .attributeWithoutKey(element: element))
        }
        return (key, value)
    }

    func bytes(_ attribute: XMLAttribute, _ scratch: ByteScratch) throws(XMLError) -> UnsafeRawBufferPointer {
        try tokenizer.value(attribute, scratch)
    }

    /// The value's bytes, or none.
    func bytes(_ attribute: XMLAttribute?) throws(XMLError) -> UnsafeRawBufferPointer {
        guard let attribute else { return UnsafeRawBufferPointer(start: nil, count: 0) }
        return try bytes(attribute, scratch)
    }

    func text(of name: String) throws -> String? {
        for attribute in tokenizer.attributes where tokenizer.slice(attribute.name).elementsEqual(name.utf8) {
            return String(decoding: try bytes(attribute, scratch), as: UTF8.self)
        }
        return nil
    }

    func tree(_ key: XMLAttribute, _ kind: AttributeTree.Kind, _ value: XMLAttribute?, _ children: [AttributeTree]) throws
        -> AttributeTree
    {
        AttributeTree(
            key: String(decoding: try bytes(key, scratch), as: UTF8.self), kind: kind,
            text: String(decoding: try bytes(value), as: UTF8.self),
            children: children)
    }

    /// The attribute element that begins, whole.
    mutating func readTree() throws -> AttributeTree {
        let kind: AttributeTree.Kind
        switch XESElement(tokenizer.localName) {
        case .attribute(let type): kind = .value(type)
        case .list: kind = .list
        default: kind = .container
        }
        let (key, value) = try keyAndValue()
        return try tree(key, kind, value, try readChildren())
    }

    /// The attributes inside the element that begins, to its end; `<values>` of a list is looked through.
    mutating func readChildren() throws -> [AttributeTree] {
        var children: [AttributeTree] = []
        while true {
            switch try tokenizer.next() {
            case .start:
                switch XESElement(tokenizer.localName) {
                case .attribute, .list, .container: children.append(try readTree())
                case .values: children += try readChildren()
                default: try skipElement()
                }
            case .end, .endOfFile: return children
            case .text: continue
            }
        }
    }

    /// Skips the element that begins, with all that is in it.
    mutating func skipElement() throws {
        let outside = tokenizer.depth - 1
        while tokenizer.depth > outside {
            if try tokenizer.next() == .endOfFile { return }
        }
    }
}
