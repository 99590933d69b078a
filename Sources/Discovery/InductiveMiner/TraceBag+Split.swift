import EventLogs
import ProcessModels

extension TraceBag {
    /// The bag of each part of a cut.
    ///
    /// Traces that keep to the cut are split without loss. Others are split so that few events are lost (Leemans, Fahland,
    /// van der Aalst, LNBIP 171, 2014, section 3.2): an exclusive trace goes to the part that most of its events belong to, a sequence is
    /// divided where fewest events are out of place, and a loop gets empty passes through its body. Letters of which nothing is left, and
    /// exclusive parts without any trace, are gone.
    func split(by cut: Cut) -> [TraceBag] {
        var splitter = BagSplitter(self, cut.parts)
        switch cut.operation {
        case .exclusive: forEach { splitter.addToMost($0, $1) }
        case .sequence: forEach { splitter.divide($0, $1) }
        case .loop: forEach { splitter.unroll($0, $1) }
        default: forEach { splitter.project($0, $1) }
        }
        for part in splitter.bags.indices where cut.operation != .loop && cut.operation != .exclusive {
            splitter.bags[part].empties += empties
        }
        if !splitter.hasLost { return splitter.bags }
        let bags = splitter.bags.map { $0.ofWhatOccurs() }
        return cut.operation == .exclusive ? bags.filter { $0.traces.count > 0 } : bags
    }

    /// The bag with an alphabet of the letters that occur; the others went with the events that were lost.
    private func ofWhatOccurs() -> TraceBag {
        var occurs = [Bool](repeating: false, count: alphabet.count)
        forEach { trace, _ in
            for letter in trace { occurs[Int(letter)] = true }
        }
        let letters = alphabet.indices.filter { occurs[$0] }
        if letters.count == alphabet.count { return self }
        var splitter = BagSplitter(self, [letters, alphabet.indices.filter { !occurs[$0] }])
        forEach { splitter.project($0, $1) }
        splitter.bags[0].empties += empties
        return splitter.bags[0]
    }

    /// The bag without one letter.
    func without(_ letter: Int) -> TraceBag {
        var splitter = BagSplitter(self, [alphabet.indices.filter { $0 != letter }, [letter]])
        forEach { splitter.project($0, $1) }
        return splitter.bags[0]
    }

    /// The bag of one letter alone.
    func only(_ letter: Int) -> TraceBag {
        var bag = TraceBag(alphabet: [alphabet[letter]])
        bag.empties = empties
        var scratch: [UInt32] = []
        forEach { trace, count in
            scratch.removeAll(keepingCapacity: true)
            for own in trace where Int(own) == letter { scratch.append(0) }
            scratch.withUnsafeBufferPointer { bag.add($0, times: count) }
        }
        return bag
    }

    /// Every trace cut into pieces before each letter for which `isCut` says so, given the letter before; nil where nothing is cut.
    func cutting(where isCut: (_ before: Int, _ letter: Int) -> Bool) -> TraceBag? {
        var result = TraceBag(alphabet: alphabet)
        var pieces = 0
        forEach { trace, count in
            var start = 0
            for place in 1..<max(1, trace.count) where isCut(Int(trace[place - 1]), Int(trace[place])) {
                result.add(UnsafeBufferPointer(rebasing: trace[start..<place]), times: count)
                start = place
                pieces += 1
            }
            result.add(UnsafeBufferPointer(rebasing: trace[start...]), times: count)
        }
        return pieces > 0 ? result : nil
    }
}

/// Builds the bags of the parts of an alphabet.
private struct BagSplitter {
    var bags: [TraceBag]
    /// Whether events were out of place and are in no bag.
    private(set) var hasLost = false
    /// The part of each letter.
    private var part: [Int]
    /// The number of each letter in its part.
    private var own: [UInt32]
    /// Per part: letters not yet counted as a trace.
    private var scratch: [[UInt32]]
    private var tally: [Int]

