import EventLogs
import Instants
import Statistics

/// How every single case fared between two activities over time: the lines of the performance spectrum.
///
/// For a segment (a directly followed by b) each step is a line from the completion of a to the start of b (to its completion where the
/// start is unknown), in one of four classes by the quartiles of the segment's times. Steps that overlap (negative times) are counted
/// and are no lines. Denisov, Fahland, van der Aalst: "Unbiased, Fine-Grained Description of Processes Performance from Event Data", BPM
/// 2018, doi:10.1007/978-3-319-98648-7_9.
package struct PerformanceSpectrum: Encodable, Sendable, Equatable {
    /// What may be told.
    package struct Options: Sendable {
        /// How many segments are shown, those that hold most time first.
        package var segments: Int
        /// The segments to show, in this order; `nil` for those that hold most time.
        package var named: [(source: String, target: String)]?
        /// How many lines of a segment are kept; of more, as many at equal distances in the order of their starts.
        package var lines: Int
        /// How many bins of time there are at most.
        package var bins: Int

        /// These options.
        package init(
            segments: Int = 8, named: [(source: String, target: String)]? = nil, lines: Int = 4_000, bins: Int = 60
        ) {
            self.segments = segments
            self.named = named
            self.lines = lines
            self.bins = bins
        }
    }

    /// One case between two activities.
    package struct Line: Encodable, Sendable, Equatable {
        /// The case.
        package var caseName: String
        /// When a was completed, in seconds after ``PerformanceSpectrum/origin``.
        package var startS: Double
        /// When b began, likewise.
        package var endS: Double
        /// 1 for the fastest quarter of the segment, 4 for the slowest.
        package var quartile: Int

        private enum CodingKeys: String, CodingKey {
            case caseName = "case"
            case startS, endS, quartile
        }
    }

    /// What happened on a segment in one bin of time.
    package struct Bin: Encodable, Sendable, Equatable {
        /// Its beginning, in seconds after ``PerformanceSpectrum/origin``.
        package var fromS: Double
        /// Lines that begin in it.
        package var started: Int
        /// Lines that end in it.
        package var ended: Int
        /// Lines that are under way at its beginning, by their class.
        package var pending: [Int]
        /// The median time of the lines that begin in it; nil where none does.
        package var medianS: Double?
    }

    /// Two activities of which the one directly follows the other.
    package struct Segment: Encodable, Sendable, Equatable {
        /// The activity before.
        package var source: String
        /// The activity after.
        package var target: String
        /// Its steps.
        package var count: Int
        /// Steps that overlap or lack a time, which are no lines.
        package var left: Int
        /// The sum of its lines' times in seconds.
        package var totalS: Double
        /// The quartiles of its lines' times in seconds: the bounds of the classes; empty without lines.
        package var quartilesS: [Double]
        /// The share of lines that a later one overtakes (it begins later and ends earlier): 0 for first come, first served; nil without lines.
        package var overtakenShare: Double?
        /// The share of lines that end together with others that began apart: at least three whose ends are at most a minute one behind the
        /// other and whose starts lie ten times as far apart. They were gathered and released, as batches are. Nil without lines.
        package var convergingShare: Double?
        /// How many such groups there are.
        package var convergingGroups: Int
        /// Bins of equal length over the log's time.
        package var bins: [Bin]
        /// The lines in the order of their starts, then ends, then cases; not all of them where ``isSampled``.
        package var lines: [Line]
        /// Whether lines were left out.
        package var isSampled: Bool
        /// The filter that selects its cases.
        package var filter: String
    }

    /// The log's first time: microseconds; 0 where it has none.
    package var origin: Int64
    /// The offset of the log's clock: seconds east of UTC.
    package var offsetS: Int
    /// From the first to the last time, in seconds.
    package var lengthS: Double
    /// The length of a bin in seconds: a whole number of hours, days or weeks where they last that long.
    package var binS: Double
    /// The segments that are shown.
    package var segments: [Segment]
    /// How many others there are.
    package var omitted: Int

    private enum CodingKeys: String, CodingKey {
        case origin, offsetS, lengthS, binS, segments, omitted
    }

    /// Writes ``origin`` as an instant.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(Instant(microseconds: origin).iso8601(offset: offsetS), forKey: .origin)
        try container.encode(offsetS, forKey: .offsetS)
        try container.encode(lengthS, forKey: .lengthS)
        try container.encode(binS, forKey: .binS)
        try container.encode(segments, forKey: .segments)
        try container.encode(omitted, forKey: .omitted)
    }
}
