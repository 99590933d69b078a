package import ByteParsing
package import EventLogs
package import Foundation

/// Reads event logs: XES, delimited text and NDJSON, plain or packed with gzip, and Excel workbooks, told apart by what is in them.
///
/// ```swift
/// let read = try LogReader.read(contentsOf: url, named: "orders.csv", options: ReadOptions(), monitor: SilentMonitor())
/// print(read.log.caseCount)
/// ```
package enum LogReader {
    /// The log in a file.
    ///
    /// - Parameters:
    ///   - named: what the file is called in errors.
    ///   - monitor: learns how far reading is and can stop it.
    /// - Throws: ``InputError``; whatever `monitor` throws.
    package static func read(
        contentsOf url: URL, named name: String, options: ReadOptions, monitor: some WorkMonitor
    ) throws -> ReadLog {
        try source(contentsOf: url, named: name, options: options, monitor: monitor).finish(options, monitor)
    }

    /// What a file holds, not yet put in order.
    static func source(
        contentsOf url: URL, named name: String, options: ReadOptions, monitor: some WorkMonitor
    ) throws -> ReadSource {
        let file: MappedFile
        do {
            file = try MappedFile(path: url.path)
        } catch {
            throw InputError(file: name, InputProblem(error))
        }
        let isMapped = file.isMapped
        return try file.withBytes { bytes in
            try source(bytes: bytes, named: name, options: options, monitor: monitor) { if isMapped { MappedFile.release($0) } }
        }
    }

    /// The log on standard input.
    package static func read(standardInputNamed name: String = "-", options: ReadOptions, monitor: some WorkMonitor) throws -> ReadLog {
        let file: MappedFile
        do {
            file = try MappedFile.standardInput()
        } catch {
            throw InputError(file: name, InputProblem(error))
        }
        return try file.withBytes { bytes in try read(bytes: bytes, named: name, options: options, monitor: monitor) }
    }

    /// The log in these bytes, which are a file's.
    ///
    /// - Parameter release: is lent stretches of the bytes that will hardly be needed again.
    package static func read(
        bytes: UnsafeRawBufferPointer, named name: String, options: ReadOptions, monitor: some WorkMonitor,
        release: @escaping @Sendable (UnsafeRawBufferPointer) -> Void = { _ in }
    ) throws -> ReadLog {
        try source(bytes: bytes, named: name, options: options, monitor: monitor, release: release).finish(options, monitor)
    }

    private static func source(
        bytes: UnsafeRawBufferPointer, named name: String, options: ReadOptions, monitor: some WorkMonitor,
        release: @escaping @Sendable (UnsafeRawBufferPointer) -> Void = { _ in }
    ) throws -> ReadSource {
        if bytes.isEmpty { throw InputError(file: name, .emptyFile) }
        monitor.progress(.reading, fraction: 0, events: 0)
        if !GzipInflater.isGzip(bytes) {
            return try unpacked(bytes, isGzipped: false, byteCount: bytes.count, name, options, monitor, release: release)
        }
        if options.sheet == nil,
            let builder = try XESFastReader.read(gzip: bytes, file: name, options: options, monitor: monitor, release: release)
        {
            return ReadSource(
                builder: builder, format: LogFormat(kind: .xes, isGzipped: true, delimiter: nil), recognised: nil, timeFormats: [],
                byteCount: bytes.count)
        }
        let inflated: ByteBuffer
        do {
            // What is certainly no log is told by its beginning, before it takes its room; XES never takes it.
            let head = try beginning(ofGzip: bytes)
            let isEncodingGiven = options.encoding != nil || options.mapping?.encoding != nil
            let text = try head.withBytes { head -> XESSource? in
                if head.isEmpty || ZipArchive.isZip(head) { return nil }
                if let found = ContentSniffer.foreignContent(head, isEncodingGiven: isEncodingGiven) {
                    throw InputError(file: name, .notALog(found))
                }
                guard options.sheet == nil, try XESSource.isXML(head, file: name, options: options) else { return nil }
                return try XESSource(bytes, isGzipped: true, head: head, file: name, options: options, release: release)
            }
            if let text { return try document(text, isGzipped: true, byteCount: bytes.count, name, options, monitor) }
            inflated = try GzipInflater.inflate(bytes, limit: options.inflateLimit)
        } catch let error as GzipError {
            throw InputError(file: name, .gzip(error))
        }
        if inflated.count == 0 { throw InputError(file: name, .emptyFile) }
        return try inflated.withBytes { try unpacked($0, isGzipped: true, byteCount: bytes.count, name, options, monitor) }
    }

    /// The log in a document of XES, read the complete way.
    private static func document(
        _ text: any XMLSource, isGzipped: Bool, byteCount: Int, _ name: String, _ options: ReadOptions, _ monitor: some WorkMonitor
    ) throws -> ReadSource {
        var reader = XESLogReader(text, file: name, options: options, monitor: monitor)
        return ReadSource(
            builder: try reader.read(), format: LogFormat(kind: .xes, isGzipped: isGzipped, delimiter: nil), recognised: nil,
            timeFormats: [], byteCount: byteCount)
    }

    /// The beginning of what is in a packed file.
    private static func beginning(ofGzip bytes: UnsafeRawBufferPointer) throws(GzipError) -> ByteBuffer {
        var head = ByteBuffer(capacity: 1 << 16)
        var inflater = GzipInflater(bytes)
        var isAtEnd = false
        while !isAtEnd && head.count < 1 << 16 {
            try head.append(room: (1 << 16) - head.count) { room throws(GzipError) in
                let got = try inflater.read(into: room)
                isAtEnd = got == 0
                return got
            }
        }
        return head
    }

    private static func unpacked(
        _ bytes: UnsafeRawBufferPointer, isGzipped: Bool, byteCount: Int, _ name: String, _ options: ReadOptions,
        _ monitor: some WorkMonitor, release: @escaping @Sendable (UnsafeRawBufferPointer) -> Void = { _ in }
    ) throws -> ReadSource {
        if ZipArchive.isZip(bytes) { return try workbook(bytes, isGzipped: isGzipped, byteCount: byteCount, name, options, monitor) }
        if let sheet = options.sheet { throw InputError(file: name, .sheetOfNoWorkbook(sheet)) }
        let given = options.encoding ?? options.mapping?.encoding
        if let found = ContentSniffer.foreignContent(bytes, isEncodingGiven: given != nil) {
            throw InputError(file: name, .notALog(found))
        }
        if case .xml = ContentSniffer.textKind(bytes),
            let builder = try XESFastReader.read(bytes, file: name, options: options, monitor: monitor, release: release)
        {
            return ReadSource(
                builder: builder, format: LogFormat(kind: .xes, isGzipped: isGzipped, delimiter: nil), recognised: nil, timeFormats: [],
                byteCount: byteCount)
        }
        if given == nil, case .table = ContentSniffer.textKind(bytes),
            let (table, delimiter) = try CSVLogReader.readPlain(bytes, file: name, options: options, monitor: monitor, release: release),
            // What is valid by chance is no proof.
            table.isASCII || EncodingDetector.detect(bytes) == .certain("utf-8")
        {
            return ReadSource(
                builder: table.builder, format: LogFormat(kind: .csv, isGzipped: isGzipped, delimiter: delimiter),
                recognised: table.mapping, timeFormats: table.timeFormats, shape: table.shape, byteCount: byteCount)
        }
        if try XESSource.isXML(bytes, file: name, options: options) {
            let text = try XESSource(bytes, isGzipped: false, head: bytes, file: name, options: options, release: release)
            return try document(text, isGzipped: isGzipped, byteCount: byteCount, name, options, monitor)
        }
        return try SourceText.withUTF8(bytes, encoding: given, file: name) { text, detected in
            let found = detected.map { LogFinding(.encodingDetected, .info, count: 1, detail: $0) }
            switch ContentSniffer.textKind(text) {
            case .nothing: throw InputError(file: name, .emptyFile)
            case .foreign(let found): throw InputError(file: name, .notALog(found))
            case .ndjson:
                let rows = NDJSONRows(text, file: name)
                var reader = CellTableReader(rows, file: name, options: options, monitor: monitor)
                var table = try reader.read()
                if let found { table.builder.findings.append(found) }
                return ReadSource(
                    builder: table.builder, format: LogFormat(kind: .ndjson, isGzipped: isGzipped, delimiter: nil),
                    recognised: table.mapping,
                    timeFormats: table.timeFormats, shape: table.shape, byteCount: byteCount)
            case .xml:
                return try document(XMLText(text), isGzipped: isGzipped, byteCount: byteCount, name, options, monitor)
            case .table:
                // What was decoded is valid, and stands in memory that cannot be given back in part.
                let isFile = text.baseAddress == bytes.baseAddress
                var table: ReadTable?
                var delimiter: UInt8?
                // What is not decoded was tried as a plain layout above.
                if given != nil || !isFile {
                    let plain = try CSVLogReader.readPlain(text, file: name, options: options, monitor: monitor)
                    (table, delimiter) = (plain?.table, plain?.delimiter)
                }
                if table == nil {
                    let reader = try CSVLogReader(text, file: name, options: options, monitor: monitor)
                    (table, delimiter) = (try reader.readCompletely(), reader.delimiter)
                }
                guard var table else { preconditionFailure("a table was read or an error thrown") }
                if let found { table.builder.findings.append(found) }
                return ReadSource(
                    builder: table.builder, format: LogFormat(kind: .csv, isGzipped: isGzipped, delimiter: delimiter),
                    recognised: table.mapping, timeFormats: table.timeFormats, shape: table.shape, byteCount: byteCount)
            }
        }
    }
}

