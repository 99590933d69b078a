import Workbench

extension Failure {
    /// A calendar that cannot be used.
    init(calendar problem: CalendarFile.Problem, in file: String) {
        let phrase: Phrase
        var advice = Phrase(
            "write as in: week: {Mon-Fri: \"08:00-12:00,13:00-17:00\"}", "请写成 week: {Mon-Fri: \"08:00-12:00,13:00-17:00\"} 的形式")
        switch problem.reason {
        case .shape(let shape): (phrase, advice) = Self.words(shape, advice)
        case .noWeek: phrase = Phrase("the weekly hours are missing", "缺少每周工作时间")
        case .noText(let key):
            phrase = Phrase("“\(key)” is no text", "“\(key)”不是文本")
        case .noList(let key):
            phrase = Phrase("“\(key)” is no list", "“\(key)”不是列表")
            advice = Phrase("write values in brackets: [a, b]", "请用方括号书写：[a, b]")
        case .badZone(let text, let nearest):
            phrase = Phrase("“\(text)” is no time zone", "“\(text)”不是时区")
            advice =
                nearest.map { Phrase("did you mean “\($0)”?", "是否想写“\($0)”？") }
                ?? Phrase("write a name such as Asia/Shanghai or an offset such as +08:00", "请写时区名（如 Asia/Shanghai）或偏移（如 +08:00）")
        case .badHours(let piece, let expected):
            phrase = Phrase("“\(piece)” is no working hours: \(expected) is expected", "“\(piece)”不是工作时间")
        case .badDay(let text):
            phrase = Phrase("“\(text)” is no day", "“\(text)”不是日期")
            advice = Phrase("write days as 2026-02-16, ranges as 2026-07-01..2026-07-03", "日期写成 2026-02-16，区间写成 2026-07-01..2026-07-03")
        case .backwardRange(let text):
            phrase = Phrase("“\(text)” ends before it begins", "“\(text)”的结束早于开始")
            advice = Phrase("write the earlier day first", "请先写较早的日期")
        case .unknownHolidays(let text, let known):
            let names = known.joined(separator: ", ")
            phrase = Phrase("there is no holiday table “\(text)”", "没有节假日表“\(text)”")
            advice = Phrase("there are \(names); other days stand under closed and open", "可用：\(names)；其他日期写在 closed 和 open 下")
        }
        self.init(.badData, file: file, line: problem.line, column: problem.column, phrase, advice: advice)
    }
}
