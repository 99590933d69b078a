import WorkingTime

/// Why a model cannot be simulated.
package struct SimulationModelError: Error, Equatable, Sendable {
    /// What is wrong.
    package enum Problem: String, Sendable {
        /// A place that does not exist is referred to.
        case danglingReference = "dangling-reference"
        /// A distribution whose parameters make none.
        case invalidDistribution = "invalid-distribution"
        /// An activity that nobody may do.
        case noPerformer = "no-performer"
        /// A performer without a resource that ever works.
        case nobodyAtWork = "nobody-at-work"
        /// A calendar that is never open where somebody waits for it.
        case neverOpen = "never-open"
        /// Weights or probabilities that are negative, or that are all zero.
        case invalidWeights = "invalid-weights"
        /// There is nothing to simulate: no script, or no start.
        case empty
        /// A batch that nothing lets go.
        case endlessBatch = "endless-batch"
        /// Columns or lists of different lengths.
        case unequalLengths = "unequal-lengths"
        /// A step before one of its predecessors.
        case disorderedScript = "disordered-script"
    }

    /// What is wrong.
    package let problem: Problem
    /// The name of the activity, role, resource or node concerned.
    package let name: String

    init(_ problem: Problem, _ name: String) {
        self.problem = problem
        self.name = name
    }
}

extension SimulationModel {
    /// Checks that the model can be simulated.
    ///
    /// - Throws: ``SimulationModelError`` with the first thing that is wrong.
    package func validate() throws(SimulationModelError) {
        for resource in resources {
            guard roles.indices.contains(resource.role), calendars.indices.contains(resource.calendar) else {
                throw SimulationModelError(.danglingReference, resource.name)
            }
        }
        for activity in activities { try validate(activity) }
        try validateArrivals()
        let rows = attributes?.rows ?? 0
        if let attributes, attributes.columns.contains(where: { $0.values.count != rows }) {
            throw SimulationModelError(.unequalLengths, "attributes")
        }
        if !priorities.isEmpty && priorities.count != rows { throw SimulationModelError(.unequalLengths, "priorities") }
        switch flow {
        case .graph(let graph): try validate(graph)
        case .scripts(let scripts): try validate(scripts, rows: rows)
        }
    }

    private func validate(_ activity: SimulationActivity) throws(SimulationModelError) {
        if activity.performers.isEmpty { throw SimulationModelError(.noPerformer, activity.name) }
        guard activity.durationScale >= 0, activity.durationScale.isFinite else {
            throw SimulationModelError(.invalidDistribution, activity.name)
        }
        for performer in activity.performers { try validate(performer, of: activity) }
        guard Self.areWeights(activity.performers.map(\.weight)) else { throw SimulationModelError(.invalidWeights, activity.name) }
        for delay in activity.delaysAfter.map(\.delay) + [activity.delay].compactMap({ $0 }) { try validate(delay, activity.name) }
        guard activity.delaysAfter.allSatisfy({ activities.indices.contains($0.activity) }) else {
            throw SimulationModelError(.danglingReference, activity.name)
        }
        if let release = activity.batching?.release {
            guard !release.weekly.isEmpty || release.size != nil || release.longestWait != nil else {
                throw SimulationModelError(.endlessBatch, activity.name)
            }
        }
        if let automation = activity.automation {
            guard roles.indices.contains(automation.role) else { throw SimulationModelError(.danglingReference, activity.name) }
            guard automation.duration.isValid else { throw SimulationModelError(.invalidDistribution, activity.name) }
            guard (0...1).contains(automation.share) else { throw SimulationModelError(.invalidWeights, activity.name) }
            if let eligible = automation.eligible, eligible.count != attributes?.rows ?? 0 {
                throw SimulationModelError(.unequalLengths, activity.name)
            }
        }
    }

    private func validate(_ performer: SimulationActivity.Performer, of activity: SimulationActivity) throws(SimulationModelError) {
        guard roles.indices.contains(performer.role), performer.resources.allSatisfy({ resources.indices.contains($0.resource) }) else {
            throw SimulationModelError(.danglingReference, activity.name)
        }
        let distributions = [performer.duration] + performer.resources.map(\.duration) + [performer.repeatedDuration].compactMap { $0 }
        guard distributions.allSatisfy(\.isValid) else { throw SimulationModelError(.invalidDistribution, activity.name) }
        if roles[performer.role].isSystem { return }
        let able = performer.resources.isEmpty ? resources(of: performer.role) : performer.resources.map(\.resource)
        guard able.contains(where: { !calendars[resources[$0].calendar].hours.isEmpty }) else {
            throw SimulationModelError(.nobodyAtWork, activity.name)
        }
    }

