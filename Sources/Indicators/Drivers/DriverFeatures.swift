import EventLogs
import Instants
import Performance
import Statistics

/// What may drive a figure, as columns over the cases of a log.
struct DriverFeatures: Sendable {
    /// One column of the design: a number in standard deviations, or whether a level holds.
    struct Column: Sendable {
        var kind: Explanation.Kind
        var feature: String
        var level: String?
        var step: Double?
        var known: Explanation.Known
        var cases: Int
        /// The feature's number in ``DriverFeatures/features`` and the level there; -1 for numbers.
        var source: Int
        var code: Int32
        /// Whether it is one of several levels, whose effects are differences from the mean over all of them.
        var isContrast = false
        /// Whether it says what the case is, not when it comes.
        var isTrait: Bool { kind == .attribute || kind == .firstRole || kind == .firstActivity }
    }

    /// A feature of every case.
    enum Values: Sendable {
        /// Per case: the level, −1 where it has none of those kept.
        case levels([Int32])
        /// Per case: the number; NaN where unknown.
        case numbers([Double], mean: Double, deviation: Double)
    }

    /// A feature with its columns and what rules may ask of it.
    struct Feature: Sendable {
        var kind: Explanation.Kind
        var name: String
        var known: Explanation.Known
        var values: Values
        /// The names of the levels kept; for numbers none.
        var levels: [String] = []
        /// How many cases each level has.
        var counts: [Int] = []
        /// What a filter expression calls it; nil where there is no such name.
        var filterName: String?
    }

    private(set) var features: [Feature] = []
    private(set) var columns: [Column] = []
    private(set) var leftOut: [Explanation.LeftOut] = []
    private(set) var pooled = 0

    /// The most levels of a feature that have columns of their own; the rarest stay together as the rest.
    static let mostLevels = 30
    /// The most activities and roles whose presence is looked at.
    static let mostActivities = 40
    /// The fewest cases of a level.
    static func leastCases(_ count: Int) -> Int { max(20, count / 200) }

    /// The features of the cases at `rows` of a log (those with a value of the figure).
    init(_ log: EventLog, rows: [Int], times: CaseTimes) {
        attributes(log, rows)
        starts(log, rows, times)
        firstRole(log, rows)
        roles(log, rows)
        firstActivity(log, rows)
        activities(log, rows)
    }

    /// What the cases at `rows` are by themselves.
    init(traitsOf log: EventLog, rows: [Int]) {
        attributes(log, rows)
        firstRole(log, rows)
        firstActivity(log, rows)
    }

    // MARK: Case attributes

    private mutating func attributes(_ log: EventLog, _ rows: [Int]) {
        var seen: Set<String> = []
        for column in log.columns.caseAttributes where seen.insert(column.name).inserted {
            let ids = rows.map { Int(log.caseIDs[$0]) }
            switch column.type {
            case .int, .float:
                number(.attribute, column.name, .atStart, ids.map { column.number($0) ?? .nan }, total: log.caseCount, rows, column.name)
            case .string, .id:
                let symbols = ids.map { column.symbol($0) }
                let strings = column.symbols.vocabulary
                level(
                    .attribute, column.name, .atStart, symbols.map { $0 == Vocabulary.missing ? -1 : Int32($0) },
                    total: log.caseCount, rows, column.name
                ) { strings.text(UInt32($0)) ?? "" }
            case .boolean:
                let truths = ids.map { column.boolean($0) }
                level(
                    .attribute, column.name, .atStart, truths.map { $0.map { $0 ? 1 : 0 } ?? -1 }, total: log.caseCount, rows, nil
                ) { $0 == 1 ? "true" : "false" }
            case .date: continue
            }
        }
    }

    private mutating func number(
        _ kind: Explanation.Kind, _ name: String, _ known: Explanation.Known, _ own: [Double], total: Int, _ rows: [Int],
        _ filterName: String?
    ) {
        let finite = own.filter(\.isFinite)
        guard finite.count >= 2 * Self.leastCases(rows.count), let first = finite.first else {
            leftOut.append(Explanation.LeftOut(feature: name, reason: .constant))
            return
        }
        let mean = first + finite.reduce(0) { $0 + ($1 - first) } / Double(finite.count)
        let variance = finite.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(finite.count)
        guard variance > 1e-20 * mean * mean, variance > 0 else {
            leftOut.append(Explanation.LeftOut(feature: name, reason: .constant))
            return
        }
        var all = [Double](repeating: .nan, count: total)
        for (place, row) in rows.enumerated() { all[row] = own[place].isFinite ? own[place] : .nan }
        features.append(
            Feature(
                kind: kind, name: name, known: known, values: .numbers(all, mean: mean, deviation: variance.squareRoot()),
                filterName: filterName))
        columns.append(
            Column(
                kind: kind, feature: name, level: nil, step: variance.squareRoot(), known: known, cases: finite.count,
                source: features.count - 1, code: -1))
    }

