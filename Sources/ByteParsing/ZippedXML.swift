import CXML

/// Walks through the XML of one file of an archive, node by node, as it is inflated: libxml2's reader, without network, without
/// entities of the document's own and without a document type.
package final class ZippedXML {
    /// What the reader stands at.
    package enum Node {
        /// An element begins; it may be empty.
        case start
        /// An element ends.
        case end
        /// Text.
        case text
    }

    private let entry: ZipArchive.Entry
    private var reader: xmlTextReaderPtr?
    private var failure: ZipError?
    private var complaint: (words: String, line: Int)?

    /// The XML of the file at a place in the archive.
    package init(_ archive: ZipArchive, _ index: Int) throws(ZipError) {
        entry = try archive.open(index)
        xmlInitParser()
        let context = Unmanaged.passUnretained(self).toOpaque()
        reader = xmlReaderForIO(
            { context, target, count in
                guard let context, let target, count > 0 else { return -1 }
                return Unmanaged<ZippedXML>.fromOpaque(context).takeUnretainedValue().fill(target, Int(count))
            }, nil, context, nil, nil, Int32(XML_PARSE_NONET.rawValue | XML_PARSE_COMPACT.rawValue))
        guard let reader else { throw ZipError(name: entry.name, problem: .damaged("out of memory")) }
        xmlTextReaderSetErrorHandler(
            reader,
            { context, words, _, place in
                guard let context, let words else { return }
                let own = Unmanaged<ZippedXML>.fromOpaque(context).takeUnretainedValue()
                let line = place.map { Int(xmlTextReaderLocatorLineNumber($0)) } ?? 0
                if own.complaint == nil { own.complaint = (String(cString: words), line) }
            }, context)
    }

    deinit {
        xmlFreeTextReader(reader)
    }

    private func fill(_ target: UnsafeMutablePointer<CChar>, _ count: Int) -> Int32 {
        do {
            return Int32(try entry.read(into: UnsafeMutableRawBufferPointer(start: target, count: count)))
        } catch {
            failure = error
            return -1
        }
    }

    /// The file's name.
    package var name: String { entry.name }

    /// How many bytes the file has been found to have so far, unpacked.
    package var byteCount: Int { entry.position }

    /// How much of the file was read, in 0…1.
    package var fraction: Double { entry.size > 0 ? min(1, Double(entry.position) / Double(entry.size)) : 0 }

    /// Moves to the next element, end of an element or text; `nil` at the end.
    ///
    /// - Throws: ``ZippedXMLError``.
    package func next() throws(ZippedXMLError) -> Node? {
        while true {
            let status = xmlTextReaderRead(reader)
            if let failure { throw ZippedXMLError(cause: .archive(failure), name: name, line: nil) }
            if status != 1 {
                if status == 0 && complaint == nil { return nil }
                let words = (complaint?.words ?? "").split(separator: "\n").first.map(String.init) ?? ""
                throw ZippedXMLError(cause: .malformed(words), name: name, line: complaint?.line)
            }
            switch xmlTextReaderNodeType(reader) {
            case Int32(XML_READER_TYPE_ELEMENT.rawValue): return .start
            case Int32(XML_READER_TYPE_END_ELEMENT.rawValue): return .end
            case Int32(XML_READER_TYPE_TEXT.rawValue), Int32(XML_READER_TYPE_CDATA.rawValue),
                Int32(XML_READER_TYPE_SIGNIFICANT_WHITESPACE.rawValue):
                return .text
            case Int32(XML_READER_TYPE_DOCUMENT_TYPE.rawValue), Int32(XML_READER_TYPE_ENTITY_REFERENCE.rawValue):
                throw ZippedXMLError(cause: .malformed("a document type or an entity"), name: name, line: nil)
            default: continue
            }
        }
    }

    /// Whether the element's name without its prefix is `word`.
    package func `is`(_ word: StaticString) -> Bool {
        guard let name = xmlTextReaderConstLocalName(reader) else { return false }
        for offset in 0..<word.utf8CodeUnitCount where name[offset] != word.utf8Start[offset] { return false }
        return name[word.utf8CodeUnitCount] == 0
    }

    /// Whether the element that begins has no content.
    package var isEmpty: Bool { xmlTextReaderIsEmptyElement(reader) == 1 }

    /// How many elements are around the node.
    package var depth: Int { Int(xmlTextReaderDepth(reader)) }

    /// Calls `body` with each attribute of the element that begins: its name without prefix, and its value.
    package func withAttributes(_ body: (_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) -> Void) {
        guard xmlTextReaderMoveToFirstAttribute(reader) == 1 else { return }
        repeat {
            if let name = xmlTextReaderConstLocalName(reader), let value = xmlTextReaderConstValue(reader) {
                body(Self.bytes(name), Self.bytes(value))
            }
        } while xmlTextReaderMoveToNextAttribute(reader) == 1
        xmlTextReaderMoveToElement(reader)
    }

    /// The attribute with that local name, or `nil`.
    package func attribute(_ name: String) -> String? {
        var found: String?
        withAttributes { own, value in
            if found == nil && own.elementsEqual(name.utf8) { found = String(decoding: value, as: UTF8.self) }
        }
        return found
    }

    /// The text the reader stands at, until it moves.
    package var text: UnsafeRawBufferPointer {
        xmlTextReaderConstValue(reader).map { Self.bytes($0) } ?? UnsafeRawBufferPointer(start: nil, count: 0)
    }

    private static func bytes(_ text: UnsafePointer<xmlChar>) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: text, count: Int(xmlStrlen(text)))
    }
}

/// Why the XML of a file in an archive cannot be read.
package struct ZippedXMLError: Error, Equatable {
    /// What is wrong.
    package enum Cause: Equatable, Sendable {
        /// The file cannot be read.
        case archive(ZipError)
        /// It is no XML, or such as is not read; the words are the library's.
        case malformed(String)
    }

    /// What is wrong.
    package var cause: Cause
    /// The file in the archive.
    package var name: String
    /// The line in it, from 1, where that is known.
    package var line: Int?
}
