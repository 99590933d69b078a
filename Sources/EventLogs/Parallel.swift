import Dispatch
import Synchronization

/// Independent pieces of work on several threads, with results in order whatever the threads.
package enum Parallel {
    /// What `body` gives for each of `0 ..< count`.
    ///
    /// - Parameter threads: how many pieces may be under way at once.
    /// - Throws: the error of the first piece (in order) that throws; the others are finished all the same.
    package static func map<Value: Sendable, Failure: Error>(
        _ count: Int, threads: Int, _ body: @Sendable (Int) throws(Failure) -> Value
    ) throws(Failure) -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(count)
        if threads <= 1 || count <= 1 {
            for index in 0..<count { values.append(try body(index)) }
            return values
        }
        let results = Mutex([Result<Value, Failure>?](repeating: nil, count: count))
        let next = Atomic<Int>(0)
        DispatchQueue.concurrentPerform(iterations: min(threads, count)) { _ in
            while true {
                let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
                if index >= count { return }
                let result: Result<Value, Failure>
                do throws(Failure) { result = .success(try body(index)) } catch { result = .failure(error) }
                results.withLock { $0[index] = result }
            }
        }
        for result in results.withLock({ $0 }) { values.append(try result!.get()) }
        return values
    }
}
