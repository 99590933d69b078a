package import EventLogs
package import Statistics

/// Where the ways to tell a bottleneck agree, and where not.
///
/// - **Contribution**: the time that a place holds. It is named where it belongs to the fewest places that hold half of all.
/// - **Routing**: the change of the expected cycle time when an edge becomes more likely by 0.01, from the absorbing Markov chain (for an
///   activity that of the edge into it with the largest change). It is named where it belongs to the fewest that hold half of all changes,
///   in absolute terms; activities and edges apart.
/// - **Congestion**: waiting that grows with the queue. It is named where ``Congestion/Verdict/growing``.
/// - **Cost**, where known: named as for contribution, among activities.
///
/// Time that 10 % faster work or 10 % less waiting would save needs no list of its own: it is a tenth of what is held, per case. Per
/// activity both are told side by side, from the one solution of the chain: its work, and the waiting on all edges into it.
package struct BottleneckAgreement: Codable, Sendable, Equatable {
    /// A way to tell a bottleneck.
    package enum View: String, Codable, Sendable, CaseIterable {
        /// The time it holds.
        case contribution
        /// What its probability does.
        case routing
        /// Waiting that grows with load.
        case congestion
        /// What it costs.
        case cost
    }

    /// One place.
    package struct Place: Codable, Sendable, Equatable {
        /// An activity or an edge.
        package var kind: Bottleneck.Kind
        /// The activity; nil for an edge.
        package var activity: String?
        /// The activity before; nil for an activity.
        package var source: String?
        /// The activity after; nil for an activity.
        package var target: String?
        /// The time it holds in seconds.
        package var totalS: Double
        /// Its share of the sum of all totals.
        package var shareOfCycleTime: Double?
        /// Its place by contribution, from 1.
        package var rank: Int
        /// Seconds of mean cycle time saved if its work (an edge: its waiting) were 10 % less.
        package var durationScoreS: Double?
        /// For an activity: seconds of mean cycle time saved if the waiting on all edges into it were 10 % less.
        package var waitingScoreS: Double?
        /// The change of the expected cycle time in seconds when an edge (an activity: the edge into it that changes most) becomes more likely
        /// by 0.01.
        package var routingS: Double?
        /// What it costs; nil where no rates are known, and for edges.
        package var cost: Double?
        /// Seconds that one more in the queue adds; nil where unknown.
        package var effectS: Double?
        /// Its 95 % interval.
        package var effectCi95: Interval?
        /// What the queue says; nil where there is none.
        package var congestion: Congestion.Verdict?
        /// The ways that name it.
        package var views: [View]
        /// The filter that selects the cases that hold it.
        package var filter: String
    }

    /// How many ways there are to ask here: cost only where it is known.
    package var asked: [View]
    /// The places that any way names: those that most name first, then by contribution.
    package var places: [Place]
    /// How many others there are.
    package var omitted: Int

    /// What the ways say of a log.
    ///
    /// - Parameters:
    ///   - performance: its bottlenecks, by contribution.
    ///   - congestion: its queues.
    ///   - costs: what each activity costs; `nil` where nobody knows.
    package init(_ performance: PerformanceResult, congestion: [Congestion], costs: [String: Double]? = nil) {
        let bottlenecks = performance.bottlenecks
        let queues = Dictionary(congestion.map { (Self.key($0.kind, $0.activity, $0.source, $0.target), $0) }) { first, _ in first }
        // Of the edges into each activity: the waiting they hold, and the largest routing effect.
        var into: [String: (score: Double, routing: Double?)] = [:]
        for item in bottlenecks where item.kind == .edge {
            guard let target = item.target else { continue }
            var own = into[target] ?? (0, nil)
            own.score += item.scoreS ?? 0
            if let routing = item.routingS, abs(routing) > abs(own.routing ?? 0) { own.routing = routing }
            into[target] = own
        }
        var places = bottlenecks.map { item in
            let queue = queues[Self.key(item.kind, item.activity, item.source, item.target)]
            let before = item.activity.flatMap { into[$0] }
            return Place(
                kind: item.kind, activity: item.activity, source: item.source, target: item.target, totalS: item.totalS,
                shareOfCycleTime: item.shareOfCycleTime, rank: item.rank, durationScoreS: item.scoreS, waitingScoreS: before?.score,
                routingS: item.kind == .edge ? item.routingS : before?.routing, cost: item.activity.flatMap { costs?[$0] },
                effectS: queue?.effectS, effectCi95: queue?.effectCi95, congestion: queue?.verdict, views: [], filter: item.filter)
        }
        Self.name(.contribution, &places, Array(places.indices)) { $0.totalS }
        for kind in [Bottleneck.Kind.activity, .edge] {
            Self.name(.routing, &places, places.indices.filter { places[$0].kind == kind }) { abs($0.routingS ?? 0) }
        }
        for place in places.indices where places[place].congestion == .growing { places[place].views.append(.congestion) }
        Self.name(.cost, &places, Array(places.indices)) { $0.cost ?? 0 }
        asked = View.allCases.filter { $0 != .cost || costs != nil }
        let named = places.filter { !$0.views.isEmpty }
        self.places = named.sorted { ($1.views.count, $0.rank) < ($0.views.count, $1.rank) }
        omitted = places.count - named.count
    }

    private static func key(_ kind: Bottleneck.Kind, _ activity: String?, _ source: String?, _ target: String?) -> [String] {
        [kind.rawValue, activity ?? "", source ?? "", target ?? ""]
    }

    /// Names the fewest places that hold half of what a way counts; ties by contribution.
    private static func name(_ view: View, _ places: inout [Place], _ among: [Int], by amount: (Place) -> Double) {
        let sorted = among.filter { amount(places[$0]) > 0 }.sorted { left, right in
            (-amount(places[left]), places[left].rank) < (-amount(places[right]), places[right].rank)
        }
        let sum = sorted.reduce(0) { $0 + amount(places[$1]) }
        var held = 0.0
        for place in sorted {
            if held >= sum / 2 { return }
            held += amount(places[place])
            places[place].views.append(view)
        }
    }
}

extension BottleneckAgreement {
    /// What the ways say of a log.
    package init(of log: EventLog, options: PerformanceOptions = PerformanceOptions(), costs: [String: Double]? = nil) {
        self.init(PerformanceResult(of: log, options: options), congestion: Congestion.of(log), costs: costs)
    }
}
