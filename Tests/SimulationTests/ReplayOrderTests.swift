import Statistics
import Testing

@testable import Simulation

@Suite struct ReplayOrderTests {
    /// Every round plays each arrival once, and within a stretch everything keeps its distance from the stretch's beginning.
    @Test func stretchesAreShuffledWhole() {
        for seed in 0..<20 {
            var stream = RandomStream(seed: UInt64(seed), path: 1)
            var blocks: [Int64] = [0]
            for _ in 0..<(1 + stream.index(below: 9)) { blocks.append(blocks[blocks.count - 1] + 1 + Int64(stream.index(below: 50))) }
            let end = blocks[blocks.count - 1]
            let instants = (0..<(1 + stream.index(below: 60))).map { _ in Int64(stream.index(below: Int(end))) }.sorted()
            var replay = ReplayOrder(instants, blocks: blocks, key: DrawKey(seed: UInt64(seed), replication: 3))
            for round in 0..<3 {
                var seen: [Int32] = []
                var last = Int64(round) * end
                var beginnings: [Int: Int64] = [:]
                for number in instants.indices {
                    let time = replay.time(of: round * instants.count + number)
                    let place = replay.place(of: round * instants.count + number)
                    seen.append(place)
                    #expect(time >= last && time < Int64(round + 1) * end)
                    last = time
                    let block = blocks.lastIndex { $0 <= instants[Int(place)] } ?? 0
                    let beginning = time - (instants[Int(place)] - blocks[block])
                    #expect(beginnings[block, default: beginning] == beginning)
                    beginnings[block] = beginning
                }
                #expect(seen.sorted() == instants.indices.map { Int32($0) })
            }
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
