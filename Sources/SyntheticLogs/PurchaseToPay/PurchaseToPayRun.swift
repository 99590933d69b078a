import Foundation
import Statistics

/// One organisation at work: plays its cases through the queues of its people until the wanted ones are paid.
struct PurchaseToPayRun {
    /// One completed activity, in order of completion.
    struct Row {
        /// The wanted case, counted from the first one.
        var number: UInt32
        var activity: PurchaseToPayActivity
        /// The resource, counted through the roles; programs come last.
        var resource: UInt16
        var start: Int64
        var end: Int64
    }

    private struct Case {
        var demand: PurchaseToPayDemand
        var returnsLeft: UInt8
        var priceChangesLeft: UInt8
        var quantityChangesLeft: UInt8
        var deliveriesLeft: UInt8
        /// Receipts that the matching still waits for: the goods and the invoice.
        var receiptsMissing: UInt8 = 2
        var isBlocked = false
        /// When the program began that works on the case; there is never more than one.
        var programStart: Int64 = 0
        /// How often something has been drawn for the case, by activity in four bits each.
        var visits: UInt64 = 0
    }

    private let seed: UInt64
    private let organisation: Int
    private let settings: PurchaseToPaySettings
    private let wanted: Int
    private let systemResource: Int
    private var network: QueueNetwork
    private var cases: [Case] = []
    /// The first case of the log; earlier ones fill the process up.
    private var firstWanted = Int.max
    private var unpaid: Int
    private var gaps: RandomStream

    /// What was done for the wanted cases.
    private(set) var rows: [Row] = []
    /// When each wanted case arose.
    private(set) var arrivals: [Int64] = []

    /// A run of `wanted` cases.
    init(seed: UInt64, organisation: Int, wanted: Int, settings: PurchaseToPaySettings) {
        self.seed = seed
        self.organisation = organisation
        self.settings = settings
        self.wanted = wanted
        unpaid = wanted
        gaps = RandomStream(seed: seed, path: [UInt64(organisation), UInt64.max])
        let shifts = PurchaseToPayRole.people.map { role in
            (0..<role.headcount(settings)).map { role.shift(member: $0, settings) }
        }
        systemResource = shifts.reduce(0) { $0 + $1.count }
        network = QueueNetwork(start: PurchaseToPaySettings.firstDay - PurchaseToPaySettings.warmUp, roles: shifts)
        rows.reserveCapacity(wanted * 12)
    }

    /// The demand of the wanted cases, in order of arrival.
    var wantedDemand: [PurchaseToPayDemand] { cases[firstWanted..<firstWanted + wanted].map(\.demand) }

    /// Runs until every wanted case is paid.
    mutating func run() {
        scheduleArrival()
        while unpaid > 0, let occurrence = network.next() {
            switch occurrence {
            case .woke(let token):
                let (index, step, activity) = Self.unpack(token)
                woke(index, step, activity)
            case .finished(let token, let resource, let start):
                let (index, _, activity) = Self.unpack(token)
                record(index, activity, resource: resource, start: start)
                completed(index, activity)
            }
        }
    }

    // MARK: Tokens

    private static func token(_ index: Int, _ step: PurchaseToPayStep, _ activity: PurchaseToPayActivity = .pay) -> UInt64 {
        UInt64(index) << 16 | UInt64(step.rawValue) << 8 | UInt64(activity.rawValue)
    }

    private static func unpack(_ token: UInt64) -> (Int, PurchaseToPayStep, PurchaseToPayActivity) {
        (
            Int(token >> 16), PurchaseToPayStep(rawValue: UInt8(truncatingIfNeeded: token >> 8))!,
            PurchaseToPayActivity(rawValue: UInt8(truncatingIfNeeded: token))!
        )
    }

    // MARK: Doing things

    /// The next bundle of cases arises after a stretch of office time; around the clock where there are no hours.
    private mutating func scheduleArrival() {
        let mean = PurchaseToPaySettings.arrivalGap * settings.meanBundle
        let gap = max(1, Int64(gaps.exponential(mean: mean).rounded()))
        let hours = settings.hasWorkingHours ? PurchaseToPaySettings.officeHours : WeeklyShift.always
        network.wake(at: hours.finish(of: gap, from: network.now), token: Self.token(0, .arrival))
    }

    /// Puts an activity into the queue of the people who do it.
    private mutating func ask(_ index: Int, _ activity: PurchaseToPayActivity) {
        network.request(role: activity.role.rawValue, token: Self.token(index, .worked, activity), work: draw(index, activity))
    }

    /// Lets a program do an activity.
    private mutating func start(_ index: Int, _ activity: PurchaseToPayActivity) {
        cases[index].programStart = network.now
        network.wake(at: network.now + draw(index, activity), token: Self.token(index, .ran, activity))
    }

    private mutating func wait(_ index: Int, _ seconds: Double, for step: PurchaseToPayStep) {
        network.wake(at: network.now + max(0, Int64(seconds.rounded())), token: Self.token(index, step))
    }

    /// Seconds of work for the next time the case meets the activity: a function of seed, case, activity and visit alone.
    private mutating func draw(_ index: Int, _ activity: PurchaseToPayActivity) -> Int64 {
        let shift = UInt64(activity.rawValue) * 4
        let visit = cases[index].visits >> shift & 15
        cases[index].visits &+= 1 << shift
        var random = RandomStream(
            seed: seed, path: [UInt64(organisation), UInt64(index), 1 + UInt64(activity.rawValue) * 16 + visit])
        var (mean, sigma) = activity.work
        if activity == .approve, isApprovedBySystem(index) { (mean, sigma) = (PurchaseToPaySettings.automaticApprovalMinutes, 0.4) }
        if activity == .createOrder || activity == .match { mean *= cases[index].demand.complexity }
        // What has been looked at before goes faster.
        if activity == .match, visit > 0 { mean *= 0.35 }
        let minutes = PurchaseToPayDemand.logNormal(mean: mean, sigma: sigma, random.normal())
        return max(1, Int64((minutes * 60).rounded()))
    }

