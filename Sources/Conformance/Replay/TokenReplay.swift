package import EventLogs
package import ProcessModels

/// A log replayed on a net, token by token (Rozinat, van der Aalst 2008, doi:10.1016/j.is.2007.07.001; silent transitions searched for
/// as the aim of Berti, van der Aalst: "Reviving token-based replay", ATAED 2019, but over all markings that explain a trace so far).
///
/// A trace that the net allows has fitness 1. Activities that no transition carries are passed over and told apart.
///
/// ```swift
/// let replay = try TokenReplay(of: log, on: net)
/// replay.places.first?.tokens.missing  // where the net was not ready most often
/// ```
package struct TokenReplay: Sendable {
    /// One variant.
    package struct Variant: Sendable, Equatable {
        /// The tokens of one case.
        package var tokens: TokenCounts
        /// Instances whose activity no transition carries.
        package var unknown: Int
        /// Instances that the net was not ready for.
        package var forced: Int

        /// Whether the net allows it as it is.
        package var fits: Bool { tokens.missing == 0 && tokens.remaining == 0 && unknown == 0 }
    }

    /// One place, over all cases.
    package struct Place: Codable, Sendable, Equatable {
        /// Its identifier.
        package var id: String
        /// What it is called; nil where it has no name.
        package var name: String?
        /// Its tokens.
        package var tokens: TokenCounts
        /// Cases in which a token was missing.
        package var missingCases: Int
        /// Cases in which a token remained.
        package var remainingCases: Int
    }

    /// One activity, over all cases.
    package struct Activity: Codable, Sendable, Equatable {
        /// The activity.
        package var name: String
        /// How often it was replayed.
        package var replayed: Int
        /// How often the net was not ready for it, and tokens were put there.
        package var forced: Int
    }

    /// The net, with its activity numbers.
    package let net: CheckedNet
    /// The variants of the log.
    package let variants: VariantIndex
    /// What each variant came to, by rank − 1.
    package let results: [Variant]
    /// The tokens of all cases.
    package let tokens: TokenCounts
    /// How well log and net go together: by tokens over the whole log, as the mean over cases, and as the share of cases without a fault.
    package let fitness: FitnessShares
    /// The places that tokens were missing or remained on: those with most of both first, then by position.
    package let places: [Place]
    /// The activities of the net: those that it was not ready for most often first, then by name.
    package let activities: [Activity]
    /// How often each transition fired in all cases, by position.
    package let firings: [Int]

    /// The replay of a log.
    ///
    /// - Throws: ``CheckedNetError`` where the net cannot be compared with a log.
    package init(of log: EventLog, on net: PetriNet, options: AlignmentOptions = AlignmentOptions()) throws(CheckedNetError) {
        try self.init(VariantIndex(of: log), on: CheckedNet(net, for: log), options: options)
    }

    /// The replay of variants on a net that was made ready for their log.
    package init(_ variants: VariantIndex, on net: CheckedNet, options: AlignmentOptions = AlignmentOptions()) {
        // What a replayer remembers saves more than a thread wins where there is little to do.
        let pieces = max(1, min(options.threads, variants.count / 200))
        let made = Parallel.map(pieces, threads: options.threads) { piece in
            var exact = Replayer(net, reach: .far)
            var forcing = Replayer(net, reach: .near)
            let ranks = variants.count * piece / pieces..<variants.count * (piece + 1) / pieces
            let traces = ranks.map { index in
                let trace = variants.activities(ofRank: index + 1)
                return exact.replay(trace, times: variants.counts[index]) ?? forcing.replay(trace, times: variants.counts[index])
                    ?? Replayer.Trace()
            }
            return (traces: traces, sums: [exact.sums, forcing.sums])
        }
        let results = made.flatMap(\.traces).map { Variant(tokens: $0.tokens, unknown: $0.unknown, forced: $0.forced) }
        var tokens = TokenCounts()
        for (index, result) in results.enumerated() { tokens.add(result.tokens, times: variants.counts[index]) }
        self.net = net
        self.variants = variants
        self.results = results
        self.tokens = tokens
        fitness = Self.shares(results, variants, tokens)
        let sums = made.flatMap(\.sums)
        func total(_ column: (Replayer.Sums) -> [Int]) -> [Int] {
            sums.dropFirst().reduce(column(sums[0])) { zip($0, column($1)).map { $0 + $1 } }
        }
        let firings = total(\.firings)
        self.firings = firings
        let forced = total(\.forced)
        let cases = variants.counts.reduce(0, +)
        places = Self.places(
            net, firings, missing: total(\.missing), remaining: total(\.remaining), missingCases: total(\.missingTraces),
            remainingCases: total(\.remainingTraces), cases: cases)
        var activities: [Activity] = []
        for (number, name) in net.activities.enumerated() {
            let own = net.carriers(of: number)
            if own.isEmpty { continue }
            activities.append(
                Activity(
                    name: name, replayed: own.reduce(0) { $0 + firings[Int($1)] }, forced: own.reduce(0) { $0 + forced[Int($1)] }))
        }
        self.activities = activities.sorted { left, right in
            left.forced != right.forced ? left.forced > right.forced : left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
        }
    }

    /// The result of the case at a position of the log.
    package func result(ofCase position: Int) -> Variant { results[Int(variants.rank[position]) - 1] }

    private static func shares(_ results: [Variant], _ variants: VariantIndex, _ tokens: TokenCounts) -> FitnessShares {
        let cases = variants.counts.reduce(0, +)
        if cases == 0 { return FitnessShares(log: nil, averageTrace: nil, fittingShare: nil) }
        var sum = 0.0
        var fitting = 0
        for (index, result) in results.enumerated() {
            sum += result.tokens.fitness * Double(variants.counts[index])
            if result.fits { fitting += variants.counts[index] }
        }
        return FitnessShares(
            log: tokens.fitness, averageTrace: sum / Double(cases), fittingShare: Double(fitting) / Double(cases))
    }

    private static func places(
        _ net: CheckedNet, _ firings: [Int], missing: [Int], remaining: [Int], missingCases: [Int], remainingCases: [Int], cases: Int
    ) -> [Place] {
        var produced = net.initial.map { $0 * cases }
        var consumed = net.final.map { $0 * cases }
        for (transition, count) in firings.enumerated() {
            for arc in net.inputs.range(transition) { consumed[net.inputs.places[arc]] += net.inputs.weights[arc] * count }
            for arc in net.outputs.range(transition) { produced[net.outputs.places[arc]] += net.outputs.weights[arc] * count }
        }
        let faulty = net.net.places.indices.filter { missing[$0] + remaining[$0] > 0 }
        let ordered = faulty.sorted { (-missing[$0] - remaining[$0], $0) < (-missing[$1] - remaining[$1], $1) }
        return ordered.map { place in
            Place(
                id: net.net.places[place].id, name: net.net.places[place].name,
                tokens: TokenCounts(
                    missing: missing[place], remaining: remaining[place], produced: produced[place], consumed: consumed[place]),
                missingCases: missingCases[place], remainingCases: remainingCases[place])
        }
    }
}
