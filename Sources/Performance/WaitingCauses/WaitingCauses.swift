package import EventLogs
import Instants
package import WorkingTime

/// Why work waits: the waiting of every hand-off, from enablement to start, split into five causes that sum to it exactly.
///
/// In this order: *batching*, until the batch is ready; while the resource is busy with another instance *contention*, if that was enabled
/// no later, else *prioritization*; of the rest *unavailability* outside the resource's hours, and *extraneous* what remains. What cannot
/// be told is *unattributed*: all of the waiting of an instance that names no resource, the rest where hours are unknown. Instances whose
/// start is unknown have no waiting. Times are elapsed time, whatever calendar counts other durations: time outside hours is one of them.
package struct WaitingCauses: Codable, Sendable, Equatable {
    /// Waiting time by cause, in seconds; a cause is nil where it is known of none of the waiting.
    package struct Causes: Codable, Sendable, Equatable {
        /// Until the batch was ready.
        package var batchingS: Double?
        /// While the resource was busy with work enabled no later.
        package var contentionS: Double?
        /// While the resource was busy with work enabled later.
        package var prioritizationS: Double?
        /// While the resource was idle outside its hours.
        package var unavailabilityS: Double?
        /// What remains.
        package var extraneousS: Double?
        /// What cannot be told.
        package var unattributedS: Double
        /// All of it.
        package var totalS: Double
    }

    /// One hand-off.
    package struct HandOff: Codable, Sendable, Equatable {
        /// The activity that enabled; nil for the beginning of the case.
        package var source: String?
        /// The activity that waited.
        package var target: String
        /// How often, with a known start.
        package var n: Int
        /// The causes.
        package var causes: Causes
    }

    /// The waiting before one activity, of one resource or of one role.
    package struct Group: Codable, Sendable, Equatable {
        /// The name.
        package var name: String
        /// Its instances whose start is known.
        package var n: Int
        /// The causes.
        package var causes: Causes
    }

    /// The hand-offs by descending waiting, then by the UTF-8 bytes of their names, the beginning of the case first.
    package var handOffs: [HandOff]
    /// All of them together.
    package var total: Causes
    /// The same by activity that waited.
    package var activities: [Group]
    /// By resource that was waited for; empty where the log has none.
    package var resources: [Group]
    /// By role; empty where the log has none.
    package var roles: [Group]
    /// Instances.
    package var instances: Int
    /// Those whose start is known: of them is the waiting.
    package var n: Int
    /// Of these, those that name no resource.
    package var withoutResource: Int
    /// Of these, those whose resource has unknown hours.
    package var withUnknownHours: Int
    /// Where hours come from.
    package var hours: ResourceHours.Method
}

extension WaitingCauses.HandOff {
    private enum CodingKeys: String, CodingKey { case source, target, n }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            source: try container.decode(String?.self, forKey: .source), target: try container.decode(String.self, forKey: .target),
            n: try container.decode(Int.self, forKey: .n), causes: try WaitingCauses.Causes(from: decoder))
    }

    /// Writes the causes beside the other keys.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(source, forKey: .source)
        try container.encode(target, forKey: .target)
        try container.encode(n, forKey: .n)
        try causes.encode(to: encoder)
    }
}

extension WaitingCauses.Group {
    private enum CodingKeys: String, CodingKey { case name, n }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            name: try container.decode(String.self, forKey: .name), n: try container.decode(Int.self, forKey: .n),
            causes: try WaitingCauses.Causes(from: decoder))
    }

    /// Writes the causes beside the other keys.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(n, forKey: .n)
        try causes.encode(to: encoder)
    }
}

extension WaitingCauses.Causes {
    /// The causes with their values, in the order in which they are told.
    package var known: [(cause: WaitingCause, seconds: Double?)] {
        [
            (.batching, batchingS), (.contention, contentionS), (.prioritization, prioritizationS), (.unavailability, unavailabilityS),
            (.extraneous, extraneousS), (.unattributed, unattributedS),
        ]
    }
}

/// Why an instance waits.
package enum WaitingCause: String, Codable, Sendable, CaseIterable {
    /// For its batch to be ready.
    case batching
    /// For work that was there before it.
    case contention
    /// For work that came after it.
    case prioritization
    /// For its resource to be there.
    case unavailability
    /// For something that the log does not show.
    case extraneous
    /// For what cannot be told.
    case unattributed
}

/// Sums of waiting in microseconds; 128 bits, for stamps such as 9999-12-31 stand in real logs.
private struct WaitingSums {
    var n = 0
    var withResource = 0
    var withHours = 0
    var batching: Int128 = 0
    var contention: Int128 = 0
    var prioritization: Int128 = 0
    var unavailability: Int128 = 0
    var extraneous: Int128 = 0
    var unattributed: Int128 = 0

    mutating func add(_ split: WaitingSplit, _ instance: Int, hasResource: Bool, hasHours: Bool) {
        n += 1
        if hasResource { withResource += 1 }
        if hasHours { withHours += 1 }
        batching += Int128(split.batching[instance])
        contention += Int128(split.contention[instance])
        prioritization += Int128(split.prioritization[instance])
        unavailability += Int128(split.unavailability[instance])
        extraneous += Int128(split.extraneous[instance])
        unattributed += Int128(split.unattributed[instance])
    }

