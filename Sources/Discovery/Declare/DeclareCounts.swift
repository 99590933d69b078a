import EventLogs
import ProcessModels

/// In how many cases each template holds for each activity and pair of activities of a log.
///
/// Two facts about a variant carry all ordered templates: how often `b` comes directly behind `a`, and how often a `b` is the first since the last
/// `a`. The latter counts at once the `a` that are followed by a `b` before the next `a`, and the `b` that are preceded by an `a` since the `b`
/// before: it equals the number of `a` where alternate response holds and the number of `b` where alternate precedence does.
struct DeclareCounts {
    /// Cases that activate a constraint, and those of them in which it holds.
    struct Tally {
        var activated: UInt32
        var satisfied: UInt32
    }

    /// What was counted of an ordered pair, in cases.
    private struct Pair {
        /// Both come.
        var both: UInt32 = 0
        /// A `b` comes somewhere behind an `a`.
        var after: UInt32 = 0
        /// A `b` comes directly behind an `a`.
        var next: UInt32 = 0
        var response: UInt32 = 0
        var precedence: UInt32 = 0
        var succession: UInt32 = 0
        var alternateResponse: UInt32 = 0
        var alternatePrecedence: UInt32 = 0
        var alternateSuccession: UInt32 = 0
        var chainResponse: UInt32 = 0
        var chainPrecedence: UInt32 = 0
        var chainSuccession: UInt32 = 0
    }

    /// The activities that are looked at, in the order of the bytes of their names.
    let activities: [UInt32]
    /// Those that are not, in the same order.
    let omitted: [UInt32]
    /// Per activity looked at: the cases that hold it.
    let holders: [UInt32]

    private let cases: UInt32
    private var once: [UInt32]
    private var first: [UInt32]
    private var last: [UInt32]
    /// Row by the first activity.
    private var pairs: [Pair]

    /// Counts the cases of a log.
    ///
    /// - Parameter most: how many activities are looked at, those of the most cases.
    init(_ variants: VariantIndex, _ names: Vocabulary, most: Int) {
        let width = names.count
        let ranks = names.ranks()
        var (seen, total) = ([Int](repeating: 0, count: width), [UInt32](repeating: 0, count: width))
        for rank in 0..<variants.count {
            for activity in variants.activities(ofRank: rank + 1) where seen[Int(activity)] != rank + 1 {
                seen[Int(activity)] = rank + 1
                total[Int(activity)] += UInt32(variants.counts[rank])
            }
        }
        let present = names.ids.filter { total[Int($0)] > 0 }.sorted {
            total[Int($0)] != total[Int($1)] ? total[Int($0)] > total[Int($1)] : ranks[Int($0)] < ranks[Int($1)]
        }
        activities = present.prefix(most).sorted { ranks[Int($0)] < ranks[Int($1)] }
        omitted = present.dropFirst(most).sorted { ranks[Int($0)] < ranks[Int($1)] }
        holders = activities.map { total[Int($0)] }
        cases = UInt32(variants.counts.reduce(0, +))
        once = [UInt32](repeating: 0, count: activities.count)
        first = once
        last = once
        pairs = [Pair](repeating: Pair(), count: activities.count * activities.count)
        var number = [Int32](repeating: -1, count: width)
        for (place, activity) in activities.enumerated() { number[Int(activity)] = Int32(place) }
        var scan = DeclareScan(activities: activities.count)
        for rank in 0..<variants.count {
            scan.read(variants.activities(ofRank: rank + 1), number)
            add(scan, UInt32(variants.counts[rank]))
        }
    }

    private mutating func add(_ scan: DeclareScan, _ times: UInt32) {
        // Activities that are not looked at count where they stand first or last, or between two.
        if scan.first >= 0 { first[scan.first] += times }
        if scan.last >= 0 { last[scan.last] += times }
        let size = scan.distinct.count
        let width = activities.count
        pairs.withUnsafeMutableBufferPointer { pairs in
            for own in 0..<size {
                let row = scan.distinct[own] * width
                let count = scan.count[own]
                if count == 1 { once[scan.distinct[own]] += times }
                for other in 0..<size where other != own {
                    let (next, alternations) = (scan.next[own * size + other], scan.alternations[own * size + other])
                    let count2 = scan.count[other]
                    func when(_ holds: Bool) -> UInt32 { holds ? times : 0 }
                    let response = scan.lastPlace[own] < scan.lastPlace[other]
                    let precedence = scan.firstPlace[own] < scan.firstPlace[other]
                    pairs[row + scan.distinct[other]].both += times
                    pairs[row + scan.distinct[other]].after += when(scan.firstPlace[own] < scan.lastPlace[other])
                    pairs[row + scan.distinct[other]].next += when(next > 0)
                    pairs[row + scan.distinct[other]].response += when(response)
                    pairs[row + scan.distinct[other]].precedence += when(precedence)
                    pairs[row + scan.distinct[other]].succession += when(response && precedence)
                    pairs[row + scan.distinct[other]].alternateResponse += when(alternations == count)
                    pairs[row + scan.distinct[other]].alternatePrecedence += when(alternations == count2)
                    pairs[row + scan.distinct[other]].alternateSuccession += when(alternations == count && alternations == count2)
                    pairs[row + scan.distinct[other]].chainResponse += when(next == count)
                    pairs[row + scan.distinct[other]].chainPrecedence += when(next == count2)
                    pairs[row + scan.distinct[other]].chainSuccession += when(next == count && next == count2)
                }
            }
        }
    }

