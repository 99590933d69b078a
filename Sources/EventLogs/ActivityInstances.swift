import Instants

/// How events are counted as activity instances.
package enum InstanceCounting: String, Sendable, Codable {
    /// A start and its completion are one instance.
    case instances
    /// Every event is one instance that happens at its own time; starts play no part.
    case events
}

/// Activity instances as columns: grouped by case, in a case in the order of completion.
///
/// Where every event is one instance the columns are the events' own, shared and not copied.
package struct ActivityInstances: Sendable {
    /// The activity of each instance.
    package internal(set) var activity: [UInt32]
    /// When it was completed: microseconds, or ``Instant/missing``.
    package internal(set) var completion: [Int64]
    /// When it was started: microseconds, or ``Instant/missing`` where unknown; empty where no start is known at all.
    package internal(set) var start: [Int64]
    /// Who did it, as numbers of the log's resources; empty where the log has none.
    package internal(set) var resource: [UInt32]
    /// The event that closed each instance; empty where instance `i` is event `i`.
    package internal(set) var event: [UInt32]
    /// The event that opened each instance, or ``Vocabulary/missing``; empty where none was opened by an event of its own.
    package internal(set) var openingEvent: [UInt32]
    /// Instances that ended without success (`ate_abort`, `pi_abort`, `withdraw`).
    package internal(set) var aborted = Bitmap()
    /// Per case index: instances started and never completed; empty where there are none.
    package internal(set) var openCount: [UInt32] = []
    /// Per case index: the earliest start of those, or ``Instant/missing``; empty where there are none.
    package internal(set) var firstOpenStart: [Int64] = []

    /// How many instances there are.
    package var count: Int { activity.count }

    /// The closing event of an instance.
    package func closingEvent(_ instance: Int) -> Int {
        event.isEmpty ? instance : Int(event[instance])
    }

    /// The start of an instance in microseconds, or ``Instant/missing``.
    package func startTime(_ instance: Int) -> Int64 {
        start.isEmpty ? Instant.missing : start[instance]
    }
}
