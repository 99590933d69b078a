import EventLogs
import Yams

/// What is wrong with the shape of a file of keys and values that people write, and where: line and column count from 1.
package struct YAMLProblem: Error, Equatable, Sendable {
    /// What is wrong.
    package enum Reason: Equatable, Sendable {
        /// No YAML, in the words of the parser.
        case syntax(String)
        /// Something else than keys with values.
        case noMapping
        /// A key that does not exist, with the nearest that does and all that do.
        case unknownKey(String, nearest: String?, known: [String])
        /// A key that stands there twice.
        case repeatedKey(String)
    }

    /// What is wrong.
    package let reason: Reason
    /// The line, where it is known.
    package let line: Int?
    /// The column, where it is known.
    package let column: Int?

    init(_ reason: Reason, line: Int?, column: Int?) {
        self.reason = reason
        self.line = line
        self.column = column
    }

    init(_ reason: Reason, at node: Node) { self.init(reason, line: node.mark?.line, column: node.mark?.column) }
}

/// Reads keys and values that people write, each key known and there once.
enum YAMLMembers {
    /// The keys and values of a file; none where it is empty.
    ///
    /// - Parameter known: the keys that exist; `nil` where any does.
    static func of(text: String, known: [String]?) throws(YAMLProblem) -> [(key: String, keyNode: Node, value: Node)] {
        let node: Node?
        do {
            node = try Yams.compose(yaml: text)
        } catch let error as YamlError {
            switch error {
            case .scanner(_, let words, let mark, _), .parser(_, let words, let mark, _), .composer(_, let words, let mark, _):
                throw YAMLProblem(.syntax(words), line: mark.line, column: mark.column)
            case .duplicatedKeysInMapping(let names, let context):
                throw YAMLProblem(.repeatedKey(names.first ?? ""), line: context.mark.line, column: context.mark.column)
            default: throw YAMLProblem(.syntax("\(error)"), line: nil, column: nil)
            }
        } catch {
            throw YAMLProblem(.syntax("\(error)"), line: nil, column: nil)
        }
        guard let node else { return [] }
        return try of(node, known: known)
    }

    /// The keys and values of a mapping.
    ///
    /// - Parameter known: the keys that exist; `nil` where any does.
    static func of(_ node: Node, known: [String]?) throws(YAMLProblem) -> [(key: String, keyNode: Node, value: Node)] {
        guard let mapping = node.mapping else { throw YAMLProblem(.noMapping, at: node) }
        var seen: Set<String> = []
        var result: [(key: String, keyNode: Node, value: Node)] = []
        for (key, value) in mapping {
            guard let name = key.scalar?.string else { throw YAMLProblem(.noMapping, at: key) }
            if let known, !known.contains(name) {
                throw YAMLProblem(.unknownKey(name, nearest: NearestName.among(known, to: name), known: known), at: key)
            }
            if !seen.insert(name).inserted { throw YAMLProblem(.repeatedKey(name), at: key) }
            result.append((name, key, value))
        }
        return result
    }
}
