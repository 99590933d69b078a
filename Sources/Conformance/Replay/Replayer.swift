/// Replays traces on a net, token by token; one per thread, as it remembers what it met.
///
/// Silent transitions are searched for, not guessed: after each activity all markings that explain the trace so far are kept, so that a
/// trace which the net allows is replayed without a missing or remaining token. Where no marking explains the next activity, the one (and
/// the transition) that lacks the fewest tokens is taken, the tokens are put there, and replay goes on from that marking alone. Tokens that
/// remain from then on multiply what silent steps may do, so that a trace which does not fit is replayed with ``Reach/near`` alone.
///
/// - Complexity: what is found out about a marking is kept, so that a trace takes one look-up per marking and activity once those are known.
struct Replayer {
    /// What replaying one trace came to.
    struct Trace: Sendable, Equatable {
        /// The tokens.
        var tokens = TokenCounts()
        /// Instances whose activity no transition carries; they were passed over.
        var unknown = 0
        /// Instances that were replayed with tokens put there for them.
        var forced = 0
    }

    /// What came to pass on places and transitions over all traces so far, as often as each was counted.
    struct Sums: Sendable {
        var firings: [Int]
        var forced: [Int]
        var missing: [Int]
        var remaining: [Int]
        /// How many traces had a token missing, and remaining, on each place.
        var missingTraces: [Int]
        var remainingTraces: [Int]
    }

    /// How far silent steps are followed.
    enum Reach: Int, Sendable {
        /// As far as there is any use, to tell whether a trace fits.
        case far = 100_000
        /// To the nearest markings, to tell where a trace that does not fit goes wrong.
        case near = 32
    }

    /// How many markings are kept with ``Reach/near``.
    private static let nearSet = 4

    private let reach: Reach
    private let net: CheckedNet
    private var graph: MarkingGraph
    private(set) var sums: Sums
    /// Per marking: the markings that silent steps lead to, itself first, nearest first; nil until asked for.
    private var closures: [[SilentStep]?] = []
    /// Per marking and activity: where its steps stand in ``steps``.
    private var stepRanges = PairTable<Span>(blank: Span(first: 0, end: 0))
    private var steps: [Step] = []
    /// Per marking and activity: what lacks the fewest tokens behind it.
    private var forcings = PairTable<Choice>(blank: Choice())
    /// Per marking: what comes nearest to the final marking behind it.
    private var endings: [Choice?] = []
    /// Per transition: the tokens that it takes and puts.
    private let taken: [Int]
    private let put: [Int]
    /// When each marking was last put into a set.
    private var stamps: [UInt32] = []
    private var stamp: UInt32 = 0

    private struct SilentStep {
        var marking: UInt32
        /// The place in the closure that it came from; −1 for the marking itself.
        var parent: Int32
        var transition: UInt32
    }

    /// An activity from a marking: silent steps to a place of its closure, then a transition.
    private struct Step {
        var closurePlace: Int32
        var transition: UInt32
        var target: UInt32
    }

    private struct Span: BitwiseCopyable {
        var first: Int32
        var end: Int32
    }

    /// A place in a marking's closure, chosen for how few tokens it is away from what is wanted.
    private struct Choice: BitwiseCopyable {
        var away = Int32.max
        var place: Int32 = 0
        var transition: UInt32 = 0
    }

    /// A marking that explains a trace so far, and how.
    private struct Link {
        var marking: UInt32
        /// The link before; −1 at the beginning of a stretch.
        var parent: Int32
        var step: Step
    }

    /// A replayer for a net.
    init(_ net: CheckedNet, reach: Reach) {
        guard let graph = MarkingGraph(net, lane: .count) else { preconditionFailure("a checked net's tokens can be counted") }
        self.net = net
        self.reach = reach
        self.graph = graph
        taken = (0..<net.transitionCount).map { net.inputs.weights[net.inputs.range($0)].reduce(0, +) }
        put = (0..<net.transitionCount).map { net.outputs.weights[net.outputs.range($0)].reduce(0, +) }
        let (places, transitions) = ([Int](repeating: 0, count: net.placeCount), [Int](repeating: 0, count: net.transitionCount))
        sums = Sums(
            firings: transitions, forced: transitions, missing: places, remaining: places, missingTraces: places, remainingTraces: places)
    }

