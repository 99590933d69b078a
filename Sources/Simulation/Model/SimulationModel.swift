package import WorkingTime

/// A process that can be simulated: a plain value; a change of plan makes another value.
///
/// Parts refer to each other by their place: an activity's performers to `roles`, a resource to its role and calendar.
package struct SimulationModel: Sendable, Equatable {
    /// What is done.
    package var activities: [SimulationActivity]
    /// Who does it, as groups.
    package var roles: [SimulationRole]
    /// Who does it, one by one; each does one thing at a time.
    package var resources: [SimulationResource]
    /// When they work.
    package var calendars: [WorkCalendar]
    /// When cases come.
    package var arrivals: Arrivals
    /// Which activities follow which.
    package var flow: ControlFlow
    /// Facts of cases, one row of which each case carries; nil where they have none.
    package var attributes: CaseAttributes?
    /// Per row of `attributes` the level of priority, 0 before 1 before 2 …; empty where all cases are equal.
    package var priorities: [UInt8]
    /// Seconds by which the wall clock is ahead of UTC: for results and for the times of batches.
    package var offset: Int

    /// A model of these parts.
    package init(
        activities: [SimulationActivity], roles: [SimulationRole], resources: [SimulationResource], calendars: [WorkCalendar],
        arrivals: Arrivals, flow: ControlFlow, attributes: CaseAttributes? = nil, priorities: [UInt8] = [], offset: Int = 0
    ) {
        self.activities = activities
        self.roles = roles
        self.resources = resources
        self.calendars = calendars
        self.arrivals = arrivals
        self.flow = flow
        self.attributes = attributes
        self.priorities = priorities
        self.offset = offset
    }

    /// The place of the activity of that name.
    package func activity(named name: String) -> Int? { activities.firstIndex { $0.name == name } }

    /// The place of the role of that name.
    package func role(named name: String) -> Int? { roles.firstIndex { $0.name == name } }

    /// The places of a role's resources.
    package func resources(of role: Int) -> [Int] { resources.indices.filter { resources[$0].role == role } }
}

/// A group of people, or of programs.
package struct SimulationRole: Sendable, Equatable, Codable {
    private enum CodingKeys: String, CodingKey {
        case name
        case isSystem = "system"
    }

    /// What it is called.
    package var name: String
    /// A program: it never waits and never pauses, its durations are elapsed time.
    package var isSystem: Bool

    /// A role.
    package init(name: String, isSystem: Bool = false) {
        self.name = name
        self.isSystem = isSystem
    }
}

/// Somebody who does one thing at a time.
package struct SimulationResource: Sendable, Equatable, Codable {
    private enum CodingKeys: String, CodingKey {
        case name, role, calendar
        case costPerHour = "cost_per_hour"
    }

    /// What it is called.
    package var name: String
    /// The place of its role.
    package var role: Int
    /// The place of its calendar.
    package var calendar: Int
    /// What an hour of its work costs; nil where unknown.
    package var costPerHour: Double?

    /// A resource.
    package init(name: String, role: Int, calendar: Int, costPerHour: Double? = nil) {
        self.name = name
        self.role = role
        self.calendar = calendar
        self.costPerHour = costPerHour
    }
}

