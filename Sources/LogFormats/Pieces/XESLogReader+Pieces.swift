import ByteParsing
import EventLogs

extension XESLogReader {
    /// Reads the document of this reader, in which a mark stands for the traces that are added afterwards; whether it was one.
    mutating func readFrame() throws -> Bool {
        do {
            try readDocument()
        } catch is XMLError {
            return false
        }
        builder.rowUnit = .event
        return markCount == 1 && builder.caseCount == 0
    }

    /// Adds traces that ``XESTraceScanner`` has read.
    mutating func add(_ parts: consuming [EventLogPart], rounded count: Int) throws {
        traceCount += parts.reduce(0) { $0 + $1.groups.count }
        rounded += count
        let repeated = builder.append(parts: consume parts)
        if let name = repeated.examples.first { throw ReturningCase(name: name, row: nil) }
    }

    /// Adds traces, which are the children of the root of a document; errors are told by their places in it.
    mutating func add(traces document: any XMLSource) throws {
        xml = XMLReader(document)
        do {
            try readDocument()
        } catch let error as XMLError {
            throw try located(error)
        }
        if repeatedCount > 0 { throw ReturningCase(name: repeatedTraces.first?.text ?? "", row: nil) }
    }

    /// The traces added since the last time.
    mutating func takePiece(extent: LogExtent) -> EventLog {
        var layout = PieceLayout()
        return builder.takePiece().finishPiece(counting: options.counting, extent: extent, layout: &layout)
    }

    /// What reading has found in all traces.
    mutating func allFindings() throws -> [LogFinding] {
        try checkClassifier()
        addFindings()
        return builder.findings
    }
}
