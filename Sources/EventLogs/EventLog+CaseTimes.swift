package import Instants

extension EventLog {
    /// First start and last completion of one case.
    package struct CaseSpan: Sendable, Equatable {
        /// The earliest start (the completion where a start is unknown) of its instances, open ones included: microseconds.
        package var firstStart: Int64
        /// The latest completion: microseconds; where nothing was completed (``isCompleted``) it equals ``firstStart`` and means nothing.
        package var lastCompletion: Int64
        /// Whether any instance was completed at a known time: else the case has no end and no cycle time.
        package var isCompleted = true

        /// The cycle time in microseconds, by the log's clock: first start to last completion; ``Instant/missing`` where its calendar does not
        /// reach them.
        package var cycleTime: Int64
    }

    /// The span of the case at a position, or `nil` where none of its instances has a time.
    package func span(ofCase position: Int) -> CaseSpan? {
        var first = Int64.max
        var last = Int64.min
        for instance in instanceRanges[position] {
            let completion = instances.completion[instance]
            let start = instances.startTime(instance)
            if completion != Instant.missing && completion > last { last = completion }
            let earliest = start != Instant.missing ? start : completion
            if earliest != Instant.missing && earliest < first { first = earliest }
        }
        if !instances.firstOpenStart.isEmpty {
            let open = instances.firstOpenStart[Int(caseIDs[position])]
            if open != Instant.missing && open < first { first = open }
        }
        if first == Int64.max { return nil }
        let end = Swift.max(first, last)
        return CaseSpan(
            firstStart: first, lastCompletion: end, isCompleted: last != Int64.min, cycleTime: clock.duration(from: first, to: end))
    }

    /// The spans of all cases, in order of positions.
    package var caseSpans: [CaseSpan?] {
        (0..<caseCount).map { span(ofCase: $0) }
    }

    /// The earliest and the latest recorded time of the view's events (starts included), or `nil` where none has one.
    package var timeRange: ClosedRange<Instant>? {
        var first = Int64.max
        var last = Int64.min
        for range in eventRanges {
            for place in range {
                let event = event(at: place)
                let time = columns.time[event]
                if time != Instant.missing {
                    first = Swift.min(first, time)
                    last = Swift.max(last, time)
                }
                if !columns.start.isEmpty && columns.start[event] != Instant.missing {
                    first = Swift.min(first, columns.start[event])
                    last = Swift.max(last, columns.start[event])
                }
            }
        }
        return first == Int64.max ? nil : Instant(microseconds: first)...Instant(microseconds: last)
    }
}
