import EventLogs
import ProcessModels

extension CheckedNet {
    /// How often the transitions of the net were used, as a sign that it holds for what was not seen yet: 1 − mean of 1 ÷ √firings, a
    /// transition that never fired counting as one that fired once (Buijs, van Dongen, van der Aalst: "Quality dimensions in process
    /// discovery", International Journal of Cooperative Information Systems 23, 2014, doi:10.1142/S0218843014400012). Nil for a net
    /// without transitions.
    func generalization(_ firings: [Int]) -> Double? {
        let own = firings.prefix(net.transitions.count)
        if own.isEmpty { return nil }
        return 1 - own.reduce(0) { $0 + 1 / Double(max(1, $1)).squareRoot() } / Double(own.count)
    }
}

extension Alignments {
    /// How likely the net is to hold for what was not seen yet, by the runs that the alignments find; nil for a net without transitions.
    package var generalization: Double? {
        var firings = [Int](repeating: 0, count: net.transitionCount)
        for (alignment, count) in zip(alignments, variants.counts) {
            for move in alignment.moves where move.transition != Alignment.Move.none { firings[Int(move.transition)] += count }
        }
        return net.generalization(firings)
    }
}

extension TokenReplay {
    /// How likely the net is to hold for what was not seen yet, by the transitions that were fired; nil for a net without transitions.
    package var generalization: Double? { net.generalization(firings) }
}
