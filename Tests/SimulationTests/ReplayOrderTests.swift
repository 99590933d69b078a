import Statistics
import Testing

@testable import Simulation

@Suite struct ReplayOrderTests {
    /// Arrivals come in order, and within a stretch everything keeps its distance from the stretch's beginning; each stretch that holds
    /// something comes as often as any other.
    @Test func stretchesStayWhole() {
        for seed in 0..<20 {
            var stream = RandomStream(seed: UInt64(seed), path: 1)
            var blocks: [Int64] = [0]
            for _ in 0..<(1 + stream.index(below: 9)) { blocks.append(blocks[blocks.count - 1] + 1 + Int64(stream.index(below: 50))) }
            let end = blocks[blocks.count - 1]
            let instants = (0..<(1 + stream.index(below: 60))).map { _ in Int64(stream.index(below: Int(end))) }.sorted()
            let blockOf = instants.map { instant in blocks.lastIndex { $0 <= instant } ?? 0 }
            var replay = ReplayOrder(instants, blocks: blocks, key: DrawKey(seed: UInt64(seed), replication: 3))
            var last: Int64 = 0
            var previous: Int32 = -1
            var beginning: Int64 = -1
            var plays = [Int](repeating: 0, count: blocks.count)
            for number in 0..<4_000 {
                let time = replay.time(of: number)
                let place = replay.place(of: number)
                let block = blockOf[Int(place)]
                let own = time - (instants[Int(place)] - blocks[block])
                #expect(time >= last)
                if place == previous + 1 && previous >= 0 && blockOf[Int(previous)] == block {
                    #expect(own == beginning)
                } else {
                    // A stretch is played from its first arrival to its last.
                    #expect(place == 0 || blockOf[Int(place) - 1] != block)
                    #expect(previous < 0 || Int(previous) == instants.count - 1 || blockOf[Int(previous) + 1] != blockOf[Int(previous)])
                    plays[block] += 1
                }
                last = time
                previous = place
                beginning = own
            }
            let filled = Set(blockOf)
            let usual = Double(plays.reduce(0, +)) / Double(filled.count)
            for block in filled { #expect(abs(Double(plays[block]) - usual) < 6 * usual.squareRoot() + 2) }
        }
    }

    @Test func replicationsDiffer() {
        let instants = (0..<100).map { Int64($0) }
        let blocks = (0...10).map { Int64($0) * 10 }
        let orders = (0..<20).map { replication -> [Int64] in
            var replay = ReplayOrder(instants, blocks: blocks, key: DrawKey(seed: 1, replication: replication))
            return instants.indices.map {
                _ = replay.time(of: $0); return Int64(replay.place(of: $0))
            }
        }
        #expect(Set(orders).count == 20)
    }
}
