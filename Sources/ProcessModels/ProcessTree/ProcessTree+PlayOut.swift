package import Statistics

extension ProcessTree {
    /// How traces are drawn from a tree.
    package struct PlayOutOptions: Sendable, Equatable {
        /// How likely a loop goes round once more.
        package var repetition = 0.4
        /// How many times a loop goes round at most, each time it is entered.
        package var mostRounds = 20

        /// The defaults.
        package init() {}
    }

    /// A trace of the language, drawn at random.
    ///
    /// Alternatives are as likely as each other, so are the non-empty sets of an inclusive choice, the orders of interleaved children,
    /// the ways back of a loop, and all ways to mix what parallel children did.
    package func playOut(using stream: inout RandomStream, options: PlayOutOptions = PlayOutOptions()) -> [String] {
        switch self {
        case .activity(let name): return [name]
        case .silent: return []
        case .node(let operation, let children):
            switch operation {
            case .sequence: return children.flatMap { $0.playOut(using: &stream, options: options) }
            case .exclusive: return children[stream.index(below: children.count)].playOut(using: &stream, options: options)
            case .parallel: return Self.mixed(children.map { $0.playOut(using: &stream, options: options) }, &stream)
            case .inclusive:
                let chosen = Self.nonEmptySubset(children, &stream)
                return Self.mixed(chosen.map { $0.playOut(using: &stream, options: options) }, &stream)
            case .interleaved: return Self.shuffled(children, &stream).flatMap { $0.playOut(using: &stream, options: options) }
            case .loop:
                var trace = children[0].playOut(using: &stream, options: options)
                var rounds = 0
                while rounds < options.mostRounds, stream.unit() < options.repetition {
                    rounds += 1
                    trace += children[1 + stream.index(below: children.count - 1)].playOut(using: &stream, options: options)
                    trace += children[0].playOut(using: &stream, options: options)
                }
                return trace
            }
        }
    }

    /// Traces drawn independently; the n-th is the same however many are drawn.
    package func traces(_ count: Int, seed: UInt64, options: PlayOutOptions = PlayOutOptions()) -> [[String]] {
        (0..<count).map { index in
            var stream = RandomStream(seed: seed, path: UInt64(index))
            return playOut(using: &stream, options: options)
        }
    }

    /// The steps of all traces, each trace in its order: drawn by what is left of each, so that every mixture is as likely.
    private static func mixed(_ traces: [[String]], _ stream: inout RandomStream) -> [String] {
        var next = [Int](repeating: 0, count: traces.count)
        var left = traces.reduce(0) { $0 + $1.count }
        var result: [String] = []
        result.reserveCapacity(left)
        while left > 0 {
            var draw = stream.index(below: left)
            for place in traces.indices {
                let own = traces[place].count - next[place]
                if draw < own {
                    result.append(traces[place][next[place]])
                    next[place] += 1
                    break
                }
                draw -= own
            }
            left -= 1
        }
        return result
    }

    private static func nonEmptySubset(_ children: [ProcessTree], _ stream: inout RandomStream) -> [ProcessTree] {
        while true {
            let chosen = children.filter { _ in stream.index(below: 2) == 0 }
            if !chosen.isEmpty { return chosen }
        }
    }

    private static func shuffled(_ children: [ProcessTree], _ stream: inout RandomStream) -> [ProcessTree] {
        var own = children
        for place in own.indices.dropFirst().reversed() { own.swapAt(place, stream.index(below: place + 1)) }
        return own
    }
}
