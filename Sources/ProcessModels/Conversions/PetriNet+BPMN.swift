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
    ///   always the same; up to 20,000 markings tell how many there can be, 500 where tokens grow.
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
        let sink = builder.sink
        var counts = try endings(net, builder)
        if let terminated = builder.terminated {
            net.transitions.append(
                .init(id: builder.unused("terminated"), label: nil, inputs: [.init(terminated)], outputs: [.init(sink)]))
            counts.insert(1)
        }
        if counts.isEmpty { counts = [1] }
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

    /// How many tokens can lie on the sink when there are none elsewhere: what is met among 20,000 markings, or 500 once they grow.
    ///
    /// The reduced net tells, as its rules keep where tokens are left: the ends stay, being final.
    private static func endings(
        _ net: PetriNet, _ builder: ProcessNetBuilder
    ) throws(ModelConversionError) -> Set<Int> {
        let ids = [builder.sink, builder.terminated].compactMap { $0 }.map { net.places[$0].id }
        var plain = net
        for transition in plain.transitions.indices { plain.transitions[transition].label = nil }
        plain.final = [builder.sink, builder.terminated].compactMap { $0 }.map { Marking(places: [$0]) }
        plain = plain.reduced()
        let ends = ids.map { id in plain.places.firstIndex { $0.id == id } ?? 0 }
        var search = MarkingSearch(plain, most: min(20_000, 10_000_000 / plain.places.count), beyondGrowth: 500)
        search.run()
        var counts: Set<Int> = []
        for number in 0..<search.count {
            let total = search.total(number)
            if total > 0, search.tokens(number, on: ends[0]) == total { counts.insert(total) }
            if ends.count > 1, search.tokens(number, on: ends[1]) > 0, total > 1 {
                throw ModelConversionError(.terminatesOthers, builder.terminations)
            }
        }
        return counts
    }
}
