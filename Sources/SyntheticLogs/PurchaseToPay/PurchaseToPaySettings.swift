/// Everything that tells one variant of the purchase-to-pay process from another, and the figures they share.
struct PurchaseToPaySettings: Sendable {
    /// People work within the hours of their role; otherwise around the clock.
    var hasWorkingHours = true
    /// Invoices are paid together once a week; otherwise each when it is released.
    var hasPaymentRun = true
    /// One vendor delivers much later than the others, and vendors differ at all.
    var hasSlowVendor = true
    /// One material group has its prices changed much more often.
    var hasReworkCause = true
    /// How many requisitions a planning run brings on average; 1 where each comes alone.
    var meanBundle = 5.0
    /// Factor on the sigmas of the times of the outside world.
    var outsideSpread = 1.0
    /// People who match invoices, per organisation.
    var invoiceClerks = 1
    /// Requisitions below this amount are approved by a system.
    var automaticApprovalBelowCents: Int64 = 0
    /// The seconds after which the vendors' deliveries take longer; none where nil.
    var slowerFrom: Int64?

    init(_ variant: PurchaseToPayVariant) {
        switch variant {
        case .before, .drift: break
        case .after:
            invoiceClerks = 2
            automaticApprovalBelowCents = Self.automaticApprovalLimitCents
        case .plain:
            hasWorkingHours = false
            hasPaymentRun = false
            hasSlowVendor = false
            hasReworkCause = false
            meanBundle = 1
            outsideSpread = 0.75
        }
    }

    // MARK: Time

    /// Seconds east of UTC of all wall clocks.
    static let offset = 28_800
    /// Monday to Friday, 08:30 to 12:00 and 13:00 to 17:30.
    static let officeHours = WeeklyShift(
        days: 0..<5, hours: [(8 * 60 + 30, 12 * 60), (13 * 60, 17 * 60 + 30)], offset: Int64(offset))
    /// Monday, 2024-01-01 at 00:00: the first case of the log arises after it.
    static let firstDay: Int64 = 19_723 * 86_400 - Int64(offset)
    /// How long the process runs before that, to fill up.
    static let warmUp: Int64 = 26 * WeeklyShift.week
    /// The first payment run, on the Friday of the first week at 16:00; the others follow week by week.
    static let firstPaymentRun: Int64 = firstDay + 4 * 86_400 + 16 * 3_600
    /// Mean office time between two cases of an organisation.
    static let arrivalGap = 8.0 * 3_600 / 2.4
    /// One organisation holds up to this many cases; a larger log has several, each with its own people and plants.
    static let casesPerOrganisation = 1_500

    // MARK: Demand

    /// Amounts are log-normal with this median, in hundredths.
    static let medianAmountCents = 320_000.0
    static let amountSigma = 1.25
    /// From this amount on a director approves as well.
    static let directorLimitCents: Int64 = 1_000_000
    /// Below this amount a system approves in the variant `after`.
    static let automaticApprovalLimitCents: Int64 = 500_000
    static let automaticApprovalMinutes = 0.2
    static let vendors = (1...24).map { "V\(1_000 + $0)" }
    static let slowVendor = 9
    static let slowVendorFactor = 5.0
    static let slowerFactor = 3.0
    static let materialGroups = [
        "Metals", "Plastics", "Electronics", "Packaging", "Chemicals", "Spare Parts", "Tools", "Office Supplies",
    ]
    static let materialGroupWeights = [0.14, 0.12, 0.16, 0.14, 0.10, 0.12, 0.14, 0.08]
    /// A material group is bought from five vendors, with these weights.
    static let vendorWeights = [0.30, 0.25, 0.20, 0.15, 0.10]
    static let reworkGroup = 0
    static let plantWeights = [0.5, 0.3, 0.2]

    static let returnProbability = 0.06
    static let priceChangeProbability = 0.05
    static let priceChangeProbabilityOfReworkGroup = 0.55
    static let repeatedPriceChangeProbability = 0.3
    static let quantityChangeProbability = 0.06
    static let partialDeliveryProbability = 0.08
    static let priceBlockProbability = 0.15
    static let quantityBlockProbability = 0.13

    /// The first payment run that is not before `time`.
    static func nextPaymentRun(from time: Int64) -> Int64 {
        let remainder = (time - firstPaymentRun) % WeeklyShift.week
        return remainder == 0 ? time : time - remainder + (remainder > 0 ? WeeklyShift.week : 0)
    }

    /// Midnight of the Monday about which half of an organisation's cases have arisen, but never the first day.
    static func middleMonday(cases: Int) -> Int64 {
        let perWeek = Double(officeHours.secondsPerWeek) / arrivalGap
        return firstDay + max(1, Int64((Double(cases) / 2 / perWeek).rounded())) * WeeklyShift.week
    }

    /// How much longer than the usual a vendor takes.
    func leadFactor(vendor: Int) -> Double {
        guard hasSlowVendor else { return 1 }
        if vendor == Self.slowVendor { return Self.slowVendorFactor }
        return 0.6 + 0.1 * Double(vendor * 7 % 9)
    }

    /// The share of a material group's orders whose price the vendor's confirmation changes.
    func priceChangeProbability(materialGroup: Int) -> Double {
        hasReworkCause && materialGroup == Self.reworkGroup
            ? Self.priceChangeProbabilityOfReworkGroup : Self.priceChangeProbability
    }
}
