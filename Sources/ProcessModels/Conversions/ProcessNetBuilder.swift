/// Builds the net of a process, node by node.
struct ProcessNetBuilder {
    private(set) var net = PetriNet()
    /// The place that ends lead to.
    private(set) var sink = 1
    /// The place of events that end the process, and these events.
    private(set) var terminated: Int?
    private(set) var terminations: [String] = []
    /// Inclusive gateways that wait for what the whole process may still send.
    private(set) var waiting: [ProcessStates.Join] = []
    /// The places before inclusive gateways that wait for what their partner has sent.
    private(set) var pairedWays: [Int] = []

    private let process: BPMNModel.Process
    private let options: PetriNet.BPMNOptions
    private var graph: ProcessGraph
    private var taken: Set<String> = []
    /// By flow the place that its source puts a token on.
    private var places: [Int] = []
    /// By flow the place that its target takes the token from: the same but where it waits for more.
    private var tails: [Int] = []
    private let source = 0

    /// - Parameter isPaired: whether inclusive gateways wait for what their partner has sent, where they have one.
    init(_ process: BPMNModel.Process, _ options: PetriNet.BPMNOptions, isPaired: Bool) {
        self.process = process
        self.options = options
        graph = ProcessGraph(process)
        if !isPaired { graph.unpair() }
        taken = Set(process.nodes.map(\.id) + process.flows.map(\.id))
    }

    /// An identifier that nothing has.
    func unused(_ wanted: String) -> String {
        var id = wanted
        while taken.contains(id) { id += "_" }
        return id
    }

    mutating func build() throws(ModelConversionError) {
        if process.nodes.isEmpty { throw ModelConversionError(.empty, [process.id]) }
        try graph.check()
        _ = place("source")
        sink = place("sink")
        net.initial = Marking(places: [source])
        places = process.flows.map { _ in 0 }
        for (number, flow) in process.flows.enumerated() {
            net.places.append(.init(id: flow.id, name: flow.name))
            places[number] = net.places.count - 1
        }
        tails = places
        for number in process.nodes.indices {
            if let ends = longChoiceEnds(number) { tails[ends[0]] = place("all decided \(process.nodes[number].id)") }
        }
        for number in process.nodes.indices where process.nodes[number].kind != .boundaryEvent && !graph.isAside[number] {
            try addNode(number)
        }
    }

    // MARK: - Pieces

    private mutating func place(_ wanted: String) -> Int {
        let id = unused(wanted)
        taken.insert(id)
        net.places.append(.init(id: id))
        return net.places.count - 1
    }

    private mutating func transition(_ wanted: String, _ label: String?, from inputs: [Int], to outputs: [Int], isNode: Bool = false) {
        let id = isNode ? wanted : unused(wanted)
        taken.insert(id)
        net.transitions.append(.init(id: id, label: label, inputs: inputs.map { .init($0) }, outputs: outputs.map { .init($0) }))
    }

    /// The place that a node takes its token from.
    private mutating func entry(_ number: Int) -> Int {
        let entering = graph.entering[number]
        if entering.isEmpty { return source }
        if entering.count == 1 { return tails[entering[0]] }
        let node = process.nodes[number].id
        let own = place("in \(node)")
        for flow in entering { transition("\(process.flows[flow].id) to \(node)", nil, from: [tails[flow]], to: [own]) }
        return own
    }

    /// The places that a node puts tokens on, where it puts one on each.
    private func exits(_ number: Int) -> [Int] {
        let leaving = graph.leaving[number]
        return leaving.isEmpty ? [sink] : leaving.map { places[$0] }
    }

    private mutating func addNode(_ number: Int) throws(ModelConversionError) {
        let node = process.nodes[number]
        switch node.kind {
        case .exclusiveGateway, .eventBasedGateway:
            let start = entry(number)
            for exit in exits(number) { transition("\(node.id) to \(net.places[exit].id)", nil, from: [start], to: [exit]) }
        case .parallelGateway:
            let entering = graph.entering[number]
            transition(
                node.id, nil, from: entering.isEmpty ? [source] : entering.map { tails[$0] }, to: exits(number), isNode: true)
        case .inclusiveGateway: try addInclusive(number)
        case .complexGateway: throw ModelConversionError(.unsupportedElement, [node.id])
        case .startEvent, .endEvent, .catchEvent, .throwEvent:
            let isTermination = node.kind == .endEvent && node.triggers.contains("terminate")
            if isTermination {
                terminations.append(node.id)
                if terminated == nil { terminated = place("terminated") }
            }
            let label = options.eventsAreActivities ? node.name.flatMap { $0.isEmpty ? nil : $0 } : nil
            let start = entry(number)
            if isTermination, let terminated {
                transition(node.id, label, from: [start], to: [terminated], isNode: true)
            } else {
                try addWork(number, label, from: start)
            }
        case .task: try addTask(number)
        case .boundaryEvent: break
        }
    }

