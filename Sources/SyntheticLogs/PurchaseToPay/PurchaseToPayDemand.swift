import Foundation
import Statistics

/// What is decided about a case when it arises, whatever the variant: its attributes, its path and the times of the
/// outside world. The same seed, organisation and number give the same demand.
struct PurchaseToPayDemand: Sendable {
    /// Why an invoice that was matched is not paid at once.
    enum Block: UInt8 {
        case none, price, quantity
    }

    var amountCents: Int64
    var vendor: UInt16
    var plant: UInt8
    var materialGroup: UInt8
    /// Factor on the work of ordering and matching.
    var complexity: Double
    /// How often the requisition comes back from its approval.
    var returns: UInt8
    var priceChanges: UInt8
    var quantityChanges: UInt8
    var deliveries: UInt8
    var block: Block
    /// Seconds from the order to the vendor's answer.
    var confirmationDelay: Double
    /// Seconds from the last confirmation to the first delivery, at the usual pace.
    var leadTime: Double
    /// Seconds from one partial delivery to the next.
    var partialDelay: Double
    /// Seconds from the first delivery to the invoice; may be negative.
    var invoiceOffset: Double
    /// Seconds until a mismatch has been cleared up with the vendor.
    var clarification: Double

    /// Draws the demand of one case; always the same number of draws in the same order.
    init(seed: UInt64, organisation: Int, number: Int, settings: PurchaseToPaySettings) {
        typealias Figures = PurchaseToPaySettings
        var random = RandomStream(seed: seed, path: [UInt64(organisation), UInt64(number), 0])
        let amount = Figures.medianAmountCents * exp(Figures.amountSigma * random.normal())
        amountCents = Int64(min(max(amount, 4_000), 40_000_000).rounded())
        let group = Self.pick(Figures.materialGroupWeights, random.unit())
        materialGroup = UInt8(group)
        vendor = UInt16((3 * group + Self.pick(Figures.vendorWeights, random.unit())) % Figures.vendors.count)
        plant = UInt8(Self.pick(Figures.plantWeights, random.unit()))
        complexity = Self.logNormal(mean: 1, sigma: 0.3, random.normal())
        returns = random.unit() < Figures.returnProbability ? 1 : 0

        let changes = random.unit()
        let further = random.unit()
        var prices = 0
        if changes < settings.priceChangeProbability(materialGroup: group) {
            prices = 1
            // Further changes follow with a fixed probability each, at most two.
            if further < Figures.repeatedPriceChangeProbability { prices += 1 }
            if further < Figures.repeatedPriceChangeProbability * Figures.repeatedPriceChangeProbability { prices += 1 }
        }
        priceChanges = UInt8(prices)
        quantityChanges = random.unit() < Figures.quantityChangeProbability ? 1 : 0
        deliveries = random.unit() < Figures.partialDeliveryProbability ? 2 : 1
        let blocked = random.unit()
        block =
            blocked < Figures.priceBlockProbability
            ? .price : blocked < Figures.priceBlockProbability + Figures.quantityBlockProbability ? .quantity : .none

        let day = 86_400.0
        let spread = settings.outsideSpread
        confirmationDelay = Self.logNormal(mean: 0.7 * day, sigma: spread * 1.2, random.normal())
        leadTime = settings.leadFactor(vendor: Int(vendor)) * Self.logNormal(mean: 1.1 * day, sigma: spread * 1.2, random.normal())
        partialDelay = Self.logNormal(mean: 3 * day, sigma: spread * 0.7, random.normal())
        invoiceOffset = Self.logNormal(mean: 1.2 * day, sigma: spread * 0.9, random.normal()) - 0.25 * day
        clarification = Self.logNormal(mean: 5 * day, sigma: spread * 1.0, random.normal())
    }

    /// The index at which the running sum of the weights passes `unit`.
    private static func pick(_ weights: [Double], _ unit: Double) -> Int {
        var sum = 0.0
        for (index, weight) in weights.enumerated() {
            sum += weight
            if unit < sum { return index }
        }
        return weights.count - 1
    }

    /// The log-normal value of the given mean that belongs to a standard normal draw.
    static func logNormal(mean: Double, sigma: Double, _ normal: Double) -> Double {
        mean * exp(sigma * normal - sigma * sigma / 2)
    }
}
