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
    /// Per activity: the silent transitions that may help it; nil until asked for.
    private var helpers: [[UInt32]?]
    /// The silent transitions, by position.
    private let silent: [UInt32]
    /// Those of them that have to fire in every run that ends once they can.
    private let bound: [UInt32]
    /// Whether so few markings are looked at behind one that a marking's other transitions are not worth knowing.
    private let isShort: Bool
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
        isShort = limit < 1_000
        silent = (0..<UInt32(net.transitionCount)).filter { net.labels[Int($0)] == CheckedNet.silent }
        var takers = [Int](repeating: 0, count: net.placeCount)
        for transition in silent {
            for arc in net.inputs.range(Int(transition)) { takers[net.inputs.places[arc]] += 1 }
        }
        bound = silent.filter { transition in
            let arcs = net.inputs.range(Int(transition))
            return !arcs.isEmpty && arcs.allSatisfy { takers[net.inputs.places[$0]] == 1 && net.final[net.inputs.places[$0]] == 0 }
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
        let (bound, silent) = (bound, silent)
        let first = places.count
        beginMarking()
        mark(marking)
        places.append(Place(marking: marking, parent: -1, transition: 0))
        var place = first
        while place < places.count && places.count - first < limit {
            if let helps {
                for transition in helps { reach(transition, from: place) }
            } else if places[place].marking == graph.final {
                break
            } else if !bound.contains(where: { reach($0, from: place) }) {
                for transition in silent { reach(transition, from: place) }
            }
            place += 1
        }
        let span = Span(first: Int32(first), end: Int32(places.count))
        known.insert(marking, activity, span)
        return span
    }

    /// Notes the marking that a transition leads to from a place, where it was not met yet; false where the transition is not enabled there.
    @discardableResult
    private mutating func reach(_ transition: UInt32, from place: Int) -> Bool {
        guard let target = target(of: transition, from: places[place].marking) else { return false }
        if mark(target) { places.append(Place(marking: target, parent: Int32(place), transition: transition)) }
        return true
    }

    /// The marking that a transition leads to; nil where it is not enabled.
    mutating func target(of transition: UInt32, from marking: UInt32) -> UInt32? {
        if isShort { return graph.fire(Int(transition), from: marking) }
        let edges = graph.edges(from: marking)
        return graph.edge(edges, of: transition).map { graph.edgeTarget[$0] }
    }

    private mutating func helpers(of activity: Int) -> [UInt32] {
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
        let found = silent.filter { helps[Int($0)] }
        helpers[activity] = found
        return found
    }
}
