import Dispatch
package import EventLogs

/// Runs models.
package enum Simulator {
    /// Independent runs of a model, in the order of their numbers.
    ///
    /// - Parameter monitor: is asked between replications whether to stop.
    /// - Throws: ``SimulationModelError`` for a model that cannot run, `CancellationError` when the user has asked to stop.
    package static func run(
        _ model: SimulationModel, options: SimulationOptions, monitor: some WorkMonitor = SilentMonitor()
    ) throws -> SimulationRun {
        try model.validate()
        if case .scripts = model.flow {
            for open in options.openCases { try model.validate(open.script, "open case", rows: model.attributes?.rows ?? 0) }
        } else {
            precondition(options.openCases.isEmpty, "open cases need a scripted model")
        }
        precondition(options.cases >= 0 && options.warmUp >= 0 && options.replications >= 0, "counts are not negative")
        let compiled = CompiledModel(model, openCases: options.openCases)
        let count = options.replications
        let threads = max(1, min(options.threads, count))
        let outcomes = OutcomeSlots(count: count)
        DispatchQueue.concurrentPerform(iterations: threads) { thread in
            for replication in stride(from: thread, to: count, by: threads) {
                if (try? monitor.checkCancellation()) == nil { return }
                outcomes[replication] = replicate(compiled, options, replication)
                monitor.progress(.analysing, fraction: Double(replication + 1) / Double(count), events: 0)
            }
        }
        try monitor.checkCancellation()
        return SimulationRun(model: model, options: options, replications: outcomes.take())
    }

    private static func replicate(_ compiled: CompiledModel, _ options: SimulationOptions, _ replication: Int) -> ReplicationOutcome {
        var engine = Engine(compiled, options, replication: replication)
        engine.run()
        return engine.outcome(replication)
    }

    /// One place per replication, each written by one thread only.
    private final class OutcomeSlots: @unchecked Sendable {
        private let slots: UnsafeMutablePointer<ReplicationOutcome?>
        private let count: Int

        init(count: Int) {
            self.count = count
            slots = .allocate(capacity: count)
            slots.initialize(repeating: nil, count: count)
        }

        subscript(index: Int) -> ReplicationOutcome? {
            get { slots[index] }
            set { slots[index] = newValue }
        }

        func take() -> [ReplicationOutcome] { (0..<count).compactMap { slots[$0] } }

        deinit {
            slots.deinitialize(count: count)
            slots.deallocate()
        }
    }
}

/// The replications of one model under one set of options.
package struct SimulationRun: Sendable {
    /// What was run.
    package var model: SimulationModel
    /// How it was run.
    package var options: SimulationOptions
    /// What came of it.
    package var replications: [ReplicationOutcome]
}