    /// Replays a trace, counted in ``sums`` as often as said; nil, and not counted, where the reach is far and it does not fit.
    mutating func replay(_ trace: some Sequence<UInt32>, times: Int) -> Trace? {
        var result = Trace()
        var run = Run(times: times, missing: [:], remaining: [:])
        result.tokens.produced = net.initial.reduce(0, +)
        result.tokens.consumed = net.final.reduce(0, +)
        var links = [Link(marking: MarkingGraph.initial, parent: -1, step: Step(closurePlace: 0, transition: 0, target: 0))]
        var set = 0..<1
        for activity in trace {
            guard net.knows(activity) else {
                result.unknown += 1
                continue
            }
            let next = advance(set, activity, &links)
            if !next.isEmpty {
                set = next
                continue
            }
            if reach == .far { return nil }
            force(activity, set, &links, &run, &result)
            set = 0..<1
        }
        guard finish(set, links, &run, &result) else { return nil }
        for (place, count) in run.missing {
            sums.missing[place] += count * times
            sums.missingTraces[place] += times
        }
        for (place, count) in run.remaining {
            sums.remaining[place] += count * times
            sums.remainingTraces[place] += times
        }
        return result
    }

    /// What happens to places while one trace is replayed.
    private struct Run {
        var times: Int
        var missing: [Int: Int]
        var remaining: [Int: Int]
    }

    /// The markings that an activity leads to from any of these.
    mutating func followers(of set: [UInt32], _ activity: UInt32) -> [UInt32] {
        if set.isEmpty || !net.knows(activity) { return [] }
        var links = set.map { Link(marking: $0, parent: -1, step: Step(closurePlace: 0, transition: 0, target: 0)) }
        return advance(0..<links.count, activity, &links).map { links[$0].marking }
    }

    /// The activities that may come next from any of these markings, ascending.
    mutating func enabledActivities(_ set: [UInt32]) -> [UInt32] {
        var enabled: Set<UInt32> = []
        for marking in set {
            for silent in closure(of: marking) {
                for edge in graph.edges(from: silent.marking) {
                    let label = net.labels[Int(graph.edgeTransition[edge])]
                    if label != CheckedNet.silent { enabled.insert(label) }
                }
            }
        }
        return enabled.sorted()
    }

    /// The markings behind one more activity, as a range of links; empty where there is none.
    private mutating func advance(_ set: Range<Int>, _ activity: UInt32, _ links: inout [Link]) -> Range<Int> {
        let first = links.count
        let most = reach == .near ? Self.nearSet : Int.max
        for place in set { _ = steps(from: links[place].marking, activity) }
        stamp &+= 1
        for place in set {
            let range = steps(from: links[place].marking, activity)
            for number in Int(range.first)..<Int(range.end) where links.count - first < most {
                let step = steps[number]
                if mark(step.target) { links.append(Link(marking: step.target, parent: Int32(place), step: step)) }
            }
        }
        return first..<links.count
    }

    /// Whether a marking was not met since the stamp was last changed; it is from now on.
    @inline(__always)
    @discardableResult
    private mutating func mark(_ marking: UInt32) -> Bool {
        while stamps.count <= Int(marking) { stamps.append(0) }
        if stamps[Int(marking)] == stamp { return false }
        stamps[Int(marking)] = stamp
        return true
    }

    private mutating func steps(from marking: UInt32, _ activity: UInt32) -> Span {
        if let known = stepRanges[marking, activity] { return known }
        let first = steps.count
        let closure = closure(of: marking)
        let carriers = net.carriers(of: Int(activity))
        stamp &+= 1
        for (place, silent) in closure.enumerated() {
            let edges = graph.edges(from: silent.marking)
            for transition in carriers {
                guard let edge = graph.edge(edges, of: transition), mark(graph.edgeTarget[edge]) else { continue }
                steps.append(Step(closurePlace: Int32(place), transition: transition, target: graph.edgeTarget[edge]))
            }
        }
        let range = Span(first: Int32(first), end: Int32(steps.count))
        stepRanges.insert(marking, activity, range)
        return range
    }

    private mutating func closure(of marking: UInt32) -> [SilentStep] {
        while closures.count < graph.count { closures.append(nil) }
        if let known = closures[Int(marking)] { return known }
        var closure = [SilentStep(marking: marking, parent: -1, transition: 0)]
        stamp &+= 1
        mark(marking)
        var place = 0
        while place < closure.count && closure.count < reach.rawValue {
            for edge in graph.edges(from: closure[place].marking) where net.labels[Int(graph.edgeTransition[edge])] == CheckedNet.silent {
                let target = graph.edgeTarget[edge]
                if mark(target) {
                    closure.append(SilentStep(marking: target, parent: Int32(place), transition: graph.edgeTransition[edge]))
                }
            }
            place += 1
        }
        while closures.count < graph.count { closures.append(nil) }
        closures[Int(marking)] = closure
        return closure
    }

