package import EventLogs
package import Statistics

/// What differs in how cases go between two or more logs: variants, edges and activities that appear, vanish, or come in another share of the cases.
///
/// The first log is what the others are held against. Shares are of cases: those that follow a variant, in which one activity comes directly after
/// another, or which hold an activity. Each change has its 95 % interval (Newcombe's hybrid of Wilson intervals) and a p-value corrected by
/// Benjamini and Hochberg over all things of its kind in all logs. What fewer than ``leastCases`` cases of both logs show is told but not judged.
package struct ProcessDifference: Codable, Sendable, Equatable {
    /// The fewest cases of both logs together that a change is judged by.
    package static let leastCases = 10
    /// The corrected p-value up to which shares differ.
    package static let significance = 0.05

    /// Whether something is there.
    package enum Presence: String, Codable, Sendable {
        /// In both logs.
        case both
        /// In the other log alone.
        case appeared
        /// In the first log alone.
        case vanished
        /// In neither; a third has it.
        case neither
    }

    /// How a share changed.
    package enum Verdict: String, Codable, Sendable {
        /// It is greater.
        case more
        /// It is smaller.
        case fewer
        /// It may be the same.
        case noDifference = "no_difference"
        /// Too few cases show it.
        case insufficient
    }

    /// A log that is compared.
    package struct Log: Codable, Sendable, Equatable {
        /// What it is called.
        package var name: String
        /// Its cases.
        package var cases: Int
        /// Its variants.
        package var variants: Int
    }

    /// How something is in one log, and how that differs from the first.
    package struct Share: Codable, Sendable, Equatable {
        /// The cases.
        package var cases: Int
        /// Their share of the log's cases, 0…1; nil where it has none.
        package var share: Double?
        /// Whether it appeared or vanished; nil for the first log.
        package var presence: Presence?
        /// The share less that in the first log; nil for the first log.
        package var change: Double?
        /// The 95 % interval of the change.
        package var changeCi95: Interval?
        /// The corrected p-value of no change; nil where it is not judged.
        package var pValue: Double?
        /// What became of it; nil for the first log.
        package var verdict: Verdict?
    }

    /// A variant, an edge or an activity.
    package struct Item: Codable, Sendable, Equatable {
        /// The activities in order: all of a variant, two of an edge, one.
        package var activities: [String]
        /// How it is in each log, in their order.
        package var logs: [Share]

        /// The greatest change of its share, up or down.
        fileprivate var greatest: Double { logs.compactMap(\.change?.magnitude).max() ?? 0 }
    }

    /// The logs, the first being what the others are held against.
    package var logs: [Log]
    /// The activities, by the greatest change of their share in any log, then by the UTF-8 bytes of their names.
    package var activities: [Item]
    /// The edges, in the same order.
    package var edges: [Item]
    /// The variants, in the same order.
    package var variants: [Item]

    /// What differs between logs.
    ///
    /// - Precondition: there are at least two.
    /// - Complexity: O(instances) to find the variants, O(their lengths) to count, then the sort.
    package init(_ logs: [(name: String, log: EventLog)]) {
        precondition(logs.count > 1, "there is something to compare")
        var counts = DifferenceCounts(logs.count)
        self.logs = logs.enumerated().map { place, log in
            Log(name: log.name, cases: log.log.caseCount, variants: counts.add(log.log, place))
        }
        let sizes = logs.map(\.log.caseCount)
        activities = Self.items(counts.activities, counts.names, sizes)
        edges = Self.items(counts.edges, counts.names, sizes)
        variants = Self.items(counts.variants, counts.names, sizes)
    }

    private static func items(_ table: DifferenceCounts.Table, _ names: Vocabulary, _ sizes: [Int]) -> [Item] {
        let texts = names.strings
        var items = (0..<table.sequences.count).map { number in
            Item(
                activities: table.sequences.sequence(number).map { texts[Int($0)] },
                logs: sizes.indices.map { log in share(table.cases[number * sizes.count + log], sizes[log]) })
        }
        var pValues: [Double?] = []
        for index in items.indices {
            let first = items[index].logs[0].cases
            for log in 1..<sizes.count {
                let own = items[index].logs[log].cases
                items[index].logs[log].presence = own > 0 ? (first > 0 ? .both : .appeared) : (first > 0 ? .vanished : .neither)
                items[index].logs[log].verdict = .insufficient
                let change = Change.ofRate(before: (first, sizes[0]), after: (own, sizes[log]))
                items[index].logs[log].change = change?.absolute
                items[index].logs[log].changeCi95 = change?.absoluteCI95
                pValues.append(own + first >= leastCases ? change?.pValue : nil)
            }
        }
        let adjusted = FalseDiscovery.adjusted(pValues)
        for index in items.indices {
            for log in 1..<sizes.count {
                guard let pValue = adjusted[index * (sizes.count - 1) + log - 1], let change = items[index].logs[log].change else {
                    continue
                }
                items[index].logs[log].pValue = pValue
                items[index].logs[log].verdict = pValue > significance ? .noDifference : change > 0 ? .more : .fewer
            }
        }
        let greatest = items.map(\.greatest)
        let ranks = names.ranks()
        let order = items.indices.sorted { left, right in
            if greatest[left] != greatest[right] { return greatest[left] > greatest[right] }
            return table.sequences.sequence(left).lexicographicallyPrecedes(table.sequences.sequence(right)) {
                ranks[Int($0)] < ranks[Int($1)]
            }
        }
        return order.map { items[$0] }
    }

    private static func share(_ cases: Int, _ size: Int) -> Share {
        Share(cases: cases, share: size > 0 ? Double(cases) / Double(size) : nil)
    }
}

/// Cases of each log by variant, edge and activity, over one vocabulary.
private struct DifferenceCounts {
    /// Sequences of activities with the cases of each log, log by log.
    struct Table {
        private let logs: Int
        private(set) var sequences = SequenceTable()
        private(set) var cases: [Int] = []

        init(_ logs: Int) {
            self.logs = logs
        }

        mutating func add(_ sequence: [UInt32], _ log: Int, _ count: Int) {
            let number = Int(sequence.withUnsafeBufferPointer { sequences.add($0) })
            if number * logs == cases.count { cases.append(contentsOf: repeatElement(0, count: logs)) }
            cases[number * logs + log] += count
        }
    }

    private(set) var names = Vocabulary()
    private(set) var activities: Table
    private(set) var edges: Table
    private(set) var variants: Table

    init(_ logs: Int) {
        activities = Table(logs)
        edges = Table(logs)
        variants = Table(logs)
    }

    /// Adds a log; how many variants it has.
    mutating func add(_ log: EventLog, _ place: Int) -> Int {
        let map = names.numbers(of: log.activities)
        let index = VariantIndex(of: log)
        for rank in 0..<index.count {
            let own = index.activities(ofRank: rank + 1).map { map[Int($0)] }
            let cases = index.counts[rank]
            variants.add(own, place, cases)
            var seen: Set<UInt32> = []
            for activity in own where seen.insert(activity).inserted { activities.add([activity], place, cases) }
            var pairs: Set<UInt64> = []
            for (first, second) in zip(own, own.dropFirst()) where pairs.insert(UInt64(first) << 32 | UInt64(second)).inserted {
                edges.add([first, second], place, cases)
            }
        }
        return index.count
    }
}
