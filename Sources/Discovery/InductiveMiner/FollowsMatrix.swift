import ProcessModels

/// How often each letter directly follows each other one, opens and closes traces: a dense table over a small alphabet.
struct FollowsMatrix {
    /// How many letters there are.
    let size: Int
    /// Row by the letter before, column by the letter after.
    var steps: [Int]
    /// Per letter: traces that it opens.
    var starts: [Int]
    /// Per letter: traces that it closes.
    var ends: [Int]

    /// Nothing, for that many letters.
    init(size: Int) {
        self.size = size
        steps = [Int](repeating: 0, count: size * size)
        starts = [Int](repeating: 0, count: size)
        ends = [Int](repeating: 0, count: size)
    }

    /// The counts of a bag of traces.
    init(of bag: TraceBag) {
        self.init(size: bag.alphabet.count)
        let size = size
        steps.withUnsafeMutableBufferPointer { steps in
            starts.withUnsafeMutableBufferPointer { starts in
                ends.withUnsafeMutableBufferPointer { ends in
                    bag.forEach { trace, count in
                        var previous = Int(trace[0])
                        starts[previous] &+= count
                        for place in 1..<max(1, trace.count) {
                            let own = Int(trace[place])
                            steps[previous &* size &+ own] &+= count
                            previous = own
                        }
                        ends[previous] &+= count
                    }
                }
            }
        }
    }

    /// How often one letter directly follows another.
    subscript(source: Int, target: Int) -> Int {
        @inline(__always) get { steps[source &* size &+ target] }
        @inline(__always) set { steps[source &* size &+ target] = newValue }
    }

    /// Calls `body` with each pair that occurs, by source and target.
    @inline(__always)
    func forEachStep(_ body: (_ source: Int, _ target: Int) -> Void) {
        steps.withUnsafeBufferPointer { steps in
            for source in 0..<size {
                for target in 0..<size where steps[source &* size &+ target] > 0 { body(source, target) }
            }
        }
    }

    /// Without what is rare beside its siblings (Leemans, Fahland, van der Aalst: "Discovering block-structured process models from event
    /// logs containing infrequent behaviour", LNBIP 171, 2014, section 3.1, doi:10.1007/978-3-319-06257-0_6): a step goes where it is
    /// rarer than `threshold` times the most frequent way on from its source, closing the trace being a way on as well; a letter no longer
    /// opens traces where it opens fewer than `threshold` times those of the most frequent opening.
    func filtered(below threshold: Double) -> FollowsMatrix {
        var result = self
        for source in 0..<size {
            var most = ends[source]
            for target in 0..<size { most = max(most, self[source, target]) }
            let least = threshold * Double(most)
            for target in 0..<size where Double(self[source, target]) < least { result[source, target] = 0 }
            if Double(ends[source]) < least { result.ends[source] = 0 }
        }
        let least = threshold * Double(starts.max() ?? 0)
        for letter in 0..<size where Double(starts[letter]) < least { result.starts[letter] = 0 }
        return result
    }
}
