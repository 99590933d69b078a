import Instants
import WorkingTime

/// When cases come, from when they first began: the instants themselves, and bundles of cases with working time between them.
///
/// A case whose first work began as soon as somebody had time may have come before; it is taken to have come with the bundle before it
/// where nobody was idle since. So cases that came together and then queued are one bundle again.
struct ArrivalFit {
    /// Bundles as a process without memory: gaps between them, and their sizes.
    let arrivals: Arrivals
    /// When each case came, in order.
    let instants: [Int64]
    /// A further calendar that it needs, to be placed behind the others.
    let calendar: WorkCalendar?
    /// On what it stands.
    let parts: [FitReport.Part]

    /// - Parameters:
    ///   - firsts: the first row of each case that began something.
    ///   - calendars: how many calendars there are already.
    init(_ work: ObservedWork, _ roles: RoleFit, _ idle: IdleTimes, firsts: [Int], capable: (Int) -> [Int]?) {
        let order = firsts.sorted { (work.start[$0], $0) < (work.start[$1], $1) }
        var bundles: [(time: Int64, size: Int)] = []
        for row in order {
            let start = work.start[row]
            if let last = bundles.last {
                let since = capable(row).map { idle.last(before: start, notBefore: last.time - idle.tolerance, of: $0) } ?? start
                let mayHaveCome = since.map { $0 <= last.time + idle.tolerance } ?? true
                if start - last.time <= idle.tolerance || mayHaveCome {
                    bundles[bundles.count - 1].size += 1
                    continue
                }
            }
            bundles.append((start, 1))
        }
        instants = bundles.flatMap { [Int64](repeating: $0.time, count: $0.size) }
        let shift = Int64(work.offset) * Microseconds.second
        // The hours of who does the first activity where bundles keep to them, else their own.
        var places: [Int: Int] = [:]
        for row in order {
            if let place = roles.calendarOfRole[roles.role(work, row)] { places[place, default: 0] += 1 }
        }
        let usual = places.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
        let own = WorkingHoursFit(bundles.map { $0.time + shift })
        var place: Int?
        var added: WorkCalendar?
        var basis = FitReport.Basis.own
        if let usual, bundles.filter({ roles.calendars[usual].isOpen(at: $0.time) }).count * 100 >= bundles.count * 97 {
            place = usual
            basis = .role
        } else if let hours = own.hours {
            added = WorkCalendar(name: "arrivals", hours: hours, offset: work.offset)
            place = roles.calendars.count
        } else {
            basis = .assumed
        }
        let calendar = added ?? place.map { roles.calendars[$0] } ?? .always
        var gaps: [Double] = []
        for (earlier, later) in zip(bundles, bundles.dropFirst()) {
            gaps.append(Double(calendar.worked(from: earlier.time, to: later.time)) / 1e6)
        }
        let fit = gaps.isEmpty ? nil : DistributionFit(gaps)
        var counts: [Int: Int] = [:]
        for bundle in bundles { counts[bundle.size, default: 0] += 1 }
        var sum = 0
        let sizes = counts.keys.sorted()
        let cumulated = sizes.map { size in
            sum += counts[size] ?? 0
            return Double(sum) / Double(bundles.count)
        }
        let alone = sizes == [1]
        // A single bundle says nothing of gaps: the next one comes after a day.
        arrivals = Arrivals(
            .gaps(fit?.distribution ?? .fixed(86_400), clock: .working), calendar: place,
            bundle: alone || sizes.isEmpty ? nil : .histogram(cumulated: cumulated, values: sizes.map(Double.init)))
        self.calendar = added
        parts = [
            FitReport.Part(.arrivals, method: .replayed, observations: order.count),
            FitReport.Part(
                .arrivals, detail: "bundles", method: .bundles, basis: fit == nil ? .assumed : .own, observations: bundles.count,
                meanS: arrivals.meanGap),
            FitReport.Part(
                .arrivals, detail: "gaps", method: fit?.method ?? .fixed, basis: fit == nil ? .assumed : .own, observations: gaps.count,
                heldOutLogLikelihood: fit?.heldOut, meanS: arrivals.meanGap),
            FitReport.Part(
                .hours, name: "arrivals", method: calendar.hours.isAlways ? .always : .weekly, basis: basis, observations: bundles.count,
                hours: calendar.hours.text),
        ]
    }
}

extension Arrivals {
    /// The mean gap in seconds, where the process is one of gaps.
    fileprivate var meanGap: Double? {
        if case .gaps(let gaps, _) = process { return gaps.mean }
        return nil
    }
}
