package import EventLogs
package import ProcessModels

/// How a log skeleton is learnt.
package struct LogSkeletonOptions: Sendable, Equatable {
    /// The share of the cases that a relation says something about in which it may fail, 0…1.
    package var noise = 0.0
    /// The most activities that are looked at, those of the most cases first.
    package var mostActivities = 1_000

    /// The defaults.
    package init() {}
}

extension LogSkeleton {
    /// The skeleton of a log.
    ///
    /// With noise, the numbers of instances of an activity are the most frequent ones that make up for all but that share of the cases.
    ///
    /// - Complexity: every variant is read once: O(length · distinct activities + distinct²) for each, and O(activities²) memory.
    package init(discoveredIn log: EventLog, options: LogSkeletonOptions = LogSkeletonOptions()) {
        self.init(discoveredIn: VariantIndex(of: log), names: log.activities, options: options)
    }

    /// The skeleton of a log whose variants are known.
    ///
    /// - Parameter vocabulary: what the numbers in the variants stand for.
    package init(discoveredIn variants: VariantIndex, names vocabulary: Vocabulary, options: LogSkeletonOptions = LogSkeletonOptions()) {
        let counts = DeclareCounts(variants, vocabulary, most: options.mostActivities)
        let own = OccurrenceCounts(variants, counts.activities, of: vocabulary.count)
        let names = counts.activities.map { vocabulary[$0] }
        let cases = variants.counts.reduce(0, +)
        func holds(_ held: Int, of all: Int) -> Bool { all > 0 && Double(all - held) <= options.noise * Double(all) }
        func holds(_ template: DeclareTemplate, _ first: Int, _ second: Int) -> Bool {
            let tally = counts.tally(template, first, second)
            return holds(Int(tally.satisfied), of: Int(tally.activated))
        }
        var pairs: [Relation: [[String]]] = [:]
        for first in names.indices {
            for second in names.indices where first != second {
                func add(_ relation: Relation, _ isThere: Bool) {
                    if isThere { pairs[relation, default: []].append([names[first], names[second]]) }
                }
                if first < second {
                    add(.equivalence, holds(own.equal(first, second), of: cases))
                    add(.neverTogether, holds(.notCoExistence, first, second))
                }
                add(.alwaysAfter, holds(.response, first, second))
                add(.alwaysBefore, holds(.precedence, second, first))
                add(.directlyFollows, holds(.chainResponse, first, second))
            }
        }
        self.init(
            pairs,
            occurrences: names.indices.map { Occurrences(activity: names[$0], counts: own.usual($0, noise: options.noise)) },
            omitted: counts.omitted.map { vocabulary[$0] })
    }
}

/// How often activities come in the cases of a log.
private struct OccurrenceCounts {
    private let cases: Int
    private let width: Int
    /// Per pair, row by the first: the cases in which both come, equally often.
    private var alike: [Int]
    /// Per pair: the cases in which both come.
    private var together: [Int]
    /// Per activity: the cases that hold it.
    private var holders: [Int]
    /// Per activity: the cases by the number of its instances.
    private var numbers: [[Int: Int]]

    init(_ variants: VariantIndex, _ activities: [UInt32], of all: Int) {
        cases = variants.counts.reduce(0, +)
        width = activities.count
        alike = [Int](repeating: 0, count: width * width)
        together = alike
        holders = [Int](repeating: 0, count: width)
        numbers = [[Int: Int]](repeating: [:], count: width)
        var place = [Int](repeating: -1, count: all)
        for (number, activity) in activities.enumerated() { place[Int(activity)] = number }
        var count = [Int](repeating: 0, count: width)
        for rank in 0..<variants.count {
            let times = variants.counts[rank]
            var distinct: [Int] = []
            for activity in variants.activities(ofRank: rank + 1) where place[Int(activity)] >= 0 {
                let own = place[Int(activity)]
                if count[own] == 0 { distinct.append(own) }
                count[own] += 1
            }
            for own in distinct {
                holders[own] += times
                numbers[own][count[own], default: 0] += times
                for other in distinct {
                    together[own * width + other] += times
                    if count[own] == count[other] { alike[own * width + other] += times }
                }
            }
            for own in distinct { count[own] = 0 }
        }
        for own in 0..<width where holders[own] < cases { numbers[own][0] = cases - holders[own] }
    }

    /// The cases in which two activities come equally often, or not at all.
    func equal(_ first: Int, _ second: Int) -> Int {
        let either = holders[first] + holders[second] - together[first * width + second]
        return alike[first * width + second] + cases - either
    }

    /// The most frequent numbers of instances that make up for all but a share of the cases, ascending.
    func usual(_ own: Int, noise: Double) -> [Int] {
        let ordered = numbers[own].sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
        var (kept, sum) = ([Int](), 0)
        for (number, times) in ordered {
            if Double(cases - sum) <= noise * Double(cases) { break }
            kept.append(number)
            sum += times
        }
        return kept.sorted()
    }
}
