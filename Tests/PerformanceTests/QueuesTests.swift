import EventLogs
import Instants
import Statistics
import TestSupport
import Testing

@testable import Performance

@Suite struct QueuesTests {
    /// Cases of one server: they arrive, wait and are served; times in seconds.
    private static func singleServer(
        seed: UInt64, cases: Int, arrivalsPerS: Double, servicesPerS: Double, cut: Double? = nil
    ) -> EventLog {
        var stream = RandomStream(seed: seed, path: 17)
        var list: [(name: String, events: [TinyEvent])] = []
        var (clock, free) = (0.0, 0.0)
        for number in 0..<cases {
            clock += stream.exponential(mean: 1 / arrivalsPerS)
            let start = max(clock, free)
            free = start + stream.exponential(mean: 1 / servicesPerS)
            if let cut, clock > cut { break }
            var events = [TinyEvent("Arrive", start: clock, end: clock, by: "door")]
            if cut.map({ free <= $0 }) ?? true { events.append(TinyEvent("Serve", start: start, end: free, by: "desk")) }
            list.append((String(number), events))
        }
        return EventLog.tiny(list)
    }

    /// M/M/1 with a load of ρ: L = ρ/(1 − ρ), W = 1/(μ − λ), and in the queue Lq = ρ²/(1 − ρ), Wq = ρ/(μ − λ).
    @Test(arguments: [0.3, 0.5, 0.7])
    func aSingleServerIsAsTheorySays(load: Double) throws {
        let queues = Queues(of: Self.singleServer(seed: 9, cases: 20_000, arrivalsPerS: load / 60, servicesPerS: 1.0 / 60))
        func isNear(_ value: Double?, _ expected: Double) -> Bool { value.map { abs($0 / expected - 1) < 0.1 } ?? false }
        let cases = try #require(queues.cases)
        #expect(isNear(cases.meanNumber, load / (1 - load)), "\(cases.meanNumber ?? -1)")
        #expect(isNear(cases.little.meanNumber, load / (1 - load)))
        #expect(isNear(cases.little.meanTimeS, 60 / (1 - load)), "\(cases.little.meanTimeS ?? -1)")
        #expect(isNear(cases.little.arrivalsPerS, load / 60))
        #expect(isNear(cases.arrivalsPerDay, load * 1_440) && isNear(cases.completionsPerDay, load * 1_440))
        #expect(cases.little.verdict == .consistent)
        #expect(abs(cases.little.gap ?? 1) < 0.02)
        let desk = try #require(queues.activities.first { $0.activity == "Serve" })
        #expect(desk.measure == .waiting)
        #expect(isNear(desk.meanNumber, load * load / (1 - load)), "\(desk.meanNumber ?? -1)")
        #expect(isNear(desk.little.meanTimeS, 60 * load / (1 - load)), "\(desk.little.meanTimeS ?? -1)")
        #expect(desk.little.verdict == .consistent)
    }

    /// The gap is carried in − carried out + open, whatever the log.
    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func theGapIsWhatItIsMadeOf(seed: UInt64) throws {
        let hours = HourLog(seed: seed, shape: .overlapping, cases: 60)
        for little in [Queues(of: hours.log).cases?.little].compactMap(\.self) + Queues(of: hours.log).activities.map(\.little) {
            guard let number = little.meanNumber, let rate = little.arrivalsPerS, let time = little.meanTimeS, let open = little.openS,
                time > 0
            else { continue }
            let left = number * little.lengthS - rate * little.lengthS * time
            let right = little.carriedInS - little.carriedOutS + open
            #expect(abs(left - right) <= 1e-6 * max(1, number * little.lengthS))
        }
    }

    @Test func aLogWhoseCasesStayOpenSaysSo() throws {
        // Every second case never ends, and the rest take an hour.
        var list: [(name: String, events: [TinyEvent])] = []
        for number in 0..<400 {
            let start = Double(number) * 3_600
            var events = [TinyEvent("A", start: start, end: start, by: "x")]
            if number % 2 == 0 { events.append(TinyEvent("Z", start: start + 3_600, end: start + 3_600, by: "x")) }
            list.append((String(number), events))
        }
        let little = try #require(Queues(of: EventLog.tiny(list), endActivities: ["Z"]).cases?.little)
        #expect(little.verdict == .inconsistent && little.reason == .open)
        #expect(little.open > 100)
    }

