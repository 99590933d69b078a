import EventLogs
import Redesign
import Simulation

extension Failure {
    /// A plan that cannot be used.
    init(plan error: PlanError) {
        if case .filter(let filter) = error.reason {
            let own = Failure(filter: filter, in: error.file)
            self.init(.badData, file: error.file, line: error.line, column: error.column, own.problem, advice: own.advice)
            return
        }
        self.init(
            .badData, file: error.file, line: error.line, column: error.column,
            Phrase(error.problem, Self.chineseProblem(error.reason)), advice: Phrase(error.advice, Self.chineseAdvice(error.reason)))
    }

    private static func chineseProblem(_ reason: PlanError.Reason) -> String {
        switch reason {
        case .syntax: "不是 YAML"
        case .noMapping: "这里应为键和取值"
        case .noList(let key): "“\(key)”不是列表"
        case .unknownKey(let name, _, _): "这里没有键“\(name)”"
        case .repeatedKey(let name): "“\(name)”出现两次"
        case .missingKey(let name, let context): "“\(context)”缺少“\(name)”"
        case .conflictingKeys(let one, let other): "“\(one)”和“\(other)”不能同时出现"
        case .notOneChange: "changes 的每一项只能有一个变更"
        case .unknownChange(let name, _): "没有名为“\(name)”的变更"
        case .unsupportedChange(let name): "变更“\(name)”尚不存在"
        case .badValue(let key, let found, _): "“\(found)”不能用作“\(key)”的取值"
        case .filter(let error): error.problem
        case .notCaseAttribute(let name): "\(name) 不是案例属性"
        case .nothingMeets(let condition): "没有案例符合 \(condition)"
        case .unknownKPI(let name, _): "“\(name)”不是仿真的指标"
        case .unknownActivity(let name, _): "流程中没有活动“\(name)”"
        case .unknownRole(let name, _): "流程中没有角色“\(name)”"
        case .systemRole(let name): "“\(name)”是程序，没有工作时间和人数"
        case .onlyPath(let activity): "去掉“\(activity)”后，有些案例就没有可做的活动了"
        case .nobodyLeft(let role, nil): "“\(role)”中将没有人"
        case .nobodyLeft(let role, let activity?): "“\(role)”中将没有能做“\(activity)”的人"
        case .alreadyAutomated(let activity, let change): "第 \(change) 项变更已将“\(activity)”自动化"
        case .noBatches(let activity): "“\(activity)”并不成批处理"
        case .neverMeet(let names): names.map { "“\($0)”" }.joined(separator: "和") + "从不直接相继"
        case .neverFollows(let from, let to): "“\(to)”从不直接跟在“\(from)”之后"
        case .noAlternative(let from, let to): "“\(from)”之后只会是“\(to)”"
        case .severalDecisions(let from, let to): "从“\(from)”到“\(to)”不止一个分支判断"
        }
    }

    private static func chineseAdvice(_ reason: PlanError.Reason) -> String {
        let changes = "可用的变更：" + RedesignPlan.changeNames.joined(separator: "、")
        return switch reason {
        case .syntax: "请写成 changes: [{remove: {activity: A}}] 的形式"
        case .noMapping: "请写成 {activity: A} 的形式"
        case .noList: "请每项一行，写成 - {…}"
        case .unknownKey(_, let nearest, let known):
            nearest.map { "是否想写“\($0)”？" } ?? "可用的键：" + known.joined(separator: "、")
        case .repeatedKey, .conflictingKeys: "请删去其中之一"
        case .missingKey(let name, _): "请补上“\(name)”"
        case .notOneChange: "请让每个变更以“-”和名称开头"
        case .unknownChange(_, let nearest): nearest.map { "是否想写“\($0)”？" } ?? changes
        case .unsupportedChange: changes
        case .badValue(_, _, let expected): chineseWords(expected)
        case .filter(let error): error.advice
        case .notCaseAttribute: "请只比较案例属性"
        case .nothingMeets: "请放宽条件，或去掉这项变更"
        case .unknownKPI(_, let nearest): nearest.map { "是否想写“\($0)”？" } ?? "请写如 cycle_time.median 的指标"
        case .unknownActivity(_, let nearest), .unknownRole(_, let nearest):
            nearest.map { "是否想写“\($0)”？" } ?? "weir inspect 列出日志的内容"
        case .systemRole: "请指定由人担任的角色"
        case .onlyPath: "请用 duration 缩短它，或用 automate 自动化"
        case .nobodyLeft: "请至少留一人"
        case .alreadyAutomated: "请合并为一项变更"
        case .noBatches: "请去掉这项变更"
        case .neverMeet: "请指定先后直接相继的活动"
        case .neverFollows, .noAlternative: "weir discover 显示活动的先后关系"
        case .severalDecisions: "请指定只隔一个分支判断的活动"
        }
    }

    private static func chineseWords(_ expected: PlanError.Expectation) -> String {
        switch expected {
        case .text: "请写文本"
        case .activities: "请写两个或更多活动：[A, B]"
        case .share: "请写比例，如 0.8 或 80%"
        case .scale: "请写正数，如 0.8"
        case .headcount: "请写人数：2，减少则写 -1"
        case .duration: "请写时长，如 30s、5m 或 1h30m"
        case .period: "请写 off，或能整除一周的时长，如 1h、1d 或 1w"
        case .hours: "请写星期和时间，如“Mon-Fri 08:00-12:00,13:00-17:00”"
        case .bound: "请写成“<= -40%”“<= 12d”或“>= 5”的形式"
        }
    }
}

extension Failure {
    /// A log from which no model can be learnt.
    init(fitting error: FitError) {
        switch error {
        case .noTimedInstances:
            self.init(
                .badData, Phrase("the log has no activity with a time, so there is nothing to learn", "日志中没有带时间的活动，无从学习"),
                advice: Phrase("weir inspect shows how the log was read", "运行 weir inspect 查看日志的读取方式"))
        case .noCompleteCase(let ends):
            let names = ends.map { "“\($0)”" }
            self.init(
                .badData,
                Phrase(
                    "no case of the log is complete: none ends with " + names.joined(separator: ", "),
                    "日志中没有完整的案例：没有案例以" + names.joined(separator: "、") + "结束"),
                advice: Phrase("name the activities that end a case with --end", "请用 --end 指定结束案例的活动"))
        }
    }
}
