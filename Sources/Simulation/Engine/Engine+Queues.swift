import WorkingTime

/// Who does what next.
extension Engine {
    /// Whether a resource may begin something now; keeps the current or coming hours at hand.
    @inline(__always)
    mutating func isOnShift(_ resource: Int) -> Bool {
        if now >= openUntil[resource] { refreshHours(resource) }
        return now >= openFrom[resource]
    }

    @inline(never)
    private mutating func refreshHours(_ resource: Int) {
        let calendar = model.calendars[Int(model.resourceCalendar[resource])]
        guard let opening = calendar.nextOpening(from: now), let closing = calendar.closing(after: opening) else {
            openFrom[resource] = Int64.max
            openUntil[resource] = Int64.max
            return
        }
        openFrom[resource] = opening
        openUntil[resource] = closing
    }

    /// The member of a pool who has been free longest and is on shift, or -1; of several the first.
    @inline(__always)
    mutating func idleMember(of pool: Int) -> Int {
        var best = -1
        var place = Int(model.firstMember[pool])
        let last = Int(model.firstMember[pool + 1])
        while place < last {
            let resource = Int(model.members[place])
            if !isBusy[resource] && (best < 0 || freeSince[resource] < freeSince[best]) && isOnShift(resource) { best = resource }
            place &+= 1
        }
        return best
    }

    /// Has the members of a pool who are free but off shift called when their hours begin.
    mutating func callMembers(of pool: Int) {
        for place in Int(model.firstMember[pool])..<Int(model.firstMember[pool + 1]) {
            let resource = Int(model.members[place])
            if !isBusy[resource] && !isOnShift(resource) { call(resource) }
        }
    }

    private mutating func call(_ resource: Int) {
        if isCalled[resource] || openFrom[resource] == Int64.max { return }
        isCalled[resource] = true
        heap.push(openFrom[resource], Kind.opening << 29 | UInt32(resource))
    }

    mutating func append(_ item: Int32, _ pool: Int) {
        let level = Int(cases[Int(work[Int(item)].slot)].level)
        let queue = pool &* model.levels &+ level
        queueArea[pool] &+= Int64(waitingCount[pool]) &* (now &- queueChanged[pool])
        queueChanged[pool] = now
        waitingCount[pool] &+= 1
        let tail = queues[queue].tail
        if tail < 0 { queues[queue].head = item } else { work[Int(tail)].next = item }
        queues[queue].tail = item
        work[Int(item)].next = -1
    }

    /// Gives waiting work of a pool to whoever may begin.
    mutating func dispatch(_ pool: Int) {
        while waitingCount[pool] > 0 {
            let resource = idleMember(of: pool)
            if resource < 0 {
                callMembers(of: pool)
                return
            }
            pull(resource)
        }
    }

    /// Lets a free resource take what waits for it, or has it called when its hours begin.
    @inline(__always)
    mutating func offerWork(to resource: Int) {
        var place = model.firstPool[resource]
        let last = model.firstPool[resource + 1]
        while place < last {
            if waitingCount[Int(model.poolsOfResource[Int(place)])] > 0 {
                if isOnShift(resource) { pull(resource) } else { call(resource) }
                return
            }
            place &+= 1
        }
    }

    /// Takes the work of the highest priority that has waited longest.
    private mutating func pull(_ resource: Int) {
        var chosen = -1
        var level = 0
        while level < model.levels && chosen < 0 {
            var sequence = UInt32.max
            for place in model.firstPool[resource]..<model.firstPool[resource + 1] {
                let queue = Int(model.poolsOfResource[Int(place)]) &* model.levels &+ level
                let head = queues[queue].head
                if head >= 0 && work[Int(head)].sequence <= sequence {
                    sequence = work[Int(head)].sequence
                    chosen = queue
                }
            }
            level &+= 1
        }
        if chosen < 0 { return }
        let pool = chosen / model.levels
        let item = queues[chosen].head
        let next = work[Int(item)].next
        queues[chosen].head = next
        if next < 0 { queues[chosen].tail = -1 }
        queueArea[pool] &+= Int64(waitingCount[pool]) &* (now &- queueChanged[pool])
        queueChanged[pool] = now
        waitingCount[pool] &-= 1
        begin(item, by: Int32(resource))
    }

    // MARK: Batches

    /// Holds a piece of work back until its batch is let go.
    mutating func hold(_ item: Int32, in batch: Int) {
        let rule = model.batches[batch]
        work[Int(item)].next = -1
        if batchHead[batch] < 0 {
            batchHead[batch] = item
            if let due = nextRelease(rule) {
                heap.push(due, Kind.release << 29 | UInt32(batch) << 16 | (batchTimer[batch] & 0xFFFF))
            }
        } else {
            work[Int(batchTail[batch])].next = item
        }
        batchTail[batch] = item
        batchSize[batch] &+= 1
        if rule.size > 0 && batchSize[batch] >= rule.size { release(batch) }
    }

    private func nextRelease(_ rule: CompiledModel.Batch) -> Int64? {
        var due = Int64.max
        if rule.longestWait >= 0 { due = now &+ rule.longestWait }
        if rule.timeCount > 0 {
            let week = 7 * 24 * 3_600 * Int64(1_000_000)
            let monday = -3 * 24 * 3_600 * Int64(1_000_000)
            let local = now &+ model.offset &- monday
            let inWeek = ((local % week) &+ week) % week
            var next = model.batchTimes[Int(rule.firstTime)] &+ week
            for place in 0..<Int(rule.timeCount) {
                let time = model.batchTimes[Int(rule.firstTime) + place]
                if time >= inWeek {
                    next = time
                    break
                }
            }
            due = min(due, now &+ next &- inWeek)
        }
        return due == Int64.max ? nil : due
    }

    /// A release falls due, unless the batch that it was meant for has already gone.
    mutating func releaseByTimer(_ payload: Int32) {
        let batch = Int(payload >> 16)
        if batchHead[batch] >= 0 && batchTimer[batch] & 0xFFFF == UInt32(payload) & 0xFFFF { release(batch) }
    }

    private mutating func release(_ batch: Int) {
        var item = batchHead[batch]
        batchHead[batch] = -1
        batchTail[batch] = -1
        batchSize[batch] = 0
        batchTimer[batch] &+= 1
        if model.batches[batch].isTogether {
            var member = item
            while member >= 0 {
                let next = work[Int(member)].next
                work[Int(member)].partner = next
                work[Int(member)].next = -1
                member = next
            }
            request(item)
            return
        }
        while item >= 0 {
            let next = work[Int(item)].next
            work[Int(item)].next = -1
            request(item)
            item = next
        }
    }
}