    /// - Parameter codes: per row a number; −1 where the case has none.
    private mutating func level(
        _ kind: Explanation.Kind, _ name: String, _ known: Explanation.Known, _ codes: [Int32], total: Int, _ rows: [Int],
        _ filterName: String?, text: (Int32) -> String
    ) {
        var counts = [Int](repeating: 0, count: Int(codes.max() ?? -1) + 1)
        for code in codes where code >= 0 { counts[Int(code)] += 1 }
        let used = counts.indices.filter { counts[$0] > 0 }
        let least = Self.leastCases(rows.count)
        let order = used.filter { counts[$0] >= least }
            .map { (code: $0, text: text(Int32($0))) }
            .sorted { left, right in
                counts[left.code] != counts[right.code]
                    ? counts[left.code] > counts[right.code] : left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
            }
        let kept = Array(order.prefix(Self.mostLevels))
        let covered = kept.reduce(0) { $0 + counts[$1.code] }
        guard used.count > 1 || covered < rows.count else {
            if used.count == 1 { leftOut.append(Explanation.LeftOut(feature: name, reason: .constant)) }
            return
        }
        guard !kept.isEmpty, covered * 2 >= codes.count(where: { $0 >= 0 }) else {
            leftOut.append(Explanation.LeftOut(feature: name, reason: used.count > 1 ? .tooManyLevels : .constant))
            return
        }
        if rows.count - covered < least, kept.count == 1 {
            leftOut.append(Explanation.LeftOut(feature: name, reason: .constant))
            return
        }
        pooled += used.count - kept.count
        var number = [Int32](repeating: -1, count: counts.count)
        for (place, item) in kept.enumerated() { number[item.code] = Int32(place) }
        var all = [Int32](repeating: -1, count: total)
        for (place, row) in rows.enumerated() where codes[place] >= 0 { all[row] = number[Int(codes[place])] }
        features.append(
            Feature(
                kind: kind, name: name, known: known, values: .levels(all), levels: kept.map(\.text), counts: kept.map { counts[$0.code] },
                filterName: filterName))
        let isContrast = kept.count > 1
        for (place, item) in kept.enumerated() {
            columns.append(
                Column(
                    kind: kind, feature: name, level: item.text, step: nil, known: known, cases: counts[item.code],
                    source: features.count - 1, code: Int32(place), isContrast: isContrast))
        }
        let rest = rows.count - covered
        if isContrast, rest > 0 {
            columns.append(
                Column(
                    kind: kind, feature: name, level: nil, step: nil, known: known, cases: rest, source: features.count - 1, code: -1,
                    isContrast: true))
        }
    }

    // MARK: Start of the case

    private mutating func starts(_ log: EventLog, _ rows: [Int], _ times: CaseTimes) {
        let offset = Int64(log.columns.prevailingOffset) * Microseconds.second
        var hours: [Int32] = []
        var days: [Int32] = []
        for row in rows {
            let start = times.firstStart[row]
            guard start != Instant.missing else {
                hours.append(-1)
                days.append(-1)
                continue
            }
            let (local, overflow) = start.addingReportingOverflow(offset)
            let (day, time) = (overflow ? start : local).quotientAndRemainder(dividingBy: Microseconds.day)
            let (date, rest) = time < 0 ? (day - 1, time + Microseconds.day) : (day, time)
            // 1970-01-01 was a Thursday.
            days.append(Int32(((date % 7) + 10) % 7))
            hours.append(Int32(rest / (4 * Microseconds.hour)))
        }
        let names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
        level(.weekday, "start_weekday", .atStart, days, total: log.caseCount, rows, nil) { names[Int($0)] }
        level(.hour, "start_hour", .atStart, hours, total: log.caseCount, rows, nil) { band in
            let (from, to) = (4 * band, 4 * band + 4)
            return (from < 10 ? "0" : "") + "\(from):00–" + (to < 10 ? "0" : "") + "\(to):00"
        }
        let open = Self.openCases(times)
        number(.load, "open_cases_at_start", .atStart, rows.map { open[$0] }, total: log.caseCount, rows, nil)
    }

