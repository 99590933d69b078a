import Instants

/// What the variants of the purchase-to-pay log hold for an analysis to find.
enum PurchaseToPayFacts {
    /// The facts of a variant, in the order in which they are told.
    static func facts(variant: PurchaseToPayVariant, settings: PurchaseToPaySettings, organisations: Int) -> [PlantedFact] {
        if variant == .plain { return [] }
        var facts: [PlantedFact] = []
        if variant == .after {
            facts += [automatedApproval, addedClerks(settings: settings, organisations: organisations)]
        } else if variant == .before {
            facts.append(bottleneck(settings: settings, organisations: organisations))
        }
        if let date = settings.slowerFrom { facts.append(slowerDeliveries(from: date)) }
        facts += [slowVendor, reworkCause, paymentBatch]
        return facts
    }

    private static func bottleneck(settings: PurchaseToPaySettings, organisations: Int) -> PlantedFact {
        let role = PurchaseToPayRole.invoiceClerk.name
        let source = PurchaseToPayActivity.invoiceReceipt.name
        let target = PurchaseToPayActivity.match.name
        let clerks = settings.invoiceClerks * organisations
        return PlantedFact(
            kind: .bottleneck,
            parameters: [
                .init("kind", .text("edge")), .init("source", .text(source)), .init("target", .text(target)),
                .init("role", .text(role)), .init("resources", .number(Double(clerks))),
            ],
            english:
                "The hand-off from \(source) to \(target) holds more time than any other hand-off or activity: the role \(role) (\(people(clerks))) is too small for its work.",
            chinese: "从 \(source) 到 \(target) 的交接占用的时间比任何其他交接或活动都多：角色 \(role) 只有 \(clerks) 人，人手不足。")
    }

    private static var automatedApproval: PlantedFact {
        let activity = PurchaseToPayActivity.approve.name
        let limit = Double(PurchaseToPaySettings.automaticApprovalLimitCents) / 100
        return PlantedFact(
            kind: .automatedApproval,
            parameters: [
                .init("activity", .text(activity)), .init("amount_below", .number(limit)), .init("share", .number(1)),
                .init("mean_duration_s", .number(PurchaseToPaySettings.automaticApprovalMinutes * 60)),
                .init("role", .text(PurchaseToPayRole.system.name)),
            ],
            english: "Below an amount of \(whole(limit)), \(activity) is done by a system within seconds.",
            chinese: "金额低于 \(whole(limit)) 时，\(activity) 由系统在数秒内完成。")
    }

    private static func addedClerks(settings: PurchaseToPaySettings, organisations: Int) -> PlantedFact {
        let role = PurchaseToPayRole.invoiceClerk.name
        let before = PurchaseToPaySettings(.before).invoiceClerks * organisations
        let after = settings.invoiceClerks * organisations
        return PlantedFact(
            kind: .addedResource,
            parameters: [
                .init("role", .text(role)), .init("added", .number(Double(after - before))),
                .init("resources_before", .number(Double(before))), .init("resources", .number(Double(after))),
            ],
            english: "The role \(role) has \(people(after)); in the variant before it has \(before).",
            chinese: "角色 \(role) 有 \(after) 人；变体 before 中为 \(before) 人。")
    }

    private static func slowerDeliveries(from date: Int64) -> PlantedFact {
        let instant = Instant(microseconds: date * Microseconds.second)
        let day = instant.civil(offset: PurchaseToPaySettings.offset).date.iso8601
        let activity = PurchaseToPayActivity.goodsReceipt.name
        let factor = PurchaseToPaySettings.slowerFactor
        return PlantedFact(
            kind: .drift,
            parameters: [
                .init("date", .instant(instant, offset: PurchaseToPaySettings.offset)),
                .init("activity", .text(activity)), .init("delivery_time_factor", .number(factor)),
            ],
            english: "Orders confirmed on or after \(day) are delivered in \(whole(factor)) times the time: \(activity) comes later.",
            chinese: "自 \(day) 起确认的订单，交货时间变为原来的 \(whole(factor)) 倍：\(activity) 推迟。")
    }

    private static var slowVendor: PlantedFact {
        let vendor = PurchaseToPaySettings.vendors[PurchaseToPaySettings.slowVendor]
        let factor = PurchaseToPaySettings.slowVendorFactor
        return PlantedFact(
            kind: .slowVendor,
            parameters: [
                .init("vendor", .text(vendor)), .init("delivery_time_factor", .number(factor)),
                .init("activity", .text(PurchaseToPayActivity.goodsReceipt.name)),
            ],
            english: "Vendor \(vendor) takes \(whole(factor)) times the usual time to deliver.",
            chinese: "供应商 \(vendor) 的交货时间是通常的 \(whole(factor)) 倍。")
    }

    private static var reworkCause: PlantedFact {
        let group = PurchaseToPaySettings.materialGroups[PurchaseToPaySettings.reworkGroup]
        let activity = PurchaseToPayActivity.changePrice.name
        let repeated = PurchaseToPayActivity.sendOrder.name
        let high = PurchaseToPaySettings.priceChangeProbabilityOfReworkGroup
        let low = PurchaseToPaySettings.priceChangeProbability
        return PlantedFact(
            kind: .reworkCause,
            parameters: [
                .init("attribute", .text("material_group")), .init("value", .text(group)), .init("activity", .text(activity)),
                .init("repeats", .text(repeated)), .init("probability", .number(high)), .init("probability_elsewhere", .number(low)),
            ],
            english:
                "\(whole(high * 100)) % of the orders of material group \(group) get a \(activity) after their confirmation, elsewhere \(whole(low * 100)) %; each one repeats \(repeated).",
            chinese:
                "物料组 \(group) 的订单有 \(percent(high)) 在确认后发生 \(activity)，其他物料组为 \(percent(low))；每次都要重复 \(repeated)。")
    }

    private static var paymentBatch: PlantedFact {
        let activity = PurchaseToPayActivity.pay.name
        return PlantedFact(
            kind: .paymentBatch,
            parameters: [
                .init("activity", .text(activity)), .init("every_s", .number(Double(WeeklyShift.week))),
                .init("weekday", .text("Friday")), .init("time", .text("16:00")),
                .init(
                    "first_run",
                    .instant(
                        Instant(microseconds: PurchaseToPaySettings.firstPaymentRun * Microseconds.second),
                        offset: PurchaseToPaySettings.offset)),
            ],
            english: "\(activity) waits for the weekly payment run, Fridays at 16:00.",
            chinese: "\(activity) 等待每周一次的付款运行，每周五 16:00。")
    }

    private static func people(_ count: Int) -> String { count == 1 ? "1 person" : "\(count) people" }

    /// A whole number below a million, thousands set off by a comma.
    private static func whole(_ number: Double) -> String {
        let digits = String(Int(number.rounded()))
        return digits.count > 3 ? digits.dropLast(3) + "," + digits.suffix(3) : digits
    }

    private static func percent(_ share: Double) -> String { whole(share * 100) + "%" }
}
