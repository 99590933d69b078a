/// Cases as tokens in a graph.
///
/// The state of a case: how often it met each activity, then each node, then how many tokens wait at each node's join, then how many
/// instances or timers of each node are under way.
extension Engine {
    /// A node that one case meets more often than this is taken for an endless loop.
    private static let visitLimit: UInt16 = 10_000

    mutating func beginGraph(_ slot: Int32) {
        (state + Int(slot) * model.stride).update(repeating: 0, count: model.stride)
        for start in model.starts.reversed() { send(to: start, from: -1) }
        moveTokens(slot)
    }

    @inline(__always)
    private mutating func send(to node: Int32, from activity: Int32) {
        let token = UInt64(UInt32(bitPattern: node)) << 32 | UInt64(UInt32(bitPattern: activity))
        if tokenCount < tokens.count { tokens.base[tokenCount] = token } else { tokens.append(token) }
        tokenCount &+= 1
    }

    /// An activity or a timer of a node is complete.
    @inline(__always)
    mutating func leave(_ slot: Int32, _ node: Int32, from activity: Int32) {
        let own = state + Int(slot) * model.stride
        own[model.activityCount &+ 2 &* model.nodeCount &+ Int(node)] &-= 1
        split(slot, node, from: activity)
        moveTokens(slot)
    }

    mutating func timerEnded(_ item: Int32) {
        let own = work[Int(item)]
        cases[Int(own.slot)].live &-= 1
        work[Int(item)].next = freeWork
        freeWork = item
        leave(own.slot, own.place, from: own.activity)
    }

    private mutating func moveTokens(_ slot: Int32) {
        while true {
            while tokenCount > 0 {
                tokenCount &-= 1
                let token = tokens.base[tokenCount]
                arrive(
                    slot, Int32(bitPattern: UInt32(truncatingIfNeeded: token >> 32)),
                    from: Int32(bitPattern: UInt32(truncatingIfNeeded: token)))
            }
            if model.inclusiveJoins.isEmpty || !fireInclusiveJoin(slot) { break }
        }
        if cases[Int(slot)].live == 0 {
            let joins = state + (Int(slot) * model.stride + model.activityCount + model.nodeCount)
            for node in 0..<model.nodeCount where joins[node] > 0 { cases[Int(slot)].isStuck = true }
            endCase(slot)
        }
    }

    private mutating func arrive(_ slot: Int32, _ node: Int32, from activity: Int32) {
        let kind = model.nodes[Int(node)]
        if kind.join != 0 && kind.incoming > 1 {
            let waiting = state + (Int(slot) * model.stride + model.activityCount + model.nodeCount + Int(node))
            waiting.pointee &+= 1
            if kind.join == 2 || Int32(waiting.pointee) < kind.incoming { return }
            waiting.pointee &-= UInt16(truncatingIfNeeded: kind.incoming)
        }
        pass(slot, node, from: activity)
    }

    /// Does what is to be done at a node.
    private mutating func pass(_ slot: Int32, _ node: Int32, from activity: Int32) {
        let kind = model.nodes[Int(node)]
        let own = state + Int(slot) * model.stride
        switch kind.action {
        case CompiledModel.NodeAction.activity:
            let visit = own[Int(kind.argument)]
            if isEndless(slot, visit) { return }
            own[Int(kind.argument)] = visit &+ 1
            own[model.activityCount &+ 2 &* model.nodeCount &+ Int(node)] &+= 1
            enable(slot, place: node, activity: kind.argument, visit: UInt32(visit), after: activity, performer: -1, delay: -1)
        case CompiledModel.NodeAction.timer:
            startTimer(slot, node, due: timerEnd(slot, node), from: activity)
        case CompiledModel.NodeAction.race:
            var first: Int32 = -1
            var due = Int64.max
            for arc in 0..<Int(kind.arcCount) {
                let target = model.arcTargets[Int(kind.firstArc) + arc]
                let end = timerEnd(slot, target)
                if end < due {
                    due = end
                    first = target
                }
            }
            if first >= 0 { startTimer(slot, first, due: due, from: activity) }
        default: split(slot, node, from: activity)
        }
    }

    private mutating func timerEnd(_ slot: Int32, _ node: Int32) -> Int64 {
        let kind = model.nodes[Int(node)]
        if kind.action != CompiledModel.NodeAction.timer || kind.argument < 0 { return now }
        return end(ofDelay: Int(kind.argument), u: draw(slot, node, .timer))
    }

