import Foundation
import Instants
import Testing

@testable import SyntheticLogs

/// What the purchase-to-pay logs promise, measured from their rows by plain means.
@Suite struct PurchaseToPayTests {
    private static func make(_ variant: String, _ cases: Int) -> SyntheticLog {
        guard let log = try? SyntheticLog.generate(name: "p2p", variant: variant, cases: cases, seed: 7) else {
            preconditionFailure("the generator knows its variants")
        }
        return log
    }

    // Four organisations of 1,250 cases each.
    private static let before = make("before", 5_000)
    private static let after = make("after", 5_000)
    private static let plain = make("plain", 5_000)
    private static let drift = make("drift", 5_000)

    private typealias Activity = PurchaseToPayActivity

    // MARK: Plain measurements

    private func rows(_ log: SyntheticLog, _ index: Int) -> Range<Int> { log.caseRows[index]..<log.caseRows[index + 1] }

    private func rows(_ log: SyntheticLog, _ index: Int, _ activity: Activity) -> [Int] {
        rows(log, index).filter { log.rowActivity[$0] == activity.rawValue }
    }

    private func person(_ log: SyntheticLog, _ row: Int) -> SyntheticLog.Resource { log.resources[Int(log.rowResource[row])] }

    private func cycleDays(_ log: SyntheticLog) -> [Double] {
        (0..<log.caseCount).map { index in
            let start = rows(log, index).map { log.rowStart[$0] }.min()!
            let end = rows(log, index).map { log.rowEnd[$0] }.max()!
            return Double(end - start) / 86_400e6
        }
    }

    private func median(_ values: some Sequence<Double>) -> Double {
        let sorted = values.sorted()
        return sorted.count % 2 == 1 ? sorted[sorted.count / 2] : (sorted[sorted.count / 2 - 1] + sorted[sorted.count / 2]) / 2
    }

    private func logDeviation(_ values: [Double]) -> Double {
        let logs = values.map { log($0) }
        let mean = logs.reduce(0, +) / Double(logs.count)
        return (logs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(logs.count - 1)).squareRoot()
    }

    /// Whether a count of successes fits a probability: within four standard errors.
    private func fits(_ successes: Int, of trials: Int, _ probability: Double) -> Bool {
        let error = (probability * (1 - probability) / Double(trials)).squareRoot()
        return abs(Double(successes) / Double(trials) - probability) < 4 * error
    }

    /// The time that every activity and every hand-off holds in total, largest first.
    private func totals(_ log: SyntheticLog) -> [(name: String, total: Int64)] {
        var sums: [String: Int64] = [:]
        for index in 0..<log.caseCount {
            var previous: Int?
            for row in rows(log, index) {
                let name = log.activities[Int(log.rowActivity[row])]
                sums[name, default: 0] += log.rowEnd[row] - log.rowStart[row]
                if let previous {
                    let edge = log.activities[Int(log.rowActivity[previous])] + " → " + name
                    sums[edge, default: 0] += max(0, log.rowStart[row] - log.rowEnd[previous])
                }
                previous = row
            }
        }
        return sums.map { (name: $0.key, total: $0.value) }.sorted { ($1.total, $0.name) < ($0.total, $1.name) }
    }

    // MARK: Shape

    @Test(arguments: ["before", "after", "drift", "plain"]) func casesAreWholeAndOrdered(variant: String) {
        let log = Self.make(variant, 400)
        #expect(log.caseRows.first == 0 && log.caseRows.last == log.rowCount && log.caseRows.count == log.caseCount + 1)
        var previousCreation = Int64.min
        for index in 0..<log.caseCount {
            let all = rows(log, index)
            #expect(log.rowActivity[all.lowerBound] == Activity.createRequisition.rawValue)
            #expect(log.rowActivity[all.upperBound - 1] == Activity.pay.rawValue)
            #expect(rows(log, index, .pay).count == 1 && rows(log, index, .createRequisition).count == 1)
            for row in all {
                #expect(log.rowStart[row] < log.rowEnd[row])
                #expect(row == all.lowerBound || log.rowEnd[row - 1] <= log.rowEnd[row])
            }
            // A match needs all goods and the invoice.
            let receipts = rows(log, index, .goodsReceipt) + rows(log, index, .invoiceReceipt)
            let firstMatch = rows(log, index, .match)[0]
            #expect(receipts.allSatisfy { log.rowEnd[$0] <= log.rowStart[firstMatch] })
            // A director approves large amounts, a block is removed before payment.
            #expect(rows(log, index, .approveByDirector).count == (log.caseAmountCents[index] >= 1_000_000 ? 1 : 0))
            #expect(rows(log, index, .setBlock).count == rows(log, index, .removeBlock).count)
            let creation = log.rowStart[all.lowerBound]
            #expect(creation >= PurchaseToPaySettings.firstDay * 1_000_000)
            // Cases are numbered as they arose: requesters take them in turn.
            #expect(creation >= previousCreation)
            previousCreation = creation
        }
    }

