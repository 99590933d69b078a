import Simulation

extension SimulationModel {
    /// Takes an activity out of all cases: what followed it waits for what it waited for.
    ///
    /// What its followers waited after it without a queue they wait after what came before it, so that the outside world takes its time
    /// as before.
    ///
    /// - Returns: whether it could be done: false, and the model is of no use, where nothing would be left to do in some cases.
    mutating func remove(_ activity: Int) -> Bool {
        var before: Set<Int> = []
        switch flow {
        case .scripts(var scripts):
            for number in scripts.scripts.indices where scripts.scripts[number].steps.contains(where: { $0.activity == activity }) {
                let script = scripts.scripts[number]
                for step in script.steps where step.activity == activity {
                    before.formUnion(step.after.map { script.steps[$0].activity })
                }
                scripts.scripts[number] = script.removing(activity)
                if scripts.scripts[number].steps.isEmpty && script.weight > 0 { return false }
            }
            flow = .scripts(scripts)
        case .graph(var graph):
            let nodes = graph.nodes(of: activity)
            let mightDoNothing = graph.mayDoNothing
            for node in nodes { before.formUnion(graph.activitiesBefore(node)) }
            for node in nodes { graph.nodes[node].action = .none }
            if !mightDoNothing && graph.mayDoNothing { return false }
            flow = .graph(graph)
        }
        before.remove(activity)
        for later in activities.indices { inheritDelay(of: later, after: activity, to: before) }
        forget(activity)
        return true
    }
}
