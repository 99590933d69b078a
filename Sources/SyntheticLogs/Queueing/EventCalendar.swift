/// What is to happen, soonest first: a binary heap over (time, order of scheduling).
///
/// Entries of the same time leave in the order in which they came, so a run never depends on the heap's inner layout.
struct EventCalendar {
    /// One scheduled thing.
    struct Entry {
        /// Seconds since 1970-01-01T00:00:00Z.
        let time: Int64
        /// The place in the order of scheduling.
        let order: UInt64
        /// What it is, in the scheduler's own code.
        let kind: UInt8
        /// Whom it concerns, in the scheduler's own code.
        let payload: UInt64

        fileprivate func comes(before other: Entry) -> Bool {
            time != other.time ? time < other.time : order < other.order
        }
    }

    private var heap: [Entry] = []
    private var scheduled: UInt64 = 0

    /// Adds an entry after all those of the same time.
    mutating func schedule(at time: Int64, kind: UInt8, payload: UInt64) {
        let entry = Entry(time: time, order: scheduled, kind: kind, payload: payload)
        scheduled += 1
        heap.append(entry)
        var hole = heap.count - 1
        while hole > 0 {
            let parent = (hole - 1) / 2
            if !entry.comes(before: heap[parent]) { break }
            heap[hole] = heap[parent]
            hole = parent
        }
        heap[hole] = entry
    }

    /// Takes the soonest entry; nil when nothing is left to happen.
    mutating func next() -> Entry? {
        guard let first = heap.first, let last = heap.popLast() else { return nil }
        let count = heap.count
        if count > 0 {
            var hole = 0
            while true {
                var child = 2 * hole + 1
                if child >= count { break }
                if child + 1 < count, heap[child + 1].comes(before: heap[child]) { child += 1 }
                if !heap[child].comes(before: last) { break }
                heap[hole] = heap[child]
                hole = child
            }
            heap[hole] = last
        }
        return first
    }
}
