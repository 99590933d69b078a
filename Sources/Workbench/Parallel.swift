import Dispatch
import Synchronization

/// Independent pieces of work on several threads, with results in order whatever the threads.
enum Parallel {
    /// What `body` gives for each of `0 ..< count`.
    ///
    /// - Parameter threads: how many pieces may be under way at once.
    /// - Throws: the error of the first piece (in order) that throws; the others are finished all the same.
    static func map<Value: Sendable>(_ count: Int, threads: Int, _ body: @Sendable (Int) throws -> Value) throws -> [Value] {
        if threads <= 1 || count <= 1 { return try (0..<count).map(body) }
        let results = Mutex([Result<Value, any Error>?](repeating: nil, count: count))
        let next = Atomic<Int>(0)
        DispatchQueue.concurrentPerform(iterations: min(threads, count)) { _ in
            while true {
                let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
                if index >= count { return }
                let result = Result { try body(index) }
                results.withLock { $0[index] = result }
            }
        }
        return try results.withLock { $0 }.map { try $0!.get() }
    }
}
