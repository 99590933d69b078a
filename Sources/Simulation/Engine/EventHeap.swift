/// What is to happen, soonest first: an implicit heap with four children a node over (time, order of scheduling).
///
/// Entries of one time leave in the order in which they came, so a run never depends on the heap's layout.
struct EventHeap {
    struct Entry {
        var time: Int64
        var order: UInt32
        var payload: UInt32

        @inline(__always)
        func precedes(_ other: Entry) -> Bool {
            time != other.time ? time < other.time : order < other.order
        }
    }

    private var base: UnsafeMutablePointer<Entry>
    private(set) var count = 0
    private var capacity = 64
    private var scheduled: UInt32 = 0

    init() {
        base = .allocate(capacity: capacity)
    }

    func deallocate() {
        base.deallocate()
    }

    @inline(__always)
    mutating func push(_ time: Int64, _ payload: UInt32) {
        if count == capacity { grow() }
        let entry = Entry(time: time, order: scheduled, payload: payload)
        scheduled += 1
        var hole = count
        count &+= 1
        while hole > 0 {
            let parent = (hole &- 1) >> 2
            if !entry.precedes(base[parent]) { break }
            base[hole] = base[parent]
            hole = parent
        }
        base[hole] = entry
    }

    @inline(__always)
    mutating func pop() -> Entry {
        let first = base[0]
        count &-= 1
        let last = base[count]
        var hole = 0
        while true {
            let start = hole &* 4 &+ 1
            if start >= count { break }
            let end = Swift.min(start &+ 4, count)
            var best = start
            var child = start &+ 1
            while child < end {
                if base[child].precedes(base[best]) { best = child }
                child &+= 1
            }
            if !base[best].precedes(last) { break }
            base[hole] = base[best]
            hole = best
        }
        base[hole] = last
        return first
    }

    @inline(never)
    private mutating func grow() {
        let larger = UnsafeMutablePointer<Entry>.allocate(capacity: capacity * 2)
        larger.moveInitialize(from: base, count: count)
        base.deallocate()
        base = larger
        capacity *= 2
    }
}
