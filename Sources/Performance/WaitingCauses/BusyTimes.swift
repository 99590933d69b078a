import Instants

/// What a resource was busy with, cut into stretches at every start, end and question, so that the waiting of all its instances is split in
/// one sweep.
///
/// Of each stretch it is known which of the instances then under way was enabled first, and which first among those of other batches: with
/// that, "busy with something enabled no later than T" is a comparison, and sums over a window are sums over stretches.
///
/// - Complexity: O(n log n) for n instances.
struct BusyTimes {
    /// The bounds of the stretches, ascending.
    let bounds: [Int64]
    /// Per stretch: when the earliest enabled of the instances under way was enabled; `Int64.max` where none is.
    let earliest: [Int64]
    /// Per stretch: the owner of that instance, or -1.
    let owner: [Int32]
    /// Per stretch: the same for instances of other owners than that.
    let earliestOther: [Int64]
    /// Idle time, and idle time outside hours, before each bound.
    private(set) var idleBefore: [Int64]
    private(set) var closedBefore: [Int64]

    /// - Parameters:
    ///   - owner: the batch of each instance, numbers from 0 in any order, or -1 for none.
    ///   - batches: how many batches there are.
    ///   - questions: further bounds.
    ///   - closed: time outside hours between two instants, nil where hours are unknown.
    init(
        enabled: [Int64], start: [Int64], end: [Int64], owner: [Int32], batches: Int, questions: [Int64],
        closed: ((Int64, Int64) -> Int64)?
    ) {
        let count = start.count
        var bounds: [Int64] = []
        bounds.reserveCapacity(count * 3)
        for place in 0..<count {
            bounds.append(start[place])
            if end[place] > start[place] { bounds.append(end[place]) }
        }
        bounds.append(contentsOf: questions)
        bounds.sort()
        bounds = Self.distinct(bounds)
        // Instances of one owner stand side by side in the tree, so that all but them are two ranges of it.
        var leaf = [Int32](repeating: 0, count: count)
        var ownerStart = [Int32](repeating: 0, count: batches + 1)
        for place in 0..<count where owner[place] >= 0 { ownerStart[Int(owner[place]) + 1] += 1 }
        for batch in 0..<batches { ownerStart[batch + 1] += ownerStart[batch] }
        var next = ownerStart
        var alone = Int(ownerStart[batches])
        for place in 0..<count {
            if owner[place] >= 0 {
                leaf[place] = next[Int(owner[place])]
                next[Int(owner[place])] += 1
            } else {
                leaf[place] = Int32(alone)
                alone += 1
            }
        }
        var leafOwner = [Int32](repeating: -1, count: count)
        for place in 0..<count { leafOwner[Int(leaf[place])] = owner[place] }
        let starting = (0..<Int32(count)).filter { end[Int($0)] > start[Int($0)] }
        let byStart = starting.sorted { (start[Int($0)], $0) < (start[Int($1)], $1) }
        let byEnd = starting.sorted { (end[Int($0)], $0) < (end[Int($1)], $1) }
        var active = EarliestActive(count: count)
        let stretches = Swift.max(0, bounds.count - 1)
        var earliest = [Int64](repeating: Int64.max, count: stretches)
        var owners = [Int32](repeating: -1, count: stretches)
        var others = earliest
        var idleBefore = [Int64](repeating: 0, count: bounds.count)
        var closedBefore = idleBefore
        var (entering, leaving) = (0, 0)
        for place in 0..<stretches {
            let time = bounds[place]
            while leaving < byEnd.count && end[Int(byEnd[leaving])] <= time {
                active.set(Int(leaf[Int(byEnd[leaving])]), Int64.max)
                leaving += 1
            }
            while entering < byStart.count && start[Int(byStart[entering])] <= time {
                let one = Int(byStart[entering])
                active.set(Int(leaf[one]), enabled[one])
                entering += 1
            }
            idleBefore[place + 1] = idleBefore[place]
            closedBefore[place + 1] = closedBefore[place]
            if entering == leaving {
                idleBefore[place + 1] += bounds[place + 1] - time
                if let closed { closedBefore[place + 1] += closed(time, bounds[place + 1]) }
                continue
            }
            let found = active.first
            earliest[place] = found.value
            let batch = leafOwner[found.leaf]
            owners[place] = batch
            // Only a batch's own stretches ask for the others.
            if batch >= 0 && entering - leaving > 1 {
                others[place] = active.earliest(outside: Int(ownerStart[Int(batch)])..<Int(ownerStart[Int(batch) + 1]))
            }
        }
        self.bounds = bounds
        self.earliest = earliest
        self.owner = owners
        earliestOther = others
        self.idleBefore = idleBefore
        self.closedBefore = closedBefore
    }

    private static func distinct(_ sorted: [Int64]) -> [Int64] {
        var result: [Int64] = []
        result.reserveCapacity(sorted.count)
        for value in sorted where value != result.last { result.append(value) }
        return result
    }

    /// The number of a bound.
    func index(of time: Int64) -> Int {
        var low = 0
        var high = bounds.count
        while low < high {
            let middle = (low + high) / 2
            if bounds[middle] < time { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// A tree over leaves that hold a time or none (`Int64.max`): the earliest of all, and of all but a range.
struct EarliestActive {
    private var nodes: [Int64]
    private let size: Int

    /// - Parameter count: how many leaves there are, none with a time.
    init(count: Int) {
        var size = 1
        while size < count { size *= 2 }
        self.size = size
        nodes = [Int64](repeating: Int64.max, count: 2 * size)
    }

    /// Gives a leaf a time, or none.
    mutating func set(_ leaf: Int, _ value: Int64) {
        nodes.withUnsafeMutableBufferPointer { nodes in
            var node = leaf + size
            nodes[node] = value
            while node > 1 {
                node /= 2
                let best = Swift.min(nodes[2 * node], nodes[2 * node + 1])
                if nodes[node] == best { return }
                nodes[node] = best
            }
        }
    }

    /// The earliest time and the first leaf that holds it.
    var first: (value: Int64, leaf: Int) {
        var node = 1
        while node < size { node = nodes[2 * node] == nodes[node] ? 2 * node : 2 * node + 1 }
        return (nodes[1], node - size)
    }

    /// The earliest time outside a range of leaves; `Int64.max` where none is.
    func earliest(outside range: Range<Int>) -> Int64 {
        Swift.min(earliest(in: 0..<range.lowerBound), earliest(in: range.upperBound..<size))
    }

    private func earliest(in range: Range<Int>) -> Int64 {
        var best = Int64.max
        var low = range.lowerBound + size
        var high = range.upperBound + size
        while low < high {
            if low % 2 == 1 {
                best = Swift.min(best, nodes[low])
                low += 1
            }
            if high % 2 == 1 {
                high -= 1
                best = Swift.min(best, nodes[high])
            }
            low /= 2
            high /= 2
        }
        return best
    }
}

/// Sums over the first places of a list that grows anywhere (Fenwick tree).
struct PrefixSums {
    private var sums: [Int64]

    init(count: Int) { sums = [Int64](repeating: 0, count: count + 1) }

    mutating func add(_ amount: Int64, at place: Int) {
        var node = place + 1
        while node < sums.count {
            sums[node] += amount
            node += node & -node
        }
    }

    /// The sum of the first `count` places.
    func sum(_ count: Int) -> Int64 {
        var total: Int64 = 0
        var node = count
        while node > 0 {
            total += sums[node]
            node &= node - 1
        }
        return total
    }
}
