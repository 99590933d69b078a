import EventLogs
package import ProcessModels

/// What a constraint says of one case.
package enum ConstraintVerdict: String, Sendable, Hashable, Codable {
    /// Nothing activates it: it says nothing.
    case vacuous
    /// It holds.
    case satisfied
    /// It does not.
    case violated
}

/// Tells whether a constraint holds in a sequence of activities, and where it does not.
///
/// - Complexity: O(length) for a sequence.
package struct DeclareEvaluator: Sendable {
    /// What the constraint says.
    package let template: DeclareTemplate
    private let first: UInt32
    private let second: UInt32

    /// An evaluator for a template on activities by their numbers; `Vocabulary.missing` stands for one that the log does not have.
    package init(_ template: DeclareTemplate, _ first: UInt32, _ second: UInt32 = Vocabulary.missing) {
        self.template = template
        self.first = first
        self.second = second
    }

    /// Whether the constraint holds in a sequence.
    ///
    /// - Parameter places: set to where it is violated, in order: the occurrences that activate it and find no fulfilment, or those that should
    ///   not be there; none where something is missing altogether.
    package func verdict(_ trace: UnsafeBufferPointer<UInt32>, places: inout [Int]) -> ConstraintVerdict {
        places.removeAll(keepingCapacity: true)
        var (countA, countB) = (0, 0)
        for activity in trace {
            countA += activity == first ? 1 : 0
            countB += activity == second ? 1 : 0
        }
        let isActivated =
            switch template.activation {
            case .always: true
            case .first: countA > 0
            case .second: countB > 0
            case .either: countA + countB > 0
            }
        if !isActivated { return .vacuous }
        return holds(trace, countA, countB, &places) ? .satisfied : .violated
    }

    /// Whether it holds where it is activated.
    private func holds(_ trace: UnsafeBufferPointer<UInt32>, _ countA: Int, _ countB: Int, _ places: inout [Int]) -> Bool {
        switch template {
        case .existence: return countA > 0
        case .absence: mark(trace, &places) { _, activity in activity == first }
        case .atMostOne, .exactlyOne:
            var isFurther = false
            mark(trace, &places) { _, activity in
                if activity != first { return false }
                defer { isFurther = true }
                return isFurther
            }
            return template == .atMostOne ? countA <= 1 : countA == 1
        case .`init`:
            if trace.first != first && !trace.isEmpty { places.append(0) }
            return trace.first == first
        case .end:
            if trace.last != first && !trace.isEmpty { places.append(trace.count - 1) }
            return trace.last == first
        case .choice: return countA + countB > 0
        case .exclusiveChoice:
            if countA > 0 && countB > 0 { markEither(trace, &places) }
            return (countA > 0) != (countB > 0)
        case .notCoExistence: if countA > 0 && countB > 0 { markEither(trace, &places) }
        case .respondedExistence: if countB == 0 { markEither(trace, &places) }
        case .coExistence: if countA == 0 || countB == 0 { markEither(trace, &places) }
        case .response: markResponse(trace, &places)
        case .precedence: markPrecedence(trace, &places)
        case .alternateResponse: markAlternateResponse(trace, &places)
        case .alternatePrecedence: markAlternatePrecedence(trace, &places)
        case .chainResponse: markChainResponse(trace, &places)
        case .chainPrecedence: markChainPrecedence(trace, &places)
        case .succession:
            markResponse(trace, &places)
            markPrecedence(trace, &places)
        case .alternateSuccession:
            markAlternateResponse(trace, &places)
            markAlternatePrecedence(trace, &places)
        case .chainSuccession:
            markChainResponse(trace, &places)
            markChainPrecedence(trace, &places)
        case .notSuccession:
            var isBehind = false
            mark(trace, &places) { _, activity in
                defer { if activity == first { isBehind = true } }
                return isBehind && activity == second
            }
        case .notChainSuccession: mark(trace, &places) { place, activity in activity == second && place > 0 && trace[place - 1] == first }
        }
        places.sort()
        return places.isEmpty
    }

    private func mark(_ trace: UnsafeBufferPointer<UInt32>, _ places: inout [Int], _ isWrong: (Int, UInt32) -> Bool) {
        for (place, activity) in trace.enumerated() where isWrong(place, activity) { places.append(place) }
    }

    private func markEither(_ trace: UnsafeBufferPointer<UInt32>, _ places: inout [Int]) {
        mark(trace, &places) { _, activity in activity == first || activity == second }
    }

    private func markResponse(_ trace: UnsafeBufferPointer<UInt32>, _ places: inout [Int]) {
        let last = trace.lastIndex(of: second) ?? -1
        mark(trace, &places) { place, activity in activity == first && place > last }
    }

    private func markPrecedence(_ trace: UnsafeBufferPointer<UInt32>, _ places: inout [Int]) {
        let start = trace.firstIndex(of: first) ?? trace.count
        mark(trace, &places) { place, activity in activity == second && place < start }
    }

    private func markAlternateResponse(_ trace: UnsafeBufferPointer<UInt32>, _ places: inout [Int]) {
        var open = -1
        for (place, activity) in trace.enumerated() {
            if activity == second { open = -1 }
            if activity == first {
                if open >= 0 { places.append(open) }
                open = place
            }
        }
        if open >= 0 { places.append(open) }
    }

    private func markAlternatePrecedence(_ trace: UnsafeBufferPointer<UInt32>, _ places: inout [Int]) {
        var isOpen = false
        mark(trace, &places) { _, activity in
            if activity == first { isOpen = true }
            if activity != second { return false }
            defer { isOpen = false }
            return !isOpen
        }
    }

    private func markChainResponse(_ trace: UnsafeBufferPointer<UInt32>, _ places: inout [Int]) {
        mark(trace, &places) { place, activity in activity == first && (place + 1 == trace.count || trace[place + 1] != second) }
    }

    private func markChainPrecedence(_ trace: UnsafeBufferPointer<UInt32>, _ places: inout [Int]) {
        mark(trace, &places) { place, activity in activity == second && (place == 0 || trace[place - 1] != first) }
    }
}
