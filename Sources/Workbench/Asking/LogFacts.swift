package import EventLogs
package import Foundation
import Instants
import LogFormats
package import Reports
package import WorkingTime

/// Years of a log of which a holiday table knows nothing: there only weekends are off.
package struct CalendarGap: Sendable, Equatable {
    /// The country of the table.
    package let country: String
    /// The years, ascending.
    package let years: [Int]
}

/// What is known of an opened log beside an answer about it: its headline, and what the answer rests on.
package struct LogFacts: Sendable {
    /// The log's name: the file's own, or `-` for standard input.
    package let name: String
    /// Counts, times and findings of the log after all filters.
    package let headline: LogHeadline
    /// How the file was understood.
    package let source: SourceDescription
    /// The names and checksums of the files that the log was read from, now or when it was imported.
    package let inputs: [Provenance.Input]
    /// The workspace that holds the log, and what it is called there; `nil` where it was read from a file of its own.
    package let stored: OpenedLog.StoredPlace?
    /// The filters in the order in which they were applied, in their canonical spelling.
    package let filters: [String]
    /// Activities that a filter names and the log does not have, with the nearest that it has.
    package let unknownActivities: [OpenedLog.UnknownActivity]
    /// Rules of data quality whose findings forbid no answer.
    package let accepted: Set<LogFinding.Rule>
    /// How events were counted as instances.
    package let counting: InstanceCounting
    /// What the activity was said to be.
    package let classifier: String?
    /// What tells where an event stands in its source.
    package let rowUnit: EventColumns.RowUnit
    /// The file that was read, where it can be read again.
    package let file: URL?
    /// The calendar whose hours count in durations; `nil` where every hour does.
    package let calendar: SiteCalendar?

    /// What a result made of this log alone rests on.
    package func provenance(seed: Int) -> Provenance {
        Provenance(
            version: ToolVersion.current, inputs: inputs, filters: filters, calendar: calendar?.name, seed: UInt64(seed),
            clock: Provenance.Clock(calendar), counting: counting, classifier: classifier, split: nil,
            accepted: LogFinding.Rule.allCases.filter(accepted.contains))
    }

    /// The findings about the data that forbid an answer about some analyses.
    package func vetoes(touching analyses: [FindingText.Analysis]) -> [LogFinding] {
        DataVeto.vetoes(headline.findings, touching: analyses, accepting: accepted, isByCalendar: calendar != nil)
    }

    /// What the calendar's holiday tables know nothing of.
    package var calendarGaps: [CalendarGap] {
        guard let calendar, let range = headline.timeRange else { return [] }
        let year = { (instant: Instant) in
            CivilDate(daysSinceEpoch: Int(instant.microseconds.flooredQuotient(by: Microseconds.day))).year
        }
        let first = min(max(year(range.lowerBound), 1900), 2199)
        return calendar.uncoveredYears(first...max(first, min(year(range.upperBound), 2199))).map {
            CalendarGap(country: $0.country, years: $0.years)
        }
    }
}
