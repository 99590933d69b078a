import Foundation

/// The one JSON form of results: the same value always gives the same bytes.
///
/// Keys stand in declaration order and in `snake_case` (`p90S` → `p90_s`), an unknown value is `null`, numbers from floating
/// arithmetic are rounded to 9 significant digits and written as short as they can be, NaN and infinities are `null`.
/// Control, bidirectional and line-separator characters are escaped, so that the text is inert on a terminal as well.
///
/// ```swift
/// let text = try JSONText.encode(result)
/// let text = try JSONText.encode(JSONText.Envelope(schema: "weir/variants/1", result: table, provenance: provenance))
/// ```
package enum JSONText {
    /// The JSON text of a value, ending with a newline.
    ///
    /// - Parameters:
    ///   - value: what to write; keys of dictionaries keyed by `String` are sorted by UTF-8 bytes and written as they are.
    ///   - pretty: two spaces per level, arrays of numbers on one line; else everything on one line.
    package static func encode(_ value: some Encodable, pretty: Bool = true) throws -> String {
        let node = JSONNode()
        try JSONTreeEncoder.fill(node, with: value, path: [])
        var writer = JSONWriter(pretty: pretty)
        writer.write(node, level: 0)
        writer.bytes.append(UInt8(ascii: "\n"))
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// A result with its schema in front and its provenance behind, as one object.
    package struct Envelope<Result: Encodable, Provenance: Encodable>: Encodable {
        /// The form of the object, such as `weir/variants/1`.
        package var schema: String
        /// What is written as the object's own keys; it must encode as an object.
        package var result: Result
        /// What the result rests on.
        package var provenance: Provenance

        /// An object of these parts.
        package init(schema: String, result: Result, provenance: Provenance) {
            self.schema = schema
            self.result = result
            self.provenance = provenance
        }

        private enum CodingKeys: String, CodingKey {
            case schema, provenance
        }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(schema, forKey: .schema)
            try result.encode(to: encoder)
            try container.encode(provenance, forKey: .provenance)
        }
    }

    /// A key as it is written: an underscore before each capital that begins a word, and lower case.
    static func snakeCase(_ key: String) -> String {
        let scalars = Array(key.unicodeScalars)
        var text = String.UnicodeScalarView()
        for (index, scalar) in scalars.enumerated() {
            guard ("A"..."Z").contains(scalar) else {
                text.append(scalar)
                continue
            }
            let previous = index > 0 ? scalars[index - 1] : nil
            let next = index + 1 < scalars.count ? scalars[index + 1] : nil
            let followsSmall = previous.map { ("a"..."z").contains($0) || ("0"..."9").contains($0) } ?? false
            let endsCapitals =
                previous.map { ("A"..."Z").contains($0) } ?? false && (next.map { ("a"..."z").contains($0) } ?? false)
            if followsSmall || endsCapitals { text.append("_") }
            text.append(Unicode.Scalar(scalar.value + 32) ?? scalar)
        }
        return String(text)
    }

    /// A number with at most 9 significant digits, as short as it can be written; `nil` where it is not finite.
    static func number(_ value: Double) -> String? {
        guard value.isFinite else { return nil }
        if value == value.rounded() && abs(value) < 1e9 { return String(Int(value)) }
        let rounded = Double(String(format: "%.9g", value)) ?? value
        if rounded == rounded.rounded() && abs(rounded) < 1e15 { return String(Int(rounded)) }
        return "\(rounded)"
    }
}

/// A value on its way into text; filled in by the encoder below.
final class JSONNode {
    enum Content {
        case null
        case literal(String)
        case text(String)
        case list([JSONNode])
        case object([(key: String, node: JSONNode)])
    }

    var content = Content.null

    func child(_ key: String) -> JSONNode {
        guard case .object(var members) = content else {
            let node = JSONNode()
            content = .object([(key, node)])
            return node
        }
        if let known = members.first(where: { $0.key == key }) { return known.node }
        let node = JSONNode()
        content = .null
        members.append((key, node))
        content = .object(members)
        return node
    }

    func append() -> JSONNode {
        let node = JSONNode()
        guard case .list(var nodes) = content else {
            content = .list([node])
            return node
        }
        content = .null
        nodes.append(node)
        content = .list(nodes)
        return node
    }

