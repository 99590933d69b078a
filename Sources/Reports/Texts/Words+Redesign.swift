import EventLogs
import Redesign
import WorkingTime

extension Words {
    // MARK: What a plan would gain

    var redesignTopic: String { pick("Redesign", "流程再造") }
    var asIsLabel: String { pick("as is", "现状") }
    var toBeLabel: String { pick("to be", "目标方案") }

    /// The label of the large figure where it is a forecast.
    func forecastLabel(_ kpi: String, plan: String, before: String, after: String) -> String {
        let plan = InertText.line(InertText.cut(plan, to: 60))
        return pick("\(kpi) under “\(plan)”: \(before) as is, \(after) to be", "\(kpi)（方案“\(plan)”）：现状 \(before)，目标方案 \(after)")
    }

    /// On what a forecast stands.
    func forecastBasis(cases: Int, replications: Int, isTrusted: Bool) -> Prose {
        let runs = pick(
            "\(count(replications)) paired replications of \(self.cases(cases))", "成对重复运行 \(count(replications)) 次，每次 \(self.cases(cases))")
        if isTrusted {
            return pick(
                prose:
                    "\(link: "Forecast", to: "redesign") by simulation, \(runs); the interval holds the chance of the runs, not the error of the model, of which the \(link: "back-test", to: "redesign") speaks.",
                "\(link: "仿真预测", to: "redesign")，\(runs)；区间只含运行的偶然，不含模型误差，后者见\(link: "回测", to: "redesign")。")
        }
        return pick(
            prose:
                "\(strong: "Not trusted"): the model failed its \(link: "back-test", to: "redesign"), so this \(runs) is no ground for a decision.",
            "\(strong: "不可信")：模型未通过\(link: "回测", to: "redesign")，\(runs)的结果不能作为决策依据。")
    }

    /// What the plan would do to a figure, as a heading.
    func forecastHeading(_ kpi: String, change: Double?, verdict: RedesignResult.Delta.Verdict?, isTrusted: Bool) -> Prose {
        guard let change, let verdict else {
            return pick(prose: "What the plan would gain cannot be told", "无法判断方案的收益")
        }
        let size = share(abs(change))
        let outcome: Prose
        switch verdict {
        case .noDifference:
            outcome = pick(prose: "The plan would make no difference to the \(kpi)", "方案对\(kpi)没有可见影响")
        case .better, .worse:
            outcome = pick(
                prose: "The plan would \(change < 0 ? "cut" : "raise") the \(kpi) by \(strong: size)",
                "方案将使\(kpi)\(change < 0 ? "下降" : "上升") \(strong: size)")
        }
        return isTrusted ? outcome : outcome + pick(prose: ", by a model that is not trusted", "，但模型不可信")
    }

    /// The main forecast as a sentence.
    func forecastReading(
        _ kpi: String, asIs: String, toBe: String, change: String, interval: String, cases: Int, replications: Int, warmUp: Int
    ) -> Prose {
        let before = warmUp == 0 ? "" : pick(" after \(self.cases(warmUp)) to warm up", "，之前预热 \(self.cases(warmUp))")
        return pick(
            prose:
                "\(kpi): \(strong: asIs) as is, \(strong: toBe) to be; change \(strong: change), 95 % interval \(interval), over \(count(replications)) paired replications of \(self.cases(cases))\(before). As is and to be share their random numbers: arrivals, cases, routes and durations are the same wherever the plan leaves them alone.",
            "\(kpi)：现状 \(strong: asIs)，目标方案 \(strong: toBe)；变化 \(strong: change)，95% 置信区间 \(interval)，成对重复运行 \(count(replications)) 次，每次 \(self.cases(cases))\(before)。两者共用随机数：方案未涉及之处，到达、案例、路径和时长都相同。"
        )
    }

