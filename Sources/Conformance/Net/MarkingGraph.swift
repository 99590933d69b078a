/// The reachable markings of a net, each stored once and known by a dense number, with the transitions that lead on from it; explored as
/// far as somebody asks.
///
/// Tokens are packed into words. A net is first taken for 1-safe, with one bit per place; firing that would put a second token on a
/// place is noticed (``hasOverflown``), and the work is then done again with 16 bits per place. Beyond 65,535 tokens on one place
/// nothing is explored, which ``hasOverflown`` tells too.
///
/// - Complexity: firing costs the arcs of a transition; a marking once expanded is looked up.
struct MarkingGraph: Sendable {
    /// Bits per place.
    enum Lane: Int, Sendable {
        /// For nets that never hold two tokens on one place.
        case bit = 1
        /// For all others.
        case count = 16
    }

    /// The most tokens on one place that can be counted.
    static let mostTokens = 65_535

    private let lane: Lane
    /// Words per marking.
    private let words: Int
    /// The arcs of ``CheckedNet`` as places in the packed words.
    private let inputs: [PackedArc]
    private let outputs: [PackedArc]
    private let inputStarts: [Int]
    private let outputStarts: [Int]
    private let perWord: Int

    private var tokens: [UInt64] = []
    /// What is about to be stored.
    private var next: [UInt64]
    private var slots = [UInt32](repeating: .max, count: 64)
    /// Per marking: where its edges begin, or −1 where it was not expanded.
    private var edgeStarts: [Int32] = []
    private var edgeCounts: [Int32] = []
    /// Per edge: the transition that fires.
    private(set) var edgeTransition: [UInt32] = []
    /// Per edge: the marking that it leads to.
    private(set) var edgeTarget: [UInt32] = []
    /// Whether a marking was met that the lanes cannot hold; it was left out.
    private(set) var hasOverflown = false
    /// The number of the final marking.
    private(set) var final: UInt32 = .max
    /// The number of the initial marking.
    static let initial: UInt32 = 0

    private struct PackedArc: Sendable {
        var word: Int32
        var shift: Int32
        var weight: UInt64
    }

    /// The graph of a net, unexplored; nil where even the initial or final marking or an arc needs wider lanes.
    init?(_ net: CheckedNet, lane: Lane) {
        let mask = (1 << lane.rawValue) - 1
        let perWord = 64 / lane.rawValue
        guard (net.inputs.weights + net.outputs.weights + net.initial + net.final).allSatisfy({ $0 <= mask }) else { return nil }
        func pack(_ arcs: ArcColumns) -> [PackedArc] {
            zip(arcs.places, arcs.weights).map { place, weight in
                PackedArc(
                    word: Int32(place / perWord), shift: Int32(place % perWord * lane.rawValue), weight: UInt64(weight))
            }
        }
        self.lane = lane
        self.perWord = perWord
        words = max(1, (net.placeCount + perWord - 1) / perWord)
        next = [UInt64](repeating: 0, count: words)
        inputs = pack(net.inputs)
        outputs = pack(net.outputs)
        inputStarts = net.inputs.starts
        outputStarts = net.outputs.starts
        _ = intern(packed(net.initial))
        final = intern(packed(net.final))
    }

    /// How many markings are known.
    var count: Int { edgeStarts.count }

    /// The tokens on a place of a marking.
    func tokens(_ place: Int, in marking: UInt32) -> Int {
        let word = tokens[Int(marking) * words + place / perWord]
        return Int((word >> UInt64(place % perWord * lane.rawValue)) & ((1 << UInt64(lane.rawValue)) - 1))
    }

    /// The number of the marking with these tokens per place.
    ///
    /// - Precondition: the lanes hold them.
    mutating func marking(_ tokens: [Int]) -> UInt32 { intern(packed(tokens)) }

    /// The edges from a marking, as a range of ``edgeTransition`` and ``edgeTarget``, in order of transitions; found when first asked for.
    @inline(__always)
    mutating func edges(from marking: UInt32) -> Range<Int> {
        let start = edgeStarts[Int(marking)]
        if start >= 0 { return Int(start)..<Int(start) + Int(edgeCounts[Int(marking)]) }
        return expand(marking)
    }

