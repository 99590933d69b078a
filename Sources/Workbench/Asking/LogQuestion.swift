package import EventLogs

/// A question about a log that needs no more than a part of it at a time: the parts are added up, and the answer is the one that the whole
/// log would give.
package protocol LogQuestion {
    /// The answer.
    associatedtype Answer

    /// Told the whole log where it stands in memory, before it is added as one part; a log that is read piece by piece is not told.
    ///
    /// - Returns: the log that is to be added.
    mutating func prepare(whole log: EventLog) -> EventLog

    /// Adds a part of the log: whole cases, in the order of the file, as filters left them.
    ///
    /// - Parameter firstCase: how many cases of the file stand before those of the part's columns.
    mutating func add(_ part: EventLog, firstCase: Int)

    /// Whether all parts must be added once more, from the first on; asked after the last.
    mutating func needsAnotherLook() -> Bool

    /// The answer.
    ///
    /// - Parameter caseName: the name of a case of the file, by its number from 0.
    mutating func answer(_ facts: LogFacts, caseName: (UInt32) -> String) -> Answer
}

extension LogQuestion {
    package mutating func needsAnotherLook() -> Bool { false }

    package mutating func prepare(whole log: EventLog) -> EventLog { log }

    /// The answer about a log that stands in memory.
    package func asked(of opened: OpenedLog) -> (facts: LogFacts, answer: Answer) {
        var question = self
        let log = question.prepare(whole: opened.log)
        repeat { question.add(log, firstCase: 0) } while question.needsAnotherLook()
        let facts = opened.facts
        let names = opened.log.columns.caseNames
        return (facts, question.answer(facts) { names[$0] })
    }
}
