/// Markings of a net, each once, numbered in the order they came: their tokens lie one behind the other.
struct MarkingTable {
    /// How many places the net has.
    let places: Int
    private var tokens: ContiguousArray<Int32> = []
    /// Numbers of markings by hash, -1 where there is none; its size is a power of two.
    private var slots: ContiguousArray<Int32>
    private(set) var count = 0

    init(places: Int) {
        self.places = places
        slots = ContiguousArray(repeating: -1, count: 1 << 10)
    }

    /// The tokens of a marking on a place.
    subscript(marking: Int, place: Int) -> Int32 { tokens[marking * places + place] }

    /// The marking of that number.
    func marking(_ number: Int) -> Marking {
        Marking((0..<places).map { Int(self[number, $0]) })
    }

    /// The tokens of a marking, to be changed.
    func copy(_ number: Int, into buffer: inout ContiguousArray<Int32>) {
        for place in 0..<places { buffer[place] = self[number, place] }
    }

    /// Adds a marking where it is not there yet.
    mutating func insert(_ marking: ContiguousArray<Int32>) -> (number: Int, isNew: Bool) {
        var slot = Self.hash(marking) & (slots.count - 1)
        while slots[slot] >= 0 {
            let number = Int(slots[slot])
            if isEqual(number, marking) { return (number, false) }
            slot = (slot + 1) & (slots.count - 1)
        }
        slots[slot] = Int32(count)
        tokens.append(contentsOf: marking)
        count += 1
        if count * 2 > slots.count { grow() }
        return (count - 1, true)
    }

    /// Whether one marking has as many tokens everywhere as another, or more.
    func covers(_ number: Int, _ other: Int) -> Bool {
        for place in 0..<places where self[number, place] < self[other, place] { return false }
        return true
    }

    private func isEqual(_ number: Int, _ marking: ContiguousArray<Int32>) -> Bool {
        for place in 0..<places where self[number, place] != marking[place] { return false }
        return true
    }

    private mutating func grow() {
        slots = ContiguousArray(repeating: -1, count: slots.count * 2)
        var buffer = ContiguousArray<Int32>(repeating: 0, count: places)
        for number in 0..<count {
            copy(number, into: &buffer)
            var slot = Self.hash(buffer) & (slots.count - 1)
            while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Int32(number)
        }
    }

    private static func hash(_ marking: ContiguousArray<Int32>) -> Int {
        var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
        for own in marking { hash = (hash ^ UInt64(UInt32(bitPattern: own))) &* 0xBF58_476D_1CE4_E5B9 }
        return Int(truncatingIfNeeded: (hash ^ (hash >> 29)) >> 1)
    }
}
