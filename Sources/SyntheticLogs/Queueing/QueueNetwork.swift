/// People in roles who work off what waits for their role, first come, first served.
///
/// A pure state machine: ``request(role:token:work:)`` and ``wake(at:token:)`` say what shall happen, ``next()`` moves the
/// clock to the next thing that did. A person does one thing at a time, begins only within the hours of the own shift,
/// pauses outside them, and never leaves work waiting that could begin. Of several who could begin, the one takes it who
/// has been free longest. What happens at the same second happens in the order in which it was scheduled.
///
/// The tokens are the caller's and mean nothing here.
struct QueueNetwork {
    /// What happened at ``now``.
    enum Occurrence {
        /// The time of a ``wake(at:token:)`` has come.
        case woke(token: UInt64)
        /// A piece of work is done: who did it and when it was begun.
        case finished(token: UInt64, resource: Int, start: Int64)
    }

    private struct Work {
        let token: UInt64
        let seconds: Int64
    }

    private struct Role {
        let members: Range<Int>
        var waiting: [Work] = []
        /// The first of `waiting` that has not been taken.
        var head = 0

        var isEmpty: Bool { head == waiting.count }

        mutating func take() -> Work {
            let work = waiting[head]
            head += 1
            if head > 1_024, head * 2 > waiting.count {
                waiting.removeFirst(head)
                head = 0
            }
            return work
        }
    }

    private struct Resource {
        let role: Int
        let shift: Int
        var isBusy = false
        /// An entry of the calendar will look after this resource when its hours begin.
        var isCalled = false
        var freeSince: Int64 = .min
        var token: UInt64 = 0
        var start: Int64 = 0
    }

    private enum Kind {
        static let wake: UInt8 = 0
        static let finish: UInt8 = 1
        static let opening: UInt8 = 2
    }

    /// Seconds since 1970-01-01T00:00:00Z; moved by ``next()`` alone.
    private(set) var now: Int64
    private var calendar = EventCalendar()
    private var roles: [Role] = []
    private var resources: [Resource] = []
    private var shifts: [WeeklyShift] = []

    /// A network at rest.
    ///
    /// - Parameters:
    ///   - start: the clock's first reading, in seconds.
    ///   - roles: for each role the shifts of its members; resources are counted through in this order.
    init(start: Int64, roles: [[WeeklyShift]]) {
        now = start
        for (index, members) in roles.enumerated() {
            precondition(!members.isEmpty, "a role has members")
            let first = resources.count
            for shift in members {
                var known = shifts.firstIndex(of: shift)
                if known == nil {
                    known = shifts.count
                    shifts.append(shift)
                }
                resources.append(Resource(role: index, shift: known!))
            }
            self.roles.append(Role(members: first..<resources.count))
        }
    }

    /// Reports `token` at `time`, which is not before ``now``.
    mutating func wake(at time: Int64, token: UInt64) {
        precondition(time >= now, "time does not run backwards")
        calendar.schedule(at: time, kind: Kind.wake, payload: token)
    }

    /// Puts `work` seconds of work behind what already waits for a role.
    mutating func request(role: Int, token: UInt64, work: Int64) {
        roles[role].waiting.append(Work(token: token, seconds: work))
        dispatch(role)
    }

    /// Moves on to what happens next; nil when nothing ever will.
    mutating func next() -> Occurrence? {
        while let entry = calendar.next() {
            now = entry.time
            let index = Int(truncatingIfNeeded: entry.payload)
            switch entry.kind {
            case Kind.wake:
                return .woke(token: entry.payload)
            case Kind.finish:
                let done = resources[index]
                resources[index].isBusy = false
                resources[index].freeSince = now
                dispatch(done.role)
                return .finished(token: done.token, resource: index, start: done.start)
            default:
                resources[index].isCalled = false
                dispatch(resources[index].role)
            }
        }
        return nil
    }

    /// Gives waiting work to whoever of the role may begin now, and has the others called when their hours begin.
    private mutating func dispatch(_ role: Int) {
        while !roles[role].isEmpty {
            var chosen = -1
            for index in roles[role].members where !resources[index].isBusy {
                if shifts[resources[index].shift].isOpen(now) {
                    if chosen < 0 || resources[index].freeSince < resources[chosen].freeSince { chosen = index }
                } else if !resources[index].isCalled {
                    resources[index].isCalled = true
                    calendar.schedule(
                        at: shifts[resources[index].shift].nextOpening(now), kind: Kind.opening, payload: UInt64(index))
                }
            }
            if chosen < 0 { return }
            let work = roles[role].take()
            resources[chosen].isBusy = true
            resources[chosen].token = work.token
            resources[chosen].start = now
            calendar.schedule(
                at: shifts[resources[chosen].shift].finish(of: work.seconds, from: now), kind: Kind.finish,
                payload: UInt64(chosen))
        }
    }
}
