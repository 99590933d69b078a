package import EventLogs
package import ProcessModels
package import Statistics

/// Whether unfinished cases count in the figures.
package enum CensoredCases: String, Codable, Sendable {
    /// All cases count.
    case include
    /// Only finished cases count.
    case exclude
}

/// What a performance analysis may be told.
package struct PerformanceOptions: Sendable {
    /// The declared end activities; `nil` for those that the log shows.
    package var endActivities: [String]?
    /// Whether unfinished cases count.
    package var censored: CensoredCases
    /// What times are broken down by; `nil` for nothing.
    package var by: BreakdownKey?

    /// These options; by default end activities are detected and all cases count.
    package init(endActivities: [String]? = nil, censored: CensoredCases = .include, by: BreakdownKey? = nil) {
        self.endActivities = endActivities
        self.censored = censored
        self.by = by
    }
}

/// Where the time of a process goes: times per case, per activity and per edge, rework, and the ranked bottlenecks.
package struct PerformanceResult: Codable, Sendable, Equatable {
    /// All cases of the log.
    package var cases: Int
    /// Those that are unfinished. With ``CensoredCases/exclude`` every figure below leaves them out.
    package var censored: Int
    /// The activities that end a case.
    package var endActivities: [String]
    /// How those were found.
    package var endRule: EndRule
    /// First start to last completion, per case.
    package var cycleTime: TimeStatistics?
    /// Union of the instances' intervals, per case whose starts are all known.
    package var serviceTime: TimeStatistics?
    /// Sum of start − enablement, per case whose starts are all known.
    package var waitingTime: TimeStatistics?
    /// Cycle − service time, per case whose starts are all known.
    package var idleTime: TimeStatistics?
    /// Sum of the instances' durations, per case whose starts are all known.
    package var processingTime: TimeStatistics?
    /// Cases in which an activity occurs more than once.
    package var reworkCases: Int
    /// Their share, 0…1; nil where there are no cases.
    package var reworkShare: Double?
    /// The activities by descending instances, then by the UTF-8 bytes of their names.
    package var activities: [ActivityTimes]
    /// The edges of the directly-follows graph.
    package var edges: [DirectlyFollowsGraph.Edge]
    /// What holds time, by rank.
    package var bottlenecks: [Bottleneck]
    /// Cycle times with unfinished cases as what they are; `nil` where those are left out, or no case has a time.
    package var survival: SurvivalTimes?
    /// The same times of cases in elapsed time, where working time is counted; else `nil`.
    package var elapsed: ElapsedTimes?
    /// How far cycle times are known where stamps tell the day alone; `nil` where none does.
    package var dateOnly: DateOnlyBounds?
    /// Times by what was asked for; `nil` where nothing was, or the log has nothing of it.
    package var breakdown: TimesBreakdown?
}

extension PerformanceResult {
    /// The analysis of a log.
    package init(of log: EventLog, options: PerformanceOptions = PerformanceOptions()) {
        var tally = PerformanceTally(options: options)
        repeat { tally.add(log) } while tally.needsAnotherLook()
        self = tally.result()
    }
}

/// The times of one activity.
package struct ActivityTimes: Codable, Sendable, Equatable {
    /// The activity.
    package var name: String
    /// Its instances.
    package var instances: Int
    /// Cases that hold it.
    package var cases: Int
    /// Start to completion, of the instances whose start is known.
    package var service: TimeStatistics?
    /// Enablement to start, of the instances whose start is known.
    package var waiting: TimeStatistics?
    /// Previous completion in the case to own completion, of the instances that have one before them.
    package var sojourn: TimeStatistics?
    /// Its instances beyond the first in their case.
    package var reworkInstances: Int
}
