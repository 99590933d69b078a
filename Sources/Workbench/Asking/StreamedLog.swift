package import EventLogs
import Foundation
import Instants
import LogFormats
import Reports
import WorkingTime

/// Answers questions about a log that is read piece by piece, so that it may be larger than memory.
///
/// The answers are those that the log would give if it stood in memory. The file is read once, and again for every further look that the
/// question asks for; filters need one more reading, which finds out what there is to be filtered by.
package enum StreamedLog {
    /// The answer to a question, with what it rests on.
    ///
    /// - Parameter pieceSize: how many bytes of the file are read at a time.
    /// - Throws: as ``OpenedLog`` does, and `InputError` where the log cannot be read so.
    package static func ask<Question: LogQuestion>(
        _ question: Question, of request: LogRequest, pieceSize: Int = LogPieceReader.usualSize, monitor: some WorkMonitor
    ) throws -> (facts: LogFacts, answer: Question.Answer) {
        guard case .file(let url) = request.source, OpenedLog.isRegularFile(url) else {
            if case .file(let url) = request.source, !FileManager.default.fileExists(atPath: url.path) {
                throw InputError(file: request.name, .noSuchFile)
            }
            throw InputError(file: request.name, .cannotStream(.notAFile))
        }
        let zone = ZoneClock(request.reading.zone ?? .utc)
        let clock = try clock(of: request)
        let caseFilters = try request.caseFilters.map { (filter: try OpenedLog.parsed($0, zone), source: $0.name) }
        let eventFilters = try request.eventFilters.map { (filter: try OpenedLog.parsed($0, zone), source: $0.name) }
        let filters = (caseFilters + eventFilters).map(\.filter)
        if filters.contains(where: \.needsVariants) { throw InputError(file: request.name, .cannotStream(.variantFilter)) }
        var reader = try LogPieceReader(contentsOf: url, named: request.name, options: request.reading, pieceSize: pieceSize)
        var learnt: [Bool] = []
        var unknown: [OpenedLog.UnknownActivity] = []
        if !filters.isEmpty {
            let schema = PieceTaker(
                SchemaQuestion(), caseFilters: [], eventFilters: [], clock: clock, isStandard: [], countsHeadlines: false)
            _ = try reader.read(to: schema, monitor: monitor)
            learnt = schema.learnt + [Bool](repeating: false, count: eventFilters.count)
            let activities = schema.takeQuestion().activities
            unknown = filters.flatMap { $0.unknownActivities(among: activities) }.map {
                OpenedLog.UnknownActivity(name: $0.name, nearest: $0.nearest)
            }
        }
        var taker = PieceTaker(
            question, caseFilters: caseFilters, eventFilters: eventFilters, clock: clock, isStandard: learnt, countsHeadlines: true)
        let file = try reader.read(to: taker, monitor: monitor)
        let headline = taker.headlines.headline(reading: file.findings, assumedZone: file.assumedZone)
        var answering = taker.takeQuestion()
        while answering.needsAnotherLook() {
            taker = PieceTaker(
                answering, caseFilters: caseFilters, eventFilters: eventFilters, clock: clock, isStandard: taker.learnt,
                countsHeadlines: false)
            _ = try reader.read(to: taker, monitor: monitor)
            answering = taker.takeQuestion()
        }
        let facts = LogFacts(
            name: request.name, headline: headline, source: SourceDescription(file),
            inputs: [Provenance.Input(name: request.name, sha256: try InputDigest.ofFile(url, keepGoing: monitor.checkCancellation))],
            stored: nil,
            filters: filters.map(\.text), unknownActivities: unknown, accepted: request.accepted, counting: request.reading.counting,
            classifier: request.reading.classifier, rowUnit: file.format.kind == .xes ? .event : .line, file: url,
            calendar: clock.calendar)
        return (facts, answering.answer(facts) { file.caseNames[$0] })
    }

    /// The clock of a log whose times are not known yet: it reaches over all days that calendars count on.
    private static func clock(of request: LogRequest) throws(InputError) -> DurationClock {
        guard let calendars = request.calendars else { return .elapsed }
        guard let zone = calendars.zone ?? request.reading.zone else {
            throw InputError(file: request.name, .cannotStream(.calendarWithoutZone))
        }
        return .working(WorkingClock(calendars.site(orIn: zone), days: EventLog.calendarDays))
    }
}

extension SourceDescription {
    /// How a file was understood whose pieces were read.
    fileprivate init(_ file: PiecewiseFile) {
        self.init(
            format: file.format.kind.rawValue, gzipped: file.format.isGzipped, columns: Self.columns(file.recognised),
            timeFormats: file.timeFormats, classifiers: file.classifiers)
    }
}
