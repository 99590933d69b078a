import ByteParsing

/// Gives the text of a document of XES as what stands before its traces, pieces of whole traces, and what stands behind them.
protocol TraceSource: ~Copyable {
    /// What stands before the first trace.
    var head: [UInt8] { get }
    /// What stands behind the last trace; known once all pieces were lent.
    var tail: [UInt8] { get }
    /// How much of the file was read, 0…1.
    var fraction: Double { get }
    /// Lends the next piece with its place in the document; `false` where there is none left.
    mutating func next(_ body: (UnsafeRawBufferPointer, Int) throws -> Void) throws -> Bool
}

/// Traces of a document that is mapped into memory.
struct MappedTraces: TraceSource {
    let head: [UInt8]
    let tail: [UInt8]
    private let bytes: UnsafeRawBufferPointer
    private let size: Int
    private let end: Int
    private var place: Int

    /// `nil` where the document has no traces of the usual kind.
    init?(_ bytes: UnsafeRawBufferPointer, size: Int) {
        guard let first = XESFastReader.place(of: XESFastReader.traceStart, in: bytes[...]),
            let last = XESFastReader.lastPlace(of: XESFastReader.traceEnd, in: bytes), last > first
        else { return nil }
        self.bytes = bytes
        self.size = size
        place = first
        end = last + XESFastReader.traceEnd.utf8CodeUnitCount
        head = Array(bytes[..<first])
        tail = Array(bytes[end...])
    }

    var fraction: Double { Double(place) / Double(bytes.count) }

    mutating func next(_ body: (UnsafeRawBufferPointer, Int) throws -> Void) throws -> Bool {
        if place >= end { return false }
        let wanted = min(end, place + size)
        let cut = XESFastReader.place(of: XESFastReader.traceStart, in: bytes[wanted..<end]) ?? end
        let begin = place
        place = cut
        try body(UnsafeRawBufferPointer(rebasing: bytes[begin..<cut]), begin)
        return true
    }
}

/// Traces of a document that is packed with gzip, of which no more than a piece is unpacked at once.
struct InflatedTraces: TraceSource, ~Copyable {
    private(set) var head: [UInt8] = []
    private(set) var tail: [UInt8] = []
    private let bytes: UnsafeRawBufferPointer
    private let size: Int
    private let file: String
    private var inflater: GzipInflater
    private var isAtEnd = false
    private var isFirst = true
    /// Where in the document ``tail`` begins.
    private var place = 0

    init(_ bytes: UnsafeRawBufferPointer, size: Int, file: String, options: ReadOptions) throws {
        self.bytes = bytes
        self.size = size
        self.file = file
        inflater = GzipInflater(bytes, limit: options.inflateLimit)
        try fill()
    }

    var fraction: Double { Double(inflater.position) / Double(bytes.count) }

    private var block = ByteBuffer(capacity: 64)
    private var traces = 0..<0

    /// Unpacks until there are whole traces to lend, or the document ends.
    private mutating func fill() throws {
        block = ByteBuffer(capacity: size + tail.count + 64)
        tail.withUnsafeBytes { block.append($0) }
        traces = 0..<0
        while traces.isEmpty && !isAtEnd {
            let wanted = block.count + size
            do {
                while !isAtEnd && block.count < wanted {
                    let missing = wanted - block.count
                    try block.append(room: missing) { room throws(GzipError) in
                        let got = try inflater.read(into: UnsafeMutableRawBufferPointer(rebasing: room[..<missing]))
                        isAtEnd = got == 0
                        return got
                    }
                }
            } catch {
                throw InputError(file: file, .gzip(error))
            }
            let first = isFirst
            traces = block.withBytes { text in
                guard let start = first ? XESFastReader.place(of: XESFastReader.traceStart, in: text[...]) : 0 else { return 0..<0 }
                guard let last = XESFastReader.lastPlace(of: XESFastReader.traceEnd, in: text), last >= start else { return 0..<0 }
                return start..<last + XESFastReader.traceEnd.utf8CodeUnitCount
            }
            if isFirst && traces.isEmpty && block.count > size * 8 { break }
        }
        let range = traces
        tail = block.withBytes { Array($0[range.upperBound...]) }
        if isFirst {
            head = block.withBytes { Array($0[..<range.lowerBound]) }
            isFirst = traces.isEmpty
        }
    }

    /// Whether there are traces.
    var hasTraces: Bool { !traces.isEmpty }

    mutating func next(_ body: (UnsafeRawBufferPointer, Int) throws -> Void) throws -> Bool {
        if traces.isEmpty { return false }
        let range = traces
        try block.withBytes { try body(UnsafeRawBufferPointer(rebasing: $0[range]), place + range.lowerBound) }
        place += range.upperBound
        if isAtEnd && tail.count < XESFastReader.traceEnd.utf8CodeUnitCount {
            traces = 0..<0
        } else {
            try fill()
        }
        return true
    }
}
