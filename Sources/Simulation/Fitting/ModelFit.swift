import EventLogs
import Foundation
import Instants
import Performance
import WorkingTime

/// Learns the parts of a model from a log and puts them together.
struct ModelFit {
    let log: EventLog
    let work: ObservedWork
    let roles: RoleFit
    let oracle: ConcurrencyOracle
    let enablement: Enablement
    let idle: IdleTimes
    let batching: BatchingFit
    /// Whether end activities tell which cases are complete.
    let knowsEnds: Bool
    /// The positions of the complete cases, each with the weight that makes up for cases that were cut off.
    private(set) var complete: [(position: Int, weight: Double)] = []
    private(set) var activities: [SimulationActivity] = []
    private(set) var parts: [FitReport.Part] = []
    private(set) var outsideHours = 0
    let delays: DelayFit
    private let firsts: [Int]
    /// Of each row the working time that stays with its case.
    private var workOf: [Int64?] = []
    private let caseOf: [Int]
    private let qualified: [Int: [Int]]

    init(_ log: EventLog, _ options: FitOptions) throws(FitError) {
        self.log = log
        let work = ObservedWork(log)
        if work.count == 0 { throw .noTimedInstances }
        let times = CaseTimes.of(log, endActivities: options.endActivities)
        let completeness = Completeness(times, work, declared: options.endActivities)
        let complete = Self.complete(work, times, completeness)
        if complete.isEmpty { throw .noCompleteCase(endActivities: times.ends.names) }
        let roles = RoleFit(work)
        let oracle = ConcurrencyOracle(work)
        let enablement = Enablement(work, oracle)
        let idle = IdleTimes(work, roles)
        let batching = BatchingFit(work, enablement)
        let qualified = Self.qualified(work, roles)
        delays = DelayFit(
            work, roles, enablement, idle, isBatched: batching.weekly.map { $0 != nil },
            capable: Self.capable(work, roles, qualified))
        firsts = work.cases.compactMap { range in range.min { (work.start[$0], $0) < (work.start[$1], $1) } }
        self.work = work
        var caseOf = [Int](repeating: 0, count: work.count)
        for (position, range) in work.cases.enumerated() {
            for row in range { caseOf[row] = position }
        }
        self.caseOf = caseOf
        knowsEnds = completeness.isKnown
        self.complete = complete
        self.roles = roles
        self.oracle = oracle
        self.enablement = enablement
        self.idle = idle
        self.batching = batching
        self.qualified = qualified
        makeActivities()
    }

    /// The complete cases. A log that ends while cases are under way lacks long cases among the late ones: a complete case of that length
    /// counts once for every case that it would have been seen to end of (inverse probability of censoring).
    private static func complete(
        _ work: ObservedWork, _ times: CaseTimes, _ completeness: Completeness
    ) -> [(position: Int, weight: Double)] {
        let positions = work.cases.indices.filter { completeness.isComplete[$0] }
        let end = times.lastCompletion.filter { $0 != Instant.missing }.max() ?? 0
        let known = times.firstStart.filter { $0 != Instant.missing }
        guard positions.count < work.cases.count else { return positions.map { ($0, 1) } }
        let observed = known.map { end - $0 }.sorted()
        return positions.map { position in
            var low = 0
            var high = observed.count
            while low < high {
                let middle = (low + high) / 2
                if observed[middle] < times.cycle[position] { low = middle + 1 } else { high = middle }
            }
            // Nobody counts for more than ten.
            return (position, min(10, Double(observed.count) / Double(max(observed.count - low, 1))))
        }
    }

    // MARK: Who can do what