    var planHead: String { pick("The plan", "方案") }
    /// The plan by its name and file.
    func planNamed(_ name: String?, file: String) -> Prose {
        guard let name else { return pick(prose: "The changes of \(name: file):", "\(name: file) 的变更：") }
        return pick(prose: "“\(name: name)” (\(name: file)) changes this:", "“\(name: name)”（\(name: file)）的变更：")
    }

    /// A change of a plan in words.
    func planned(_ change: PlannedChange) -> Prose {
        switch change.action {
        case .automate(let program):
            let cases = program.condition.map { pick(prose: " where \(code: $0.text)", "（条件 \(code: $0.text)）") } ?? ""
            let part = program.share == 1 ? "" : pick(" in \(share(program.share)) of the cases", "，占案例 \(share(program.share))")
            let seconds = time(Double(program.duration) / 1e6)
            return pick(
                prose: "Automate \(name: program.activity)\(cases)\(part): a program does it in \(seconds).",
                "自动化 \(name: program.activity)\(cases)\(part)：由程序在 \(seconds)内完成。")
        case .remove(let activity):
            return pick(prose: "Leave out \(name: activity).", "取消 \(name: activity)。")
        case .resource(let role, let add):
            let people = count(abs(add))
            return add < 0
                ? pick(prose: "\(people) fewer in the role \(name: role).", "角色 \(name: role) 减少 \(people) 人。")
                : pick(prose: "\(people) more in the role \(name: role).", "角色 \(name: role) 增加 \(people) 人。")
        case .duration(let activity, let scale):
            return pick(
                prose: "\(name: activity) takes \(humane.number(scale)) times as long.",
                "\(name: activity) 的处理时间变为原来的 \(humane.number(scale)) 倍。")
        case .parallelize(let activities):
            let names = Prose.joined(activities.map { "\(name: $0)" }, separator: listComma)
            return pick(prose: "Do side by side: \(names).", "并行进行：\(names)。")
        case .calendar(let role, let hours):
            return pick(prose: "The role \(name: role) works \(code: hours.text).", "角色 \(name: role) 的工作时间为 \(code: hours.text)。")
        case .arrivals(let scale):
            return pick(prose: "\(humane.number(scale)) times as many cases come.", "案例数量变为原来的 \(humane.number(scale)) 倍。")
        case .batch(let activity, let every):
            guard let every else { return pick(prose: "\(name: activity) no longer waits for a batch.", "\(name: activity) 不再批量进行。") }
            let span = time(Double(every) / 1e6)
            return pick(prose: "\(name: activity) is done in a batch every \(span).", "\(name: activity) 每 \(span)批量进行一次。")
        case .route(let from, let to, let probability):
            return pick(
                prose: "After \(name: from) comes \(name: to) in \(share(probability)) of the cases.",
                "\(name: from) 之后有 \(share(probability)) 的案例进入 \(name: to)。")
        }
    }

    // MARK: The flow to be

    var toBeFlowHead: String { pick("The flow to be", "目标流程") }
    var flowShownTable: String { pick("What the flow shows of the plan", "流程图体现了方案的哪些内容") }

    /// What becomes of an element, in a word or two.
    func changed(_ mark: RedesignedFlow.Mark) -> String {
        switch mark {
        case .automated: pick("automated", "自动化")
        case .removed: pick("left out", "取消")
        case .added: pick("new", "新增")
        case .moved: pick("side by side", "并行")
        case .changed: pick("changed", "调整")
        }
    }

    /// Elements of which the same becomes, in a sentence.
    func changedElements(_ mark: RedesignedFlow.Mark, _ names: String) -> String {
        switch mark {
        case .automated: pick("Automated: \(names).", "自动化：\(names)。")
        case .removed: pick("Left out: \(names).", "取消：\(names)。")
        case .added: pick("New: \(names).", "新增：\(names)。")
        case .moved: pick("Side by side: \(names).", "并行：\(names)。")
        case .changed: pick("Changed: \(names).", "调整：\(names)。")
        }
    }

