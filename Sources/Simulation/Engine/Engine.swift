import Instants
import WorkingTime

/// One run of a model: an event calendar, people, queues and cases as plain records in flat memory.
///
/// Work that nobody may begin waits in the queue of those who can do it; whoever of them becomes free within the own hours takes what
/// has waited longest. Work pauses when the hours end and goes on when they begin again.
struct Engine {
    /// A piece of work: an activity instance from its enablement to its completion, or a running timer.
    struct Work {
        var enabled: Int64
        var start: Int64
        var waiting: Int64
        /// Working time for a resource, elapsed time for a system.
        var amount: Int64
        var slot: Int32
        /// The step of the script or the node of the graph.
        var place: Int32
        var activity: Int32
        /// Negative for an automated instance.
        var performer: Int32
        var visit: UInt32
        /// Negative for a system.
        var resource: Int32
        /// The next in the same list, or negative.
        var next: Int32
        /// The next member of a batch that is done as one, or negative.
        var partner: Int32
        /// When it came into its queue, among all that did.
        var sequence: UInt32
    }

    /// A case in the system.
    struct Case {
        var key: DrawKey
        var arrival: Int64
        var firstStart: Int64
        var last: Int64
        var servedSince: Int64
        var service: Int64
        var waiting: Int64
        var processing: Int64
        var cost: Double
        var number: UInt32
        var script: Int32
        var row: Int32
        /// Instances that are being worked on.
        var running: Int32
        /// Instances and timers that are not complete.
        var live: Int32
        var level: UInt8
        var hasRework: Bool
        var isStuck: Bool
    }

    /// What an entry of the calendar is about.
    enum Kind {
        static let arrival: UInt32 = 0
        static let completion: UInt32 = 1
        static let ready: UInt32 = 2
        static let opening: UInt32 = 3
        static let release: UInt32 = 4
        static let timer: UInt32 = 5
        static let open: UInt32 = 6
    }

    struct Queue {
        var head: Int32 = -1
        var tail: Int32 = -1
    }

    let model: CompiledModel
    let options: SimulationOptions
    let arena = Arena()
    let total: UInt32
    let warmUp: UInt32
    let counted: UInt32
    let detail: SimulationOptions.Detail
    let runKey: DrawKey
    let fromArrival: Bool

    var now: Int64
    var heap = EventHeap()
    var events = 0

    // Cases: slots are used again.
    var cases: UnsafeMutablePointer<Case>
    var state: UnsafeMutablePointer<UInt16>
    var slotCapacity = 64
    var slotCount = 0
    var freeSlots = GrowingColumn<Int32>(capacity: 64)
    var freeSlotCount = 0

    // Work: a slab with a free list.
    var work: UnsafeMutablePointer<Work>
    var workCapacity = 64
    var workCount = 0
    var freeWork: Int32 = -1

    // People.
    let isBusy: UnsafeMutablePointer<Bool>
    let isCalled: UnsafeMutablePointer<Bool>
    let freeSince: UnsafeMutablePointer<Int64>
    let openFrom: UnsafeMutablePointer<Int64>
    let openUntil: UnsafeMutablePointer<Int64>
    let worked: UnsafeMutablePointer<Int64>

    // Queues: one per pool and level of priority.
    let queues: UnsafeMutablePointer<Queue>
    let waitingCount: UnsafeMutablePointer<Int32>
    let queueArea: UnsafeMutablePointer<Int64>
    let queueChanged: UnsafeMutablePointer<Int64>
    var enqueued: UInt32 = 0

    // Batches that are being collected.
    let batchHead: UnsafeMutablePointer<Int32>
    let batchTail: UnsafeMutablePointer<Int32>
    let batchSize: UnsafeMutablePointer<Int32>
    let batchTimer: UnsafeMutablePointer<UInt32>

    // Arrivals.
    var arrived: UInt32 = 0
    var arrivalCount: UInt32 = 0
    var expected = 0.0
    var gapClock: Int64
    var replay: ReplayOrder?

    // Tokens that have yet to move: node and the activity they come from.
    var tokens = GrowingColumn<UInt64>(capacity: 64)
    var tokenCount = 0