    var count: Int {
        if case .list(let nodes) = content { return nodes.count }
        return 0
    }
}

/// Writes nodes as text.
struct JSONWriter {
    var bytes: [UInt8] = []
    var pretty: Bool

    mutating func write(_ node: JSONNode, level: Int) {
        switch node.content {
        case .null: append("null")
        case .literal(let text): append(text)
        case .text(let text): quote(text)
        case .list(let nodes):
            let flat = nodes.allSatisfy { node in
                switch node.content {
                case .null, .literal: true
                case .text, .list, .object: false
                }
            }
            append("[")
            for (index, node) in nodes.enumerated() {
                if index > 0 { append(flat && pretty ? ", " : ",") }
                if !flat { newline(level + 1) }
                write(node, level: level + 1)
            }
            if !flat { newline(level) }
            append("]")
        case .object(let members):
            append("{")
            for (index, member) in members.enumerated() {
                if index > 0 { append(",") }
                newline(level + 1)
                quote(member.key)
                append(pretty ? ": " : ":")
                write(member.node, level: level + 1)
            }
            if !members.isEmpty { newline(level) }
            append("}")
        }
    }

    private mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func newline(_ level: Int) {
        guard pretty else { return }
        bytes.append(UInt8(ascii: "\n"))
        for _ in 0..<level { append("  ") }
    }

    private mutating func quote(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": append("\\\"")
            case "\\": append("\\\\")
            case "\n": append("\\n")
            case "\r": append("\\r")
            case "\t": append("\\t")
            default:
                if InertText.isHostile(scalar) {
                    for unit in String(scalar).utf16 {
                        let digits = String(unit, radix: 16)
                        append("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
                    }
                } else {
                    bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
                }
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}

/// Dictionaries keyed by text: their keys are data, and their order must not depend on hashing.
private protocol TextKeyedDictionary {
    var sortedMembers: [(key: String, value: any Encodable)] { get }
}

extension Dictionary: TextKeyedDictionary where Key == String, Value: Encodable {
    fileprivate var sortedMembers: [(key: String, value: any Encodable)] {
        sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { ($0.key, $0.value) }
    }
}

/// The `Encoder` that fills a node.
struct JSONTreeEncoder: Encoder {
    var node: JSONNode
    var codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    static func fill(_ node: JSONNode, with value: some Encodable, path: [any CodingKey]) throws {
        switch value {
        case let value as Double: node.content = JSONText.number(value).map { .literal($0) } ?? .null
        case let value as String: node.content = .text(value)
        case let value as Int: node.content = .literal(String(value))
        case let value as any TextKeyedDictionary:
            node.content = .object([])
            for member in value.sortedMembers {
                try fill(node.child(member.key), with: member.value, path: path)
            }
        default: try value.encode(to: JSONTreeEncoder(node: node, codingPath: path))
        }
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        if case .object = node.content {} else { node.content = .object([]) }
        return KeyedEncodingContainer(JSONObjectContainer<Key>(node: node, codingPath: codingPath))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        if case .list = node.content {} else { node.content = .list([]) }
        return JSONListContainer(node: node, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        JSONValueContainer(node: node, codingPath: codingPath)
    }
}

private struct JSONValueContainer: SingleValueEncodingContainer {
    var node: JSONNode
    var codingPath: [any CodingKey]

    mutating func encodeNil() { node.content = .null }
    mutating func encode(_ value: Bool) { node.content = .literal(value ? "true" : "false") }
    mutating func encode(_ value: String) { node.content = .text(value) }
    mutating func encode(_ value: Double) { node.content = JSONText.number(value).map { .literal($0) } ?? .null }
    mutating func encode(_ value: Float) { encode(Double(value)) }
    mutating func encode(_ value: Int) { node.content = .literal(String(value)) }
    mutating func encode(_ value: Int8) { node.content = .literal(String(value)) }
    mutating func encode(_ value: Int16) { node.content = .literal(String(value)) }
    mutating func encode(_ value: Int32) { node.content = .literal(String(value)) }
    mutating func encode(_ value: Int64) { node.content = .literal(String(value)) }
    mutating func encode(_ value: UInt) { node.content = .literal(String(value)) }
    mutating func encode(_ value: UInt8) { node.content = .literal(String(value)) }
    mutating func encode(_ value: UInt16) { node.content = .literal(String(value)) }
    mutating func encode(_ value: UInt32) { node.content = .literal(String(value)) }
    mutating func encode(_ value: UInt64) { node.content = .literal(String(value)) }
    mutating func encode<Value: Encodable>(_ value: Value) throws {
        try JSONTreeEncoder.fill(node, with: value, path: codingPath)
    }
}

private struct JSONListContainer: UnkeyedEncodingContainer {
    var node: JSONNode
    var codingPath: [any CodingKey]
    var count: Int { node.count }

