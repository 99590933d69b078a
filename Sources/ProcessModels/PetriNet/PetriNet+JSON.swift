extension PetriNet: Codable {
    /// An arc between nodes that go by their identifiers.
    private struct NamedArc: Codable {
        var source: String
        var target: String
        var weight: Int
    }

    /// How many tokens lie on a place.
    private struct Tokens: Codable {
        var place: String
        var tokens: Int
    }

    private enum CodingKeys: String, CodingKey {
        case name, places, transitions, arcs
        case initial = "initial_marking"
        case final = "final_markings"
    }

    /// Writes `name`, `places: [{id, name}]`, `transitions: [{id, label}]` (a silent one has the label `null`),
    /// `arcs: [{source, target, weight}]`, `initial_marking: [{place, tokens}]` and `final_markings: [[{place, tokens}]]`.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(places, forKey: .places)
        try container.encode(transitions, forKey: .transitions)
        var arcs: [NamedArc] = []
        for transition in transitions {
            arcs += transition.inputs.map { NamedArc(source: places[$0.place].id, target: transition.id, weight: $0.weight) }
            arcs += transition.outputs.map { NamedArc(source: transition.id, target: places[$0.place].id, weight: $0.weight) }
        }
        try container.encode(arcs, forKey: .arcs)
        try container.encode(tokens(initial), forKey: .initial)
        try container.encode(final.map(tokens), forKey: .final)
    }

    /// Reads what is written so.
    ///
    /// - Throws: `DecodingError` where identifiers stand twice or stand for nothing, or numbers are out of range.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            name: try container.decodeIfPresent(String.self, forKey: .name),
            places: try container.decode([Place].self, forKey: .places),
            transitions: try container.decode([Transition].self, forKey: .transitions))
        let refused: (CodingKeys, String) -> DecodingError = { key, text in
            .dataCorruptedError(forKey: key, in: container, debugDescription: text)
        }
        var numbers: [String: Int] = [:]
        for (number, id) in (places.map(\.id) + transitions.map(\.id)).enumerated() {
            if numbers.updateValue(number, forKey: id) != nil { throw refused(.places, "the identifier “\(id)” stands twice") }
        }
        for arc in try container.decode([NamedArc].self, forKey: .arcs) {
            guard let source = numbers[arc.source], let target = numbers[arc.target],
                (source < places.count) != (target < places.count), (1...1_000_000).contains(arc.weight)
            else { throw refused(.arcs, "the arc from “\(arc.source)” to “\(arc.target)” is none") }
            if source < places.count {
                transitions[target - places.count].inputs.append(.init(source, weight: arc.weight))
            } else {
                transitions[source - places.count].outputs.append(.init(target, weight: arc.weight))
            }
        }
        joinArcs()
        let marking: ([Tokens], CodingKeys) throws -> Marking = { [places] tokens, key in
            var marking = Marking()
            for own in tokens {
                guard let place = numbers[own.place], place < places.count, (0...1_000_000).contains(own.tokens) else {
                    throw refused(key, "“\(own.place)” is no place that holds \(own.tokens) tokens")
                }
                marking[place] = own.tokens
            }
            return marking
        }
        initial = try marking(try container.decode([Tokens].self, forKey: .initial), .initial)
        let ends = try container.decode([[Tokens]].self, forKey: .final)
        if ends.count * places.count > 50_000_000 { throw refused(.final, "there are too many") }
        final = try ends.map { try marking($0, .final) }
    }

    private func tokens(_ marking: Marking) -> [Tokens] {
        places.indices.compactMap { marking[$0] > 0 ? Tokens(place: places[$0].id, tokens: marking[$0]) : nil }
    }
}

extension PetriNet.Place: Codable {
    private enum CodingKeys: String, CodingKey {
        case id, name
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(name, forKey: .name)
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(id: try container.decode(String.self, forKey: .id), name: try container.decodeIfPresent(String.self, forKey: .name))
    }
}

extension PetriNet.Transition: Codable {
    private enum CodingKeys: String, CodingKey {
        case id, label
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(label, forKey: .label)
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            id: try container.decode(String.self, forKey: .id), label: try container.decodeIfPresent(String.self, forKey: .label))
    }
}
