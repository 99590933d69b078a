import Discovery
package import EventLogs
package import ProcessModels

/// What miners need of a log: how its cases run, whatever their attributes.
package struct MiningBasis: Sendable {
    /// What the numbers in the variants stand for.
    package let names: Vocabulary
    /// The variants.
    package let variants: VariantIndex
    /// Who does what.
    package let roles: ActivityRoles
    /// The times between activities; nil where they were not asked for.
    package let profile: TemporalProfile?
    /// The log itself; nil where it was read piece by piece.
    package let log: EventLog?

    /// What a miner needs of a log.
    package init(of log: EventLog, for miner: ModelMiner) {
        var question = MiningQuestion(for: miner)
        self = question.basis(adding: question.prepare(whole: log))
    }

    fileprivate init(_ variants: VariantIndexTally, _ roles: ActivityRoles, _ profile: TemporalProfile?, _ log: EventLog?) {
        names = variants.names
        self.variants = variants.index()
        self.roles = roles
        self.profile = profile
        self.log = log
    }

    /// How often each activity is done.
    package var instances: [String: Int] {
        let counts = DirectlyFollowsCounts(of: variants, names: names)
        return Dictionary(uniqueKeysWithValues: names.ids.map { (names[$0], counts.activityCounts[Int($0)]) })
    }
}

/// What a miner needs to know.
package struct MiningQuestion: LogQuestion {
    private var variants = VariantIndexTally()
    private var roles = ActivityRoles()
    private var profile: TemporalProfileTally?
    private var whole: EventLog?

    /// The question of a miner.
    package init(for miner: ModelMiner) {
        profile = miner == .temporalProfile ? TemporalProfileTally() : nil
    }

    package mutating func prepare(whole log: EventLog) -> EventLog {
        whole = log
        return log
    }

    package mutating func add(_ part: EventLog, firstCase: Int) {
        variants.add(part)
        roles.add(part)
        profile?.add(part)
    }

    package mutating func answer(_ facts: LogFacts, caseName: (UInt32) -> String) -> MiningBasis { basis }

    fileprivate mutating func basis(adding part: EventLog) -> MiningBasis {
        add(part, firstCase: 0)
        return basis
    }

    private var basis: MiningBasis { MiningBasis(variants, roles, profile?.profile(), whole) }
}
