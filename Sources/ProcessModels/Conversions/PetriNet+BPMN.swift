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
    /// - An inclusive gateway that joins waits for what the one before it that parts has sent, where one path leads from each way out of that to each
    ///   way in and brings one token; else the net has a place for each state of the process (``ProcessStates``), up to 4,000.
    /// - A task that is repeated or done for several is done once or more, or not at all where its condition is asked before. Work that
    ///   an event at its border ends is not recorded.
    /// - Nested processes become part of the net; what is nested and not shown is a task.
    /// - Where tokens reach several ends, as many as there are lie on the last place at the end, or are joined where their number is
    ///   always the same; up to 20,000 markings tell how many there can be, 500 where tokens grow.
    ///
    /// - Throws: ``ModelConversionError`` for what cannot be said so.
    package init(_ process: BPMNModel.Process, options: BPMNOptions = BPMNOptions()) throws(ModelConversionError) {
        var (net, crowded) = try Self.unreduced(process, options, isPaired: true)
        if let crowded {
            // A way along which several tokens come is more than a partner can know.
            do throws(ModelConversionError) { net = try Self.unreduced(process, options, isPaired: false).net } catch { throw crowded }
        }
        self = options.isReduced ? net.reduced() : net
        name = process.name
    }

    /// The net, and the refusal that is due where inclusive gateways that wait for their partners are sent several tokens along a way.
    private static func unreduced(
        _ process: BPMNModel.Process, _ options: BPMNOptions, isPaired: Bool
    ) throws(ModelConversionError) -> (net: PetriNet, crowded: ModelConversionError?) {
        var builder = ProcessNetBuilder(process, options, isPaired: isPaired)
        try builder.build()
        var net = builder.net
        var refusal: ModelConversionError?
        if builder.waiting.isEmpty {
            do throws(ModelConversionError) {
                try settleEnds(&net, builder)
            } catch {
                if error.problem != .terminatesOthers { throw error }
                refusal = error
            }
        } else {
            refusal = ModelConversionError(.unpairedInclusiveGateway, builder.waiting.map(\.id))
        }
        if let refusal {
            let states = ProcessStates(net, joins: builder.waiting, sink: builder.sink, terminated: builder.terminated)
            guard let all = states.net() else { throw refusal }
            net = all
        }
        return (net, isCrowded(builder) ? ModelConversionError(.unpairedInclusiveGateway, [process.id]) : nil)
    }

    /// Whether several tokens are seen before an inclusive gateway that waits for its partner, in 20,000 markings at most.
    private static func isCrowded(_ builder: ProcessNetBuilder) -> Bool {
        if builder.pairedWays.isEmpty { return false }
        var search = MarkingSearch(builder.net, most: min(20_000, 10_000_000 / builder.net.places.count), beyondGrowth: 500)
        search.run()
        return (0..<search.count).contains { number in builder.pairedWays.contains { search.tokens(number, on: $0) > 1 } }
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