    private mutating func startTimer(_ slot: Int32, _ node: Int32, due: Int64, from activity: Int32) {
        if due <= now {
            split(slot, node, from: activity)
            return
        }
        if freeWork < 0 { growWork() }
        let item = freeWork
        freeWork = work[Int(item)].next
        work[Int(item)] = Work(
            enabled: now, start: now, waiting: 0, amount: 0, slot: slot, place: node, activity: activity, performer: -1, visit: 0,
            resource: -1, next: -1, partner: -1, sequence: 0)
        cases[Int(slot)].live &+= 1
        (state + Int(slot) * model.stride)[model.activityCount &+ 2 &* model.nodeCount &+ Int(node)] &+= 1
        heap.push(due, Kind.timer << 29 | UInt32(item))
    }

    /// A number for this visit of a node, and the next one for its next visit.
    private mutating func draw(_ slot: Int32, _ node: Int32, _ purpose: DrawKey.Purpose) -> Double {
        let visits = state + (Int(slot) * model.stride + model.activityCount + Int(node))
        let visit = visits.pointee
        visits.pointee = visit &+ 1
        return cases[Int(slot)].key.unit(model.nodes[Int(node)].key, UInt32(visit), purpose)
    }

    private mutating func isEndless(_ slot: Int32, _ visit: UInt16) -> Bool {
        if visit < Self.visitLimit { return false }
        cases[Int(slot)].isStuck = true
        return true
    }

    /// Sends tokens along the arcs that leave a node.
    @inline(__always)
    private mutating func split(_ slot: Int32, _ node: Int32, from activity: Int32) {
        let kind = model.nodes[Int(node)]
        if kind.arcCount == 0 { return }
        if kind.arcCount == 1 {
            send(to: model.arcTargets[Int(kind.firstArc)], from: activity)
            return
        }
        splitWide(slot, node, from: activity)
    }

    @inline(never)
    private mutating func splitWide(_ slot: Int32, _ node: Int32, from activity: Int32) {
        let kind = model.nodes[Int(node)]
        let first = Int(kind.firstArc)
        let count = Int(kind.arcCount)
        // Pushed in reverse, so that the first arc's token moves first.
        if kind.split == 0 {
            for arc in stride(from: first + count - 1, through: first, by: -1) { send(to: model.arcTargets[arc], from: activity) }
            return
        }
        let visits = (state + Int(slot) * model.stride)[model.activityCount &+ Int(node)]
        if isEndless(slot, visits) { return }
        let u = draw(slot, node, .branch)
        if kind.split == 1 {
            var arc = first
            while arc < first + count - 1 && model.arcProbabilities[arc] < u { arc += 1 }
            send(to: model.arcTargets[arc], from: activity)
            return
        }
        let key = cases[Int(slot)].key
        var total = 0.0
        var sent = 0
        for arc in stride(from: first + count - 1, through: first, by: -1) {
            total += model.arcProbabilities[arc]
            let own = key.unit(kind.key &+ UInt64(arc - first + 1), UInt32(visits), .branch)
            if own < model.arcProbabilities[arc] {
                send(to: model.arcTargets[arc], from: activity)
                sent += 1
            }
        }
        if sent > 0 { return }
        var rest = u * total
        var arc = first
        while arc < first + count - 1 && model.arcProbabilities[arc] < rest {
            rest -= model.arcProbabilities[arc]
            arc += 1
        }
        send(to: model.arcTargets[arc], from: activity)
    }

    /// Lets the first inclusive join go on that no token can reach any more; where only such joins hold tokens, the first of them.
    private mutating func fireInclusiveJoin(_ slot: Int32) -> Bool {
        let joins = state + (Int(slot) * model.stride + model.activityCount + model.nodeCount)
        let active = joins + model.nodeCount
        var fallback: Int32 = -1
        for join in model.inclusiveJoins where joins[Int(join)] > 0 {
            if fallback < 0 { fallback = join }
            var canCome = false
            for node in 0..<model.nodeCount where node != Int(join) && (active[node] > 0 || joins[node] > 0) {
                if model.reaches[node * model.nodeCount + Int(join)] {
                    canCome = true
                    break
                }
            }
            if !canCome {
                joins[Int(join)] = 0
                pass(slot, join, from: -1)
                return true
            }
        }
        if fallback >= 0 && cases[Int(slot)].live == 0 {
            joins[Int(fallback)] = 0
            pass(slot, fallback, from: -1)
            return true
        }
        return false
    }
}
