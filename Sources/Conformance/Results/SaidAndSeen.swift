import EventLogs

/// What a model says and a log shows, activity by activity: the gap list between how a process is described and how it runs.
package struct SaidAndSeen: Codable, Sendable, Equatable {
    /// How an activity of the model or the log fares.
    package enum Verdict: String, Codable, Sendable, CaseIterable {
        /// The model has it, and no case does.
        case neverSeen = "never_seen"
        /// Cases have it, and the model does not.
        case neverSaid = "never_said"
        /// Both have it, but cases do it elsewhere or leave it out.
        case departs
        /// Both have it, always where the model says.
        case agrees
    }

    /// An activity.
    package struct Activity: Codable, Sendable, Equatable {
        /// Its name.
        package var name: String
        /// How it fares.
        package var verdict: Verdict
        /// Instances that come where the model says.
        package var asSaid: Int
        /// Instances that come where the model does not allow them.
        package var inserted: Int
        /// Times the model asks for it and it does not come.
        package var skipped: Int
        /// Cases that have it.
        package var cases: Int
    }

    /// The activities of both, first those never seen, then those never said, then those that depart, by what departs; the names settle ties.
    package var activities: [Activity]

    /// The gap list of alignments.
    package init(_ alignments: Alignments) {
        let names = alignments.net.activities
        var rows = names.map { Activity(name: $0, verdict: .agrees, asSaid: 0, inserted: 0, skipped: 0, cases: 0) }
        var last = [Int](repeating: -1, count: names.count)
        for (index, alignment) in alignments.alignments.enumerated() {
            let count = alignments.variants.counts[index]
            for move in alignment.moves where move.activity != Alignment.Move.none {
                let place = Int(move.activity)
                switch move.kind {
                case .synchronous: rows[place].asSaid += count
                case .inserted: rows[place].inserted += count
                case .skipped: rows[place].skipped += count
                case .silent: continue
                }
                if move.takesInstance && last[place] != index {
                    last[place] = index
                    rows[place].cases += count
                }
            }
        }
        let unknown = Set(alignments.net.unknownActivities)
        for place in rows.indices {
            let row = rows[place]
            if unknown.contains(row.name) {
                rows[place].verdict = .neverSaid
            } else if row.cases == 0 {
                rows[place].verdict = .neverSeen
            } else if row.inserted + row.skipped > 0 {
                rows[place].verdict = .departs
            }
        }
        // A name that neither side has any more, such as one that a filter took from the log.
        rows.removeAll { $0.verdict == .neverSaid && $0.cases == 0 }
        let order: [Verdict] = [.neverSeen, .neverSaid, .departs, .agrees]
        activities = rows.sorted { left, right in
            let (one, other) = (order.firstIndex(of: left.verdict) ?? 0, order.firstIndex(of: right.verdict) ?? 0)
            if one != other { return one < other }
            let (much, more) = (left.inserted + left.skipped, right.inserted + right.skipped)
            if much != more { return much > more }
            return left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
        }
    }
}
