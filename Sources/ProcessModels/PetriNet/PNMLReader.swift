/// Reads a net of a file, its nodes first and its arcs at the end, as they may stand in any order.
struct PNMLReader {
    /// Weights and tokens are no greater, and final markings times places no more than fifty times this.
    private static let most = 1_000_000

    /// What an identifier stands for.
    private enum Node {
        case place(Int)
        case transition(Int)
    }

    private struct Arc {
        var source: String
        var target: String
        var weight: Int
        var place: Int
    }

    private var net = PetriNet()
    private var nodes: [String: Node] = [:]
    /// Stand-ins for nodes of other pages, with what they stand for.
    private var references: [String: (target: String, place: Int)] = [:]
    /// Pages and arcs have identifiers too.
    private var otherIDs: Set<String> = []
    private var arcs: [Arc] = []
    private var finals: [[(id: String, tokens: Int, place: Int)]] = []
    private var unnamed: [String] = []

    static func read(_ xml: inout ModelXMLReader) throws(ModelFileError) -> PNMLDocument {
        try xml.begin("pnml")
        var reader = PNMLReader()
        var nets = 0
        while try xml.nextElement(in: 1) {
            if xml.name == "net" {
                nets += 1
                if nets == 1 { try reader.readNet(&xml) } else { try xml.skip() }
            } else {
                try xml.skip()
            }
        }
        try xml.finish()
        if nets == 0 { throw xml.error(.missingElement("net"), at: 0) }
        return try reader.finish(furtherNets: nets - 1, xml)
    }

    // MARK: - Elements

    private mutating func readNet(_ xml: inout ModelXMLReader) throws(ModelFileError) {
        let type = xml.attribute("type") ?? ""
        for kind in ["highlevel", "symmetric", "pt-hlpng", "hlnet", "hlpn"] where type.lowercased().contains(kind) {
            throw xml.error(.unsupportedNet(type))
        }
        try readPage(&xml)
    }

    /// What stands in a net or a page.
    private mutating func readPage(_ xml: inout ModelXMLReader) throws(ModelFileError) {
        let outer = xml.depth
        while try xml.nextElement(in: outer) {
            switch xml.name {
            case "page":
                if let id = xml.attribute("id") { try claim(id, xml) }
                try readPage(&xml)
            case "name":
                let name = try xml.label()
                if outer == 2, let name, !name.isEmpty { net.name = name }
            case "place": try readPlace(&xml)
            case "transition": try readTransition(&xml)
            case "arc": try readArc(&xml)
            case "referencePlace", "referenceTransition":
                let id = try xml.required("id")
                try claim(id, xml)
                references[id] = (try xml.required("ref"), xml.place)
                try xml.skip()
            case "finalmarkings": try readFinalMarkings(&xml)
            default: try xml.skip()
            }
        }
    }

    private mutating func readPlace(_ xml: inout ModelXMLReader) throws(ModelFileError) {
        let id = try xml.required("id")
        try claim(id, xml)
        let own = net.places.count
        nodes[id] = .place(own)
        net.places.append(.init(id: id))
        let outer = xml.depth
        while try xml.nextElement(in: outer) {
            switch xml.name {
            case "name": net.places[own].name = try xml.label()
            case "initialMarking": net.initial[own] = try number(&xml, least: 0) ?? 0
            default: try xml.skip()
            }
        }
    }

    private mutating func readTransition(_ xml: inout ModelXMLReader) throws(ModelFileError) {
        let id = try xml.required("id")
        try claim(id, xml)
        var name: String?
        var activity: String?
        var isSilent = false
        let outer = xml.depth
        while try xml.nextElement(in: outer) {
            switch xml.name {
            case "name": name = try xml.label()
            case "toolspecific":
                if let own = xml.attribute("activity") {
                    if own == "$invisible$" { isSilent = true } else { activity = own }
                }
                let tool = xml.depth
                while try xml.nextElement(in: tool) {
                    let isInvisible = xml.name == "property" && xml.attribute("key") == "invisible"
                    let value = try xml.text()
                    if isInvisible, value == "true" { isSilent = true }
                }
            default: try xml.skip()
            }
        }
        let label = isSilent ? nil : name ?? activity
        if !isSilent, label == nil { unnamed.append(id) }
        nodes[id] = .transition(net.transitions.count)
        net.transitions.append(.init(id: id, label: label))
    }

    private mutating func readArc(_ xml: inout ModelXMLReader) throws(ModelFileError) {
        let place = xml.place
        if let id = xml.attribute("id") { try claim(id, xml) }
        let (source, target) = (try xml.required("source"), try xml.required("target"))
        var weight = 1
        var type = xml.attribute("type") ?? "normal"
        let outer = xml.depth
        while try xml.nextElement(in: outer) {
            switch xml.name {
            case "inscription": weight = try number(&xml, least: 1) ?? 1
            case "arctype": type = try xml.label() ?? type
            case "type":
                type = xml.attribute("value") ?? type
                try xml.skip()
            default: try xml.skip()
            }
        }
        if !["normal", "timed", ""].contains(type) { throw xml.error(.unsupportedArc(type), at: place) }
        arcs.append(Arc(source: source, target: target, weight: weight, place: place))
    }

