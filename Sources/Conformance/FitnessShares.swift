import EventLogs

/// How much of what a log shows a model allows, 0…1; 1 is all of it.
package struct FitnessShares: Codable, Sendable, Equatable {
    /// Over the whole log: deviations against the most there could be, summed over all cases; nil where there are no cases.
    package var log: Double?
    /// The mean of the cases' own fitness; nil where there are no cases.
    package var averageTrace: Double?
    /// The share of the cases that fit without any deviation; nil where there are no cases.
    package var fittingShare: Double?

    /// These shares.
    package init(log: Double?, averageTrace: Double?, fittingShare: Double?) {
        self.log = log
        self.averageTrace = averageTrace
        self.fittingShare = fittingShare
    }

    /// Writes every key; what is unknown is null.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(log, forKey: .log)
        try container.encode(averageTrace, forKey: .averageTrace)
        try container.encode(fittingShare, forKey: .fittingShare)
    }
}

extension FitnessShares {
    /// The fitness of a log that is held against demands one by one.
    ///
    /// - Parameters:
    ///   - held: how many demands are kept, over all cases.
    ///   - said: how many there are, over all cases.
    ///   - cases: the cases' own shares; nil where nothing is demanded.
    ///   - fitting: how many cases keep them all.
    init(held: Int, of said: Int, cases: [Double?], fitting: Int) {
        let known = cases.compactMap(\.self)
        self.init(
            log: said > 0 ? Double(held) / Double(said) : nil,
            averageTrace: known.isEmpty ? nil : known.reduce(0, +) / Double(known.count),
            fittingShare: cases.isEmpty ? nil : Double(fitting) / Double(cases.count))
    }

    /// The fitness that alignments tell: 1 − cost ÷ (length + shortest run).
    ///
    /// Log fitness takes the sums of both over all cases, so that a perfect log has exactly 1.
    init(alignments: [Alignment], _ variants: VariantIndex, shortestRun: Int) {
        var cases = 0
        var fitting = 0
        var cost = 0
        var worst = 0
        var sum = 0.0
        for (index, alignment) in alignments.enumerated() {
            let count = variants.counts[index]
            let own = variants.activities(ofRank: index + 1).count + shortestRun
            cases += count
            cost += alignment.cost * count
            worst += own * count
            if alignment.cost == 0 { fitting += count }
            sum += Double(count) * Alignments.fitness(alignment.cost, own)
        }
        self.init(
            log: cases == 0 ? nil : Alignments.fitness(cost, worst), averageTrace: cases == 0 ? nil : sum / Double(cases),
            fittingShare: cases == 0 ? nil : Double(fitting) / Double(cases))
    }
}
