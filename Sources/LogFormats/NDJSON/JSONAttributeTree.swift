import ByteParsing
import EventLogs
import Instants

/// Nested and list attributes as JSON, and back.
///
/// A container is an object and a list is an array. An element of a list that has a key is an object with that one member. Attributes of
/// an attribute that has a value of its own stand beside it under its key with `@` in front. A text that is an instant with its offset
/// is a date. What is `null` is left out.
enum JSONAttributeTree {
    // MARK: - Reading

    /// The attribute that a JSON value, which is well-formed, stands for.
    static func read(_ json: UnsafeRawBufferPointer, key: String) throws(JSONError) -> AttributeTree {
        var scanner = JSONScanner(json)
        return try value(&scanner, key) ?? AttributeTree(key: key, kind: .container)
    }

    private static func value(_ scanner: inout JSONScanner, _ key: String) throws(JSONError) -> AttributeTree? {
        let kind = try scanner.kind()
        switch kind {
        case .null:
            try scanner.word(kind)
            return nil
        case .yes, .no:
            try scanner.word(kind)
            return AttributeTree(key: key, kind: .value(.boolean), text: kind == .yes ? "true" : "false")
        case .number:
            let token = try scanner.number()
            return AttributeTree(key: key, kind: .value(token.isSpecial ? .float : .int), text: plain(token, scanner))
        case .text:
            let token = try scanner.text()
            let text = unescaped(token, &scanner)
            return AttributeTree(key: key, kind: .value(isInstant(text) ? .date : .string), text: text)
        case .array:
            scanner.position += 1
            var children: [AttributeTree] = []
            scanner.skipSpace()
            if !scanner.take(UInt8(ascii: "]")) {
                repeat {
                    scanner.skipSpace()
                    if let child = try value(&scanner, "") { children.append(unwrapped(child)) }
                } while try scanner.hasNext(before: UInt8(ascii: "]"))
            }
            return AttributeTree(key: key, kind: .list, children: children)
        case .object:
            scanner.position += 1
            return AttributeTree(key: key, kind: .container, children: try members(&scanner))
        }
    }

    private static func members(_ scanner: inout JSONScanner) throws(JSONError) -> [AttributeTree] {
        var children: [AttributeTree] = []
        scanner.skipSpace()
        if scanner.take(UInt8(ascii: "}")) { return children }
        repeat {
            scanner.skipSpace()
            let token = try scanner.text()
            let key = unescaped(token, &scanner)
            try scanner.colon()
            guard let child = try value(&scanner, key) else { continue }
            // The attributes of the attribute before.
            if child.kind == .container, let last = children.indices.last, key == "@" + children[last].key, children[last].children.isEmpty,
                case .value = children[last].kind
            {
                children[last].children = child.children
            } else {
                children.append(child)
            }
        } while try scanner.hasNext(before: UInt8(ascii: "}"))
        return children
    }

    /// An element of a list that is an object of one member is that member.
    private static func unwrapped(_ element: AttributeTree) -> AttributeTree {
        element.kind == .container && element.children.count == 1 ? element.children[0] : element
    }

    private static func plain(_ token: JSONScanner.Token, _ scanner: JSONScanner) -> String {
        String(decoding: scanner.bytes[token.start..<token.end], as: UTF8.self)
    }

    private static func unescaped(_ token: JSONScanner.Token, _ scanner: inout JSONScanner) -> String {
        if !token.isSpecial { return plain(token, scanner) }
        let room = ByteScratch()
        scanner.unescape(token, into: room)
        return String(decoding: room.bytes, as: UTF8.self)
    }

    private static func isInstant(_ text: String) -> Bool {
        guard text.utf8.count >= 16, text.utf8.count <= 40 else { return false }
        return Array(text.utf8).withUnsafeBytes { ISO8601Reader.parse($0) }.map { $0.offset != nil && !$0.isDateOnly } ?? false
    }

    // MARK: - Writing

    /// Appends the JSON value of an attribute, without its key.
    static func write(_ tree: AttributeTree, to bytes: inout [UInt8]) {
        switch tree.kind {
        case .value(let type): writeScalar(tree.text, type, to: &bytes)
        case .container:
            bytes.append(UInt8(ascii: "{"))
            writeMembers(tree.children, to: &bytes)
            bytes.append(UInt8(ascii: "}"))
        case .list:
            bytes.append(UInt8(ascii: "["))
            for (place, child) in tree.children.enumerated() {
                if place > 0 { bytes.append(UInt8(ascii: ",")) }
                var isPlain = child.key.isEmpty
                if case .value = child.kind, !child.children.isEmpty { isPlain = false }
                // An object of one member would be read as that member.
                if child.kind == .container && child.children.count == 1 { isPlain = false }
                if isPlain {
                    write(child, to: &bytes)
                } else {
                    bytes.append(UInt8(ascii: "{"))
                    writeMembers([child], to: &bytes)
                    bytes.append(UInt8(ascii: "}"))
                }
            }
            bytes.append(UInt8(ascii: "]"))
        }
    }

    /// Appends the members of an object.
    private static func writeMembers(_ children: [AttributeTree], to bytes: inout [UInt8]) {
        for (place, child) in children.enumerated() {
            if place > 0 { bytes.append(UInt8(ascii: ",")) }
            JSONLogText.append(text: child.key, to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            write(child, to: &bytes)
            if case .value = child.kind, !child.children.isEmpty {
                bytes.append(UInt8(ascii: ","))
                JSONLogText.append(text: "@" + child.key, to: &bytes)
                bytes.append(contentsOf: ":{".utf8)
                writeMembers(child.children, to: &bytes)
                bytes.append(UInt8(ascii: "}"))
            }
        }
    }

    private static func writeScalar(_ text: String, _ type: AttributeType, to bytes: inout [UInt8]) {
        var written = text
        switch type {
        case .boolean where text == "true" || text == "false": bytes.append(contentsOf: text.utf8)
        case .int, .float:
            let isNumber = written.withUTF8 { buffer -> Bool in
                var scanner = JSONScanner(UnsafeRawBufferPointer(buffer))
                guard let token = try? scanner.number(), scanner.position == buffer.count else { return false }
                return token.isSpecial == (type == .float)
            }
            if isNumber {
                bytes.append(contentsOf: text.utf8)
            } else if type == .float, let number = Double(text), number.isFinite {
                bytes.append(contentsOf: JSONLogText.number(number).utf8)
            } else if type == .int, let number = Int64(text) {
                bytes.append(contentsOf: String(number).utf8)
            } else {
                JSONLogText.append(text: text, to: &bytes)
            }
        default: JSONLogText.append(text: text, to: &bytes)
        }
    }
}
