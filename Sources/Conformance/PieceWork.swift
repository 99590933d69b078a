import Dispatch
import Synchronization

/// Independent pieces of work on several threads, with results in order whatever the threads.
enum PieceWork {
    /// What `body` gives for each of `0 ..< count`.
    static func map<Value: Sendable>(_ count: Int, threads: Int, _ body: @Sendable (Int) -> Value) -> [Value] {
        if threads <= 1 || count <= 1 { return (0..<count).map(body) }
        let results = Mutex([Value?](repeating: nil, count: count))
        let next = Atomic<Int>(0)
        DispatchQueue.concurrentPerform(iterations: min(threads, count)) { _ in
            while true {
                let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
                if index >= count { return }
                let result = body(index)
                results.withLock { $0[index] = result }
            }
        }
        return results.withLock { $0 }.compactMap { $0 }
    }
}
