/// The numbers that turn a BPMN model into a simulation, in the form that Prosimos 2 reads, and beside them what it has no words for.
///
/// The plain sections are kept as they stand; ``own`` is our section `weir`, which Prosimos ignores: a whole ``SimulationModel`` with memory, mixtures
/// of roles, batches, delays and attributes. A scenario that has it is simulated by it.
package struct Scenario: Sendable, Equatable {
    /// A stretch of hours on a range of weekdays.
    package struct Period: Sendable, Equatable {
        /// The first day, Monday is 0.
        package var firstDay: Int
        /// The last day.
        package var lastDay: Int
        /// Microseconds after midnight.
        package var begin: Int64
        /// Microseconds after midnight, up to 24:00.
        package var end: Int64

        /// A stretch of hours.
        package init(firstDay: Int, lastDay: Int, begin: Int64, end: Int64) {
            self.firstDay = firstDay
            self.lastDay = lastDay
            self.begin = begin
            self.end = end
        }
    }

    /// Hours with an identifier.
    package struct Calendar: Sendable, Equatable {
        /// Its identifier.
        package var id: String
        /// What it is called.
        package var name: String
        /// Its hours.
        package var periods: [Period]

        /// A calendar.
        package init(id: String, name: String, periods: [Period]) {
            self.id = id
            self.name = name
            self.periods = periods
        }
    }

    /// People who are alike.
    package struct Resource: Sendable, Equatable {
        /// Its identifier.
        package var id: String
        /// What it is called.
        package var name: String
        /// What an hour costs; nil where the file does not say.
        package var costPerHour: Double?
        /// How many there are.
        package var amount: Int
        /// The identifier of the calendar.
        package var calendar: String
        /// The identifiers of the tasks it is assigned to.
        package var tasks: [String]

        /// People who are alike.
        package init(id: String, name: String, costPerHour: Double?, amount: Int, calendar: String, tasks: [String]) {
            self.id = id
            self.name = name
            self.costPerHour = costPerHour
            self.amount = amount
            self.calendar = calendar
            self.tasks = tasks
        }
    }

    /// A group of resources: a role.
    package struct Profile: Sendable, Equatable {
        /// Its identifier.
        package var id: String
        /// What it is called.
        package var name: String
        /// Who belongs to it.
        package var resources: [Resource]

        /// A group of resources.
        package init(id: String, name: String, resources: [Resource]) {
            self.id = id
            self.name = name
            self.resources = resources
        }
    }

    /// How long a resource takes for a task.
    package struct Duration: Sendable, Equatable {
        /// The identifier of the resource.
        package var resource: String
        /// The time in seconds.
        package var distribution: Distribution

        /// How long a resource takes.
        package init(resource: String, distribution: Distribution) {
            self.resource = resource
            self.distribution = distribution
        }
    }

    /// Who does a task.
    package struct TaskDurations: Sendable, Equatable {
        /// The identifier of the task.
        package var task: String
        /// Who does it, and how long it takes them.
        package var resources: [Duration]

        /// Who does a task.
        package init(task: String, resources: [Duration]) {
            self.task = task
            self.resources = resources
        }
    }

    /// How likely a way out of a gateway is.
    package struct Path: Sendable, Equatable {
        /// The identifier of the sequence flow.
        package var flow: String
        /// How likely it is; nil where nothing is said.
        package var probability: Double?

        /// A way out of a gateway.
        package init(flow: String, probability: Double?) {
            self.flow = flow
            self.probability = probability
        }
    }

    /// The ways out of a gateway.
    package struct Gateway: Sendable, Equatable {
        /// The identifier of the gateway.
        package var gateway: String
        /// Its ways.
        package var paths: [Path]

        /// The ways out of a gateway.
        package init(gateway: String, paths: [Path]) {
            self.gateway = gateway
            self.paths = paths
        }
    }

    /// How long an event takes to happen.
    package struct EventTime: Sendable, Equatable {
        /// The identifier of the event.
        package var event: String
        /// The time in seconds.
        package var distribution: Distribution

        /// How long an event takes.
        package init(event: String, distribution: Distribution) {
            self.event = event
            self.distribution = distribution
        }
    }

    /// Work that is done in batches.
    package struct Batch: Sendable, Equatable {
        /// The identifier of the task.
        package var task: String
        /// What lets a batch go.
        package var release: SimulationActivity.Batching.Release
        /// How it is done.
        package var form: SimulationActivity.Batching.Form

        /// Work in batches.
        package init(task: String, release: SimulationActivity.Batching.Release, form: SimulationActivity.Batching.Form) {
            self.task = task
            self.release = release
            self.form = form
        }
    }

    /// An attribute that each case draws for itself, and the rules of priority that look at it.
    package struct CaseDraws: Sendable, Equatable {
        /// An attribute.
        package struct Attribute: Sendable, Equatable {
            /// What it is called.
            package var name: String
            /// Values with their probabilities; empty for a number.
            package var choices: [(value: String, probability: Double)]
            /// The distribution of a number; nil for values.
            package var number: Distribution?

            package static func == (left: Attribute, right: Attribute) -> Bool {
                left.name == right.name && left.number == right.number && left.choices.count == right.choices.count
                    && zip(left.choices, right.choices).allSatisfy { $0.value == $1.value && $0.probability == $1.probability }
            }
        }

        /// `attribute comparison value`, as written.
        package struct Condition: Sendable, Equatable {
            /// The attribute's name.
            package var attribute: String
            /// One of `= != < <= > >= in`.
            package var comparison: String
            /// What it is compared with; two values for `in`.
            package var values: [String]
        }

        /// Cases that meet all conditions of one of the lists have this level.
        package struct Priority: Sendable, Equatable {
            /// 1 comes first.
            package var level: Int
            /// Lists of conditions.
            package var rules: [[Condition]]
        }

        /// The attributes.
        package var attributes: [Attribute] = []
        /// The rules of priority.
        package var priorities: [Priority] = []
    }

    /// Who there is.
    package var profiles: [Profile] = []
    /// When they work.
    package var calendars: [Calendar] = []
    /// Within which hours cases come; empty for always.
    package var arrivalHours: [Period] = []
    /// The gaps between arrivals, in seconds.
    package var arrivalGaps: Distribution = .fixed(0)
    /// How likely the ways out of gateways are.
    package var gateways: [Gateway] = []
    /// Who does which task.
    package var tasks: [TaskDurations] = []
    /// How long events take.
    package var events: [EventTime] = []
    /// What is done in batches.
    package var batches: [Batch] = []
    /// What cases draw for themselves.
    package var draws = CaseDraws()
    /// Our own model, where the scenario has one.
    package var own: SimulationModel?
    /// What was read but has no effect.
    package var warnings: [ScenarioWarning] = []

    /// An empty scenario.
    package init() {}
}
