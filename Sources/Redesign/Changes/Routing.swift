import Simulation

/// How a change of routing went.
enum Routing {
    case done
    /// The one never follows the other, so that nothing says how such a case goes on.
    case neverFollows
    /// Nothing else ever follows.
    case noAlternative
    /// The way takes more than one decision.
    case severalDecisions
}

extension SimulationModel {
    /// Makes `to` follow `from` directly with a probability.
    ///
    /// In a graph the decision after `from` gets the probability, its other ways keep their proportions. Where cases follow scripts, as
    /// many of them as it takes, evenly spread, take another way at `from`: from there on they go on as a case in which the wanted
    /// thing happened at the same visit of `from`. What they did before, what goes on beside it and their attributes stay theirs.
    mutating func route(from: Int, to: Int, probability: Double) -> Routing {
        switch flow {
        case .graph(var graph):
            let result = graph.route(from: from, to: to, probability: probability)
            flow = .graph(graph)
            return result
        case .scripts(var scripts):
            var isReplayed = false
            if case .instants = arrivals.process { isReplayed = true }
            let result = scripts.route(from: from, to: to, probability: probability, isReplayed: isReplayed)
            flow = .scripts(scripts)
            return result
        }
    }
}

extension FlowGraph {
    fileprivate mutating func route(from: Int, to: Int, probability: Double) -> Routing {
        var isDone = false
        for start in nodes(of: from) {
            var decision = start
            var seen: Set<Int> = []
            // Down to the first node where there is something to choose.
            while nodes[decision].arcs.count == 1 && seen.insert(decision).inserted {
                let next = nodes[decision].arcs[0].target
                if activity(at: next) != nil {
                    if activity(at: next) == to && probability < 1 { return .noAlternative }
                    if activity(at: next) == to { isDone = true }
                    break
                }
                decision = next
            }
            guard nodes[decision].split == .one, nodes[decision].arcs.count > 1 else { continue }
            let leads = nodes[decision].arcs.map { arc -> (may: Bool, must: Bool) in
                let reached = reachedSilently(from: arc.target)
                let others = reached.nodes.contains { activity(at: $0) != to }
                let may = reached.nodes.contains { activity(at: $0) == to }
                return (may, may && !others && !reached.end)
            }
            if !leads.contains(where: \.may) { continue }
            if leads.contains(where: { $0.may && !$0.must }) { return .severalDecisions }
            let total = nodes[decision].arcs.reduce(0) { $0 + $1.probability }
            let wanted = zip(nodes[decision].arcs, leads).reduce(0) { $0 + ($1.1.may ? $1.0.probability : 0) }
            if probability < 1 && total - wanted <= 0 { return .noAlternative }
            let count = Double(leads.count { $0.may })
            for arc in nodes[decision].arcs.indices {
                let own = nodes[decision].arcs[arc].probability
                nodes[decision].arcs[arc].probability =
                    leads[arc].may
                    ? (wanted > 0 ? own / wanted * probability : probability / count)
                    : total > wanted ? own / (total - wanted) * (1 - probability) : 0
            }
            isDone = true
        }
        return isDone ? .done : .neverFollows
    }
}

extension CaseScripts {
    /// Fewer ways to choose from than this are cut into several scripts each, so that a share can be met.
    private static let finestShare = 200.0

    fileprivate mutating func route(from: Int, to: Int, probability: Double, isReplayed: Bool) -> Routing {
        refine(from, isReplayed: isReplayed)
        var rule = RouteRule(scripts, from: from, to: to, countsWeights: order == .drawn)
        if rule.total <= 0 { return .neverFollows }
        let now = rule.follows / rule.total
        if probability == now { return now > 0 ? .done : .neverFollows }
        if probability > now && rule.follows <= 0 { return .neverFollows }
        if probability < now && rule.follows >= rule.total { return .noAlternative }
        rule.isSwitchedOn = probability > now
        rule.share = probability > now ? (probability - now) / (1 - now) : (now - probability) / now
        scripts = scripts.map { rule.rerouted($0) }
        return .done
    }

    /// Repeats scripts, without changing how often each is drawn, until none weighs more than a small share of those that meet the
    /// activity.
    private mutating func refine(_ activity: Int, isReplayed: Bool) {
        let affected = scripts.filter { !$0.places(of: activity).isEmpty }
        if order == .inTurn {
            // Scripts that come with observed instants keep their numbers.
            guard !affected.isEmpty, !isReplayed, Double(affected.count) < Self.finestShare else { return }
            let rounds = Int((Self.finestShare / Double(affected.count)).rounded(.up))
            let once = scripts
            for _ in 1..<rounds { scripts += once }
            return
        }
        let total = affected.reduce(0) { $0 + $1.weight }
        guard total > 0, affected.contains(where: { $0.weight * Self.finestShare > total }) else { return }
        scripts = scripts.flatMap { script -> [Script] in
            let count = script.places(of: activity).isEmpty ? 1 : max(1, Int((script.weight * Self.finestShare / total).rounded(.up)))
            var part = script
            part.weight = script.weight / Double(count)
            return [Script](repeating: part, count: count)
        }
    }
}

