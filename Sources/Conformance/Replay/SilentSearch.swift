/// What silent steps lead to, found once for each marking and purpose.
///
/// Before an activity only those silent transitions are followed that may help it: such as put a token on a place that one of its transitions
/// takes from, or on one that such a silent transition takes from, and so on. Others can wait until they help something, as they take no
/// part in what happens till then; a marking that allows the activity is missed by none of it. Before the end every silent transition is
/// followed, but where one is alone in taking from its places and the final marking has no token there, it has to fire in every run
/// that ends, and does so at once. So a net with many parts that may be passed silently side by side is not explored in every combination of
/// them.
struct SilentSearch {
    /// A marking behind silent steps.
    struct Place {
        var marking: UInt32
        /// The place in ``places`` that it came from; −1 for the marking itself.
        var parent: Int32
        var transition: UInt32
    }

    /// Consecutive ``places``.
    struct Span: BitwiseCopyable {
        var first: Int32
        var end: Int32

        /// The same as a range.
        var range: Range<Int> { Int(first)..<Int(end) }
    }

    private let net: CheckedNet
    /// How many markings are looked at behind one.
    private let limit: Int
    /// The markings of the net.
    var graph: MarkingGraph
    /// Everything that was found, one search behind the other.
    private(set) var places: [Place] = []
    private var known = PairTable<Span>(blank: Span(first: 0, end: 0))
    /// Per activity: whether a silent transition may help it; nil until asked for.
    private var helpers: [[Bool]?]
    /// Per transition: whether it is silent and has to fire in every run that ends once it can.
    private let isBound: [Bool]
    /// When each marking was last met.
    private var stamps: [UInt32] = []
    private var stamp: UInt32 = 0

    /// Stands for the end in place of an activity.
    static let end = UInt32.max

    /// A search on a net that looks at no more than `limit` markings behind one.
    init(_ net: CheckedNet, limit: Int) {
        guard let graph = MarkingGraph(net, lane: .count) else { preconditionFailure("a checked net's tokens can be counted") }
        self.net = net
        self.limit = limit
        self.graph = graph
        helpers = Array(repeating: nil, count: net.activities.count)
        var takers = [Int](repeating: 0, count: net.placeCount)
        for transition in 0..<net.transitionCount where net.labels[transition] == CheckedNet.silent {
            for arc in net.inputs.range(transition) { takers[net.inputs.places[arc]] += 1 }
        }
        isBound = (0..<net.transitionCount).map { transition in
            let arcs = net.inputs.range(transition)
            return net.labels[transition] == CheckedNet.silent && !arcs.isEmpty
                && arcs.allSatisfy { takers[net.inputs.places[$0]] == 1 && net.final[net.inputs.places[$0]] == 0 }
        }
    }

    /// A new round of ``mark(_:)``.
    mutating func beginMarking() { stamp &+= 1 }

    /// Whether a marking was not met since the round began; it is from now on.
    @inline(__always)
    @discardableResult
    mutating func mark(_ marking: UInt32) -> Bool {
        while stamps.count <= Int(marking) { stamps.append(0) }
        if stamps[Int(marking)] == stamp { return false }
        stamps[Int(marking)] = stamp
        return true
    }

    /// The markings that silent steps lead to from one and that matter for an activity (or ``end``): itself first, nearest first.
    mutating func span(from marking: UInt32, for activity: UInt32) -> Span {
        if let span = known[marking, activity] { return span }
        let helps = activity == Self.end ? nil : helpers(of: Int(activity))
        let first = places.count
        beginMarking()
        mark(marking)
        places.append(Place(marking: marking, parent: -1, transition: 0))
        var place = first
        while place < places.count && places.count - first < limit {
            let own = places[place].marking
            let edges = graph.edges(from: own)
            if let helps {
                for edge in edges where helps[Int(graph.edgeTransition[edge])] { reach(edge, from: place) }
            } else if own == graph.final {
                break
            } else if let edge = edges.first(where: { isBound[Int(graph.edgeTransition[$0])] }) {
                reach(edge, from: place)
            } else {
                for edge in edges where net.labels[Int(graph.edgeTransition[edge])] == CheckedNet.silent { reach(edge, from: place) }
            }
            place += 1
        }
        let span = Span(first: Int32(first), end: Int32(places.count))
        known.insert(marking, activity, span)
        return span
    }

    private mutating func reach(_ edge: Int, from place: Int) {
        let target = graph.edgeTarget[edge]
        if mark(target) { places.append(Place(marking: target, parent: Int32(place), transition: graph.edgeTransition[edge])) }
    }

    private mutating func helpers(of activity: Int) -> [Bool] {
        if let known = helpers[activity] { return known }
        var isNeeded = [Bool](repeating: false, count: net.placeCount)
        for transition in net.carriers(of: activity) {
            for arc in net.inputs.range(Int(transition)) { isNeeded[net.inputs.places[arc]] = true }
        }
        var helps = [Bool](repeating: false, count: net.transitionCount)
        var grew = true
        while grew {
            grew = false
            for transition in 0..<net.transitionCount where !helps[transition] && net.labels[transition] == CheckedNet.silent {
                if !net.outputs.range(transition).contains(where: { isNeeded[net.outputs.places[$0]] }) { continue }
                helps[transition] = true
                grew = true
                for arc in net.inputs.range(transition) { isNeeded[net.inputs.places[arc]] = true }
            }
        }
        helpers[activity] = helps
        return helps
    }
}
