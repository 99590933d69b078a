import EventLogs
import Instants
import Performance
import Statistics
import TestSupport
import Testing

@Suite struct OrganizationTests {
    // MARK: - Against slow references

    /// Worked, parallel and summed time counted hour by hour.
    @Test(arguments: [HourLog.Shape.overlapping, .overlappingWithGaps, .eventsOnly], [61, 62] as [UInt64])
    func timesOfResourcesEqualASlowReference(shape: HourLog.Shape, seed: UInt64) throws {
        let hours = HourLog(seed: seed, shape: shape)
        let organization = Organization(of: hours.log)
        let entries = hours.cases.flatMap(\.entries)
        let resources = try #require(organization.resources)
        #expect(Set(resources.map(\.name)) == Set(entries.compactMap(\.resource)))
        #expect(organization.people == resources.count)
        #expect(organization.unassignedInstances == entries.count { $0.resource == nil })
        for worker in resources {
            let own = entries.filter { $0.resource == worker.name }
            #expect(worker.instances == own.count)
            #expect(worker.cases == hours.cases.count { $0.entries.contains { $0.resource == worker.name } })
            var open: [Int: Int] = [:]
            for entry in own { if let start = entry.start { for hour in start..<entry.end { open[hour, default: 0] += 1 } } }
            if shape == .eventsOnly {
                #expect(worker.workedS == nil && worker.parallelShare == nil && worker.utilization == nil)
                continue
            }
            let worked = Double(open.count)
            #expect(worker.workedS == worked * 3_600)
            let summed = Double(open.values.reduce(0, +))
            #expect(worker.processingS == summed * 3_600)
            #expect(worker.parallelShare == Double(open.values.count { $0 > 1 }) / worked)
            #expect(worker.meanParallelism == summed / worked)
            #expect(worker.weeks.reduce(0) { $0 + $1.instances } == worker.instances)
        }
    }

    /// Handovers, borders between roles and working together, case by case.
    @Test(arguments: HourLog.Shape.allCases, [71, 72] as [UInt64])
    func stepsEqualASlowReference(shape: HourLog.Shape, seed: UInt64) {
        let hours = HourLog(seed: seed, shape: shape)
        let log = hours.log
        let organization = Organization(of: log)
        var times: [[String]: [Double]] = [:]
        var casesOf: [[String]: Set<Int>] = [:]
        var together: [[String]: Int] = [:]
        for position in hours.cases.indices {
            let list = hours.ordered(position)
            for (before, after) in zip(list, list.dropFirst()) {
                guard let source = before.resource, let target = after.resource else { continue }
                times[[source, target], default: []].append(Double((after.start ?? after.end) - before.end) * 3_600)
                casesOf[[source, target], default: []].insert(position)
            }
            let people = Set(list.compactMap(\.resource)).sorted()
            for (place, one) in people.enumerated() { for other in people[(place + 1)...] { together[[one, other], default: 0] += 1 } }
        }
        #expect(organization.handovers.count == times.count)
        for pair in organization.handovers {
            let own = times[[pair.source, pair.target]] ?? []
            #expect(pair.count == own.count && pair.cases == casesOf[[pair.source, pair.target]]?.count)
            #expect(pair.sameResource == (pair.source == pair.target ? own.count : 0))
            let total = own.filter { $0 > 0 }.reduce(0, +)
            #expect(pair.totalS == total)
            #expect(pair.elapsed?.medianS == Quantiles.median(of: own))
        }
        #expect(Dictionary(uniqueKeysWithValues: organization.workingTogether.map { ([$0.first, $0.second], $0.cases) }) == together)
        checkBorders(organization, hours)
    }