    @Test func someInvoicesComeBeforeTheGoods() {
        let log = Self.before
        let early = (0..<log.caseCount).filter {
            log.rowEnd[rows(log, $0, .invoiceReceipt)[0]] < log.rowStart[rows(log, $0, .goodsReceipt)[0]]
        }.count
        #expect(early > log.caseCount / 50 && early < log.caseCount / 4)
    }

    // MARK: People

    /// The hours of every person, by resource.
    private func shifts(_ log: SyntheticLog, _ variant: PurchaseToPayVariant) -> [WeeklyShift?] {
        let settings = PurchaseToPaySettings(variant)
        let team = PurchaseToPayRole.people.flatMap { role in
            (0..<role.headcount(settings)).map { role.shift(member: $0, settings) }
        }
        return log.resources.indices.map { $0 == log.resources.count - 1 ? nil : team[$0 % team.count] }
    }

    @Test(arguments: [PurchaseToPayVariant.before, .after, .drift]) func peopleKeepTheirHours(variant: PurchaseToPayVariant) {
        let log = Self.make(variant.rawValue, 1_600)
        let shifts = shifts(log, variant)
        #expect(log.resources.last?.role == "System")
        for row in 0..<log.rowCount {
            guard let shift = shifts[Int(log.rowResource[row])] else { continue }
            #expect(shift.isOpen(log.rowStart[row] / 1_000_000))
            #expect(shift.isOpen(log.rowEnd[row] / 1_000_000 - 1))
        }
    }

    @Test(arguments: ["before", "after", "drift", "plain"]) func nobodyDoesTwoThingsAtOnce(variant: String) {
        let log = Self.make(variant, 1_600)
        var busy: [[(start: Int64, end: Int64)]] = log.resources.map { _ in [] }
        for row in 0..<log.rowCount { busy[Int(log.rowResource[row])].append((log.rowStart[row], log.rowEnd[row])) }
        for (resource, var stretches) in zip(log.resources, busy) where resource.role != "System" {
            stretches.sort { $0.start < $1.start }
            #expect(!stretches.isEmpty)
            #expect(zip(stretches, stretches.dropFirst()).allSatisfy { $0.end <= $1.start }, "\(resource.name)")
        }
    }

    @Test func everyActivityBelongsToOneRole() {
        for log in [Self.before, Self.after, Self.drift, Self.plain] {
            for row in 0..<log.rowCount {
                let activity = Activity(rawValue: log.rowActivity[row])!
                let resource = person(log, row)
                if activity == .approve, resource.role == "System" { continue }
                #expect(resource.role == activity.role.name && resource.department == activity.role.department)
            }
        }
    }

    /// Worked time within the hours over the hours, while cases arise.
    @Test func nobodyIsOverloaded() {
        for (log, variant) in [(Self.before, PurchaseToPayVariant.before), (Self.after, .after), (Self.plain, .plain)] {
            let shifts = shifts(log, variant)
            let from = log.rowStart[0] / 1_000_000
            let to = log.rowStart[log.caseRows[log.caseCount - 1]] / 1_000_000
            var worked = [Int64](repeating: 0, count: log.resources.count)
            for row in 0..<log.rowCount where log.rowStart[row] / 1_000_000 < to {
                guard let shift = shifts[Int(log.rowResource[row])] else { continue }
                worked[Int(log.rowResource[row])] += shift.workingSeconds(
                    from: log.rowStart[row] / 1_000_000, to: min(to, log.rowEnd[row] / 1_000_000))
            }
            for (index, shift) in shifts.enumerated() {
                guard let shift else { continue }
                let utilization = Double(worked[index]) / Double(shift.workingSeconds(from: from, to: to))
                #expect(utilization > 0.01 && utilization < 0.95, "\(log.resources[index]) \(utilization)")
            }
        }
    }

