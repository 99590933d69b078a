/// The variants of the purchase-to-pay log.
enum PurchaseToPayVariant: String, CaseIterable, Sendable {
    /// The process as it is.
    case before
    /// The same demand after two changes: small requisitions are approved by a system, and one more invoice clerk works.
    case after
    /// As `before`, but from a date on the vendors deliver more slowly.
    case drift
    /// Everybody works around the clock, nothing waits for a day of the week, and nothing is planted.
    case plain
}
