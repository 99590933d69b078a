import EventLogs
import Foundation
import Indicators
import Instants
import LogFormats
import Logging
import Reports
import Workbench

extension LogOptions {
    /// Opens a log as these options say; `-` is standard input.
    ///
    /// - Parameter analyses: what the answer is made of: data that do not bear it are refused, unless their rules are accepted.
    func open(_ path: String, _ session: Session, for analyses: [FindingText.Analysis] = []) throws -> OpenedLog {
        try open(checkedRequest(path, session), session, for: analyses)
    }

    /// Opens a log that was asked for.
    func open(_ request: LogRequest, _ session: Session, for analyses: [FindingText.Analysis]) throws -> OpenedLog {
        session.monitor.begin(request.name)
        session.logger.debug("reading \(request.name)")
        let opened = try OpenedLog(request, monitor: session.monitor)
        session.monitor.begin(request.name)
        session.logger.debug("\(opened.log.caseCount) cases, \(opened.log.eventCount) events")
        tell(opened.unknownActivities, isEmpty: opened.log.caseCount == 0, isFiltered: !opened.filters.isEmpty, session)
        let vetoes = opened.vetoes(touching: analyses)
        if !vetoes.isEmpty { throw Failure(vetoes: vetoes, in: opened.name, rowUnit: opened.log.columns.rowUnit) }
        return opened
    }

    /// What is to be opened.
    func checkedRequest(_ path: String, _ session: Session) throws -> LogRequest {
        // What a verb does not need is not ignored either where it is wrong.
        _ = try endActivities()
        _ = try readRates()
        return try request(path, threads: session.threads)
    }

    /// Says what is odd about a log, and refuses data that do not bear the answer.
    func tell(_ facts: LogFacts, _ session: Session, for analyses: [FindingText.Analysis]) throws(Failure) {
        tell(facts.unknownActivities, isEmpty: facts.headline.cases == 0, isFiltered: !facts.filters.isEmpty, session)
        let vetoes = facts.vetoes(touching: analyses)
        if !vetoes.isEmpty { throw Failure(vetoes: vetoes, in: facts.name, rowUnit: facts.rowUnit) }
    }

    private func tell(_ unknown: [OpenedLog.UnknownActivity], isEmpty: Bool, isFiltered: Bool, _ session: Session) {
        for activity in unknown {
            let english = activity.nearest.map { "; did you mean “\($0)”?" } ?? ""
            let chinese = activity.nearest.map { "；是否想写“\($0)”？" } ?? ""
            session.note(
                "the filter names the activity “\(activity.name)”, which the log does not have\(english)",
                "过滤条件中的活动“\(activity.name)”在日志中不存在\(chinese)")
        }
        if !isEmpty { return }
        if isFiltered {
            session.note("no case is left after the filters", "过滤后没有剩余案例")
        } else {
            session.note("the log holds no case", "日志中没有案例")
        }
    }

    /// Which files these options read besides the log, so that none is overwritten.
    var files: [String] { [map, filterFile, rates].compactMap { $0 } }

    /// The clock of times without an offset, or `nil` where none was chosen.
    func zone() throws -> TimeZoneChoice? {
        try timezone.map { try TimeZoneChoice(parsing: $0) }
    }

    /// The rates, or `nil` where none were given.
    func readRates() throws -> Rates? {
        guard let rates else { return nil }
        let text = try Self.text(of: rates)
        do {
            return try RatesFile.rates(parsing: text)
        } catch {
            throw Failure(rates: error, in: Self.name(rates))
        }
    }

    /// The cost of each case, or `nil` where nothing tells it.
    func costs(of log: EventLog) throws -> [Double?]? {
        CaseCosts.of(log, rates: try readRates())?.map { $0.isNaN ? nil : $0 }
    }

    /// Says which names in the rates no log has.
    func warn(of rates: Rates, in logs: [OpenedLog], _ session: Session) {
        let unknown = logs.map { rates.unknownNames(in: $0.log) }
        for role in unknown[0].roles where unknown.allSatisfy({ $0.roles.contains(role) }) {
            session.note("the rates name the role “\(role)”, which the log does not have", "费率中的角色“\(role)”在日志中不存在")
        }
        for activity in unknown[0].activities where unknown.allSatisfy({ $0.activities.contains(activity) }) {
            session.note("the rates name the activity “\(activity)”, which the log does not have", "费率中的活动“\(activity)”在日志中不存在")
        }
    }

    /// Standard input can be read only once.
    static let repeatedStandardInput = Failure(
        .usage, Phrase("standard input can be only one of the logs", "标准输入只能用作其中一个日志"),
        advice: Phrase("save the other as a file", "请把另一个保存为文件"))

    private func request(_ path: String, threads: Int) throws -> LogRequest {
        var options = ReadOptions()
        options.mapping = try map.map { file in try ColumnMapping(yaml: Self.text(of: file), fileName: Self.name(file)) }
        options.encoding = encoding
        options.delimiter = try delimiterByte()
        options.sheet = sheet
        options.unpackLimit = unpackLimit?.bytes
        options.zone = try zone()
        options.classifier = classifier
        options.counting = count
        options.threads = threads
        var caseFilters = filter.map { LogRequest.FilterSource(name: "--filter", text: $0) }
        if let filterFile {
            caseFilters.append(LogRequest.FilterSource(name: Self.name(filterFile), text: try Self.text(of: filterFile)))
        }
        return LogRequest(
            source: path == "-" ? .standardInput : .file(URL(filePath: path)), reading: options, caseFilters: caseFilters,
            eventFilters: filterEvents.map { LogRequest.FilterSource(name: "--filter-events", text: $0) }, accepted: try acceptedRules())
    }

    private static func name(_ path: String) -> String { URL(filePath: path).lastPathComponent }

    /// The text of a small file that people write.
    static func text(of path: String) throws(Failure) -> String {
        let bytes: Data
        do {
            bytes = try Data(contentsOf: URL(filePath: path))
        } catch {
            throw Failure(
                .noInput, file: name(path), Phrase("cannot be read", "无法读取"),
                advice: Phrase("see that the file exists and may be read", "请确认文件存在且可读"))
        }
        guard var text = String(validating: bytes, as: UTF8.self) else {
            throw Failure(
                .badData, file: name(path), Phrase("is no UTF-8 text", "不是 UTF-8 文本"),
                advice: Phrase("save it as UTF-8", "请另存为 UTF-8"))
        }
        if text.hasPrefix("\u{FEFF}") { text.removeFirst() }
        return text
    }
}
