import ByteParsing
package import EventLogs
package import Foundation

/// Reads a log of any size piece by piece: whole cases at a time, which follow one another in the file.
///
/// XES (also packed with gzip) and delimited text in UTF-8 are read so. The pieces are those of the log that ``LogReader`` gives: with the
/// same columns, cases and activity instances.
package struct LogPieceReader: ~Copyable {
    private let url: URL
    private let name: String
    private let options: ReadOptions
    private let size: Int
    private let file: MappedFile
    private var table = CSVPieceState()
    private var document = XESPieceState()

    /// How many bytes of a file are a piece.
    package static let usualSize = 1 << 26

    /// A reader of a file.
    ///
    /// - Throws: ``InputError``.
    package init(contentsOf url: URL, named name: String, options: ReadOptions, pieceSize: Int = usualSize) throws {
        self.url = url
        self.name = name
        self.options = options
        size = pieceSize
        do {
            file = try MappedFile(path: url.path)
        } catch {
            throw InputError(file: name, InputProblem(error))
        }
    }

    /// Reads the file from its beginning and hands its pieces to a taker; what was found out about its layout is known the next time.
    ///
    /// - Throws: ``InputError`` where the file cannot be read so; whatever taker and monitor throw, but ``PieceRestart``.
    package mutating func read(to taker: any LogPieceTaker, monitor: some WorkMonitor) throws -> PiecewiseFile {
        let isMapped = file.isMapped
        let (url, name, options, size) = (url, name, options, size)
        var (table, document) = (table, document)
        defer { (self.table, self.document) = (table, document) }
        let release: @Sendable (UnsafeRawBufferPointer) -> Void = { if isMapped { MappedFile.release($0) } }
        do {
            return try file.withBytes { bytes in
                if bytes.isEmpty { throw InputError(file: name, .emptyFile) }
                if GzipInflater.isGzip(bytes) {
                    let pieces = XESPieces(file: name, options: options, monitor: monitor, size: size, isGzipped: true)
                    return try pieces.read(&document, to: taker) {
                        let source = try InflatedTraces(bytes, size: size, file: name, options: options)
                        if !source.hasTraces || !Self.isXES(source.head, name, options) {
                            throw InputError(file: name, .cannotStream(.format("gzip")))
                        }
                        return source
                    } release: { _ in
                    } locate: { _ in
                        nil
                    }
                }
                switch try Self.kind(of: bytes, name, options) {
                case .xml:
                    let pieces = XESPieces(file: name, options: options, monitor: monitor, size: size, isGzipped: false)
                    return try pieces.read(&document, to: taker) {
                        guard let source = MappedTraces(bytes, size: size) else {
                            let mayHaveTraces = [StaticString("<trace"), ":trace"].contains {
                                XESFastReader.place(of: $0, in: bytes[...]) != nil
                            }
                            throw InputError(file: name, mayHaveTraces ? .cannotStream(.traces) : .noEvents(emptyCases: 0))
                        }
                        return source
                    } release: {
                        release($0)
                    } locate: {
                        TextPlace.lineAndColumn(of: $0, in: bytes)
                    }
                case .nothing: throw InputError(file: name, .emptyFile)
                case .foreign(let found): throw InputError(file: name, .notALog(found))
                case .ndjson: throw InputError(file: name, .cannotStream(.format("NDJSON")))
                case .table:
                    let reader = try CSVLogReader(bytes, file: name, options: options, monitor: monitor)
                    return try reader.readPieces(&table, size: size, to: taker, release: release)
                }
            }
        } catch let found as EventInFile {
            var error = found.error
            error.line = found.event.flatMap { EventLines.lines(of: [$0], contentsOf: url)[$0] }
            throw error
        }
    }

    private static func isXES(_ head: [UInt8], _ name: String, _ options: ReadOptions) -> Bool {
        head.withUnsafeBytes { text in
            guard case .xml = ContentSniffer.textKind(text) else { return false }
            return XESFastReader.isUTF8(text, name, options)
        }
    }

    /// What kind of text a file is, whose beginning is seen to be UTF-8.
    private static func kind(
        of bytes: UnsafeRawBufferPointer, _ name: String, _ options: ReadOptions
    ) throws -> ContentSniffer.TextKind {
        let given = options.encoding ?? options.mapping?.encoding
        if ZipArchive.isZip(bytes) { throw InputError(file: name, .cannotStream(.format("XLSX"))) }
        if let sheet = options.sheet { throw InputError(file: name, .sheetOfNoWorkbook(sheet)) }
        if let found = ContentSniffer.foreignContent(bytes, isEncodingGiven: given != nil) { throw InputError(file: name, .notALog(found)) }
        if try SourceText.encodingName(bytes, encoding: given, file: name) != "UTF-8" {
            throw InputError(file: name, .cannotStream(.encoding))
        }
        var end = min(bytes.count, 1 << 22)
        while end < bytes.count && bytes[end] & 0xC0 == 0x80 { end += 1 }
        if let bad = UTF8Check.firstInvalid(in: UnsafeRawBufferPointer(rebasing: bytes[..<end])) {
            throw SourceText.invalid(bytes, at: bad, encoding: given ?? "UTF-8", name)
        }
        return ContentSniffer.textKind(bytes)
    }
}