    var toBeFlowCaption: Prose {
        pick(
            prose:
                "The model found in the log as the plan changes it. Orange is what the plan changes, dashed grey what it leaves out; a gear is a program. Words at a diamond say when its way is taken; the slashed way is taken where no other is.",
            "方案修改后的流程模型。橙色为方案的改动，灰色虚线为取消的部分；齿轮表示由程序完成。菱形旁的文字为走该路径的条件；带斜杠的路径为其余情况。")
    }

    /// How much of a plan the drawing shows.
    func toBeFlowReading(drawn: Int, of changes: Int) -> Prose {
        pick(
            prose:
                "The drawing shows \(strong: count(drawn)) of \(count(changes)) \(changes == 1 ? "change" : "changes"); what BPMN has no sign for (times, numbers of people, shares) stands in the documentation of the marked elements. weir redesign --flow writes it as a file that workflow engines run.",
            "图中体现了 \(count(changes)) 项变更中的 \(strong: count(drawn)) 项；BPMN 无法表示的内容（时长、人数、比例）写在所标元素的说明中。weir redesign --flow 可输出工作流引擎能运行的文件。"
        )
    }

    var forecastDistributionsCaption: Prose {
        pick(
            prose:
                "Simulated cycle times as is and to be on one axis, all replications together: the share of cases done within each length of time. The arrow runs from median to median; the bar below is the 95 % interval of that change.",
            "同一时间轴上现状与目标方案的仿真周期时间（全部重复运行合并）：不超过该时长的案例占比。箭头连接两个中位数，下方的横条是其变化的 95% 置信区间。")
    }

    /// How the forecasts of all figures are to be read.
    func forecastIntervalsCaption(isTrusted: Bool) -> Prose {
        isTrusted
            ? pick(
                prose: "Forecast change of each figure with its 95 % interval over the paired replications.",
                "各指标的预测变化及其 95% 置信区间（成对重复运行）。")
            : pick(
                prose: "Forecast change of each figure. Hatched: the model behind it is not trusted.", "各指标的预测变化。带斜纹：所依据的模型不可信。")
    }

    var notTrusted: String { pick("not trusted", "不可信") }

    var roleUseHead: String { pick("How busy each role would be", "各角色的忙闲") }

    /// Which role the plan changes most.
    func roleUse(_ role: String, from before: String, to after: String) -> Prose {
        pick(
            prose: "The use of \(name: role) changes most: \(strong: before) of its hours as is, \(strong: after) to be.",
            "变化最大的是 \(name: role)：现状利用率 \(strong: before)，目标方案 \(strong: after)。")
    }

    /// So many people.
    func people(_ value: Int) -> String { counted(value, "person", "people", "人") }

    var utilizationAxis: String { pick("share of working hours worked", "投入时间占工作时间的比例") }

    var roleUseCaption: Prose {
        pick(
            prose:
                "Share of each role's working hours that is worked, all its people together, as is (filled) and to be (ring); programs are left out.",
            "各角色全部人员的利用率：投入时间占其工作时间之比，实心为现状，空心为目标方案；不含程序。")
    }

    var backtestHead: String { pick("How far to believe it", "可信程度") }

    /// What a back-test does.
    func backtestReading(heldOut: Int, openCases: Int, replications: Int) -> Prose {
        pick(
            prose:
                "The back-test learns the model from the events before the last fifth of the cases began, simulates as many cases from then on (\(count(replications)) replications, \(self.cases(openCases)) under way at that moment), and measures how far they lie from the \(count(heldOut)) real ones that are complete. “Of chance alone” is the distance between random halves of the real cases: not even a perfect model can be expected to come closer. “Of the past as it was” is the distance of the earlier cases to the later ones.",
            "回测用最后五分之一案例开始之前的事件学习模型，从那时起仿真同样多的案例（重复运行 \(count(replications)) 次，当时在途 \(self.cases(openCases))），再与实际完成的 \(self.cases(heldOut))比较。“纯属偶然”是实际案例随机两半之间的差距，再好的模型也难以更近。“照搬过去”是较早案例与较晚案例的差距。"
        )
    }