    // Results.
    let outArrival: UnsafeMutablePointer<Int64>
    let outFirst: UnsafeMutablePointer<Int64>
    let outLast: UnsafeMutablePointer<Int64>
    let outCycle: UnsafeMutablePointer<Int64>
    let outWaiting: UnsafeMutablePointer<Int64>
    let outService: UnsafeMutablePointer<Int64>
    let outProcessing: UnsafeMutablePointer<Int64>
    let outCost: UnsafeMutablePointer<Double>
    let outRework: UnsafeMutablePointer<Bool>
    let outRow: UnsafeMutablePointer<Int32>
    var rowActivity: GrowingColumn<UInt16>
    var rowDuration: GrowingColumn<Int64>
    var rowWaiting: GrowingColumn<Int64>
    var rowCase: GrowingColumn<UInt32>
    var rowEnabled: GrowingColumn<Int64>
    var rowStart: GrowingColumn<Int64>
    var rowResource: GrowingColumn<Int32>
    var rowRole: GrowingColumn<Int32>
    var instanceCount = 0
    var finished = 0
    var stuck = 0
    var inSystem: Int64 = 0
    var inSystemArea: Int64 = 0
    var inSystemChanged: Int64
    var begin = Int64.max
    var end = Int64.min

    init(_ model: CompiledModel, _ options: SimulationOptions, replication: Int) {
        self.model = model
        self.options = options
        total = UInt32(options.cases + options.warmUp)
        warmUp = UInt32(options.warmUp)
        counted = UInt32(options.cases)
        detail = options.detail
        runKey = DrawKey(seed: options.seed, replication: replication)
        fromArrival = options.caseStart == .arrival
        now = options.start
        gapClock = options.start
        if !model.arrivals.blocks.isEmpty {
            replay = ReplayOrder(model.arrivals.instants, blocks: model.arrivals.blocks, key: runKey)
        }
        inSystemChanged = options.start
        cases = .allocate(capacity: slotCapacity)
        state = .allocate(capacity: slotCapacity * model.stride)
        work = .allocate(capacity: workCapacity)
        let people = model.resourceCount
        isBusy = arena.column(repeating: false, count: people)
        isCalled = arena.column(repeating: false, count: people)
        freeSince = arena.column(repeating: Int64.min, count: people)
        openFrom = arena.column(repeating: Int64.min, count: people)
        openUntil = arena.column(repeating: Int64.min, count: people)
        worked = arena.column(repeating: 0, count: people)
        queues = arena.column(repeating: Queue(), count: model.poolCount * model.levels)
        waitingCount = arena.column(repeating: 0, count: model.poolCount)
        queueArea = arena.column(repeating: 0, count: model.poolCount)
        queueChanged = arena.column(repeating: options.start, count: model.poolCount)
        batchHead = arena.column(repeating: -1, count: model.batchCount)
        batchTail = arena.column(repeating: -1, count: model.batchCount)
        batchSize = arena.column(repeating: 0, count: model.batchCount)
        batchTimer = arena.column(repeating: 0, count: model.batchCount)
        outArrival = arena.column(repeating: Instant.missing, count: options.cases)
        outFirst = arena.column(repeating: Instant.missing, count: options.cases)
        outLast = arena.column(repeating: Instant.missing, count: options.cases)
        outCycle = arena.column(repeating: Instant.missing, count: options.cases)
        outWaiting = arena.column(repeating: Instant.missing, count: options.cases)
        outService = arena.column(repeating: Instant.missing, count: options.cases)
        outProcessing = arena.column(repeating: Instant.missing, count: options.cases)
        outCost = arena.column(repeating: 0, count: model.hasCosts ? options.cases : 0)
        outRework = arena.column(repeating: false, count: options.cases)
        outRow = arena.column(repeating: -1, count: options.cases)
        let some = options.detail >= .activities ? options.cases * 4 : 0
        let full = options.detail == .instances ? some : 0
        rowActivity = GrowingColumn(capacity: some)
        rowDuration = GrowingColumn(capacity: some)
        rowWaiting = GrowingColumn(capacity: some)
        rowCase = GrowingColumn(capacity: full)
        rowEnabled = GrowingColumn(capacity: full)
        rowStart = GrowingColumn(capacity: full)
        rowResource = GrowingColumn(capacity: full)
        rowRole = GrowingColumn(capacity: full)
        for resource in 0..<people where model.calendars[Int(model.resourceCalendar[resource])].hours.isAlways {
            openUntil[resource] = Int64.max
        }
    }

