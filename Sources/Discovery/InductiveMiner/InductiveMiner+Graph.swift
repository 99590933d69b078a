import EventLogs
package import ProcessModels

extension InductiveMiner {
    /// The tree of directly-follows counts alone, for logs too large to keep their variants (IMd, with noise IMfD: Leemans, Fahland, van
    /// der Aalst: "Scalable process discovery and conformance checking", Software & Systems Modeling 17, 2018, section 6,
    /// doi:10.1007/s10270-016-0545-x).
    ///
    /// The graph is split where the log would be. What a graph cannot tell is lost: whether one of several parallel parts may be left out,
    /// and what comes once in every trace; so the tree need not accept every trace of the log, not even without noise.
    ///
    /// Of more than 2,000 activities the tree is the one that allows anything.
    ///
    /// - Complexity: O(depth · activities³), whatever the number of cases.
    package func tree(of counts: DirectlyFollowsCounts) -> ProcessTree {
        let present = counts.names.ids.filter { counts.activityCounts[Int($0)] > 0 }
        let alphabet = present.sorted { counts.nameRanks[Int($0)] < counts.nameRanks[Int($1)] }
        if alphabet.count > Self.mostActivities { return flower(alphabet.map { counts.names[$0] }) }
        var letters = [Int](repeating: 0, count: counts.names.count)
        for (letter, activity) in alphabet.enumerated() { letters[Int(activity)] = letter }
        var graph = FollowsMatrix(size: alphabet.count)
        for edge in 0..<counts.edgeCount {
            graph[letters[Int(counts.source[edge])], letters[Int(counts.target[edge])]] = counts.edgeCounts[edge]
        }
        for (letter, activity) in alphabet.enumerated() {
            graph.starts[letter] = counts.startCounts[Int(activity)]
            graph.ends[letter] = counts.endCounts[Int(activity)]
        }
        let empties = counts.caseCount - graph.starts.reduce(0, +)
        let names = alphabet.map { counts.names[$0] }
        return tree(of: GraphPart(graph: graph, names: names, empties: empties)).reduced()
    }

    private func tree(of part: GraphPart) -> ProcessTree {
        let (graph, names) = (part.graph, part.names)
        if names.isEmpty { return .silent }
        if part.empties > 0 {
            let tree = tree(of: GraphPart(graph: graph, names: names, empties: 0))
            let total = graph.starts.reduce(0, +)
            return isKept(empties: part.empties, of: total) ? .node(.exclusive, [.silent, tree]) : tree
        }
        if names.count == 1 {
            let traces = graph.starts[0]
            let tree = ProcessTree.activity(names[0])
            return isOnceEach(repetitions: graph[0, 0], of: traces) ? tree : .node(.loop, [tree, .silent])
        }
        if let cut = cut(graph) { return .node(cut.operation, part.split(by: cut).map { tree(of: $0) }) }
        if let pieces = graph.cutting(before: { graph.ends[$0] > 0 && graph.starts[$1] > 0 })
            ?? graph.cutting(before: { graph.starts[$1] > 0 })
        {
            return .node(.loop, [tree(of: GraphPart(graph: pieces, names: names, empties: 0)), .silent])
        }
        return flower(names)
    }
}

/// A directly-follows graph over some of the activities.
private struct GraphPart {
    var graph: FollowsMatrix
    var names: [String]
    /// Traces without any of them.
    var empties: Int

    /// The graph of each part of a cut.
    func split(by cut: Cut) -> [GraphPart] {
        var place = [Int](repeating: 0, count: names.count)
        for (number, letters) in cut.parts.enumerated() { for letter in letters { place[letter] = number } }
        return cut.parts.enumerated().map { number, letters in
            var own = FollowsMatrix(size: letters.count)
            for (row, source) in letters.enumerated() {
                own.starts[row] = graph.starts[source]
                own.ends[row] = graph.ends[source]
                for (column, target) in letters.enumerated() { own[row, column] = graph[source, target] }
            }
            if cut.operation == .sequence || (cut.operation == .loop && number > 0) {
                // Whatever leads into the part opens it, whatever leads out of it closes it.
                for (row, letter) in letters.enumerated() {
                    for other in names.indices where place[other] != number {
                        let comesBefore = cut.operation == .loop || place[other] < number
                        if comesBefore { own.starts[row] += graph[other, letter] }
                        if cut.operation == .loop || !comesBefore { own.ends[row] += graph[letter, other] }
                    }
                }
            }
            let passing = cut.operation == .sequence ? passing(number, place) : 0
            return GraphPart(graph: own, names: letters.map { names[$0] }, empties: passing)
        }
    }

    /// How many traces lead past a part of a sequence.
    private func passing(_ number: Int, _ place: [Int]) -> Int {
        var count = 0
        for letter in names.indices {
            if place[letter] > number { count += graph.starts[letter] }
            if place[letter] < number {
                count += graph.ends[letter]
                for other in names.indices where place[other] > number { count += graph[letter, other] }
            }
        }
        return count
    }
}

extension FollowsMatrix {
    /// The counts when traces are cut between each two letters for which `isCut` says so; nil where none are.
    fileprivate func cutting(before isCut: (_ source: Int, _ target: Int) -> Bool) -> FollowsMatrix? {
        var result = self
        var pieces = 0
        forEachStep { source, target in
            if !isCut(source, target) { return }
            let count = self[source, target]
            result[source, target] = 0
            result.ends[source] += count
            result.starts[target] += count
            pieces += count
        }
        return pieces > 0 ? result : nil
    }
}
