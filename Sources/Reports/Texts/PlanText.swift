package import Redesign

/// The changes of a plan in words.
package struct PlanText: Sendable {
    private let words: Words

    /// The words of a language.
    package init(_ language: Language) { words = Words(language) }

    /// A change as a sentence, without signs of any markup.
    package func sentence(_ change: PlannedChange) -> String { words.planned(change).plain() }

    /// What is marked in a picture of a flow that a plan changed.
    package func changes(of flow: RedesignedFlow, by plan: RedesignPlan) -> [String: BPMNPicture.Change] {
        var changes = flow.marks.mapValues { BPMNPicture.Change($0) }
        for (shown, planned) in zip(flow.shown, plan.changes) {
            for element in shown.elements {
                guard let own = changes[element] else { continue }
                changes[element]?.words = [own.words, sentence(planned)].filter { !$0.isEmpty }.joined(separator: " ")
            }
        }
        return changes
    }
}