    /// Per case: how many others had started and not yet ended when it started; NaN where it has no start. Open cases never end.
    static func openCases(_ times: CaseTimes) -> [Double] {
        var starts: [Int64] = []
        var ends: [Int64] = []
        for row in times.firstStart.indices where times.firstStart[row] != Instant.missing {
            starts.append(times.firstStart[row])
            if !times.isCensored[row] || times.ends.names.isEmpty, times.lastCompletion[row] != Instant.missing {
                ends.append(times.lastCompletion[row])
            }
        }
        starts.sort()
        ends.sort()
        func below(_ list: [Int64], _ value: Int64) -> Int {
            var (low, high) = (0, list.count)
            while low < high {
                let middle = (low + high) / 2
                if list[middle] < value { low = middle + 1 } else { high = middle }
            }
            return low
        }
        return times.firstStart.map { start in
            start == Instant.missing ? .nan : Double(below(starts, start) - below(ends, start))
        }
    }

    // MARK: Activities and people

    private mutating func firstActivity(_ log: EventLog, _ rows: [Int]) {
        let names = log.activities
        let instances = log.instances
        level(
            .firstActivity, "first_activity", .atStart,
            rows.map { row in log.instanceRanges[row].first.map { Int32(instances.activity[$0]) } ?? -1 }, total: log.caseCount, rows, nil
        ) { names.text(UInt32($0)) ?? "" }
    }

    private mutating func activities(_ log: EventLog, _ rows: [Int]) {
        let names = log.activities
        let instances = log.instances
        presence(.activity, log, rows, names.count, name: { names.text(UInt32($0)) ?? "" }) { instance in
            Int(instances.activity[instance])
        }
    }

    private mutating func firstRole(_ log: EventLog, _ rows: [Int]) {
        guard let roles = log.columns.role ?? log.columns.department else { return }
        let instances = log.instances
        level(
            .firstRole, "first_role", .atStart,
            rows.map { row in
                log.instanceRanges[row].first.map { instance in
                    let role = roles.ids[instances.closingEvent(instance)]
                    return role == Vocabulary.missing ? -1 : Int32(role)
                } ?? -1
            }, total: log.caseCount, rows, nil
        ) { roles.vocabulary.text(UInt32($0)) ?? "" }
    }

    private mutating func roles(_ log: EventLog, _ rows: [Int]) {
        guard let roles = log.columns.role ?? log.columns.department else { return }
        let instances = log.instances
        presence(.role, log, rows, roles.vocabulary.count, name: { roles.vocabulary.text(UInt32($0)) ?? "" }) { instance in
            let role = roles.ids[instances.closingEvent(instance)]
            return role == Vocabulary.missing ? -1 : Int(role)
        }
    }

    /// Whether something occurs in a case, where it does in some and not in others.
    private mutating func presence(
        _ kind: Explanation.Kind, _ log: EventLog, _ rows: [Int], _ count: Int, name: (Int) -> String, _ code: (Int) -> Int
    ) {
        var last = [Int](repeating: -1, count: count)
        var counts = [Int](repeating: 0, count: count)
        for row in rows {
            for instance in log.instanceRanges[row] {
                let item = code(instance)
                if item >= 0, last[item] != row {
                    last[item] = row
                    counts[item] += 1
                }
            }
        }
        let least = Self.leastCases(rows.count)
        let varying = (0..<count).filter { counts[$0] >= least && rows.count - counts[$0] >= least }
            .map { (code: $0, name: name($0)) }
            .sorted { left, right in
                counts[left.code] != counts[right.code]
                    ? counts[left.code] > counts[right.code] : left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
            }
        pooled += max(0, varying.count - Self.mostActivities)
        let kept = varying.prefix(Self.mostActivities)
        var place = [Int](repeating: -1, count: count)
        for (index, item) in kept.enumerated() { place[item.code] = index }
        var present = [[Int32]](repeating: [Int32](repeating: -1, count: log.caseCount), count: kept.count)
        for row in rows {
            for instance in log.instanceRanges[row] {
                let item = code(instance)
                if item >= 0, place[item] >= 0 { present[place[item]][row] = 0 }
            }
        }
        for (index, item) in kept.enumerated() {
            features.append(
                Feature(
                    kind: kind, name: item.name, known: .afterwards, values: .levels(present[index]), levels: [item.name]))
            columns.append(
                Column(
                    kind: kind, feature: item.name, level: nil, step: nil, known: .afterwards, cases: counts[item.code],
                    source: features.count - 1, code: 0))
        }
    }

