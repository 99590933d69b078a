import ProcessModels

extension FollowsMatrix {
    /// Parts that come one after the other: whatever is in an earlier part reaches all that is in a later one, and never back.
    ///
    /// The cut is the strict one (Leemans: "Robust process mining with guarantees", LNBIP 440, 2022, section 6.1.1): parts that can only be
    /// left out together are one part, so that ``ProcessTree`` says →(a, ×(τ, →(b, c))) and not →(a, ×(τ, b), ×(τ, c)).
    func sequenceCut() -> Cut? {
        var reach = BitMatrix(size: size)
        forEachStep { reach.insert($0, $1) }
        reach.close()
        // Letters that reach each other, or neither the other, stay together; what remains is in a line.
        var groups = Groups(size: size)
        for left in 0..<size {
            for right in left + 1..<max(left + 1, size) where reach[left, right] == reach[right, left] { groups.join(left, right) }
        }
        let parts = groups.members().sorted { reach[$0[0], $1[0]] }
        if parts.count < 2 { return nil }
        let strict = joiningWhatIsLeftOutTogether(parts)
        return strict.count > 1 ? Cut(operation: .sequence, parts: strict) : nil
    }

    /// Parts in a line, joined around each one that can be left out.
    private func joiningWhatIsLeftOutTogether(_ parts: [[Int]]) -> [[Int]] {
        var place = [Int](repeating: 0, count: size)
        for (own, part) in parts.enumerated() { for letter in part { place[letter] = own } }
        let (first, last) = (-1, parts.count)
        // The earliest part from which each is entered and the latest to which each leads; cases come from before and go beyond all.
        var from = [Int](repeating: last, count: parts.count)
        var to = [Int](repeating: first, count: parts.count)
        // Whether something leads from before a part to beyond it, as far to the right as can be.
        var leap = [Int](repeating: first, count: parts.count + 1)
        func note(_ source: Int, _ target: Int) {
            if source >= 0 { to[source] = max(to[source], target) }
            if target < parts.count { from[target] = min(from[target], source) }
            leap[source + 1] = max(leap[source + 1], target)
        }
        forEachStep { note(place[$0], place[$1]) }
        for letter in 0..<size {
            if starts[letter] > 0 { note(first, place[letter]) }
            if ends[letter] > 0 { note(place[letter], last) }
        }
        var blocks = parts
        func move(_ other: Int, to pivot: Int) {
            blocks[pivot] += blocks[other]
            blocks[other] = []
        }
        var farthest = first
        for pivot in parts.indices {
            farthest = max(farthest, leap[pivot])
            if farthest <= pivot { continue }
            // It can be left out: what leads nowhere but up to it, and what comes from nowhere but it, is left out with it. What two such
            // parts lay claim to stays with the first, so that they do not become one.
            var other = pivot - 1
            while other >= 0 && to[other] <= pivot {
                move(other, to: pivot)
                other -= 1
            }
            other = pivot + 1
            while other < parts.count && from[other] >= pivot {
                move(other, to: pivot)
                other += 1
            }
        }
        return blocks.filter { !$0.isEmpty }.map { $0.sorted() }
    }
}
