import WorkingTime

/// A ``SimulationModel`` as flat columns, shared by all replications and never changed.
final class CompiledModel: @unchecked Sendable {
    struct Performer {
        /// The queue it waits in; negative for a system.
        var pool: Int32
        var role: Int32
        var sampler: Int32
        var repeatedSampler: Int32
        /// Where its samplers by resource begin, or negative.
        var individuals: Int32
        /// The cumulated probability within its activity.
        var cumulated: Double
    }

    struct Activity {
        var key: UInt64
        var firstPerformer: Int32
        var performerCount: Int32
        /// Where its delays by preceding activity begin (the first is for none), or negative.
        var delays: Int32
        var batch: Int32
        var automation: Int32
        var durationScale: Double
        var fixedCost: Double
    }

    struct Delay {
        var sampler: Int32
        var calendar: Int32
    }

    struct Automation {
        var share: Double
        var sampler: Int32
        var role: Int32
        /// Where the truth by row begins, or negative.
        var eligible: Int32
        var keepsDelay: Bool
    }

    struct Batch {
        var firstTime: Int32
        var timeCount: Int32
        var size: Int32
        var longestWait: Int64
        var isTogether: Bool
        var activity: Int32
    }

    struct Node {
        var key: UInt64
        var firstArc: Int32
        var arcCount: Int32
        var incoming: Int32
        /// The activity or the delay.
        var argument: Int32
        var join: UInt8
        var action: UInt8
        var split: UInt8
    }

    struct Step {
        var activity: Int32
        var visit: UInt32
        var performer: Int32
        var predecessors: UInt16
        var firstSuccessor: Int32
        var successorCount: Int32
        var delay: Int64
        var work: Int64
    }

    enum NodeAction {
        static let none: UInt8 = 0
        static let activity: UInt8 = 1
        static let timer: UInt8 = 2
        static let race: UInt8 = 3
    }

    private let arena = Arena()

    let activities: UnsafePointer<Activity>
    let performers: UnsafePointer<Performer>
    let individuals: UnsafePointer<Int32>
    let samplers: UnsafePointer<Sampler>
    let tables: UnsafeBufferPointer<Double>
    let delays: UnsafePointer<Delay>
    let delaysAfter: UnsafePointer<Int32>
    let automations: UnsafePointer<Automation>
    let eligible: UnsafePointer<Bool>
    let batches: UnsafePointer<Batch>
    let batchTimes: UnsafePointer<Int64>
    let batchCount: Int
    let activityCount: Int
    let calendars: [WorkCalendar]
    let offset: Int64

    let resourceCount: Int
    let resourceCalendar: UnsafePointer<Int32>
    let resourceCost: UnsafePointer<Double>
    let poolsOfResource: UnsafePointer<Int32>
    let firstPool: UnsafePointer<Int32>
    let poolCount: Int
    let members: UnsafePointer<Int32>
    let firstMember: UnsafePointer<Int32>
    let levels: Int
    let priorities: UnsafePointer<UInt8>
    let rows: Int
    let hasCosts: Bool

    let isGraph: Bool
    let nodes: UnsafePointer<Node>
    let nodeCount: Int
    let arcTargets: UnsafePointer<Int32>
    let arcProbabilities: UnsafePointer<Double>
    let starts: [Int32]
    /// Node by node whether the one reaches the other; empty without inclusive joins.
    let reaches: UnsafePointer<Bool>
    let inclusiveJoins: [Int32]

    let steps: UnsafePointer<Step>
    let successors: UnsafePointer<Int32>
    let firstStep: UnsafePointer<Int32>
    let scriptRow: UnsafePointer<Int32>
    let scriptCumulated: UnsafePointer<Double>
    /// How many scripts are drawn; open cases stand behind them.
    let scriptCount: Int
    let weightsAreEqual: Bool
    let playsInTurn: Bool
    /// 16-bit words of state that each case needs.
    let stride: Int

    let arrivals: CompiledArrivals

