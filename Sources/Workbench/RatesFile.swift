import EventLogs
import Foundation
package import Indicators
import Yams

/// What work costs, as people write it for `--rates`.
///
/// ```yaml
/// currency: EUR
/// roles: {Buyer: 45/h}
/// activities: {Post Invoice: 2.5}
/// ```
package enum RatesFile {
    /// Why a file is no list of rates, and where: line and column count from 1.
    package struct Problem: Error, Equatable, Sendable {
        /// What is wrong.
        package enum Reason: Equatable, Sendable {
            /// The shape of the file.
            case shape(YAMLProblem.Reason)
            /// Something else than a text for the currency.
            case badCurrency
            /// Something else than an amount per hour.
            case badRoleRate(name: String, found: String)
            /// Something else than an amount.
            case badActivityRate(name: String, found: String)
        }

        /// What is wrong.
        package let reason: Reason
        /// The line, from 1, where it is known.
        package let line: Int?
        /// The column, from 1, where it is known.
        package let column: Int?

        /// A problem at a place.
        package init(reason: Reason, line: Int?, column: Int?) {
            self.reason = reason
            self.line = line
            self.column = column
        }
    }

    /// The keys that exist.
    static let keys = ["currency", "roles", "activities"]

    /// Reads the file's text.
    package static func rates(parsing text: String) throws(Problem) -> Rates {
        var rates = Rates()
        for (name, _, value) in try shaped({ () throws(YAMLProblem) in try YAMLMembers.of(text: text, known: keys) }) {
            switch name {
            case "currency":
                guard let text = value.string, !text.isEmpty else { throw Self.problem(.badCurrency, value) }
                rates.currency = text
            case "roles":
                rates.roles = try Self.amounts(value) { name, text throws(Problem) in
                    guard text.hasSuffix("/h"), let amount = Self.amount(text.dropLast(2)) else {
                        throw Self.problem(.badRoleRate(name: name, found: text), value)
                    }
                    return amount
                }
            default:
                rates.activities = try Self.amounts(value) { name, text throws(Problem) in
                    guard let amount = Self.amount(text[...]) else {
                        throw Self.problem(.badActivityRate(name: name, found: text), value)
                    }
                    return amount
                }
            }
        }
        return rates
    }

    private static func amounts(
        _ node: Node, _ read: (String, String) throws(Problem) -> Double
    ) throws(Problem) -> [String: Double] {
        var result: [String: Double] = [:]
        for (name, _, value) in try shaped({ () throws(YAMLProblem) in try YAMLMembers.of(node, known: nil) }) {
            do {
                result[name] = try read(name, value.scalar?.string ?? "")
            } catch {
                throw problem(error.reason, value)
            }
        }
        return result
    }

    /// A finite amount that is not negative.
    private static func amount(_ text: Substring) -> Double? {
        guard let value = Double(text.trimmingCharacters(in: .whitespaces)), value.isFinite, value >= 0 else { return nil }
        return value
    }

    private static func problem(_ reason: Problem.Reason, _ node: Node) -> Problem {
        Problem(reason: reason, line: node.mark?.line, column: node.mark?.column)
    }

    /// Runs what reads a shape, naming its problems as this file's.
    private static func shaped<Result>(_ body: () throws(YAMLProblem) -> Result) throws(Problem) -> Result {
        do {
            return try body()
        } catch {
            throw Problem(reason: .shape(error.reason), line: error.line, column: error.column)
        }
    }
}
