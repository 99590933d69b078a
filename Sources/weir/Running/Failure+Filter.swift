import EventLogs

extension Failure {
    /// A filter that cannot be used.
    ///
    /// - Parameter source: where its text stands: the option's or the file's name.
    init(filter error: FilterError, in source: String) {
        self.init(
            .usage, file: source, line: error.line, column: error.column, Phrase(error.problem, Self.chineseProblem(error.reason)),
            advice: Phrase(error.advice, Self.chineseAdvice(error.reason)))
    }

    private static func chineseProblem(_ reason: FilterError.Reason) -> String {
        switch reason {
        case .unexpectedCharacter(let text, _): "\(text) 在这里没有意义"
        case .unterminatedString: "从这里开始的字符串缺少结束引号"
        case .unterminatedName: "从这里开始的名称缺少结束反引号"
        case .expectedCondition(let found): "\(part(found)) 之前缺少条件"
        case .expectedOperator(let found): "\(part(found)) 之前缺少比较符"
        case .expectedValue(let found): "\(part(found)) 之前缺少取值"
        case .unquotedText(let text): "\(text) 不是取值"
        case .expected(let wanted, let found): "\(part(found)) 之前缺少 \(part(wanted))"
        case .trailing(let found): "条件在 \(part(found)) 之前已经结束"
        case .tooDeep: "过滤条件的嵌套超过 \(LogFilter.deepestNesting) 层"
        case .unknownName(let name, _): "日志中没有名为 \(name) 的事实或属性"
        case .unknownFunction(let name, _): "没有名为 \(name) 的函数"
        case .mismatch(let name, let holds, let given): "\(name) 的取值是\(kind(holds))，不是\(kind(given))"
        case .unsuitableOperator(let operation, let name, let holds): "\(operation) 不能用于 \(name)，其取值是\(kind(holds))"
        case .mixedList: "列表中的取值类型不一致"
        case .badNumber(let text): "\(text) 不是数字"
        case .badDuration(let text): "\(text) 不是时长"
        case .badInstant(let text): "\(text) 不是时间"
        case .badExpression(let text): "\(text) 不是正则表达式"
        case .workingTime(let text): "\(text) 是工作时间，需要日历"
        case .scale(let text): "\(text)：过滤条件中不能用比例"
        }
    }

    private static func chineseAdvice(_ reason: FilterError.Reason) -> String {
        switch reason {
        case .unexpectedCharacter(_, let instead): instead.map { "请写成 \($0)" } ?? "含符号的名称请放在反引号中"
        case .unterminatedString: "请用 ' 结束；其中的引号写两遍"
        case .unterminatedName: "请用 ` 结束；其中的反引号写两遍"
        case .expectedCondition: "请写比较式（如 duration > 5d）或函数（如 has('A')）"
        case .expectedOperator: "名称之后写 ==、!=、<、<=、>、>=、in (…)、matches '…' 或 is missing"
        case .expectedValue: "请写 'text'、12.5、4h、2026-01-31 或 true"
        case .unquotedText(let text): "字符串放在单引号中：\(LogFilter.quoted(text))"
        case .expected(let wanted, _): "请补上 \(part(wanted))"
        case .trailing: "多个条件用 and、or 连接"
        case .tooDeep: "请简化"
        case .unknownName(_, let nearest), .unknownFunction(_, let nearest):
            nearest.map { "是否想写 \($0)？" } ?? "weir inspect 列出全部属性"
        case .mismatch(_, let holds, _): "请与\(kind(holds))比较"
        case .unsuitableOperator: "请用 == 或 !="
        case .mixedList: "请拆开列表"
        case .badNumber: "请写数字，如 5000、-2.5 或 1e6"
        case .badDuration: "请写时长，如 90s、5m、4h、2d、1w 或 1d12h"
        case .badInstant: "请写时间，如 2026-01-31 或 2026-01-31T08:00+08:00"
        case .badExpression: "请改正表达式"
        case .workingTime: "请用 --calendar 指定日历，或用 d（24 小时）和 h"
        case .scale: "请直接写时长，如 4h"
        }
    }

    private static func part(_ english: String) -> String {
        switch english {
        case "the end": "结尾"
        case "a name": "名称"
        case "a string in single quotes": "单引号中的字符串"
        default: english
        }
    }

    private static func kind(_ english: String) -> String {
        switch english {
        case "text": "文本"
        case "numbers": "数字"
        case "durations": "时长"
        case "instants": "时间"
        case "true and false": "真假值"
        default: english
        }
    }
}
