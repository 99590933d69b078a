import ByteParsing
import CXML
import Statistics
import Testing

/// What the tokenizer makes of a document is what libxml2 makes of it.
@Suite struct XMLTokenizerLibxml2Tests {
    /// A start tag with its attributes, an end tag, or the end of the document.
    private enum Token: Equatable {
        case start(String, [String])
        case end(String)
    }

    /// The elements as the tokenizer sees them; `nil` where it refuses the document.
    private func tokenized(_ bytes: [UInt8]) -> [Token]? {
        if bytes.withUnsafeBytes({ UTF8Check.firstInvalid(in: $0) }) != nil { return nil }
        let scratch = ByteScratch()
        return bytes.withUnsafeBytes { raw -> [Token]? in
            var tokenizer = XMLTokenizer(raw)
            var tokens: [Token] = []
            do {
                while true {
                    switch try tokenizer.next() {
                    case .start:
                        var attributes: [String] = []
                        for attribute in tokenizer.attributes {
                            attributes.append(String(decoding: tokenizer.slice(attribute.name), as: UTF8.self))
                            attributes.append(String(decoding: try tokenizer.value(attribute, scratch), as: UTF8.self))
                        }
                        tokens.append(.start(String(decoding: tokenizer.slice(tokenizer.name), as: UTF8.self), attributes))
                    case .end: tokens.append(.end(String(decoding: tokenizer.slice(tokenizer.name), as: UTF8.self)))
                    case .text: continue
                    case .endOfFile: return tokens
                    }
                }
            } catch {
                return nil
            }
        }
    }

    /// The elements as libxml2 sees them; `nil` where it refuses the document.
    private func libxml2(_ bytes: [UInt8]) -> [Token]? {
        bytes.withUnsafeBytes { raw -> [Token]? in
            let options = Int32(XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue)
            guard
                let reader = xmlReaderForMemory(
                    raw.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(raw.count), nil, "UTF-8", options)
            else { return nil }
            defer { xmlFreeTextReader(reader) }
            var tokens: [Token] = []
            func text(_ bytes: UnsafePointer<xmlChar>?) -> String { bytes.map { String(cString: $0) } ?? "" }
            while true {
                let status = xmlTextReaderRead(reader)
                if status == 0 { return tokens }
                if status < 0 { return nil }
                switch xmlTextReaderNodeType(reader) {
                case Int32(XML_READER_TYPE_ELEMENT.rawValue):
                    let name = text(xmlTextReaderConstName(reader))
                    let isEmpty = xmlTextReaderIsEmptyElement(reader) == 1
                    var attributes: [String] = []
                    while xmlTextReaderMoveToNextAttribute(reader) == 1 {
                        attributes += [text(xmlTextReaderConstName(reader)), text(xmlTextReaderConstValue(reader))]
                    }
                    tokens.append(.start(name, attributes))
                    if isEmpty { tokens.append(.end(name)) }
                case Int32(XML_READER_TYPE_END_ELEMENT.rawValue): tokens.append(.end(text(xmlTextReaderConstName(reader))))
                default: continue
                }
            }
        }
    }

    private static let names = ["log", "trace", "x:event", "string", "a-b.c", "_1", "é", "事件"]
    private static let values = [
        "", "plain", "a &amp; b", "&lt;&gt;&quot;&apos;", "&#65;&#x4E2D;", "tab\tand\nline\r\nend", "'single'", "é 中文 🙂", "]]>", "x&#10;y",
    ]

    private static func element(_ stream: inout RandomStream, depth: Int) -> String {
        let name = names[stream.index(below: names.count)]
        var text = "<" + name
        var used: Set<String> = []
        for _ in 0..<stream.index(below: 4) {
            let key = names[stream.index(below: names.count)].replacing("x:", with: "")
            if !used.insert(key).inserted { continue }
            let value = values[stream.index(below: values.count)]
            let isSingle = !value.contains("'") && stream.index(below: 3) == 0
            text += [" ", "\n ", "\t"][stream.index(below: 3)] + key + [" = ", "="][stream.index(below: 2)]
            text += isSingle ? "'\(value)'" : "\"\(value)\""
        }
        if depth == 0 || stream.index(below: 4) == 0 { return text + [" />", "/>", "></\(name)>"][stream.index(below: 3)] }
        text += ">"
        for _ in 0..<stream.index(below: 4) {
            switch stream.index(below: 6) {
            case 0: text += "<!-- a <b> & -->"
            case 1: text += "<![CDATA[ <c> & ]]>"
            case 2: text += "<?pi <d>?>"
            case 3: text += "text &amp; more"
            default: text += element(&stream, depth: depth - 1)
            }
        }
        return text + "</\(name)\n>"
    }

    private static func document(_ stream: inout RandomStream) -> String {
        ["", "<?xml version=\"1.0\"?>", "<?xml version='1.0' encoding=\"UTF-8\"?>\n<!-- x -->\n"][stream.index(below: 3)]
            + element(&stream, depth: 4) + ["", "\n", "<!-- end -->\n"][stream.index(below: 3)]
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>) func wellFormedDocumentsAreSeenAlike(seed: UInt64) throws {
        var stream = RandomStream(seed: seed, path: 5)
        for _ in 0..<50 {
            let text = Self.document(&stream)
            let own = try #require(tokenized(Array(text.utf8)), "\(text)")
            #expect(own == libxml2(Array(text.utf8)), "\(text)")
        }
    }

    /// What was damaged is refused by both, or seen alike.
    @Test(arguments: 1...20 as ClosedRange<UInt64>) func damagedDocumentsAreSeenAlike(seed: UInt64) throws {
        var stream = RandomStream(seed: seed, path: 6)
        let signs = Array("<>/\"'=&;![]-? \n\tax:1.é".utf8)
        var refused = 0
        for _ in 0..<1_500 {
            // The declaration and other instructions are skipped unread here.
            var bytes = Array(Self.element(&stream, depth: 4).utf8)
            for _ in 0...stream.index(below: 2) {
                let place = stream.index(below: bytes.count)
                switch stream.index(below: 4) {
                case 0: bytes[place] = signs[stream.index(below: signs.count)]
                case 1: bytes.insert(signs[stream.index(below: signs.count)], at: place)
                case 2: bytes.remove(at: place)
                default: bytes.swapAt(place, stream.index(below: bytes.count))
                }
                if bytes.isEmpty { break }
            }
            let own = tokenized(bytes)
            if own == nil { refused += 1 }
            let theirs = libxml2(bytes)
            if own != theirs {
                Issue.record(
                    "ours \(own == nil ? "refuses" : "reads"), libxml2 \(theirs == nil ? "refuses" : "reads"): \(String(decoding: bytes, as: UTF8.self).debugDescription)"
                )
                return
            }
        }
        #expect(refused > 200)
    }
}
