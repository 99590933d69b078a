/// A JSON value that is looked through with its path at hand, so that errors can name the place.
indirect enum JSONTree: Decodable, Sendable {
    case null
    case boolean(Bool)
    case number(Double)
    case text(String)
    case list([JSONTree])
    case object([String: JSONTree])

    private struct Key: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
        if let container = try? decoder.container(keyedBy: Key.self) {
            var members: [String: JSONTree] = [:]
            for key in container.allKeys { members[key.stringValue] = try container.decode(JSONTree.self, forKey: key) }
            self = .object(members)
            return
        }
        if var container = try? decoder.unkeyedContainer() {
            var values: [JSONTree] = []
            while !container.isAtEnd { values.append(try container.decode(JSONTree.self)) }
            self = .list(values)
            return
        }
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .boolean(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else {
            self = .text(try container.decode(String.self))
        }
    }

    /// Whether it holds nothing: null, no member, no element.
    var isEmpty: Bool {
        switch self {
        case .null: true
        case .list(let values): values.isEmpty
        case .object(let members): members.isEmpty
        default: false
        }
    }
}

/// A place in a JSON document.
struct JSONPlace {
    var tree: JSONTree
    var path: String

    /// The member of that name, `null` where it is missing.
    subscript(name: String) -> JSONPlace {
        if case .object(let members) = tree {
            return JSONPlace(tree: members[name] ?? .null, path: path.isEmpty ? name : path + "." + name)
        }
        return JSONPlace(tree: .null, path: path.isEmpty ? name : path + "." + name)
    }

    /// The names of the members, sorted.
    var names: [String] {
        if case .object(let members) = tree { return members.keys.sorted() }
        return []
    }

    /// The elements of a list; none where it is missing.
    func list() throws(ScenarioError) -> [JSONPlace] {
        switch tree {
        case .null: return []
        case .list(let values): return values.enumerated().map { JSONPlace(tree: $0.element, path: "\(path)[\($0.offset)]") }
        case .object(let members) where members.isEmpty: return []
        default: throw ScenarioError(path: path, problem: .unexpected("a list"))
        }
    }

    /// A text, or a number as text.
    func text() throws(ScenarioError) -> String {
        switch tree {
        case .text(let text): return text
        case .number(let number): return number == number.rounded() && abs(number) < 1e15 ? String(Int64(number)) : String(number)
        default: throw ScenarioError(path: path, problem: .unexpected("a text"))
        }
    }

    /// A text, or nil where it is missing.
    func optionalText() throws(ScenarioError) -> String? {
        if case .null = tree { return nil }
        return try text()
    }

    /// A number, or a text that is one.
    func number() throws(ScenarioError) -> Double {
        switch tree {
        case .number(let number): return number
        case .text(let text):
            if let number = Double(text), number.isFinite { return number }
        default: break
        }
        throw ScenarioError(path: path, problem: .unexpected("a number"))
    }
}

/// Why a scenario could not be read, or could not be made a model.
package struct ScenarioError: Error, Equatable, Sendable {
    /// What is wrong.
    package enum Problem: Equatable, Sendable {
        /// The text is no JSON; the words of the parser, in English.
        case notJSON(String)
        /// Something else was expected there, in English.
        case unexpected(String)
        /// A name or an identifier that nothing has.
        case unknown(String)
        /// A distribution that is none.
        case distribution(String)
        /// A clock time that is none.
        case time(String)
        /// The section `weir` could not be read; the words of the decoder, in English.
        case section(String)
        /// The model that comes out cannot be simulated.
        case model(SimulationModelError)
    }

    /// Where, as a path of names and numbers such as `resource_profiles[0].resource_list`; empty for the document.
    package let path: String
    /// What is wrong.
    package let problem: Problem

    init(path: String, problem: Problem) {
        self.path = path
        self.problem = problem
    }
}

/// Something of a scenario that has no effect here, or less than it says.
package struct ScenarioWarning: Equatable, Sendable {
    /// What is told.
    package enum Kind: String, Sendable {
        /// The section is not simulated.
        case sectionIgnored = "section-ignored"
        /// The rule is not simulated.
        case ruleIgnored = "rule-ignored"
        /// An element of the BPMN file is not simulated.
        case elementIgnored = "element-ignored"
        /// A task that nobody is assigned to takes no time.
        case taskWithoutResources = "task-without-resources"
        /// An event without a distribution takes no time.
        case eventWithoutDistribution = "event-without-distribution"
        /// A calendar that is not there: around the clock is assumed.
        case calendarMissing = "calendar-missing"
        /// Several beginnings: each case takes one of them.
        case severalStarts = "several-starts"
        /// Several processes: the one with the most nodes is simulated.
        case severalProcesses = "several-processes"
        /// Branches without probabilities share what is left.
        case branchesShared = "branches-shared"
    }

    /// What is told.
    package let kind: Kind
    /// The section, identifier or element concerned.
    package let subject: String

    init(_ kind: Kind, _ subject: String) {
        self.kind = kind
        self.subject = subject
    }
}
