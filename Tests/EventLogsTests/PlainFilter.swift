import Instants
import Statistics
import TestSupport

@testable import EventLogs

/// Evaluates filters on plain records, one value at a time: slow and obvious.
struct PlainFilter {
    enum Value {
        case text(String)
        case number(Double)
        case duration(Int64)
        case instant(Int64)
        case boolean(Bool)
    }

    struct Case {
        var name: String
        var places: [Int]
        var instances: [Records.Instance]
        var open: [Int64?]
        var rank = 0
    }

    let records: Records
    let cases: [Case]

    init(_ records: Records) {
        self.records = records
        let standard = records.isStandard(Array(records.events.indices))
        var cases = records.ordered().map { name, places in
            let (done, open) = records.instances(places, standard: standard)
            return Case(name: name, places: places, instances: done, open: open)
        }
        let sequences = cases.map { $0.instances.map(\.activity) }
        for index in cases.indices {
            let better = Set(sequences).filter { other in
                let own = sequences.count { $0 == sequences[index] }
                let count = sequences.count { $0 == other }
                return count > own
                    || (count == own && other.lexicographicallyPrecedes(sequences[index]) { $0.utf8.lexicographicallyPrecedes($1.utf8) })
            }
            cases[index].rank = better.count + 1
        }
        self.cases = cases
    }

    /// Whether the condition holds for a case, given one of its events or, where that is `nil`, for some event.
    func holds(_ condition: FilterCondition, _ own: Case, event: Int?) -> Bool {
        let sequence = own.instances.map(\.activity)
        switch condition {
        case .and(let parts): return parts.allSatisfy { holds($0, own, event: event) }
        case .or(let parts): return parts.contains { holds($0, own, event: event) }
        case .not(let part): return !holds(part, own, event: event)
        case .any(let part): return own.places.contains { holds(part, own, event: $0) }
        case .all(let part): return own.places.allSatisfy { holds(part, own, event: $0) }
        case .has(let name): return sequence.contains(name)
        case .starts(let name): return sequence.first == name
        case .ends(let name): return sequence.last == name
        case .directly(let first, let second): return zip(sequence, sequence.dropFirst()).contains { $0 == (first, second) }
        case .follows(let first, let second):
            for left in sequence.indices where sequence[left] == first {
                for right in sequence.indices where right > left && sequence[right] == second { return true }
            }
            return false
        case .compare(let fact, let comparison, let value):
            return exists(fact, own, event) { $0.map { satisfies($0, comparison, value) } ?? false }
        case .isOne(let fact, let values):
            return exists(fact, own, event) { found in values.contains { value in found.map { satisfies($0, .equal, value) } ?? false } }
        case .matches(let fact, let pattern):
            return exists(fact, own, event) { found in
                guard case .text(let text) = found else { return false }
                return Self.patterns.first { $0.pattern == pattern }!.holds(text)
            }
        case .isMissing(let fact): return exists(fact, own, event) { $0 == nil }
        }
    }

    static let patterns: [(pattern: String, holds: @Sendable (String) -> Bool)] = [
        ("^A$", { $0 == "A" }), ("1$", { $0.hasSuffix("1") }), ("son", { $0.contains("son") }), ("x{2}", { $0.contains("xx") }),
        ("'", { $0.contains("'") }), ("", { _ in true }), ("[0-9]", { $0.contains { "0123456789".contains($0) } }),
    ]

    private func exists(_ fact: FilterFact, _ own: Case, _ event: Int?, _ test: (Value?) -> Bool) -> Bool {
        if fact.scope != .ofEvent, let ofCase = caseValue(fact.name, own) { return test(ofCase.value) }
        if let event { return test(eventValue(fact.name, event)) }
        return own.places.contains { test(eventValue(fact.name, $0)) }
    }

    /// The value of a fact of cases, or `nil` where it is none.
    private func caseValue(_ name: String, _ own: Case) -> (value: Value?, Void)? {
        let attributes = records.cases[own.name]!
        let last = own.instances.compactMap(\.completion).max()
        let first = (own.instances.compactMap { $0.start ?? $0.completion } + own.open.compactMap { $0 }).min()
        return switch name {
        case "case": (.text(own.name), ())
        case "duration": (last.map { .duration($0 - first!) }, ())
        case "start": (first.map { .instant($0) }, ())
        case "end": (last.map { .instant($0) }, ())
        case "instances": (.number(Double(own.instances.count)), ())
        case "variant": (.number(Double(own.rank)), ())
        case "vendor": (attributes.vendor.map { .text($0) }, ())
        case "total": (attributes.total.map { .number(Double($0)) }, ())
        case "amount": (attributes.amount.map { .number($0) }, ())
        default: nil
        }
    }

    private func eventValue(_ name: String, _ event: Int) -> Value? {
        let own = records.events[event]
        return switch name {
        case "activity": .text(own.activity)
        case "resource", "org:resource": own.resource.map { .text($0) }
        case "role": nil
        case "lifecycle": own.transition.map { .text($0) }
        case "timestamp": own.time.map { .instant($0) }
        case "start": own.start.map { .instant($0) }
        case "note": own.note.map { .text($0) }
        case "amount": own.amount.map { .number(Double($0)) }
        case "rate": own.rate.map { .number($0) }
        case "flag": own.flag.map { .boolean($0) }
        case "due date": own.due.map { .instant($0) }
        default: preconditionFailure("the generator names \(name)")
        }
    }

