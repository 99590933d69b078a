import Instants
import Simulation
import Statistics
import Testing
import WorkingTime

/// What holds of every run, whatever the model.
@Suite struct EngineTests {
    private func run(_ model: SimulationModel, cases: Int = 400, replications: Int = 2, seed: UInt64 = 1, threads: Int = 1) throws
        -> SimulationRun
    {
        try Simulator.run(
            model,
            options: SimulationOptions(
                cases: cases, replications: replications, start: QueueModels.monday, seed: seed, threads: threads, caseStart: .arrival,
                detail: .instances))
    }

    @Test func deterministicQueueIsExact() throws {
        // A case every 100 s, 150 s of work, two servers, then one server with 100 s.
        let model = QueueModels.line(gap: .fixed(100), [(2, .fixed(150)), (1, .fixed(100))])
        let outcome = try run(model, cases: 6, replications: 1).replications[0]
        let second = Microseconds.second
        for number in 0..<6 {
            let came = QueueModels.monday + Int64(number + 1) * 100 * second
            #expect(outcome.arrival[number] == came)
            // The first server of two is free again before the third case; the second station just keeps up.
            #expect(outcome.firstStart[number] == came)
            #expect(outcome.lastCompletion[number] == came + 250 * second)
            #expect(outcome.cycle[number] == 250 * second)
            #expect(outcome.waiting[number] == 0)
        }
        #expect(outcome.worked == [450 * second, 450 * second, 600 * second])
    }

