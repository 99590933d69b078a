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
        let vocabulary = log.activities
        var isEnd = [Bool](repeating: false, count: vocabulary.count)
        if let declared {
            for name in declared {
                if let id = vocabulary.find(name) { isEnd[Int(id)] = true }
            }
            names = declared
            rule = .declared
            self.isEnd = isEnd
            return
        }
        var closes = [Int](repeating: 0, count: vocabulary.count)
        var holds = [Int](repeating: 0, count: vocabulary.count)
        var lastSeen = [Int](repeating: -1, count: vocabulary.count)
        let activity = log.instances.activity
        for (position, range) in log.instanceRanges.enumerated() where !range.isEmpty {
            for instance in range {
                let id = Int(activity[instance])
                if lastSeen[id] != position {
                    lastSeen[id] = position
                    holds[id] += 1
                }
            }
            closes[Int(activity[range.upperBound - 1])] += 1
        }
        let found = vocabulary.ids.filter { id in
            let place = Int(id)
            return closes[place] > 0 && closes[place] * 100 >= log.caseCount && closes[place] * 5 >= holds[place] * 4
        }
        for id in found { isEnd[Int(id)] = true }
        names = found.sorted { left, right in
            closes[Int(left)] != closes[Int(right)] ? closes[Int(left)] > closes[Int(right)] : vocabulary.precedes(left, right)
        }.map { vocabulary[$0] }
        rule = .detected
        self.isEnd = isEnd
    }
}
