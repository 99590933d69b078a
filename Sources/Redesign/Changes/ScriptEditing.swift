import Simulation

/// The order of a script's steps.
extension CaseScripts.Script {
    /// Per step whether it must wait for the one at `place`, directly or not.
    func descendants(of place: Int) -> [Bool] {
        var result = [Bool](repeating: false, count: steps.count)
        for later in steps.indices.dropFirst(place + 1) {
            result[later] = steps[later].after.contains { $0 == place || result[$0] }
        }
        return result
    }

    /// The places of the steps that follow the one at `place` with nothing between.
    func followers(of place: Int) -> [Int] {
        let beyond = descendants(of: place)
        return steps.indices.filter { later in steps[later].after.contains(place) && !steps[later].after.contains { beyond[$0] } }
    }

    /// The places of an activity's steps.
    func places(of activity: Int) -> [Int] { steps.indices.filter { steps[$0].activity == activity } }

    /// The script without the steps of an activity: what followed them waits for what they waited for.
    func removing(_ activity: Int) -> CaseScripts.Script {
        var kept: [CaseScripts.Step] = []
        // For each old step the new ones that stand for it: itself, or what it waited for.
        var standing: [[Int]] = []
        for step in steps {
            let before = Set(step.after.flatMap { standing[$0] }).sorted()
            if step.activity == activity {
                standing.append(before)
            } else {
                standing.append([kept.count])
                var step = step
                step.after = before
                kept.append(step)
            }
        }
        var result = self
        result.steps = kept
        return result
    }

    /// The script with its steps in an order in which predecessors come first; of several possible next steps the one that stood first.
    ///
    /// The order must have no circles.
    func ordered() -> CaseScripts.Script {
        var following = [[Int]](repeating: [], count: steps.count)
        var missing = steps.map(\.after.count)
        for (place, step) in steps.enumerated() {
            for before in step.after { following[before].append(place) }
        }
        var open = steps.indices.filter { missing[$0] == 0 }
        var order: [Int] = []
        var newPlace = [Int](repeating: -1, count: steps.count)
        while let next = open.min() {
            open.removeAll { $0 == next }
            newPlace[next] = order.count
            order.append(next)
            for later in following[next] {
                missing[later] -= 1
                if missing[later] == 0 { open.append(later) }
            }
        }
        precondition(order.count == steps.count, "steps wait for each other in a circle")
        var result = self
        result.steps = order.map { place in
            var step = steps[place]
            step.after = step.after.map { newPlace[$0] }.sorted()
            return step
        }
        return result
    }
}

/// Places of activities in a model whose list of activities changes.
extension SimulationModel {
    /// Takes an activity, which no case does any more, from the list.
    mutating func forget(_ activity: Int) {
        let moved: (Int) -> Int = { $0 > activity ? $0 - 1 : $0 }
        activities.remove(at: activity)
        for place in activities.indices {
            activities[place].delaysAfter = activities[place].delaysAfter.filter { $0.activity != activity }.map {
                SimulationActivity.DelayAfter(activity: moved($0.activity), delay: $0.delay)
            }
        }
        switch flow {
        case .scripts(var scripts):
            flow = .graph(FlowGraph(nodes: [], starts: []))
            for script in scripts.scripts.indices {
                for step in scripts.scripts[script].steps.indices {
                    scripts.scripts[script].steps[step].activity = moved(scripts.scripts[script].steps[step].activity)
                }
            }
            flow = .scripts(scripts)
        case .graph(var graph):
            for node in graph.nodes.indices {
                if case .activity(let place) = graph.nodes[node].action { graph.nodes[node].action = .activity(moved(place)) }
            }
            flow = .graph(graph)
        }
    }

    /// Lets `later` wait after each of `others` as it waited after `activity`, where it has no wait of its own there.
    mutating func inheritDelay(of later: Int, after activity: Int, to others: Set<Int>) {
        guard let known = activities[later].delaysAfter.first(where: { $0.activity == activity }) else { return }
        for other in others.sorted() where !activities[later].delaysAfter.contains(where: { $0.activity == other }) {
            activities[later].delaysAfter.append(SimulationActivity.DelayAfter(activity: other, delay: known.delay))
        }
    }
}
