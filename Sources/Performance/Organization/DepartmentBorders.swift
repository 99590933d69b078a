package import EventLogs
import Instants
package import Statistics

/// The time that work spends at the borders between departments (between roles, where the log has no departments).
///
/// A border is crossed where two consecutive instances of a case belong to different units. Its time is that of the step: source
/// completion to target start, or to target completion where the start is unknown (then it holds the work as well), by the log's clock.
package struct DepartmentBorders: Codable, Sendable, Equatable {
    /// One border, in one direction.
    package struct Border: Codable, Sendable, Equatable {
        /// The unit that hands over.
        package var source: String
        /// The unit that takes over.
        package var target: String
        /// How often it is crossed.
        package var count: Int
        /// Cases that cross it.
        package var cases: Int
        /// Their share, 0…1.
        package var shareOfCases: Double
        /// The sum of its positive times in seconds; nil where none is known.
        package var totalS: Double?
        /// Its share of the summed cycle times, 0…1; nil where either is unknown.
        package var shareOfCycleTime: Double?
        /// The spread of its times, which are signed.
        package var elapsed: TimeStatistics?
        /// The step that holds most of its time.
        package var path: Step
        /// Its place by total, from 1.
        package var rank: Int
        /// The filter that selects the cases that take that step.
        package var filter: String
    }

    /// A step between two activities.
    package struct Step: Codable, Sendable, Equatable {
        /// The activity before.
        package var source: String
        /// The activity after.
        package var target: String
        /// How often it crosses the border.
        package var count: Int
        /// The sum of its positive times there, in seconds.
        package var totalS: Double
    }

    /// What the units are; nil where the log tells none.
    package var unit: OrganizationUnit?
    /// Units that occur.
    package var units: Int
    /// All crossings.
    package var count: Int
    /// Crossings per case; nil where there are no cases.
    package var perCase: Double?
    /// Cases that cross a border.
    package var cases: Int
    /// Their share, 0…1; nil where there are no cases.
    package var shareOfCases: Double?
    /// The sum of the positive times of all crossings in seconds; nil where none is known.
    package var totalS: Double?
    /// Its share of the summed cycle times, 0…1; nil where either is unknown.
    package var shareOfCycleTime: Double?
    /// The times of all crossings.
    package var crossing: TimeStatistics?
    /// The times of steps within a unit.
    package var within: TimeStatistics?
    /// The borders, by descending total, then count, then the UTF-8 bytes of their names.
    package var borders: [Border]

    /// The borders of a log.
    package static func of(_ log: EventLog) -> DepartmentBorders {
        DepartmentBorders(of: log, units: OrganizationUnits(of: log, roles: ResourceRoles(of: log)))
    }

    init(of log: EventLog, units: OrganizationUnits) {
        unit = units.kind
        let side = units.side
        var cycles: Int128 = 0
        var hasCycle = false
        var occurs = [Bool](repeating: false, count: units.names.count)
        var (crossings, crossingCases) = (0, 0)
        var across: [Int64] = []
        var inside: [Int64] = []
        for (position, range) in log.instanceRanges.enumerated() {
            if let span = log.span(ofCase: position), span.isCompleted, span.cycleTime != Instant.missing {
                cycles += Int128(span.cycleTime)
                hasCycle = true
            }
            if side.isEmpty { continue }
            var crosses = false
            for instance in range {
                let own = side[instance]
                if own == Vocabulary.missing { continue }
                occurs[Int(own)] = true
                if instance == range.lowerBound || side[instance - 1] == Vocabulary.missing { continue }
                let (before, after) = log.stepTimes(to: instance)
                let time = after == Instant.missing || before == Instant.missing ? nil : after - before
                if own == side[instance - 1] {
                    if let time { inside.append(time) }
                } else {
                    crossings += 1
                    crosses = true
                    if let time { across.append(time) }
                }
            }
            if crosses { crossingCases += 1 }
        }
        self.units = occurs.count { $0 }
        count = crossings
        cases = crossingCases
        perCase = log.caseCount == 0 ? nil : Double(crossings) / Double(log.caseCount)
        shareOfCases = log.caseCount == 0 ? nil : Double(crossingCases) / Double(log.caseCount)
        let total = across.reduce(Int128(0)) { $1 > 0 ? $0 + Int128($1) : $0 }
        let whole = hasCycle && cycles > 0 ? Double(cycles) : nil
        totalS = across.isEmpty ? nil : Double(total) / 1e6
        shareOfCycleTime = across.isEmpty ? nil : whole.map { Double(total) / $0 }
        crossing = TimeStatistics(microseconds: across)
        within = TimeStatistics(microseconds: inside)
        let entries =
            side.isEmpty ? [] : StepTimes(of: log, side: side, size: units.names.count, withinSides: false).entries
        let sorted = entries.sorted { left, right in
            if left.total != right.total { return left.total > right.total }
            if left.count != right.count { return left.count > right.count }
            let own = [units.names[Int(left.source)], units.names[Int(left.target)]]
            let other = [units.names[Int(right.source)], units.names[Int(right.target)]]
            return own.lexicographicallyPrecedes(other) { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        }
        borders = sorted.enumerated().map { place, entry in
            let (from, to) = (log.activities[entry.path.source], log.activities[entry.path.target])
            return Border(
                source: units.names[Int(entry.source)], target: units.names[Int(entry.target)], count: entry.count, cases: entry.cases,
                shareOfCases: Double(entry.cases) / Double(log.caseCount),
                totalS: entry.elapsed == nil ? nil : Double(entry.total) / 1e6,
                shareOfCycleTime: entry.elapsed == nil ? nil : whole.map { Double(entry.total) / $0 }, elapsed: entry.elapsed,
                path: Step(source: from, target: to, count: entry.path.count, totalS: Double(entry.path.total) / 1e6), rank: place + 1,
                filter: LogFilter.directly(from, to).text)
        }
    }
}
