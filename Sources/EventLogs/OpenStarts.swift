/// The starts of one case that no completion has taken yet.
///
/// A completion takes the earliest start of its activity: with a `concept:instance` the one of the same instance, else one
/// without instance whose resource equals its own or is missing on either side. A short list is searched from the front; beyond
/// `limit` starts a table of queues takes over, so that a case of a million starts takes no longer per event than a short one.
struct OpenStarts {
    struct Start {
        var event: Int
        var activity: UInt32
        var resource: UInt32
        var instance: UInt32

        fileprivate func suits(_ activity: UInt32, resource: UInt32, instance: UInt32) -> Bool {
            if self.activity != activity || self.instance != instance { return false }
            let missing = Vocabulary.missing
            return instance != missing || self.resource == resource || self.resource == missing || resource == missing
        }
    }

    /// What a queue holds: the starts of one activity and instance, of one activity and resource, or all without instance of one activity.
    private struct Key: Hashable {
        enum Kind { case instance, resource, activity }

        var kind: Kind
        var activity: UInt32
        var value: UInt32
    }

    private struct Queue {
        var starts: [Int] = []
        var head = 0
    }

    private let limit: Int
    private var list: [Start] = []
    /// Beside `list` once there are queues: whether a start is still open.
    private var isOpen: [Bool] = []
    private var queues: [Key: Queue] = [:]
    private var isQueued = false

    init(limit: Int = 64) {
        self.limit = limit
    }

    /// The starts still open, in the order in which they were added.
    var remaining: [Start] {
        isQueued ? zip(list, isOpen).compactMap { $1 ? $0 : nil } : list
    }

    mutating func removeAll() {
        list.removeAll(keepingCapacity: true)
        isOpen.removeAll(keepingCapacity: true)
        queues.removeAll(keepingCapacity: true)
        isQueued = false
    }

    mutating func add(_ start: Start) {
        list.append(start)
        if isQueued {
            enqueue(list.count - 1)
        } else if list.count > limit {
            isQueued = true
            for index in list.indices { enqueue(index) }
        }
    }

    /// Removes and returns the event of the start that a completion takes, if there is one.
    mutating func take(activity: UInt32, resource: UInt32, instance: UInt32) -> Int? {
        let missing = Vocabulary.missing
        if !isQueued {
            guard let index = list.firstIndex(where: { $0.suits(activity, resource: resource, instance: instance) }) else { return nil }
            return list.remove(at: index).event
        }
        var found: Int?
        if instance != missing {
            found = first(Key(kind: .instance, activity: activity, value: instance))
        } else if resource == missing {
            found = first(Key(kind: .activity, activity: activity, value: 0))
        } else {
            let own = first(Key(kind: .resource, activity: activity, value: resource))
            let unknown = first(Key(kind: .resource, activity: activity, value: missing))
            found = if let own, let unknown { min(own, unknown) } else { own ?? unknown }
        }
        guard let found else { return nil }
        isOpen[found] = false
        return list[found].event
    }

    private mutating func enqueue(_ index: Int) {
        let start = list[index]
        isOpen.append(true)
        if start.instance != Vocabulary.missing {
            queues[Key(kind: .instance, activity: start.activity, value: start.instance), default: Queue()].starts.append(index)
        } else {
            queues[Key(kind: .resource, activity: start.activity, value: start.resource), default: Queue()].starts.append(index)
            queues[Key(kind: .activity, activity: start.activity, value: 0), default: Queue()].starts.append(index)
        }
    }

    /// The first start of a queue that is still open.
    private mutating func first(_ key: Key) -> Int? {
        guard let place = queues.index(forKey: key) else { return nil }
        while true {
            let queue = queues.values[place]
            if queue.head == queue.starts.count { return nil }
            let candidate = queue.starts[queue.head]
            if isOpen[candidate] { return candidate }
            queues.values[place].head += 1
        }
    }
}
