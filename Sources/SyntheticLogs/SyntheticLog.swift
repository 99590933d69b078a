/// A seeded event log of an ERP-like process whose truth is known.
///
///     let log = try SyntheticLog.generate(name: "p2p", variant: "before", cases: 1_000, seed: 1)
///     try log.writeCSV { try file.write($0) }
///
/// The same name, variant, number of cases and seed give the same bytes. Every row is one activity instance with start and
/// completion; rows are grouped by case in the order in which the cases arose, then by completion. Every case is complete.
/// Cases that arose while the process was filling up are not part of the log, and cases go on arising behind the last one
/// of the log until that is complete, so that the first and the last cases meet the same crowd as all others.
package struct SyntheticLog: Sendable {
    /// A generator that exists.
    package struct CatalogueEntry: Hashable, Sendable {
        /// The generator's name.
        package let name: String
        /// Its variants; the first is the usual one.
        package let variants: [String]
        /// How many cases it makes when nobody says how many.
        package let defaultCases: Int
    }

    /// One who did something.
    package struct Resource: Hashable, Sendable {
        /// The user name, unique in the log.
        package let name: String
        /// The role in the process.
        package let role: String
        /// The department.
        package let department: String
    }

    /// All generators, by name.
    package static let catalogue: [CatalogueEntry] = [
        CatalogueEntry(name: "p2p", variants: PurchaseToPayVariant.allCases.map(\.rawValue), defaultCases: 1_000)
    ]

    /// How many cases a log may have.
    package static let caseLimits: ClosedRange<Int> = 1...5_000_000

    /// The generator's name.
    package let name: String
    /// The variant.
    package let variant: String
    /// The seed of all random numbers.
    package let seed: UInt64
    /// Seconds east of UTC of every written time.
    package let offset: Int
    /// What was planted.
    package let plantedFacts: [PlantedFact]

    /// The names of the activities; ``rowActivity`` counts into them.
    package let activities: [String]
    /// Who works; ``rowResource`` counts into them.
    package let resources: [Resource]
    /// The names of the vendors; ``caseVendor`` counts into them.
    package let vendors: [String]
    /// The names of the plants; ``casePlant`` counts into them.
    package let plants: [String]
    /// The names of the material groups; ``caseMaterialGroup`` counts into them.
    package let materialGroups: [String]

    /// Of each case, the amount in hundredths of the currency.
    package let caseAmountCents: [Int64]
    /// Of each case, the vendor.
    package let caseVendor: [UInt16]
    /// Of each case, the plant.
    package let casePlant: [UInt16]
    /// Of each case, the material group.
    package let caseMaterialGroup: [UInt8]
    /// Where each case's rows begin, and at the end the number of rows: case i holds rows caseRows[i] ..< caseRows[i + 1].
    package let caseRows: [Int]

    /// Of each row, the activity.
    package let rowActivity: [UInt8]
    /// Of each row, the start in microseconds since 1970-01-01T00:00:00Z; a whole second.
    package let rowStart: [Int64]
    /// Of each row, the completion, as ``rowStart``.
    package let rowEnd: [Int64]
    /// Of each row, the resource.
    package let rowResource: [UInt16]

    /// The number of cases.
    package var caseCount: Int { caseAmountCents.count }
    /// The number of rows.
    package var rowCount: Int { rowActivity.count }

    /// The identifier of a case: `PO-100001` is the first.
    package func caseID(_ index: Int) -> String { "PO-\(100_001 + index)" }

    /// Makes a log.
    ///
    /// - Parameters:
    ///   - name: a name of the ``catalogue``.
    ///   - variant: one of its variants; nil is the usual one.
    ///   - cases: how many cases; nil is the usual number.
    ///   - seed: every seed gives another log of the same process.
    /// - Throws: `SyntheticLogError` for a name, a variant or a number of cases that does not exist.
    package static func generate(name: String, variant: String? = nil, cases: Int? = nil, seed: UInt64 = 1) throws(SyntheticLogError)
        -> SyntheticLog
    {
        guard let entry = catalogue.first(where: { $0.name == name }) else {
            let names = catalogue.map(\.name)
            throw SyntheticLogError(
                code: .unknownName, given: name, nearest: NearestNames.nearest(to: name, among: names), known: names)
        }
        let variantName = variant ?? entry.variants[0]
        guard let known = PurchaseToPayVariant(rawValue: variantName) else {
            throw SyntheticLogError(
                code: .unknownVariant, given: variantName,
                nearest: NearestNames.nearest(to: variantName, among: entry.variants), known: entry.variants)
        }
        let count = cases ?? entry.defaultCases
        guard caseLimits.contains(count) else {
            throw SyntheticLogError(
                code: .casesOutOfRange, given: String(count), nearest: [],
                known: [String(caseLimits.lowerBound), String(caseLimits.upperBound)])
        }
        return PurchaseToPay.generate(variant: known, cases: count, seed: seed)
    }
}
