import EventLogs
import Foundation
import Reports
import Workbench

/// A result in all the forms it can be printed in; each is made only when it is asked for.
struct Answer {
    /// The name of the verb.
    let verb: String
    /// The JSON object.
    var json: () throws -> String
    /// The main table, for Markdown.
    var table: () -> Table
    /// The main table for CSV.
    var csv: () -> Table
    /// The text for eyes.
    var text: () -> String
    /// What Markdown has instead of the main table alone.
    var markdown: (() -> String)?

    /// - Parameters:
    ///   - verb: the name in the JSON's schema `weir/VERB/1`.
    ///   - result: the JSON object without schema and provenance.
    init(
        verb: String, result: some Encodable, provenance: some Encodable, table: @escaping () -> Table, csv: (() -> Table)? = nil,
        text: @escaping () -> String, markdown: (() -> String)? = nil
    ) {
        self.verb = verb
        json = { try JSONText.encode(JSONText.Envelope(schema: "weir/\(verb)/1", result: result, provenance: provenance)) }
        self.table = table
        self.csv = csv ?? table
        self.text = text
        self.markdown = markdown
    }
}

/// Where a result goes: prepared before the work, so that an output that cannot be made is refused before anybody waits.
struct ResultSink {
    private let file: OutputFile?
    private let name: String?
    private let format: ResultFormat
    private let session: Session

    /// - Parameter inputs: files that must not be overwritten.
    init(_ options: OutputOptions, inputs: [String], session: Session) throws(Failure) {
        try self.init(path: options.output, format: options.chosenFormat, inputs: inputs, session: session)
    }

    /// - Parameter path: the output file; `nil` or `-` is standard output.
    init(path: String?, format: ResultFormat = .text, inputs: [String], session: Session) throws(Failure) {
        self.session = session
        self.format = format
        if let path, path != "-" {
            file = try OutputFile(path: path, inputs: inputs, interruption: session.interruption)
            name = URL(filePath: path).lastPathComponent
        } else {
            file = nil
            name = nil
        }
    }

    /// Prints the result in the form that was asked for.
    func print(_ answer: Answer) throws {
        let text =
            switch format {
            case .json: try answer.json()
            case .csv: answer.csv().csv
            case .markdown: answer.markdown?() ?? answer.table().markdown(session.language)
            case .text: answer.text()
            }
        try print(text)
    }

    /// Prints a result and, where that is asked for, keeps it in the workspace that holds the first of the logs it was made of.
    func print(_ answer: Answer, of stored: OpenedLog.StoredPlace?, _ reading: LogOptions) throws {
        try print(answer)
        guard let title = reading.record, let stored else { return }
        try WorkspaceContents(stored.workspace).record(result: try answer.json(), of: answer.verb, log: stored.log, as: title)
    }

    /// Prints text as it is.
    func print(_ text: String) throws {
        var text = text
        try text.withUTF8 { bytes in try write(UnsafeRawBufferPointer(bytes)) }
        try finish()
    }

    /// Adds bytes; call ``finish()`` after the last.
    func write(_ bytes: UnsafeRawBufferPointer) throws {
        try session.monitor.checkCancellation()
        guard let file else {
            session.monitor.end()
            return try standardOutput(bytes)
        }
        try file.write(bytes)
    }

    /// Gives a file its name, now that it is complete.
    func finish() throws {
        try session.monitor.checkCancellation()
        try file?.commit()
    }
}
