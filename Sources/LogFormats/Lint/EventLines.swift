import ByteParsing
package import Foundation

/// The lines in which events of an XES file begin: found in the file only when somebody asks, so that reading does not count them.
package enum EventLines {
    /// The line, from 1, of each of these events, counted from 1 among the events in traces; an event that is not found has none.
    ///
    /// A file that is no longer there or is not UTF-8 gives none.
    package static func lines(of events: Set<Int>, contentsOf url: URL) -> [Int: Int] {
        if events.isEmpty { return [:] }
        guard let file = try? MappedFile(path: url.path) else { return [:] }
        return file.withBytes { bytes in
            if !GzipInflater.isGzip(bytes) { return lines(of: events, in: bytes) }
            guard let inflated = try? GzipInflater.inflate(bytes) else { return [:] }
            return inflated.withBytes { lines(of: events, in: $0) }
        }
    }

    /// The lines in these bytes, which are well-formed XML in UTF-8.
    package static func lines(of events: Set<Int>, in bytes: UnsafeRawBufferPointer) -> [Int: Int] {
        var wanted = events.sorted()[...]
        var found: [Int: Int] = [:]
        var isInTrace = false
        var event = 0
        var line = 1
        var counted = 0
        var index = 0
        while let next = wanted.first, let open = place(of: UInt8(ascii: "<"), in: bytes, from: index) {
            index = open + 1
            if index >= bytes.count { break }
            switch bytes[index] {
            case UInt8(ascii: "!"), UInt8(ascii: "?"):
                index = endOfMarkup(in: bytes, at: open)
            case UInt8(ascii: "/"):
                if isElement("trace", in: bytes, at: open + 2) { isInTrace = false }
            default:
                if isElement("trace", in: bytes, at: index) {
                    isInTrace = true
                } else if isInTrace && isElement("event", in: bytes, at: index) {
                    event += 1
                    if event < next { continue }
                    while let end = place(of: UInt8(ascii: "\n"), in: bytes, from: counted), end < open {
                        line += 1
                        counted = end + 1
                    }
                    found[event] = line
                    wanted.removeFirst()
                }
            }
        }
        return found
    }

    private static func place(of byte: UInt8, in bytes: UnsafeRawBufferPointer, from index: Int) -> Int? {
        guard index < bytes.count, let base = bytes.baseAddress else { return nil }
        guard let found = memchr(base + index, Int32(byte), bytes.count - index) else { return nil }
        return UnsafeRawPointer(found) - base
    }

    /// Whether an element of that local name begins with the name at `index`.
    private static func isElement(_ name: StaticString, in bytes: UnsafeRawBufferPointer, at index: Int) -> Bool {
        var start = index
        var end = index
        while end < bytes.count {
            let byte = bytes[end]
            if byte <= 0x20 || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ">") { break }
            end += 1
            if byte == UInt8(ascii: ":") { start = end }
        }
        guard end - start == name.utf8CodeUnitCount, let base = bytes.baseAddress else { return false }
        return memcmp(base + start, name.utf8Start, end - start) == 0
    }

    /// The place behind a comment, a CDATA section, an instruction or a document type that begins at `open`.
    private static func endOfMarkup(in bytes: UnsafeRawBufferPointer, at open: Int) -> Int {
        func begins(_ text: StaticString) -> Bool {
            guard bytes.count - open >= text.utf8CodeUnitCount, let base = bytes.baseAddress else { return false }
            return memcmp(base + open, text.utf8Start, text.utf8CodeUnitCount) == 0
        }
        func end(_ text: StaticString, from index: Int) -> Int {
            let last = text.utf8Start[text.utf8CodeUnitCount - 1]
            var from = index
            while let found = place(of: last, in: bytes, from: from), let base = bytes.baseAddress {
                let start = found + 1 - text.utf8CodeUnitCount
                if start >= index && memcmp(base + start, text.utf8Start, text.utf8CodeUnitCount) == 0 { return found + 1 }
                from = found + 1
            }
            return bytes.count
        }
        if begins("<!--") { return end("-->", from: open + 4) }
        if begins("<![CDATA[") { return end("]]>", from: open + 9) }
        if begins("<?") { return end("?>", from: open + 2) }
        // A document type: its internal subset, in brackets, holds further `>`.
        let close = end(">", from: open)
        guard let bracket = place(of: UInt8(ascii: "["), in: bytes, from: open), bracket < close else { return close }
        return end("]>", from: bracket)
    }
}
