import ProcessModels

/// A split of an alphabet into parts that go together as an operator says.
struct Cut: Equatable {
    /// How the parts go together.
    var operation: ProcessTree.Operator
    /// The letters of each part, ascending. Of a sequence in order, of a loop the body first; otherwise by the smallest letter.
    var parts: [[Int]]
}

extension FollowsMatrix {
    /// The first cut there is: exclusive, sequence, parallel, loop; nil where there is none.
    ///
    /// The cuts are those of Leemans, Fahland, van der Aalst: "Discovering block-structured process models from event logs – a
    /// constructive approach", LNCS 7927, 2013, doi:10.1007/978-3-642-38697-8_17, definition 1 and section 3.2, each maximal.
    func cut() -> Cut? {
        if size < 2 { return nil }
        return exclusiveCut() ?? sequenceCut() ?? parallelCut() ?? loopCut()
    }

    /// Parts with no step between them.
    private func exclusiveCut() -> Cut? {
        var groups = Groups(size: size)
        forEachStep { groups.join($0, $1) }
        let parts = groups.members()
        return parts.count > 1 ? Cut(operation: .exclusive, parts: parts) : nil
    }

    /// Parts whose letters follow each other in both orders; each part opens and closes traces.
    ///
    /// A part without start or end cannot stand alone. It joins the next smaller part (the smallest one joins the next larger), so
    /// that the frequent blocks stay apart.
    private func parallelCut() -> Cut? {
        var groups = Groups(size: size)
        for left in 0..<size {
            for right in left + 1..<max(left + 1, size) where self[left, right] == 0 || self[right, left] == 0 {
                groups.join(left, right)
            }
        }
        var parts = groups.members().enumerated().sorted { ($0.element.count, $0.offset) < ($1.element.count, $1.offset) }.map(\.element)
        var place = 0
        while place < parts.count && parts.count > 1 {
            if parts[place].contains(where: { starts[$0] > 0 }) && parts[place].contains(where: { ends[$0] > 0 }) {
                place += 1
                continue
            }
            let part = parts.remove(at: place)
            parts[max(0, place - 1)].append(contentsOf: part)
        }
        if parts.count < 2 { return nil }
        return Cut(operation: .parallel, parts: parts.map { $0.sorted() }.sorted { $0[0] < $1[0] })
    }

    /// A body that opens and closes all traces, and parts that lead from its ends back to its starts.
    private func loopCut() -> Cut? {
        let isStart = starts.map { $0 > 0 }
        let isEnd = ends.map { $0 > 0 }
        guard isStart.contains(true), isEnd.contains(true) else { return nil }
        // The letters that are neither start nor end, as far as they are connected without those.
        var groups = Groups(size: size)
        let isEdge = zip(isStart, isEnd).map { $0 || $1 }
        forEachStep { if !isEdge[$0] && !isEdge[$1] { groups.join($0, $1) } }
        var isBody = isEdge
        func absorb(_ letter: Int) { isBody[groups.find(letter)] = true }
        // Such a group is left by ends alone and leads to starts alone …
        forEachStep { source, target in
            if isEdge[source] && !isEdge[target] && !isEnd[source] { absorb(target) }
            if !isEdge[source] && isEdge[target] && !isStart[target] { absorb(source) }
        }
        // … and whatever leads to one start leads to all, whatever is led to by one end is led to by all.
        let allStarts = (0..<size).filter { isStart[$0] }
        let allEnds = (0..<size).filter { isEnd[$0] }
        for letter in 0..<size where !isEdge[letter] && !isBody[groups.find(letter)] {
            let onward = allStarts.count { self[letter, $0] > 0 }
            let inward = allEnds.count { self[$0, letter] > 0 }
            if (onward > 0 && onward < allStarts.count) || (inward > 0 && inward < allEnds.count) { absorb(letter) }
        }
        // A group that filtering has cut off on one side is no way back.
        var isLeft = [Bool](repeating: false, count: size)
        var isEntered = isLeft
        forEachStep { source, target in
            if !isEdge[source] && isEdge[target] { isLeft[groups.find(source)] = true }
            if isEdge[source] && !isEdge[target] { isEntered[groups.find(target)] = true }
        }
        for letter in 0..<size where !isEdge[letter] {
            let head = groups.find(letter)
            if !isLeft[head] || !isEntered[head] { isBody[head] = true }
        }
        var body: [Int] = []
        var others: [[Int]] = []
        for part in groups.members() {
            if isBody[part[0]] { body += part } else { others.append(part) }
        }
        return others.isEmpty ? nil : Cut(operation: .loop, parts: [body.sorted()] + others)
    }
}