    @Test func deterministicOverloadIsExact() throws {
        // D/D/1 with work 130 against gaps of 100: the n-th case waits 30 n.
        let outcome = try run(QueueModels.line(gap: .fixed(100), [(1, .fixed(130))]), cases: 50, replications: 1).replications[0]
        for number in 0..<50 { #expect(outcome.waiting[number] == Int64(number) * 30 * Microseconds.second) }
    }

    @Test func workPausesOutsideHours() throws {
        // Nine hours of work from Monday 08:00, with a break from 12 to 13, end on Tuesday at 09:00.
        var model = QueueModels.line(gap: .fixed(8 * 3_600), [(1, .fixed(9 * 3_600))])
        model.calendars = [QueueModels.office]
        let outcome = try run(model, cases: 2, replications: 1).replications[0]
        let hour = Microseconds.hour
        #expect(outcome.firstStart[0] == QueueModels.monday + 8 * hour)
        #expect(outcome.lastCompletion[0] == QueueModels.monday + 33 * hour)
        // The second case comes on Monday at 16:00, begins on Tuesday at 09:00 and ends on Wednesday at 10:00.
        #expect(outcome.firstStart[1] == QueueModels.monday + 33 * hour)
        #expect(outcome.lastCompletion[1] == QueueModels.monday + 58 * hour)
        #expect(outcome.worked == [18 * hour])
        #expect(outcome.available == [8 * hour + 8 * hour + 2 * hour])
    }

    @Test func scriptsArePlayedExactly() throws {
        // Fixed delays and work: B and C follow A, D follows both.
        var model = QueueModels.line(gap: .fixed(1_000), [(1, .fixed(1)), (1, .fixed(1)), (1, .fixed(1)), (1, .fixed(1))])
        let second = Microseconds.second
        model.flow = .scripts(
            CaseScripts(
                [
                    .init(steps: [
                        .init(activity: 0, after: [], work: 10 * second), .init(activity: 1, after: [0], work: 20 * second),
                        .init(activity: 2, after: [0], delay: 50 * second, work: 5 * second),
                        .init(activity: 3, after: [1, 2], work: 7 * second),
                    ])
                ], order: .inTurn))
        model.activities[3].durationScale = 2
        let outcome = try run(model, cases: 3, replications: 1).replications[0]
        for number in 0..<3 {
            #expect(outcome.cycle[number] == (10 + 55 + 14) * second)
            #expect(outcome.waiting[number] == 50 * second)
            #expect(outcome.service[number] == (10 + 20 + 5 + 14) * second)
        }
        #expect(outcome.instances.activity == [0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3])
    }

    @Test(arguments: 1...6) func oneThingAtATimeWithinHours(seed: UInt64) throws {
        let model = QueueModels.motley(seed: seed)
        for outcome in try run(model, seed: seed).replications {
            #expect(outcome.unfinished == 0 && outcome.stuck == 0)
            let rows = outcome.instances
            var byResource = [[(start: Int64, end: Int64, activity: UInt16)]](repeating: [], count: model.resources.count)
            for row in 0..<rows.count {
                #expect(rows.start[row] - rows.enabled[row] >= 0)
                if rows.resource[row] < 0 { continue }
                let end = rows.start[row] + rows.duration[row]
                byResource[Int(rows.resource[row])].append((rows.start[row], end, rows.activity[row]))
            }
            for (resource, spans) in byResource.enumerated() {
                let calendar = model.calendars[model.resources[resource].calendar]
                let sorted = spans.sorted { ($0.start, $0.end) < ($1.start, $1.end) }
                var worked: Int64 = 0
                var previous: (start: Int64, end: Int64, activity: UInt16)?
                for span in sorted {
                    #expect(calendar.isOpen(at: span.start), "\(model.resources[resource].name) begins outside the hours")
                    // The members of one batch of E are done together.
                    if let previous, span.activity == 4, span.start == previous.start, span.end == previous.end { continue }
                    if let previous { #expect(span.start >= previous.end, "\(model.resources[resource].name) does two things at once") }
                    worked += calendar.worked(from: span.start, to: span.end)
                    previous = span
                }
                #expect(abs(worked - outcome.worked[resource]) <= Int64(sorted.count))
            }
        }
    }

    /// No one who could do it idles within the own hours while work waits: in every gap between two instances of a person there is
    /// no moment of the own hours at which work of the own queue was waiting.
    @Test(arguments: 1...6) func workIsNeverLeftLying(seed: UInt64) throws {
        let calendars = [QueueModels.office, QueueModels.lateOffice, .always]
        var stream = RandomStream(seed: seed, path: 5)
        var model = QueueModels.line(gap: .exponential(mean: 900), [(4, .exponential(mean: 1_500)), (3, .gamma(mean: 700, variance: 1e5))])
        model.calendars = calendars
        for index in model.resources.indices { model.resources[index].calendar = stream.index(below: 3) }
        model.resources[4].calendar = 1
        for outcome in try run(model, cases: 600, replications: 1, seed: seed).replications {
            let rows = outcome.instances
            for station in 0..<2 {
                let own = (0..<rows.count).filter { rows.activity[$0] == UInt16(station) }
                for resource in model.resources.indices where model.resources[resource].role == station {
                    let calendar = calendars[model.resources[resource].calendar]
                    let busy = own.filter { rows.resource[$0] == Int32(resource) }
                        .map { (rows.start[$0], rows.start[$0] + rows.duration[$0]) }.sorted { $0 < $1 }
                    var free: [(Int64, Int64)] = []
                    var since = Int64.min
                    for (start, end) in busy {
                        if since < start { free.append((since, start)) }
                        since = end
                    }
                    free.append((since, Int64.max))
                    for row in own where rows.waiting[row] > 0 {
                        for (from, to) in free {
                            let low = max(from, rows.enabled[row])
                            let high = min(to, rows.start[row])
                            if low < high { #expect(calendar.worked(from: low, to: high) == 0, "work waits for an idle resource") }
                        }
                    }
                }
            }
        }
    }

    @Test(arguments: 1...4) func waitingIsFirstComeFirstServed(seed: UInt64) throws {
        var model = QueueModels.line(gap: .exponential(mean: 900), [(2, .exponential(mean: 1_500))])
        model.calendars = [QueueModels.office, QueueModels.lateOffice]
        model.resources[1].calendar = 1
        let rows = try run(model, cases: 300, replications: 1, seed: seed).replications[0].instances
        let order = (0..<rows.count).sorted { (rows.enabled[$0], rows.caseNumber[$0]) < (rows.enabled[$1], rows.caseNumber[$1]) }
        for (first, second) in zip(order, order.dropFirst()) { #expect(rows.start[first] <= rows.start[second]) }
    }

    /// Little's law along the run: the integral of the number of cases is the sum of their times, and so for waiting work.
    @Test(arguments: 1...4) func littleHoldsExactly(seed: UInt64) throws {
        let line = QueueModels.line(
            gap: .exponential(mean: 900), [(2, .exponential(mean: 1_500)), (1, .uniform(lower: 100, upper: 1_000))])
        for outcome in try run(line, cases: 500, seed: seed).replications {
            #expect(outcome.casesInSystemArea == outcome.cycle.reduce(0, +))
            #expect(outcome.queueAreas.reduce(0, +) == outcome.waiting.reduce(0, +))
        }
        for outcome in try run(QueueModels.motley(seed: seed), seed: seed).replications {
            #expect(outcome.casesInSystemArea == outcome.cycle.reduce(0, +))
        }
    }

    @Test func sameSeedSameRun() throws {
        let model = QueueModels.motley(seed: 2)
        let one = try run(model, replications: 20, threads: 1)
        let two = try run(model, replications: 20, threads: 2)
        #expect(one.replications == two.replications)
        let other = try run(model, replications: 20, seed: 2)
        for (left, right) in zip(one.replications, other.replications) { #expect(left.cycle != right.cycle) }
    }

    @Test func replicationsAllDiffer() throws {
        let run = try run(QueueModels.motley(seed: 1), replications: 20)
        for left in 0..<20 {
            for right in 0..<left { #expect(run.replications[left].instances != run.replications[right].instances) }
        }
    }

    /// Another person changes who waits, but no case's arrival, script or durations.
    @Test func changedModelsShareTheirRandomNumbers() throws {
        let model = QueueModels.line(gap: .exponential(mean: 100), [(1, .exponential(mean: 80)), (1, .exponential(mean: 70))])
        var more = model
        more.resources.append(SimulationResource(name: "New", role: 0, calendar: 0))
        more.activities.insert(SimulationActivity(name: "Z", performers: [.init(role: 0, duration: .fixed(1))]), at: 0)
        more.flow = .graph(.sequence([1, 2]))
        let one = try run(model, cases: 200, replications: 1).replications[0]
        let two = try run(more, cases: 200, replications: 1).replications[0]
        #expect(one.arrival == two.arrival)
        #expect(one.processing == two.processing)
        #expect(one.waiting != two.waiting)
    }

    @Test func openCasesTakeUpPeople() throws {
        var model = QueueModels.line(gap: .fixed(10), [(1, .fixed(5))])
        model.flow = .scripts(CaseScripts([.init(steps: [.init(activity: 0, after: [])])]))
        var options = SimulationOptions(cases: 1, replications: 1, caseStart: .arrival)
        options.openCases = [
            OpenCase(script: .init(steps: [.init(activity: 0, after: [], work: 60 * Microseconds.second)])),
            OpenCase(script: .init(steps: [.init(activity: 0, after: [], delay: 10 * Microseconds.second)])),
        ]
        let outcome = try Simulator.run(model, options: options).replications[0]
        #expect(outcome.waiting == [50 * Microseconds.second + 5 * Microseconds.second] || outcome.waiting == [50 * Microseconds.second])
        #expect(outcome.instanceCount == 1)
        #expect(outcome.worked == [70 * Microseconds.second])
    }

    @Test func automationFollowsItsShareAndRows() throws {
        var model = QueueModels.line(gap: .fixed(100), [(1, .fixed(50))])
        model.roles.append(SimulationRole(name: "System", isSystem: true))
        model.attributes = CaseAttributes([.init(name: "amount", values: .integer([1, 2]))])
        model.activities[0].automation = .init(share: 0.5, duration: .fixed(1), role: 1, eligible: [true, false])
        let outcome = try run(model, cases: 4_000, replications: 1).replications[0]
        var automated = 0
        for row in 0..<outcome.instances.count where outcome.instances.resource[row] < 0 {
            automated += 1
            #expect(outcome.instances.role[row] == 1)
            #expect(outcome.row[Int(outcome.instances.caseNumber[row])] == 0)
        }
        #expect(abs(automated - 1_000) < 120)
    }

    @Test func paymentRunsComeAtTheirHours() throws {
        var model = QueueModels.line(gap: .exponential(mean: 4_000), [(1, .fixed(60))])
        model.offset = 8 * 3_600
        let friday = 4 * Microseconds.day + 10 * Microseconds.hour
        let tuesday = 1 * Microseconds.day + 10 * Microseconds.hour
        model.roles[0].isSystem = true
        model.activities[0].batching = .init(release: .init(weekly: [tuesday, friday]))
        let outcome = try run(model, cases: 500, replications: 1).replications[0]
        for row in 0..<outcome.instances.count {
            let local = outcome.instances.start[row] - QueueModels.monday + 8 * Microseconds.hour
            let inWeek = local % (7 * Microseconds.day)
            #expect(inWeek == tuesday || inWeek == friday)
            #expect(outcome.instances.waiting[row] <= 4 * Microseconds.day)
        }
    }

    @Test func brokenModelsAreRefused() {
        let model = QueueModels.line(gap: .fixed(100), [(1, .fixed(50))])
        var nobody = model
        nobody.resources = []
        #expect(throws: SimulationModelError.self) { try nobody.validate() }
        var closed = model
        closed.calendars = [WorkCalendar(name: "never", hours: WeeklyHours([]), offset: 0)]
        #expect(throws: SimulationModelError.self) { try closed.validate() }
        var dangling = model
        dangling.flow = .graph(.sequence([7]))
        #expect(throws: SimulationModelError.self) { try dangling.validate() }
        var negative = model
        negative.activities[0].performers[0].duration = .fixed(-1)
        #expect(throws: SimulationModelError.self) { try negative.validate() }
    }

    @Test func deadEndsAreCounted() throws {
        var model = QueueModels.line(gap: .fixed(100), [(1, .fixed(50)), (1, .fixed(50))])
        // Two branches exclude each other, yet a join waits for both.
        model.flow = .graph(
            FlowGraph(
                nodes: [
                    .init(id: "choice", split: .one, arcs: [.init(target: 1), .init(target: 2)]),
                    .init(id: "a", action: .activity(0), arcs: [.init(target: 3)]),
                    .init(id: "b", action: .activity(1), arcs: [.init(target: 3)]), .init(id: "join", join: .all, arcs: []),
                ], starts: [0]))
        let outcome = try run(model, cases: 40, replications: 1).replications[0]
        #expect(outcome.stuck == 40 && outcome.unfinished == 0)
    }
}
