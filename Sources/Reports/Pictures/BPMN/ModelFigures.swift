package import EventLogs
package import ProcessModels

/// What a log says of the tasks of a model, by the identifiers of the tasks.
package enum ModelFigures {
    /// How often each task was done: the instances of the activity of its name. Where several tasks have one name, none of them is told.
    package static func counts(of log: EventLog, in model: BPMNModel) -> [String: BPMNPicture.Figures] {
        var counts = [Int](repeating: 0, count: log.activities.count)
        for range in log.instanceRanges {
            for activity in log.instances.activity[range] { counts[Int(activity)] += 1 }
        }
        return figures(of: Dictionary(uniqueKeysWithValues: log.activities.ids.map { (log.activities[$0], counts[Int($0)]) }), in: model)
    }

    /// The same from the numbers of instances by activity.
    package static func figures(of instances: [String: Int], in model: BPMNModel) -> [String: BPMNPicture.Figures] {
        var tasks: [String: [String]] = [:]
        func add(_ process: BPMNModel.Process) {
            for node in process.nodes {
                if node.isTask, let name = node.name { tasks[name, default: []].append(node.id) }
                if let inner = node.inner { add(inner) }
            }
        }
        for process in model.processes { add(process) }
        var figures: [String: BPMNPicture.Figures] = [:]
        for (name, ids) in tasks where ids.count == 1 {
            if let count = instances[name] { figures[ids[0]] = BPMNPicture.Figures(count: count) }
        }
        return figures
    }
}