/// Which cases take another way, and whose.
private struct RouteRule {
    private struct Donor {
        var script: Int
        var place: Int
        /// The weights of the donors up to this one.
        var cumulated: Double
    }

    private let scripts: [CaseScripts.Script]
    private let from: Int
    private let to: Int
    /// False where scripts are played in turn, whatever they weigh.
    private let countsWeights: Bool
    /// The weight of all times that `from` is done, and of those that `to` follows.
    private(set) var total = 0.0
    private(set) var follows = 0.0
    /// Whether `to` is to follow where it does not, or the other way round.
    var isSwitchedOn = true
    /// Which share of the times at which it can be switched.
    var share = 0.0
    /// Donors by whether `to` follows, then by visit of `from`.
    private var donors: [[[Donor]]] = [[], []]
    /// The most times that any case does `from`: no case is switched at a later visit, so that what the log shows to end ends.
    private var longest = 0
    private var owed = 0.0
    private var switches = 0

    init(_ scripts: [CaseScripts.Script], from: Int, to: Int, countsWeights: Bool) {
        self.scripts = scripts
        self.countsWeights = countsWeights
        self.from = from
        self.to = to
        for (number, script) in scripts.enumerated() where weight(script) > 0 {
            let weight = weight(script)
            let places = script.places(of: from)
            longest = max(longest, places.count)
            for (visit, place) in places.enumerated() {
                let isFollowed = self.isFollowed(script, place)
                total += weight
                if isFollowed { follows += weight }
                let side = isFollowed ? 1 : 0
                while donors[side].count <= visit { donors[side].append([]) }
                let before = donors[side][visit].last?.cumulated ?? 0
                donors[side][visit].append(Donor(script: number, place: place, cumulated: before + weight))
            }
        }
    }

    private func weight(_ script: CaseScripts.Script) -> Double { countsWeights ? script.weight : 1 }

    private func isFollowed(_ script: CaseScripts.Script, _ place: Int) -> Bool {
        script.followers(of: place).contains { script.steps[$0].activity == to }
    }

    /// The script with another way where it is its turn; a switch moves on to the next visit.
    mutating func rerouted(_ script: CaseScripts.Script) -> CaseScripts.Script {
        var script = script
        let weight = weight(script)
        var visit = 0
        while weight > 0 && visit < longest {
            let places = script.places(of: from)
            if visit >= places.count { break }
            if isFollowed(script, places[visit]) != isSwitchedOn {
                // Error diffusion: the share is met as closely as the weights allow, evenly over the scripts.
                owed += share * weight
                if owed >= weight / 2, let donor = nextDonor(visit) {
                    owed -= weight
                    script = script.spliced(at: places[visit], with: scripts[donor.script], at: donor.place)
                }
            }
            visit += 1
        }
        return script
    }

    /// A donor of the same visit, else of the nearest that has any; spread over them by their weights.
    private mutating func nextDonor(_ visit: Int) -> Donor? {
        let all = donors[isSwitchedOn ? 1 : 0]
        let choice = (0...max(visit, all.count)).lazy.compactMap { distance -> [Donor]? in
            for candidate in [visit - distance, visit + distance] where all.indices.contains(candidate) && !all[candidate].isEmpty {
                return all[candidate]
            }
            return nil
        }.first
        guard let choice, let weight = choice.last?.cumulated else { return nil }
        // Multiples of the golden ratio fill the unit interval evenly.
        switches += 1
        let fraction = (Double(switches) * 0.618_033_988_749_894_9).truncatingRemainder(dividingBy: 1)
        return choice.first { $0.cumulated >= fraction * weight } ?? choice.last
    }
}

extension CaseScripts.Script {
    /// The script with another's continuation after one of its steps in the place of its own.
    ///
    /// Where the continuation also waits for steps that the other case did beside it, it waits for the same visits of the same
    /// activities here, if there are such.
    fileprivate func spliced(at place: Int, with donor: CaseScripts.Script, at donorPlace: Int) -> CaseScripts.Script {
        let own = descendants(of: place)
        let taken = donor.descendants(of: donorPlace)
        var result = self
        result.steps = []
        var newPlace: [Int] = []
        for (number, step) in steps.enumerated() {
            newPlace.append(own[number] ? -1 : result.steps.count)
            if own[number] { continue }
            var step = step
            step.after = step.after.map { newPlace[$0] }
            result.steps.append(step)
        }
        let kept = result.steps
        var mapped = [Int?](repeating: nil, count: donor.steps.count)
        for number in donor.steps.indices where !taken[number] {
            mapped[number] = number == donorPlace ? newPlace[place] : Self.counterpart(of: number, in: donor, among: kept)
        }
        for (number, step) in donor.steps.enumerated() where taken[number] {
            mapped[number] = result.steps.count
            var step = step
            step.after = Set(step.after.compactMap { mapped[$0] }).sorted()
            result.steps.append(step)
        }
        return result
    }

    /// The same visit of the same activity.
    private static func counterpart(of place: Int, in donor: CaseScripts.Script, among steps: [CaseScripts.Step]) -> Int? {
        let activity = donor.steps[place].activity
        let visit = donor.steps[..<place].count { $0.activity == activity }
        return steps.indices.filter { steps[$0].activity == activity }.dropFirst(visit).first
    }
}