    init(_ bag: TraceBag, _ parts: [[Int]]) {
        bags = parts.map { letters in TraceBag(alphabet: letters.map { bag.alphabet[$0] }) }
        part = [Int](repeating: 0, count: bag.alphabet.count)
        own = [UInt32](repeating: 0, count: bag.alphabet.count)
        for (place, letters) in parts.enumerated() {
            for (number, letter) in letters.enumerated() {
                part[letter] = place
                own[letter] = UInt32(number)
            }
        }
        scratch = Array(repeating: [], count: parts.count)
        tally = Array(repeating: 0, count: parts.count)
    }

    private mutating func flush(_ place: Int, _ count: Int) {
        scratch[place].withUnsafeBufferPointer { bags[place].add($0, times: count) }
        scratch[place].removeAll(keepingCapacity: true)
    }

    /// Every part gets its letters of the trace.
    mutating func project(_ trace: UnsafeBufferPointer<UInt32>, _ count: Int) {
        for letter in trace { scratch[part[Int(letter)]].append(own[Int(letter)]) }
        for place in bags.indices { flush(place, count) }
    }

    /// The part with most letters of the trace gets those; the first of several.
    mutating func addToMost(_ trace: UnsafeBufferPointer<UInt32>, _ count: Int) {
        for place in tally.indices { tally[place] = 0 }
        for letter in trace { tally[part[Int(letter)]] += 1 }
        var most = 0
        for place in tally.indices where tally[place] > tally[most] { most = place }
        for letter in trace where part[Int(letter)] == most { scratch[most].append(own[Int(letter)]) }
        if tally[most] < trace.count { hasLost = true }
        flush(most, count)
    }

    /// Every part gets its stretch of the trace, in order.
    mutating func divide(_ trace: UnsafeBufferPointer<UInt32>, _ count: Int) {
        var last = 0
        var isOrdered = true
        for letter in trace {
            let place = part[Int(letter)]
            if place < last {
                isOrdered = false
                break
            }
            last = place
        }
        if isOrdered {
            project(trace, count)
            return
        }
        hasLost = true
        let stretches = stretches(of: trace)
        for (place, letter) in trace.enumerated() where part[Int(letter)] == stretches[place] {
            scratch[stretches[place]].append(own[Int(letter)])
        }
        for place in bags.indices { flush(place, count) }
    }

    /// Which part's stretch each event lies in, never going back, so that fewest events lie in another part's stretch. Where there is a
    /// choice the later part begins early, so that what came too late is lost and not what came in time.
    ///
    /// - Complexity: O(events · parts).
    private func stretches(of trace: UnsafeBufferPointer<UInt32>) -> [Int] {
        let parts = bags.count
        var lost = [Int](repeating: 0, count: parts)
        // The part of the event before, for each event and the part it lies in.
        var before = [UInt16](repeating: 0, count: trace.count * parts)
        for (place, letter) in trace.enumerated() {
            var best = 0
            for own in 0..<parts {
                if place > 0 && lost[own] <= lost[best] { best = own }
                before[place * parts + own] = UInt16(place > 0 ? best : own)
            }
            var least = Int.max
            for own in 0..<parts {
                if place > 0 { least = min(least, lost[own]) } else { least = 0 }
                lost[own] = least + (part[Int(letter)] == own ? 0 : 1)
            }
        }
        var own = 0
        for place in 0..<parts where lost[place] <= lost[own] { own = place }
        var result = [Int](repeating: 0, count: trace.count)
        for place in stride(from: trace.count - 1, through: 0, by: -1) {
            result[place] = own
            own = Int(before[place * parts + own])
        }
        return result
    }

    /// The body, which is part 0, gets its passes, and so do the others; a trace begins and ends with the body.
    mutating func unroll(_ trace: UnsafeBufferPointer<UInt32>, _ count: Int) {
        var current = 0
        for letter in trace {
            let place = part[Int(letter)]
            if place != current {
                flush(current, count)
                // Between two other parts lies an empty pass through the body.
                if place != 0 && current != 0 { bags[0].empties += count }
                current = place
            }
            scratch[place].append(own[Int(letter)])
        }
        flush(current, count)
        if current != 0 { bags[0].empties += count }
    }
}
