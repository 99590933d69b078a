import ByteParsing

/// The text of a document of XES as UTF-8, piece by piece, whatever it is written in and whether it is packed: no more than a piece of it
/// stands in memory.
final class XESSource: XMLSource {
    /// Gives back the memory of bytes that were read, where they can be read again.
    typealias Release = @Sendable (UnsafeRawBufferPointer) -> Void

    private let bytes: UnsafeRawBufferPointer
    private let file: String
    private let encoding: String
    /// The encoding as it is called in errors.
    private let encodingName: String
    private let limit: GzipInflater.Limit?
    private let release: Release
    /// How much of the document, packed or not, was taken.
    private var place = 0
    private var inflation: Inflation?
    private var released = 0
    /// What was inflated and not yet taken.
    private var inflated = ByteBuffer(capacity: 64)
    private var isInflatedWhole = false
    private var decoder: TextDecoder?
    private var decoded = ByteBuffer(capacity: 64)
    /// The piece that was lent.
    private var lent: UnsafeRawBufferPointer?

    /// The text of a file.
    ///
    /// - Parameters:
    ///   - isGzipped: whether the bytes are packed with gzip.
    ///   - head: the beginning of what is in the bytes, by which the encoding is told.
    ///   - release: is lent every piece of the bytes that is no longer needed.
    /// - Throws: ``InputError`` where nobody knows the encoding.
    init(
        _ bytes: UnsafeRawBufferPointer, isGzipped: Bool, head: UnsafeRawBufferPointer, file: String, options: ReadOptions,
        release: @escaping Release
    ) throws {
        self.bytes = bytes
        self.file = file
        let given = options.encoding ?? options.mapping?.encoding
        encoding = try SourceText.encodingName(head, encoding: given, file: file)
        encodingName = given ?? encoding
        limit = isGzipped ? options.inflateLimit : nil
        self.release = release
        try restart()
    }

    /// Whether the bytes with that head, decoded, are XML.
    static func isXML(_ head: UnsafeRawBufferPointer, file: String, options: ReadOptions) throws -> Bool {
        let name = try SourceText.encodingName(head, encoding: options.encoding ?? options.mapping?.encoding, file: file)
        if name == "UTF-8" {
            if case .xml = ContentSniffer.textKind(head) { return true }
            return false
        }
        var text = ByteBuffer(capacity: 1 << 12)
        let start = UnsafeRawBufferPointer(rebasing: head.prefix(1 << 12))
        guard let decoder = try? TextDecoder(encoding: name), (try? decoder.decode(start, to: &text)) != nil else { return false }
        return text.withBytes { text in
            if case .xml = ContentSniffer.textKind(text) { true } else { false }
        }
    }

    func restart() throws {
        place = 0
        released = 0
        lent = nil
        inflated.removeFirst(inflated.count)
        isInflatedWhole = false
        if let limit { inflation = Inflation(bytes, limit) }
        if encoding == "UTF-8" { return }
        do {
            decoder = try TextDecoder(encoding: encoding)
        } catch {
            throw InputError(file: file, .unknownEncoding(encoding))
        }
    }

    var fraction: Double {
        Double(inflation?.position ?? place) / Double(max(1, bytes.count))
    }

    func next(about count: Int) throws -> UnsafeRawBufferPointer? {
        giveBack()
        let window = try window(count)
        if window.isEmpty { return nil }
        guard let decoder else {
            let whole = Self.wholeCharacters(window)
            if let bad = UTF8Check.firstInvalid(in: whole) { throw try invalid(window, at: bad) }
            if whole.isEmpty { throw try invalid(window, at: 0) }
            lent = whole
            return whole
        }
        decoded.removeFirst(decoded.count)
        do {
            let taken = try decoder.decode(window, to: &decoded)
            if taken == 0 { throw try invalid(window, at: 0) }
            lent = UnsafeRawBufferPointer(rebasing: window[..<taken])
        } catch let error as TextDecodingError {
            throw try invalid(window, at: error.position)
        }
        return decoded.withBytes { $0 }
    }

    /// Takes what was lent.
    private func giveBack() {
        guard let lent else { return }
        place += lent.count
        self.lent = nil
        guard let inflation else {
            release(lent)
            return
        }
        inflated.removeFirst(lent.count)
        if inflation.position - released > 1 << 20 {
            release(UnsafeRawBufferPointer(rebasing: bytes[released..<inflation.position]))
            released = inflation.position
        }
    }

    /// The next bytes of the document, unpacked; none at its end.
    private func window(_ count: Int) throws -> UnsafeRawBufferPointer {
        guard let inflation else { return UnsafeRawBufferPointer(rebasing: bytes[place..<min(bytes.count, place + count)]) }
        do {
            while inflated.count < count && !isInflatedWhole {
                isInflatedWhole = try inflation.append(to: &inflated, count - inflated.count) == 0
            }
        } catch {
            throw InputError(file: file, .gzip(error))
        }
        return inflated.withBytes { $0 }
    }

    /// The bytes without a character at their end that goes on behind them.
    private static func wholeCharacters(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        var end = bytes.count
        while end > 0 && bytes.count - end < 3 && bytes[end - 1] & 0xC0 == 0x80 { end -= 1 }
        guard end > 0, bytes[end - 1] >= 0xC0 else { return bytes }
        let lead = bytes[end - 1]
        let length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
        return bytes.count - end + 1 < length ? UnsafeRawBufferPointer(rebasing: bytes[..<(end - 1)]) : bytes
    }

    /// The error of bytes that are not valid in their encoding.
    private func invalid(_ window: UnsafeRawBufferPointer, at offset: Int) throws -> InputError {
        let position = place + offset
        if limit == nil { return SourceText.invalid(bytes, at: position, encoding: encodingName, file) }
        let byte = window[offset]
        let candidates = SourceText.candidates(of: window, besides: encodingName)
        try restart()
        var counter = TextPlaceCounter()
        reading: while true {
            giveBack()
            let window = try self.window(1 << 16)
            for byte in window {
                if counter.position == position { break reading }
                counter.pass(byte)
            }
            if window.isEmpty { break }
            lent = window
        }
        let (line, column) = counter.lineAndColumn
        return InputError(
            file: file, line: line, column: column,
            .encoding(byte: byte, position: position, encoding: encodingName, candidates: candidates))
    }
}

/// An inflater that can be given up for another.
private final class Inflation {
    private var inflater: GzipInflater

    init(_ bytes: UnsafeRawBufferPointer, _ limit: GzipInflater.Limit) {
        inflater = GzipInflater(bytes, limit: limit)
    }

    /// How many packed bytes were taken.
    var position: Int { inflater.position }

    /// Appends no more than so many bytes and returns how many; 0 only at the end.
    func append(to buffer: inout ByteBuffer, _ most: Int) throws(GzipError) -> Int {
        var got = 0
        try buffer.append(room: most) { room throws(GzipError) in
            got = try inflater.read(into: UnsafeMutableRawBufferPointer(rebasing: room[..<most]))
            return got
        }
        return got
    }
}
