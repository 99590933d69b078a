import Simulation

extension SimulationModel {
    /// Lets activities of which one follows the other directly go on side by side: all wait for what any of them waited for outside
    /// the group, and what followed any of them waits for all.
    ///
    /// Steps with something else between them stay as they are, and so does each further time that an activity comes in a case.
    ///
    /// - Returns: whether any two of them met anywhere.
    mutating func parallelize(_ chosen: [Int]) -> Bool {
        var pairs: Set<Inheritance> = []
        switch flow {
        case .scripts(var scripts):
            for number in scripts.scripts.indices {
                guard let changed = scripts.scripts[number].parallelized(chosen, &pairs) else { continue }
                scripts.scripts[number] = changed
            }
            flow = .scripts(scripts)
        case .graph(var graph):
            graph.parallelize(chosen, &pairs)
            flow = .graph(graph)
        }
        let order = pairs.sorted { ($0.activity, $0.former, $0.now) < ($1.activity, $1.former, $1.now) }
        for pair in order where pair.now >= 0 { inheritDelay(of: pair.activity, after: pair.former, to: [pair.now]) }
        return !pairs.isEmpty
    }
}

/// An activity that came after one activity and now comes after another, or after none where `now` is negative.
private struct Inheritance: Hashable {
    var activity: Int
    var former: Int
    var now: Int
}

extension CaseScripts.Script {
    fileprivate func parallelized(_ chosen: [Int], _ pairs: inout Set<Inheritance>) -> CaseScripts.Script? {
        var result = self
        var isChanged = false
        // A group may bring further steps next to each other, so groups are made one at a time, each in a script in order.
        var from = 0
        while let group = result.nextGroup(of: chosen, from: from) {
            from = group.next
            if group.members.count < 2 { continue }
            result = result.parallelized(group.members, &pairs)
            isChanged = true
        }
        return isChanged ? result : nil
    }

    /// The group that begins with the first chosen step from a place on, and the place after its beginning.
    private func nextGroup(of chosen: [Int], from: Int) -> (members: [Int], next: Int)? {
        guard let first = steps.indices.dropFirst(from).first(where: { chosen.contains(steps[$0].activity) }) else { return nil }
        var members = [first]
        for place in steps.indices.dropFirst(first + 1) where chosen.contains(steps[place].activity) {
            if members.contains(where: { steps[$0].activity == steps[place].activity }) { continue }
            guard members.contains(where: { steps[place].after.contains($0) }) else { continue }
            if hasNothingBetween(members + [place]) { members.append(place) }
        }
        return (members, first + 1)
    }

    /// Whether no other step both waits for a member and is waited for by one.
    private func hasNothingBetween(_ members: [Int]) -> Bool {
        var after = [Bool](repeating: false, count: steps.count)
        for member in members {
            for (place, isLater) in descendants(of: member).enumerated() where isLater { after[place] = true }
        }
        for place in steps.indices where after[place] && !members.contains(place) {
            let beyond = descendants(of: place)
            if members.contains(where: { beyond[$0] }) { return false }
        }
        return true
    }

    private func parallelized(_ members: [Int], _ pairs: inout Set<Inheritance>) -> CaseScripts.Script {
        var result = self
        let outside = Set(members.flatMap { steps[$0].after }).subtracting(members).sorted()
        for member in members {
            for former in steps[member].after where members.contains(former) {
                let activity = steps[member].activity
                let now = outside.isEmpty ? [-1] : outside.map { steps[$0].activity }
                for activityBefore in now {
                    pairs.insert(Inheritance(activity: activity, former: steps[former].activity, now: activityBefore))
                }
            }
            result.steps[member].after = outside
        }
        for place in steps.indices where !members.contains(place) {
            if Set(steps[place].after).isDisjoint(with: members) { continue }
            result.steps[place].after = Set(steps[place].after).union(members).sorted()
        }
        return result.ordered()
    }
}

extension FlowGraph {
    /// Turns chains of chosen activities into a fork and a join.
    fileprivate mutating func parallelize(_ chosen: [Int], _ pairs: inout Set<Inheritance>) {
        let counts = incoming
        var done: Set<Int> = []
        for node in nodes.indices {
            guard let activity = activity(at: node), chosen.contains(activity), !done.contains(node) else { continue }
            var chain = [node]
            while let next = successor(of: chain[chain.count - 1], counts), let own = self.activity(at: next), chosen.contains(own),
                !done.contains(next), !chain.contains(where: { self.activity(at: $0) == own })
            {
                chain.append(next)
            }
            // A later chain may begin before this one.
            if chain.count < 2 || counts[node] == 1 && continues(node, chosen, counts, done) { continue }
            done.formUnion(chain)
            fork(chain, &pairs)
        }
    }

    /// Whether the node stands in a chain behind another chosen activity that is still to come.
    private func continues(_ node: Int, _ chosen: [Int], _ counts: [Int], _ done: Set<Int>) -> Bool {
        nodes.indices.contains { other in
            guard other != node, !done.contains(other), let own = activity(at: other), chosen.contains(own), own != activity(at: node)
            else {
                return false
            }
            return other > node && successor(of: other, counts) == node
        }
    }

    /// The only node with an activity to which the node leads, with nothing but nodes between that do nothing.
    private func successor(of node: Int, _ counts: [Int]) -> Int? {
        var next = node
        for _ in nodes.indices {
            guard nodes[next].arcs.count == 1 else { return nil }
            next = nodes[next].arcs[0].target
            if counts[next] != 1 || starts.contains(next) { return nil }
            switch nodes[next].action {
            case .activity: return next
            case .none: continue
            default: return nil
            }
        }
        return nil
    }

    /// The first node of the chain becomes the fork, so that what leads there still does; the join takes the name of the last, so that its
    /// decisions draw the same numbers.
    private mutating func fork(_ chain: [Int], _ pairs: inout Set<Inheritance>) {
        let first = chain[0]
        let last = chain[chain.count - 1]
        let before = activitiesBefore(first)
        for (former, later) in zip(chain, chain.dropFirst()) {
            guard let one = activity(at: former), let other = activity(at: later) else { continue }
            for now in before.isEmpty ? [-1] : before.sorted() { pairs.insert(Inheritance(activity: other, former: one, now: now)) }
        }
        let join = nodes.count
        var end = nodes[last]
        end.join = .all
        end.action = .none
        nodes.append(end)
        var branches: [Arc] = []
        for node in chain {
            var branch = nodes[node]
            branch.id += " branch"
            branch.join = .each
            branch.split = .all
            branch.arcs = [Arc(target: join)]
            branches.append(Arc(target: nodes.count))
            nodes.append(branch)
        }
        nodes[first].id += " fork"
        nodes[first].action = .none
        nodes[first].split = .all
        nodes[first].arcs = branches
        // Nothing leads to the other nodes of the chain any more.
        for node in chain.dropFirst() {
            nodes[node].id += " unused"
            nodes[node].action = .none
            nodes[node].arcs = []
        }
    }
}