    /// One transition, with what leaves it: flows with conditions are a choice of their own.
    private mutating func addWork(_ number: Int, _ label: String?, from start: Int) throws(ModelConversionError) {
        let id = process.nodes[number].id
        guard graph.isConditional(number) else {
            transition(id, label, from: [start], to: exits(number), isNode: true)
            return
        }
        let done = place("out \(id)")
        transition(id, label, from: [start], to: [done], isNode: true)
        try addChoice(number, from: done)
    }

    // MARK: - Inclusive gateways

    private mutating func addInclusive(_ number: Int) throws(ModelConversionError) {
        let id = process.nodes[number].id
        let entering = graph.entering[number]
        let isSplit = graph.leaving[number].count > 1
        guard entering.count > 1 else {
            let start = entry(number)
            if isSplit { try addChoice(number, from: start) } else { transition(id, nil, from: [start], to: exits(number), isNode: true) }
            return
        }
        let joined = isSplit ? place("in \(id)") : nil
        let exits = joined.map { [$0] } ?? exits(number)
        let partner = graph.partner(of: number)
        if partner != nil { pairedWays += entering.map { tails[$0] } }
        switch partner.map({ process.nodes[$0].kind }) {
        case nil:
            if entering.count > 6 { throw ModelConversionError(.unpairedInclusiveGateway, [id]) }
            let ways = entering.map { tails[$0] }
            let first = net.transitions.count
            for subset in 1..<(1 << ways.count) {
                let come = ways.indices.filter { subset >> $0 & 1 == 1 }.map { ways[$0] }
                transition("\(id) join \(subset)", nil, from: come, to: exits)
            }
            waiting.append(.init(id: id, ways: ways, transitions: first..<net.transitions.count))
        case .exclusiveGateway, .eventBasedGateway:
            for flow in entering { transition("\(process.flows[flow].id) to \(id)", nil, from: [tails[flow]], to: exits) }
        default: transition("\(id) join", nil, from: entering.map { tails[$0] }, to: exits)
        }
        if let joined { try addChoice(number, from: joined) }
    }

    /// Some of the ways, those without condition always where others have one. Where the ways meet again in an inclusive gateway, what is not
    /// sent lies there at once.
    private mutating func addChoice(_ number: Int, from start: Int) throws(ModelConversionError) {
        let id = process.nodes[number].id
        let leaving = graph.leaving[number]
        if let ends = longChoiceEnds(number) {
            addLongChoice(id, leaving, ends, from: start)
            return
        }
        let ends = graph.meeting(number)
        let isFixed = isFixed(number)
        if leaving.count > 6 { throw ModelConversionError(.tooManyAlternatives, [id]) }
        for subset in 1..<(1 << leaving.count) {
            let isChosen = leaving.indices.map { subset >> $0 & 1 == 1 }
            if zip(isFixed, isChosen).contains(where: { $0 && !$1 }) { continue }
            var outputs: [Int] = []
            for (way, flow) in leaving.enumerated() {
                if isChosen[way] { outputs.append(places[flow]) } else if let ends { outputs.append(places[ends[way]]) }
            }
            transition("\(id) choice \(subset)", nil, from: [start], to: outputs)
        }
    }

    /// A choice of some among many ways: a way may be passed over only once another one was taken.
    private mutating func addLongChoice(_ id: String, _ leaving: [Int], _ ends: [Int], from start: Int) {
        let (none, some) = (place("\(id) none"), place("\(id) some"))
        let open = leaving.map { _ in place("\(id) open") }
        let decided = leaving.map { _ in place("\(id) decided") }
        transition("\(id) open", nil, from: [start], to: [none] + open)
        for (way, flow) in leaving.enumerated() {
            transition("\(id) first \(way)", nil, from: [open[way], none], to: [places[flow], decided[way], some])
            transition("\(id) also \(way)", nil, from: [open[way], some], to: [places[flow], decided[way], some])
            transition("\(id) not \(way)", nil, from: [open[way], some], to: [places[ends[way]], decided[way], some])
        }
        // What is left when all is decided goes with the first way's token at the meeting.
        transition("\(id) decided", nil, from: decided + [some, places[ends[0]]], to: [tails[ends[0]]])
    }

