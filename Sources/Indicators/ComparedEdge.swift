import EventLogs
import ProcessModels
import Statistics

/// How the figures of one edge of the directly-follows graph differ between two logs.
package struct ComparedEdge: Codable, Sendable, Equatable {
    /// The activity that comes first.
    package var source: String
    /// The activity that directly follows.
    package var target: String
    /// How often before.
    package var countBefore: Int
    /// How often after.
    package var countAfter: Int
    /// Those known on some side of, in this order: `time.mean` and `time.median` (source completion to target start, or completion where
    /// the start is unknown; signed) and `frequency.mean` (steps per case, of all cases).
    package var kpis: [ComparedKPI]

    private struct Side {
        let index: DirectlyFollowsIndex
        let cases: Int
        /// Per edge: the numbers of source and target among the names of both logs.
        let pairs: [Pair]
        let edgeOf: [Pair: Int]

        init(_ log: EventLog, _ names: inout Vocabulary) {
            let index = DirectlyFollowsIndex(of: log)
            let numbers = index.names.ids.map { id in index.names.withBytes(of: id) { names.intern($0) } }
            let pairs = (0..<index.edgeCount).map { Pair(source: numbers[Int(index.source[$0])], target: numbers[Int(index.target[$0])]) }
            self.index = index
            self.pairs = pairs
            cases = log.caseCount
            edgeOf = Dictionary(uniqueKeysWithValues: zip(pairs, pairs.indices))
        }

        func steps(_ pair: Pair) -> Range<Int> {
            edgeOf[pair].map { index.offsets[$0]..<index.offsets[$0 + 1] } ?? 0..<0
        }

        func sample(_ range: Range<Int>) -> TimeSample {
            TimeSample(range.lazy.map { (index.time[$0], index.position[$0]) })
        }
    }

    private struct Pair: Hashable {
        var source: UInt32
        var target: UInt32
    }

    /// All edges of two logs, by steps on both sides together, then by the UTF-8 bytes of source and target.
    static func all(before: EventLog, after: EventLog, replicates: Int, seed: UInt64, path: [UInt64]) -> [ComparedEdge] {
        var names = Vocabulary()
        let first = Side(before, &names)
        let second = Side(after, &names)
        let ranks = names.ranks()
        let pairs = first.pairs + second.pairs.filter { first.edgeOf[$0] == nil }
        let order = pairs.sorted { left, right in
            let own = first.steps(left).count + second.steps(left).count
            let other = first.steps(right).count + second.steps(right).count
            if own != other { return own > other }
            let (source, otherSource) = (ranks[Int(left.source)], ranks[Int(right.source)])
            return source != otherSource ? source < otherSource : ranks[Int(left.target)] < ranks[Int(right.target)]
        }
        let lists = order.enumerated().map { index, pair in
            let (own, other) = (first.steps(pair), second.steps(pair))
            var list = TimeSample.comparisons(
                "time", first.sample(own), second.sample(other), replicates: replicates, seed: seed, path: path + [UInt64(index)])
            let frequency = ClusteredMean.comparison(
                id: "frequency.mean", unit: "per case",
                ClusteredMean(occurrences: runLengths(first.index.position[own]), cases: first.cases),
                ClusteredMean(occurrences: runLengths(second.index.position[other]), cases: second.cases))
            list.append(ListedComparison(kpi: frequency, better: .neither, observations: min(first.cases, second.cases)))
            return list
        }
        return zip(order, ListedComparison.judged(lists)).map { pair, kpis in
            ComparedEdge(
                source: names[pair.source], target: names[pair.target], countBefore: first.steps(pair).count,
                countAfter: second.steps(pair).count, kpis: kpis)
        }
    }
}
