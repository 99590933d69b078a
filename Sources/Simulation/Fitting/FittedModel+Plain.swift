import Instants
import WorkingTime

extension FittedModel {
    /// The model without memory as far as scenarios of Prosimos have words for it: delays are timers, and an activity takes as long the
    /// second time in a case as the first, so that it takes as long in the mean as it did. Programs that run at fixed times of the week
    /// are people who are there for an hour then: Prosimos 2.1 stops at batches with a weekday and an hour. Cases come one by one around
    /// the clock, as many a week as they did, and wait for the hours of who begins them.
    package func plain() -> SimulationModel {
        var model = memoryless.withTimers()
        let repeats = repeatedShares()
        for activity in model.activities.indices {
            for performer in model.activities[activity].performers.indices {
                let own = model.activities[activity].performers[performer]
                guard let repeated = own.repeatedDuration else { continue }
                model.activities[activity].performers[performer].duration = Self.mixture(own.duration, repeated, share: repeats[activity])
                model.activities[activity].performers[performer].repeatedDuration = nil
            }
        }
        for activity in model.activities.indices { model.replaceRuns(of: activity) }
        model.spreadArrivals()
        return model
    }

    /// Per activity the share of its instances that are not the first in their case.
    private func repeatedShares() -> [Double] {
        guard case .scripts(let scripts) = model.flow else { preconditionFailure("a learnt model plays observed cases") }
        var all = [Double](repeating: 0, count: model.activities.count)
        var first = all
        for script in scripts.scripts {
            var seen: Set<Int> = []
            for step in script.steps {
                all[step.activity] += script.weight
                if seen.insert(step.activity).inserted { first[step.activity] += script.weight }
            }
        }
        return zip(all, first).map { $0 > 0 ? 1 - $1 / $0 : 0 }
    }

    /// What is the one with a probability and else the other, as a sample of exactly its mean.
    private static func mixture(_ first: Distribution, _ second: Distribution, share: Double) -> Distribution {
        let size = 1_000
        let seconds = Int((Double(size) * share).rounded())
        let points: (Distribution, Int) -> [Double] = { distribution, count in
            (0..<count).map { distribution.quantile((Double($0) + 0.5) / Double(count)) }
        }
        let sample = (points(first, size - seconds) + points(second, seconds)).sorted()
        let mean = first.mean * (1 - share) + second.mean * share
        let own = sample.reduce(0, +) / Double(size)
        return .empirical(own > 0 ? sample.map { $0 * mean / own } : sample)
    }
}

extension SimulationModel {
    private static let hour: Int64 = 3_600_000_000
    /// As many as do in an hour what a program lets go at once.
    private static let crew = 20

    /// Lets cases come one by one around the clock, as many a week as before.
    fileprivate mutating func spreadArrivals() {
        guard case .gaps(let gaps, let clock) = arrivals.process else { return }
        var factor = 1 / (max(1, arrivals.bundle?.mean ?? 1) * arrivals.scale)
        if clock == .working, let calendar = arrivals.calendar {
            factor *= Double(WeeklyHours.week) / Double(calendars[calendar].hours.perWeek)
        }
        arrivals = Arrivals(.gaps(gaps.scaled(by: factor), clock: .elapsedThenOpening))
    }

    /// Turns a program's runs at fixed times of the week into people of a role of their own who work then.
    fileprivate mutating func replaceRuns(of activity: Int) {
        let own = activities[activity]
        guard let release = own.batching?.release, !release.weekly.isEmpty, release.size == nil, release.longestWait == nil,
            own.performers.allSatisfy({ roles[$0.role].isSystem })
        else { return }
        let name = "\(own.name) (\(roles[own.performers[0].role].name))"
        let shifts = release.weekly.map { WeeklyHours.Shift(start: $0, end: min($0 + Self.hour, WeeklyHours.week)) }
        calendars.append(WorkCalendar(name: name, hours: WeeklyHours(shifts), offset: offset))
        roles.append(SimulationRole(name: name))
        for number in 1...Self.crew {
            resources.append(
                SimulationResource(name: "\(name) \(number)", role: roles.count - 1, calendar: calendars.count - 1))
        }
        for performer in own.performers.indices { activities[activity].performers[performer].role = roles.count - 1 }
        activities[activity].batching = nil
    }
}
