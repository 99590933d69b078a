import Instants
import WorkingTime

/// Activity instances from enablement over start to completion.
extension Engine {
    /// Makes an activity of a case possible from now on.
    mutating func enable(
        _ slot: Int32, place: Int32, activity: Int32, visit: UInt32, after previous: Int32, performer given: Int32, delay fixed: Int64
    ) {
        let kind = model.activities[Int(activity)]
        let key = cases[Int(slot)].key
        cases[Int(slot)].live &+= 1
        if visit > 0 { cases[Int(slot)].hasRework = true }
        var performer = given
        var keepsDelay = true
        if kind.automation >= 0 && isAutomated(kind, key, visit, row: cases[Int(slot)].row) {
            performer = -1
            keepsDelay = model.automations[Int(kind.automation)].keepsDelay
        } else if performer < 0 {
            performer = kind.firstPerformer
            if kind.performerCount > 1 { performer = choosePerformer(kind, key, visit) }
        }
        if freeWork < 0 { growWork() }
        let item = freeWork
        freeWork = work[Int(item)].next
        work[Int(item)] = Work(
            enabled: now, start: 0, waiting: 0, amount: 0, slot: slot, place: place, activity: activity, performer: performer,
            visit: visit, resource: -1, next: -1, partner: -1, sequence: 0)
        if keepsDelay {
            var due = now
            if fixed >= 0 {
                due = now &+ fixed
            } else if kind.delays >= 0 {
                due = delayEnd(kind, key, visit, previous)
            }
            if due > now {
                heap.push(due, Kind.ready << 29 | UInt32(item))
                return
            }
        } else if kind.batch >= 0 {
            begin(item, by: -1)
            return
        }
        ready(item)
    }

    @inline(never)
    private func isAutomated(_ kind: CompiledModel.Activity, _ key: DrawKey, _ visit: UInt32, row: Int32) -> Bool {
        let automation = model.automations[Int(kind.automation)]
        if automation.eligible >= 0 && (row < 0 || !model.eligible[Int(automation.eligible &+ row)]) { return false }
        return key.unit(kind.key, visit, .automation) < automation.share
    }

    @inline(never)
    private func choosePerformer(_ kind: CompiledModel.Activity, _ key: DrawKey, _ visit: UInt32) -> Int32 {
        let u = key.unit(kind.key, visit, .performer)
        var place = kind.firstPerformer
        let last = kind.firstPerformer + kind.performerCount - 1
        while place < last && model.performers[Int(place)].cumulated < u { place += 1 }
        return place
    }

    @inline(never)
    private func delayEnd(_ kind: CompiledModel.Activity, _ key: DrawKey, _ visit: UInt32, _ previous: Int32) -> Int64 {
        let which = model.delaysAfter[Int(kind.delays &+ 1 &+ previous)]
        return which < 0 ? now : self.end(ofDelay: Int(which), u: key.unit(kind.key, visit, .delay))
    }

    func end(ofDelay which: Int, u: Double) -> Int64 {
        let delay = model.delays[which]
        let time = Int64((model.samplers[Int(delay.sampler)].value(at: u, model.tables) * 1e6).rounded())
        if delay.calendar < 0 || time <= 0 { return now &+ max(time, 0) }
        return model.calendars[Int(delay.calendar)].finish(from: now, work: time) ?? now
    }

    /// The delay of an instance is over: it joins its batch or its queue.
    mutating func ready(_ item: Int32) {
        let batch = model.activities[Int(work[Int(item)].activity)].batch
        if batch >= 0 { hold(item, in: Int(batch)) } else { request(item) }
    }

    /// Asks for a performer.
    mutating func request(_ item: Int32) {
        let performer = work[Int(item)].performer
        let pool = performer < 0 ? -1 : Int(model.performers[Int(performer)].pool)
        if pool < 0 {
            begin(item, by: -1)
            return
        }
        work[Int(item)].sequence = enqueued
        enqueued += 1
        if waitingCount[pool] == 0 {
            // A resource of a single queue has nothing older to do.
            let idle = idleMember(of: pool)
            if idle >= 0 && model.firstPool[idle + 1] - model.firstPool[idle] == 1 {
                begin(item, by: Int32(idle))
                return
            }
            append(item, pool)
            if idle >= 0 { dispatch(pool) } else { callMembers(of: pool) }
        } else {
            append(item, pool)
        }
    }

    /// Begins a piece of work and everything that is done together with it.
    mutating func begin(_ item: Int32, by resource: Int32) {
        var amount = begin(member: item, by: resource)
        var partner = work[Int(item)].partner
        while partner >= 0 {
            amount = max(amount, begin(member: partner, by: resource))
            partner = work[Int(partner)].partner
        }
        work[Int(item)].amount = amount
        var due = now &+ amount
        if resource >= 0 {
            isBusy[Int(resource)] = true
            if due > openUntil[Int(resource)] {
                due = model.calendars[Int(model.resourceCalendar[Int(resource)])].finish(from: now, work: amount) ?? due
            }
        }
        heap.push(due, Kind.completion << 29 | UInt32(item))
    }

