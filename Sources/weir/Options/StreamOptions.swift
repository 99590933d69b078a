import ArgumentParser
import EventLogs
import Foundation
import Logging
import Reports
import Workbench

/// Whether a log is read piece by piece.
enum StreamChoice: String, CaseIterable, ExpressibleByArgument {
    /// Where the file is larger than half of the memory.
    case auto
    /// Whatever its size.
    case always
    /// Never.
    case never
}

/// How a log that may be larger than memory is read: the flags of verbs that need no more than a piece of it at a time.
struct StreamOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Read the log piece by piece, so that it may be larger than memory: its cases must follow one another in the file. (default: auto, where the file is larger than half of the memory)",
            valueName: "auto|always|never"))
    var stream: StreamChoice = .auto

    /// The answer to a question about a log, with what it rests on.
    ///
    /// - Parameter analyses: what the answer is made of: data that do not bear it are refused, unless their rules are accepted.
    func ask<Question: LogQuestion>(
        _ question: Question, of path: String, _ reading: LogOptions, _ session: Session, for analyses: [FindingText.Analysis] = []
    ) throws -> (facts: LogFacts, answer: Question.Answer) {
        let request = try reading.checkedRequest(path, session)
        let isStreamed: Bool =
            switch (stream, request.source) {
            case (.never, _): false
            case (_, .file(let url)) where OpenedLog.isWorkspace(url.path): false
            case (.always, _): true
            case (.auto, .file(let url)): MemoryLimit.isExceeded(by: url)
            case (.auto, .standardInput): false
            }
        if !isStreamed {
            let opened = try reading.open(request, session, for: analyses)
            session.monitor.progress(.analysing, fraction: nil, events: 0)
            return question.asked(of: opened)
        }
        try reading.checkRecord(nil, request.name)
        session.monitor.begin(request.name)
        session.logger.debug("reading \(request.name) piece by piece")
        let result = try StreamedLog.ask(question, of: request, monitor: session.monitor)
        session.monitor.begin(request.name)
        try reading.tell(result.facts, session, for: analyses)
        return result
    }
}
