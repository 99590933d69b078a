import EventLogs
import ProcessModels
import Statistics
import TestSupport
import Testing

@Suite struct VariantTableTests {
    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func variantsEqualASlowReference(seed: UInt64) {
        let log = EventLog.random(seed: seed, cases: 120, activities: 3, longest: 4)
        let table = VariantTable(of: log)
        var groups: [[String]: [Int64]] = [:]
        for position in 0..<log.caseCount {
            let names = log.instanceRanges[position].map { log.activities[log.instances.activity[$0]] }
            groups[names, default: []].append(log.span(ofCase: position)?.cycleTime ?? -1)
        }
        let order = groups.keys.sorted { left, right in
            let counts = (groups[left]?.count ?? 0, groups[right]?.count ?? 0)
            return counts.0 != counts.1 ? counts.0 > counts.1 : left.lexicographicallyPrecedes(right)
        }
        #expect(table.total == groups.count && table.cases == 120)
        #expect(table.variants.map(\.activities) == order)
        for variant in table.variants {
            let times = TimeStatistics(microseconds: groups[variant.activities] ?? [])
            #expect(variant.count == times?.n && variant.meanS == times?.meanS && variant.medianS == times?.medianS)
            #expect(variant.share == Double(variant.count) / 120)
        }
    }

    @Test func withoutTimesVariantsHaveNone() {
        let log = EventLog.tiny([("1", [TinyEvent("A", end: nil)]), ("2", [TinyEvent("A", end: 3)]), ("3", [TinyEvent("B", end: nil)])])
        let table = VariantTable(of: log)
        #expect(table.variants.map(\.meanS) == [0, nil])
        #expect(table.variants.map(\.count) == [2, 1])
        #expect(VariantTable(of: EventLog.tiny([])).variants.isEmpty)
    }
}
