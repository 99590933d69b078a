package import EventLogs
package import WorkingTime

/// A redesign as a reviewable patch: changes to a process and what they are to achieve.
///
/// ```yaml
/// name: Faster purchase approval
/// changes:
///   - automate: {activity: Approve Requisition, duration: 12s, when: "amount < 5000"}
///   - resource: {role: Invoice Clerk, add: 1}
/// goals:
///   - {kpi: cycle_time.median, change: "<= -30%"}
/// ```
///
/// Two plans that say the same are equal, wherever in their files they say it.
package struct RedesignPlan: Sendable, Equatable {
    /// What the plan is called.
    package var name: String?
    /// What changes, in the order in which it is done.
    package var changes: [PlannedChange]
    /// What is to be achieved.
    package var goals: [PlanGoal]
    /// The file's own name, for errors.
    package var fileName: String

    /// A plan of these parts.
    package init(name: String? = nil, changes: [PlannedChange], goals: [PlanGoal] = [], fileName: String = "plan.yaml") {
        self.name = name
        self.changes = changes
        self.goals = goals
        self.fileName = fileName
    }

    package static func == (left: RedesignPlan, right: RedesignPlan) -> Bool {
        left.name == right.name && left.changes == right.changes && left.goals == right.goals
    }
}

/// A place in a plan's file; places never make two plans different.
package struct PlanPlace: Sendable, Equatable {
    /// The line, from 1; nil where the plan was not read from a file.
    package var line: Int?
    /// The column, from 1.
    package var column: Int?

    /// A place.
    package init(line: Int? = nil, column: Int? = nil) {
        self.line = line
        self.column = column
    }

    package static func == (left: PlanPlace, right: PlanPlace) -> Bool { true }
}

/// One change of a plan.
package struct PlannedChange: Sendable, Equatable {
    /// What is changed.
    package enum Action: Sendable, Equatable {
        /// A program does the activity.
        case automate(Automation)
        /// The activity is no longer done.
        case remove(activity: String)
        /// So many more people are in the role; fewer where negative.
        case resource(role: String, add: Int)
        /// The activity's work takes so many times as long.
        case duration(activity: String, scale: Double)
        /// The activities no longer wait for each other.
        case parallelize([String])
        /// The people of the role work at these hours.
        case calendar(role: String, hours: WeeklyHours)
        /// So many times as many cases come.
        case arrivals(scale: Double)
        /// The activity is done in batches every so many microseconds; nil for no batches.
        case batch(activity: String, every: Int64?)
        /// After `from` comes `to` with this probability.
        case route(from: String, to: String, probability: Double)
    }

    /// A program that does an activity.
    package struct Automation: Sendable, Equatable {
        /// What it does.
        package var activity: String
        /// For which share of the cases that meet the condition.
        package var share: Double
        /// Microseconds that it takes.
        package var duration: Int64
        /// Which cases it takes, by their attributes; nil for all.
        package var condition: LogFilter?

        /// A program.
        package init(activity: String, share: Double = 1, duration: Int64, condition: LogFilter? = nil) {
            self.activity = activity
            self.share = share
            self.duration = duration
            self.condition = condition
        }
    }

    /// What is changed.
    package var action: Action
    /// Where the change begins.
    package var place: PlanPlace
    private var places: [String: PlanPlace]

    /// A change; `places` says where the values of its keys stand.
    package init(_ action: Action, place: PlanPlace = PlanPlace(), places: [String: PlanPlace] = [:]) {
        self.action = action
        self.place = place
        self.places = places
    }

    /// Where the value of a key stands, else where the change does.
    func place(of key: String) -> PlanPlace { places[key] ?? place }

    package static func == (left: PlannedChange, right: PlannedChange) -> Bool { left.action == right.action }

    /// The change's key in a plan.
    package var kind: String {
        switch action {
        case .automate: "automate"
        case .remove: "remove"
        case .resource: "resource"
        case .duration: "duration"
        case .parallelize: "parallelize"
        case .calendar: "calendar"
        case .arrivals: "arrivals"
        case .batch: "batch"
        case .route: "route"
        }
    }
}