    /// What lacks the fewest tokens for an activity in a marking's closure; the nearest where several do.
    private mutating func forcing(_ marking: UInt32, _ activity: UInt32) -> Choice {
        if let known = forcings[marking, activity] { return known }
        var best = Choice()
        for (place, silent) in closure(of: marking).enumerated() {
            for transition in net.carriers(of: Int(activity)) {
                var lacking = 0
                for arc in net.inputs.range(Int(transition)) {
                    lacking += max(0, net.inputs.weights[arc] - graph.tokens(net.inputs.places[arc], in: silent.marking))
                }
                if lacking < best.away { best = Choice(away: Int32(lacking), place: Int32(place), transition: transition) }
            }
        }
        forcings.insert(marking, activity, best)
        return best
    }

    /// What comes nearest to the final marking in a marking's closure.
    private mutating func ending(_ marking: UInt32) -> Choice {
        while endings.count < graph.count { endings.append(nil) }
        if let known = endings[Int(marking)] { return known }
        var best = Choice()
        for (place, silent) in closure(of: marking).enumerated() {
            var away = 0
            for (place, count) in net.final.enumerated() { away += abs(graph.tokens(place, in: silent.marking) - count) }
            if away < best.away { best = Choice(away: Int32(away), place: Int32(place)) }
        }
        while endings.count < graph.count { endings.append(nil) }
        endings[Int(marking)] = best
        return best
    }

    /// Takes the marking and the transition that lack the fewest tokens, puts those there and fires.
    private mutating func force(
        _ activity: UInt32, _ set: Range<Int>, _ links: inout [Link], _ run: inout Run, _ result: inout Trace
    ) {
        var choice = Choice()
        var link = set.lowerBound
        for place in set {
            let own = forcing(links[place].marking, activity)
            if own.away < choice.away { (choice, link) = (own, place) }
        }
        let transition = Int(choice.transition)
        let marking = commit(link, closurePlace: Int(choice.place), links, &run, &result)
        var tokens = (0..<net.placeCount).map { graph.tokens($0, in: marking) }
        for arc in net.inputs.range(transition) {
            let place = net.inputs.places[arc]
            let lacking = max(0, net.inputs.weights[arc] - tokens[place])
            if lacking > 0 {
                run.missing[place, default: 0] += lacking
                result.tokens.missing += lacking
            }
            tokens[place] += lacking - net.inputs.weights[arc]
        }
        for arc in net.outputs.range(transition) {
            let place = net.outputs.places[arc]
            tokens[place] = min(MarkingGraph.mostTokens, tokens[place] + net.outputs.weights[arc])
        }
        fire(transition, run.times, &result)
        sums.forced[transition] += run.times
        result.forced += 1
        links = [Link(marking: graph.marking(tokens), parent: -1, step: Step(closurePlace: 0, transition: 0, target: 0))]
    }

    /// Takes the marking nearest to the final one and counts what is missing there and what remains; false where the reach is far and that
    /// is not the final one.
    private mutating func finish(_ set: Range<Int>, _ links: [Link], _ run: inout Run, _ result: inout Trace) -> Bool {
        var choice = Choice()
        var link = set.lowerBound
        for place in set {
            let own = ending(links[place].marking)
            if own.away < choice.away { (choice, link) = (own, place) }
        }
        if reach == .far && choice.away > 0 { return false }
        let marking = commit(link, closurePlace: Int(choice.place), links, &run, &result)
        for (place, count) in net.final.enumerated() {
            let difference = graph.tokens(place, in: marking) - count
            if difference > 0 {
                run.remaining[place, default: 0] += difference
                result.tokens.remaining += difference
            } else if difference < 0 {
                run.missing[place, default: 0] -= difference
                result.tokens.missing -= difference
            }
        }
        return true
    }

    /// Counts the transitions on the way to a link and on from there to a place of its closure; returns that marking.
    private mutating func commit(
        _ link: Int, closurePlace: Int, _ links: [Link], _ run: inout Run, _ result: inout Trace
    ) -> UInt32 {
        var at = link
        var place = closurePlace
        while true {
            var silent = place
            let closure = closure(of: links[at].marking)
            while silent > 0 {
                fire(Int(closure[silent].transition), run.times, &result)
                silent = Int(closure[silent].parent)
            }
            guard links[at].parent >= 0 else { break }
            fire(Int(links[at].step.transition), run.times, &result)
            place = Int(links[at].step.closurePlace)
            at = Int(links[at].parent)
        }
        return closure(of: links[link].marking)[closurePlace].marking
    }

    private mutating func fire(_ transition: Int, _ times: Int, _ result: inout Trace) {
        sums.firings[transition] += times
        result.tokens.consumed += taken[transition]
        result.tokens.produced += put[transition]
    }
}