    private func checkBorders(_ organization: Organization, _ hours: HourLog) {
        #expect(organization.departments.unit == .role)
        // Each person works most in one role.
        var votes: [String: [String: Int]] = [:]
        for entry in hours.cases.flatMap(\.entries) {
            if let person = entry.resource, let role = entry.role { votes[person, default: [:]][role, default: 0] += 1 }
        }
        let roleOf = votes.mapValues { counts in counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? "" }
        var times: [[String]: [Double]] = [:]
        var inside: [Double] = []
        var crossing: Set<Int> = []
        for position in hours.cases.indices {
            let list = hours.ordered(position)
            for (before, after) in zip(list, list.dropFirst()) {
                guard let source = before.resource.flatMap({ roleOf[$0] }), let target = after.resource.flatMap({ roleOf[$0] }) else {
                    continue
                }
                let time = Double((after.start ?? after.end) - before.end) * 3_600
                if source == target {
                    inside.append(time)
                } else {
                    times[[source, target], default: []].append(time)
                    crossing.insert(position)
                }
            }
        }
        let departments = organization.departments
        #expect(departments.count == times.values.reduce(0) { $0 + $1.count })
        #expect(departments.cases == crossing.count)
        #expect(departments.within?.n == (inside.isEmpty ? nil : inside.count))
        #expect(departments.within?.medianS == Quantiles.median(of: inside))
        #expect(Set(departments.borders.map { [$0.source, $0.target] }) == Set(times.keys))
        for border in departments.borders {
            let own = times[[border.source, border.target]] ?? []
            let total = own.filter { $0 > 0 }.reduce(0, +)
            #expect(border.count == own.count && border.totalS == total)
        }
        let ranks = departments.borders.map(\.rank)
        #expect(ranks == departments.borders.indices.map { $0 + 1 })
        #expect(zip(departments.borders, departments.borders.dropFirst()).allSatisfy { ($0.totalS ?? 0) >= ($1.totalS ?? 0) })
    }

    // MARK: - People

    @Test func peopleOfOneShownNameCountTogether() {
        let log = EventLog.tiny([
            ("1", [TinyEvent("A", end: 1, by: "x"), TinyEvent("B", end: 2, by: "y"), TinyEvent("C", end: 4, by: "z")]),
            ("2", [TinyEvent("A", end: 1, by: "x"), TinyEvent("A", end: 3, by: "x")]),
        ])
        let shown = Organization(of: log, options: Organization.Options(shown: ["Clerk", "Clerk", "Boss"], isByRole: true))
        #expect(shown.resources == nil)
        #expect(shown.handovers.map { [$0.source, $0.target] } == [["Clerk", "Clerk"], ["Clerk", "Boss"]])
        #expect(shown.handovers.map(\.count) == [2, 1])
        #expect(shown.handovers.map(\.sameResource) == [1, 0])
        #expect(shown.workingTogether.map(\.cases) == [1])
        #expect(shown.subcontracting.isEmpty)
        let named = Organization(of: log)
        #expect(named.resources?.map(\.name) == ["x", "y", "z"])
        #expect(named.handovers.count == 3)
    }

    @Test func aLogWithoutPeopleSaysSo() {
        let organization = Organization(of: EventLog.tiny([("1", [TinyEvent("A", end: 1), TinyEvent("B", end: 2)])]))
        #expect(organization.people == 0 && organization.unassignedInstances == 2)
        #expect(organization.roles.isEmpty && organization.handovers.isEmpty && organization.resources == [])
        #expect(organization.departments.unit == nil && organization.departments.borders.isEmpty)
        #expect(organization.reentry.unit == nil && organization.reentry.count == 0)
    }

    // MARK: - Utilisation

    /// Eight hours a day on weekdays, of which one person is busy half of every hour and another nearly always; a machine never sleeps.
    @Test func utilisationIsWorkWithinHours() throws {
        var stream = RandomStream(seed: 5, path: 2)
        var cases: [(name: String, events: [TinyEvent])] = []
        for day in 0..<84 where day % 7 < 5 {
            for hour in 8..<16 {
                let start = Double(day * 24 + hour) * 3_600
                let late = start + Double(stream.index(below: 1_800))
                cases.append(("\(day)-\(hour)", [TinyEvent("A", start: late, end: late + 1_800, by: "half")]))
                let split = start + 600 + Double(stream.index(below: 2_400))
                cases.append(("\(day)+\(hour)", [TinyEvent("A", start: start, end: split, by: "full")]))
                cases.append(("\(day)*\(hour)", [TinyEvent("A", start: split, end: start + 3_600, by: "full")]))
            }
            cases.append(("\(day)", [TinyEvent("A", start: Double(day) * 86_400, end: Double(day) * 86_400 + 9, by: "SYSTEM")]))
        }
        let organization = Organization(of: EventLog.tiny(cases))
        let resources = try #require(organization.resources)
        let half = try #require(resources.first { $0.name == "half" }?.utilization)
        let full = try #require(resources.first { $0.name == "full" }?.utilization)
        #expect(abs(half - 0.5) < 0.03, "\(half)")
        #expect(abs(full - 1) < 0.03, "\(full)")
        #expect(organization.hours == .learnt)
        let machine = try #require(resources.first { $0.name == "SYSTEM" })
        #expect(machine.isSystem && machine.utilization == nil)
    }

