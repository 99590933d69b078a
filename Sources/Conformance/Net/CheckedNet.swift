package import EventLogs
package import ProcessModels

/// A Petri net made ready to be compared with a log: arcs as columns, labels as activity numbers, one final marking.
///
/// Activity numbers are the log's own; names that the net alone has follow behind them. A net with several final markings gets one
/// place more, into which a silent transition leads from each of them, so that there is one final marking; places and transitions of
/// the net keep their positions before that.
///
/// ```swift
/// let checked = try CheckedNet(net, for: log)
/// checked.unknownActivities  // what the log has and the net does not
/// ```
package struct CheckedNet: Sendable {
    /// The net as it was given.
    package let net: PetriNet
    /// The names by activity number.
    package let activities: [String]
    /// How many of the numbers are the log's.
    package let logActivityCount: Int
    /// The activities of the log's instances that no transition carries, in order of the UTF-8 bytes of their names.
    package let unknownActivities: [String]

    /// Per transition: its activity number, or ``silent``.
    let labels: [UInt32]
    /// Stands for "no activity" in ``labels``.
    static let silent = UInt32.max
    /// The arcs from places, transition by transition.
    let inputs: ArcColumns
    /// The arcs to places, transition by transition.
    let outputs: ArcColumns
    /// Tokens per place at the beginning.
    let initial: [Int]
    /// Tokens per place at the end.
    let final: [Int]
    /// Where the transitions of each activity begin in ``carriers``; one more than there are activities.
    let carrierStarts: [Int]
    /// The transitions of each activity, in order of position.
    let carriers: [UInt32]

    /// How many places there are, added ones included.
    var placeCount: Int { initial.count }
    /// How many transitions there are, added ones included.
    var transitionCount: Int { labels.count }

    /// The transitions that carry an activity.
    func carriers(of activity: Int) -> ArraySlice<UInt32> {
        carriers[carrierStarts[activity]..<carrierStarts[activity + 1]]
    }

    /// Whether some transition carries an activity of the log.
    /// - Precondition: the number is one of ``activities``.
    package func knows(_ activity: UInt32) -> Bool {
        carrierStarts[Int(activity)] < carrierStarts[Int(activity) + 1]
    }

    /// The net made ready for a log.
    ///
    /// - Throws: ``CheckedNetError`` where the net accepts nothing or moves more tokens than can be counted.
    package init(_ net: PetriNet, for log: EventLog) throws(CheckedNetError) {
        var seen = [Bool](repeating: false, count: log.activities.count)
        for range in log.instanceRanges {
            for activity in log.instances.activity[range] { seen[Int(activity)] = true }
        }
        try self.init(net, activities: log.activities, seen: seen)
    }

    /// The net made ready for a log whose variants are known.
    ///
    /// - Parameter names: what the numbers in the variants stand for.
    /// - Throws: ``CheckedNetError``, as above.
    package init(_ net: PetriNet, for variants: VariantIndex, names: Vocabulary) throws(CheckedNetError) {
        var seen = [Bool](repeating: false, count: names.count)
        for rank in 0..<variants.count {
            for activity in variants.activities(ofRank: rank + 1) { seen[Int(activity)] = true }
        }
        try self.init(net, activities: names, seen: seen)
    }

    /// - Parameter seen: per number, whether the log has instances of the activity.
    private init(_ net: PetriNet, activities: Vocabulary, seen: [Bool]) throws(CheckedNetError) {
        try Self.check(net)
        self.net = net
        var names = activities
        var labels = net.transitions.map { $0.label.map { names.intern($0) } ?? Self.silent }
        var transitions = net.transitions.map { (inputs: $0.inputs, outputs: $0.outputs) }
        var initial = (0..<net.places.count).map { net.initial[$0] }
        var final: [Int]
        let finals = try Self.finals(of: net)
        if let only = finals.first, finals.count == 1 {
            final = (0..<net.places.count).map { only[$0] }
        } else {
            let end = net.places.count
            initial.append(0)
            final = [Int](repeating: 0, count: end) + [1]
            for marking in finals {
                let inputs = marking.tokens.enumerated().filter { $0.element > 0 }
                    .map { PetriNet.Arc($0.offset, weight: $0.element) }
                labels.append(Self.silent)
                transitions.append((inputs, [PetriNet.Arc(end)]))
            }
        }
        self.labels = labels
        inputs = ArcColumns(transitions.map(\.inputs))
        outputs = ArcColumns(transitions.map(\.outputs))
        self.initial = initial
        self.final = final
        self.activities = names.strings
        logActivityCount = activities.count
        var starts = [Int](repeating: 0, count: names.count + 1)
        for label in labels where label != Self.silent { starts[Int(label) + 1] += 1 }
        for activity in 0..<names.count { starts[activity + 1] += starts[activity] }
        carrierStarts = starts
        carriers = labels.indices.filter { labels[$0] != Self.silent }
            .sorted { (labels[$0], $0) < (labels[$1], $1) }.map { UInt32($0) }
        unknownActivities = activities.ids.filter { seen[Int($0)] && starts[Int($0)] == starts[Int($0) + 1] }
            .sorted(by: activities.precedes).map { activities[$0] }
    }

    /// The final markings; of a net that names none, one token on its only place without an arc out of it.
    private static func finals(of net: PetriNet) throws(CheckedNetError) -> [Marking] {
        if !net.final.isEmpty { return net.final }
        var isLeft = [Bool](repeating: false, count: net.places.count)
        for transition in net.transitions {
            for arc in transition.inputs { isLeft[arc.place] = true }
        }
        let sinks = net.places.indices.filter { !isLeft[$0] }
        guard sinks.count == 1 else { throw CheckedNetError(.noFinalMarking) }
        return [Marking(places: sinks)]
    }

    private static func check(_ net: PetriNet) throws(CheckedNetError) {
        for transition in net.transitions {
            for arcs in [transition.inputs, transition.outputs] {
                // Summed first, as several arcs between the same two nodes become one.
                var sum = 0
                for arc in arcs {
                    if !(1...MarkingGraph.mostTokens).contains(arc.weight) { throw CheckedNetError(.tooManyTokens, node: transition.id) }
                    sum += arc.weight
                }
                if sum > MarkingGraph.mostTokens { throw CheckedNetError(.tooManyTokens, node: transition.id) }
            }
        }
        for marking in net.final + [net.initial] {
            for (place, count) in marking.tokens.enumerated() where !(0...MarkingGraph.mostTokens).contains(count) {
                throw CheckedNetError(.tooManyTokens, node: net.places[place].id)
            }
        }
    }
}

/// Arcs as columns: those of each transition stand together.
struct ArcColumns: Sendable {
    /// Where the arcs of each transition begin; one more than there are transitions.
    let starts: [Int]
    /// The place of each arc.
    let places: [Int]
    /// The tokens that each arc moves.
    let weights: [Int]

    /// The columns of these arcs; several arcs between one transition and one place become one.
    init(_ arcs: [[PetriNet.Arc]]) {
        var starts = [0]
        var places: [Int] = []
        var weights: [Int] = []
        for own in arcs {
            let first = places.count
            for arc in own {
                if let known = places[first...].firstIndex(of: arc.place) {
                    weights[known] += arc.weight
                } else {
                    places.append(arc.place)
                    weights.append(arc.weight)
                }
            }
            starts.append(places.count)
        }
        self.starts = starts
        self.places = places
        self.weights = weights
    }

    /// The places in the arcs' columns that belong to a transition.
    @inline(__always)
    func range(_ transition: Int) -> Range<Int> { starts[transition]..<starts[transition + 1] }
}
