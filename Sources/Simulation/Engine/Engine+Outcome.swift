import WorkingTime

/// What is left when a run is over.
extension Engine {
    /// The columns of the run; its memory is given back.
    consuming func outcome(_ replication: Int) -> ReplicationOutcome {
        var result = ReplicationOutcome()
        let count = Int(counted)
        result.replication = replication
        result.arrival = Self.array(outArrival, count)
        result.firstStart = Self.array(outFirst, count)
        result.lastCompletion = Self.array(outLast, count)
        result.cycle = Self.array(outCycle, count)
        result.waiting = Self.array(outWaiting, count)
        result.service = Self.array(outService, count)
        result.processing = Self.array(outProcessing, count)
        result.cost = model.hasCosts ? Self.array(outCost, count) : []
        result.hasRework = Self.array(outRework, count)
        result.row = Self.array(outRow, count)
        result.worked = Self.array(worked, model.resourceCount)
        result.begin = begin == Int64.max ? options.start : begin
        result.end = end == Int64.min ? options.start : end
        result.available = (0..<model.resourceCount).map { resource in
            model.calendars[Int(model.resourceCalendar[resource])].worked(from: result.begin, to: result.end)
        }
        result.instanceCount = instanceCount
        result.eventCount = events
        result.unfinished = count - finished
        result.stuck = stuck
        result.casesInSystemArea = inSystemArea
        result.queueAreas = Self.array(queueArea, model.poolCount)
        result.instances.activity = rowActivity.take()
        result.instances.duration = rowDuration.take()
        result.instances.waiting = rowWaiting.take()
        result.instances.caseNumber = rowCase.take()
        result.instances.enabled = rowEnabled.take()
        result.instances.start = rowStart.take()
        result.instances.resource = rowResource.take()
        result.instances.role = rowRole.take()
        cases.deallocate()
        state.deallocate()
        work.deallocate()
        heap.deallocate()
        _ = freeSlots.take()
        _ = tokens.take()
        return result
    }

    private static func array<Value>(_ column: UnsafeMutablePointer<Value>, _ count: Int) -> [Value] {
        Array(UnsafeBufferPointer(start: column, count: count))
    }
}
