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
    private var silent: SilentSearch
    private(set) var sums: Sums
    /// Per marking and activity: where its steps stand in ``steps``.
    private var stepRanges = PairTable<SilentSearch.Span>(blank: SilentSearch.Span(first: 0, end: 0))
    private var steps: [Step] = []
    /// Per marking and activity: what lacks the fewest tokens behind it.
    private var forcings = PairTable<Choice>(blank: Choice())
    /// Per marking: what comes nearest to the final marking behind it.
    private var endings: [Choice?] = []
    /// Per marking: the activities that may come next.
    private var enabled: [[UInt32]?] = []
    /// Per transition: the tokens that it takes and puts.
    private let taken: [Int]
    private let put: [Int]

    /// An activity from a marking: silent steps to a place of ``SilentSearch``, then a transition.
    private struct Step {
        var place: Int32 = -1
        var transition: UInt32 = 0
        var target: UInt32 = 0
    }

    /// A place of ``SilentSearch``, chosen for how few tokens it is away from what is wanted.
    private struct Choice: BitwiseCopyable {
        var away = Int32.max
        var place: Int32 = -1
        var transition: UInt32 = 0
    }

    /// A marking that explains a trace so far, and how.
    private struct Link {
        var marking: UInt32
        /// The link before; −1 at the beginning of a stretch.
        var parent: Int32 = -1
        var step = Step()
    }

    /// A replayer for a net.
    init(_ net: CheckedNet, reach: Reach) {
        self.net = net
        self.reach = reach
        silent = SilentSearch(net, limit: reach.rawValue)
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
        var links = [Link(marking: MarkingGraph.initial)]
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
        var links = set.map { Link(marking: $0) }
        return advance(0..<links.count, activity, &links).map { links[$0].marking }
    }

    /// The activities that may come next from any of these markings, ascending.
    mutating func enabledActivities(_ set: [UInt32]) -> [UInt32] {
        if let only = set.first, set.count == 1 { return enabledActivities(only) }
        return Set(set.flatMap { enabledActivities($0) }).sorted()
    }

    private mutating func enabledActivities(_ marking: UInt32) -> [UInt32] {
        while enabled.count <= Int(marking) { enabled.append(nil) }
        if let known = enabled[Int(marking)] { return known }
        var own: [UInt32] = []
        for activity in 0..<UInt32(net.activities.count) where !steps(from: marking, activity).range.isEmpty { own.append(activity) }
        enabled[Int(marking)] = own
        return own
    }

    /// The markings behind one more activity, as a range of links; empty where there is none.
    private mutating func advance(_ set: Range<Int>, _ activity: UInt32, _ links: inout [Link]) -> Range<Int> {
        let first = links.count
        let most = reach == .near ? Self.nearSet : Int.max
        for place in set { _ = steps(from: links[place].marking, activity) }
        silent.beginMarking()
        for place in set {
            for number in steps(from: links[place].marking, activity).range where links.count - first < most {
                let step = steps[number]
                if silent.mark(step.target) { links.append(Link(marking: step.target, parent: Int32(place), step: step)) }
            }
        }
        return first..<links.count
    }

    private mutating func steps(from marking: UInt32, _ activity: UInt32) -> SilentSearch.Span {
        if let known = stepRanges[marking, activity] { return known }
        let first = steps.count
        let carriers = net.carriers(of: Int(activity))
        if !carriers.isEmpty {
            let span = silent.span(from: marking, for: activity)
            silent.beginMarking()
            for place in span.range {
                for transition in carriers {
                    guard let target = silent.target(of: transition, from: silent.places[place].marking) else { continue }
                    if silent.mark(target) { steps.append(Step(place: Int32(place), transition: transition, target: target)) }
                }
            }
        }
        let range = SilentSearch.Span(first: Int32(first), end: Int32(steps.count))
        stepRanges.insert(marking, activity, range)
        return range
    }

    /// What lacks the fewest tokens for an activity behind a marking; the nearest where several do.
    private mutating func forcing(_ marking: UInt32, _ activity: UInt32) -> Choice {
        if let known = forcings[marking, activity] { return known }
        var best = Choice()
        for place in silent.span(from: marking, for: activity).range {
            for transition in net.carriers(of: Int(activity)) {
                var lacking = 0
                for arc in net.inputs.range(Int(transition)) {
                    lacking += max(
                        0, net.inputs.weights[arc] - silent.graph.tokens(net.inputs.places[arc], in: silent.places[place].marking))
                }
                if lacking < best.away { best = Choice(away: Int32(lacking), place: Int32(place), transition: transition) }
            }
        }
        forcings.insert(marking, activity, best)
        return best
    }

    /// What comes nearest to the final marking behind a marking.
    private mutating func ending(_ marking: UInt32) -> Choice {
        while endings.count <= Int(marking) { endings.append(nil) }
        if let known = endings[Int(marking)] { return known }
        var best = Choice()
        for number in silent.span(from: marking, for: SilentSearch.end).range {
            var away = 0
            for (place, count) in net.final.enumerated() {
                away += abs(silent.graph.tokens(place, in: silent.places[number].marking) - count)
            }
            if away < best.away { best = Choice(away: Int32(away), place: Int32(number)) }
        }
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
        let marking = commit(link, Int(choice.place), links, &run, &result)
        var tokens = (0..<net.placeCount).map { silent.graph.tokens($0, in: marking) }
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
        links = [Link(marking: silent.graph.marking(tokens))]
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
        let marking = commit(link, Int(choice.place), links, &run, &result)
        for (place, count) in net.final.enumerated() {
            let difference = silent.graph.tokens(place, in: marking) - count
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

    /// Counts the transitions on the way to a link and on from there to a place of ``SilentSearch``; returns that marking.
    private mutating func commit(_ link: Int, _ end: Int, _ links: [Link], _ run: inout Run, _ result: inout Trace) -> UInt32 {
        var (at, place) = (link, end)
        while true {
            while silent.places[place].parent >= 0 {
                fire(Int(silent.places[place].transition), run.times, &result)
                place = Int(silent.places[place].parent)
            }
            if links[at].parent < 0 { return silent.places[end].marking }
            fire(Int(links[at].step.transition), run.times, &result)
            place = Int(links[at].step.place)
            at = Int(links[at].parent)
        }
    }

    private mutating func fire(_ transition: Int, _ times: Int, _ result: inout Trace) {
        sums.firings[transition] += times
        result.tokens.consumed += taken[transition]
        result.tokens.produced += put[transition]
    }
}
