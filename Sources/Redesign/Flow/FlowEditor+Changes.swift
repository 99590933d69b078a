import EventLogs
import ProcessModels

extension FlowEditor {
    /// Lets a program do a task, for the cases that the condition names and the share of them that it takes.
    ///
    /// - Returns: the task of the program.
    mutating func automate(_ task: String, by program: PlannedChange.Automation) -> String {
        if program.share >= 1 && program.condition == nil {
            if let place = place(of: task) { process.nodes[place].kind = .task(.service) }
            marks[task] = .automated
            return task
        }
        isolate(task)
        let choice = add(.exclusiveGateway, "choice")
        let merge = add(.exclusiveGateway, "merge")
        let own = add(.task(.service), "program", name: activity(at: task))
        marks[own] = .automated
        for flow in flows(to: task) { process.flows[flow].target = choice }
        for flow in flows(from: task) { process.flows[flow].source = merge }
        connect(task, merge)
        connect(own, merge)
        guard program.share < 1 else {
            connect(choice, own, condition: program.condition?.text)
            connect(choice, task, isDefault: true)
            return own
        }
        // A share is nothing that a case knows of itself: who runs the process decides, the likelier way is the default.
        var sharing = choice
        var people = task
        if let condition = program.condition {
            sharing = add(.exclusiveGateway, "share")
            people = add(.exclusiveGateway, "people")
            connect(choice, sharing, condition: condition.text)
            connect(choice, people, isDefault: true)
            connect(people, task)
        }
        connect(sharing, own, isDefault: program.share >= 0.5)
        connect(sharing, people, isDefault: program.share < 0.5)
        return own
    }

    /// Leaves a task out; what led to it leads on.
    mutating func remove(_ task: String) {
        isolate(task)
        bypass(task)
        simplify()
    }

    // MARK: Side by side

    /// One chosen activity with all that belongs to it: its task, or a choice whose ways hold nothing but tasks of it.
    private struct Block {
        var activity: String
        var first: String
        var last: String
        var tasks: [String]
    }

    /// Turns chains of chosen activities into ways between a parallel split and a parallel join.
    ///
    /// - Returns: the tasks that stand side by side now; empty where no two follow each other with nothing between.
    mutating func parallelize(_ chosen: [String]) -> [String] {
        unshare(chosen)
        let blocks = process.nodes.compactMap { block(at: $0.id, of: chosen) }
        let inner = Set(blocks.filter { $0.first != $0.last }.flatMap(\.tasks))
        let heads = Dictionary(
            blocks.filter { $0.first != $0.last || !inner.contains($0.first) }.map { ($0.first, $0) }, uniquingKeysWith: { one, _ in one })
        var next: [String: String] = [:]
        for (id, block) in heads {
            let out = flows(from: block.last)
            guard out.count == 1, let follower = heads[process.flows[out[0]].target], flows(to: follower.first).count == 1 else { continue }
            next[id] = follower.first
        }
        let followers = Set(next.values)
        var moved: [String] = []
        for node in process.nodes {
            guard let head = heads[node.id], !followers.contains(node.id) else { continue }
            var chain = [head]
            while let id = next[chain[chain.count - 1].first], let block = heads[id],
                !chain.contains(where: { $0.activity == block.activity })
            {
                chain.append(block)
            }
            if chain.count < 2 { continue }
            fork(chain)
            moved += chain.flatMap(\.tasks)
        }
        for task in moved where marks[task] == nil { marks[task] = .moved }
        simplify()
        return moved
    }

    /// Gives chosen tasks that come after a chosen activity as well as after others, as in a repetition, a task of their own for after it.
    private mutating func unshare(_ chosen: [String]) {
        let blocks = process.nodes.compactMap { block(at: $0.id, of: chosen) }
        let lasts = Dictionary(blocks.map { ($0.last, $0.activity) }, uniquingKeysWith: { one, _ in one })
        for block in blocks where block.first == block.last {
            guard let into = flows(to: block.first).first, let out = flows(from: block.first).first else { continue }
            let merge = process.flows[into].source
            guard kind(of: merge) == .exclusiveGateway, flows(from: merge).count == 1 else { continue }
            let before = flows(to: merge).filter { flow in
                lasts[process.flows[flow].source].map { $0 != block.activity } ?? false
            }
            guard let first = before.first, before.count < flows(to: merge).count, let place = place(of: block.first) else { continue }
            let own = add(process.nodes[place].kind, "again", name: process.nodes[place].name)
            marks[own] = marks[block.first]
            for flow in before { process.flows[flow].target = own }
            if before.count > 1 { gather(process.flows[first].target) }
            let entrance = entry(on: out)
            connect(own, entrance)
        }
    }

    /// Where a new flow can lead so that its token goes on as that of a flow does.
    private mutating func entry(on flow: Int) -> String {
        let target = process.flows[flow].target
        if kind(of: target) == .exclusiveGateway { return target }
        let merge = add(.exclusiveGateway, "merge")
        process.flows[flow].target = merge
        connect(merge, target)
        return merge
    }

    private mutating func fork(_ chain: [Block]) {
        let split = add(.parallelGateway, "split")
        let join = add(.parallelGateway, "join")
        gather(chain[0].first)
        for flow in flows(to: chain[0].first) { process.flows[flow].target = split }
        let between = Set(chain.dropLast().flatMap { flows(from: $0.last).map { process.flows[$0].id } })
        if let last = chain.last {
            for flow in flows(from: last.last) { process.flows[flow].source = join }
        }
        removeFlows(between)
        for block in chain {
            connect(split, block.first)
            connect(block.last, join)
        }
    }

