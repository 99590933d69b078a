import Instants
import Simulation
import WorkingTime

/// Small models whose answers are known.
enum QueueModels {
    /// Stations one after the other, each with its servers, around the clock.
    static func line(gap: Distribution, _ stations: [(servers: Int, service: Distribution)]) -> SimulationModel {
        var resources: [SimulationResource] = []
        for (role, station) in stations.enumerated() {
            for server in 0..<station.servers {
                resources.append(SimulationResource(name: "R\(role + 1)-\(server + 1)", role: role, calendar: 0))
            }
        }
        return SimulationModel(
            activities: stations.enumerated().map {
                SimulationActivity(name: letter($0.offset), performers: [.init(role: $0.offset, duration: $0.element.service)])
            },
            roles: stations.indices.map { SimulationRole(name: "R\($0 + 1)") }, resources: resources, calendars: [.always],
            arrivals: Arrivals(.gaps(gap, clock: .working)), flow: .graph(.sequence(Array(stations.indices))))
    }

    static func letter(_ index: Int) -> String { String(UnicodeScalar(UInt8(65 + index))) }

    /// One activity by two people on shifts of twelve hours each that do not meet.
    static let shifts: SimulationModel = {
        let day = WorkCalendar(name: "day", hours: try! WeeklyHours(text: "Mon-Sun 08:00-20:00"), offset: 0)
        let night = WorkCalendar(name: "night", hours: try! WeeklyHours(text: "Mon-Sun 20:00-08:00"), offset: 0)
        return SimulationModel(
            activities: [SimulationActivity(name: "A", performers: [.init(role: 0, duration: .exponential(mean: 600))])],
            roles: [SimulationRole(name: "R")],
            resources: [
                SimulationResource(name: "RD", role: 0, calendar: 0), SimulationResource(name: "RN", role: 0, calendar: 1),
            ], calendars: [day, night], arrivals: Arrivals(.gaps(.exponential(mean: 3_600), clock: .working)),
            flow: .graph(.sequence([0])))
    }()

    /// Office hours, Monday to Friday.
    static let office = WorkCalendar(name: "office", hours: try! WeeklyHours(text: "Mon-Fri 08:00-12:00,13:00-17:00"), offset: 0)
    static let lateOffice = WorkCalendar(name: "late", hours: try! WeeklyHours(text: "Mon-Sat 10:00-19:00"), offset: 0)

    /// Monday 2026-01-05T00:00:00Z.
    static let monday: Int64 = 1_767_571_200 * Microseconds.second

    /// A model with everything at once, of overlapping pools, calendars, delays, batches, automation, scripts and rework.
    static func motley(seed: UInt64) -> SimulationModel {
        let people = SimulationRole(name: "People")
        let experts = SimulationRole(name: "Experts")
        let system = SimulationRole(name: "System", isSystem: true)
        let scripts = (0..<12).map { number -> CaseScripts.Script in
            var steps: [CaseScripts.Step] = []
            for place in 0..<(3 + (number + Int(seed)) % 5) {
                let after = place == 0 ? [] : place % 3 == 2 && place > 1 ? [place - 2] : [place - 1]
                steps.append(CaseScripts.Step(activity: (number * 7 + place * place) % 5, after: after))
            }
            steps.append(CaseScripts.Step(activity: 4, after: [steps.count - 1, max(0, steps.count - 2)].uniqued))
            return CaseScripts.Script(steps: steps, weight: Double(1 + number % 3), row: number)
        }
        return SimulationModel(
            activities: [
                SimulationActivity(
                    name: "A", performers: [.init(role: 0, duration: .logNormal(mean: 1_200, variance: 1e6))],
                    delay: .init(.exponential(mean: 3_000))),
                SimulationActivity(
                    name: "B",
                    performers: [
                        .init(role: 0, weight: 2, duration: .gamma(mean: 900, variance: 4e5)),
                        .init(role: 1, weight: 1, duration: .uniform(lower: 300, upper: 2_000)),
                    ], delaysAfter: [.init(activity: 0, delay: .init(.fixed(7_200), calendar: 0))]),
                SimulationActivity(
                    name: "C",
                    performers: [
                        .init(
                            role: 1, duration: .fixed(600), repeatedDuration: .fixed(60),
                            resources: [
                                .init(resource: 1, duration: .fixed(700)), .init(resource: 3, duration: .exponential(mean: 800)),
                            ])
                    ]),
                SimulationActivity(
                    name: "D", performers: [.init(role: 2, duration: .exponential(mean: 60))],
                    batching: .init(release: .every(12 * Microseconds.hour, from: 9 * Microseconds.hour))),
                SimulationActivity(
                    name: "E", performers: [.init(role: 1, duration: .triangular(lower: 100, mode: 300, upper: 1_500))],
                    batching: .init(release: .init(size: 4, longestWait: 20 * Microseconds.hour), form: .together),
                    automation: .init(share: 0.3, duration: .fixed(30), role: 2)),
            ], roles: [people, experts, system],
            resources: [
                SimulationResource(name: "Ann", role: 0, calendar: 0, costPerHour: 30),
                SimulationResource(name: "Bea", role: 0, calendar: 1, costPerHour: 40),
                SimulationResource(name: "Cid", role: 1, calendar: 0), SimulationResource(name: "Dan", role: 1, calendar: 1),
            ], calendars: [office, lateOffice],
            arrivals: Arrivals(.gaps(.exponential(mean: 2_400), clock: .working), calendar: 0, bundle: .uniform(lower: 0.5, upper: 3.4)),
            flow: .scripts(CaseScripts(scripts)),
            attributes: CaseAttributes([.init(name: "size", values: .integer((0..<12).map { Int64($0) }))]),
            priorities: (0..<12).map { UInt8($0 % 2) })
    }
}

extension [Int] {
    var uniqued: [Int] { reduce(into: []) { if !$0.contains($1) { $0.append($1) } } }
}
