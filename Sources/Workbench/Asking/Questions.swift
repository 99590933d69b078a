package import EventLogs
package import LogFormats
package import Performance
package import ProcessModels
package import Reports

/// What a log holds and what is wrong with it.
package struct InspectionQuestion: LogQuestion {
    private let language: Language
    private var summary = SummaryTally()
    private var lint: LintTally
    private var isAnotherLook = false

    /// The question, to be answered in a language.
    package init(options: LogLint.Options = LogLint.Options(), language: Language) {
        self.language = language
        lint = LintTally(options: options)
    }

    package mutating func add(_ part: EventLog, firstCase: Int) {
        if !isAnotherLook { summary.add(part) }
        lint.add(part, firstCase: firstCase)
    }

    package mutating func needsAnotherLook() -> Bool {
        let isNeeded = lint.needsAnotherLook()
        if isNeeded { isAnotherLook = true }
        return isNeeded
    }

    package mutating func answer(_ facts: LogFacts, caseName: (UInt32) -> String) -> Inspection {
        let summary = summary.summary(facts.headline)
        let known = facts.headline.findings
        let found = lint.findings(known: known, offset: facts.headline.offset, name: caseName)
        // What was capped stands behind what reading has found.
        let quality = DataQuality(
            known + found + summary.findings.dropFirst(known.count), name: facts.name, rowUnit: facts.rowUnit, locatedIn: facts.file)
        return Inspection(summary: summary, source: facts.source, lint: quality.lint(language))
    }
}

/// How activities follow one another.
package struct GraphQuestion: LogQuestion {
    private var steps = DirectlyFollowsTally()
    private var times: PerformanceTally?

    /// The question.
    ///
    /// - Parameter options: how activities are measured, where a picture shall tell their times.
    package init(timesBy options: PerformanceOptions? = nil) {
        times = options.map { PerformanceTally(options: $0) }
    }

    private var isAnotherLook = false

    package mutating func add(_ part: EventLog, firstCase: Int) {
        if !isAnotherLook { steps.add(DirectlyFollowsIndex(of: part)) }
        times?.add(part)
    }

    package mutating func needsAnotherLook() -> Bool {
        isAnotherLook = times?.needsAnotherLook() ?? false
        return isAnotherLook
    }

    package mutating func answer(
        _ facts: LogFacts, caseName: (UInt32) -> String
    ) -> (graph: DirectlyFollowsGraph, activities: [ActivityTimes]) {
        (steps.graph(), times?.result().activities ?? [])
    }
}

/// The ways cases run.
package struct VariantQuestion: LogQuestion {
    private var tally = VariantTally()

    /// The question.
    package init() {}

    package mutating func add(_ part: EventLog, firstCase: Int) { tally.add(part) }

    package mutating func answer(_ facts: LogFacts, caseName: (UInt32) -> String) -> VariantTable { tally.table() }
}

/// Where the time goes.
package struct PerformanceQuestion: LogQuestion {
    private var tally: PerformanceTally
    private var rework: ReworkTally?
    private var repetition = RepetitionTally()
    private var detail = PerformanceDetail()
    private let options: PerformanceOptions
    private let wanted: PerformanceDetail.Options
    private var isAnotherLook = false

    /// The question.
    ///
    /// - Parameters:
    ///   - withRework: whether the repetition of single activities is told too.
    ///   - detail: what is told of a whole log besides.
    package init(options: PerformanceOptions, withRework: Bool, detail: PerformanceDetail.Options = PerformanceDetail.Options()) {
        self.options = options
        wanted = detail
        tally = PerformanceTally(options: options)
        rework = withRework ? ReworkTally() : nil
    }

    package mutating func prepare(whole log: EventLog) -> EventLog {
        let (result, detail) = PerformanceDetail.of(whole: log, options, wanted)
        self.detail = detail
        return result
    }

    package mutating func add(_ part: EventLog, firstCase: Int) {
        tally.add(part)
        if isAnotherLook { return }
        rework?.add(part)
        repetition.add(part)
    }

    package mutating func needsAnotherLook() -> Bool {
        isAnotherLook = tally.needsAnotherLook()
        return isAnotherLook
    }

    package mutating func answer(
        _ facts: LogFacts, caseName: (UInt32) -> String
    ) -> (result: PerformanceResult, rework: Rework?, detail: PerformanceDetail) {
        detail.repetition = repetition.result()
        return (tally.result(), rework?.result(), detail)
    }
}