extension LogReader {
    /// What a sheet of an Excel workbook holds.
    private static func workbook(
        _ bytes: UnsafeRawBufferPointer, isGzipped: Bool, byteCount: Int, _ name: String, _ options: ReadOptions,
        _ monitor: some WorkMonitor
    ) throws -> ReadSource {
        let archive: ZipArchive
        do {
            archive = try ZipArchive(bytes, limit: options.unpackLimit.map { ZipArchive.Limit(bytes: $0) } ?? ZipArchive.Limit())
        } catch {
            throw XLSXWorkbook.inputError(error, name)
        }
        if !XLSXWorkbook.isWorkbook(archive) { throw InputError(file: name, .notALog(ContentSniffer.foreignArchive(archive))) }
        let workbook = try XLSXWorkbook(archive, file: name)
        let sheet = try workbook.sheet(options.sheet)
        let rows = try XLSXSheetRows(workbook, sheet)
        var reader = CellTableReader(rows, file: name, options: options, monitor: monitor)
        let table = try reader.read()
        return ReadSource(
            builder: table.builder, format: LogFormat(kind: .xlsx, isGzipped: isGzipped, delimiter: nil), recognised: table.mapping,
            timeFormats: table.timeFormats, shape: table.shape, sheet: sheet.name, byteCount: byteCount)
    }
}

extension InputProblem {
    /// Why a file could not be opened.
    package init(_ error: FileError) {
        if error.isMissing {
            self = .noSuchFile
        } else if error.isFolder {
            self = .isFolder
        } else {
            self = error.isDenied ? .notPermitted : .unreadable(reason: error.reason)
        }
    }
}
