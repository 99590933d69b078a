/// The order in which a replication plays observed arrivals: stretches of them are shuffled, what lies within one stays as it was.
struct ReplayOrder {
    private static let node = DrawKey.node("replayed stretches")

    private let instants: [Int64]
    private let blocks: [Int64]
    private let key: DrawKey
    private var round = -1
    private var times: [Int64] = []
    private var places: [Int32] = []

    init(_ instants: [Int64], blocks: [Int64], key: DrawKey) {
        self.instants = instants
        self.blocks = blocks
        self.key = key
    }

    /// When the arrival of that number comes, in microseconds after the start.
    mutating func time(of number: Int) -> Int64 {
        if number / instants.count != round { shuffle(number / instants.count) }
        return times[number % instants.count]
    }

    /// Which observed arrival the one of that number is; its time was asked for before.
    func place(of number: Int) -> Int32 { places[number % instants.count] }

    private mutating func shuffle(_ round: Int) {
        self.round = round
        let count = blocks.count - 1
        let draws = (0..<count).map { key.unit(Self.node, UInt32(truncatingIfNeeded: round * count + $0), .arrivalGap) }
        let order = (0..<count).sorted { (draws[$0], $0) < (draws[$1], $1) }
        var firstOf = [Int](repeating: 0, count: blocks.count)
        var place = 0
        for block in 0...count {
            while place < instants.count && instants[place] < blocks[block] { place += 1 }
            firstOf[block] = place
        }
        times.removeAll(keepingCapacity: true)
        places.removeAll(keepingCapacity: true)
        var begin = Int64(round) * blocks[count]
        for block in order {
            for place in firstOf[block]..<firstOf[block + 1] {
                times.append(begin + instants[place] - blocks[block])
                places.append(Int32(place))
            }
            begin += blocks[block + 1] - blocks[block]
        }
    }
}