    // MARK: Planted facts

    @Test func variantsListTheirFacts() {
        #expect(Self.before.plantedFacts.map(\.kind) == [.bottleneck, .slowVendor, .reworkCause, .paymentBatch])
        #expect(
            Self.after.plantedFacts.map(\.kind)
                == [.automatedApproval, .addedResource, .slowVendor, .reworkCause, .paymentBatch])
        #expect(Self.drift.plantedFacts.map(\.kind) == [.drift, .slowVendor, .reworkCause, .paymentBatch])
        #expect(Self.plain.plantedFacts.isEmpty)
        for fact in Self.before.plantedFacts + Self.after.plantedFacts + Self.drift.plantedFacts {
            #expect(fact.english.hasSuffix(".") && fact.chinese.hasSuffix("。"))
        }
    }

    private func text(_ log: SyntheticLog, _ kind: PlantedFact.Kind, _ name: String) -> String {
        guard case .text(let text)? = log.plantedFacts.first(where: { $0.kind == kind })?[name] else { return "missing" }
        return text
    }

    private func number(_ log: SyntheticLog, _ kind: PlantedFact.Kind, _ name: String) -> Double {
        guard case .number(let number)? = log.plantedFacts.first(where: { $0.kind == kind })?[name] else { return .nan }
        return number
    }

    @Test func plantedBottleneckHoldsMostTime() {
        let named = text(Self.before, .bottleneck, "source") + " → " + text(Self.before, .bottleneck, "target")
        let ranked = totals(Self.before)
        #expect(ranked[0].name == named)
        #expect(Double(ranked[0].total) > 1.2 * Double(ranked[1].total))
        #expect(totals(Self.after)[0].name != named)
        #expect(totals(Self.plain)[0].name != named)
        let clerks = Self.before.resources.filter { $0.role == text(Self.before, .bottleneck, "role") }
        #expect(Double(clerks.count) == number(Self.before, .bottleneck, "resources"))
    }

    /// What waits at the bottleneck waits for its clerk: between the last receipt and the match, the clerk is busy with other
    /// matches for almost all of the working hours.
    @Test func bottleneckWaitsForBusyPeople() {
        let log = Self.make("before", 1_200)
        let office = PurchaseToPaySettings.officeHours
        var busy: [(start: Int64, end: Int64)] = []
        for row in 0..<log.rowCount where log.rowActivity[row] == Activity.match.rawValue {
            busy.append((log.rowStart[row] / 1_000_000, log.rowEnd[row] / 1_000_000))
        }
        busy.sort { $0.start < $1.start }
        // Working seconds of the clerk before each match, to look up how much was done in a stretch.
        var before: [Int64] = [0]
        for stretch in busy { before.append(before[before.count - 1] + office.workingSeconds(from: stretch.start, to: stretch.end)) }
        func done(until time: Int64) -> Int64 {
            var low = 0
            var high = busy.count
            while low < high {
                let middle = (low + high) / 2
                if busy[middle].start < time { low = middle + 1 } else { high = middle }
            }
            guard low > 0 else { return 0 }
            return before[low - 1] + office.workingSeconds(from: busy[low - 1].start, to: min(time, busy[low - 1].end))
        }
        var waited: Int64 = 0
        var worked: Int64 = 0
        // The crowd at the very beginning belongs to cases that are not shown.
        for index in 200..<log.caseCount - 200 {
            let match = rows(log, index, .match)[0]
            let ready = (rows(log, index, .goodsReceipt) + rows(log, index, .invoiceReceipt)).map { log.rowEnd[$0] }.max()! / 1_000_000
            let start = log.rowStart[match] / 1_000_000
            waited += office.workingSeconds(from: ready, to: start)
            worked += done(until: start) - done(until: ready)
        }
        #expect(Double(worked) > 0.97 * Double(waited), "\(worked) of \(waited)")
        #expect(worked <= waited)
    }

    /// The totals hold the whole of the cycle times, but for what runs side by side.
    @Test func totalsAddUpToCycleTimes() {
        let sum = totals(Self.before).reduce(0) { $0 + Double($1.total) } / 86_400e6
        let cycles = cycleDays(Self.before).reduce(0, +)
        #expect(abs(sum / cycles - 1) < 0.02)
    }

    @Test func slowVendorDeliversLate() {
        let log = Self.before
        let slow = log.vendors.firstIndex(of: text(log, .slowVendor, "vendor"))!
        var delivery: [[Double]] = [[], []]
        for index in 0..<log.caseCount {
            let confirmed = log.rowEnd[rows(log, index, .confirm).last!]
            let received = log.rowStart[rows(log, index, .goodsReceipt)[0]]
            delivery[Int(log.caseVendor[index]) == slow ? 1 : 0].append(Double(received - confirmed) / 86_400e6)
        }
        #expect(delivery[1].count > 200)
        #expect(median(delivery[1]) > 3 * median(delivery[0]))
        let cycles = cycleDays(log)
        let slowCycles = cycles.indices.filter { Int(log.caseVendor[$0]) == slow }.map { cycles[$0] }
        #expect(median(slowCycles) > 1.1 * median(cycles))
    }

    @Test func reworkCauseChangesPrices() {
        let log = Self.before
        let group = log.materialGroups.firstIndex(of: text(log, .reworkCause, "value"))!
        var changed = [0, 0]
        var cases = [0, 0]
        for index in 0..<log.caseCount {
            let side = Int(log.caseMaterialGroup[index]) == group ? 1 : 0
            let matched = log.rowStart[rows(log, index, .match)[0]]
            let changes = rows(log, index, .changePrice).filter { log.rowEnd[$0] <= matched }.count
            let others = rows(log, index, .changeQuantity).filter { log.rowEnd[$0] <= matched }.count
            #expect(rows(log, index, .sendOrder).count == 1 + changes + others)
            cases[side] += 1
            if changes > 0 { changed[side] += 1 }
        }
        #expect(fits(changed[1], of: cases[1], number(log, .reworkCause, "probability")))
        #expect(fits(changed[0], of: cases[0], number(log, .reworkCause, "probability_elsewhere")))
    }

    @Test func paymentsAreMadeTogetherOnceAWeek() {
        for log in [Self.before, Self.after, Self.drift] {
            var runs: [Int64: Int] = [:]
            for row in 0..<log.rowCount where log.rowActivity[row] == Activity.pay.rawValue {
                let clock = Instant(microseconds: log.rowStart[row]).civil(offset: log.offset)
                // 1970-01-02 was a Friday.
                #expect(clock.date.daysSinceEpoch % 7 == 1 && clock.hour == 16 && clock.minute == 0 && clock.second == 0)
                runs[log.rowStart[row], default: 0] += 1
                // Nothing that was ready for an earlier run was left lying.
                #expect(log.rowStart[row] - log.rowEnd[row - 1] < 7 * Microseconds.day)
            }
            #expect(runs.values.filter { $0 > 1 }.count > runs.count * 9 / 10)
        }
    }

    // MARK: Before and after

    @Test func demandIsShared() {
        let (before, after) = (Self.before, Self.after)
        #expect(before.caseCount == after.caseCount)
        #expect(before.caseAmountCents == after.caseAmountCents)
        #expect(before.caseVendor == after.caseVendor)
        #expect(before.casePlant == after.casePlant)
        #expect(before.caseMaterialGroup == after.caseMaterialGroup)
        for index in 0..<before.caseCount {
            #expect(
                rows(before, index).map { before.rowActivity[$0] }.sorted() == rows(after, index).map { after.rowActivity[$0] }.sorted())
        }
    }

    @Test func smallRequisitionsAreApprovedByASystem() {
        let limit = Int64(number(Self.after, .automatedApproval, "amount_below") * 100)
        #expect(limit == 500_000)
        for (log, automated) in [(Self.before, false), (Self.after, true)] {
            for index in 0..<log.caseCount {
                for row in rows(log, index, .approve) {
                    let isSmall = log.caseAmountCents[index] < limit
                    #expect((person(log, row).role == "System") == (automated && isSmall))
                    if automated, isSmall { #expect(log.rowEnd[row] - log.rowStart[row] <= 90 * Microseconds.second) }
                }
            }
        }
    }

    @Test func oneMoreInvoiceClerkPerOrganisation() {
        func clerks(_ log: SyntheticLog) -> Int { log.resources.filter { $0.role == "Invoice Clerk" }.count }
        #expect(clerks(Self.make("before", 300)) == 1)
        #expect(clerks(Self.make("after", 300)) == 2)
        #expect(clerks(Self.before) == 4)
        #expect(clerks(Self.after) == 8)
        #expect(number(Self.after, .addedResource, "added") == 4)
        let names = Set(Self.before.resources.map(\.name))
        #expect(Self.after.resources.filter { !names.contains($0.name) }.allSatisfy { $0.role == "Invoice Clerk" })
    }

    @Test func changesShortenTheCycle() {
        let change = median(cycleDays(Self.after)) / median(cycleDays(Self.before)) - 1
        #expect(change > -0.5 && change < -0.2, "\(change)")
    }

    @Test(arguments: ["before", "after", "plain"]) func cycleTimesSpreadAsRealOnes(variant: String) {
        let log = variant == "before" ? Self.before : variant == "after" ? Self.after : Self.plain
        let deviation = logDeviation(cycleDays(log))
        #expect(deviation > 0.5 && deviation < 0.7, "\(deviation)")
    }

    /// Over many organisations the first half of the cases takes as long as the second.
    @Test(arguments: ["before", "after", "plain"]) func nothingChangesOverTime(variant: String) {
        let cycles = cycleDays(Self.make(variant, 15_000))
        let first = median(cycles[..<(cycles.count / 2)])
        let second = median(cycles[(cycles.count / 2)...])
        #expect(abs(first / second - 1) < (variant == "before" ? 0.12 : 0.06), "\(first) \(second)")
    }

    // MARK: Drift and plain

    @Test func driftIsTheSameLogUntilItsDate() {
        guard case .instant(let date, let offset)? = Self.drift.plantedFacts.first(where: { $0.kind == .drift })?["date"] else {
            Issue.record("a drift has a date")
            return
        }
        let clock = date.civil(offset: offset)
        // 1970-01-05 was a Monday.
        #expect(clock.date.daysSinceEpoch % 7 == 4 && clock.hour == 0 && clock.minute == 0)
        func earlier(_ log: SyntheticLog) -> [[Int64]] {
            (0..<log.caseCount).map { index in
                rows(log, index).filter { log.rowEnd[$0] < date.microseconds }.flatMap {
                    [Int64(log.rowActivity[$0]), log.rowStart[$0], log.rowEnd[$0], Int64(log.rowResource[$0])]
                }
            }
        }
        #expect(earlier(Self.before) == earlier(Self.drift))
        var delivery: [[Double]] = [[], []]
        for index in 0..<Self.drift.caseCount {
            let confirmed = Self.drift.rowEnd[rows(Self.drift, index, .confirm).last!]
            let received = Self.drift.rowStart[rows(Self.drift, index, .goodsReceipt)[0]]
            delivery[confirmed < date.microseconds ? 0 : 1].append(Double(received - confirmed))
        }
        #expect(abs(Double(delivery[0].count) / Double(Self.drift.caseCount) - 0.5) < 0.1)
        #expect(median(delivery[1]) > 1.8 * median(delivery[0]))
    }

    @Test func plainWorksAroundTheClockAndPaysAtOnce() {
        let log = Self.plain
        var hours = [Int](repeating: 0, count: 24)
        var weekdays = [Int](repeating: 0, count: 7)
        for row in 0..<log.rowCount where person(log, row).role != "System" {
            let clock = Instant(microseconds: log.rowStart[row]).civil(offset: log.offset)
            hours[clock.hour] += 1
            weekdays[clock.date.daysSinceEpoch % 7] += 1
        }
        #expect(hours.min()! * 2 > hours.max()!)
        #expect(weekdays.min()! * 2 > weekdays.max()!)
        for index in 0..<log.caseCount {
            let last = log.caseRows[index + 1] - 1
            #expect(log.rowStart[last] == log.rowEnd[last - 1])
        }
    }

    /// Queues form all the same: a part of the matches waits for a free clerk.
    @Test func plainStillQueues() {
        let log = Self.plain
        let waiting = (0..<log.caseCount).filter { index in
            let match = rows(log, index, .match)[0]
            let ready = (rows(log, index, .goodsReceipt) + rows(log, index, .invoiceReceipt)).map { log.rowEnd[$0] }.max()!
            return log.rowStart[match] > ready
        }.count
        #expect(waiting > log.caseCount / 2 && waiting < log.caseCount)
    }
}
