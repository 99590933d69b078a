/// On what every part of a fitted model stands: nothing that was assumed goes unsaid.
package struct FitReport: Codable, Sendable, Equatable {
    /// What a part describes.
    package enum Kind: String, Codable, Sendable {
        /// Which activities follow which.
        case controlFlow = "control_flow"
        /// When cases come.
        case arrivals
        /// Who belongs to a role, and how many things a resource does at once.
        case role
        /// When somebody works.
        case hours
        /// How long an activity takes.
        case duration
        /// Waiting that no queue explains.
        case delay
        /// Work that is held back and done at fixed times.
        case batching
    }

    /// How a part was made.
    package enum Method: String, Codable, Sendable {
        /// Whole observed cases, drawn again.
        case cases
        /// The observed instants, replayed week by week.
        case replayed
        /// Bundles of cases with working time between them.
        case bundles
        /// The role that the log names.
        case roleColumn = "role_column"
        /// The department or group that the log names.
        case department
        /// Resources that do the same activities.
        case cluster
        /// Resources that do one thing at a time.
        case limited
        /// Resources that do many things at once: programs, or people whose work overlaps.
        case unlimited
        /// The log names no resources: work never waits for one.
        case noResources = "no_resources"
        /// Weekly hours from starts and completions.
        case weekly
        /// Around the clock.
        case always
        /// Fixed times of the week.
        case weeklyTimes = "weekly_times"
        /// Always the same.
        case fixed = "fix"
        /// Exponential.
        case exponential = "expon"
        /// Uniform.
        case uniform
        /// Normal.
        case normal = "norm"
        /// Log-normal.
        case logNormal = "lognorm"
        /// Gamma.
        case gamma
        /// The observed values.
        case empirical
        /// Observed values that stay with their case.
        case perCase = "per_case"
    }

    /// Which observations a part stands on.
    package enum Basis: String, Codable, Sendable {
        /// Its own.
        case own
        /// Those of the activity, whoever did it.
        case activity
        /// Those of the role.
        case role
        /// Those of the whole log.
        case log
        /// None: it is assumed.
        case assumed
    }

    /// One part of the model.
    package struct Part: Codable, Sendable, Equatable {
        /// What it describes.
        package var kind: Kind
        /// The activity, role or resource it belongs to; nil for the whole process.
        package var name: String?
        /// What tells it from others of that name: the role of a duration, the preceding activity of a delay, `repeated`.
        package var detail: String?
        /// How it was made.
        package var method: Method
        /// Which observations it stands on.
        package var basis: Basis
        /// How many those are.
        package var observations: Int
        /// The mean over held-out observations of the logarithm of their likelihood, where a family of distributions was chosen by it.
        package var heldOutLogLikelihood: Double?
        /// The mean, in seconds, of a time.
        package var meanS: Double?
        /// Hours, in the notation of plans.
        package var hours: String?

        init(
            _ kind: Kind, name: String? = nil, detail: String? = nil, method: Method, basis: Basis = .own, observations: Int,
            heldOutLogLikelihood: Double? = nil, meanS: Double? = nil, hours: String? = nil
        ) {
            self.kind = kind
            self.name = name
            self.detail = detail
            self.method = method
            self.basis = basis
            self.observations = observations
            self.heldOutLogLikelihood = heldOutLogLikelihood
            self.meanS = meanS
            self.hours = hours
        }
    }

    /// Cases of the log.
    package var cases: Int
    /// Cases that are complete; control flow stands on these.
    package var completeCases: Int
    /// Activity instances whose start is unknown: their whole sojourn counts as waiting that no queue explains.
    package var unknownStarts: Int
    /// Activity instances that lie wholly outside the hours of who did them; they count with their elapsed time.
    package var outsideHours: Int
    /// Pairs of activities that run beside each other.
    package var concurrent: [[String]]
    /// Every part.
    package var parts: [Part]
    /// Mean cycle time of the model that scenarios of Prosimos can hold, see ``FittedModel/plain()``, over that of the model with memory,
    /// minus 1; nil where it was not asked for.
    package var memorylessCycleTimeChange: Double?
}
