import Statistics

/// How cases go on that were cut off: as complete ones that began alike.
struct CaseCompletion {
    private let work: ObservedWork
    private let complete: [(position: Int, weight: Double)]
    /// Complete cases by their first activities, for every length.
    private let byBeginning: [[Int]: [Int]]

    /// So many activities from the beginning are compared at most.
    private static let longest = 40

    init(_ work: ObservedWork, _ complete: [(position: Int, weight: Double)]) {
        self.work = work
        self.complete = complete
        var byBeginning: [[Int]: [Int]] = [:]
        for (number, own) in complete.enumerated() {
            var beginning: [Int] = []
            byBeginning[beginning, default: []].append(number)
            for row in work.cases[own.position].prefix(Self.longest) {
                beginning.append(work.activity[row])
                byBeginning[beginning, default: []].append(number)
            }
        }
        self.byBeginning = byBeginning
    }

    /// The position of a complete case to go on with: one of those that share the most activities from the beginning, and of these, where
    /// there are any, one that by then had taken no longer to take its next step; drawn by weight.
    ///
    /// - Parameters:
    ///   - age: microseconds since the last completion of the case, or nil where it says nothing.
    func donor(for range: Range<Int>, age: Int64? = nil, seed: UInt64) -> Int {
        var beginning = range.prefix(Self.longest).map { work.activity[$0] }
        while byBeginning[beginning] == nil { beginning.removeLast() }
        var candidates = byBeginning[beginning] ?? []
        if let age {
            let later = candidates.filter { number in
                let donor = work.cases[complete[number].position]
                let next = donor.lowerBound + beginning.count
                guard next < donor.upperBound, beginning.count > 0 else { return false }
                return work.completion[next] - work.completion[next - 1] > age
            }
            if !later.isEmpty { candidates = later }
        }
        var stream = RandomStream(seed: seed, path: 0xC0DA)
        let total = candidates.reduce(0) { $0 + complete[$1].weight }
        var rest = stream.unit() * total
        for number in candidates {
            rest -= complete[number].weight
            if rest < 0 { return complete[number].position }
        }
        return complete[candidates[candidates.count - 1]].position
    }
}