    private func validate(_ delay: SimulationActivity.Delay, _ name: String) throws(SimulationModelError) {
        guard delay.distribution.isValid else { throw SimulationModelError(.invalidDistribution, name) }
        guard let calendar = delay.calendar else { return }
        guard calendars.indices.contains(calendar) else { throw SimulationModelError(.danglingReference, name) }
        if calendars[calendar].hours.isEmpty { throw SimulationModelError(.neverOpen, name) }
    }

    private func validateArrivals() throws(SimulationModelError) {
        let name = "arrivals"
        if let calendar = arrivals.calendar {
            guard calendars.indices.contains(calendar) else { throw SimulationModelError(.danglingReference, name) }
            if calendars[calendar].hours.isEmpty { throw SimulationModelError(.neverOpen, name) }
        }
        if let bundle = arrivals.bundle, !bundle.isValid { throw SimulationModelError(.invalidDistribution, name) }
        guard arrivals.scale > 0, arrivals.scale.isFinite else { throw SimulationModelError(.invalidWeights, name) }
        switch arrivals.process {
        case .gaps(let gaps, _):
            if !gaps.isValid { throw SimulationModelError(.invalidDistribution, name) }
        case .weeklyRates(let rates):
            if rates.count != 168 { throw SimulationModelError(.unequalLengths, name) }
            if !Self.areWeights(rates) { throw SimulationModelError(.invalidWeights, name) }
        case .instants(let instants):
            if instants.isEmpty { throw SimulationModelError(.empty, name) }
            guard zip(instants, instants.dropFirst()).allSatisfy({ $0 <= $1 }), instants[0] >= 0 else {
                throw SimulationModelError(.disorderedScript, name)
            }
            let blocks = arrivals.blocks
            if let end = blocks.last {
                guard blocks[0] == 0, instants[instants.count - 1] < end, arrivals.bundle == nil,
                    zip(blocks, blocks.dropFirst()).allSatisfy({ $0 < $1 })
                else { throw SimulationModelError(.disorderedScript, name) }
            }
        }
    }

    private func validate(_ graph: FlowGraph) throws(SimulationModelError) {
        if graph.starts.isEmpty { throw SimulationModelError(.empty, "start") }
        if !graph.starts.allSatisfy(graph.nodes.indices.contains) { throw SimulationModelError(.danglingReference, "start") }
        for node in graph.nodes {
            guard node.arcs.allSatisfy({ graph.nodes.indices.contains($0.target) }) else {
                throw SimulationModelError(.danglingReference, node.id)
            }
            if node.split != .all && node.arcs.count > 1 && !Self.areWeights(node.arcs.map(\.probability)) {
                throw SimulationModelError(.invalidWeights, node.id)
            }
            switch node.action {
            case .none, .race, .timer(nil): break
            case .activity(let place):
                if !activities.indices.contains(place) { throw SimulationModelError(.danglingReference, node.id) }
            case .timer(let delay?): try validate(delay, node.id)
            }
        }
    }

    private func validate(_ scripts: CaseScripts, rows: Int) throws(SimulationModelError) {
        if scripts.scripts.isEmpty { throw SimulationModelError(.empty, "scripts") }
        if !Self.areWeights(scripts.scripts.map(\.weight)) { throw SimulationModelError(.invalidWeights, "scripts") }
        for (number, script) in scripts.scripts.enumerated() { try validate(script, "script \(number + 1)", rows: rows) }
    }

    func validate(_ script: CaseScripts.Script, _ name: String, rows: Int) throws(SimulationModelError) {
        if let row = script.row, !(0..<rows).contains(row) { throw SimulationModelError(.danglingReference, name) }
        for (place, step) in script.steps.enumerated() {
            guard activities.indices.contains(step.activity) else { throw SimulationModelError(.danglingReference, name) }
            if let performer = step.performer, !activities[step.activity].performers.indices.contains(performer) {
                throw SimulationModelError(.danglingReference, name)
            }
            guard step.after.allSatisfy({ (0..<place).contains($0) }), Set(step.after).count == step.after.count else {
                throw SimulationModelError(.disorderedScript, name)
            }
            if step.delay ?? 0 < 0 || step.work ?? 0 < 0 { throw SimulationModelError(.invalidDistribution, name) }
        }
    }

    private static func areWeights(_ weights: [Double]) -> Bool {
        weights.allSatisfy { $0 >= 0 && $0.isFinite } && weights.contains { $0 > 0 }
    }
}