    private func satisfies(_ left: Value, _ comparison: FilterComparison, _ right: FilterValue) -> Bool {
        func compare<Operand: Comparable>(_ left: Operand, _ right: Operand) -> Bool {
            switch comparison {
            case .equal: left == right
            case .unequal: left != right
            case .less: left < right
            case .lessOrEqual: left <= right
            case .greater: left > right
            case .greaterOrEqual: left >= right
            }
        }
        return switch (left, right) {
        case (.text(let own), .text(let other)): compare(own, other)
        case (.number(let own), .integer(let other)): compare(own, Double(other))
        case (.number(let own), .decimal(let other)): compare(own, other)
        case (.duration(let own), .duration(let other)): compare(own, other)
        case (.instant(let own), .instant(let other, _)): compare(own, other.microseconds)
        case (.boolean(let own), .boolean(let other)): compare(own ? 1 : 0, other ? 1 : 0)
        default: preconditionFailure("the generator compares like with like")
        }
    }
}

/// Seeded conditions over the facts of ``Records``.
struct ConditionGenerator {
    var stream: RandomStream

    private mutating func pick<Element>(_ elements: [Element]) -> Element { elements[stream.index(below: elements.count)] }

    mutating func condition(depth: Int = 4) -> FilterCondition {
        if depth == 0 { return leaf() }
        switch stream.index(below: 9) {
        case 0: return .and((0..<(2 + stream.index(below: 2))).map { _ in condition(depth: depth - 1) })
        case 1: return .or((0..<(2 + stream.index(below: 2))).map { _ in condition(depth: depth - 1) })
        case 2: return .not(condition(depth: depth - 1))
        case 3: return .any(condition(depth: depth - 1))
        case 4: return .all(condition(depth: depth - 1))
        case 5: return pattern()
        default: return leaf()
        }
    }

    private mutating func pattern() -> FilterCondition {
        let names = Records.activities + ["never"]
        switch stream.index(below: 5) {
        case 0: return .has(pick(names))
        case 1: return .starts(pick(names))
        case 2: return .ends(pick(names))
        case 3: return .directly(pick(names), pick(names))
        default: return .follows(pick(names), pick(names))
        }
    }

    private mutating func leaf() -> FilterCondition {
        typealias Scope = FilterFact.Scope
        let facts: [(Scope, String)] = [
            (.bare, "case"), (.ofCase, "duration"), (.bare, "duration"), (.bare, "start"), (.ofEvent, "start"), (.bare, "end"),
            (.bare, "instances"), (.bare, "variant"), (.bare, "vendor"), (.ofCase, "total"), (.bare, "amount"), (.ofCase, "amount"),
            (.ofEvent, "amount"), (.bare, "activity"), (.ofEvent, "activity"), (.bare, "resource"), (.ofEvent, "org:resource"),
            (.bare, "role"), (.bare, "lifecycle"), (.bare, "timestamp"), (.bare, "note"), (.ofEvent, "rate"), (.bare, "flag"),
            (.bare, "due date"),
        ]
        let (scope, name) = pick(facts)
        let fact = FilterFact(scope: scope, name: name)
        if stream.index(below: 6) == 0 { return .isMissing(fact) }
        let isFlag = name == "flag"
        let value = value(name, scope)
        if case .text = value, stream.index(below: 4) == 0 { return .matches(fact, pick(PlainFilter.patterns.map(\.pattern))) }
        if stream.index(below: 4) == 0 {
            return .isOne(fact, [value] + (0..<stream.index(below: 3)).map { _ in self.value(name, scope) })
        }
        return .compare(fact, isFlag ? pick([.equal, .unequal]) : pick(FilterComparison.allCases), value)
    }

    private mutating func value(_ name: String, _ scope: FilterFact.Scope) -> FilterValue {
        switch name {
        case "case": return .text("case \(stream.index(below: 12))")
        case "vendor": return .text("vendor \(stream.index(below: 4))")
        case "activity": return .text(pick(Records.activities))
        case "resource", "org:resource": return .text("person \(stream.index(below: 4))")
        case "role": return .text("Clerk")
        case "lifecycle": return .text(pick(["start", "complete", "schedule"]))
        case "note": return .text(pick(["x", "xx", "it's", "-", "", "龙"]))
        case "flag": return .boolean(stream.index(below: 2) == 0)
        case "duration": return .duration(Int64(stream.index(below: 40)) * Microseconds.minute * 15 + Int64(stream.index(below: 2)))
        case "start", "end", "timestamp", "due date":
            return .instant(
                Instant(microseconds: EventLog.tinyEpoch + Int64(stream.index(below: 20 * 24)) * Microseconds.hour),
                offset: pick([0, 28_800]))
        default:
            return stream.index(below: 2) == 0
                ? .integer(Int64(stream.index(below: 9)) - 3) : .decimal(Double(stream.index(below: 20)) / 4 - 2)
        }
    }
}
