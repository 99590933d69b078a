import Indicators
import Workbench

extension Failure {
    /// A file of checks that cannot be used.
    init(gate problem: GateFile.Problem, in file: String) {
        let (phrase, advice) = Self.words(problem.reason)
        self.init(.badData, file: file, line: problem.place?.line, column: problem.place?.column, phrase, advice: advice)
    }

    private static func words(_ reason: GateFile.Problem.Reason) -> (Phrase, Phrase) {
        let example = Phrase(
            "write as in: kpis: [{id: cycle_time.median, max_regression: 5%}]",
            "请写成 kpis: [{id: cycle_time.median, max_regression: 5%}] 的形式")
        switch reason {
        case .shape(let shape): return words(shape, example)
        case .noChecks: return (Phrase("the file holds no checks", "文件中没有检查项"), example)
        case .badCalendar:
            return (
                Phrase("“calendar” names no calendar", "“calendar”没有指明日历"),
                Phrase("write a file or a name, such as: calendar: cn", "请写文件或名称，如 calendar: cn")
            )
        case .noID:
            return (Phrase("the check names no figure", "检查项缺少 id"), Phrase("add id: cycle_time.median", "请加上 id: cycle_time.median"))
        case .noText(let key): return (Phrase("“\(key)” needs a plain value", "“\(key)”需要一个简单取值"), example)
        case .unknownKPI(let name, let nearest):
            let advice =
                nearest.map { Phrase("did you mean “\($0)”?", "是否想写“\($0)”？") }
                ?? Phrase(
                    "the measures are \(KPIName.Measure.allCases.map(\.rawValue).joined(separator: ", "))",
                    "可用的指标：\(KPIName.Measure.allCases.map(\.rawValue).joined(separator: "、"))")
            return (Phrase("“\(name)” is no KPI", "没有指标“\(name)”"), advice)
        case .catalogueKPI(let name):
            return (
                Phrase("“\(name)” is a KPI of the catalogue, which is not supported yet", "“\(name)”属于指标目录，尚不支持"),
                Phrase(
                    "use cycle_time, waiting_time, service_time, throughput, cost or rework_rate",
                    "请用 cycle_time、waiting_time、service_time、throughput、cost 或 rework_rate")
            )
        case .badTarget(let problem, let kpi): return words(problem, kpi)
        case .badRegression(let text):
            return (
                Phrase("“\(text)” is no share above 0", "“\(text)”不是大于 0 的比例"),
                Phrase("write as in: max_regression: 5%", "请写成 max_regression: 5% 的形式")
            )
        case .growing(let kpi):
            return (
                Phrase("\(kpi.text) grows with the log and cannot be compared with a baseline", "\(kpi.text) 随日志增长，不能与基线比较"),
                Phrase("hold it by target, or hold \(kpi.measure.rawValue) instead", "请改用 target，或改用 \(kpi.measure.rawValue)")
            )
        case .badSampleSize(let text):
            return (Phrase("“\(text)” is no number of cases", "“\(text)”不是案例数"), Phrase("write a whole number from 1 on", "请写不小于 1 的整数"))
        case .nothingHeld(let name):
            return (
                Phrase("the check of \(name) holds nothing", "\(name) 的检查项没有任何要求"),
                Phrase("add target or max_regression", "请加上 target 或 max_regression")
            )
        case .badCondition(let error):
            let failure = Failure(filter: error, in: "")
            return (failure.problem, failure.advice ?? example)
        }
    }

    private static func words(_ problem: GateTarget.Problem, _ kpi: KPIName) -> (Phrase, Phrase) {
        let example =
            switch kpi.unit(currency: nil) {
            case "s": Phrase("write as in: target: \"<= 30d\"", "请写成 target: \"<= 30d\" 的形式")
            case "share": Phrase("write as in: target: \"<= 10%\"", "请写成 target: \"<= 10%\" 的形式")
            default: Phrase("write as in: target: \">= 2.5\"", "请写成 target: \">= 2.5\" 的形式")
            }
        return switch problem {
        case .noSide: (Phrase("a target begins with <=, >=, < or >", "目标应以 <=、>=、< 或 > 开头"), example)
        case .noDuration(let text): (Phrase("\(kpi.text) is a time, “\(text)” is none", "\(kpi.text) 是时长，“\(text)”不是"), example)
        case .workingTime(let text):
            (
                Phrase("“\(text)” is working time, which needs a calendar", "“\(text)”是工作时间，需要日历"),
                Phrase("add calendar: cn or a file, or use d (24 hours) and h", "请加上 calendar: cn 或日历文件，或用 d（24 小时）和 h")
            )
        case .noShare(let text): (Phrase("\(kpi.text) is a share, “\(text)” is none", "\(kpi.text) 是比例，“\(text)”不是"), example)
        case .noNumber(let text): (Phrase("\(kpi.text) is a number, “\(text)” is none", "\(kpi.text) 是数值，“\(text)”不是"), example)
        }
    }

    /// A baseline that cannot be used.
    init(baseline problem: GateBaseline.Problem, in file: String) {
        let phrase: Phrase
        var advice = Phrase("write it anew with --update", "请用 --update 重新写入")
        switch problem {
        case .unreadable(let words): phrase = Phrase("this is no baseline: \(words)", "不是基线文件")
        case .otherSchema(let schema):
            phrase = Phrase(
                "this is no baseline of this version (schema “\(schema)”, not “\(GateBaseline.schema)”)",
                "不是此版本的基线文件（schema 为“\(schema)”，应为“\(GateBaseline.schema)”）")
        case .changedByHand: phrase = Phrase("its definition was changed by hand", "其中的 definition 被手工改动过")
        case .otherDefinition(let parts):
            phrase = Phrase(
                "its figures were made with other options (\(parts.joined(separator: ", ")))", "基线所用的选项不同（\(parts.joined(separator: "、"))）")
            advice = Phrase("give the same options, or write it anew with --update", "请使用相同的选项，或用 --update 重新写入")
        case .missingFigure(let name, let condition):
            let english = condition.map { " where \($0)" } ?? ""
            let chinese = condition.map { "（条件 \($0)）" } ?? ""
            phrase = Phrase("it does not hold \(name)\(english)", "其中没有 \(name)\(chinese)")
        case .otherUnit(let name, let baseline, let log):
            phrase = Phrase("\(name) is in \(baseline) there and in \(log) here", "\(name) 在基线中的单位是 \(baseline)，此处是 \(log)")
            advice = Phrase("give rates in the same currency", "请使用相同货币的费率")
        }
        self.init(.badData, file: file, phrase, advice: advice)
    }
}