    private mutating func readFinalMarkings(_ xml: inout ModelXMLReader) throws(ModelFileError) {
        let outer = xml.depth
        while try xml.nextElement(in: outer) {
            var marking: [(id: String, tokens: Int, place: Int)] = []
            let inner = xml.depth
            while try xml.nextElement(in: inner) {
                if xml.name != "place" {
                    try xml.skip()
                    continue
                }
                let (id, place) = (try xml.required("idref"), xml.place)
                marking.append((id, try number(&xml, least: 0) ?? 1, place))
            }
            finals.append(marking)
        }
    }

    /// The whole number in the element that begins, which is read to its end; nil where it holds none.
    private func number(_ xml: inout ModelXMLReader, least: Int) throws(ModelFileError) -> Int? {
        let place = xml.place
        guard let text = try xml.label() else { return nil }
        // Some write the colour of the tokens first: `Default,1`.
        let digits = text.split(separator: ",").last.map(String.init)?.filter { !$0.isWhitespace } ?? ""
        if digits.isEmpty { return nil }
        guard let number = Int(digits), number >= least, number <= Self.most else { throw xml.error(.badNumber(text), at: place) }
        return number
    }

    private mutating func claim(_ id: String, _ xml: borrowing ModelXMLReader) throws(ModelFileError) {
        if nodes[id] != nil || references[id] != nil || !otherIDs.insert(id).inserted { throw xml.error(.duplicateID(id)) }
    }

    // MARK: - Putting together

    private mutating func finish(furtherNets: Int, _ xml: borrowing ModelXMLReader) throws(ModelFileError) -> PNMLDocument {
        for arc in arcs { try add(arc, xml) }
        net.joinArcs()
        if net.transitions.contains(where: { ($0.inputs + $0.outputs).contains { $0.weight > Self.most } }) {
            throw xml.error(.tooLarge, at: 0)
        }
        var findings: [PNMLDocument.Finding] = []
        let entered = Set(net.transitions.flatMap { $0.outputs.map(\.place) })
        let left = Set(net.transitions.flatMap { $0.inputs.map(\.place) })
        if net.initial.total == 0 {
            let sources = net.places.indices.filter { !entered.contains($0) && left.contains($0) }
            net.initial = Marking(places: sources)
            findings.append(sources.isEmpty ? .noInitial : .derivedInitial(places: sources.map { net.places[$0].id }))
        }
        try addFinals(xml)
        if net.final.isEmpty {
            let sinks = net.places.indices.filter { entered.contains($0) && !left.contains($0) }
            net.final = sinks.map { Marking(places: [$0]) }
            findings.append(sinks.isEmpty ? .noFinal : .derivedFinal(places: sinks.map { net.places[$0].id }))
        }
        if let first = unnamed.first { findings.append(.unnamedTransitions(count: unnamed.count, first: first)) }
        if furtherNets > 0 { findings.append(.furtherNets(count: furtherNets)) }
        return PNMLDocument(net: net, findings: findings)
    }

    /// The node of an identifier, through references.
    private func node(_ id: String, of element: String, at place: Int, _ xml: borrowing ModelXMLReader) throws(ModelFileError) -> Node {
        var own = id
        var from = place
        for _ in 0...references.count {
            if let node = nodes[own] { return node }
            guard let next = references[own] else { throw xml.error(.danglingReference(element: element, reference: own), at: from) }
            (own, from) = next
        }
        throw xml.error(.circularReference(id), at: place)
    }

    private mutating func add(_ arc: Arc, _ xml: borrowing ModelXMLReader) throws(ModelFileError) {
        let source = try node(arc.source, of: "arc", at: arc.place, xml)
        let target = try node(arc.target, of: "arc", at: arc.place, xml)
        switch (source, target) {
        case (.place(let place), .transition(let transition)):
            net.transitions[transition].inputs.append(.init(place, weight: arc.weight))
        case (.transition(let transition), .place(let place)):
            net.transitions[transition].outputs.append(.init(place, weight: arc.weight))
        case (.place, .place), (.transition, .transition):
            throw xml.error(.arcBetweenEqualKinds(source: arc.source, target: arc.target), at: arc.place)
        }
    }

    /// Markings without tokens say nothing.
    private mutating func addFinals(_ xml: borrowing ModelXMLReader) throws(ModelFileError) {
        if finals.count * net.places.count > 50 * Self.most { throw xml.error(.tooLarge, at: 0) }
        var seen: Set<Marking> = []
        for entries in finals {
            var tokens = [Int](repeating: 0, count: net.places.count)
            for entry in entries {
                guard case .place(let number) = try node(entry.id, of: "place", at: entry.place, xml) else {
                    throw xml.error(.danglingReference(element: "place", reference: entry.id), at: entry.place)
                }
                tokens[number] = entry.tokens
            }
            let marking = Marking(tokens)
            if marking.total > 0, seen.insert(marking).inserted { net.final.append(marking) }
        }
    }
}