    private static func qualified(_ work: ObservedWork, _ roles: RoleFit) -> [Int: [Int]] {
        let n = work.activityNames.count
        var counts: [Int: [Int: Int]] = [:]
        var totals = [Int](repeating: 0, count: roles.resources.count)
        for row in 0..<work.count where work.resource[row] >= 0 {
            let place = roles.placeOfResource[work.resource[row]]
            if place < 0 { continue }
            counts[roles.resources[place].role * n + work.activity[row], default: [:]][place, default: 0] += 1
            totals[place] += 1
        }
        var result: [Int: [Int]] = [:]
        for (key, byResource) in counts {
            let members = roles.resources.indices.filter { roles.resources[$0].role == key / n }
            let all = members.reduce(0) { $0 + totals[$1] }
            let own = byResource.values.reduce(0, +)
            // Somebody of the role who never did it can, unless that were unlikely.
            result[key] = members.filter { member in
                byResource[member] != nil || Double(own) * Double(totals[member]) / Double(all) < 6
            }
        }
        return result
    }

    private static func capable(_ work: ObservedWork, _ roles: RoleFit, _ qualified: [Int: [Int]]) -> (Int) -> [Int]? {
        { row in
            let role = roles.role(work, row)
            return roles.roles[role].isSystem ? nil : qualified[role * work.activityNames.count + work.activity[row]]
        }
    }

    // MARK: Activities

    /// Durations with fewer observations than this are taken from a wider group.
    private static let enough = 10

    private mutating func makeActivities() {
        let n = work.activityNames.count
        var byPair: [Int: [(seconds: Double, isRepeated: Bool)]] = [:]
        var byActivity = [[Double]](repeating: [], count: n)
        var byRole = [[Double]](repeating: [], count: roles.roles.count)
        var counts = [Int](repeating: 0, count: n * roles.roles.count)
        workOf = [Int64?](repeating: 0, count: work.count)
        for row in 0..<work.count {
            let role = roles.role(work, row)
            counts[work.activity[row] * roles.roles.count + role] += 1
            guard work.hasStart[row] else { continue }
            let seconds = duration(row, role)
            workOf[row] = Int64(seconds * 1e6)
            byPair[work.activity[row] * roles.roles.count + role, default: []].append((seconds, work.visit[row] > 0))
            byActivity[work.activity[row]].append(seconds)
            byRole[role].append(seconds)
        }
        for activity in 0..<n {
            var performers: [SimulationActivity.Performer] = []
            for role in roles.roles.indices {
                let count = counts[activity * roles.roles.count + role]
                if count == 0 { continue }
                let own = byPair[activity * roles.roles.count + role] ?? []
                let name = work.activityNames[activity]
                let roleName = roles.roles[role].name
                var repeated: Distribution?
                let fit: Distribution
                let first = own.filter { !$0.isRepeated }.map(\.seconds)
                let again = own.filter(\.isRepeated).map(\.seconds)
                if Self.differ(first, again) {
                    fit = makeDuration(name, roleName, .own, first)
                    repeated = makeDuration(name, roleName + " repeated", .own, again)
                } else if own.count >= Self.enough {
                    fit = makeDuration(name, roleName, .own, own.map(\.seconds))
                } else if byActivity[activity].count >= Self.enough {
                    fit = makeDuration(name, roleName, .activity, byActivity[activity])
                } else if byRole[role].count >= Self.enough {
                    fit = makeDuration(name, roleName, .role, byRole[role])
                } else {
                    let all = byActivity.flatMap { $0 }
                    if own.isEmpty && all.isEmpty {
                        fit = .fixed(0)
                        parts.append(
                            FitReport.Part(
                                .duration, name: name, detail: roleName, method: .fixed, basis: .assumed, observations: 0, meanS: 0))
                    } else if own.isEmpty || all.count >= Self.enough {
                        fit = makeDuration(name, roleName, .log, all)
                    } else {
                        fit = makeDuration(name, roleName, .own, own.map(\.seconds))
                    }
                }
                var performer = SimulationActivity.Performer(role: role, weight: Double(count), duration: fit, repeatedDuration: repeated)
                if let able = qualified[role * n + activity], able.count < roles.resources.filter({ $0.role == role }).count {
                    performer.resources = able.map { SimulationActivity.Individual(resource: $0, duration: fit) }
                }
                performers.append(performer)
            }
            activities.append(SimulationActivity(name: work.activityNames[activity], performers: performers))
        }
        addWaiting()
    }