    // MARK: Columns

    /// Levels of which ``alike(_:rows:)`` holds this share or more of all cases of either in common cannot be told apart.
    static let alikeShare = 0.8

    /// The levels of other features that pick out nearly the same of the cases at `rows` as a column does: which of them an effect
    /// belongs to, the log cannot tell.
    func alike(_ column: Column, rows: [Int]) -> [Explanation.Named] {
        guard case .levels(let own) = features[column.source].values, column.level != nil else { return [] }
        return features.indices.flatMap { number -> [Explanation.Named] in
            guard number != column.source, features[number].known == column.known, case .levels(let codes) = features[number].values else {
                return []
            }
            var (both, all) = (
                [Int](repeating: 0, count: features[number].levels.count), [Int](repeating: 0, count: features[number].levels.count)
            )
            for row in rows where codes[row] >= 0 {
                all[Int(codes[row])] += 1
                if own[row] == column.code { both[Int(codes[row])] += 1 }
            }
            return features[number].levels.indices.compactMap { code in
                let either = column.cases + all[code] - both[code]
                guard Double(both[code]) >= Self.alikeShare * Double(either) else { return nil }
                return Explanation.Named(feature: features[number].name, level: features[number].levels[code])
            }
        }
    }

    mutating func leaveOut(_ column: Column, _ reason: Explanation.LeftOut.Reason) {
        let name = column.level.map { column.feature + " = " + $0 } ?? column.feature
        leftOut.append(Explanation.LeftOut(feature: name, reason: reason))
    }

    /// The design of these columns for the cases at `rows`; an unknown number counts as the mean.
    ///
    /// Levels are coded by weighted effects (Sweeney, Ulveling: "A transformation for simplifying the interpretation of coefficients of
    /// binary variables in regression analysis", The American Statistician 26, 1972, doi:10.1080/00031305.1972.10478949): 1 in the level,
    /// −n(level) ÷ n(left out) in the one that is left out, so that a coefficient is the difference from the mean of all cases.
    ///
    /// - Parameter omitted: the level that is left out of each feature of several, 0 or 1.
    func design(_ chosen: [Column], rows: [Int], omitted: Int32) -> DesignMatrix {
        // A level of a feature is one column; of levels that are told by several, what stands there for the one left out goes to all.
        struct Levels {
            var codes: [Int32]
            /// Per code, from −1: the column that is 1; −1 where none is.
            var column: [Int]
            /// The columns of a contrast and what they hold for the level left out.
            var others: [(column: Int, value: Double)] = []
        }
        var numbers: [(column: Int, values: [Double], mean: Double, deviation: Double)] = []
        var levels: [Levels] = []
        var placeOf: [Int: Int] = [:]
        for (j, column) in chosen.enumerated() {
            switch features[column.source].values {
            case .numbers(let values, let mean, let deviation): numbers.append((j, values, mean, deviation))
            case .levels(let codes):
                if placeOf[column.source] == nil {
                    placeOf[column.source] = levels.count
                    levels.append(Levels(codes: codes, column: [Int](repeating: -1, count: features[column.source].levels.count + 1)))
                }
                let place = placeOf[column.source]!
                levels[place].column[Int(column.code) + 1] = j
                if column.isContrast {
                    let share = Double(column.cases) / Double(features[column.source].counts[Int(omitted)])
                    levels[place].others.append((j, -share))
                }
            }
        }
        let (numeric, coded) = (numbers, levels)
        return DesignMatrix(rows: rows.count, columns: chosen.count) { numbers, target in
            let count = numbers.count
            for (column, values, mean, deviation) in numeric {
                for (i, number) in numbers.enumerated() {
                    let value = values[rows[number]]
                    target[column * count + i] = value.isNaN ? 0 : (value - mean) / deviation
                }
            }
            for feature in coded {
                for (i, number) in numbers.enumerated() {
                    let code = feature.codes[rows[number]]
                    let column = feature.column[Int(code) + 1]
                    if column >= 0 {
                        target[column * count + i] = 1
                    } else if code == omitted {
                        for (other, value) in feature.others { target[other * count + i] = value }
                    }
                }
            }
        }
    }
}