/// Something that is done in cases.
package struct SimulationActivity: Sendable, Equatable, Codable {
    private enum CodingKeys: String, CodingKey {
        case name, performers, delay
        case delaysAfter = "delays_after"
        case batching, automation
        case fixedCost = "fixed_cost"
        case durationScale = "duration_scale"
    }

    /// What it is called: random numbers are tied to the name, so an activity keeps them in a changed model.
    package var name: String
    /// Who may do it, and how long that takes; one of them is drawn by weight.
    package var performers: [Performer]
    /// Waiting that no queue explains, before the work is asked for, where `delaysAfter` has no other.
    package var delay: Delay?
    /// The same by the activity whose completion enabled this one.
    package var delaysAfter: [DelayAfter]
    /// Work that is held back and done in batches; nil where it is not.
    package var batching: Batching?
    /// The share that a program does instead; nil where none is.
    package var automation: Automation?
    /// What one execution costs beside the hours.
    package var fixedCost: Double?
    /// Applied to every duration that people or programs of `performers` take, those of scripts included.
    package var durationScale: Double

    /// An activity.
    package init(
        name: String, performers: [Performer], delay: Delay? = nil, delaysAfter: [DelayAfter] = [], batching: Batching? = nil,
        automation: Automation? = nil, fixedCost: Double? = nil, durationScale: Double = 1
    ) {
        self.name = name
        self.performers = performers
        self.delay = delay
        self.delaysAfter = delaysAfter
        self.batching = batching
        self.automation = automation
        self.fixedCost = fixedCost
        self.durationScale = durationScale
    }

    /// A way of getting the activity done.
    package struct Performer: Sendable, Equatable, Codable {
        /// The place of the role.
        package var role: Int
        /// How often this way is taken, relative to the others.
        package var weight: Double
        /// Working time that it takes; elapsed time where the role is a system.
        package var duration: Distribution
        /// The same from the second time in a case on; nil where it does not differ.
        package var repeatedDuration: Distribution?
        /// Where only some resources may do it or where their durations differ: these, of whatever role. Empty: all of the role.
        package var resources: [Individual]

        /// A performer.
        package init(
            role: Int, weight: Double = 1, duration: Distribution, repeatedDuration: Distribution? = nil, resources: [Individual] = []
        ) {
            self.role = role
            self.weight = weight
            self.duration = duration
            self.repeatedDuration = repeatedDuration
            self.resources = resources
        }
    }

    /// One resource with its own duration.
    package struct Individual: Sendable, Equatable, Codable {
        /// The place of the resource.
        package var resource: Int
        /// Working time that it takes.
        package var duration: Distribution

        /// A resource with its own duration.
        package init(resource: Int, duration: Distribution) {
            self.resource = resource
            self.duration = duration
        }
    }

    /// Waiting that no queue explains.
    package struct Delay: Sendable, Equatable, Codable {
        /// How long, in seconds.
        package var distribution: Distribution
        /// The place of the calendar whose open hours count; nil where every hour does.
        package var calendar: Int?

        /// A delay.
        package init(_ distribution: Distribution, calendar: Int? = nil) {
            self.distribution = distribution
            self.calendar = calendar
        }
    }

    /// A delay that follows one particular activity.
    package struct DelayAfter: Sendable, Equatable, Codable {
        /// The place of the activity whose completion enables this one.
        package var activity: Int
        /// How long it then waits.
        package var delay: Delay

        /// A delay after an activity.
        package init(activity: Int, delay: Delay) {
            self.activity = activity
            self.delay = delay
        }
    }

    /// When work that was held back is let go, all of it together.
    package struct Batching: Sendable, Equatable, Codable {
        /// What lets a batch go; several may hold, the first one does it.
        package struct Release: Sendable, Equatable, Codable {
            /// Microseconds after Monday 00:00 on the wall clock, week after week, ascending.
            package var weekly: [Int64]
            /// So many members.
            package var size: Int?
            /// Microseconds since the first member came.
            package var longestWait: Int64?

            /// A rule; at least one of its parts is there.
            package init(weekly: [Int64] = [], size: Int? = nil, longestWait: Int64? = nil) {
                self.weekly = weekly
                self.size = size
                self.longestWait = longestWait
            }

            /// Every `period` microseconds of the week from `first` after Monday 00:00 on; the period divides the week.
            package static func every(_ period: Int64, from first: Int64 = 0) -> Release {
                precondition(period > 0 && WeeklyHours.week % period == 0, "a period divides the week")
                let start = first % period
                return Release(weekly: (0..<WeeklyHours.week / period).map { start + $0 * period })
            }
        }

        /// What becomes of the members.
        package enum Form: String, Sendable, Codable {
            /// Each asks for its own performer.
            case apart
            /// One performer does them all at once, in the time of the longest.
            case together
        }

        /// When it is let go.
        package var release: Release
        /// How it is done.
        package var form: Form

        /// A batching rule.
        package init(release: Release, form: Form = .apart) {
            self.release = release
            self.form = form
        }
    }

    /// A program that does the activity for a share of the cases.
    package struct Automation: Sendable, Equatable, Codable {
        /// The share, of the cases that are eligible.
        package var share: Double
        /// Elapsed time that it takes.
        package var duration: Distribution
        /// The place of the system role that does it.
        package var role: Int
        /// Per row of the case attributes whether it may; nil where it always may.
        package var eligible: [Bool]?
        /// Whether the delay and the batch before the activity remain.
        package var keepsDelay: Bool

        /// An automation.
        package init(share: Double, duration: Distribution, role: Int, eligible: [Bool]? = nil, keepsDelay: Bool = false) {
            self.share = share
            self.duration = duration
            self.role = role
            self.eligible = eligible
            self.keepsDelay = keepsDelay
        }
    }
}