    private func block(at id: String, of chosen: [String]) -> Block? {
        if let activity = activity(at: id) {
            return chosen.contains(activity) && flows(from: id).count == 1
                ? Block(activity: activity, first: id, last: id, tasks: [id]) : nil
        }
        guard kind(of: id) == .exclusiveGateway, flows(from: id).count > 1, flows(to: id).count == 1 else { return nil }
        // What is reached before the nearest gateway at which all meets again.
        for end in process.nodes where end.kind == .exclusiveGateway && end.id != id && flows(from: end.id).count == 1 {
            var inside: Set<String> = [id]
            var open = [id]
            var meets = true
            while let node = open.popLast(), meets {
                for flow in flows(from: node) {
                    let target = process.flows[flow].target
                    if target == end.id { continue }
                    if activity(at: target).map({ !chosen.contains($0) }) ?? (kind(of: target) != .exclusiveGateway) { meets = false }
                    if inside.insert(target).inserted { open.append(target) }
                }
            }
            let isClosed = inside.allSatisfy { node in
                node == id || flows(to: node).allSatisfy { inside.contains(process.flows[$0].source) }
            }
            guard meets, isClosed, flows(to: end.id).allSatisfy({ inside.contains(process.flows[$0].source) }) else { continue }
            let tasks = process.nodes.map(\.id).filter { inside.contains($0) && activity(at: $0) != nil }
            let names = Set(tasks.compactMap { activity(at: $0) })
            if let name = names.first, names.count == 1 { return Block(activity: name, first: id, last: end.id, tasks: tasks) }
        }
        return nil
    }

    // MARK: Which way

    /// Lets an activity follow another with a probability: always and never take ways out; what lies between is nothing that a case knows, so
    /// what was learnt there no longer holds, and who runs the process decides.
    ///
    /// - Returns: the choices and flows that changed; nil where the process shows no such decision, and is of no use then.
    mutating func route(from: String, to: String, probability: Double, keepsRemoved: Bool) -> [String]? {
        var decisions: [String] = []
        var touched: [String] = []
        for task in tasks(of: from) {
            isolate(task)
            guard let out = flows(from: task).first else { return nil }
            // Nothing else follows there.
            if leads(process.flows[out].target, to) == true {
                if probability < 1 { return nil }
                touched.append(task)
                continue
            }
            let decision = ownDecision(behind: out, after: from)
            if !decisions.contains(decision) { decisions.append(decision) }
        }
        for decision in decisions {
            var ways = flows(from: decision).map { (flow: process.flows[$0].id, leads: leads(process.flows[$0].target, to)) }
            if ways.contains(where: { $0.leads == nil }) { return nil }
            if !ways.contains(where: { $0.leads == true }) {
                let targets = tasks(of: to)
                guard targets.count == 1, probability > 0 else { return nil }
                let entrance = entry(of: targets[0])
                connect(decision, entrance)
                ways = flows(from: decision).map { (process.flows[$0].id, leads(process.flows[$0].target, to)) }
            }
            touched.append(decision)
            if probability >= 1 || probability <= 0 {
                let leaving = ways.filter { ($0.leads == true) != (probability >= 1) }.map(\.flow)
                if leaving.count == ways.count { return nil }
                if keepsRemoved {
                    for flow in leaving { marks[flow] = .removed }
                } else {
                    removeFlows(Set(leaving))
                }
                continue
            }
            let likely = ways.filter { ($0.leads == true) == (probability >= 0.5) }.map(\.flow)
            for place in flows(from: decision) {
                process.flows[place].condition = nil
                process.flows[place].isDefault = likely == [process.flows[place].id]
            }
            if let place = place(of: decision) { process.nodes[place].rest.documentation = nil }
            if marks[decision] == nil { marks[decision] = .changed }
        }
        removeUnreached()
        simplify()
        return touched.isEmpty ? nil : touched
    }

    /// Whether a way leads to the activity at once: true where it can lead nowhere else, false where it can not lead there, nil where that is
    /// decided further on.
    private func leads(_ target: String, _ activity: String) -> Bool? {
        let reached = reachedSilently(from: target)
        if !reached.activities.contains(activity) { return false }
        return reached.activities.count == 1 && !reached.end ? true : nil
    }

    /// The first choice on a flow that leaves a task, which comes after no other activity: where it does, the task gets one of its own with
    /// the same ways, and where nothing is chosen yet one with the only way.
    private mutating func ownDecision(behind out: Int, after activity: String) -> String {
        var at = process.flows[out].target
        var seen: Set<String> = []
        while kind(of: at) == .exclusiveGateway, let only = flows(from: at).first, flows(from: at).count == 1, seen.insert(at).inserted {
            at = process.flows[only].target
        }
        let isChoice = kind(of: at) == .exclusiveGateway
        if isChoice {
            if process.previous(before: at).allSatisfy({ self.activity(at: $0.id) == activity }) { return at }
        }
        let own = add(.exclusiveGateway, "choice")
        let target = process.flows[out].target
        process.flows[out].target = own
        if !isChoice {
            connect(own, target)
            return own
        }
        for way in flows(from: at) {
            let entrance = entry(on: way)
            connect(own, entrance, condition: process.flows[way].condition, isDefault: process.flows[way].isDefault)
        }
        return own
    }
}
