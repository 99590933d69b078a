import EventLogs
import Synchronization
import Testing

@Suite struct ParallelTests {
    private struct Odd: Error, Equatable {
        var index: Int
    }

    @Test(arguments: [0, 1, 2, 7, 100], [1, 2, 3, 16])
    func resultsKeepTheirOrder(count: Int, threads: Int) {
        let calls = Atomic<Int>(0)
        let results = Parallel.map(count, threads: threads) { index in
            calls.wrappingAdd(1, ordering: .relaxed)
            return index * index
        }
        #expect(results == (0..<count).map { $0 * $0 })
        #expect(calls.load(ordering: .relaxed) == count)
    }

    @Test(arguments: [1, 2, 8])
    func theFirstErrorInOrderIsThrown(threads: Int) {
        #expect(throws: Odd(index: 3)) {
            try Parallel.map(20, threads: threads) { index in
                if index >= 3 && index % 2 == 1 { throw Odd(index: index) }
                return index
            }
        }
    }
}
