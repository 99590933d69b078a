import EventLogs
package import ProcessModels

/// The alpha miner: places from which activities causally follow which (van der Aalst, Weijters, Maruster: "Workflow mining:
/// discovering process models from event logs", IEEE Transactions on Knowledge and Data Engineering 16, 2004, doi:10.1109/TKDE.2004.47,
/// definition 4.3).
///
/// ```swift
/// let net = try AlphaMiner().net(of: DirectlyFollowsCounts(of: log))
/// ```
///
/// It shows why other miners exist: it takes every step at its word, so that on real logs the net is often unsound, and it sees no loop of
/// one or two activities. Use it on small clean logs, and to teach.
package struct AlphaMiner: Sendable {
    /// Why there is no net.
    package enum Problem: Error, Equatable, Sendable {
        /// Activities cause each other in more ways than places are made for: this many sets were looked at, or activities are there.
        case tooManyPlaces(Int)
    }

    /// The most sets of activities that are looked at in search of places.
    package var mostSets = 200_000

    /// A miner.
    package init() {}

    /// The net of a log's directly-follows counts: one transition for each activity, by the UTF-8 bytes of their names.
    ///
    /// - Throws: ``Problem`` where a log relates so many activities that the places are too many to list.
    /// - Complexity: exponential in the number of activities at worst.
    package func net(of counts: DirectlyFollowsCounts) throws(Problem) -> PetriNet {
        let present = counts.names.ids.filter { counts.activityCounts[Int($0)] > 0 }
        let alphabet = present.sorted { counts.nameRanks[Int($0)] < counts.nameRanks[Int($1)] }
        if alphabet.count > 2_000 { throw .tooManyPlaces(alphabet.count) }
        var letters = [Int](repeating: 0, count: counts.names.count)
        for (letter, activity) in alphabet.enumerated() { letters[Int(activity)] = letter }
        var follows = BitMatrix(size: alphabet.count)
        for edge in 0..<counts.edgeCount { follows.insert(letters[Int(counts.source[edge])], letters[Int(counts.target[edge])]) }
        var net = PetriNet(
            places: [.init(id: "source")],
            transitions: alphabet.enumerated().map { .init(id: "t\($0 + 1)", label: counts.names[$1]) }, initial: Marking(places: [0]),
            final: [Marking(places: [1])])
        net.places.append(.init(id: "sink"))
        for (letter, activity) in alphabet.enumerated() {
            if counts.startCounts[Int(activity)] > 0 { net.transitions[letter].inputs.append(.init(0)) }
            if counts.endCounts[Int(activity)] > 0 { net.transitions[letter].outputs.append(.init(1)) }
        }
        for (number, pair) in try pairs(follows).enumerated() {
            net.places.append(.init(id: "p\(number + 1)"))
            for letter in pair.before { net.transitions[letter].outputs.append(.init(number + 2)) }
            for letter in pair.after { net.transitions[letter].inputs.append(.init(number + 2)) }
        }
        return net
    }

    /// Letters of which each causes each of others, none of either related among themselves; the largest such, in ascending order.
    private func pairs(_ follows: BitMatrix) throws(Problem) -> [(before: [Int], after: [Int])] {
        let size = follows.size
        func causes(_ one: Int, _ other: Int) -> Bool { follows[one, other] && !follows[other, one] }
        func unrelated(_ one: Int, _ other: Int) -> Bool { !follows[one, other] && !follows[other, one] }
        // Every pair of sets is grown from one cause by adding letters in ascending order: those before, then those after.
        var seen: Set<[Int]> = []
        var found: [(before: [Int], after: [Int])] = []
        var open: [(before: [Int], after: [Int])] = []
        func add(_ before: [Int], _ after: [Int]) {
            if seen.insert(before + [-1] + after).inserted { open.append((before, after)) }
        }
        for one in 0..<size {
            for other in 0..<size where causes(one, other) && unrelated(one, one) && unrelated(other, other) { add([one], [other]) }
        }
        while let (before, after) = open.popLast() {
            if seen.count > mostSets { throw .tooManyPlaces(mostSets) }
            var isLargest = true
            for letter in 0..<size where unrelated(letter, letter) {
                if !before.contains(letter), before.allSatisfy({ unrelated($0, letter) }), after.allSatisfy({ causes(letter, $0) }) {
                    isLargest = false
                    add((before + [letter]).sorted(), after)
                }
                if !after.contains(letter), after.allSatisfy({ unrelated($0, letter) }), before.allSatisfy({ causes($0, letter) }) {
                    isLargest = false
                    add(before, (after + [letter]).sorted())
                }
            }
            if isLargest { found.append((before, after)) }
        }
        return found.sorted {
            $0.before != $1.before ? $0.before.lexicographicallyPrecedes($1.before) : $0.after.lexicographicallyPrecedes($1.after)
        }
    }
}