    /// Twice as many come as can be served, and the log ends while they come: what still waits is open.
    @Test func aGrowingBacklogSaysSo() throws {
        let log = Self.singleServer(seed: 3, cases: 1_000, arrivalsPerS: 2.0 / 60, servicesPerS: 1.0 / 60, cut: 20_000)
        let queues = Queues(of: log, endActivities: ["Serve"])
        let little = try #require(queues.cases?.little)
        #expect(queues.cases?.open ?? 0 > 200)
        #expect(little.verdict == .inconsistent && little.reason == .open || little.verdict == .insufficient)
        #expect(abs(little.gap ?? 0) > LittlesLaw.tolerance)
        let periods = try #require(queues.cases?.periods)
        #expect(periods.last?.maxNumber ?? 0 > 200)
        let few = Self.singleServer(seed: 3, cases: 12, arrivalsPerS: 0.5 / 60, servicesPerS: 1.0 / 60)
        #expect(Queues(of: few).cases?.little.verdict == .insufficient)
    }

    /// All come in the first half and leave in the second: the time of what came is carried out of the window.
    @Test func whatPilesUpIsCarriedOut() throws {
        let day = 86_400.0
        var list: [(name: String, events: [TinyEvent])] = []
        for number in 0..<1_000 {
            let start = Double(number) * 0.1 * day
            // Ever longer stays: two days at first, twenty at the end.
            let stay = (2 + 18 * Double(number) / 1_000) * day
            list.append((String(number), [TinyEvent("A", end: start), TinyEvent("Z", end: start + stay)]))
        }
        let cut = EventLog.tiny(list.filter { $0.events.count == 2 })
        let little = try #require(Queues(of: cut, endActivities: ["Z"]).cases?.little)
        #expect(little.carriedOutS > little.carriedInS)
        if little.verdict == .inconsistent { #expect(little.reason == .growing) }
        #expect((little.gap ?? 0) < 0)
    }

    /// Numbers counted hour by hour: all times are whole hours.
    @Test(arguments: [HourLog.Shape.overlapping, .sequential, .eventsOnly], [81, 82] as [UInt64])
    func periodsEqualASlowReference(shape: HourLog.Shape, seed: UInt64) throws {
        let hours = HourLog(seed: seed, shape: shape)
        let log = hours.log
        let queues = Queues(of: log, endActivities: (0..<5).map { String(UnicodeScalar(UInt8(65 + $0))) })
        #expect(queues.periodS == 86_400)
        let spans = hours.cases.map { entry in
            (from: entry.entries.map { $0.start ?? $0.end }.min() ?? 0, to: entry.entries.map(\.end).max() ?? 0)
        }
        let first = spans.map(\.from).min() ?? 0
        let last = spans.map(\.to).max() ?? 0
        try check(#require(queues.cases), spans, first: first, last: last)
        for series in queues.activities {
            var own: [(from: Int, to: Int)] = []
            for position in hours.cases.indices {
                let list = hours.ordered(position)
                for (place, entry) in list.enumerated() where entry.activity == series.activity {
                    if let start = entry.start {
                        let before = list.enumerated().filter { $0.offset != place && $0.element.end <= start }.map(\.element.end).max()
                        own.append((before ?? spans[position].from, start))
                    } else if place > 0 {
                        own.append((list[place - 1].end, entry.end))
                    }
                }
            }
            #expect(series.measure == (shape == .eventsOnly ? .sojourn : .waiting))
            check(series, own, first: first, last: last)
        }
    }

    private func check(_ series: Queues.Series, _ spans: [(from: Int, to: Int)], first: Int, last: Int) {
        #expect(series.arrivals == spans.count && series.open == 0)
        func there(_ hour: Int) -> Int { spans.count { $0.from <= hour && hour < $0.to } }
        let day0 = first.flooredQuotient(by: 24)
        for (place, period) in series.periods.enumerated() {
            let whole = ((day0 + place) * 24)..<((day0 + place + 1) * 24)
            let covered = max(first, whole.lowerBound)..<max(first, min(last, whole.upperBound))
            let numbers = covered.map(there)
            let mean = numbers.isEmpty ? 0 : Double(numbers.reduce(0, +)) / Double(numbers.count)
            #expect(abs(period.meanNumber - mean) < 1e-9)
            #expect(period.maxNumber == (whole.map(there).max() ?? 0))
            #expect(period.arrivals == spans.count { whole.contains($0.from) })
            #expect(period.departures == spans.count { whole.contains($0.to) })
            #expect(period.isPartial == (covered != whole))
        }
        #expect(series.maxNumber == (first..<max(first + 1, last)).map(there).max() ?? 0)
    }

    // MARK: - Congestion

    @Test func waitingGrowsWhereThereIsOneServerOnly() throws {
        let log = Self.singleServer(seed: 21, cases: 4_000, arrivalsPerS: 0.7 / 60, servicesPerS: 1.0 / 60)
        let found = Congestion.of(log)
        let desk = try #require(found.first { $0.activity == "Serve" })
        #expect(desk.verdict == .growing)
        // Each one more in the queue is served first, which takes a minute; who finds nobody waiting may still find one being served.
        #expect((desk.effectCi95?.low ?? 0) > 40 && (desk.effectCi95?.high ?? 0) < 90, "\(desk.effectS ?? 0)")
        let edge = try #require(found.first { $0.kind == .edge })
        #expect(edge.source == "Arrive" && edge.target == "Serve" && edge.verdict == .growing)
        #expect(edge.n == 4_000 && edge.maxQueue > 3)
    }

    @Test func waitingThatDoesNotDependOnTheQueueIsNoCongestion() throws {
        var stream = RandomStream(seed: 4, path: 1)
        var list: [(name: String, events: [TinyEvent])] = []
        var clock = 0.0
        for number in 0..<4_000 {
            clock += stream.exponential(mean: 600)
            let wait = 1_800 + stream.unit() * 3_600
            list.append(
                (String(number), [TinyEvent("A", start: clock, end: clock), TinyEvent("B", start: clock + wait, end: clock + wait)]))
        }
        let edge = try #require(Congestion.of(EventLog.tiny(list)).first { $0.activity == "B" })
        #expect(edge.verdict == .noGrowth, "\(edge)")
        let few = EventLog.tiny(Array(list.prefix(60)))
        #expect(Congestion.of(few).allSatisfy { $0.verdict == .insufficient && $0.effectS == nil })
    }

    /// Counted pair by pair: whoever came before in the order of coming and had not left is met.
    @Test(arguments: 1...5 as ClosedRange<UInt64>) func metAndMetByCountTheSamePairs(seed: UInt64) {
        var stream = RandomStream(seed: seed, path: 18)
        let sojourns = Sojourns(
            (0..<60).map { _ in
                let from = Int64(stream.index(below: 40))
                return (from, from + Int64(stream.index(below: 12)))
            })
        var (met, metBy) = ([Int](repeating: 0, count: 60), [Int](repeating: 0, count: 60))
        for own in 0..<60 {
            for other in 0..<own where sojourns.from[other] < sojourns.to[other] && sojourns.to[other] > sojourns.from[own] {
                met[own] += 1
                metBy[other] += 1
            }
        }
        #expect(sojourns.met == met && sojourns.metBy == metBy)
    }

    // MARK: - Spectrum

    @Test(arguments: [HourLog.Shape.overlapping, .sequentialWithGaps, .eventsOnly], [91, 92] as [UInt64])
    func theSpectrumEqualsASlowReference(shape: HourLog.Shape, seed: UInt64) {
        let hours = HourLog(seed: seed, shape: shape)
        let spectrum = PerformanceSpectrum(of: hours.log, options: .init(segments: 40))
        var lines: [[String]: [(start: Int, end: Int)]] = [:]
        var steps: [[String]: Int] = [:]
        for position in hours.cases.indices {
            let list = hours.ordered(position)
            for (before, after) in zip(list, list.dropFirst()) {
                let end = after.start ?? after.end
                steps[[before.activity, after.activity], default: 0] += 1
                if end >= before.end { lines[[before.activity, after.activity], default: []].append((before.end, end)) }
            }
        }
        let origin = hours.cases.flatMap(\.entries).map { min($0.start ?? $0.end, $0.end) }.min() ?? 0
        #expect(spectrum.segments.count + spectrum.omitted == steps.count)
        for segment in spectrum.segments {
            let key = [segment.source, segment.target]
            let own = lines[key] ?? []
            #expect(segment.count == steps[key] && segment.left == segment.count - own.count && !segment.isSampled)
            #expect(
                segment.lines.map { [Int($0.startS / 3_600) + origin, Int($0.endS / 3_600) + origin] }.sorted {
                    $0.lexicographicallyPrecedes($1)
                }
                    == own.map { [$0.start, $0.end] }.sorted { $0.lexicographicallyPrecedes($1) })
            let overtaken = own.count { line in own.contains { $0.start > line.start && $0.end < line.end } }
            #expect(segment.overtakenShare == Double(overtaken) / Double(own.count))
            let times = own.map { Double($0.end - $0.start) * 3_600 }
            #expect(segment.quartilesS == Quantiles.quantiles([0.25, 0.5, 0.75], of: times))
            #expect(segment.bins.reduce(0) { $0 + $1.started } == own.count && segment.bins.reduce(0) { $0 + $1.ended } == own.count)
            for bin in segment.bins {
                let from = bin.fromS / 3_600 + Double(origin)
                #expect(bin.pending.reduce(0, +) == own.count { Double($0.start) < from && Double($0.end) > from })
            }
        }
    }

    @Test func batchesConvergeAndTheRestDoesNot() throws {
        var list: [(name: String, events: [TinyEvent])] = []
        // One an hour, released together at the end of each day; then one an hour, released after an hour.
        for number in 0..<240 {
            let start = Double(number) * 3_600
            let release = (start / 86_400).rounded(.down) * 86_400 + 86_400 + Double(number % 24)
            list.append(
                (
                    String(number),
                    [
                        TinyEvent("A", end: start), TinyEvent("B", start: release, end: release),
                        TinyEvent("C", start: release + 3_600 * Double(1 + number % 24), end: release + 3_600 * Double(1 + number % 24)),
                    ]
                ))
        }
        let spectrum = PerformanceSpectrum(
            of: EventLog.tiny(list), options: .init(named: [("A", "B"), ("B", "C"), ("C", "A")], lines: 100))
        #expect(spectrum.segments.map(\.source) == ["A", "B"])
        #expect(spectrum.segments[0].convergingShare == 1 && spectrum.segments[0].convergingGroups == 10)
        #expect(spectrum.segments[1].convergingShare == 0)
        #expect(spectrum.segments[0].overtakenShare == 0)
        #expect(spectrum.segments[0].isSampled && spectrum.segments[0].lines.count == 100)
        #expect(spectrum.segments[0].lines.first?.startS == 0)
        #expect(spectrum.segments[0].filter == "directly('A','B')")
    }

    // MARK: - Dotted chart

    @Test(arguments: DottedChart.Order.allCases)
    func everyInstanceIsADot(order: DottedChart.Order) {
        let hours = HourLog(seed: 7, shape: .overlapping)
        let chart = DottedChart(of: hours.log, order: order, limit: nil)
        #expect(chart.dots == hours.log.instanceCount && chart.rows.reduce(0) { $0 + $1.dots.count } == chart.dots)
        #expect(chart.cases == 40 && !chart.isSampled)
        let byName = Dictionary(uniqueKeysWithValues: hours.cases.indices.map { (hours.cases[$0].name, hours.ordered($0)) })
        let origin = hours.cases.flatMap(\.entries).map { $0.start ?? $0.end }.min() ?? 0
        var keys: [Double] = []
        for row in chart.rows {
            let own = byName[row.caseName] ?? []
            #expect(row.dots.map { chart.activities[$0.activity] } == own.map(\.activity))
            #expect(row.dots.map(\.timeS) == own.map { Double($0.end - origin) * 3_600 })
            let first = own.map { $0.start ?? $0.end }.min() ?? 0
            switch order {
            case .start: keys.append(Double(first))
            case .end: keys.append(Double(own.map(\.end).max() ?? 0))
            case .duration: keys.append(-(row.durationS ?? 0))
            case .instances: keys.append(-Double(own.count))
            case .log: keys.append(Double(hours.cases.firstIndex { $0.name == row.caseName } ?? 0))
            }
        }
        #expect(keys == keys.sorted())
        let small = DottedChart(of: hours.log, order: order, isRelative: true, limit: 50)
        #expect(small.isSampled && small.rows.reduce(0) { $0 + $1.dots.count } <= 50 && small.dots == chart.dots)
        #expect(small.rows.allSatisfy { ($0.dots.first?.timeS ?? 0) >= 0 })
    }
}