    private mutating func duration(_ row: Int, _ role: Int) -> Double {
        let elapsed = work.completion[row] - work.start[row]
        var time = elapsed
        if let who = work.resource[row] >= 0 ? roles.placeOfResource[work.resource[row]] : nil, who >= 0 {
            let worked = roles.calendars[roles.resources[who].calendar].worked(from: work.start[row], to: work.completion[row])
            if worked > 0 || elapsed == 0 { time = worked } else { outsideHours += 1 }
        }
        return Double(time) / 1e6
    }

    /// Whether durations of first and of further visits differ clearly: the means of their logarithms by four standard errors.
    private static func differ(_ first: [Double], _ again: [Double]) -> Bool {
        guard first.count >= 20, again.count >= 20 else { return false }
        let moments: ([Double]) -> (mean: Double, error: Double) = { sample in
            let logs = sample.map { Foundation.log(max($0, 1)) }
            let mean = logs.reduce(0, +) / Double(logs.count)
            let variance = logs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(logs.count - 1)
            return (mean, variance / Double(logs.count))
        }
        let (a, b) = (moments(first), moments(again))
        return (a.mean - b.mean).magnitude > 4 * (a.error + b.error).squareRoot() && (a.mean - b.mean).magnitude > 0.1
    }

    private mutating func makeDuration(_ name: String, _ detail: String, _ basis: FitReport.Basis, _ sample: [Double]) -> Distribution {
        let fit = DistributionFit(sample)
        parts.append(
            FitReport.Part(
                .duration, name: name, detail: detail, method: fit.method, basis: basis, observations: sample.count,
                heldOutLogLikelihood: fit.heldOut, meanS: fit.distribution.mean))
        return fit.distribution
    }

    private mutating func addWaiting() {
        for (activity, weekly) in batching.weekly.enumerated() {
            guard let weekly else { continue }
            activities[activity].batching = SimulationActivity.Batching(release: .init(weekly: weekly))
            parts.append(
                FitReport.Part(
                    .batching, name: work.activityNames[activity], method: .weeklyTimes, observations: batching.observations[activity]))
        }
        Self.add(delays, to: &activities)
        for group in delays.groups {
            let method: FitReport.Method = group.distribution == nil ? .fixed : group.calendar == nil ? .perCase : .empirical
            parts.append(
                FitReport.Part(
                    .delay, name: work.activityNames[group.activity],
                    detail: group.previous < 0 ? nil : work.activityNames[group.previous], method: method, basis: group.basis,
                    observations: group.observations, meanS: group.mean))
        }
    }

    private static func add(_ delays: DelayFit, to activities: inout [SimulationActivity]) {
        for group in delays.groups {
            if let distribution = group.distribution {
                let delay = SimulationActivity.Delay(distribution, calendar: group.calendar)
                if group.previous < 0 {
                    activities[group.activity].delay = delay
                } else {
                    activities[group.activity].delaysAfter.append(.init(activity: group.previous, delay: delay))
                }
            } else if group.previous >= 0 {
                // Says that there is none, where rarer predecessors have one.
                activities[group.activity].delaysAfter.append(.init(activity: group.previous, delay: .init(.fixed(0))))
            }
        }
    }

    // MARK: Scripts

    /// A case's rows as a script, from a row on that `isKept` holds; what was before does not hold up what comes after.
    func script(_ range: Range<Int>, weight: Double, row: Int?, isKept: (Int) -> Bool = { _ in true }) -> CaseScripts.Script {
        var steps: [CaseScripts.Step] = []
        var placeOf = [Int](repeating: -1, count: range.count)
        for source in range where isKept(source) {
            placeOf[source - range.lowerBound] = steps.count
            let activity = work.activity[source]
            let role = roles.role(work, source)
            let performers = activities[activity].performers
            steps.append(
                CaseScripts.Step(
                    activity: activity,
                    after: enablement.after[source].compactMap { other in
                        let place = placeOf[other - range.lowerBound]
                        return place < 0 ? nil : place
                    },
                    performer: performers.count > 1 ? performers.firstIndex { $0.role == role } : nil, delay: delays.ofRow[source],
                    work: workOf[source]))
        }
        return CaseScripts.Script(steps: steps, weight: weight, row: row)
    }

