package import EventLogs
package import Foundation
import Instants
package import LogFormats
package import Reports
import WorkingTime

/// Which log to open, how to read it and what to keep of it.
package struct LogRequest: Sendable {
    /// Where the log is.
    package enum Source: Sendable, Equatable {
        /// A file.
        case file(URL)
        /// Standard input.
        case standardInput
    }

    /// Text of a filter with the name of where it was written: an option, or a file.
    package struct FilterSource: Sendable, Equatable {
        /// The option's or the file's name.
        package var name: String
        /// The expression.
        package var text: String

        /// A filter's text.
        package init(name: String, text: String) {
            self.name = name
            self.text = text
        }
    }

    /// Where the log is.
    package var source: Source
    /// Which log, where the source holds several; `nil` where it holds one.
    package var logName: String?
    /// How to read it.
    package var reading: ReadOptions
    /// Filters of cases, applied first and in this order.
    package var caseFilters: [FilterSource]
    /// Filters of events, applied to the cases that are left.
    package var eventFilters: [FilterSource]
    /// Rules of data quality whose findings shall forbid no answer.
    package var accepted: Set<LogFinding.Rule>
    /// When the place works, where durations are to be counted in working time.
    package var calendars: WorkCalendars?

    /// A request with these parts.
    package init(
        source: Source, logName: String? = nil, reading: ReadOptions = ReadOptions(), caseFilters: [FilterSource] = [],
        eventFilters: [FilterSource] = [],
        accepted: Set<LogFinding.Rule> = [], calendars: WorkCalendars? = nil
    ) {
        self.source = source
        self.logName = logName
        self.reading = reading
        self.caseFilters = caseFilters
        self.eventFilters = eventFilters
        self.accepted = accepted
        self.calendars = calendars
    }

    /// The name to call the log by: the file's own, or `-` for standard input.
    package var name: String {
        switch source {
        case .file(let url): url.lastPathComponent
        case .standardInput: "-"
        }
    }
}

/// A filter that cannot be used, with the name of where it was written.
package struct FilterSourceError: Error {
    /// The option's or the file's name.
    package let source: String
    /// What is wrong with it.
    package let error: FilterError
}