    /// The one of a marking's edges that fires a transition, found by halving; nil where it is not enabled.
    @inline(__always)
    func edge(_ edges: Range<Int>, of transition: UInt32) -> Int? {
        var (low, high) = (edges.lowerBound, edges.upperBound)
        while low < high {
            let middle = (low &+ high) / 2
            if edgeTransition[middle] < transition { low = middle &+ 1 } else { high = middle }
        }
        return low < edges.upperBound && edgeTransition[low] == transition ? low : nil
    }

    private mutating func expand(_ marking: UInt32) -> Range<Int> {
        let first = edgeTarget.count
        for transition in 0..<(inputStarts.count - 1) {
            guard let target = fire(transition, from: marking) else { continue }
            edgeTransition.append(UInt32(transition))
            edgeTarget.append(target)
        }
        edgeStarts[Int(marking)] = Int32(first)
        edgeCounts[Int(marking)] = Int32(edgeTarget.count - first)
        return first..<edgeTarget.count
    }

    /// The marking that a transition leads to, whether or not the edges are known; nil where it is not enabled or the lanes cannot hold what
    /// it leads to.
    mutating func fire(_ transition: Int, from marking: UInt32) -> UInt32? {
        let mask: UInt64 = (1 << UInt64(lane.rawValue)) - 1
        let base = Int(marking) * words
        for arc in inputStarts[transition]..<inputStarts[transition + 1] {
            let arc = inputs[arc]
            if (tokens[base + Int(arc.word)] >> UInt64(arc.shift)) & mask < arc.weight { return nil }
        }
        for word in 0..<words { next[word] = tokens[base + word] }
        for arc in inputStarts[transition]..<inputStarts[transition + 1] {
            let arc = inputs[arc]
            next[Int(arc.word)] -= arc.weight << UInt64(arc.shift)
        }
        for arc in outputStarts[transition]..<outputStarts[transition + 1] {
            let arc = outputs[arc]
            if (next[Int(arc.word)] >> UInt64(arc.shift)) & mask + arc.weight > mask {
                hasOverflown = true
                return nil
            }
            next[Int(arc.word)] += arc.weight << UInt64(arc.shift)
        }
        return intern(next)
    }

    private func packed(_ counts: [Int]) -> [UInt64] {
        var packed = [UInt64](repeating: 0, count: words)
        for (place, count) in counts.enumerated() {
            packed[place / perWord] |= UInt64(count) << UInt64(place % perWord * lane.rawValue)
        }
        return packed
    }

    private mutating func intern(_ packed: [UInt64]) -> UInt32 {
        if count * 2 >= slots.count { grow() }
        let mask = slots.count - 1
        var slot = packed.withUnsafeBufferPointer { Int(truncatingIfNeeded: Self.hash($0)) } & mask
        while slots[slot] != .max {
            let base = Int(slots[slot]) * words
            var word = 0
            while word < words && tokens[base + word] == packed[word] { word += 1 }
            if word == words { return slots[slot] }
            slot = (slot + 1) & mask
        }
        let number = UInt32(count)
        slots[slot] = number
        tokens.append(contentsOf: packed)
        edgeStarts.append(-1)
        edgeCounts.append(0)
        return number
    }

    private mutating func grow() {
        var grown = [UInt32](repeating: .max, count: slots.count * 4)
        let mask = grown.count - 1
        tokens.withUnsafeBufferPointer { tokens in
            for number in 0..<count {
                let own = UnsafeBufferPointer(rebasing: tokens[number * words..<(number + 1) * words])
                var slot = Int(truncatingIfNeeded: Self.hash(own)) & mask
                while grown[slot] != .max { slot = (slot + 1) & mask }
                grown[slot] = UInt32(number)
            }
        }
        slots = grown
    }

    /// Each word folded in by a 64 × 64 → 128 bit product.
    @inline(__always)
    private static func hash(_ words: UnsafeBufferPointer<UInt64>) -> UInt64 {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        for word in words {
            let product = (state ^ word).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
            state = product.high ^ product.low
        }
        let product = state.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        return product.high ^ product.low
    }
}
