import Instants
import Workbench

extension Failure {
    /// A file of rules that cannot be used.
    init(rules problem: RulesFile.Problem, in file: String) {
        let (phrase, advice) = Self.words(problem.reason)
        self.init(.badData, file: file, line: problem.place?.line, column: problem.place?.column, phrase, advice: advice)
    }

    private static func words(_ reason: RulesFile.Problem.Reason) -> (Phrase, Phrase) {
        let example = Phrase(
            "write as in: rules: [{response: {activities: [A, B]}}]", "请写成 rules: [{response: {activities: [A, B]}}] 的形式")
        switch reason {
        case .shape(let shape): return words(shape, example)
        case .noRules: return (Phrase("the file holds no rules", "文件中没有规则"), example)
        case .badCalendar:
            return (
                Phrase("“calendar” names no calendar", "“calendar”没有指明日历"),
                Phrase("write a file or a name, such as: calendar: cn", "请写文件或名称，如 calendar: cn")
            )
        case .noDemand: return (Phrase("the rule demands nothing", "规则没有任何要求"), example)
        case .twoDemands(let first, let second):
            return (
                Phrase("the rule demands “\(first)” and “\(second)”", "规则同时要求“\(first)”和“\(second)”"),
                Phrase("write two rules", "请分成两条规则")
            )
        case .missing(let key, let demand):
            return (Phrase("“\(demand)” needs “\(key)”", "“\(demand)”需要“\(key)”"), Phrase("add \(key): …", "请加上 \(key): …"))
        case .noText(let key): return (Phrase("“\(key)” needs a plain value", "“\(key)”需要一个简单取值"), example)
        case .badActivities(let demand, let least, let most):
            let number = most == least ? "\(least)" : "\(least)+"
            return (
                Phrase("“\(demand)” takes a list of \(number) different activities", "“\(demand)”需要列出 \(number) 个不同的活动"),
                Phrase("write as in: activities: [A, B]", "请写成 activities: [A, B] 的形式")
            )
        case .badCount(let text):
            return (Phrase("“\(text)” is no number of times", "“\(text)”不是次数"), Phrase("write a whole number from 0 on", "请写不小于 0 的整数"))
        case .badTime(let error):
            return (
                Phrase("“\(error.text)” is no length of time", "“\(error.text)”不是时长"),
                Phrase("write as in: at_most: 30d, 4h or 5wd", "请写成 at_most: 30d、4h 或 5wd 的形式")
            )
        case .workingTime(let text):
            return (
                Phrase("“\(text)” is working time, which needs a calendar", "“\(text)”是工作时间，需要日历"),
                Phrase("add calendar: cn or a file, or use d (24 hours) and h", "请加上 calendar: cn 或日历文件，或用 d（24 小时）和 h")
            )
        case .noTruth(let text): return (Phrase("“\(text)” is neither true nor false", "“\(text)”既非 true 也非 false"), example)
        case .badSeverity(let word, let known):
            return (
                Phrase("“\(word)” is no severity", "没有严重程度“\(word)”"),
                Phrase("write \(known.joined(separator: ", "))", "请写 \(known.joined(separator: "、"))")
            )
        case .badCondition(let error):
            let failure = Failure(filter: error, in: "")
            return (failure.problem, failure.advice ?? example)
        }
    }
}