    /// A valid model, ready to run.
    init(_ model: SimulationModel, openCases: [OpenCase]) {
        var parts = ModelCompiler(model)
        parts.compileActivities()
        switch model.flow {
        case .graph(let graph):
            isGraph = true
            parts.compile(graph)
            starts = graph.starts.map(Int32.init)
            stride = model.activities.count + 3 * graph.nodes.count
        case .scripts(let scripts):
            isGraph = false
            parts.compile(scripts, openCases)
            starts = []
            stride = parts.longestScript
        }
        let arena = arena
        activities = arena.column(parts.activities)
        performers = arena.column(parts.performers)
        individuals = arena.column(parts.individuals)
        delays = arena.column(parts.delays)
        delaysAfter = arena.column(parts.delaysAfter)
        automations = arena.column(parts.automations)
        eligible = arena.column(parts.eligible)
        batches = arena.column(parts.batches)
        batchTimes = arena.column(parts.batchTimes)
        batchCount = parts.batches.count
        activityCount = model.activities.count
        calendars = model.calendars
        offset = Int64(model.offset) * 1_000_000

        resourceCount = model.resources.count
        resourceCalendar = arena.column(model.resources.map { Int32($0.calendar) })
        resourceCost = arena.column(model.resources.map { ($0.costPerHour ?? 0) / 3.6e9 })
        poolCount = parts.pools.count
        members = arena.column(parts.pools.flatMap { $0.map(Int32.init) })
        firstMember = arena.column(Self.offsets(parts.pools.map(\.count)))
        let poolsByResource = model.resources.indices.map { resource in
            parts.pools.indices.filter { parts.pools[$0].contains(resource) }.map(Int32.init)
        }
        poolsOfResource = arena.column(poolsByResource.flatMap { $0 })
        firstPool = arena.column(Self.offsets(poolsByResource.map(\.count)))
        levels = Int(model.priorities.max() ?? 0) + 1
        priorities = arena.column(model.priorities)
        rows = model.attributes?.rows ?? 0
        hasCosts = model.resources.contains { $0.costPerHour != nil } || model.activities.contains { $0.fixedCost != nil }

        nodes = arena.column(parts.nodes)
        nodeCount = parts.nodes.count
        arcTargets = arena.column(parts.arcTargets)
        arcProbabilities = arena.column(parts.arcProbabilities)
        reaches = arena.column(parts.reaches)
        inclusiveJoins = parts.inclusiveJoins
        steps = arena.column(parts.steps)
        successors = arena.column(parts.successors)
        firstStep = arena.column(parts.firstStep)
        scriptRow = arena.column(parts.scriptRow)
        scriptCumulated = arena.column(parts.scriptCumulated)
        scriptCount = parts.scriptCumulated.count
        weightsAreEqual = parts.weightsAreEqual
        playsInTurn = parts.playsInTurn

        arrivals = CompiledArrivals(model, samplers: &parts.samplers, tables: &parts.tables)
        samplers = arena.column(parts.samplers)
        tables = UnsafeBufferPointer(start: arena.column(parts.tables), count: parts.tables.count)
    }

    private static func offsets(_ counts: [Int]) -> [Int32] {
        var sum: Int32 = 0
        return [0]
            + counts.map { count in
                sum += Int32(count)
                return sum
            }
    }
}

/// When cases come, ready to run.
struct CompiledArrivals: Sendable {
    /// The gaps' sampler, or negative.
    var gaps: Int
    var isWorkingTime: Bool
    var calendar: Int
    /// The bundles' sampler, or negative.
    var bundle: Int
    var scale: Double
    /// Expected arrivals from Monday 00:00 to each hour of the week, 169 values; empty without weekly rates.
    var cumulatedRates: [Double]
    var instants: [Int64]
    var blocks: [Int64]

    init(_ model: SimulationModel, samplers: inout [Sampler], tables: inout [Double]) {
        let arrivals = model.arrivals
        calendar = arrivals.calendar ?? -1
        scale = arrivals.scale
        gaps = -1
        bundle = -1
        isWorkingTime = false
        cumulatedRates = []
        instants = []
        blocks = []
        if let distribution = arrivals.bundle {
            bundle = samplers.count
            samplers.append(Sampler.compile(distribution, appendingTo: &tables))
        }
        switch arrivals.process {
        case .gaps(let distribution, let clock):
            gaps = samplers.count
            samplers.append(Sampler.compile(distribution, appendingTo: &tables))
            isWorkingTime = clock == .working
        case .weeklyRates(let rates):
            var sum = 0.0
            cumulatedRates = [0]
            for rate in rates {
                sum += rate * arrivals.scale
                cumulatedRates.append(sum)
            }
        case .instants(let values):
            instants = values
            blocks = arrivals.blocks
        }
    }
}
