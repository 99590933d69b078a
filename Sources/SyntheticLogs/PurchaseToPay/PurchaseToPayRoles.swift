/// The roles of the purchase-to-pay process; the raw value counts the queues.
enum PurchaseToPayRole: Int, CaseIterable, Sendable {
    case requester, manager, director, buyer, warehouseClerk, accountant, invoiceClerk
    /// Programs: they work at any hour, and on many things at once.
    case system

    /// The roles of people, who queue up work.
    static let people: [PurchaseToPayRole] = allCases.filter { $0 != .system }

    var name: String {
        switch self {
        case .requester: "Requester"
        case .manager: "Manager"
        case .director: "Director"
        case .buyer: "Buyer"
        case .warehouseClerk: "Warehouse Clerk"
        case .accountant: "AP Accountant"
        case .invoiceClerk: "Invoice Clerk"
        case .system: "System"
        }
    }

    var department: String {
        switch self {
        case .requester, .manager: "Operations"
        case .director: "Management"
        case .buyer: "Purchasing"
        case .warehouseClerk: "Logistics"
        case .accountant, .invoiceClerk: "Accounts Payable"
        case .system: "IT"
        }
    }

    /// User names in the order in which people join.
    var users: [String] {
        switch self {
        case .requester: ["a.keller", "b.okafor", "f.lindner", "j.tan", "q.sun", "s.moreau"]
        case .manager: ["h.brandt"]
        case .director: ["c.vogt"]
        case .buyer: ["d.novak", "l.chen"]
        case .warehouseClerk: ["m.silva", "t.ito"]
        case .accountant: ["r.haas"]
        case .invoiceClerk: ["e.wang", "p.rossi", "y.zhou", "k.adams"]
        case .system: ["SYSTEM"]
        }
    }

    /// How many people an organisation has in the role.
    func headcount(_ settings: PurchaseToPaySettings) -> Int {
        self == .invoiceClerk ? settings.invoiceClerks : users.count
    }

    /// The working hours of the member with that number.
    func shift(member: Int, _ settings: PurchaseToPaySettings) -> WeeklyShift {
        guard settings.hasWorkingHours else { return .always }
        let offset = Int64(PurchaseToPaySettings.offset)
        switch self {
        case .manager:
            return WeeklyShift(days: 0..<5, hours: [(10 * 60, 12 * 60)], offset: offset)
        case .director:
            return WeeklyShift(days: 0..<5, hours: [(16 * 60, 17 * 60)], offset: offset)
        case .warehouseClerk:
            return member == 0
                ? WeeklyShift(days: 0..<5, hours: [(6 * 60, 10 * 60), (10 * 60 + 30, 14 * 60)], offset: offset)
                : WeeklyShift(days: 0..<6, hours: [(12 * 60, 15 * 60), (15 * 60 + 30, 18 * 60)], offset: offset)
        case .system:
            return .always
        default:
            return PurchaseToPaySettings.officeHours
        }
    }
}