    private mutating func begin(member item: Int32, by resource: Int32) -> Int64 {
        let own = work[Int(item)]
        let slot = Int(own.slot)
        if cases[slot].running == 0 { cases[slot].servedSince = now }
        cases[slot].running &+= 1
        if cases[slot].firstStart == Instant.missing {
            cases[slot].firstStart = now
            if now < begin { begin = now }
        }
        let since = fromArrival ? own.enabled : max(cases[slot].last, cases[slot].firstStart)
        work[Int(item)].waiting = now &- since
        work[Int(item)].start = now
        work[Int(item)].resource = resource
        return amount(of: own, by: resource)
    }

    @inline(__always)
    private func amount(of own: Work, by resource: Int32) -> Int64 {
        let kind = model.activities[Int(own.activity)]
        let u = cases[Int(own.slot)].key.unit(kind.key, own.visit, .duration)
        if own.performer < 0 {
            let sampler = Int(model.automations[Int(kind.automation)].sampler)
            return Int64((model.samplers[sampler].value(at: u, model.tables) * 1e6).rounded())
        }
        if !model.isGraph {
            let fixed = model.steps[Int(own.place)].work
            if fixed >= 0 { return kind.durationScale == 1 ? fixed : Int64((Double(fixed) * kind.durationScale).rounded()) }
        }
        let performer = model.performers[Int(own.performer)]
        var sampler = own.visit == 0 ? performer.sampler : performer.repeatedSampler
        if performer.individuals >= 0 && resource >= 0 { sampler = model.individuals[Int(performer.individuals &+ resource)] }
        return Int64((model.samplers[Int(sampler)].value(at: u, model.tables) * 1e6 * kind.durationScale).rounded())
    }

    mutating func complete(_ item: Int32) {
        let resource = Int(work[Int(item)].resource)
        var member = item
        while member >= 0 {
            cases[Int(work[Int(member)].slot)].last = now
            member = work[Int(member)].partner
        }
        if resource >= 0 {
            isBusy[resource] = false
            freeSince[resource] = now
            worked[resource] &+= work[Int(item)].amount
            offerWork(to: resource)
        }
        if now > end { end = now }
        member = item
        var share = true
        while member >= 0 {
            let partner = work[Int(member)].partner
            complete(member: member, payingHours: share)
            share = false
            member = partner
        }
    }

    private mutating func complete(member item: Int32, payingHours: Bool) {
        let own = work[Int(item)]
        let slot = Int(own.slot)
        cases[slot].running &-= 1
        if cases[slot].running == 0 { cases[slot].service &+= now &- cases[slot].servedSince }
        cases[slot].waiting &+= own.waiting
        cases[slot].processing &+= now &- own.start
        cases[slot].live &-= 1
        if model.hasCosts {
            cases[slot].cost += model.activities[Int(own.activity)].fixedCost
            if own.resource >= 0 && payingHours { cases[slot].cost += model.resourceCost[Int(own.resource)] * Double(own.amount) }
        }
        let number = cases[slot].number &- warmUp
        if number < counted { record(own, number) }
        work[Int(item)].next = freeWork
        freeWork = item
        if model.isGraph { leave(own.slot, own.place, from: own.activity) } else { follow(own.slot, own.place, from: own.activity) }
    }

    @inline(__always)
    private mutating func record(_ own: Work, _ number: UInt32) {
        instanceCount &+= 1
        if detail == .cases { return }
        rowActivity.append(UInt16(truncatingIfNeeded: own.activity))
        rowDuration.append(now &- own.start)
        rowWaiting.append(own.waiting)
        if detail == .activities { return }
        rowCase.append(number)
        rowEnabled.append(own.enabled)
        rowStart.append(own.start)
        rowResource.append(own.resource)
        let role =
            own.performer < 0
            ? model.automations[Int(model.activities[Int(own.activity)].automation)].role : model.performers[Int(own.performer)].role
        rowRole.append(role)
    }

    @inline(never)
    mutating func growWork() {
        if workCount == workCapacity {
            let larger = UnsafeMutablePointer<Work>.allocate(capacity: workCapacity * 2)
            larger.moveInitialize(from: work, count: workCount)
            work.deallocate()
            work = larger
            workCapacity *= 2
        }
        while workCount < workCapacity {
            work[workCount] = Work(
                enabled: 0, start: 0, waiting: 0, amount: 0, slot: -1, place: -1, activity: -1, performer: -1, visit: 0, resource: -1,
                next: freeWork, partner: -1, sequence: 0)
            freeWork = Int32(workCount)
            workCount += 1
        }
    }
}
