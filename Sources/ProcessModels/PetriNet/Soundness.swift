/// Whether every case that a net lets begin can end properly: soundness (van der Aalst et al.: "Soundness of workflow nets:
/// classification, decidability, and analysis", Formal Aspects of Computing 23, 2011, doi:10.1007/s00165-010-0161-4), with a run that
/// shows it where it cannot.
///
/// All markings that can be reached are gone through, shortest runs first. A run on which a marking grows (Karp, Miller: "Parallel
/// program schemata", Journal of Computer and System Sciences 3, 1969, doi:10.1016/S0022-0000(69)80011-5) shows that they have no end.
/// Where they are many, the net is first reduced by rules that keep soundness (see ``PetriNet/reduced()``) and tried so; what is not settled
/// when there are too many is unknown.
package struct Soundness: Sendable, Equatable {
    /// How far to look.
    package struct Options: Sendable, Equatable {
        /// So many markings are looked at, fewer where the net has so many places that they would take more than 20 million numbers.
        package var mostMarkings = 200_000

        /// The defaults.
        package init() {}
    }

    /// The answer to a question.
    package enum Answer: String, Sendable, Equatable, Codable {
        /// It is so.
        case holds
        /// It is not so.
        case violated
        /// There are too many markings to tell.
        case unknown
    }

    /// A run of the net from its initial marking.
    package struct Run: Sendable, Equatable {
        /// The transitions that fire, by their positions.
        package var transitions: [Int]
        /// The marking it leads to.
        package var marking: Marking
    }

    /// Whether it is a workflow net.
    package let structure: WorkflowNetCheck
    /// Whether a final marking can be reached from every marking.
    package private(set) var optionToComplete = Answer.unknown
    /// A shortest run to where no final marking can be reached any more; where there is never one, to where nothing can fire, if that happens.
    package private(set) var stuck: Run?
    /// Whether nothing is left over when a final marking is reached.
    package private(set) var properCompletion = Answer.unknown
    /// A shortest run to a marking that holds a final one and more.
    package private(set) var leftover: Run?
    /// Whether every transition can fire.
    package private(set) var noDeadTransitions = Answer.unknown
    /// The transitions that can never fire, where that is known.
    package private(set) var deadTransitions: [Int] = []
    /// Whether there is an end to the tokens.
    package private(set) var boundedness = Answer.unknown
    /// A run to a marking from where the transitions of ``growth`` can fire again and again, each time with more tokens left.
    package private(set) var unbounded: Run?
    /// What can be repeated without end.
    package private(set) var growth: [Int] = []
    /// The most tokens on any place at any time, where that is known.
    package private(set) var bound: Int?
    /// How many markings were looked at.
    package private(set) var markings = 0
    /// Whether these were all, of the net itself or of the reduced one.
    package private(set) var isComplete = false

    /// Whether the net is sound: a workflow net of which all four hold.
    package var verdict: Answer {
        let answers = [optionToComplete, properCompletion, noDeadTransitions, boundedness]
        if !structure.isWorkflowNet || answers.contains(.violated) { return .violated }
        return answers.contains(.unknown) ? .unknown : .holds
    }

    /// Checks a net.
    package init(of net: PetriNet, options: Options = Options()) {
        structure = WorkflowNetCheck(of: net)
        var few = options
        few.mostMarkings = min(options.mostMarkings, 2_000)
        explore(net, few)
        if isComplete || boundedness == .violated { return }
        // There are many: perhaps few of the reduced net, which then shows what all the others would.
        if verdict == .unknown, holdsReduced(net, options) {
            (optionToComplete, properCompletion, noDeadTransitions, boundedness) = (.holds, .holds, .holds, .holds)
            isComplete = true
            return
        }
        if markings == few.mostMarkings { explore(net, options) }
    }

    /// Whether the net without labels, reduced, is sound.
    private func holdsReduced(_ net: PetriNet, _ options: Options) -> Bool {
        var plain = net
        for transition in plain.transitions.indices { plain.transitions[transition].label = nil }
        plain = plain.reduced()
        if plain.transitions.count == net.transitions.count { return false }
        var again = self
        again.explore(plain, options)
        return again.verdict == .holds
    }

    private mutating func explore(_ net: PetriNet, _ options: Options) {
        var search = MarkingSearch(net, most: min(options.mostMarkings, 20_000_000 / max(1, net.places.count)))
        search.run()
        markings = search.count
        isComplete = search.isComplete
        if let growing = search.growing {
            boundedness = .violated
            unbounded = search.run(to: growing.from)
            growth = Array(search.run(to: growing.to).transitions.dropFirst(search.run(to: growing.from).transitions.count))
        } else if isComplete {
            boundedness = .holds
            bound = search.bound
        }
        let dead = search.unfired
        if dead.isEmpty { noDeadTransitions = .holds }
        if isComplete, !dead.isEmpty {
            noDeadTransitions = .violated
            deadTransitions = dead
        }
        if let number = search.firstLeftover {
            properCompletion = .violated
            leftover = search.run(to: number)
        } else if isComplete {
            properCompletion = .holds
        }
        if let number = search.firstStuck() {
            optionToComplete = .violated
            stuck = search.run(to: number)
        } else if isComplete {
            optionToComplete = .holds
        }
    }
}