    // MARK: - Manual re-entry

    /// A log with departments: people, activities, and a field that some events bear.
    private func entries(_ rows: [(name: String, activity: String, person: String, department: String, hour: Double, field: String?)])
        -> EventLog
    {
        var builder = EventLogBuilder()
        let document = builder.attribute(named: "document", type: .string, level: .event)
        for (place, row) in rows.enumerated() {
            let event = builder.append(
                case: builder.caseNumber(row.name), activity: builder.activityNumber(row.activity),
                time: EventLog.tinyEpoch + Int64(row.hour * 3.6e9), row: place + 1)
            builder.set(.resource, event, row.person)
            builder.set(.department, event, row.department)
            if let field = row.field { builder.set(.event, attribute: document, of: event, text: field) }
        }
        return builder.finish()
    }

    @Test func plantedReentriesAreFoundAndNothingElse() {
        typealias Row = (name: String, activity: String, person: String, department: String, hour: Double, field: String?)
        var rows: [Row] = []
        for number in 0..<50 {
            let name = "c\(number)"
            rows.append((name, "Receive goods", "w", "Logistics", 0, nil))
            rows.append((name, "Enter invoice", "a", "Purchasing", 1, "INV-\(number)"))
            // Every fifth case is keyed once more in accounting, every tenth bears the number again under another name.
            if number % 5 == 0 { rows.append((name, "Re-key invoice", "b", "Accounting", 5, nil)) }
            if number % 10 == 1 { rows.append((name, "Fill ledger", "b", "Accounting", 6, "INV-\(number)")) }
            // Of these none is: by a machine, by the same department, too late, another number.
            if number % 10 == 2 { rows.append((name, "Fill ledger", "SYSTEM", "Accounting", 6, "INV-\(number)")) }
            if number % 10 == 3 { rows.append((name, "Record invoice", "a2", "Purchasing", 6, nil)) }
            if number % 10 == 4 { rows.append((name, "Fill ledger", "b", "Accounting", 24 * 9, "INV-\(number)")) }
            if number % 10 == 6 { rows.append((name, "Fill ledger", "b", "Accounting", 6, "LED-\(number)")) }
            if number % 10 == 7 { rows.append((name, "Register invoice (SAP)", "b", "Accounting", 8, nil)) }
            rows.append((name, "Pay", "p", "Treasury", 24 * 10, nil))
        }
        let found = Organization(of: entries(rows)).reentry
        #expect(found.unit == .department)
        #expect(found.count == 20 && found.cases == 20 && found.shareOfCases == 0.4)
        #expect(found.systemInstances == 5)
        #expect(found.suspects.map(\.rule) == [.reentryName, .sameEntry, .sameValue])
        #expect(found.suspects.map(\.count) == [10, 5, 5])
        #expect(found.suspects.map(\.source) == ["Enter invoice", "Enter invoice", "Enter invoice"])
        #expect(found.suspects.map(\.attribute) == [nil, nil, "document"])
        let gaps = found.suspects.map { $0.gap?.medianS ?? 0 }
        #expect(gaps == [14_400, 25_200, 18_000])
        let shorter = Organization.Options(reentry: .init(window: 5 * Microseconds.hour))
        #expect(Organization(of: entries(rows), options: shorter).reentry.count == 15)
    }
}