    /// By way out of a node, whether it is always taken: it has no condition where others have one.
    private func isFixed(_ number: Int) -> [Bool] {
        graph.leaving[number].map { flow in
            !process.nodes[number].isGateway && process.flows[flow].condition == nil && !process.flows[flow].isDefault
        }
    }

    /// The flows where many ways of a choice of some of them meet again; nil where they are few or do not.
    private func longChoiceEnds(_ number: Int) -> [Int]? {
        let isChoice = process.nodes[number].kind == .inclusiveGateway || graph.isConditional(number)
        if !isChoice || graph.leaving[number].count <= 3 || isFixed(number).contains(true) { return nil }
        return graph.meeting(number)
    }

    // MARK: - Tasks

    private mutating func addTask(_ number: Int) throws(ModelConversionError) {
        let node = process.nodes[number]
        if node.isTriggeredByEvent { throw ModelConversionError(.unsupportedElement, [node.id]) }
        let borders = graph.borders[number]
        let start = entry(number)
        let label = node.name.flatMap { $0.isEmpty ? nil : $0 } ?? node.id
        let inner = node.inner.flatMap { $0.nodes.isEmpty ? nil : $0 }
        let ending = borders.filter { process.nodes[$0].isInterrupting }
        let aside = borders.filter { !process.nodes[$0].isInterrupting }
        if inner == nil, aside.isEmpty, node.loop == nil {
            for border in ending { transition(process.nodes[border].id, nil, from: [start], to: exits(border), isNode: true) }
            try addWork(number, label, from: start)
            return
        }
        if inner != nil, !ending.isEmpty { throw ModelConversionError(.interruptsNested, ending.map { process.nodes[$0].id }) }
        let run = place("run \(node.id)")
        let done = place("done \(node.id)")
        let open = aside.map { _ in place("open \(node.id)") }
        let settled = aside.map { _ in place("settled \(node.id)") }
        transition("begin \(node.id)", nil, from: [start], to: [run] + open)
        for (way, border) in aside.enumerated() {
            let id = process.nodes[border].id
            transition(id, nil, from: [open[way]], to: [settled[way]] + exits(border), isNode: true)
            transition("not \(id)", nil, from: [open[way]], to: [settled[way]])
        }
        for border in ending { transition(process.nodes[border].id, nil, from: [run] + settled, to: exits(border), isNode: true) }
        if let inner {
            if node.kind == .task(.adHocSubProcess) || node.loop == .atOnce {
                throw ModelConversionError(.unsupportedElement, [node.id])
            }
            try embed(inner, node.id, from: run, to: done)
        } else {
            transition(node.id, label, from: [run], to: [done], isNode: true)
        }
        if node.loop != nil { transition("again \(node.id)", nil, from: [done], to: [run]) }
        if node.mayBeLeftOut { transition("no \(node.id)", nil, from: [run], to: [done]) }
        let ended = place("end \(node.id)")
        transition("end \(node.id)", nil, from: [done] + settled, to: [ended])
        if graph.isConditional(number) {
            try addChoice(number, from: ended)
        } else {
            transition("leave \(node.id)", nil, from: [ended], to: exits(number))
        }
    }

    /// Puts the net of a nested process between two places.
    private mutating func embed(_ inner: BPMNModel.Process, _ id: String, from start: Int, to end: Int) throws(ModelConversionError) {
        var own = options
        own.isReduced = false
        let net = try PetriNet(inner, options: own)
        guard net.final.count == 1, net.final[0].total == 1, net.initial.total == 1 else { throw ModelConversionError(.severalEnds, [id]) }
        let numbers = net.places.map { place("\(id) \($0.id)") }
        for own in net.transitions {
            let name = unused(own.id)
            taken.insert(name)
            self.net.transitions.append(
                .init(
                    id: name, label: own.label, inputs: own.inputs.map { .init(numbers[$0.place], weight: $0.weight) },
                    outputs: own.outputs.map { .init(numbers[$0.place], weight: $0.weight) }))
        }
        for (place, number) in numbers.enumerated() {
            if net.initial[place] > 0 { transition("enter \(id)", nil, from: [start], to: [number]) }
            if net.final[0][place] > 0 { transition("leave \(id)", nil, from: [number], to: [end]) }
        }
    }
}
