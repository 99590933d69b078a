import WorkingTime

/// Turns the parts of a valid ``SimulationModel`` into rows of columns.
struct ModelCompiler {
    private let model: SimulationModel

    var samplers: [Sampler] = []
    var tables: [Double] = []
    var activities: [CompiledModel.Activity] = []
    var performers: [CompiledModel.Performer] = []
    var individuals: [Int32] = []
    var delays: [CompiledModel.Delay] = []
    var delaysAfter: [Int32] = []
    var automations: [CompiledModel.Automation] = []
    var eligible: [Bool] = []
    var batches: [CompiledModel.Batch] = []
    var batchTimes: [Int64] = []
    /// The resources of each queue, ascending.
    var pools: [[Int]] = []
    private var poolNumbers: [[Int]: Int] = [:]

    var nodes: [CompiledModel.Node] = []
    var arcTargets: [Int32] = []
    var arcProbabilities: [Double] = []
    var reaches: [Bool] = []
    var inclusiveJoins: [Int32] = []

    var steps: [CompiledModel.Step] = []
    var successors: [Int32] = []
    var firstStep: [Int32] = [0]
    var scriptRow: [Int32] = []
    var scriptCumulated: [Double] = []
    var weightsAreEqual = true
    var playsInTurn = false
    var longestScript = 1

    init(_ model: SimulationModel) {
        self.model = model
    }

    private mutating func sampler(_ distribution: Distribution) -> Int32 {
        samplers.append(Sampler.compile(distribution, appendingTo: &tables))
        return Int32(samplers.count - 1)
    }

    private mutating func delay(_ delay: SimulationActivity.Delay) -> Int32 {
        delays.append(CompiledModel.Delay(sampler: sampler(delay.distribution), calendar: Int32(delay.calendar ?? -1)))
        return Int32(delays.count - 1)
    }

    mutating func compileActivities() {
        var namesakes: [String: Int] = [:]
        for activity in model.activities {
            // Activities of one name each have their own random numbers.
            let before = namesakes[activity.name, default: 0]
            namesakes[activity.name] = before + 1
            let first = performers.count
            let total = activity.performers.reduce(0) { $0 + $1.weight }
            var sum = 0.0
            for performer in activity.performers {
                sum += performer.weight
                add(performer, cumulated: sum / total)
            }
            activities.append(
                CompiledModel.Activity(
                    key: DrawKey.node(before == 0 ? activity.name : activity.name + "\u{0}\(before)"), firstPerformer: Int32(first),
                    performerCount: Int32(activity.performers.count),
                    delays: addDelays(activity), batch: addBatch(activity), automation: addAutomation(activity),
                    durationScale: activity.durationScale, fixedCost: activity.fixedCost ?? 0))
        }
    }

    private mutating func add(_ performer: SimulationActivity.Performer, cumulated: Double) {
        let first = sampler(performer.duration)
        let repeated = performer.repeatedDuration.map { sampler($0) } ?? first
        var pool = -1
        var table = -1
        if !model.roles[performer.role].isSystem {
            let able = performer.resources.isEmpty ? model.resources(of: performer.role) : performer.resources.map(\.resource)
            let working = Set(able).sorted().filter { !model.calendars[model.resources[$0].calendar].hours.isEmpty }
            pool = poolNumbers[working] ?? pools.count
            if pool == pools.count {
                pools.append(working)
                poolNumbers[working] = pool
            }
            if !performer.resources.isEmpty {
                table = individuals.count
                individuals += [Int32](repeating: first, count: model.resources.count)
                for individual in performer.resources { individuals[table + individual.resource] = sampler(individual.duration) }
            }
        }
        performers.append(
            CompiledModel.Performer(
                pool: Int32(pool), role: Int32(performer.role), sampler: first, repeatedSampler: repeated, individuals: Int32(table),
                cumulated: cumulated))
    }

    private mutating func addDelays(_ activity: SimulationActivity) -> Int32 {
        if activity.delay == nil && activity.delaysAfter.isEmpty { return -1 }
        let first = delaysAfter.count
        let fallback = activity.delay.map { delay($0) } ?? -1
        delaysAfter += [Int32](repeating: fallback, count: model.activities.count + 1)
        for entry in activity.delaysAfter { delaysAfter[first + 1 + entry.activity] = delay(entry.delay) }
        return Int32(first)
    }

