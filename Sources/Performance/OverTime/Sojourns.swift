import EventLogs
import Instants

/// What stood somewhere for some time: in a queue, between two activities, in the process.
struct Sojourns {
    /// When each came: microseconds, ascending.
    private(set) var from: [Int64] = []
    /// When each left, in the order of ``from``; the log's end for those still there.
    private(set) var to: [Int64] = []
    /// Whether each is still there at the log's end; empty where none is.
    private(set) var isOpen: [Bool] = []

    var count: Int { from.count }

    /// Those that come and leave at these times, in any order.
    init(_ spans: [(from: Int64, to: Int64)], open: [Bool] = []) {
        let order = spans.indices.sorted { left, right in
            let (own, other) = (spans[left], spans[right])
            return (own.from, own.to, left) < (other.from, other.to, right)
        }
        from = order.map { spans[$0].from }
        to = order.map { spans[$0].to }
        if open.contains(true) { isOpen = order.map { open[$0] } }
    }

    /// Whether one is still there at the log's end.
    func isOpen(_ place: Int) -> Bool { !isOpen.isEmpty && isOpen[place] }

    /// How many others were there when each came: those that came before it, in the order of ``from``, and had not left.
    ///
    /// - Complexity: O(n log n).
    var met: [Int] {
        // Who leaves as it comes is never met.
        let leaving = zip(from, to).filter { $0 < $1 }.map(\.1).sorted()
        var (came, left) = (0, 0)
        return from.indices.map { place in
            while left < leaving.count && leaving[left] <= from[place] { left += 1 }
            defer { if from[place] < to[place] { came += 1 } }
            return came - left
        }
    }

    /// By how many of those that came after it each was met, as ``met`` counts: its sum is that of ``met``.
    var metBy: [Int] {
        // Of those that come at one time, in the order of ``from``, the later ones meet the earlier.
        var end = 0
        let order = to.indices.sorted { (to[$0], $0) < (to[$1], $1) }
        var result = [Int](repeating: 0, count: from.count)
        for place in order where from[place] < to[place] {
            while end < from.count && from[end] < to[place] { end += 1 }
            result[place] = max(0, end - place - 1)
        }
        return result
    }
}

extension Sojourns {
    /// The cases of a log: from first start to last completion, those unfinished to the log's end.
    static func cases(of log: EventLog, _ times: CaseTimes, end: Int64) -> Sojourns {
        var spans: [(from: Int64, to: Int64)] = []
        var open: [Bool] = []
        for position in 0..<log.caseCount where times.firstStart[position] != Instant.missing {
            let last = times.lastCompletion[position]
            let isOpen = times.isCensored[position] || last == Instant.missing
            spans.append((times.firstStart[position], isOpen ? Swift.max(end, times.firstStart[position]) : last))
            open.append(isOpen)
        }
        return Sojourns(spans, open: open)
    }

    /// What waits for an activity, from enablement to start; where none of its starts is known, what is on its way to it and in work, from
    /// the completion before it to its own.
    static func activity(
        _ id: UInt32, of log: EventLog, _ occurrences: Occurrences, _ times: InstanceTimes
    ) -> (measure: Queues.Measure, sojourns: Sojourns, completions: [Int64]) {
        let instances = log.instances
        var waiting: [(from: Int64, to: Int64)] = []
        var sojourn: [(from: Int64, to: Int64)] = []
        var completions: [Int64] = []
        for place in occurrences.range(of: id) {
            let instance = Int(occurrences.instance[place])
            let (start, end) = (instances.startTime(instance), instances.completion[instance])
            if end != Instant.missing { completions.append(end) }
            if start != Instant.missing {
                waiting.append((start - times.waiting[instance], start))
            } else if end != Instant.missing && times.sojourn[instance] != Instant.missing {
                sojourn.append((end - Swift.max(0, times.sojourn[instance]), end))
            }
        }
        completions.sort()
        return waiting.isEmpty ? (.sojourn, Sojourns(sojourn), completions) : (.waiting, Sojourns(waiting), completions)
    }
}
