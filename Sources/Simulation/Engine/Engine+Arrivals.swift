import WorkingTime

/// When cases come; one arrival is pending at a time.
extension Engine {
    private static let node = DrawKey.node("arrivals")

    mutating func scheduleArrival() {
        if total == 0 { return }
        let due = nextArrival()
        arrivalCount += 1
        heap.push(due, Kind.arrival << 29)
    }

    mutating func bundleSize() -> Int {
        let u = runKey.unit(Self.node, arrivalCount, .bundle)
        let value = model.samplers[model.arrivals.bundle].value(at: u, model.tables)
        return max(1, Int(value.rounded()))
    }

    private mutating func nextArrival() -> Int64 {
        let arrivals = model.arrivals
        if !arrivals.instants.isEmpty { return observedArrival() }
        let u = runKey.unit(Self.node, arrivalCount, .arrivalGap)
        if !arrivals.cumulatedRates.isEmpty { return ratedArrival(u) }
        let gap = Int64((model.samplers[arrivals.gaps].value(at: u, model.tables) * 1e6 / arrivals.scale).rounded())
        guard arrivals.calendar >= 0 else { return now &+ gap }
        let calendar = model.calendars[arrivals.calendar]
        if arrivals.isWorkingTime {
            let opening = calendar.nextOpening(from: now) ?? now
            return calendar.finish(from: opening, work: gap) ?? now
        }
        return calendar.nextOpening(from: now &+ gap) ?? now &+ gap
    }

    private mutating func observedArrival() -> Int64 {
        if let elapsed = replay?.time(of: Int(arrivalCount)) {
            return options.start &+ (model.arrivals.scale == 1 ? elapsed : Int64(Double(elapsed) / model.arrivals.scale))
        }
        let instants = model.arrivals.instants
        let count = instants.count
        let round = Int64(Int(arrivalCount) / count)
        let last = instants[count - 1]
        // After the last observed arrival the first one follows at the mean gap.
        let period = last &+ (count > 1 ? (last &- instants[0]) / Int64(count - 1) : 1)
        let elapsed = instants[Int(arrivalCount) % count] &+ round &* period
        return options.start &+ (model.arrivals.scale == 1 ? elapsed : Int64(Double(elapsed) / model.arrivals.scale))
    }

    /// The instant at which the expected number of arrivals has grown by an exponential draw.
    private mutating func ratedArrival(_ u: Double) -> Int64 {
        let cumulated = model.arrivals.cumulatedRates
        let perWeek = cumulated[168]
        let week = 7 * 24 * 3_600 * Int64(1_000_000)
        let hour = 3_600 * Int64(1_000_000)
        let monday = -3 * 24 * hour
        let local = options.start &+ model.offset &- monday
        let inWeek = ((local % week) &+ week) % week
        if arrivalCount == 0 {
            let index = Int(inWeek / hour)
            let fraction = Double(inWeek % hour) / Double(hour)
            expected = cumulated[index] + fraction * (cumulated[index + 1] - cumulated[index])
        }
        expected += Sampler.unitExponential(u)
        let weeks = (expected / perWeek).rounded(.down)
        let rest = expected - weeks * perWeek
        var low = 0
        var high = 167
        while low < high {
            let middle = (low + high) / 2
            if cumulated[middle + 1] > rest { high = middle } else { low = middle + 1 }
        }
        let width = cumulated[low + 1] - cumulated[low]
        let fraction = width > 0 ? min((rest - cumulated[low]) / width, 1) : 0
        let time = Int64(weeks) &* week &+ Int64(low) &* hour &+ Int64((fraction * Double(hour)).rounded())
        return max(now, options.start &- inWeek &+ time)
    }
}
