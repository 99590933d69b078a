import Instants

extension ModelFit {
    /// The cases that were under way at an instant at which the log was cut, each going on as a complete case that began alike: what
    /// remains to be done, work that had begun as far as it remains.
    func openCases(at instant: Int64, seed: UInt64) -> [OpenCase] {
        let completion = CaseCompletion(work, complete)
        var isComplete = [Bool](repeating: false, count: work.cases.count)
        for own in complete { isComplete[own.position] = true }
        var result: [OpenCase] = []
        for (position, range) in work.cases.enumerated() where !isComplete[position] && !range.isEmpty {
            let age = instant - work.completion[range.upperBound - 1]
            let donor = completion.donor(for: range, age: age, seed: seed &* 31 &+ UInt64(position))
            // Of each activity the donor repeats as often as the case, the first ones are done.
            var done: [Int: Int] = [:]
            for row in range { done[work.activity[row], default: 0] += 1 }
            let remaining = work.cases[donor].filter { row in
                let activity = work.activity[row]
                guard let count = done[activity], count > 0 else { return true }
                done[activity] = count - 1
                return false
            }
            if remaining.isEmpty { continue }
            let kept = Set(remaining)
            var script = script(work.cases[donor], weight: 1, row: nil, isKept: { kept.contains($0) })
            for place in script.steps.indices where script.steps[place].after.isEmpty {
                // Part of the delay lies behind.
                if let delay = script.steps[place].delay { script.steps[place].delay = max(0, delay - age) }
            }
            result.append(OpenCase(script: script))
        }
        return result
    }
}
