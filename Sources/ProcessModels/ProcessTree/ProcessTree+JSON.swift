extension ProcessTree.Operator: Codable {}

extension ProcessTree: Codable {
    private enum CodingKeys: String, CodingKey {
        case `operator`, activity, children
    }

    /// Writes `{operator, children: […]}`, of an activity `{activity}`, of τ `{activity: null}`.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .activity(let name): try container.encode(name, forKey: .activity)
        case .silent: try container.encodeNil(forKey: .activity)
        case .node(let operation, let children):
            try container.encode(operation, forKey: .operator)
            try container.encode(children, forKey: .children)
        }
    }

    /// Reads what is written so.
    ///
    /// - Throws: `DecodingError`, also where an operator has too few children.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        guard container.contains(.operator) else {
            self = try container.decode(String?.self, forKey: .activity).map { .activity($0) } ?? .silent
            return
        }
        let operation = try container.decode(Operator.self, forKey: .operator)
        let children = try container.decode([ProcessTree].self, forKey: .children)
        if children.count < (operation == .loop ? 2 : 1) {
            throw DecodingError.dataCorruptedError(
                forKey: .children, in: container, debugDescription: "\(operation.rawValue) has \(children.count) children")
        }
        self = .node(operation, children)
    }
}