/// A log that was read, understood and narrowed as asked, with what results made of it rest on.
package struct OpenedLog: Sendable {
    /// The log's name: the file's own, or `-` for standard input.
    package let name: String
    /// The log after all filters.
    package let log: EventLog
    /// How the file was understood.
    package let source: SourceDescription
    /// The names and checksums of the files that the log was read from, now or when it was imported.
    package let inputs: [Provenance.Input]
    /// The workspace that holds the log, and what it is called there; `nil` where it was read from a file of its own.
    package let stored: StoredPlace?
    /// The filters in the order in which they were applied, in their canonical spelling.
    package let filters: [String]
    /// Activities that a filter names and the log does not have, with the nearest that it has.
    package let unknownActivities: [UnknownActivity]
    /// Rules of data quality whose findings forbid no answer.
    package let accepted: Set<LogFinding.Rule>
    /// The file that was read, where it can be read again.
    package let file: URL?
    /// When the place works, where durations are counted in working time.
    package let calendars: WorkCalendars?
    private let classifier: String?

    /// Where a workspace holds a log.
    package struct StoredPlace: Sendable, Equatable {
        /// The workspace's file.
        package let workspace: URL
        /// The log's name in it.
        package let log: String
    }

    /// An activity that a filter names and the log does not have.
    package struct UnknownActivity: Sendable, Equatable {
        /// The name in the filter.
        package let name: String
        /// The nearest name in the log.
        package let nearest: String?
    }

    /// Opens a log.
    ///
    /// - Throws: `InputError` where it cannot be read, ``FilterSourceError`` where a filter cannot be used, `CancellationError`
    ///   where the monitor says so.
    package init(_ request: LogRequest, monitor: some WorkMonitor) throws {
        let zone = ZoneClock(request.reading.zone ?? .utc)
        let caseFilters = try request.caseFilters.map { try Self.parsed($0, zone) }
        let eventFilters = try request.eventFilters.map { try Self.parsed($0, zone) }
        let base = try Base(request, monitor)
        name = request.name
        inputs = base.inputs
        stored = base.stored
        file = base.file
        source = base.source
        classifier = request.reading.classifier
        accepted = request.accepted
        calendars = request.calendars
        var log = base.log
        if let calendars = request.calendars {
            // A calendar without a zone has the clock that most times of the log are written by.
            let zone = request.reading.zone ?? .fixed(seconds: log.columns.prevailingOffset)
            log = log.measured(by: calendars.site(orIn: zone))
        }
        var unknown: [UnknownActivity] = []
        for (filter, text) in zip(caseFilters, request.caseFilters) {
            unknown += log.unknownActivities(in: filter).map { UnknownActivity(name: $0.name, nearest: $0.nearest) }
            log = try Self.naming(text.name) { () throws(FilterError) in try log.filtered(cases: filter) }
        }
        for (filter, text) in zip(eventFilters, request.eventFilters) {
            unknown += log.unknownActivities(in: filter).map { UnknownActivity(name: $0.name, nearest: $0.nearest) }
            log = try Self.naming(text.name) { () throws(FilterError) in try log.filtered(events: filter) }
        }
        self.log = log
        filters = (caseFilters + eventFilters).map(\.text)
        unknownActivities = unknown
    }

    /// What is known of the log beside its events.
    package var facts: LogFacts {
        LogFacts(
            name: name, headline: LogHeadline(of: log), source: source, inputs: inputs, stored: stored, filters: filters,
            unknownActivities: unknownActivities, accepted: accepted, counting: log.counting, classifier: classifier,
            rowUnit: log.columns.rowUnit, file: file, calendar: log.clock.calendar)
    }

    /// What the holiday tables of the log's calendar know nothing of.
    package var calendarGaps: [CalendarGap] { facts.calendarGaps }

    /// Whether a file is a SQLite database, which a workspace is.
    package static func isWorkspace(_ path: String) -> Bool { WorkspaceLog.isWorkspace(URL(filePath: path)) }

    /// The findings about the data that forbid an answer about some analyses.
    package func vetoes(touching analyses: [FindingText.Analysis]) -> [LogFinding] {
        DataVeto.vetoes(log.findings, touching: analyses, accepting: accepted, isByCalendar: calendars != nil)
    }

    /// What a result made of this log alone rests on.
    package func provenance(seed: Int) -> Provenance {
        Self.provenance(of: [self], seed: seed)
    }

    /// What a result made of the log and another file rests on.
    package func provenance(seed: Int, beside input: Provenance.Input) -> Provenance {
        var provenance = provenance(seed: seed)
        provenance.inputs.append(input)
        return provenance
    }

    /// What a result made of some logs, all opened with the same options, rests on.
    ///
    /// - Parameter split: the instant at which one log was split, in ISO 8601.
    package static func provenance(of logs: [OpenedLog], seed: Int, split: String? = nil) -> Provenance {
        precondition(!logs.isEmpty, "a result rests on a log")
        return Provenance(
            version: ToolVersion.current, inputs: logs.flatMap(\.inputs), filters: logs[0].filters,
            calendar: logs[0].log.clock.calendar?.name, seed: UInt64(seed), clock: Provenance.Clock(logs[0].log.clock.calendar),
            counting: logs[0].log.counting, classifier: logs[0].classifier, split: split,
            accepted: LogFinding.Rule.allCases.filter(logs[0].accepted.contains))
    }

    static func parsed(_ source: LogRequest.FilterSource, _ zone: ZoneClock) throws -> LogFilter {
        try naming(source.name) { () throws(FilterError) in try LogFilter(parsing: source.text, zone: zone) }
    }

    static func naming<Result>(_ source: String, _ body: () throws(FilterError) -> Result) throws -> Result {
        do {
            return try body()
        } catch {
            throw FilterSourceError(source: source, error: error)
        }
    }

    static func isRegularFile(_ url: URL) -> Bool {
        let values = try? url.resolvingSymlinksInPath().resourceValues(forKeys: [.isRegularFileKey, .isDirectoryKey])
        return values?.isRegularFile == true || values?.isDirectory == true
    }

    /// The log's one input: the file it was read from or, for a log that was imported from several, all of them.
    package var input: Provenance.Input {
        if inputs.count == 1 { return inputs[0] }
        return Provenance.Input(name: name, sha256: InputDigest.ofList(inputs.map { ($0.name, $0.sha256) }))
    }
}