    /// Runs until nothing more happens.
    mutating func run() {
        scheduleArrival()
        for index in options.openCases.indices { heap.push(options.start, Kind.open << 29 | UInt32(index)) }
        while heap.count > 0 {
            let entry = heap.pop()
            now = entry.time
            events &+= 1
            let index = Int32(truncatingIfNeeded: entry.payload & 0x1FFF_FFFF)
            switch entry.payload >> 29 {
            case Kind.completion: complete(index)
            case Kind.arrival: arrive()
            case Kind.ready: ready(index)
            case Kind.opening:
                isCalled[Int(index)] = false
                if !isBusy[Int(index)] { offerWork(to: Int(index)) }
            case Kind.release: releaseByTimer(index)
            case Kind.timer: timerEnded(index)
            default: admit(number: total + UInt32(index), script: Int32(model.scriptCount) + index)
            }
        }
    }

    // MARK: Cases

    private mutating func arrive() {
        let size = model.arrivals.bundle < 0 ? 1 : bundleSize()
        for _ in 0..<size where arrived < total {
            admit(number: arrived, script: -1)
            arrived += 1
        }
        if arrived < total { scheduleArrival() }
    }

    private mutating func admit(number: UInt32, script: Int32) {
        let slot: Int32
        if freeSlotCount > 0 {
            freeSlotCount &-= 1
            slot = freeSlots.base[freeSlotCount]
        } else {
            if slotCount == slotCapacity { growSlots() }
            slot = Int32(slotCount)
            slotCount &+= 1
        }
        inSystemArea &+= inSystem &* (now &- inSystemChanged)
        inSystemChanged = now
        inSystem &+= 1
        let key = runKey.forCase(UInt64(number))
        var row: Int32 = -1
        var chosen = script
        if model.isGraph {
            if model.rows > 0 { row = Int32(key.unit(0, 0, .attributes) * Double(model.rows)) }
        } else {
            if chosen < 0 { chosen = chooseScript(key, number) }
            row = model.scriptRow[Int(chosen)]
        }
        cases[Int(slot)] = Case(
            key: key, arrival: now, firstStart: Instant.missing, last: Instant.missing, servedSince: 0, service: 0, waiting: 0,
            processing: 0, cost: 0, number: number, script: chosen, row: row, running: 0, live: 0,
            level: model.levels > 1 && row >= 0 ? model.priorities[Int(row)] : 0, hasRework: false, isStuck: false)
        if model.isGraph { beginGraph(slot) } else { beginScript(slot) }
    }

    private func chooseScript(_ key: DrawKey, _ number: UInt32) -> Int32 {
        let count = model.scriptCount
        if model.playsInTurn {
            if let replay { return replay.place(of: Int(number)) % Int32(count) }
            return Int32(Int(number) % count)
        }
        let u = key.unit(0, 0, .script)
        if model.weightsAreEqual { return Int32(min(Int(u * Double(count)), count - 1)) }
        var low = 0
        var high = count - 1
        while low < high {
            let middle = (low + high) / 2
            if model.scriptCumulated[middle] >= u { high = middle } else { low = middle + 1 }
        }
        return Int32(low)
    }

    /// Ends a case that has nothing left to do.
    mutating func endCase(_ slot: Int32) {
        let own = cases[Int(slot)]
        inSystemArea &+= inSystem &* (now &- inSystemChanged)
        inSystemChanged = now
        inSystem &-= 1
        let number = own.number &- warmUp
        if number < counted {
            let place = Int(number)
            finished &+= 1
            if own.isStuck { stuck &+= 1 }
            outArrival[place] = own.arrival
            outRow[place] = own.row
            if own.firstStart != Instant.missing {
                outFirst[place] = own.firstStart
                outLast[place] = own.last
                outCycle[place] = own.last &- (fromArrival ? own.arrival : own.firstStart)
                outWaiting[place] = own.waiting
                outService[place] = own.service
                outProcessing[place] = own.processing
                outRework[place] = own.hasRework
                if model.hasCosts { outCost[place] = own.cost }
            }
        }
        if freeSlotCount < freeSlots.count { freeSlots.base[freeSlotCount] = slot } else { freeSlots.append(slot) }
        freeSlotCount &+= 1
    }

    @inline(never)
    private mutating func growSlots() {
        let larger = UnsafeMutablePointer<Case>.allocate(capacity: slotCapacity * 2)
        larger.moveInitialize(from: cases, count: slotCount)
        cases.deallocate()
        cases = larger
        let words = UnsafeMutablePointer<UInt16>.allocate(capacity: slotCapacity * 2 * model.stride)
        words.moveInitialize(from: state, count: slotCount * model.stride)
        state.deallocate()
        state = words
        slotCapacity *= 2
    }
}
