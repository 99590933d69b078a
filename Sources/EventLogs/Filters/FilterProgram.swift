import Instants

/// A filter made ready for one log: names are looked up, texts have become numbers of vocabularies, expressions have been tried on
/// each different text once. What is left per case and event are comparisons of whole numbers.
final class FilterProgram {
    /// Says whether a condition holds for the event (place in the columns) of a case (position).
    typealias EventTest = (_ position: Int, _ event: Int) -> Bool
    /// Says whether a condition holds for a case (position).
    typealias CaseTest = (_ position: Int) -> Bool

    private let log: EventLog
    private let names: FilterNames

    init(_ log: EventLog) {
        self.log = log
        names = FilterNames(log)
    }

    // MARK: - Conditions

    /// The condition on cases: what it says of an event must hold for some event.
    func caseTest(_ condition: FilterCondition) throws(FilterError) -> CaseTest {
        switch condition {
        case .and(let parts):
            let tests = try parts.map { part throws(FilterError) in try caseTest(part) }
            return { position in tests.allSatisfy { $0(position) } }
        case .or(let parts):
            let tests = try parts.map { part throws(FilterError) in try caseTest(part) }
            return { position in tests.contains { $0(position) } }
        case .not(let part):
            let test = try caseTest(part)
            return { !test($0) }
        case .any(let part): return someEvent(try eventTest(part))
        case .all(let part):
            let test = try eventTest(part)
            return someEvent({ !test($0, $1) }, isNegated: true)
        case .has, .starts, .ends, .directly, .follows: return pattern(condition)
        case .compare(let fact, _, _), .isOne(let fact, _), .matches(let fact, _), .isMissing(let fact):
            let found = try names.resolve(fact)
            let test = try FilterComparer(fact, found).test(condition)
            if found.level == .case { return test }
            return someEvent { _, event in test(event) }
        }
    }

    /// The condition on events; what it says of a case holds for all events of the case.
    func eventTest(_ condition: FilterCondition) throws(FilterError) -> EventTest {
        switch condition {
        case .and(let parts):
            let tests = try parts.map { part throws(FilterError) in try eventTest(part) }
            return { position, event in tests.allSatisfy { $0(position, event) } }
        case .or(let parts):
            let tests = try parts.map { part throws(FilterError) in try eventTest(part) }
            return { position, event in tests.contains { $0(position, event) } }
        case .not(let part):
            let test = try eventTest(part)
            return { !test($0, $1) }
        case .any, .all, .has, .starts, .ends, .directly, .follows: return once(try caseTest(condition))
        case .compare(let fact, _, _), .isOne(let fact, _), .matches(let fact, _), .isMissing(let fact):
            let found = try names.resolve(fact)
            let test = try FilterComparer(fact, found).test(condition)
            if found.level == .case { return once(test) }
            return { _, event in test(event) }
        }
    }

    /// A test of cases worked out once per case, for use on each of its events.
    private func once(_ test: CaseTest) -> EventTest {
        var holds = Bitmap()
        for position in 0..<log.caseCount where test(position) { holds.insert(position) }
        return { [holds] position, _ in holds[position] }
    }

    private func someEvent(_ test: @escaping EventTest, isNegated: Bool = false) -> CaseTest {
        let ranges = log.eventRanges
        if let selection = log.eventSelection {
            return { position in
                for place in ranges[position] where test(position, Int(selection[place])) { return !isNegated }
                return isNegated
            }
        }
        return { position in
            for event in ranges[position] where test(position, event) { return !isNegated }
            return isNegated
        }
    }

    // MARK: - Order of instances

    private func pattern(_ condition: FilterCondition) -> CaseTest {
        let ranges = log.instanceRanges
        let activity = log.instances.activity
        func number(_ name: String) -> UInt32? { log.activities.find(name) }
        switch condition {
        case .has(let name):
            guard let wanted = number(name) else { return { _ in false } }
            return { position in activity[ranges[position]].contains(wanted) }
        case .starts(let name):
            guard let wanted = number(name) else { return { _ in false } }
            return { position in activity[ranges[position]].first == wanted }
        case .ends(let name):
            guard let wanted = number(name) else { return { _ in false } }
            return { position in activity[ranges[position]].last == wanted }
        case .directly(let first, let second):
            guard let first = number(first), let second = number(second) else { return { _ in false } }
            return { position in
                let range = ranges[position]
                for index in range.dropLast() where activity[index] == first && activity[index + 1] == second { return true }
                return false
            }
        case .follows(let first, let second):
            guard let first = number(first), let second = number(second) else { return { _ in false } }
            return { position in
                let own = activity[ranges[position]]
                guard let begin = own.firstIndex(of: first) else { return false }
                return own[(begin + 1)...].contains(second)
            }
        default: preconditionFailure("not about the order of instances")
        }
    }
}
