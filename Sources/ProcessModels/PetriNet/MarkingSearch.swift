/// Goes through the markings of a net that can be reached, shortest runs first, until all are seen, too many, or one is seen to grow.
struct MarkingSearch {
    private let net: PetriNet
    private var most: Int
    private let beyondGrowth: Int
    private var table: MarkingTable
    /// By marking, how it was reached first; -1 for the initial one.
    private var parent: ContiguousArray<Int32> = []
    private var firedInto: ContiguousArray<Int32> = []
    private var total: ContiguousArray<Int64> = []
    /// The least total on the way to it and at it.
    private var least: ContiguousArray<Int64> = []
    /// Steps from marking to marking, by the one they lead from.
    private var steps: ContiguousArray<(from: Int32, to: Int32)> = []
    private var isFinal: ContiguousArray<Bool> = []
    /// How many markings had all their successors found.
    private var expanded = 0
    private var isFired: [Bool]
    /// By place, the transitions that take tokens from it; those that take none.
    private var consumers: [[Int32]]
    private var freeTransitions: [Int32] = []

    /// Whether all markings were seen.
    private(set) var isComplete = false
    /// A marking and one on the way from it that holds as much everywhere and more somewhere.
    private(set) var growing: (from: Int, to: Int)?
    /// The first marking that holds a final one and more, being none itself.
    private(set) var firstLeftover: Int?
    /// The most tokens on a place so far.
    private(set) var bound = 0

    /// A search that looks at so many markings.
    ///
    /// - Parameter beyondGrowth: how many more it looks at once a marking is seen to grow.
    init(_ net: PetriNet, most: Int, beyondGrowth: Int = 0) {
        self.net = net
        self.most = max(1, most)
        self.beyondGrowth = beyondGrowth
        table = MarkingTable(places: net.places.count)
        isFired = [Bool](repeating: false, count: net.transitions.count)
        consumers = net.places.map { _ in [] }
        for (number, transition) in net.transitions.enumerated() {
            if transition.inputs.isEmpty { freeTransitions.append(Int32(number)) }
            // One of its places is enough to find it by.
            if let arc = transition.inputs.first { consumers[arc.place].append(Int32(number)) }
        }
    }

    /// How many markings were seen.
    var count: Int { table.count }

    /// The transitions that did not fire.
    var unfired: [Int] { isFired.indices.filter { !isFired[$0] } }

    /// All tokens of a marking, and those on a place.
    func total(_ number: Int) -> Int { Int(total[number]) }
    func tokens(_ number: Int, on place: Int) -> Int { Int(table[number, place]) }

    /// Goes through them.
    mutating func run() {
        var marking = ContiguousArray<Int32>(repeating: 0, count: net.places.count)
        for place in net.places.indices { marking[place] = Int32(clamping: net.initial[place]) }
        _ = table.insert(marking)
        note(parent: -1, transition: -1, marking)
        while expanded < table.count {
            for transition in candidates(expanded) where isEnabled(transition, expanded) {
                isFired[transition] = true
                table.copy(expanded, into: &marking)
                for arc in net.transitions[transition].inputs { marking[arc.place] -= Int32(clamping: arc.weight) }
                for arc in net.transitions[transition].outputs {
                    let sum = marking[arc.place].addingReportingOverflow(Int32(clamping: arc.weight))
                    // Nobody counts that far.
                    if sum.overflow { return }
                    marking[arc.place] = sum.partialValue
                }
                let (number, isNew) = table.insert(marking)
                steps.append((Int32(expanded), Int32(number)))
                if !isNew { continue }
                note(parent: expanded, transition: transition, marking)
                if growing == nil, let ancestor = smallerAncestor(of: number) {
                    growing = (ancestor, number)
                    most = min(most, table.count + beyondGrowth)
                }
                if table.count >= most { return }
            }
            expanded += 1
        }
        isComplete = true
    }

    /// The shortest run to a marking.
    func run(to number: Int) -> Soundness.Run {
        var transitions: [Int] = []
        var own = number
        while parent[own] >= 0 {
            transitions.append(Int(firedInto[own]))
            own = Int(parent[own])
        }
        return Soundness.Run(transitions: transitions.reversed(), marking: table.marking(number))
    }

    /// The first marking from which no final marking is reached, nor any whose successors are not known; where that is the initial one,
    /// the first at which nothing can fire any more, if there is one.
    func firstStuck() -> Int? {
        var offsets = [Int](repeating: 0, count: count + 1)
        for step in steps { offsets[Int(step.to) + 1] += 1 }
        for number in 0..<count { offsets[number + 1] += offsets[number] }
        var before = [Int32](repeating: 0, count: steps.count)
        var next = offsets
        for step in steps {
            before[next[Int(step.to)]] = step.from
            next[Int(step.to)] += 1
        }
        var isGood = (0..<count).map { isFinal[$0] || $0 >= expanded }
        var open = isGood.indices.filter { isGood[$0] }
        while let number = open.popLast() {
            for place in offsets[number]..<offsets[number + 1] where !isGood[Int(before[place])] {
                isGood[Int(before[place])] = true
                open.append(Int(before[place]))
            }
        }
        guard let first = isGood.firstIndex(of: false), first == 0 else { return isGood.firstIndex(of: false) }
        var isLeft = [Bool](repeating: false, count: count)
        for step in steps { isLeft[Int(step.from)] = true }
        return isGood.indices.first { !isGood[$0] && !isLeft[$0] } ?? first
    }

    /// The transitions that may be enabled, in order.
    private func candidates(_ marking: Int) -> [Int] {
        var found = freeTransitions
        for place in net.places.indices where table[marking, place] > 0 { found += consumers[place] }
        return found.sorted().map(Int.init)
    }

    private func isEnabled(_ transition: Int, _ marking: Int) -> Bool {
        for arc in net.transitions[transition].inputs where Int(table[marking, arc.place]) < arc.weight { return false }
        return true
    }

    private mutating func note(parent: Int, transition: Int, _ marking: ContiguousArray<Int32>) {
        let number = self.parent.count
        self.parent.append(Int32(parent))
        firedInto.append(Int32(transition))
        let sum = marking.reduce(0) { $0 + Int64($1) }
        total.append(sum)
        least.append(parent < 0 ? sum : min(sum, least[parent]))
        bound = max(bound, Int(marking.max() ?? 0))
        var isEqual = false
        var isMore = false
        for final in net.final {
            guard marking.indices.allSatisfy({ Int(marking[$0]) >= final[$0] }) else { continue }
            if total[number] == Int64(final.total) { isEqual = true } else { isMore = true }
        }
        isFinal.append(isEqual)
        if isMore, !isEqual, firstLeftover == nil { firstLeftover = number }
    }

    /// The latest of the thousand markings before this one that holds no more anywhere and less somewhere. What repeats without end repeats
    /// within so many steps or is not seen; without that bound long runs would be compared step by step with all that was before.
    private func smallerAncestor(of number: Int) -> Int? {
        if least[number] >= total[number] { return nil }
        var own = Int(parent[number])
        var left = 1_000
        while own >= 0, left > 0 {
            if total[own] < total[number], table.covers(number, own) { return own }
            own = Int(parent[own])
            left -= 1
        }
        return nil
    }
}
