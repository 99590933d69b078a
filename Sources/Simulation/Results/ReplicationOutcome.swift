/// What one run of a model gave, as columns over the cases that count, in order of arrival; times in microseconds.
///
/// A case that did nothing, or that never ended, has ``Instant/missing`` where it has no value.
package struct ReplicationOutcome: Sendable, Equatable {
    /// The number of the run, from 0.
    package var replication = 0
    /// When each case came.
    package var arrival: [Int64] = []
    /// When its first activity began.
    package var firstStart: [Int64] = []
    /// When its last activity was complete.
    package var lastCompletion: [Int64] = []
    /// From its start (see ``SimulationOptions/CaseStart``) to its last completion.
    package var cycle: [Int64] = []
    /// The sum of its instances' waits.
    package var waiting: [Int64] = []
    /// The length of the union of its instances.
    package var service: [Int64] = []
    /// The sum of its instances' durations.
    package var processing: [Int64] = []
    /// What it cost; empty where nothing has a price.
    package var cost: [Double] = []
    /// Whether an activity came more than once.
    package var hasRework: [Bool] = []
    /// The row of the case attributes that it carries, or -1.
    package var row: [Int32] = []
    /// The activity instances of these cases in order of completion.
    package var instances = SimulatedInstances()
    /// Working time of each resource, in the order of the model.
    package var worked: [Int64] = []
    /// Working hours of each resource between the first start and the last completion of the run.
    package var available: [Int64] = []
    /// The first start of the run, open and warm-up cases included, or its beginning where nothing was done.
    package var begin: Int64 = 0
    /// The last completion of the run.
    package var end: Int64 = 0
    /// How many activity instances there were, whatever was kept of them.
    package var instanceCount = 0
    /// How many events the engine handled.
    package var eventCount = 0
    /// Counted cases that never ended.
    package var unfinished = 0
    /// Counted cases that ended with a token stuck before a join or in an endless loop.
    package var stuck = 0
    /// The integral over time of the number of cases in the system, in case-microseconds.
    package var casesInSystemArea: Int64 = 0
    /// The integral over time of the number of waiting pieces of work, per queue.
    package var queueAreas: [Int64] = []

    /// An empty outcome.
    package init() {}
}

/// Activity instances as columns, in order of completion.
package struct SimulatedInstances: Sendable, Equatable {
    /// The place of the activity.
    package var activity: [UInt16] = []
    /// From start to completion, in microseconds.
    package var duration: [Int64] = []
    /// From enablement to start, in microseconds.
    package var waiting: [Int64] = []
    /// The number of the case; empty unless instances were kept in full, as all that follow.
    package var caseNumber: [UInt32] = []
    /// When it could have begun.
    package var enabled: [Int64] = []
    /// When it began.
    package var start: [Int64] = []
    /// The place of the resource, or -1 for a system.
    package var resource: [Int32] = []
    /// The place of the role.
    package var role: [Int32] = []

    /// No instances.
    package init() {}

    /// How many there are.
    package var count: Int { activity.count }
}