    private func isApprovedBySystem(_ index: Int) -> Bool {
        cases[index].demand.amountCents < settings.automaticApprovalBelowCents
    }

    private mutating func record(_ index: Int, _ activity: PurchaseToPayActivity, resource: Int, start: Int64) {
        guard index >= firstWanted, index < firstWanted + wanted else { return }
        rows.append(
            Row(
                number: UInt32(index - firstWanted), activity: activity, resource: UInt16(resource), start: start, end: network.now))
    }

    // MARK: The process

    private mutating func woke(_ index: Int, _ step: PurchaseToPayStep, _ activity: PurchaseToPayActivity) {
        switch step {
        case .arrival: ariseTogether()
        case .worked: break
        case .ran:
            record(index, activity, resource: systemResource, start: cases[index].programStart)
            completed(index, activity)
        case .confirmationArrived: ask(index, .confirm)
        case .goodsArrived: ask(index, .goodsReceipt)
        case .invoiceArrived: ask(index, .invoiceReceipt)
        case .blockClarified:
            ask(index, cases[index].demand.block == .price ? .changePrice : .changeQuantity)
        case .paymentDue: start(index, .pay)
        }
    }

    /// A bundle of cases arises: its size is geometric.
    private mutating func ariseTogether() {
        repeat { arise(cases.count) } while gaps.unit() >= 1 / settings.meanBundle
        scheduleArrival()
    }

    private mutating func arise(_ index: Int) {
        let demand = PurchaseToPayDemand(seed: seed, organisation: organisation, number: index, settings: settings)
        cases.append(
            Case(
                demand: demand, returnsLeft: demand.returns, priceChangesLeft: demand.priceChanges,
                quantityChangesLeft: demand.quantityChanges, deliveriesLeft: demand.deliveries))
        if firstWanted == Int.max, network.now >= PurchaseToPaySettings.firstDay { firstWanted = index }
        if firstWanted != Int.max, index < firstWanted + wanted { arrivals.append(network.now) }
        ask(index, .createRequisition)
    }

    private mutating func completed(_ index: Int, _ activity: PurchaseToPayActivity) {
        switch activity {
        case .createRequisition, .changeRequisition: submit(index)
        case .approve:
            if cases[index].returnsLeft > 0 {
                cases[index].returnsLeft -= 1
                ask(index, .changeRequisition)
            } else if cases[index].demand.amountCents >= PurchaseToPaySettings.directorLimitCents {
                ask(index, .approveByDirector)
            } else {
                ask(index, .createOrder)
            }
        case .approveByDirector: ask(index, .createOrder)
        case .createOrder: start(index, .sendOrder)
        case .sendOrder: wait(index, cases[index].demand.confirmationDelay, for: .confirmationArrived)
        case .confirm: confirmed(index)
        case .changePrice, .changeQuantity:
            if !cases[index].isBlocked {
                start(index, .sendOrder)
            } else if activity == .changePrice {
                ask(index, .match)
            } else {
                ask(index, .removeBlock)
            }
        case .goodsReceipt:
            cases[index].deliveriesLeft -= 1
            if cases[index].deliveriesLeft > 0 {
                wait(index, cases[index].demand.partialDelay, for: .goodsArrived)
            } else {
                received(index)
            }
        case .invoiceReceipt: received(index)
        case .match:
            if cases[index].isBlocked {
                ask(index, .removeBlock)
            } else if cases[index].demand.block != .none {
                start(index, .setBlock)
            } else {
                release(index)
            }
        case .setBlock:
            cases[index].isBlocked = true
            wait(index, cases[index].demand.clarification, for: .blockClarified)
        case .removeBlock: release(index)
        case .pay:
            if index >= firstWanted, index < firstWanted + wanted { unpaid -= 1 }
        }
    }

    private mutating func submit(_ index: Int) {
        if isApprovedBySystem(index) { start(index, .approve) } else { ask(index, .approve) }
    }

    /// The vendor has answered: change the order, or wait for goods and invoice.
    private mutating func confirmed(_ index: Int) {
        if cases[index].priceChangesLeft > 0 {
            cases[index].priceChangesLeft -= 1
            ask(index, .changePrice)
        } else if cases[index].quantityChangesLeft > 0 {
            cases[index].quantityChangesLeft -= 1
            ask(index, .changeQuantity)
        } else {
            let demand = cases[index].demand
            var leadTime = demand.leadTime
            if let date = settings.slowerFrom, network.now >= date { leadTime *= PurchaseToPaySettings.slowerFactor }
            wait(index, leadTime, for: .goodsArrived)
            wait(index, leadTime + demand.invoiceOffset, for: .invoiceArrived)
        }
    }

    /// Goods or invoice are recorded; with both, the three-way match can begin.
    private mutating func received(_ index: Int) {
        cases[index].receiptsMissing -= 1
        if cases[index].receiptsMissing == 0 { ask(index, .match) }
    }

    /// The invoice may be paid.
    private mutating func release(_ index: Int) {
        if settings.hasPaymentRun {
            network.wake(at: PurchaseToPaySettings.nextPaymentRun(from: network.now), token: Self.token(index, .paymentDue))
        } else {
            start(index, .pay)
        }
    }
}
