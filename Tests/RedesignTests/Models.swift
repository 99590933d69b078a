import Instants
import Simulation
import Statistics
import WorkingTime

/// Models whose answers are known, and random ones.
enum Models {
    static let hour: Int64 = 3_600_000_000

    /// Cases every ten hours, whose activities `A`, `B`, … take so many seconds by people who never wait and never sleep.
    static func sequence(_ seconds: [Double], asScripts: Bool) -> SimulationModel {
        let activities = seconds.enumerated().map { number, length in
            SimulationActivity(name: letter(number), performers: [.init(role: 0, duration: .fixed(length))])
        }
        let flow: ControlFlow =
            asScripts
            ? .scripts(CaseScripts([chain(Array(seconds.indices))])) : .graph(.sequence(Array(seconds.indices)))
        return SimulationModel(
            activities: activities, roles: [SimulationRole(name: "Clerk")],
            resources: (0..<4).map { SimulationResource(name: "clerk \($0)", role: 0, calendar: 0) }, calendars: [.always],
            arrivals: Arrivals(.gaps(.fixed(36_000), clock: .elapsedThenOpening)), flow: flow)
    }

    static func letter(_ number: Int) -> String { String(UnicodeScalar(UInt8(65 + number))) }

    static func chain(_ activities: [Int], weight: Double = 1, row: Int? = nil) -> CaseScripts.Script {
        CaseScripts.Script(
            steps: activities.enumerated().map { CaseScripts.Step(activity: $1, after: $0 == 0 ? [] : [$0 - 1]) }, weight: weight, row: row)
    }

    /// A random partial order.
    static func script(_ random: inout RandomStream, activities: Int, longest: Int, row: Int?) -> CaseScripts.Script {
        let length = 1 + random.index(below: longest)
        var steps: [CaseScripts.Step] = []
        for place in 0..<length {
            var after: Set<Int> = []
            if place > 0 && random.unit() < 0.9 { after.insert(place - 1) }
            for before in 0..<place where random.unit() < 0.15 { after.insert(before) }
            steps.append(
                CaseScripts.Step(
                    activity: random.index(below: activities), after: after.sorted(),
                    delay: random.unit() < 0.1 ? Int64(random.index(below: 9_000)) * 1_000_000 : nil,
                    work: random.unit() < 0.2 ? Int64(random.index(below: 900)) * 1_000_000 : nil))
        }
        return CaseScripts.Script(steps: steps, weight: random.unit() < 0.5 ? 1 : 0.2 + random.unit(), row: row)
    }

    /// A random model of four activities and two roles, with scripts or with a graph of choices and loops.
    static func random(_ seed: UInt64) -> SimulationModel {
        var random = RandomStream(seed: seed, path: [17])
        let rows = 12
        var activities = (0..<4).map { number in
            SimulationActivity(
                name: letter(number), performers: [.init(role: number % 2, duration: .exponential(mean: 60 + 600 * random.unit()))])
        }
        activities[0].performers.append(.init(role: 1, weight: 0.5, duration: .uniform(lower: 5, upper: 90)))
        activities[1].performers[0].resources = [
            .init(resource: 2, duration: .fixed(100)), .init(resource: 3, duration: .exponential(mean: 200)),
        ]
        activities[2].delaysAfter = [.init(activity: 1, delay: .init(.fixed(1_800))), .init(activity: 0, delay: .init(.fixed(60)))]
        if random.unit() < 0.5 { activities[3].batching = .init(release: .every(hour * 24, from: hour * 16)) }
        let hours = WeeklyHours((0..<5).map { .init(start: ($0 * 24 + 8) * hour, end: ($0 * 24 + 17) * hour) })
        let calendars = [WorkCalendar.always, WorkCalendar(name: "office", hours: hours, offset: 3_600)]
        let resources = (0..<5).map { SimulationResource(name: "person \($0)", role: $0 < 2 ? 0 : 1, calendar: random.index(below: 2)) }
        let flow: ControlFlow
        if random.unit() < 0.5 {
            var scripts = (0..<12).map { script(&random, activities: 4, longest: 7, row: $0 % rows) }
            scripts.append(chain([0, 1, 2, 3], row: 0))
            flow = .scripts(CaseScripts(scripts, order: random.unit() < 0.5 ? .drawn : .inTurn))
        } else {
            // A, then a choice of B and C, which may go back to A or on to D.
            let p = 0.1 + 0.8 * random.unit()
            flow = .graph(
                FlowGraph(
                    nodes: [
                        .init(id: "start", arcs: [.init(target: 1)]), .init(id: "a", action: .activity(0), arcs: [.init(target: 2)]),
                        .init(id: "choice", split: .one, arcs: [.init(target: 3, probability: p), .init(target: 4, probability: 1 - p)]),
                        .init(id: "b", action: .activity(1), arcs: [.init(target: 5)]),
                        .init(id: "c", action: .activity(2), arcs: [.init(target: 5)]),
                        .init(id: "again", split: .one, arcs: [.init(target: 1, probability: 0.2), .init(target: 6, probability: 0.8)]),
                        .init(id: "d", action: .activity(3), arcs: [.init(target: 7)]), .init(id: "end"),
                    ], starts: [0]))
        }
        return SimulationModel(
            activities: activities, roles: [SimulationRole(name: "Clerk"), SimulationRole(name: "Buyer")], resources: resources,
            calendars: calendars, arrivals: Arrivals(.gaps(.exponential(mean: 4_000), clock: .elapsedThenOpening)), flow: flow,
            attributes: CaseAttributes([
                .init(name: "amount", values: .number((0..<rows).map { Double($0 * 1_000) })),
                .init(name: "plant", values: .text((0..<rows).map { $0 % 2 == 0 ? "P1" : nil })),
            ]), offset: 3_600)
    }

    /// A random change that may or may not fit a random model.
    static func change(_ random: inout RandomStream) -> PlannedChangeText {
        let names = ["A", "B", "C", "D"]
        let name = names[random.index(below: 4)]
        let other = names[random.index(below: 4)]
        let role = random.unit() < 0.5 ? "Clerk" : "Buyer"
        let share = Double(random.index(below: 101)) / 100
        let text =
            switch random.index(below: 11) {
            case 0: "automate: {activity: \(name), share: \(share), duration: 30s, when: \"amount < \(random.index(below: 9_000) + 1)\"}"
            case 1: "automate: {activity: \(name), duration: 1m30s}"
            case 2: "remove: {activity: \(name)}"
            case 3: "resource: {role: \(role), add: \(1 + random.index(below: 3))}"
            case 4: "resource: {role: \(role), add: -1}"
            case 5: "duration: {activity: \(name), scale: \(0.1 + random.unit())}"
            case 6: "parallelize: {activities: [\(name), \(name == other ? "X" : other)]}"
            case 7: "calendar: {role: \(role), hours: \"Mon-Fri 08:00-12:00,13:00-18:00; Sat 22:00-24:00\"}"
            case 8: "arrivals: {scale: 1.\(random.index(below: 9))}"
            case 9: "batch: {activity: \(name), every: \(["off", "1d", "1h", "1w"][random.index(below: 4)])}"
            default: "route: {from: \(name), to: \(other), probability: \(share)}"
            }
        return PlannedChangeText(text: text)
    }

    /// A change as its text.
    struct PlannedChangeText {
        var text: String
    }
}