/// The log of a request before its filters.
private struct Base {
    let log: EventLog
    let source: SourceDescription
    let inputs: [Provenance.Input]
    let stored: OpenedLog.StoredPlace?
    let file: URL?

    init(_ request: LogRequest, _ monitor: some WorkMonitor) throws {
        if case .file(let url) = request.source, WorkspaceLog.isWorkspace(url) {
            let opened = try WorkspaceLog(url, request)
            log = opened.log
            source = opened.source
            inputs = opened.inputs
            stored = OpenedLog.StoredPlace(workspace: url, log: opened.name)
            file = nil
            return
        }
        if let name = request.logName { throw WorkspaceFailure(file: request.name, .logOfNoWorkspace(name)) }
        let read: ReadLog
        let digest: String
        switch request.source {
        case .file(let url) where OpenedLog.isRegularFile(url) || !FileManager.default.fileExists(atPath: url.path):
            read = try LogReader.read(contentsOf: url, named: request.name, options: request.reading, monitor: monitor)
            digest = try InputDigest.ofFile(url, keepGoing: monitor.checkCancellation)
            file = url
        case .file(let url):
            // A pipe or a device gives its bytes only once.
            (read, digest) = try Self.read(FileHandle(forReadingFrom: url), request, monitor)
            file = nil
        case .standardInput:
            (read, digest) = try Self.read(FileHandle.standardInput, request, monitor)
            file = nil
        }
        log = read.log
        source = SourceDescription(read)
        inputs = [Provenance.Input(name: request.name, sha256: digest)]
        stored = nil
    }

    private static func read(
        _ handle: FileHandle, _ request: LogRequest, _ monitor: some WorkMonitor
    ) throws -> (ReadLog, digest: String) {
        var bytes: [UInt8] = []
        var digest = InputDigest()
        while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty {
            piece.withUnsafeBytes { digest.update($0) }
            bytes.append(contentsOf: piece)
            try monitor.checkCancellation()
        }
        let read = try bytes.withUnsafeBytes {
            try LogReader.read(bytes: $0, named: request.name, options: request.reading, monitor: monitor)
        }
        return (read, digest.hexadecimal)
    }
}

extension SourceDescription {
    /// How a read log was understood.
    init(_ read: ReadLog) {
        self.init(
            format: read.format.kind.rawValue, sheet: read.sheet, gzipped: read.format.isGzipped, columns: Self.columns(read.recognised),
            timeFormats: read.timeFormats,
            classifiers: read.log.columns.metadata.classifiers.map(\.name))
    }

    /// The columns that play a role.
    static func columns(_ mapping: ColumnMapping?) -> [Column] {
        guard let mapping else { return [] }
        let roles = [
            ("case", mapping.case), ("activity", mapping.activity), ("timestamp", mapping.timestamp),
            ("timestamp", mapping.timestampClock), ("start", mapping.start), ("start", mapping.startClock),
            ("resource", mapping.resource), ("role", mapping.role), ("department", mapping.department),
            ("lifecycle", mapping.lifecycle), ("cost", mapping.cost),
        ]
        return roles.compactMap { role, column in column.map { Column(role: role, column: $0) } }
    }
}