    private mutating func addBatch(_ activity: SimulationActivity) -> Int32 {
        guard let batching = activity.batching else { return -1 }
        let release = batching.release
        batches.append(
            CompiledModel.Batch(
                firstTime: Int32(batchTimes.count), timeCount: Int32(release.weekly.count), size: Int32(release.size ?? 0),
                longestWait: release.longestWait ?? -1, isTogether: batching.form == .together, activity: Int32(activities.count)))
        batchTimes += release.weekly.sorted()
        return Int32(batches.count - 1)
    }

    private mutating func addAutomation(_ activity: SimulationActivity) -> Int32 {
        guard let automation = activity.automation, automation.share > 0 else { return -1 }
        var first = -1
        if let rows = automation.eligible {
            first = eligible.count
            eligible += rows
        }
        automations.append(
            CompiledModel.Automation(
                share: automation.share, sampler: sampler(automation.duration), role: Int32(automation.role), eligible: Int32(first),
                keepsDelay: automation.keepsDelay))
        return Int32(automations.count - 1)
    }

    // MARK: Flow

    mutating func compile(_ graph: FlowGraph) {
        var incoming = [Int32](repeating: 0, count: graph.nodes.count)
        for node in graph.nodes {
            for arc in node.arcs { incoming[arc.target] += 1 }
        }
        for (place, node) in graph.nodes.enumerated() {
            var action = CompiledModel.NodeAction.none
            var argument: Int32 = -1
            switch node.action {
            case .none: break
            case .activity(let activity):
                action = CompiledModel.NodeAction.activity
                argument = Int32(activity)
            case .timer(let timer):
                action = CompiledModel.NodeAction.timer
                if let timer { argument = delay(timer) }
            case .race: action = CompiledModel.NodeAction.race
            }
            let join: UInt8 = node.join == .each ? 0 : node.join == .all ? 1 : 2
            if node.join == .inclusive { inclusiveJoins.append(Int32(place)) }
            nodes.append(
                CompiledModel.Node(
                    key: DrawKey.node("node " + node.id), firstArc: Int32(arcTargets.count), arcCount: Int32(node.arcs.count),
                    incoming: incoming[place], argument: argument, join: join, action: action,
                    split: node.split == .all ? 0 : node.split == .one ? 1 : 2))
            let total = node.arcs.reduce(0) { $0 + $1.probability }
            var sum = 0.0
            for arc in node.arcs {
                arcTargets.append(Int32(arc.target))
                sum += arc.probability
                arcProbabilities.append(node.split == .one ? sum / total : arc.probability)
            }
        }
        if !inclusiveJoins.isEmpty { reaches = Self.reachability(graph) }
    }

    private static func reachability(_ graph: FlowGraph) -> [Bool] {
        let count = graph.nodes.count
        var reaches = [Bool](repeating: false, count: count * count)
        for start in 0..<count {
            var open = [start]
            while let node = open.popLast() {
                for arc in graph.nodes[node].arcs where !reaches[start * count + arc.target] {
                    reaches[start * count + arc.target] = true
                    open.append(arc.target)
                }
            }
        }
        return reaches
    }

    mutating func compile(_ scripts: CaseScripts, _ openCases: [OpenCase]) {
        playsInTurn = scripts.order == .inTurn
        let total = scripts.scripts.reduce(0) { $0 + $1.weight }
        var sum = 0.0
        for script in scripts.scripts {
            add(script)
            sum += script.weight
            scriptCumulated.append(sum / total)
            if script.weight != scripts.scripts[0].weight { weightsAreEqual = false }
        }
        for open in openCases { add(open.script) }
    }

    private mutating func add(_ script: CaseScripts.Script) {
        scriptRow.append(Int32(script.row ?? -1))
        longestScript = max(longestScript, script.steps.count)
        var following = [[Int32]](repeating: [], count: script.steps.count)
        for (place, step) in script.steps.enumerated() {
            for before in step.after { following[before].append(Int32(place)) }
        }
        var visits: [Int: UInt32] = [:]
        for (place, step) in script.steps.enumerated() {
            let visit = visits[step.activity, default: 0]
            visits[step.activity] = visit + 1
            let performer = step.performer.map { activities[step.activity].firstPerformer + Int32($0) } ?? -1
            steps.append(
                CompiledModel.Step(
                    activity: Int32(step.activity), visit: visit, performer: performer, predecessors: UInt16(step.after.count),
                    firstSuccessor: Int32(successors.count), successorCount: Int32(following[place].count), delay: step.delay ?? -1,
                    work: step.work ?? -1))
            successors += following[place]
        }
        firstStep.append(Int32(steps.count))
    }
}
