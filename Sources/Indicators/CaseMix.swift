import EventLogs
import Instants
import Statistics

/// Which kinds of cases two logs share, and how much of the logs they make up: what adjusted changes rest on.
///
/// Cases are sorted into strata by the attributes that both logs have: texts and truth values of up to ``mostLevels`` different values
/// as they are, numbers of more values in bands cut at the quartiles of both logs together; a missing value is a kind of its own.
/// Attributes are crossed in order of how much their mix differs (total variation distance), each only while strata of at least
/// ``smallestStratum`` cases on both sides still cover ``leastCoverage`` of each log.
///
/// An attribute that the redesign itself changes must not be adjusted for; which ones those are, a log cannot tell.
package struct CaseMix: Codable, Sendable, Equatable {
    /// The most different values of an attribute that is taken as it is.
    package static let mostLevels = 20
    /// The fewest cases that a stratum has on either side.
    package static let smallestStratum = 5
    /// The least share of each log that the strata cover.
    package static let leastCoverage = 0.9

    /// The case attributes that make up the strata, in the order in which they were crossed.
    package var attributes: [String]
    /// How many strata both logs share.
    package var strata: Int
    /// The share of the cases before that lie in them.
    package var coverageBefore: Double
    /// The share of the cases after that lie in them.
    package var coverageAfter: Double
}

/// The strata of a ``CaseMix`` case by case.
struct CaseStrata {
    let mix: CaseMix
    /// Per stratum: its case positions before and after.
    let cases: [(before: [Int], after: [Int])]

    /// The strata of two logs; nil where no attribute can be crossed.
    init?(before: EventLog, after: EventLog) {
        guard before.caseCount > 0, after.caseCount > 0 else { return nil }
        var candidates: [Levels] = []
        var seen: Set<String> = []
        for column in before.columns.caseAttributes where seen.insert(column.name).inserted {
            guard let other = after.columns.caseAttributes.first(where: { $0.name == column.name }) else { continue }
            if let levels = Levels(column, before, other, after) { candidates.append(levels) }
        }
        candidates.sort { left, right in
            left.distance != right.distance ? left.distance > right.distance : left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
        }
        var names: [String] = []
        var current = Levels(name: "", before: before.caseIDs.map { _ in 0 }, after: after.caseIDs.map { _ in 0 })
        for candidate in candidates {
            let crossed = current.crossed(with: candidate)
            let coverage = crossed.coverage
            if min(coverage.before, coverage.after) >= CaseMix.leastCoverage {
                current = crossed
                names.append(candidate.name)
            }
        }
        if names.isEmpty { return nil }
        cases = current.shared
        let coverage = current.coverage
        mix = CaseMix(attributes: names, strata: cases.count, coverageBefore: coverage.before, coverageAfter: coverage.after)
    }

    /// The kind of each case of both logs by one attribute or by several.
    private struct Levels {
        var name: String
        var before: [Int]
        var after: [Int]
        /// The total variation distance of the two mixes.
        var distance = 0.0

        init(name: String, before: [Int], after: [Int]) {
            self.name = name
            self.before = before
            self.after = after
        }

        /// The levels of an attribute; nil where it has only one, or too many.
        init?(_ first: AttributeColumn, _ before: EventLog, _ second: AttributeColumn, _ after: EventLog) {
            self.init(name: first.name, before: [], after: [])
            let isNumber = { (type: AttributeType) in type == .int || type == .float }
            if isNumber(first.type) && isNumber(second.type) {
                number(before.caseIDs.map { first.number(Int($0)) }, after.caseIDs.map { second.number(Int($0)) })
            } else {
                guard first.isText == second.isText, first.isText || first.type == .boolean && second.type == .boolean else { return nil }
                var vocabulary = Vocabulary()
                func level(_ column: AttributeColumn, _ id: UInt32) -> Int {
                    column.text(Int(id), forms: []).map { Int(vocabulary.intern($0)) + 1 } ?? 0
                }
                for id in before.caseIDs {
                    self.before.append(level(first, id))
                    if vocabulary.count > CaseMix.mostLevels { return nil }
                }
                for id in after.caseIDs {
                    self.after.append(level(second, id))
                    if vocabulary.count > CaseMix.mostLevels { return nil }
                }
            }
            let counts = levelCounts
            if counts.count < 2 { return nil }
            // In order of levels, so that the sum is always the same.
            distance = counts.keys.sorted().reduce(0) { sum, level in
                let own = counts[level]!
                return sum + abs(Double(own.before) / Double(self.before.count) - Double(own.after) / Double(self.after.count)) / 2
            }
        }

        private mutating func number(_ first: [Double?], _ second: [Double?]) {
            let known = (first + second).compactMap { $0 }.filter { !$0.isNaN }.sorted()
            var cuts: [Double] = []
            for value in known where value != cuts.last {
                cuts.append(value)
                if cuts.count > CaseMix.mostLevels { break }
            }
            if cuts.count > CaseMix.mostLevels { cuts = [0.25, 0.5, 0.75].compactMap { Quantiles.quantile($0, ofSorted: known) } }
            func level(_ value: Double?) -> Int {
                guard let value, !value.isNaN else { return 0 }
                return 1 + cuts.count { $0 < value }
            }
            before = first.map(level)
            after = second.map(level)
        }

        private var levelCounts: [Int: (before: Int, after: Int)] {
            var counts: [Int: (before: Int, after: Int)] = [:]
            for level in before { counts[level, default: (0, 0)].before += 1 }
            for level in after { counts[level, default: (0, 0)].after += 1 }
            return counts
        }

        func crossed(with other: Levels) -> Levels {
            var numbers: [[Int]: Int] = [:]
            func number(_ pair: [Int]) -> Int {
                if let known = numbers[pair] { return known }
                numbers[pair] = numbers.count
                return numbers.count - 1
            }
            let first = zip(before, other.before).map { number([$0, $1]) }
            let second = zip(after, other.after).map { number([$0, $1]) }
            return Levels(name: name, before: first, after: second)
        }

        var coverage: (before: Double, after: Double) {
            var covered = (before: 0, after: 0)
            for count in levelCounts.values where min(count.before, count.after) >= CaseMix.smallestStratum {
                covered.before += count.before
                covered.after += count.after
            }
            return (Double(covered.before) / Double(before.count), Double(covered.after) / Double(after.count))
        }

        /// The case positions of the levels that are large enough on both sides, in order of levels.
        var shared: [(before: [Int], after: [Int])] {
            var groups: [Int: (before: [Int], after: [Int])] = [:]
            for (position, level) in before.enumerated() { groups[level, default: ([], [])].before.append(position) }
            for (position, level) in after.enumerated() { groups[level, default: ([], [])].after.append(position) }
            return groups.keys.sorted().compactMap { level in
                let group = groups[level]!
                return min(group.before.count, group.after.count) >= CaseMix.smallestStratum ? group : nil
            }
        }
    }
}
