import EventLogs

/// A multiset of traces over its own small alphabet: what the inductive miner splits further and further.
///
/// Letters are numbers from 0 in the order of the activities' names by UTF-8 bytes, so that ties by letter are ties by name.
struct TraceBag {
    /// The activity of each letter, as the log numbers it.
    var alphabet: [UInt32]
    /// The different traces that are not empty, with how often each comes.
    var traces = SequenceTable()
    /// How many traces are empty.
    var empties = 0

    /// How many traces are not empty.
    var total: Int { traces.counts.reduce(0, +) }

    /// Calls `body` with the letters of each different trace and how often it comes.
    @inline(__always)
    func forEach(_ body: (_ trace: UnsafeBufferPointer<UInt32>, _ count: Int) -> Void) {
        for number in 0..<traces.count {
            let count = traces.counts[number]
            traces.sequence(number).withUnsafeBufferPointer { body($0, count) }
        }
    }

    /// Counts a trace; an empty one counts as empty.
    @inline(__always)
    mutating func add(_ trace: UnsafeBufferPointer<UInt32>, times: Int) {
        if trace.isEmpty {
            empties += times
        } else {
            traces.add(trace, times: times)
        }
    }
}

extension TraceBag {
    /// The traces of a log, letters in the order of the names.
    init(_ variants: VariantIndex, names: Vocabulary) {
        var occurs = [Bool](repeating: false, count: names.count)
        for rank in 0..<variants.count {
            for activity in variants.activities(ofRank: rank + 1) { occurs[Int(activity)] = true }
        }
        let ranks = names.ranks()
        alphabet = names.ids.filter { occurs[Int($0)] }.sorted { ranks[Int($0)] < ranks[Int($1)] }
        var letters = [UInt32](repeating: 0, count: names.count)
        for (letter, activity) in alphabet.enumerated() { letters[Int(activity)] = UInt32(letter) }
        var scratch: [UInt32] = []
        for rank in 0..<variants.count {
            scratch.removeAll(keepingCapacity: true)
            for activity in variants.activities(ofRank: rank + 1) { scratch.append(letters[Int(activity)]) }
            scratch.withUnsafeBufferPointer { add($0, times: variants.counts[rank]) }
        }
    }
}
