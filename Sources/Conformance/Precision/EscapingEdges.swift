import EventLogs

/// How much of what a net allows the log shows: after each beginning of a trace, the activities that the net allows next and the log never has
/// there escape (Muñoz-Gama, Carmona: "A fresh look at precision in process conformance", BPM 2010, doi:10.1007/978-3-642-15618-2_16).
///
/// Precision is 1 − Σ escaping ÷ Σ allowed over all beginnings that some case continues, each counted once per case that does. Where several
/// markings explain a beginning, what any of them allows counts as allowed.
package struct EscapingEdges: Codable, Sendable, Equatable {
    /// What the net allows after an activity and the log never has, over all beginnings that end with that activity.
    package struct Edge: Codable, Sendable, Equatable {
        /// The activity before; nil at the beginning of a case.
        package var after: String?
        /// The activity that would be allowed.
        package var activity: String
        /// In how many cases it would have been allowed and was never chosen, a case counted once per beginning.
        package var weight: Int
    }

    /// 1 where the net allows nothing but what the log shows; nil where there is nothing to tell.
    package let precision: Double?
    /// Activities allowed after all beginnings.
    package let allowed: Int
    /// Those of them that the log never has there.
    package let escaping: Int
    /// The edges that escape: by descending weight, then by the UTF-8 bytes of the names.
    package let edges: [Edge]

    /// By the runs that alignments find, so that traces that do not fit count as well (Adriansyah et al.: "Measuring precision of modeled
    /// behavior", Information Systems and e-Business Management 13, 2015, doi:10.1007/s10257-014-0234-7, with one optimal alignment each).
    package init(of alignments: Alignments) {
        let silent = CheckedNet.silent
        let labels = alignments.net.labels
        self.init(
            alignments.net,
            zip(alignments.alignments, alignments.variants.counts).map { alignment, count in
                let run = alignment.moves.compactMap { move in
                    move.transition == Alignment.Move.none || labels[Int(move.transition)] == silent ? nil : labels[Int(move.transition)]
                }
                return (run, count)
            })
    }

    /// By the traces themselves; beginnings that the net does not allow are left out.
    package init(of replay: TokenReplay) {
        let variants = replay.variants
        self.init(replay.net, (0..<variants.count).map { (Array(variants.activities(ofRank: $0 + 1)), variants.counts[$0]) })
    }

    /// A beginning of traces.
    private struct Beginning {
        var last: UInt32
        var parent: Int
        /// Cases that go on from here.
        var continued = 0
        /// The activities that come next in the log.
        var next: [UInt32] = []
    }

    private init(_ net: CheckedNet, _ traces: [(activities: [UInt32], count: Int)]) {
        var beginnings = [Beginning(last: CheckedNet.silent, parent: -1)]
        var children = PairTable<Int32>(blank: -1)
        for (activities, count) in traces {
            var at = 0
            for activity in activities {
                beginnings[at].continued += count
                if let known = children[UInt32(at), activity] {
                    at = Int(known)
                    continue
                }
                beginnings[at].next.append(activity)
                children.insert(UInt32(at), activity, Int32(beginnings.count))
                beginnings.append(Beginning(last: activity, parent: at))
                at = beginnings.count - 1
            }
        }
        var replayer = Replayer(net, reach: .far)
        // Beginnings come after those they continue, so that one pass does.
        var sets: [[UInt32]] = []
        sets.reserveCapacity(beginnings.count)
        var allowed = 0
        var escaping = 0
        var weights: [UInt64: Int] = [:]
        for (number, beginning) in beginnings.enumerated() {
            let set = number == 0 ? [MarkingGraph.initial] : replayer.followers(of: sets[beginning.parent], beginning.last)
            sets.append(set)
            if beginning.continued == 0 || set.isEmpty { continue }
            let enabled = replayer.enabledActivities(set)
            allowed += enabled.count * beginning.continued
            for activity in enabled where !beginning.next.contains(activity) {
                escaping += beginning.continued
                weights[UInt64(beginning.last) << 32 | UInt64(activity), default: 0] += beginning.continued
            }
        }
        self.allowed = allowed
        self.escaping = escaping
        precision = allowed == 0 ? nil : 1 - Double(escaping) / Double(allowed)
        edges = weights.map { key, weight in
            let last = UInt32(key >> 32)
            return Edge(
                after: last == CheckedNet.silent ? nil : net.activities[Int(last)],
                activity: net.activities[Int(UInt32(truncatingIfNeeded: key))], weight: weight)
        }.sorted { left, right in
            if left.weight != right.weight { return left.weight > right.weight }
            let (one, two) = (left.after ?? "", right.after ?? "")
            if one != two { return one.utf8.lexicographicallyPrecedes(two.utf8) }
            return left.activity.utf8.lexicographicallyPrecedes(right.activity.utf8)
        }
    }
}
