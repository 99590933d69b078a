import ByteParsing
import EventLogs

/// Attribute elements: their keys, their values, and whole trees of them.
extension XESLogReader {
    /// The key and the value of the attribute element that begins, until the reader moves; no bytes where there is no value.
    mutating func keyAndValue() throws -> (key: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer) {
        var key: UnsafeRawBufferPointer?
        var value = UnsafeRawBufferPointer(start: nil, count: 0)
        for number in 0..<xml.attributeCount {
            let attribute = xml.attribute(number)
            if attribute.hasPrefix { continue }
            let name = attribute.localName
            if name.count == 3 && name[0] == UInt8(ascii: "k") && name[1] == UInt8(ascii: "e") && name[2] == UInt8(ascii: "y") {
                key = attribute.value
            } else if name.count == 5 && name[0] == UInt8(ascii: "v") && name.elementsEqual("value".utf8) {
                value = attribute.value
            }
        }
        if let key { return (key, value) }
        let element = String(decoding: xml.localName, as: UTF8.self)
        let place = try xml.lineAndColumn(of: xml.position, isTag: true)
        throw InputError(file: file, line: place.line, column: place.column, .attributeWithoutKey(element: element))
    }

    func text(of name: StaticString) -> String? {
        xml.value(of: name).map { String(decoding: $0, as: UTF8.self) }
    }

    /// What the attribute element that begins holds, with its own key and value where it holds something.
    mutating func readNested(
        _ kind: AttributeTree.Kind, _ key: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer
    ) throws -> AttributeTree? {
        let (key, value) = (String(decoding: key, as: UTF8.self), String(decoding: value, as: UTF8.self))
        let children = try readChildren()
        return children.isEmpty ? nil : AttributeTree(key: key, kind: kind, text: value, children: children)
    }

    /// The attribute element that begins, whole.
    mutating func readTree() throws -> AttributeTree {
        let kind: AttributeTree.Kind
        switch XESElement(xml.localName) {
        case .attribute(let type): kind = .value(type)
        case .list: kind = .list
        default: kind = .container
        }
        let (key, value) = try keyAndValue()
        let (keyText, text) = (String(decoding: key, as: UTF8.self), String(decoding: value, as: UTF8.self))
        return AttributeTree(key: keyText, kind: kind, text: text, children: try readChildren())
    }

    /// The attributes inside the element that begins, to its end; `<values>` of a list is looked through.
    mutating func readChildren() throws -> [AttributeTree] {
        var children: [AttributeTree] = []
        while true {
            switch try xml.next() {
            case .start:
                switch XESElement(xml.localName) {
                case .attribute, .list, .container: children.append(try readTree())
                case .values: children += try readChildren()
                default: try xml.skipElement()
                }
            case .end, .endOfFile: return children
            case .text: continue
            }
        }
    }
}
