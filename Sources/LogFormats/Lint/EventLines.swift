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
        let isMapped = file.isMapped
        return file.withBytes { bytes in
            GzipInflater.isGzip(bytes)
                ? lines(of: events, inGzip: bytes) : lines(of: events, in: bytes) { if isMapped { MappedFile.release($0) } }
        }
    }

    /// The lines in these bytes, which are well-formed XML in UTF-8.
    ///
    /// - Parameter release: is lent what has been looked through.
    package static func lines(
        of events: Set<Int>, in bytes: UnsafeRawBufferPointer, piece: Int = usualPiece, release: (UnsafeRawBufferPointer) -> Void = { _ in }
    ) -> [Int: Int] {
        var search = Search(events)
        var begin = 0
        var wanted = piece
        while !search.isDone && begin < bytes.count {
            let end = min(bytes.count, begin + wanted)
            let taken = search.feed(UnsafeRawBufferPointer(rebasing: bytes[begin..<end]), isLast: end == bytes.count)
            release(UnsafeRawBufferPointer(rebasing: bytes[begin..<begin + taken]))
            begin += taken
            if end == bytes.count { break }
            // A comment longer than a piece is looked at in a longer one.
            wanted = taken == 0 ? wanted * 2 : piece
        }
        return search.found
    }

    /// The same in a gzip file, of which no more than some pieces are held.
    static func lines(of events: Set<Int>, inGzip bytes: UnsafeRawBufferPointer, piece: Int = usualPiece) -> [Int: Int] {
        var search = Search(events)
        var inflater = GzipInflater(bytes, limit: GzipInflater.Limit(bytes: .max))
        var carry = ByteBuffer(capacity: 64)
        var isLast = false
        while !search.isDone && !isLast {
            var text = ByteBuffer(capacity: carry.count + piece)
            carry.withBytes { text.append($0) }
            do {
                try text.append(room: piece) { room throws(GzipError) in try inflater.read(into: room) }
            } catch {
                return search.found
            }
            isLast = text.count == carry.count
            let last = isLast
            let taken = text.withBytes { search.feed($0, isLast: last) }
            carry = ByteBuffer(capacity: text.count - taken + 64)
            text.withBytes { carry.append(UnsafeRawBufferPointer(rebasing: $0[taken...])) }
        }
        return search.found
    }

    /// How many bytes are looked at together.
    package static let usualPiece = 1 << 22

    /// Looks for events in a document that comes in pieces.
    private struct Search {
        private(set) var found: [Int: Int] = [:]
        private var wanted: ArraySlice<Int>
        private var isInTrace = false
        private var event = 0
        private var line = 1

        /// Longer than any name that matters with what stands before it.
        private static let lookahead = 512

        init(_ events: Set<Int>) {
            wanted = events.sorted()[...]
        }

        var isDone: Bool { wanted.isEmpty }

        /// Looks through a piece and says how many of its bytes are done with; the rest begins the next piece.
        mutating func feed(_ bytes: UnsafeRawBufferPointer, isLast: Bool) -> Int {
            var index = 0
            var counted = 0
            func count(to end: Int) {
                while let next = EventLines.place(of: UInt8(ascii: "\n"), in: bytes, from: counted), next < end {
                    line += 1
                    counted = next + 1
                }
                counted = max(counted, end)
            }
            while let next = wanted.first, let open = EventLines.place(of: UInt8(ascii: "<"), in: bytes, from: index) {
                if !isLast && bytes.count - open < Self.lookahead {
                    count(to: open)
                    return open
                }
                index = open + 1
                if index >= bytes.count { break }
                switch bytes[index] {
                case UInt8(ascii: "!"), UInt8(ascii: "?"):
                    index = EventLines.endOfMarkup(in: bytes, at: open)
                    if index == bytes.count && !isLast {
                        count(to: open)
                        return open
                    }
                case UInt8(ascii: "/"):
                    if EventLines.isElement("trace", in: bytes, at: open + 2) { isInTrace = false }
                default:
                    if EventLines.isElement("trace", in: bytes, at: index) {
                        isInTrace = true
                    } else if isInTrace && EventLines.isElement("event", in: bytes, at: index) {
                        event += 1
                        if event < next { continue }
                        count(to: open)
                        found[event] = line
                        wanted.removeFirst()
                    }
                }
            }
            count(to: bytes.count)
            return bytes.count
        }
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