    var total: Int128 { batching + contention + prioritization + unavailability + extraneous + unattributed }

    var causes: WaitingCauses.Causes {
        func seconds(_ sum: Int128, _ isKnown: Bool) -> Double? { isKnown ? Double(sum) / 1e6 : nil }
        return WaitingCauses.Causes(
            batchingS: seconds(batching, withResource > 0), contentionS: seconds(contention, withResource > 0),
            prioritizationS: seconds(prioritization, withResource > 0), unavailabilityS: seconds(unavailability, withHours > 0),
            extraneousS: seconds(extraneous, withHours > 0), unattributedS: Double(unattributed) / 1e6, totalS: Double(total) / 1e6)
    }
}

extension WaitingCauses {
    /// The causes of a log's waiting; nil where no start is known, for then nothing is known to wait.
    ///
    /// - Parameters:
    ///   - calendar: the hours of every resource; nil for those of the log's clock, else learnt from the log.
    ///   - isCounted: the positions of the cases that count; nil for all. All of them keep resources busy.
    package init?(of log: EventLog, calendar: WorkingClock? = nil, isCounted: [Bool]? = nil) {
        if log.instances.start.isEmpty { return nil }
        let hours = calendar.map { ResourceHours(of: log, calendar: $0) } ?? ResourceHours(of: log)
        self.init(of: log, split: WaitingSplit(of: log, hours: hours), hours: hours, isCounted: isCounted)
    }

    /// The causes of a log whose waiting is split already.
    package init(of log: EventLog, split: WaitingSplit, hours: ResourceHours, isCounted: [Bool]? = nil) {
        let instances = log.instances
        let size = log.activities.count
        let roles = log.columns.role
        var byResource = [WaitingSums](repeating: WaitingSums(), count: log.columns.resource?.vocabulary.count ?? 0)
        var byRole = [WaitingSums](repeating: WaitingSums(), count: roles?.vocabulary.count ?? 0)
        var byActivity = [WaitingSums](repeating: WaitingSums(), count: size)
        var places: [UInt64: Int] = [:]
        var pairs: [(source: UInt32, target: UInt32, sums: WaitingSums)] = []
        var everything = WaitingSums()
        self.instances = 0
        for (position, range) in log.instanceRanges.enumerated() where isCounted?[position] ?? true {
            self.instances += range.count
            for instance in range where split.handOffs.enabled[instance] != Instant.missing {
                let target = instances.activity[instance]
                let enabling = split.handOffs.enabling[instance]
                let source = enabling == HandOffs.none ? UInt32.max : instances.activity[Int(enabling)]
                let key = UInt64(source) << 32 | UInt64(target)
                let place = places[key] ?? pairs.count
                if place == pairs.count {
                    places[key] = place
                    pairs.append((source, target, WaitingSums()))
                }
                let resource = instances.resource.isEmpty ? Vocabulary.missing : instances.resource[instance]
                let hasResource = resource != Vocabulary.missing
                var hasHours = false
                if hasResource, case .unknown = hours.hours(resource) {} else { hasHours = hasResource }
                func add(_ sums: inout WaitingSums) { sums.add(split, instance, hasResource: hasResource, hasHours: hasHours) }
                add(&pairs[place].sums)
                add(&byActivity[Int(target)])
                add(&everything)
                if hasResource { add(&byResource[Int(resource)]) }
                if let roles {
                    let role = roles.ids[instances.closingEvent(instance)]
                    if role != Vocabulary.missing { add(&byRole[Int(role)]) }
                }
            }
        }
        let names = log.activities
        handOffs = pairs.sorted { left, right in
            let (a, b) = (left.sums.total, right.sums.total)
            if a != b { return a > b }
            if left.source != right.source {
                if left.source == UInt32.max || right.source == UInt32.max { return left.source == UInt32.max }
                return names.precedes(left.source, right.source)
            }
            return names.precedes(left.target, right.target)
        }.map {
            HandOff(
                source: $0.source == UInt32.max ? nil : names[$0.source], target: names[$0.target], n: $0.sums.n, causes: $0.sums.causes)
        }
        total = everything.causes
        activities = Self.groups(byActivity, names)
        resources = log.columns.resource.map { Self.groups(byResource, $0.vocabulary) } ?? []
        self.roles = roles.map { Self.groups(byRole, $0.vocabulary) } ?? []
        n = everything.n
        withoutResource = everything.n - everything.withResource
        withUnknownHours = everything.withResource - everything.withHours
        self.hours = hours.method
    }

    private static func groups(_ sums: [WaitingSums], _ names: Vocabulary) -> [Group] {
        names.ids.filter { sums[Int($0)].n > 0 }.sorted { left, right in
            let (a, b) = (sums[Int(left)].total, sums[Int(right)].total)
            return a != b ? a > b : names.precedes(left, right)
        }.map { Group(name: names[$0], n: sums[Int($0)].n, causes: sums[Int($0)].causes) }
    }
}
