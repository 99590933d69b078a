extension PetriNet {
    /// How a process becomes a net.
    package struct BPMNOptions: Sendable, Equatable {
        /// Whether events with a name are activities, as tasks are; else nothing is recorded of events.
        package var eventsAreActivities = false
        /// Whether silent transitions are taken out where the language allows.
        package var isReduced = true

        /// The defaults.
        package init() {}
    }

    /// The net of a BPMN process (Dijkman, Dumas, Ouyang: "Semantics and analysis of business process models in BPMN", Information and
    /// Software Technology 50(12), 2008, doi:10.1016/j.infsof.2008.02.006): a place for each flow, a transition for each task.
    ///
    /// - A task without a name is called by its identifier. Of several start events one begins the case.
    /// - A task with several flows in is done for each token alone; with several out it sends one along each, of those with conditions along
    ///   some.
    /// - An inclusive gateway that joins must have one before it that parts, with one path from each way out to each way in; it then waits
    ///   for what was sent.
    /// - A task that is repeated or done for several is done once or more. Work that an event at its border ends is not recorded.
    /// - Nested processes become part of the net; what is nested and not shown is a task.
    /// - Where tokens reach several ends, as many as there are lie on the last place at the end, or are joined where their number is
    ///   always the same.
    ///
    /// - Throws: ``ModelConversionError`` for what cannot be said so.
    package init(_ process: BPMNModel.Process, options: BPMNOptions = BPMNOptions()) throws(ModelConversionError) {
        var builder = ProcessNetBuilder(process, options)
        try builder.build()
        var net = builder.net
        try Self.settleEnds(&net, builder)
        self = options.isReduced ? net.reduced() : net
        name = process.name
    }

    /// Gives the net its final markings, by the tokens that its ends really get.
    private static func settleEnds(_ net: inout PetriNet, _ builder: ProcessNetBuilder) throws(ModelConversionError) {
        var search = MarkingSearch(net, most: 20_000)
        search.run()
        let sink = builder.sink
        var counts: Set<Int> = []
        for number in 0..<search.count {
            let marking = search.marking(number)
            let total = marking.total
            if total > 0, marking[sink] == total { counts.insert(total) }
            if let terminated = builder.terminated, marking[terminated] > 0, total > 1 {
                throw ModelConversionError(.terminatesOthers, builder.terminations)
            }
        }
        if let terminated = builder.terminated {
            net.transitions.append(
                .init(id: builder.unused("terminated"), label: nil, inputs: [.init(terminated)], outputs: [.init(sink)]))
            counts.insert(1)
        }
        if !search.isComplete || counts.isEmpty { counts = [1] }
        if counts.count == 1, let count = counts.first, count > 1 {
            net.places.append(.init(id: builder.unused("all ended")))
            net.transitions.append(
                .init(
                    id: builder.unused("join ends"), label: nil, inputs: [.init(sink, weight: count)],
                    outputs: [.init(net.places.count - 1)]))
            net.final = [Marking(places: [net.places.count - 1])]
        } else {
            net.final = counts.sorted().map { Marking(places: Array(repeating: sink, count: $0)) }
        }
    }
}
