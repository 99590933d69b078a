import EventLogs
import Instants
package import Statistics

/// Places where the same data were perhaps written twice by people: suspects, not proofs.
///
/// An instance is a suspect where, at most ``Options/window`` before its completion and in the same case, another person of another unit
/// (department, else role) completed an instance that
/// - was followed by this one, whose name says that data are entered once more (“Re-key invoice”, 重新录入): the nearest such instance;
/// - has a name that says that the same thing is entered (“Enter invoice” and “Record invoice”, or twice the same); or
/// - bears the same value of an event attribute. Such a value counts where at most half of the instances bear the attribute at all (one
///   that all bear says what the case is, not what was written) and it stands in at most 1 % of the cases that bear the attribute, or in two.
///
/// The rules are tried in this order, one suspect per instance; the ``reach`` instances before it are looked at. System accounts never
/// are persons, and truth values and times are no values.
package struct ReentrySuspects: Codable, Sendable, Equatable {
    /// What may be told.
    package struct Options: Sendable {
        /// How long after the first writing a second one counts: microseconds of elapsed time.
        package var window: Int64

        /// These options; by default three days.
        package init(window: Int64 = 3 * Microseconds.day) {
            self.window = window
        }
    }

    /// Why an instance is a suspect.
    package enum Rule: String, Codable, Sendable, CaseIterable {
        /// Its name says that data are entered once more.
        case reentryName = "reentry_name"
        /// Both names say that the same thing is entered.
        case sameEntry = "same_entry"
        /// Both bear the same value.
        case sameValue = "same_value"
    }

    /// Suspects of one kind.
    package struct Suspect: Codable, Sendable, Equatable {
        /// Why.
        package var rule: Rule
        /// The activity that wrote first.
        package var source: String
        /// The activity that perhaps wrote again.
        package var target: String
        /// The attribute whose value was written twice; nil for the other rules.
        package var attribute: String?
        /// The department or role that wrote first.
        package var sourceUnit: String
        /// The department or role that perhaps wrote again.
        package var targetUnit: String
        /// How many instances.
        package var count: Int
        /// In how many cases.
        package var cases: Int
        /// From the first completion to the second, by the log's clock.
        package var gap: TimeStatistics?
        /// What the second writings took together, in seconds; nil where no start of theirs is known.
        package var workS: Double?
        /// The filter that selects cases with both activities.
        package var filter: String
    }

    /// How many instances before one are looked at.
    package static let reach = 64

    /// The time within which a second writing counts, in seconds.
    package var windowS: Double
    /// Whether units are departments or roles; nil where the log names nobody, so that nothing can be found.
    package var unit: OrganizationUnit?
    /// All suspects.
    package var count: Int
    /// Cases with at least one.
    package var cases: Int
    /// Their share, 0…1; nil where there are no cases.
    package var shareOfCases: Double?
    /// Instances left out because a system account did them.
    package var systemInstances: Int
    /// The kinds, by descending count, then by rule and the UTF-8 bytes of their names.
    package var suspects: [Suspect]

    /// The suspects of a log.
    init(of log: EventLog, units: OrganizationUnits, options: Options = Options()) {
        windowS = Double(options.window) / 1e6
        unit = units.kind
        (count, cases, systemInstances, suspects) = (0, 0, 0, [])
        shareOfCases = log.caseCount == 0 ? nil : 0
        guard units.kind != nil, let people = log.columns.resource, !log.instances.resource.isEmpty else { return }
        let isSystem = people.vocabulary.strings.map(SystemAccount.isOne)
        let rule = ReentryRule(log.activities)
        let values = WrittenValues(log)
        var groups: [Key: Group] = [:]
        let instances = log.instances
        for (position, range) in log.instanceRanges.enumerated() {
            var isFound = false
            for instance in range {
                let person = instances.resource[instance]
                if person == Vocabulary.missing { continue }
                if isSystem[Int(person)] {
                    systemInstances += 1
                    continue
                }
                let own = units.side[instance]
                let time = instances.completion[instance]
                if own == Vocabulary.missing || time == Instant.missing { continue }
                var best: (rule: Rule, before: Int, attribute: Int)?
                let activity = Int(instances.activity[instance])
                var before = instance - 1
                while before >= Swift.max(range.lowerBound, instance - Self.reach) {
                    defer { before -= 1 }
                    let other = instances.completion[before]
                    if other == Instant.missing { continue }
                    if time - other > options.window { break }
                    let writer = instances.resource[before]
                    if writer == Vocabulary.missing || writer == person || isSystem[Int(writer)] { continue }
                    if units.side[before] == own || units.side[before] == Vocabulary.missing { continue }
                    if rule.isAgain[activity] {
                        best = (.reentryName, before, -1)
                        break
                    }
                    if rule.object[activity] >= 0 && rule.object[activity] == rule.object[Int(instances.activity[before])] {
                        best = (.sameEntry, before, -1)
                        break
                    }
                    if best == nil, let attribute = values.common(instance, before) { best = (.sameValue, before, attribute) }
                }
                guard let best else { continue }
                isFound = true
                count += 1
                let key = Key(
                    rule: best.rule, source: instances.activity[best.before], target: instances.activity[instance],
                    attribute: best.attribute, sourceUnit: units.side[best.before], targetUnit: own)
                groups[key, default: Group()].add(
                    position, gap: log.clock.duration(from: instances.completion[best.before], to: time),
                    work: log.clock.duration(from: instances.startTime(instance), to: time))
            }
            if isFound { cases += 1 }
        }
        if log.caseCount > 0 { shareOfCases = Double(cases) / Double(log.caseCount) }
        suspects = groups.map { key, group in
            let (source, target) = (log.activities[key.source], log.activities[key.target])
            return Suspect(
                rule: key.rule, source: source, target: target, attribute: key.attribute < 0 ? nil : values.name(key.attribute),
                sourceUnit: units.names[Int(key.sourceUnit)], targetUnit: units.names[Int(key.targetUnit)], count: group.count,
                cases: group.cases, gap: TimeStatistics(microseconds: group.gaps), workS: group.knowsWork ? Double(group.work) / 1e6 : nil,
                filter: LogFilter.follows(source, target).text)
        }.sorted { left, right in
            if left.count != right.count { return left.count > right.count }
            return left.order.lexicographicallyPrecedes(right.order) { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        }
    }

    private struct Key: Hashable {
        var rule: Rule
        var source: UInt32
        var target: UInt32
        var attribute: Int
        var sourceUnit: UInt32
        var targetUnit: UInt32
    }

    private struct Group {
        var count = 0
        var gaps: [Int64] = []
        var cases = 0
        var work: Int64 = 0
        var knowsWork = false
        private var last = -1

        mutating func add(_ position: Int, gap: Int64, work own: Int64) {
            count += 1
            if gap != Instant.missing { gaps.append(gap) }
            if position != last { cases += 1 }
            last = position
            if own == Instant.missing { return }
            work += Swift.max(0, own)
            knowsWork = true
        }
    }
}

extension ReentrySuspects.Suspect {
    fileprivate var order: [String] { [rule.rawValue, source, target, attribute ?? "", sourceUnit, targetUnit] }
}

/// The values that instances wrote: of attributes that few instances bear, those that few cases hold.
private struct WrittenValues {
    private let log: EventLog
    private let columns: [Int]
    /// Per column: the values that count.
    private let distinctive: [Set<Int64>]

    init(_ log: EventLog) {
        self.log = log
        var columns: [Int] = []
        var distinctive: [Set<Int64>] = []
        let all = log.columns.attributes
        for (number, column) in all.enumerated() where number != log.columns.costAttribute {
            if column.type == .boolean || column.type == .date { continue }
            var bearing = 0
            var casesWithAny = 0
            var casesOf: [Int64: (count: Int, last: Int)] = [:]
            for (position, range) in log.instanceRanges.enumerated() {
                var hasAny = false
                for instance in range {
                    guard let value = column.identity(log.instances.closingEvent(instance)) else { continue }
                    bearing += 1
                    hasAny = true
                    let known = casesOf[value, default: (0, -1)]
                    if known.last != position { casesOf[value] = (known.count + 1, position) }
                }
                if hasAny { casesWithAny += 1 }
            }
            if bearing == 0 || bearing * 2 > log.instanceCount { continue }
            let most = Swift.max(2, casesWithAny / 100)
            columns.append(number)
            distinctive.append(Set(casesOf.filter { $0.value.count <= most }.keys))
        }
        self.columns = columns
        self.distinctive = distinctive
    }

    func name(_ attribute: Int) -> String { log.columns.attributes[attribute].name }

    /// The first attribute of which two instances bear the same value that counts.
    func common(_ instance: Int, _ before: Int) -> Int? {
        for (place, number) in columns.enumerated() {
            let column = log.columns.attributes[number]
            guard let value = column.identity(log.instances.closingEvent(instance)),
                column.identity(log.instances.closingEvent(before)) == value, distinctive[place].contains(value)
            else { continue }
            return number
        }
        return nil
    }
}
