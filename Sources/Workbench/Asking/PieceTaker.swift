import EventLogs
import LogFormats

/// Narrows the pieces of a log as filters say and adds them to a question.
final class PieceTaker<Question: LogQuestion>: LogPieceTaker {
    private var question: Question
    private(set) var headlines = HeadlineTally()
    private let caseFilters: [(filter: LogFilter, source: String)]
    private let eventFilters: [(filter: LogFilter, source: String)]
    private let atBeginning: Question
    private let clock: DurationClock
    private let countsHeadlines: Bool
    /// Whether an event that starts or completes an instance is known: in the file, then behind each filter of events.
    private var isStandard: [Bool]
    /// Whether there the events of a piece were taken for instances because none does.
    private var tookAll: [Bool]

    /// - Parameters:
    ///   - clock: the clock by which durations are counted.
    ///   - isStandard: what an earlier reading has learnt.
    ///   - countsHeadlines: whether this is the first look at the log.
    init(
        _ question: Question, caseFilters: [(filter: LogFilter, source: String)], eventFilters: [(filter: LogFilter, source: String)],
        clock: DurationClock, isStandard: [Bool], countsHeadlines: Bool
    ) {
        self.question = question
        atBeginning = question
        self.clock = clock
        self.caseFilters = caseFilters
        self.eventFilters = eventFilters
        self.isStandard = isStandard.isEmpty ? [Bool](repeating: false, count: eventFilters.count + 1) : isStandard
        tookAll = [Bool](repeating: false, count: eventFilters.count + 1)
        self.countsHeadlines = countsHeadlines
    }

    /// The question with all that was added to it; it is forgotten here, so that no copy holds its memory.
    func takeQuestion() -> Question {
        let full = question
        question = atBeginning
        return full
    }

    /// What was learnt, for a next reading.
    var learnt: [Bool] { isStandard }

    var extent: LogExtent { extent(0) }

    private func extent(_ stage: Int) -> LogExtent { isStandard[stage] ? .pieceOfStandard : .piece }

    func begin() {
        question = atBeginning
        headlines = HeadlineTally()
        for stage in tookAll.indices { tookAll[stage] = false }
    }

    func take(_ piece: LogPiece) throws {
        var view = clock.calendar == nil ? piece.log : piece.log.measured(by: clock)
        try note(0, view.pairing)
        for (filter, source) in caseFilters {
            view = try OpenedLog.naming(source) { () throws(FilterError) in try view.filtered(cases: filter) }
        }
        for (stage, item) in eventFilters.enumerated() {
            let extent = extent(stage + 1)
            view = try OpenedLog.naming(item.source) { () throws(FilterError) in try view.filtered(events: item.filter, extent: extent) }
            try note(stage + 1, view.pairing)
        }
        if countsHeadlines { headlines.add(piece.log, view: view) }
        question.add(view, firstCase: piece.firstCase)
    }

    private func note(_ stage: Int, _ facts: PairingFacts) throws {
        if facts.isNonstandard { tookAll[stage] = true }
        if !facts.isStandard || isStandard[stage] { return }
        isStandard[stage] = true
        if tookAll[stage] { throw PieceRestart() }
    }
}

/// Learns the columns and activities of a log before its cases are filtered.
struct SchemaQuestion: LogQuestion {
    private(set) var activities = Vocabulary()

    mutating func add(_ part: EventLog, firstCase: Int) {
        _ = activities.numbers(of: part.activities)
    }

    mutating func answer(_ facts: LogFacts, caseName: (UInt32) -> String) -> Vocabulary { activities }
}