    var whatCameHead: String { pick("Forecast and what came", "预测与实际") }
    var forecastTerm: String { pick("forecast", "预测") }
    var cameTerm: String { pick("what came", "实际") }
    var differenceHead: String { pick("what came less forecast", "实际减预测") }
    var withinHead: String { pick("forecast in that interval", "预测在该区间内") }
    var yes: String { pick("yes", "是") }
    var no: String { pick("no", "否") }
    var whatCameTable: String { pick("forecast and what came", "预测与实际") }

    /// How many forecasts what came bears out.
    func whatCame(within: Int, of all: Int) -> Prose {
        pick(
            prose:
                "\(strong: count(within)) of \(count(all)) forecast changes lie within the 95 % interval of the change between the two logs. The interval of the forecast holds the chance of the runs only; other things than the plan may have changed between the logs too.",
            "\(count(all)) 个指标中，\(strong: count(within)) 个的预测变化落在两份日志实际变化的 95% 置信区间之内。预测的区间只含运行的偶然；两份日志之间也可能有方案以外的变化。")
    }

    var whatCameCaption: Prose {
        pick(
            prose: "For each figure the forecast change above the change that came, each with its 95 % interval.",
            "每个指标先列预测变化，再列实际变化，各附 95% 置信区间。")
    }

    /// The forecast as one of the first findings.
    func forecastFinding(plan: Prose, kpi: String, change: Double, interval: String, came: String?, isTrusted: Bool) -> Prose {
        let size = share(abs(change))
        let outcome = pick(
            prose: "\(plan) was forecast to \(change < 0 ? "cut" : "raise") the \(kpi) by \(strong: size) \(interval)",
            "预测\(plan)使\(kpi)\(change < 0 ? "下降" : "上升") \(strong: size) \(interval)")
        let arrived = came.map { pick(prose: "; \(strong: $0) came", "；实际变化 \(strong: $0)") } ?? ""
        return outcome + arrived + (isTrusted ? "" : pick(prose: "; the model is not trusted", "；模型不可信")) + pick(prose: ".", "。")
    }

    /// A plan by its name, else as the plan.
    func planPhrase(_ name: String?) -> Prose {
        name.map { pick(prose: "“\(name: $0)”", "方案“\(name: $0)”") } ?? pick(prose: "The plan", "方案")
    }

    /// On what a forecast stands, below a finding.
    func forecastFindingBasis(cases: Int, replications: Int) -> Prose {
        pick(
            prose: "\(count(replications)) paired replications of \(self.cases(cases)); 95 % interval in brackets",
            "成对重复运行 \(count(replications)) 次，每次 \(self.cases(cases))；方括号内为 95% 置信区间")
    }

    /// The definitions that a forecast rests on.
    var redesignDefinitions: [(term: String, meaning: Prose)] {
        [
            (
                pick("Simulation", "仿真"),
                pick(
                    prose:
                        "A model learnt from the log: cases arrive, take the ways that cases took, queue for the people of each role within their hours, and leave. A replication is one independent run of it; simulated cases are measured as those of the log are.",
                    "从日志学到的模型：案例到达，按案例走过的路径流转，在各角色的工作时间内排队等待处理，然后离开。每次重复运行相互独立；仿真案例的度量方式与日志相同。")
            ),
            (
                pick("Forecast gain", "预测收益"),
                pick(
                    prose:
                        "The mean over replications of the difference between the to-be and the as-is run of the same random numbers, with Student's t interval.",
                    "同一组随机数下目标方案与现状之差在各次重复运行上的平均值，附 t 分布置信区间。")
            ),
            (
                pick("Back-test", "回测"),
                pick(
                    prose:
                        "A model is trusted where its error (Wasserstein distance of simulated to real cycle times over the real mean) is at most 25 %, or twice what chance alone makes where that is more.",
                    "误差（仿真与实际周期时间的 Wasserstein 距离除以实际平均值）不超过 25%，或不超过偶然差距的两倍（取较大者），模型即为可信。")
            ),
        ]
    }
}
