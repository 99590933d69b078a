import EventLogs
import Instants
import Reports

extension TextPage {
    /// The first line of every answer about a log: how much it is and from when to when.
    ///
    /// - Parameter open: how many cases are unfinished, or `nil` where that is not known.
    mutating func headline(_ log: EventLog, open: Int?) {
        headline(LogHeadline(of: log), open: open)
    }

    /// The first line of an answer about a log with this headline.
    mutating func headline(_ log: LogHeadline, open: Int?) {
        let language = session.language
        let humane = Humane(language)
        let offset = log.offset
        var parts = [
            counted(log.cases, "case", "cases", "个案例"),
            counted(log.instances, "activity instance", "activity instances", "个活动实例"),
        ]
        if let range = log.timeRange {
            let from = humane.date(range.lowerBound, offset: offset)
            let to = humane.date(range.upperBound, offset: offset)
            let days = language("\(from) … \(to)", "\(from) – \(to)")
            parts.append(days + language(" (\(Humane.offset(offset)))", "（\(Humane.offset(offset))）"))
        }
        if let open, open > 0 {
            parts.append(
                language(
                    open == 1 ? "1 case still open" : "\(humane.count(open)) cases still open", "\(humane.count(open)) 个案例未完成"))
        }
        folded(parts.joined(separator: " · "))
    }

    /// So many of a thing.
    func counted(_ count: Int, _ one: String, _ many: String, _ chinese: String) -> String {
        let number = Humane(session.language).count(count)
        return session.language("\(number) \(count == 1 ? one : many)", "\(number) \(chinese)")
    }

    /// Findings that touch what is shown, one line each, the gravest first.
    mutating func warnings(_ findings: [LogFinding]) {
        let grave = findings.filter { $0.severity != .info }
        if grave.isEmpty { return }
        line()
        for finding in grave.prefix(3) {
            let text = FindingText(finding)
            folded("\(text.severity(session.language))\(session.language(": ", "："))\(text.message(session.language))")
        }
        if grave.count > 3 {
            line(session.language("    … \(grave.count - 3) more (weir inspect)", "    … 还有 \(grave.count - 3) 条（weir inspect）"))
        }
    }
}
