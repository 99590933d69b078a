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
        if model.playsInTurn { return Int32(Int(number) % count) }
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

    // MARK: Work

    /// Makes an activity of a case possible from now on.
    mutating func enable(
        _ slot: Int32, place: Int32, activity: Int32, visit: UInt32, after previous: Int32, performer given: Int32, delay fixed: Int64
    ) {
        let kind = model.activities[Int(activity)]
        let key = cases[Int(slot)].key
        cases[Int(slot)].live &+= 1
        if visit > 0 { cases[Int(slot)].hasRework = true }
        var performer = given
        var keepsDelay = true
        if kind.automation >= 0 && isAutomated(kind, key, visit, row: cases[Int(slot)].row) {
            performer = -1
            keepsDelay = model.automations[Int(kind.automation)].keepsDelay
        } else if performer < 0 {
            performer = kind.firstPerformer
            if kind.performerCount > 1 { performer = choosePerformer(kind, key, visit) }
        }
        if freeWork < 0 { growWork() }
        let item = freeWork
        freeWork = work[Int(item)].next
        work[Int(item)] = Work(
            enabled: now, start: 0, waiting: 0, amount: 0, slot: slot, place: place, activity: activity, performer: performer,
            visit: visit, resource: -1, next: -1, partner: -1, sequence: 0)
        if keepsDelay {
            var due = now
            if fixed >= 0 {
                due = now &+ fixed
            } else if kind.delays >= 0 {
                due = delayEnd(kind, key, visit, previous)
            }
            if due > now {
                heap.push(due, Kind.ready << 29 | UInt32(item))
                return
            }
        } else if kind.batch >= 0 {
            begin(item, by: -1)
            return
        }
        ready(item)
    }

    @inline(never)
    private func isAutomated(_ kind: CompiledModel.Activity, _ key: DrawKey, _ visit: UInt32, row: Int32) -> Bool {
        let automation = model.automations[Int(kind.automation)]
        if automation.eligible >= 0 && (row < 0 || !model.eligible[Int(automation.eligible &+ row)]) { return false }
        return key.unit(kind.key, visit, .automation) < automation.share
    }

    @inline(never)
    private func choosePerformer(_ kind: CompiledModel.Activity, _ key: DrawKey, _ visit: UInt32) -> Int32 {
        let u = key.unit(kind.key, visit, .performer)
        var place = kind.firstPerformer
        let last = kind.firstPerformer + kind.performerCount - 1
        while place < last && model.performers[Int(place)].cumulated < u { place += 1 }
        return place
    }

    @inline(never)
    private func delayEnd(_ kind: CompiledModel.Activity, _ key: DrawKey, _ visit: UInt32, _ previous: Int32) -> Int64 {
        let which = model.delaysAfter[Int(kind.delays &+ 1 &+ previous)]
        return which < 0 ? now : self.end(ofDelay: Int(which), u: key.unit(kind.key, visit, .delay))
    }

    func end(ofDelay which: Int, u: Double) -> Int64 {
        let delay = model.delays[which]
        let time = Int64((model.samplers[Int(delay.sampler)].value(at: u, model.tables) * 1e6).rounded())
        if delay.calendar < 0 || time <= 0 { return now &+ max(time, 0) }
        return model.calendars[Int(delay.calendar)].finish(from: now, work: time) ?? now
    }

    /// The delay of an instance is over: it joins its batch or its queue.
    private mutating func ready(_ item: Int32) {
        let batch = model.activities[Int(work[Int(item)].activity)].batch
        if batch >= 0 { hold(item, in: Int(batch)) } else { request(item) }
    }

    /// Asks for a performer.
    mutating func request(_ item: Int32) {
        let performer = work[Int(item)].performer
        let pool = performer < 0 ? -1 : Int(model.performers[Int(performer)].pool)
        if pool < 0 {
            begin(item, by: -1)
            return
        }
        work[Int(item)].sequence = enqueued
        enqueued += 1
        if waitingCount[pool] == 0 {
            // A resource of a single queue has nothing older to do.
            let idle = idleMember(of: pool)
            if idle >= 0 && model.firstPool[idle + 1] - model.firstPool[idle] == 1 {
                begin(item, by: Int32(idle))
                return
            }
            append(item, pool)
            if idle >= 0 { dispatch(pool) } else { callMembers(of: pool) }
        } else {
            append(item, pool)
        }
    }

    /// Begins a piece of work and everything that is done together with it.
    mutating func begin(_ item: Int32, by resource: Int32) {
        var amount = begin(member: item, by: resource)
        var partner = work[Int(item)].partner
        while partner >= 0 {
            amount = max(amount, begin(member: partner, by: resource))
            partner = work[Int(partner)].partner
        }
        work[Int(item)].amount = amount
        var due = now &+ amount
        if resource >= 0 {
            isBusy[Int(resource)] = true
            if due > openUntil[Int(resource)] {
                due = model.calendars[Int(model.resourceCalendar[Int(resource)])].finish(from: now, work: amount) ?? due
            }
        }
        heap.push(due, Kind.completion << 29 | UInt32(item))
    }

    private mutating func begin(member item: Int32, by resource: Int32) -> Int64 {
        let own = work[Int(item)]
        let slot = Int(own.slot)
        if cases[slot].running == 0 { cases[slot].servedSince = now }
        cases[slot].running &+= 1
        if cases[slot].firstStart == Instant.missing {
            cases[slot].firstStart = now
            if now < begin { begin = now }
        }
        let since = fromArrival ? own.enabled : max(cases[slot].last, cases[slot].firstStart)
        work[Int(item)].waiting = now &- since
        work[Int(item)].start = now
        work[Int(item)].resource = resource
        return amount(of: own, by: resource)
    }

    @inline(__always)
    private func amount(of own: Work, by resource: Int32) -> Int64 {
        let kind = model.activities[Int(own.activity)]
        let u = cases[Int(own.slot)].key.unit(kind.key, own.visit, .duration)
        if own.performer < 0 {
            let sampler = Int(model.automations[Int(kind.automation)].sampler)
            return Int64((model.samplers[sampler].value(at: u, model.tables) * 1e6).rounded())
        }
        if !model.isGraph {
            let fixed = model.steps[Int(own.place)].work
            if fixed >= 0 { return kind.durationScale == 1 ? fixed : Int64((Double(fixed) * kind.durationScale).rounded()) }
        }
        let performer = model.performers[Int(own.performer)]
        var sampler = own.visit == 0 ? performer.sampler : performer.repeatedSampler
        if performer.individuals >= 0 && resource >= 0 { sampler = model.individuals[Int(performer.individuals &+ resource)] }
        return Int64((model.samplers[Int(sampler)].value(at: u, model.tables) * 1e6 * kind.durationScale).rounded())
    }

    private mutating func complete(_ item: Int32) {
        let resource = Int(work[Int(item)].resource)
        var member = item
        while member >= 0 {
            cases[Int(work[Int(member)].slot)].last = now
            member = work[Int(member)].partner
        }
        if resource >= 0 {
            isBusy[resource] = false
            freeSince[resource] = now
            worked[resource] &+= work[Int(item)].amount
            offerWork(to: resource)
        }
        if now > end { end = now }
        member = item
        var share = true
        while member >= 0 {
            let partner = work[Int(member)].partner
            complete(member: member, payingHours: share)
            share = false
            member = partner
        }
    }

    private mutating func complete(member item: Int32, payingHours: Bool) {
        let own = work[Int(item)]
        let slot = Int(own.slot)
        cases[slot].running &-= 1
        if cases[slot].running == 0 { cases[slot].service &+= now &- cases[slot].servedSince }
        cases[slot].waiting &+= own.waiting
        cases[slot].processing &+= now &- own.start
        cases[slot].live &-= 1
        if model.hasCosts {
            cases[slot].cost += model.activities[Int(own.activity)].fixedCost
            if own.resource >= 0 && payingHours { cases[slot].cost += model.resourceCost[Int(own.resource)] * Double(own.amount) }
        }
        let number = cases[slot].number &- warmUp
        if number < counted { record(own, number) }
        work[Int(item)].next = freeWork
        freeWork = item
        if model.isGraph { leave(own.slot, own.place, from: own.activity) } else { follow(own.slot, own.place, from: own.activity) }
    }

    @inline(__always)
    private mutating func record(_ own: Work, _ number: UInt32) {
        instanceCount &+= 1
        if detail == .cases { return }
        rowActivity.append(UInt16(truncatingIfNeeded: own.activity))
        rowDuration.append(now &- own.start)
        rowWaiting.append(own.waiting)
        if detail == .activities { return }
        rowCase.append(number)
        rowEnabled.append(own.enabled)
        rowStart.append(own.start)
        rowResource.append(own.resource)
        let role =
            own.performer < 0
            ? model.automations[Int(model.activities[Int(own.activity)].automation)].role : model.performers[Int(own.performer)].role
        rowRole.append(role)
    }

    @inline(never)
    mutating func growWork() {
        if workCount == workCapacity {
            let larger = UnsafeMutablePointer<Work>.allocate(capacity: workCapacity * 2)
            larger.moveInitialize(from: work, count: workCount)
            work.deallocate()
            work = larger
            workCapacity *= 2
        }
        while workCount < workCapacity {
            work[workCount] = Work(
                enabled: 0, start: 0, waiting: 0, amount: 0, slot: -1, place: -1, activity: -1, performer: -1, visit: 0, resource: -1,
                next: freeWork, partner: -1, sequence: 0)
            freeWork = Int32(workCount)
            workCount += 1
        }
    }
}