    private func attributes() -> CaseAttributes? {
        let columns = log.columns.caseAttributes.map { column -> CaseAttributes.Column in
            let ids = complete.map { Int(log.caseIDs[$0.position]) }
            let values: CaseAttributes.Values =
                switch column.type {
                case .int: .integer(ids.map { id in column.number(id).flatMap { Int64(exactly: $0) } })
                case .float: .number(ids.map { column.number($0) })
                case .boolean: .boolean(ids.map { column.boolean($0) })
                case .string, .id, .date: .text(ids.map { column.text($0, forms: log.columns.timeForms) })
                }
            return CaseAttributes.Column(name: column.name, values: values)
        }
        return columns.isEmpty ? nil : CaseAttributes(columns)
    }

    // MARK: The whole

    func fitted() -> FittedModel {
        let arrival = ArrivalFit(work, roles, idle, firsts: firsts, capable: Self.capable(work, roles, qualified))
        let attributes = attributes()
        let start = firsts.map { work.start[$0] }.min() ?? 0
        let isReplayed = !FittedModel.blocks(length: (arrival.instants.last ?? start) - start).isEmpty
        // One script per case in order of arrival; a case that was cut off is played as a complete one that began alike.
        var rowOf = [Int](repeating: -1, count: work.cases.count)
        for (row, own) in complete.enumerated() { rowOf[own.position] = row }
        let completion = complete.count < firsts.count ? CaseCompletion(work, complete) : nil
        let arriving = firsts.sorted { (work.start[$0], $0) < (work.start[$1], $1) }.map { caseOf[$0] }
        let scripts = arriving.map { position in
            let cut = rowOf[position] < 0
            let donor = cut ? completion?.donor(for: work.cases[position], seed: UInt64(position)) ?? position : position
            return script(work.cases[donor], weight: 1, row: attributes == nil ? nil : rowOf[donor])
        }
        let model = SimulationModel(
            activities: activities, roles: roles.roles, resources: roles.resources,
            calendars: roles.calendars + (arrival.calendar.map { [$0] } ?? []), arrivals: arrival.arrivals,
            flow: .scripts(CaseScripts(scripts, order: isReplayed ? .inTurn : .drawn)), attributes: attributes, offset: work.offset)
        var memoryless = model
        memoryless.flow = .graph(
            MemorylessFlow.graph(work, cases: complete.map { (work.cases[$0.position], $0.weight) }))
        for activity in memoryless.activities.indices {
            memoryless.activities[activity].delay = nil
            memoryless.activities[activity].delaysAfter = []
        }
        let inOrder = DelayFit(
            work, roles, Enablement(inOrderOf: work), idle, isBatched: batching.weekly.map { $0 != nil },
            capable: Self.capable(work, roles, qualified))
        Self.add(inOrder, to: &memoryless.activities)
        let flow = FitReport.Part(
            .controlFlow, method: .cases, basis: knowsEnds ? .own : .assumed, observations: complete.count)
        let report = FitReport(
            cases: work.cases.count, completeCases: complete.count, unknownStarts: work.hasStart.filter { !$0 }.count,
            outsideHours: outsideHours,
            concurrent: oracle.pairs.map { [work.activityNames[$0.0], work.activityNames[$0.1]] },
            parts: [flow] + arrival.parts + roles.parts + parts)
        var fitted = FittedModel(
            model: model, memoryless: memoryless, report: report, start: start, cases: firsts.count, arrivals: arrival.instants)
        if isReplayed {
            fitted.model.arrivals = Arrivals(.instants([0]))
            fitted.model = fitted.model(startingAt: start)
        }
        return fitted
    }
}
