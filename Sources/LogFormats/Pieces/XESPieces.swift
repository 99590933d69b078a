import ByteParsing
import EventLogs
import Instants

/// What was learnt of a document while its pieces were read, kept for the next time.
struct XESPieceState {
    fileprivate var isUnusual = false
    fileprivate var template: EventLogBuilder?
}

/// Reads the traces of an XES document piece by piece: as ``XESFastReader`` does where all of them are laid out as that knows, else as
/// ``XESLogReader`` does.
struct XESPieces<Monitor: WorkMonitor> {
    let file: String
    let options: ReadOptions
    let monitor: Monitor
    let size: Int
    let isGzipped: Bool

    /// Hands the cases of the document to a taker.
    ///
    /// - Parameters:
    ///   - open: opens the document at its beginning.
    ///   - release: is lent every stretch of the text that is no longer needed.
    ///   - locate: says the line and column of a place in the document, where that is known.
    func read<Source: TraceSource & ~Copyable>(
        _ state: inout XESPieceState, to taker: any LogPieceTaker, open: () throws -> Source,
        release: @Sendable (UnsafeRawBufferPointer) -> Void,
        locate: (Int) -> (line: Int, column: Int)?
    ) throws -> PiecewiseFile {
        if options.classifier != nil { state.isUnusual = true }
        while true {
            taker.begin()
            do {
                var source = try open()
                return try read(&state, &source, taker, release, locate)
            } catch is PieceRestart {
                continue
            }
        }
    }

    private func read<Source: TraceSource & ~Copyable>(
        _ state: inout XESPieceState, _ source: inout Source, _ taker: any LogPieceTaker,
        _ release: @Sendable (UnsafeRawBufferPointer) -> Void,
        _ locate: (Int) -> (line: Int, column: Int)?
    ) throws -> PiecewiseFile {
        let frame = source.head + Array("<\(XESFastReader.mark)/></log>".utf8)
        var course = PieceCourse(file: file)
        return try frame.withUnsafeBytes { text in
            var reader = XESLogReader(XMLText(text), file: file, options: options, monitor: monitor)
            if UTF8Check.firstInvalid(in: text) != nil { throw InputError(file: file, .cannotStream(.encoding)) }
            if try !reader.readFrame() { throw InputError(file: file, .cannotStream(.traces)) }
            if let template = state.template { reader.builder = template }
            var emptyCases = 0
            let isUnusual = state.isUnusual
            while try source.next({ piece, place in
                do {
                    if isUnusual {
                        try addCompletely(piece, place, &reader, locate)
                    } else if let (parts, rounded) = try scan(piece, release)?.take() {
                        try reader.add(parts, rounded: rounded)
                    } else {
                        state.isUnusual = true
                        throw PieceRestart()
                    }
                } catch let found as ReturningCase {
                    throw InputError(file: file, .returningCase(String(found.name.prefix(60))))
                }
                emptyCases += reader.builder.caseCount
            }) {
                let log = reader.takePiece(extent: taker.extent)
                try hand(log, &course, taker)
                monitor.progress(.reading, fraction: source.fraction, events: course.events)
                try monitor.checkCancellation()
            }
            if course.events == 0 { throw InputError(file: file, .noEvents(emptyCases: emptyCases)) }
            let findings = try reader.allFindings()
            _ = reader.builder.takePiece()
            reader.builder.firstRow = 0
            reader.builder.expected = course.columns
            state.template = reader.builder
            var result = PiecewiseFile(format: LogFormat(kind: .xes, isGzipped: isGzipped, delimiter: nil))
            result.classifiers = try classifiers(source.head, source.tail)
            result.findings = findings
            result.caseNames = course.caseNames
            result.assumedZone = options.zone?.name
            return result
        }
    }

    private func hand(_ log: EventLog, _ course: inout PieceCourse, _ taker: any LogPieceTaker) throws {
        do {
            try course.hand(log, to: taker)
        } catch let found as ReturningCase {
            throw EventInFile(event: found.row, error: InputError(file: file, .returningCase(String(found.name.prefix(60)))))
        }
    }

    private func scan(
        _ piece: UnsafeRawBufferPointer, _ release: @Sendable (UnsafeRawBufferPointer) -> Void
    ) throws -> XESFastReader.Outcome? {
        let stretch = max(1, min(XESFastReader.usualStretch, size / max(1, options.threads)))
        let cuts = XESFastReader.cuts(of: piece, from: 0, to: piece.count, stretch: stretch)
        return try XESFastReader.scan(piece, cuts, options: options, monitor: monitor, isFirst: false, release: release)
    }

    /// Adds the traces of a piece in whatever layout, as the only children of a root.
    private func addCompletely(
        _ piece: UnsafeRawBufferPointer, _ place: Int, _ reader: inout XESLogReader<Monitor>, _ locate: (Int) -> (line: Int, column: Int)?
    ) throws {
        if let bad = UTF8Check.firstInvalid(in: piece) {
            let found = locate(place + bad)
            throw InputError(
                file: file, line: found?.line, column: found?.column,
                .encoding(
                    byte: piece[bad], position: place + bad, encoding: "UTF-8",
                    candidates: SourceText.candidates(of: piece, besides: "UTF-8")))
        }
        let (start, end): (StaticString, StaticString) = ("<log>", "</log>")
        let document = XMLText(
            UnsafeRawBufferPointer(start: start.utf8Start, count: start.utf8CodeUnitCount), piece,
            UnsafeRawBufferPointer(start: end.utf8Start, count: end.utf8CodeUnitCount))
        do {
            try reader.add(traces: document)
        } catch var error as InputError {
            // Places are those in the document made here.
            let first = locate(place)
            if error.line == 1 {
                error.column = error.column.flatMap { column in first.map { column - start.utf8CodeUnitCount + $0.column - 1 } }
            }
            error.line = error.line.flatMap { line in first.map { line + $0.line - 1 } }
            throw error
        }
    }

    /// The classifiers of the whole document, of which only the traces are left out.
    private func classifiers(_ head: [UInt8], _ tail: [UInt8]) throws -> [String] {
        let frame = head + Array("<\(XESFastReader.mark)/>".utf8) + tail
        return try frame.withUnsafeBytes { text in
            if UTF8Check.firstInvalid(in: text) != nil { throw InputError(file: file, .cannotStream(.encoding)) }
            var reader = XESLogReader(XMLText(text), file: file, options: options, monitor: monitor)
            if try !reader.readFrame() { throw InputError(file: file, .cannotStream(.traces)) }
            return reader.builder.metadata.classifiers.map(\.name)
        }
    }
}

/// An error about an event, whose line is looked for only when it is told.
struct EventInFile: Error {
    /// The event's number.
    let event: Int?
    /// The error without a line.
    let error: InputError
}
