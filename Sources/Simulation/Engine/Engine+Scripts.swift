/// Cases that follow a script.
extension Engine {
    mutating func beginScript(_ slot: Int32) {
        let script = Int(cases[Int(slot)].script)
        let first = Int(model.firstStep[script])
        let last = Int(model.firstStep[script + 1])
        let pending = state + Int(slot) * model.stride
        for step in first..<last { pending[step - first] = model.steps[step].predecessors }
        if first == last {
            endCase(slot)
            return
        }
        // Held up until all beginnings are enabled, so that a case cannot end between them.
        cases[Int(slot)].live &+= 1
        for step in first..<last where model.steps[step].predecessors == 0 { enable(slot, step: step, after: -1) }
        cases[Int(slot)].live &-= 1
    }

    private mutating func enable(_ slot: Int32, step: Int, after previous: Int32) {
        let own = model.steps[step]
        enable(
            slot, place: Int32(step), activity: own.activity, visit: own.visit, after: previous, performer: own.performer,
            delay: own.delay)
    }

    /// Enables what a complete step was the last to hold up.
    @inline(__always)
    mutating func follow(_ slot: Int32, _ step: Int32, from activity: Int32) {
        let own = model.steps[Int(step)]
        let first = Int(model.firstStep[Int(cases[Int(slot)].script)])
        for place in 0..<Int(own.successorCount) {
            let index = Int(model.successors[Int(own.firstSuccessor) + place])
            let counter = state + (Int(slot) * model.stride + index)
            counter.pointee &-= 1
            if counter.pointee == 0 { enable(slot, step: first + index, after: activity) }
        }
        if cases[Int(slot)].live == 0 { endCase(slot) }
    }
}
