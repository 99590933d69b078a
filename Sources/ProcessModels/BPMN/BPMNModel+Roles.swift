extension BPMNModel {
    /// The model with its work divided into lanes by role, in a pool for each process; new diagrams are to be laid out.
    ///
    /// Lanes stand in the order in which their work comes first. What is no task, and a task without role, stands in the lane of what leads
    /// to it, else of what it leads to. A process none of whose tasks has a role keeps the lanes it has.
    ///
    /// - Parameters:
    ///   - pool: the name of the pool of a process without one; the process's own name where it has one.
    ///   - roleOf: who does an activity, by the task's name; nil where it is not known.
    package func withLanes(pool: String? = nil, roleOf: (String) -> String?) -> BPMNModel {
        divided(pool: pool, roleOf: { roleOf($0.name ?? $0.id) })
    }

    /// The same by the tasks themselves: tasks of one name may have different roles.
    package func divided(pool: String? = nil, roleOf: (Node) -> String?) -> BPMNModel {
        var result = self
        result.diagrams = []
        for place in processes.indices {
            let process = processes[place]
            var roles: [String?] = process.nodes.map { node in
                guard node.isTask, let role = roleOf(node), !role.isEmpty else { return nil }
                return role
            }
            guard roles.contains(where: { $0 != nil }) else { continue }
            Self.spread(&roles, process)
            var lanes: [Lane] = []
            var laneOf: [String: Int] = [:]
            for node in Self.inOrder(process) {
                let role = roles[node] ?? roles.compactMap { $0 }[0]
                if laneOf[role] == nil {
                    laneOf[role] = lanes.count
                    lanes.append(Lane(id: "", name: role, nodes: []))
                }
            }
            for (node, role) in zip(process.nodes, roles) {
                if let role, let lane = laneOf[role] { lanes[lane].nodes.append(node.id) } else { lanes[0].nodes.append(node.id) }
            }
            for lane in lanes.indices { lanes[lane].id = result.unused("lane_\(place + 1)_\(lane + 1)") }
            result.processes[place].laneSets = [LaneSet(id: result.unused("lanes_\(place + 1)"), lanes: lanes)]
            if !result.collaborations.contains(where: { $0.participants.contains { self.process(of: $0)?.id == process.id } }) {
                let participant = Participant(
                    id: result.unused("pool_\(place + 1)"), name: process.name ?? pool, process: process.id)
                if result.collaborations.isEmpty {
                    result.collaborations.append(Collaboration(id: result.unused("collaboration"), participants: [participant]))
                } else {
                    result.collaborations[0].participants.append(participant)
                }
            }
        }
        return result
    }

    /// Gives nodes without role that of what leads to them, else of what they lead to.
    private static func spread(_ roles: inout [String?], _ process: Process) {
        var places: [String: Int] = [:]
        for (place, node) in process.nodes.enumerated() { places[node.id] = place }
        var links = process.flows.compactMap { flow -> (Int, Int)? in
            guard let source = places[flow.source], let target = places[flow.target] else { return nil }
            return (source, target)
        }
        for (place, node) in process.nodes.enumerated() {
            if let host = node.attachedTo.flatMap({ places[$0] }) { links.append((host, place)) }
        }
        for isForward in [true, false] {
            for _ in process.nodes where roles.contains(nil) {
                let before = roles
                for (source, target) in links {
                    let (from, to) = isForward ? (source, target) : (target, source)
                    if roles[to] == nil, let role = before[from] { roles[to] = role }
                }
                if roles == before { break }
            }
        }
    }

    /// The places of the nodes, breadth first from where the process begins, the rest behind.
    private static func inOrder(_ process: Process) -> [Int] {
        var places: [String: Int] = [:]
        for (place, node) in process.nodes.enumerated() { places[node.id] = place }
        var after = [[Int]](repeating: [], count: process.nodes.count)
        for flow in process.flows {
            if let source = places[flow.source], let target = places[flow.target] { after[source].append(target) }
        }
        var seen = [Bool](repeating: false, count: process.nodes.count)
        var order: [Int] = []
        for start in process.nodes.indices.filter({ process.nodes[$0].kind == .startEvent }) + Array(process.nodes.indices)
        where !seen[start] {
            seen[start] = true
            var open = [start]
            var next = 0
            while next < open.count {
                let node = open[next]
                next += 1
                order.append(node)
                for target in after[node] where !seen[target] {
                    seen[target] = true
                    open.append(target)
                }
            }
        }
        return order
    }
}