    /// What was counted of a template of one activity, by its place in ``activities``.
    func tally(_ template: DeclareTemplate, _ own: Int) -> Tally {
        let holding = holders[own]
        switch template {
        case .absence: return Tally(activated: cases, satisfied: cases - holding)
        case .atMostOne: return Tally(activated: holding, satisfied: once[own])
        case .exactlyOne: return Tally(activated: cases, satisfied: once[own])
        case .`init`: return Tally(activated: cases, satisfied: first[own])
        case .end: return Tally(activated: cases, satisfied: last[own])
        default: return Tally(activated: cases, satisfied: holding)
        }
    }

    /// What was counted of a template of two activities, by their places in ``activities``.
    func tally(_ template: DeclareTemplate, _ own: Int, _ other: Int) -> Tally {
        let pair = pairs[own * activities.count + other]
        let either = holders[own] + holders[other] - pair.both
        let satisfied: UInt32 =
            switch template {
            case .choice: either
            case .exclusiveChoice, .notCoExistence: either - pair.both
            case .response: pair.response
            case .precedence: pair.precedence
            case .succession: pair.succession
            case .alternateResponse: pair.alternateResponse
            case .alternatePrecedence: pair.alternatePrecedence
            case .alternateSuccession: pair.alternateSuccession
            case .chainResponse: pair.chainResponse
            case .chainPrecedence: pair.chainPrecedence
            case .chainSuccession: pair.chainSuccession
            case .notSuccession: either - pair.after
            case .notChainSuccession: either - pair.next
            default: pair.both
            }
        switch template.activation {
        case .always: return Tally(activated: cases, satisfied: satisfied)
        case .first: return Tally(activated: holders[own], satisfied: satisfied)
        case .second: return Tally(activated: holders[other], satisfied: satisfied)
        case .either: return Tally(activated: either, satisfied: satisfied)
        }
    }
}

/// One variant at a time, in numbers of its own.
private struct DeclareScan {
    /// The different activities, in the order of first sight.
    private(set) var distinct: [Int] = []
    /// Per different activity.
    private(set) var count: [Int32] = []
    private(set) var firstPlace: [Int32] = []
    private(set) var lastPlace: [Int32] = []
    /// Per pair of different activities, row by the first: places where the second stands directly behind it.
    private(set) var next: [Int32] = []
    /// Per pair: places of the second with one of the first since the second before.
    private(set) var alternations: [Int32] = []
    /// The activity at either end, or −1.
    private(set) var (first, last) = (-1, -1)
    private var local: [Int32]

    init(activities: Int) {
        local = [Int32](repeating: -1, count: activities)
    }

    /// - Parameter number: per activity of the log its number among those looked at, or −1.
    mutating func read(_ trace: ArraySlice<UInt32>, _ number: [Int32]) {
        for activity in distinct { local[activity] = -1 }
        distinct.removeAll(keepingCapacity: true)
        for activity in trace {
            let own = Int(number[Int(activity)])
            if own < 0 || local[own] >= 0 { continue }
            local[own] = Int32(distinct.count)
            distinct.append(own)
        }
        let size = distinct.count
        Self.clear(&count, size, 0)
        Self.clear(&firstPlace, size, -1)
        Self.clear(&lastPlace, size, -1)
        Self.clear(&next, size * size, 0)
        Self.clear(&alternations, size * size, 0)
        first = trace.first.map { Int(number[Int($0)]) } ?? -1
        last = trace.last.map { Int(number[Int($0)]) } ?? -1
        var before = -1
        for (place, activity) in trace.enumerated() {
            let own = Int(number[Int(activity)])
            if own < 0 {
                before = -1
                continue
            }
            let here = Int(local[own])
            if before >= 0 { next[before * size + here] += 1 }
            let previous = lastPlace[here]
            for other in 0..<size where lastPlace[other] > previous { alternations[other * size + here] += 1 }
            if previous < 0 { firstPlace[here] = Int32(place) }
            lastPlace[here] = Int32(place)
            count[here] += 1
            before = here
        }
    }

    private static func clear(_ list: inout [Int32], _ size: Int, _ value: Int32) {
        list.removeAll(keepingCapacity: true)
        list.append(contentsOf: repeatElement(value, count: size))
    }
}
