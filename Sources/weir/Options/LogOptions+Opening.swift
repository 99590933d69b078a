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
    /// - Parameters:
    ///   - place: which of a verb's logs it is, from 0.
    ///   - analyses: what the answer is made of: data that do not bear it are refused, unless their rules are accepted.
    func open(_ path: String, _ session: Session, place: Int = 0, for analyses: [FindingText.Analysis] = []) throws -> OpenedLog {
        try open(checkedRequest(path, session, place: place), session, place: place, for: analyses)
    }

    /// Opens a log that was asked for.
    func open(_ request: LogRequest, _ session: Session, place: Int = 0, for analyses: [FindingText.Analysis]) throws -> OpenedLog {
        session.monitor.begin(request.name)
        session.logger.debug("reading \(request.name)")
        let opened = try OpenedLog(request, monitor: session.monitor)
        if place == 0 { try checkRecord(opened.stored, opened.name) }
        session.monitor.begin(request.name)
        session.logger.debug("\(opened.log.caseCount) cases, \(opened.log.eventCount) events")
        tell(opened.unknownActivities, isEmpty: opened.log.caseCount == 0, isFiltered: !opened.filters.isEmpty, session)
        tell(opened.calendarGaps, session)
        let vetoes = opened.vetoes(touching: analyses)
        if !vetoes.isEmpty { throw Failure(vetoes: vetoes, in: opened.name, rowUnit: opened.log.columns.rowUnit) }
        return opened
    }

    /// What is to be opened.
    func checkedRequest(_ path: String, _ session: Session, place: Int = 0) throws -> LogRequest {
        // What a verb does not need is not ignored either where it is wrong.
        _ = try endActivities()
        _ = try readRates()
        return try request(path, place: place, threads: session.threads)
    }

    /// Says what is odd about a log, and refuses data that do not bear the answer.
    func tell(_ facts: LogFacts, _ session: Session, for analyses: [FindingText.Analysis]) throws(Failure) {
        tell(facts.unknownActivities, isEmpty: facts.headline.cases == 0, isFiltered: !facts.filters.isEmpty, session)
        tell(facts.calendarGaps, session)
        let vetoes = facts.vetoes(touching: analyses)
        if !vetoes.isEmpty { throw Failure(vetoes: vetoes, in: facts.name, rowUnit: facts.rowUnit) }
    }

    /// Takes the calendar that a file of checks or rules names, where the command line names none: a file beside it, or one of the tool's.
    mutating func takeCalendar(_ name: String?, beside path: String) {
        guard calendar == nil, let name else { return }
        let beside = URL(filePath: path).deletingLastPathComponent().appending(path: name).path
        calendar = FileManager.default.fileExists(atPath: beside) ? beside : name
    }

    /// Refuses a calendar where times are those of simulated cases, which are elapsed time.
    func refuseCalendar() throws(Failure) {
        if calendar == nil { return }
        throw Failure(
            .usage, Phrase("simulated times are elapsed time, so --calendar is not for them", "模拟的时间是自然时间，不能使用 --calendar"),
            advice: Phrase("leave it out; hours of work are learnt from the log or stand in the scenario", "请去掉它；工作时段由日志得出或写在场景文件中"))
    }

    private func tell(_ gaps: [CalendarGap], _ session: Session) {
        for gap in gaps {
            let years = gap.years.count == 1 ? "\(gap.years[0])" : "\(gap.years[0])–\(gap.years[gap.years.count - 1])"
            session.note(
                "the holiday table \(gap.country) does not cover \(years): there only weekends and the calendar's own days are off",
                "节假日表 \(gap.country) 不包含 \(years) 年：这些年份只扣除周末和日历中列出的日期")
        }
    }

    /// The calendars, or `nil` where none were given.
    func calendars() throws -> WorkCalendars? {
        guard let calendar else { return nil }
        if !FileManager.default.fileExists(atPath: calendar) {
            if let named = WorkCalendars.named(calendar) { return named }
            let names = WorkCalendars.names.joined(separator: ", ")
            throw Failure(
                .noInput, file: Self.name(calendar), Phrase("is neither a file nor a calendar that comes with weir", "既不是文件，也不是自带的日历"),
                advice: Phrase("the calendars are \(names)", "自带的日历：\(names)"))
        }
        let text = try Self.text(of: calendar)
        do {
            return try CalendarFile.calendars(parsing: text, name: URL(filePath: calendar).deletingPathExtension().lastPathComponent)
        } catch {
            throw Failure(calendar: error, in: Self.name(calendar))
        }
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

    /// Refuses to keep a result where there is no workspace for it.
    func checkRecord(_ stored: OpenedLog.StoredPlace?, _ name: String) throws(Failure) {
        if record == nil || stored != nil { return }
        throw Failure(
            .usage, file: name, Phrase("is no workspace, so no result can be kept in it", "不是工作区，无法在其中保存结果"),
            advice: Phrase("import the log first: weir import \(shellWord(name))", "请先导入日志：weir import \(shellWord(name))"))
    }

    /// Refuses to keep a result where the verb's result is a file of its own.
    func refuseRecord() throws(Failure) {
        if record == nil { return }
        throw Failure(
            .usage, Phrase("--record is not for verbs that write files", "--record 不适用于写出文件的命令"),
            advice: Phrase("leave it out", "请去掉它"))
    }

    /// Which files these options read besides the log, so that none is overwritten.
    var files: [String] { [file.map, filterFile, rates, calendar].compactMap { $0 } }

    /// The clock of times without an offset, or `nil` where none was chosen.
    func zone() throws -> TimeZoneChoice? { try file.zone() ?? calendars()?.zone }

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

    private func request(_ path: String, place: Int, threads: Int) throws -> LogRequest {
        var caseFilters = filter.map { LogRequest.FilterSource(name: "--filter", text: $0) }
        if let filterFile {
            caseFilters.append(LogRequest.FilterSource(name: Self.name(filterFile), text: try Self.text(of: filterFile)))
        }
        let calendars = try calendars()
        var reading = try file.readOptions(counting: count, threads: threads)
        if reading.zone == nil { reading.zone = calendars?.zone }
        return LogRequest(
            source: path == "-" ? .standardInput : .file(URL(filePath: path)), logName: try logName(of: path, place: place),
            reading: reading, caseFilters: caseFilters,
            eventFilters: filterEvents.map { LogRequest.FilterSource(name: "--filter-events", text: $0) }, accepted: try acceptedRules(),
            calendars: calendars)
    }

    /// The log that was named for an input: the name at its place or, where one name was given, that for every workspace.
    private func logName(of path: String, place: Int) throws(Failure) -> String? {
        if logNames.count < 2 {
            if place > 0 && !OpenedLog.isWorkspace(path) { return nil }
            return logNames.first
        }
        if place < logNames.count { return logNames[place] }
        throw Failure(
            .usage, Phrase("there are more logs than names given with --log", "日志数多于 --log 给出的名称"),
            advice: Phrase("give --log once, or once for each", "请只给一次 --log，或为每个日志各给一次"))
    }

    static func name(_ path: String) -> String { URL(filePath: path).lastPathComponent }

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
