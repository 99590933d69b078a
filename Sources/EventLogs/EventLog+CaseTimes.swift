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
        let (first, last) = instances.completion.withUnsafeBufferPointer { completion in
            instances.start.withUnsafeBufferPointer { start in
                Self.bounds(instanceRanges[position], completion, start, open: firstOpenStart(position))
            }
        }
        return span(first, last)
    }

    /// The spans of all cases, in order of positions.
    package var caseSpans: [CaseSpan?] {
        [CaseSpan?](unsafeUninitializedCapacity: caseCount) { spans, count in
            forEachBounds { position, first, last in spans.initializeElement(at: position, to: span(first, last)) }
            count = caseCount
        }
    }

    /// The cycle time of every case in microseconds, by the log's clock: first start to last completion; ``Instant/missing`` where nothing was
    /// completed at a known time or the calendar does not reach it.
    ///
    /// - Complexity: O(cases) where no starts are recorded, else O(instances).
    package var cycleTimes: [Int64] {
        [Int64](unsafeUninitializedCapacity: caseCount) { cycles, count in
            if case .elapsed = clock {
                forEachBounds { position, first, last in cycles[position] = last == Int64.min ? Instant.missing : last - first }
            } else {
                forEachBounds { position, first, last in
                    cycles[position] = last == Int64.min ? Instant.missing : clock.duration(from: first, to: last)
                }
            }
            count = caseCount
        }
    }

    private func span(_ first: Int64, _ last: Int64) -> CaseSpan? {
        if first == Int64.max { return nil }
        let end = Swift.max(first, last)
        return CaseSpan(
            firstStart: first, lastCompletion: end, isCompleted: last != Int64.min, cycleTime: clock.duration(from: first, to: end))
    }

    private func firstOpenStart(_ position: Int) -> Int64 {
        instances.firstOpenStart.isEmpty ? Instant.missing : instances.firstOpenStart[Int(caseIDs[position])]
    }

    /// Calls `body` with the position of each case, its first start (`Int64.max` where none is known) and its last completion (`Int64.min`).
    @inline(__always)
    private func forEachBounds(_ body: (_ position: Int, _ first: Int64, _ last: Int64) -> Void) {
        instances.completion.withUnsafeBufferPointer { completion in
            instances.start.withUnsafeBufferPointer { start in
                instanceRanges.withUnsafeBufferPointer { ranges in
                    let hasOpen = !instances.firstOpenStart.isEmpty
                    for (position, range) in ranges.enumerated() {
                        let open = hasOpen ? firstOpenStart(position) : Instant.missing
                        let (first, last) = Self.bounds(range, completion, start, open: open)
                        body(position, first, last)
                    }
                }
            }
        }
    }

    /// The first start and the last completion of a case: known completions ascend within it.
    @inline(__always)
    private static func bounds(
        _ range: Range<Int>, _ completion: UnsafeBufferPointer<Int64>, _ start: UnsafeBufferPointer<Int64>, open: Int64
    ) -> (first: Int64, last: Int64) {
        var first = open == Instant.missing ? Int64.max : open
        var last = Int64.min
        var place = range.upperBound
        while place > range.lowerBound && last == Int64.min {
            place &-= 1
            last = completion[place]
        }
        place = range.lowerBound
        if start.isEmpty {
            while place < range.upperBound && completion[place] == Instant.missing { place &+= 1 }
            if place < range.upperBound { first = Swift.min(first, completion[place]) }
        } else {
            while place < range.upperBound {
                let earliest = start[place] == Instant.missing ? completion[place] : start[place]
                if earliest != Instant.missing { first = Swift.min(first, earliest) }
                place &+= 1
            }
        }
        return (first, last)
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
