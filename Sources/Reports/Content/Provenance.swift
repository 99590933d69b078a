package import EventLogs
package import WorkingTime

/// What a result rests on: enough to make the same result again.
package struct Provenance: Codable, Sendable, Equatable {
    /// One input.
    package struct Input: Codable, Sendable, Equatable {
        /// The file's own name, without its folder.
        package var name: String
        /// The SHA-256 of its bytes as they were read, in hexadecimal digits.
        package var sha256: String

        /// An input with its checksum.
        package init(name: String, sha256: String) {
            self.name = name
            self.sha256 = sha256
        }
    }

    /// Which time was measured.
    package enum Clock: String, Codable, Sendable {
        /// Every hour counts.
        case elapsed
        /// Only the hours of a calendar count.
        case working

        /// The clock of a log that is measured by a calendar, or by none.
        package init(_ calendar: SiteCalendar?) { self = calendar == nil ? .elapsed : .working }
    }

    /// The tool's name.
    package var tool: String
    /// The tool's version.
    package var version: String
    /// The inputs in the order given.
    package var inputs: [Input]
    /// The filters in the order they were applied, as they were typed.
    package var filters: [String]
    /// The calendar's name.
    package var calendar: String?
    /// The seed of everything random.
    package var seed: UInt64
    /// Which time was measured.
    package var clock: Clock
    /// How events were counted.
    package var counting: InstanceCounting
    /// The classifier that says what the activity is; `nil` for the log's own activity names.
    package var classifier: String?
    /// The instant that parts before from after, where one log serves for both.
    package var split: String?
    /// Rules of data quality whose findings the user accepted, so that they forbid nothing.
    package var accepted: [LogFinding.Rule]

    /// The provenance with these parts.
    package init(
        tool: String = "weir", version: String, inputs: [Input], filters: [String] = [], calendar: String? = nil, seed: UInt64 = 1,
        clock: Clock = .elapsed, counting: InstanceCounting = .instances, classifier: String? = nil, split: String? = nil,
        accepted: [LogFinding.Rule] = []
    ) {
        self.tool = tool
        self.version = version
        self.inputs = inputs
        self.filters = filters
        self.calendar = calendar
        self.seed = seed
        self.clock = clock
        self.counting = counting
        self.classifier = classifier
        self.split = split
        self.accepted = accepted
    }
}