    mutating func encodeNil() { node.append().content = .null }
    mutating func encode<Value: Encodable>(_ value: Value) throws {
        try JSONTreeEncoder.fill(node.append(), with: value, path: codingPath)
    }
    mutating func nestedContainer<Key: CodingKey>(keyedBy keyType: Key.Type) -> KeyedEncodingContainer<Key> {
        JSONTreeEncoder(node: node.append(), codingPath: codingPath).container(keyedBy: keyType)
    }
    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        JSONTreeEncoder(node: node.append(), codingPath: codingPath).unkeyedContainer()
    }
    mutating func superEncoder() -> any Encoder {
        JSONTreeEncoder(node: node.append(), codingPath: codingPath)
    }
}

private struct JSONObjectContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
    var node: JSONNode
    var codingPath: [any CodingKey]

    private func place(_ key: some CodingKey) -> JSONNode {
        node.child(JSONText.snakeCase(key.stringValue))
    }

    /// What the synthesised code calls for optionals: unknown is written, as `null`.
    private func fill(_ key: Key, _ value: (some Encodable)?) throws {
        let place = place(key)
        guard let value else {
            place.content = .null
            return
        }
        try JSONTreeEncoder.fill(place, with: value, path: codingPath + [key])
    }

    mutating func encodeNil(forKey key: Key) { place(key).content = .null }
    mutating func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws { try fill(key, value) }
    mutating func encodeIfPresent(_ value: Bool?, forKey key: Key) throws { try fill(key, value) }
    mutating func encodeIfPresent(_ value: String?, forKey key: Key) throws { try fill(key, value) }
    mutating func encodeIfPresent(_ value: Double?, forKey key: Key) throws { try fill(key, value) }
    mutating func encodeIfPresent(_ value: Float?, forKey key: Key) throws { try fill(key, value) }
    mutating func encodeIfPresent(_ value: Int?, forKey key: Key) throws { try fill(key, value) }
    mutating func encodeIfPresent(_ value: Int8?, forKey key: Key) throws { try fill(key, value) }
    mutating func encodeIfPresent(_ value: Int16?, forKey key: Key) throws { try fill(key, value) }
    mutating func encodeIfPresent(_ value: Int32?, forKey key: Key) throws { try fill(key, value) }
    mutating func encodeIfPresent(_ value: Int64?, forKey key: Key) throws { try fill(key, value) }
    mutating func encodeIfPresent(_ value: UInt?, forKey key: Key) throws { try fill(key, value) }
    mutating func encodeIfPresent(_ value: UInt8?, forKey key: Key) throws { try fill(key, value) }
    mutating func encodeIfPresent(_ value: UInt16?, forKey key: Key) throws { try fill(key, value) }
    mutating func encodeIfPresent(_ value: UInt32?, forKey key: Key) throws { try fill(key, value) }
    mutating func encodeIfPresent(_ value: UInt64?, forKey key: Key) throws { try fill(key, value) }
    mutating func encodeIfPresent<Value: Encodable>(_ value: Value?, forKey key: Key) throws { try fill(key, value) }
    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy keyType: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        JSONTreeEncoder(node: place(key), codingPath: codingPath + [key]).container(keyedBy: keyType)
    }
    mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        JSONTreeEncoder(node: place(key), codingPath: codingPath + [key]).unkeyedContainer()
    }
    mutating func superEncoder() -> any Encoder { JSONTreeEncoder(node: node.child("super"), codingPath: codingPath) }
    mutating func superEncoder(forKey key: Key) -> any Encoder {
        JSONTreeEncoder(node: place(key), codingPath: codingPath + [key])
    }
}
