/// What replaying counts: tokens that were missing when a transition had to fire, left over at the end, produced and consumed.
package struct TokenCounts: Codable, Sendable, Equatable {
    /// Tokens that had to be put on a place for the replay to go on.
    package var missing: Int
    /// Tokens that were left when the case was over.
    package var remaining: Int
    /// Tokens that were put on places, those of the initial marking included.
    package var produced: Int
    /// Tokens that were taken from places, those of the final marking included.
    package var consumed: Int

    /// Counts, by default none.
    package init(missing: Int = 0, remaining: Int = 0, produced: Int = 0, consumed: Int = 0) {
        self.missing = missing
        self.remaining = remaining
        self.produced = produced
        self.consumed = consumed
    }

    /// Half for what was not missing, half for what did not remain: ½ (1 − missing ÷ consumed) + ½ (1 − remaining ÷ produced)
    /// (Rozinat, van der Aalst: "Conformance checking of processes based on monitoring real behavior", Information Systems 33, 2008,
    /// doi:10.1016/j.is.2007.07.001, section 4.1). 1 where nothing was consumed or produced.
    package var fitness: Double {
        if missing == 0 && remaining == 0 { return 1 }
        let lacking = consumed == 0 ? 0 : Double(missing) / Double(consumed)
        let left = produced == 0 ? 0 : Double(remaining) / Double(produced)
        return 0.5 * (1 - lacking) + 0.5 * (1 - left)
    }

    /// Adds counts as often as said.
    mutating func add(_ other: TokenCounts, times: Int = 1) {
        missing += other.missing * times
        remaining += other.remaining * times
        produced += other.produced * times
        consumed += other.consumed * times
    }
}
