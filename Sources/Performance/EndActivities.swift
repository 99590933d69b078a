package import EventLogs

/// How the activities that end a case were found.
package enum EndRule: String, Codable, Sendable {
    /// The user named them.
    case declared
    /// The log showed them: each closes at least 1 % of the cases and comes last in at least 80 % of the cases that hold it.
    case detected
}

/// The activities with which a case is complete.
package struct EndActivities: Sendable, Equatable {
    /// Their names: as declared, or by descending number of cases they close, then by UTF-8 bytes.
    package let names: [String]
    /// How they were found.
    package let rule: EndRule
    /// Per activity number of the log: whether it is one.
    let isEnd: [Bool]

    /// The declared end activities, or those that the log shows where none are declared.
    ///
    /// Declared names that the log lacks stay in ``names``: they end no case.
    package init(of log: EventLog, declared: [String]?) {
        if let declared {
            self.init(declared: declared, rule: .declared, among: log.activities)
            return
        }
        var tally = EndActivityTally()
        tally.add(log)
        self = tally.ends
    }

    /// These end activities of a log with these activities.
    init(declared names: [String], rule: EndRule, among vocabulary: Vocabulary) {
        var isEnd = [Bool](repeating: false, count: vocabulary.count)
        for name in names {
            if let id = vocabulary.find(name) { isEnd[Int(id)] = true }
        }
        self.names = names
        self.rule = rule
        self.isEnd = isEnd
    }
}

/// What the cases of parts of a log show of the activities that end them, added up.
struct EndActivityTally {
    private var vocabulary = Vocabulary()
    private var closes: [Int] = []
    private var holds: [Int] = []
    /// Per activity: cases without an open instance that it closes.
    private var finishes: [Int] = []
    /// Cases.
    private(set) var cases = 0

    /// Adds the cases of a part.
    mutating func add(_ log: EventLog) {
        let map = vocabulary.numbers(of: log.activities)
        while closes.count < vocabulary.count {
            closes.append(0)
            holds.append(0)
            finishes.append(0)
        }
        var lastSeen = [Int](repeating: -1, count: log.activities.count)
        let instances = log.instances
        for (position, range) in log.instanceRanges.enumerated() where !range.isEmpty {
            for instance in range {
                let id = Int(instances.activity[instance])
                if lastSeen[id] != position {
                    lastSeen[id] = position
                    holds[Int(map[id])] += 1
                }
            }
            let last = Int(map[Int(instances.activity[range.upperBound - 1])])
            closes[last] += 1
            if instances.openCount.isEmpty || instances.openCount[Int(log.caseIDs[position])] == 0 { finishes[last] += 1 }
        }
        cases += log.caseCount
    }

    /// The activities that the cases show to end them.
    var ends: EndActivities {
        let found = vocabulary.ids.filter { id in
            let place = Int(id)
            return closes[place] > 0 && closes[place] * 100 >= cases && closes[place] * 5 >= holds[place] * 4
        }
        let names = found.sorted { left, right in
            closes[Int(left)] != closes[Int(right)] ? closes[Int(left)] > closes[Int(right)] : vocabulary.precedes(left, right)
        }.map { vocabulary[$0] }
        return EndActivities(declared: names, rule: .detected, among: vocabulary)
    }

    /// How many cases are unfinished if these activities end cases.
    func censored(_ ends: EndActivities) -> Int {
        cases - Set(ends.names).reduce(0) { sum, name in sum + (vocabulary.find(name).map { finishes[Int($0)] } ?? 0) }
    }
}
