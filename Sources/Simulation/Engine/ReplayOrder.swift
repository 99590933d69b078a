/// The order in which a replication plays observed arrivals: stretches of them are drawn, what lies within one stays as it was.
///
/// Stretches are drawn with replacement (Künsch: "The jackknife and the bootstrap for general stationary observations", 1989), so that
/// replications differ as much as other times of the same process would, while crowds within a stretch stay what they were.
struct ReplayOrder {
    private static let node = DrawKey.node("replayed stretches")

    private let instants: [Int64]
    private let blocks: [Int64]
    private let key: DrawKey
    /// Where each stretch's arrivals begin, and their number at the end.
    private let firstOf: [Int]
    private var drawn: UInt32 = 0
    private var end: Int64 = 0
    private var first = 0
    private var times: [Int64] = []
    private var places: [Int32] = []

    init(_ instants: [Int64], blocks: [Int64], key: DrawKey) {
        self.instants = instants
        self.blocks = blocks
        self.key = key
        var place = 0
        firstOf = blocks.map { bound in
            while place < instants.count && instants[place] < bound { place += 1 }
            return place
        }
    }

    /// When the arrival of that number comes, in microseconds after the start; numbers are asked for in order.
    mutating func time(of number: Int) -> Int64 {
        while number >= first + times.count { draw() }
        return times[number - first]
    }

    /// Which observed arrival the one of that number is; its time was asked for last.
    func place(of number: Int) -> Int32 { places[number - first] }

    private mutating func draw() {
        let count = blocks.count - 1
        let block = min(Int(key.unit(Self.node, drawn, .arrivalGap) * Double(count)), count - 1)
        drawn &+= 1
        first += times.count
        times.removeAll(keepingCapacity: true)
        places.removeAll(keepingCapacity: true)
        for place in firstOf[block]..<firstOf[block + 1] {
            times.append(end + instants[place] - blocks[block])
            places.append(Int32(place))
        }
        end += blocks[block + 1] - blocks[block]
    }
}
