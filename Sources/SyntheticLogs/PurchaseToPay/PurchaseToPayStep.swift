/// The activities of the purchase-to-pay process.
enum PurchaseToPayActivity: UInt8, CaseIterable, Sendable {
    case createRequisition, approve, changeRequisition, approveByDirector, createOrder, sendOrder, confirm, changePrice, changeQuantity
    case goodsReceipt, invoiceReceipt, match, setBlock, removeBlock, pay

    var name: String {
        switch self {
        case .createRequisition: "Create Purchase Requisition"
        case .approve: "Approve Requisition"
        case .changeRequisition: "Change Requisition"
        case .approveByDirector: "Approve Requisition (Director)"
        case .createOrder: "Create Purchase Order"
        case .sendOrder: "Send Purchase Order"
        case .confirm: "Receive Order Confirmation"
        case .changePrice: "Change Price"
        case .changeQuantity: "Change Quantity"
        case .goodsReceipt: "Record Goods Receipt"
        case .invoiceReceipt: "Record Invoice Receipt"
        case .match: "Match Invoice"
        case .setBlock: "Set Payment Block"
        case .removeBlock: "Remove Payment Block"
        case .pay: "Pay Invoice"
        }
    }

    /// Who does it, if people do.
    var role: PurchaseToPayRole {
        switch self {
        case .createRequisition, .changeRequisition: .requester
        case .approve: .manager
        case .approveByDirector: .director
        case .createOrder, .confirm, .changePrice, .changeQuantity: .buyer
        case .goodsReceipt: .warehouseClerk
        case .invoiceReceipt, .removeBlock: .accountant
        case .match: .invoiceClerk
        case .sendOrder, .setBlock, .pay: .system
        }
    }

    /// Mean minutes of work, and the sigma of its log-normal spread.
    var work: (mean: Double, sigma: Double) {
        switch self {
        case .createRequisition: (20, 0.7)
        case .approve: (15, 0.8)
        case .changeRequisition: (25, 0.7)
        case .approveByDirector: (25, 0.8)
        case .createOrder: (50, 0.9)
        case .confirm: (8, 0.6)
        case .changePrice, .changeQuantity: (25, 0.8)
        case .goodsReceipt: (30, 0.8)
        case .invoiceReceipt: (10, 0.6)
        case .match: (138, 1.1)
        case .removeBlock: (20, 0.8)
        case .sendOrder: (0.5, 0.4)
        case .setBlock: (0.05, 0.3)
        case .pay: (4, 0.4)
        }
    }
}

/// What an entry of the run's calendar or a finished piece of work means for its case.
enum PurchaseToPayStep: UInt8 {
    /// The next case of the organisation arises.
    case arrival
    /// A person has finished the activity.
    case worked
    /// A program has finished the activity.
    case ran
    /// Something outside has come: the vendor's answer, the goods, the invoice, the answer to a blocked invoice.
    case confirmationArrived, goodsArrived, invoiceArrived, blockClarified
    /// The payment run begins.
    case paymentDue
}
