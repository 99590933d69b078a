import Instants

/// The purchase-to-pay process of an ERP system: requisition, approval, order, goods receipt, invoice, match, payment.
///
/// Several organisations of the same shape play their cases independently; the log shows them in order of arrival.
enum PurchaseToPay {
    /// Makes the log of a variant.
    static func generate(variant: PurchaseToPayVariant, cases: Int, seed: UInt64) -> SyntheticLog {
        let organisations = (cases + PurchaseToPaySettings.casesPerOrganisation - 1) / PurchaseToPaySettings.casesPerOrganisation
        var settings = PurchaseToPaySettings(variant)
        if variant == .drift { settings.slowerFrom = PurchaseToPaySettings.middleMonday(cases: cases / organisations) }
        var table = Table(seed: seed, organisations: organisations, settings: settings)
        for organisation in 0..<organisations {
            let share = cases / organisations + (organisation < cases % organisations ? 1 : 0)
            var run = PurchaseToPayRun(seed: seed, organisation: organisation, wanted: share, settings: settings)
            run.run()
            table.add(run)
        }
        return table.log(variant: variant, seed: seed)
    }

    /// The runs of all organisations on their way to one log.
    private struct Table {
        private struct Arrival {
            var time: Int64
            var organisation: UInt32
            var number: UInt32
        }

        private let organisations: Int
        private let settings: PurchaseToPaySettings
        private var arrivals: [Arrival] = []
        private var demand: [[PurchaseToPayDemand]] = []
        /// Per organisation the rows grouped by case, and where each case's begin.
        private var rows: [[PurchaseToPayRun.Row]] = []
        private var rowStarts: [[Int]] = []

        init(seed: UInt64, organisations: Int, settings: PurchaseToPaySettings) {
            self.organisations = organisations
            self.settings = settings
        }

        /// Takes over what one organisation did; stable, so that a case's rows stay in order of completion.
        mutating func add(_ run: PurchaseToPayRun) {
            let organisation = UInt32(demand.count)
            var starts = [Int](repeating: 0, count: run.arrivals.count + 1)
            for row in run.rows { starts[Int(row.number) + 1] += 1 }
            for index in 1..<starts.count { starts[index] += starts[index - 1] }
            var places = starts
            var grouped = run.rows
            for row in run.rows {
                grouped[places[Int(row.number)]] = row
                places[Int(row.number)] += 1
            }
            for (number, time) in run.arrivals.enumerated() {
                arrivals.append(Arrival(time: time, organisation: organisation, number: UInt32(number)))
            }
            demand.append(run.wantedDemand)
            rows.append(grouped)
            rowStarts.append(starts)
        }

        func log(variant: PurchaseToPayVariant, seed: UInt64) -> SyntheticLog {
            let order = arrivals.sorted { ($0.time, $0.organisation, $0.number) < ($1.time, $1.organisation, $1.number) }
            let rowCount = rows.reduce(0) { $0 + $1.count }
            let people = PurchaseToPayRole.people.reduce(0) { $0 + $1.headcount(settings) }
            var resources: [SyntheticLog.Resource] = []
            for organisation in 0..<organisations {
                let suffix = organisation == 0 ? "" : ".\(organisation + 1)"
                for role in PurchaseToPayRole.people {
                    for user in role.users.prefix(role.headcount(settings)) {
                        resources.append(.init(name: user + suffix, role: role.name, department: role.department))
                    }
                }
            }
            let system = UInt16(resources.count)
            resources.append(
                .init(
                    name: PurchaseToPayRole.system.users[0], role: PurchaseToPayRole.system.name,
                    department: PurchaseToPayRole.system.department))
            let plantsEach = PurchaseToPaySettings.plantWeights.count
            let plants = (0..<organisations * plantsEach).map { "P\(10 * (1 + $0 / plantsEach) + 1 + $0 % plantsEach)" }

            var amounts: [Int64] = []
            var vendors: [UInt16] = []
            var casePlants: [UInt16] = []
            var groups: [UInt8] = []
            var caseRows = [0]
            var activities: [UInt8] = []
            var starts: [Int64] = []
            var ends: [Int64] = []
            var rowResources: [UInt16] = []
            amounts.reserveCapacity(order.count)
            vendors.reserveCapacity(order.count)
            casePlants.reserveCapacity(order.count)
            groups.reserveCapacity(order.count)
            caseRows.reserveCapacity(order.count + 1)
            activities.reserveCapacity(rowCount)
            starts.reserveCapacity(rowCount)
            ends.reserveCapacity(rowCount)
            rowResources.reserveCapacity(rowCount)
            for arrival in order {
                let organisation = Int(arrival.organisation)
                let number = Int(arrival.number)
                let wish = demand[organisation][number]
                amounts.append(wish.amountCents)
                vendors.append(wish.vendor)
                casePlants.append(UInt16(organisation * plantsEach) + UInt16(wish.plant))
                groups.append(wish.materialGroup)
                for index in rowStarts[organisation][number]..<rowStarts[organisation][number + 1] {
                    let row = rows[organisation][index]
                    activities.append(row.activity.rawValue)
                    starts.append(row.start * Microseconds.second)
                    ends.append(row.end * Microseconds.second)
                    rowResources.append(Int(row.resource) == people ? system : UInt16(organisation * people) + row.resource)
                }
                caseRows.append(activities.count)
            }
            return SyntheticLog(
                name: "p2p", variant: variant.rawValue, seed: seed, offset: PurchaseToPaySettings.offset,
                plantedFacts: PurchaseToPayFacts.facts(variant: variant, settings: settings, organisations: organisations),
                activities: PurchaseToPayActivity.allCases.map(\.name), resources: resources, vendors: PurchaseToPaySettings.vendors,
                plants: plants, materialGroups: PurchaseToPaySettings.materialGroups, caseAmountCents: amounts, caseVendor: vendors,
                casePlant: casePlants, caseMaterialGroup: groups, caseRows: caseRows, rowActivity: activities, rowStart: starts,
                rowEnd: ends, rowResource: rowResources)
        }
    }
}
