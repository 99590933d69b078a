package import EventLogs
package import Indicators
import Instants
package import Performance
package import ProcessModels
package import Redesign
package import Simulation
import Statistics

/// Everything a report is written from.
package struct ReportInput: Sendable {
    /// The title; a file's name or what the user calls the process.
    package var title: String
    /// The log, or the one before the change.
    package var before: AnalysedLog
    /// The log after the change.
    package var after: AnalysedLog?
    /// Before against after.
    package var comparison: Comparison?
    /// What a plan would gain.
    package var redesign: PlannedRedesign?
    /// What goes with the cycle time of the (first) log, and when it changed.
    package var explanation: Explanation?
    /// What each activity of the (first) log costs; nil where nobody knows.
    package var activityCosts: [String: Double]?
    /// The process as a model, found in the (first) log.
    package var model: FoundModel?
    /// What the logs were held against.
    package var norm: HeldNorm?
    /// What the report rests on.
    package var provenance: Provenance
    /// How it is shown.
    package var options: ReportOptions

    /// The input with these parts.
    package init(
        title: String, before: AnalysedLog, after: AnalysedLog? = nil, comparison: Comparison? = nil,
        redesign: PlannedRedesign? = nil, explanation: Explanation? = nil, activityCosts: [String: Double]? = nil,
        model: FoundModel? = nil, norm: HeldNorm? = nil, provenance: Provenance, options: ReportOptions = ReportOptions()
    ) {
        self.model = model
        self.norm = norm
        self.title = title
        self.before = before
        self.after = after
        self.comparison = comparison
        self.redesign = redesign
        self.explanation = explanation
        self.activityCosts = activityCosts
        self.provenance = provenance
        self.options = options
    }
}

/// A plan with what it would gain, and how far to believe that.
package struct PlannedRedesign: Sendable {
    /// The plan.
    package var plan: RedesignPlan
    /// What it would gain.
    package var result: RedesignResult
    /// How far to believe it.
    package var backtest: Backtest
    /// The flow to be, with what is left out still in it; nil where there is none.
    package var flow: RedesignedFlow?

    /// A plan with its outcome.
    package init(plan: RedesignPlan, result: RedesignResult, backtest: Backtest, flow: RedesignedFlow? = nil) {
        self.flow = flow
        self.plan = plan
        self.result = result
        self.backtest = backtest
    }
}

/// How people appear.
package enum PeopleDisplay: String, Sendable, Codable, CaseIterable {
    /// By role, or as R1, R2, … where the log has no roles.
    case roles
    /// By name.
    case names
}

/// How a report is shown.
package struct ReportOptions: Sendable, Equatable {
    /// Its language.
    package var language: Language
    /// How people appear.
    package var people: PeopleDisplay
    /// The share of activities that the process map shows, 0…1.
    package var activities: Double
    /// The share of paths that the process map shows, 0…1.
    package var paths: Double

    /// These options.
    package init(language: Language = .en, people: PeopleDisplay = .roles, activities: Double = 1, paths: Double = 0.8) {
        self.language = language
        self.people = people
        self.activities = activities
        self.paths = paths
    }
}

/// One log with all that a report says of it.
package struct AnalysedLog: Sendable {
    /// The log's name: its file's own name.
    package var name: String
    /// The log.
    package var log: EventLog
    /// Times, rework and bottlenecks.
    package var performance: PerformanceResult
    /// Variants.
    package var variants: VariantTable
    /// The directly-follows graph.
    package var graph: DirectlyFollowsGraph
    /// Who did how much.
    package var workload: Workload
    /// Repeated activities.
    package var rework: Rework
    /// Why work waits; nil where no start is known.
    package var waiting: WaitingCauses?
    /// What is done in batches; nil where no start is known.
    package var batches: BatchDetection?
    /// The ten cases that waited longest for batches of the first of the activities that are done in batches, the longest first.
    package var batchCases: [String] = []
    /// What was found about the data.
    package var findings: [LogFinding]
    /// Known cycle times in microseconds of the cases that count, in the order of cases.
    package var cycleTimes: [Int64]

    /// All analyses of a log.
    ///
    /// With ``Performance/CensoredCases/exclude`` times and rework leave unfinished cases out, as the performance result does;
    /// map, variants and workload cover all cases.
    package init(name: String, log: EventLog, options: PerformanceOptions = PerformanceOptions()) {
        self.name = name
        self.log = log
        performance = PerformanceResult(of: log, options: options)
        variants = VariantTable(of: log)
        graph = DirectlyFollowsGraph(of: log)
        workload = Workload(of: log)
        findings = log.findings
        let times = CaseTimes.of(log, endActivities: options.endActivities)
        let counted = times.cycle.indices.filter { options.censored == .include || !times.isCensored[$0] }
        rework = Rework(of: options.censored == .include ? log : log.selecting(cases: counted))
        if !log.instances.start.isEmpty {
            let hours = ResourceHours(of: log)
            let split = WaitingSplit(of: log, hours: hours)
            let isCounted = options.censored == .include ? nil : times.isCensored.map { !$0 }
            waiting = WaitingCauses(of: log, split: split, hours: hours, isCounted: isCounted)
            batches = BatchDetection(of: log, split: split, hours: hours)
            if let activity = (batches?.batched.first).flatMap({ log.activities.find($0.activity) }) {
                let waits = log.instanceRanges.map { range in
                    range.reduce(Int64(0)) { $0 &+ (log.instances.activity[$1] == activity ? split.batching[$1] : 0) }
                }
                let order = waits.indices.filter { waits[$0] > 0 }.sorted { (waits[$1], $0) < (waits[$0], $1) }
                batchCases = order.prefix(10).map { log.caseName($0) }
            }
        }
        cycleTimes = counted.map { times.cycle[$0] }.filter { $0 != Instant.missing }
    }

    /// The offset from UTC (seconds) in which the log's times are shown.
    var offset: Int { log.columns.prevailingOffset }
}
