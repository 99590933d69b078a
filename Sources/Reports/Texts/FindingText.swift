package import EventLogs

/// What a finding about a log's data says, and which analyses it touches.
///
/// ```swift
/// FindingText(finding).message(.zh)      // "12 个事件没有时间，保留记录中的位置。"
/// FindingText(finding).affects           // [.durations, .paths]
/// ```
package struct FindingText: Sendable {
    /// What a finding can touch, by stable id.
    package enum Analysis: String, Sendable, Codable, CaseIterable {
        /// How many cases, events and instances there are.
        case counts
        /// The order of activities: variants, paths, the process map.
        case order
        /// Cycle times and the times of paths.
        case durations
        /// Service, waiting and idle time.
        case service
        /// Workload of people and departments.
        case workload
        /// The names that are shown.
        case names
        /// How far the log keeps to a model.
        case conformance
        /// What a model learnt from the log says.
        case simulation

        /// The name for readers.
        package func name(_ language: Language) -> String {
            let words = Words(language)
            return switch self {
            case .counts: words.pick("counts", "数量")
            case .order: words.pick("variants and paths", "流程变体和路径")
            case .durations: words.pick("cycle and path times", "周期时间和路径时间")
            case .service: words.pick("service and waiting time", "处理时间和等待时间")
            case .workload: words.pick("workload", "工作量")
            case .names: words.pick("names", "名称")
            case .conformance: words.pick("conformance", "一致性检查")
            case .simulation: words.pick("simulation", "仿真")
            }
        }
    }

    private let finding: LogFinding

    /// The text of one finding.
    package init(_ finding: LogFinding) {
        self.finding = finding
    }

    /// The analyses whose figures the finding touches; none where it is only worth knowing.
    ///
    /// Conformance rests on the order of activities, a simulation on that and on times and people.
    package var affects: [Analysis] {
        let touched = measured
        var analyses = touched
        if touched.contains(.order) { analyses.append(.conformance) }
        if touched.contains(where: { [.order, .durations, .service, .workload].contains($0) }) { analyses.append(.simulation) }
        return analyses
    }

    /// The analyses that mean nothing where the finding is an error: of those it touches, all but what still can be told.
    ///
    /// Without any time the recorded order is left, and with it variants and paths.
    package var forbids: [Analysis] {
        if finding.severity != .error { return [] }
        return finding.rule == .missingTime ? [.durations, .service, .workload, .simulation] : affects
    }

    /// The analyses of the log itself that the finding touches.
    private var measured: [Analysis] {
        switch finding.rule {
        case .unorderedEvents, .finerThanMicrosecond, .blankLine, .distinctCapped, .titleRow, .serialTime, .hiddenSheet,
            .constantColumn, .overlappingFiles, .encodingDetected, .numberSeparators, .ambiguousNumber:
            []
        case .dayResolution: [.durations, .service, .workload]
        case .mixedOffsets: finding.severity == .info ? [.workload] : [.order, .durations, .workload]
        case .clockGap, .clockOverlap: [.order, .durations]
        case .ancientTime, .futureTime: [.counts, .order, .durations]
        case .duplicateEvent: [.counts, .order, .workload]
        case .singleEventCase, .cutStart, .cutEnd: [.order, .durations]
        case .activitySpelling, .activityTypo: [.order, .names]
        case .damagedText: [.names]
        case .systemUser: [.workload]
        case .sameTime: [.order]
        case .missingTime: [.order, .durations]
        case .unreadableTime: [.order, .durations]
        case .missingActivity: [.order, .names]
        case .missingCase, .emptyCase: [.counts]
        case .duplicateCase: [.counts, .durations]
        case .caseConflict: [.names]
        case .naiveTime: [.durations, .workload]
        case .dateOnly, .midnightColumn: [.order, .durations, .service]
        case .lifecycleNonstandard: [.counts, .service]
        case .lifecycleIgnored: [.counts]
        case .openInstance: [.counts, .durations]
        case .unpairedCompletion, .startAfterCompletion: [.service, .workload]
        case .shortRow: [.names]
        case .invalidEncoding, .invalidValue: [.names]
        case .cellError: [.names]
        case .mergedCell: [.counts]
        }
    }

    /// The weight of the finding in words.
    package func severity(_ language: Language) -> String { Self.severity(finding.severity, language) }

    /// A weight in words.
    package static func severity(_ severity: LogFinding.Severity, _ language: Language) -> String {
        switch severity {
        case .info: language("note", "提示")
        case .warning: language("warning", "警告")
        case .error: language("error", "错误")
        }
    }

    /// One sentence; text from the log inside is made inert and short.
    package func message(_ language: Language) -> String {
        let words = Words(language)
        let number = finding.count
        let n = words.humane.count(number)
        let detail = finding.detail.map { InertText.line(InertText.cut($0, to: 60)) }
        // A share too small to be shown is none.
        let share = detail.flatMap(Double.init).flatMap { $0 < 0.000_5 ? nil : words.humane.share($0) }
        func pick(_ english: String, _ chinese: String) -> String { words.pick(english, chinese) }
        func are(_ one: String, _ many: String) -> String { number == 1 ? one : many }
        switch finding.rule {
        case .unorderedEvents:
            return pick(
                "\(n) \(are("event was", "events were")) not in time order within the case; the order has been mended.",
                "\(n) 个事件在案例内没有按时间排列，已重新排序。")
        case .sameTime:
            return pick(
                "\(n) neighbouring \(are("event shares its", "events share their")) time with another of the same case"
                    + (share.map { " (in \($0) of the cases)" } ?? "") + "; the recorded order decides.",
                "\(n) 个相邻事件与同一案例的另一事件时间相同" + (share.map { "（涉及 \($0) 的案例）" } ?? "") + "，按记录次序排列。")
        case .missingTime:
            return pick(
                "\(n) \(are("event has", "events have")) no time and \(are("keeps its", "keep their")) recorded place.",
                "\(n) 个事件没有时间，保留记录中的位置。")
        case .unreadableTime:
            return pick(
                "\(n) \(are("time", "times")) could not be read and \(are("counts", "count")) as missing.", "\(n) 个时间无法识别，按缺失处理。")
        case .missingActivity:
            return pick("\(n) \(are("event has", "events have")) no activity name.", "\(n) 个事件没有活动名称。")
        case .missingCase:
            return pick(
                "\(n) \(are("row or trace has", "rows or traces have")) no case id: rows are left out, traces get a number.",
                "\(n) 行记录或轨迹没有案例编号：记录不计入，轨迹另行编号。")
        case .emptyCase:
            return pick(
                "\(n) \(are("case has no event and is", "cases have no event and are")) left out.", "\(n) 个案例没有任何事件，不计入。")
        case .duplicateCase:
            return pick(
                "\(n) \(are("trace shares its name with another and was", "traces share their name with another and were")) put together with it.",
                "\(n) 条轨迹与其他轨迹同名，已合并。")
        case .overlappingFiles:
            return pick(
                "\(n) \(are("event stands", "events stand")) in several of the files, equal in everything; \(are("it counts", "each counts")) once.",
                "\(n) 个事件在多个文件中重复出现且完全相同，只计一次。")
        case .caseConflict:
            return pick(
                "\(n) \(are("attribute", "attributes")) of cases \(are("differs", "differ")) between the files; the later file's \(are("value counts", "values count")).",
                "\(n) 处案例属性在文件之间不一致，以靠后的文件为准。")
        case .naiveTime:
            let zone = detail.map { pick(" (\($0))", "（\($0)）") } ?? ""
            return pick(
                "\(n) \(are("time has", "times have")) no offset from UTC and \(are("was", "were")) read in an assumed zone\(zone).",
                "\(n) 个时间没有时区偏移，按假定时区读取\(zone)。")
        case .dateOnly:
            return pick(
                "\(n) \(are("stamp is a whole day and stands", "stamps are whole days; each stands")) for 24 hours from midnight.",
                "\(n) 个时间只有日期，各代表从零点起的 24 小时。")
        case .midnightColumn:
            let column = detail.map { pick(" in “\($0)”", "“\($0)”列的") } ?? ""
            return pick(
                "All \(n) times\(column) are midnight: most likely they are days.", "\(column)全部 \(n) 个时间都是零点，很可能只记录了日期。")
        case .dayResolution:
            return pick(
                "Stamps tell the day alone, and \(n) \(are("case", "cases"))"
                    + (share.map { " (\($0) of those with several events)" } ?? "")
                    + " \(are("begins and ends", "begin and end")) on one day.",
                "时间只精确到天，有 \(n) 个案例" + (share.map { "（占多事件案例的 \($0)）" } ?? "") + "在同一天开始并结束。")
        case .mixedOffsets:
            let usual = detail.map { "(\($0))" }
            return pick(
                "\(n) \(are("time is", "times are")) not written as most are "
                    + (usual.map { "\($0)." } ?? "(without an offset from UTC)."),
                "\(n) 个时间的写法与多数时间" + (detail.map { "（\($0)）" } ?? "（不带时区偏移）") + "不同。")
        case .clockGap:
            let zone = detail.map { pick(" of \($0)", "（\($0)）") } ?? ""
            return pick(
                "\(n) \(are("time", "times")) never showed on the clock\(zone), which was put forward over \(are("it", "them")).",
                "\(n) 个时间落在时钟拨快的空档\(zone)，时钟从未显示过。")
        case .clockOverlap:
            let zone = detail.map { pick(" of \($0)", "（\($0)）") } ?? ""
            return pick(
                "\(n) \(are("time", "times")) showed twice on the clock\(zone), which was put back; the earlier is taken.",
                "\(n) 个时间在时钟拨慢时出现过两次\(zone)，按较早的一次计算。")
        case .ancientTime:
            return pick(
                "\(n) \(are("event lies", "events lie")) long before all others" + (detail.map { ", which begin on \($0)." } ?? "."),
                "\(n) 个事件远早于其他事件" + (detail.map { "（其余始于 \($0)）" } ?? "") + "。")
        case .futureTime:
            return pick(
                "\(n) \(are("event lies", "events lie")) behind the end of the log" + (detail.map { ", which is \($0)." } ?? "."),
                "\(n) 个事件晚于日志的终点" + (detail.map { "（\($0)）" } ?? "") + "。")
        case .duplicateEvent:
            return pick(
                "\(n) \(are("event is", "events are")) equal to another of the same case in everything.", "\(n) 个事件与同一案例的另一事件完全相同。")
        case .singleEventCase:
            return pick(
                "\(n) \(are("case", "cases"))" + (share.map { " (\($0))" } ?? "") + " \(are("has", "have")) a single event.",
                "\(n) 个案例" + (share.map { "（\($0)）" } ?? "") + "只有一个事件。")
        case .cutStart:
            return pick(
                "\(n) \(are("case", "cases"))" + (share.map { " (\($0) of those at the log's beginning)" } ?? "")
                    + " \(are("begins", "begin")) as cases elsewhere do not: the log cuts \(are("it", "them")).",
                "日志开头有 \(n) 个案例" + (share.map { "（占该段的 \($0)）" } ?? "") + "的起点与别处不同，很可能被截断。")
        case .cutEnd:
            return pick(
                "\(n) \(are("case", "cases"))" + (share.map { " (\($0) of those at the log's end)" } ?? "")
                    + " \(are("ends", "end")) as cases elsewhere do not: the log cuts \(are("it", "them")).",
                "日志末尾有 \(n) 个案例" + (share.map { "（占该段的 \($0)）" } ?? "") + "的终点与别处不同，很可能被截断。")
        case .damagedText:
            let column = detail.map { pick(" of “\($0)”", "“\($0)”有 ") } ?? ""
            return pick(
                "\(n) \(are("value", "values"))\(column) went through a wrong encoding.", "\(column)\(n) 处文字是乱码。")
        case .activitySpelling:
            return pick(
                "\(n) \(are("event bears", "events bear")) an activity name that is another spelling of a commoner one.",
                "\(n) 个事件的活动名称是某个常见名称的另一种写法。")
        case .activityTypo:
            return pick(
                "\(n) \(are("event bears", "events bear")) a rare activity name one letter away from a common one.",
                "\(n) 个事件的活动名称罕见，与某个常见名称只差一个字母。")
        case .constantColumn:
            return pick(
                "\(n) \(are("attribute has", "attributes have")) one and the same value everywhere.", "\(n) 个属性处处取值相同。")
        case .systemUser:
            return pick("\(n) \(are("event was", "events were")) done by accounts of machines.", "\(n) 个事件由系统账号完成。")
        case .finerThanMicrosecond:
            return pick(
                "\(n) \(are("time was", "times were")) finer than a microsecond and \(are("has", "have")) been rounded.",
                "\(n) 个时间精度高于微秒，已取整。")
        case .lifecycleNonstandard:
            return pick(
                "The log has neither start nor complete transitions; each of its \(n) events counts as a completion.",
                "日志中没有开始和完成状态，\(n) 个事件都按完成处理。")
        case .lifecycleIgnored:
            return pick(
                "\(n) \(are("event has a transition that neither starts nor ends work and plays", "events have transitions that neither start nor end work and play")) no part in activity instances.",
                "\(n) 个事件的状态既非开始也非结束，不计入活动实例。")
        case .openInstance:
            return pick(
                "\(n) \(are("activity instance was started and not completed; its case counts", "activity instances were started and not completed; their cases count")) as unfinished.",
                "\(n) 个活动实例已开始而未完成，所在案例按未完成处理。")
        case .unpairedCompletion:
            return pick(
                "\(n) \(are("completion has no start: its", "completions have no start: their")) service and waiting times are unknown.",
                "\(n) 个完成事件没有对应的开始，处理时间和等待时间未知。")
        case .startAfterCompletion:
            return pick(
                "\(n) \(are("activity instance starts after it ends; its start counts", "activity instances start after they end; these starts count")) as unknown.",
                "\(n) 个活动实例的开始晚于完成，开始时间按未知处理。")
        case .shortRow:
            return pick(
                "\(n) \(are("row has", "rows have")) fewer fields than the header; the rest counts as missing.",
                "\(n) 行的字段少于表头，其余按缺失处理。")
        case .encodingDetected:
            let encoding = detail.map { pick(" as \($0)", " \($0) 编码") } ?? pick(" in another encoding than UTF-8", "识别出的编码")
            return pick(
                "\(are("The file is", "\(n) files are")) read\(encoding), as \(are("its", "their")) bytes suggest.",
                "根据字节判断，文件按\(encoding)读取。")
        case .numberSeparators:
            let column = detail.map { pick(" of “\($0)”", "“\($0)”有 ") } ?? ""
            return pick(
                "\(n) \(are("number", "numbers"))\(column) \(are("is", "are")) written with separators of thousands or a decimal comma.",
                "\(column)\(n) 个数字带千位分隔符或以逗号作小数点。")
        case .ambiguousNumber:
            let column = detail.map { pick(" of “\($0)”", "“\($0)”有 ") } ?? ""
            return pick(
                "\(n) \(are("number", "numbers"))\(column) may have the comma before thousands or before decimals; the column stays text.",
                "\(column)\(n) 个数字的逗号可能是千位分隔符，也可能是小数点，该列按文本保留。")
        case .invalidEncoding:
            return pick(
                "\(n) \(are("text holds", "texts hold")) bytes that the file's encoding does not know; they have been replaced.",
                "\(n) 处文字含有编码之外的字节，已替换。")
        case .invalidValue:
            let attribute = detail.map { pick(" of “\($0)”", "“\($0)”有 ") } ?? ""
            return pick(
                "\(n) \(are("value", "values"))\(attribute) \(are("does", "do")) not fit the declared type and \(are("is", "are")) kept as text.",
                "\(attribute)\(n) 个值与声明的类型不符，按文本保留。")
        case .blankLine:
            return pick("\(n) blank \(are("line was", "lines were")) skipped.", "跳过 \(n) 个空行。")
        case .titleRow:
            return pick(
                "\(n) \(are("row", "rows")) with a single cell above the column names \(are("was", "were")) skipped.",
                "列名上方 \(n) 个只有一个单元格的行已跳过。")
        case .cellError:
            return pick(
                "\(n) \(are("cell holds an error and counts", "cells hold errors and count")) as missing.", "\(n) 个单元格为错误值，按缺失处理。")
        case .mergedCell:
            return pick(
                "Merged cells count in each of their rows: \(n) \(are("cell was", "cells were")) filled.", "合并单元格按其覆盖的每一行计：填充了 \(n) 个单元格。")
        case .serialTime:
            return pick(
                "\(n) \(are("time is", "times are")) stored as a fraction of days, as spreadsheets do, and \(are("was", "were")) rounded to the millisecond.",
                "\(n) 个时间以表格软件的天数小数存储，已取整到毫秒。")
        case .hiddenSheet:
            return pick(
                "The workbook has \(n) hidden \(are("sheet", "sheets")); \(are("it is", "they are")) read only when named.",
                "工作簿中有 \(n) 个隐藏工作表，只有指定时才会读取。")
        case .distinctCapped:
            let attribute = detail.map { pick("“\($0)”", "“\($0)”") } ?? pick("An attribute", "某属性")
            return pick("\(attribute) has more distinct values than are counted one by one.", "\(attribute)的不同取值过多，未逐一计数。")
        }
    }

    /// The examples as they can be shown: inert and short.
    ///
    /// - Parameter unit: what the log's rows count.
    package func examples(_ language: Language, rows unit: EventColumns.RowUnit) -> [String] {
        let words = Words(language)
        return finding.examples.map { example in
            let text = example.text.map { InertText.line(InertText.cut($0, to: 40)) }
            let file = example.file.map { InertText.line(InertText.cut($0, to: 60)) }
            guard let number = example.line ?? example.row else { return [file, text].compactMap(\.self).joined(separator: ": ") }
            let isLine = example.line != nil || unit == .line
            let place = (file.map { $0 + " " } ?? "") + (isLine ? words.line(String(number)) : words.event(String(number)))
            return text.map { place + words.pick(": ", "：") + $0 } ?? place
        }
    }
}
