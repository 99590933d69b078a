/// How a model is run.
package struct SimulationOptions: Sendable, Equatable {
    /// From when on a case counts, and which waiting is reported.
    package enum CaseStart: String, Sendable, Codable {
        /// From its arrival; waiting runs from the enablement that the engine knows.
        case arrival
        /// From its first start, and waiting from what a log shows of enablement: the latest completion before the start.
        case firstStart = "first_start"
    }

    /// What is kept of a run beside the figures of cases.
    package enum Detail: Int, Sendable, Comparable {
        /// Nothing.
        case cases
        /// The durations and waits of activity instances.
        case activities
        /// Every activity instance in full: what a log needs.
        case instances

        package static func < (left: Detail, right: Detail) -> Bool { left.rawValue < right.rawValue }
    }

    /// How many cases come.
    package var cases: Int
    /// How many independent runs.
    package var replications: Int
    /// When the simulation begins, in microseconds since 1970 UTC.
    package var start: Int64
    /// What tells this experiment's random numbers from others'.
    package var seed: UInt64
    /// How many threads share the replications; the results do not depend on it.
    package var threads: Int
    /// Cases that come before the ones that count, to fill the process up.
    package var warmUp: Int
    /// From when on a case counts.
    package var caseStart: CaseStart
    /// What is kept.
    package var detail: Detail
    /// Cases that are under way when the simulation begins; they take up people and are not counted. Scripted models only.
    package var openCases: [OpenCase]

    /// How a model is run.
    package init(
        cases: Int, replications: Int = 20, start: Int64 = 0, seed: UInt64 = 1, threads: Int = 1, warmUp: Int = 0,
        caseStart: CaseStart = .firstStart, detail: Detail = .activities, openCases: [OpenCase] = []
    ) {
        self.cases = cases
        self.replications = replications
        self.start = start
        self.seed = seed
        self.threads = threads
        self.warmUp = warmUp
        self.caseStart = caseStart
        self.detail = detail
        self.openCases = openCases
    }
}

/// A case that is under way when a simulation begins.
package struct OpenCase: Sendable, Equatable {
    /// What remains to be done; steps without predecessors are enabled at the start.
    package var script: CaseScripts.Script

    /// A case with this much to do.
    package init(script: CaseScripts.Script) {
        self.script = script
    }
}
