import Conformance
import Foundation
import Statistics

/// What is said of models and of how far logs keep to them.
extension Words {
    var modelTopic: String { pick("Model", "模型") }
    var conformanceTopic: String { pick("Conformance", "一致性") }

    var foundModelCaption: Prose {
        pick(
            prose:
                "The process as BPMN, found in the log by the split miner; the number in a task says how often it was done. Diamonds with × choose one way, with + take all ways at once. Rare ways are left out; lanes are the roles that do most of the work.",
            "由 Split Miner 从日志中发现的 BPMN 流程；任务中的数字为执行次数。带 × 的菱形表示择一，带 + 的表示并行。罕见路径未画出；泳道为承担大部分工作的角色。")
    }

    func foundModelHeading(tasks: Int, fitting: Double?) -> Prose {
        guard let fitting else { return pick(prose: "The process as a model of \(count(tasks)) tasks", "流程模型：\(count(tasks)) 个任务") }
        return pick(
            prose: "A model of \(count(tasks)) tasks holds \(strong: share(fitting)) of the cases wholly",
            "\(count(tasks)) 个任务的模型完全容纳 \(strong: share(fitting)) 的案例")
    }

    func foundModelReading(_ result: ConformanceResult) -> Prose {
        let method = result.method == .replay ? pick("token replay", "令牌重放") : pick("optimal alignments", "最优对齐")
        return pick(
            prose:
                "Fitness \(share(result.fitness.log)) by \(method) over \(count(result.variants)) variants (100 %: every case runs as drawn), precision \(share(result.precision)) (100 %: nothing is drawn that no case does). weir discover --miner split writes it as a file that workflow engines run.",
            "经 \(count(result.variants)) 个流程变体的\(method)，拟合度 \(share(result.fitness.log))（100%：所有案例都按图运行），精确度 \(share(result.precision))（100%：图中没有从未发生的路径）。weir discover --miner split 可输出工作流引擎能运行的文件。"
        )
    }

    func conformanceHeading(_ model: String, _ fitness: FitnessShares, first: Deviation?) -> Prose {
        guard let share = fitness.fittingShare else {
            return pick(prose: "Nothing to hold against \(name: model)", "没有可与 \(name: model) 对照的内容")
        }
        let most: Prose =
            first.map { item in
                pick(
                    prose: "; most time goes with \(name: deviation(item))", "；相关时间最多的偏差：\(name: deviation(item))")
            } ?? ""
        return pick(
            prose: "\(strong: self.share(share)) of the cases keep wholly to \(name: model)\(most)",
            "\(strong: self.share(share)) 的案例完全符合 \(name: model)\(most)")
    }

    func conformanceAfter(_ before: FitnessShares, _ after: FitnessShares) -> Prose {
        pick(
            prose:
                "Before, \(share(before.fittingShare)) of the cases keep to it wholly (fitness \(share(before.log))); after, \(strong: share(after.fittingShare)) (fitness \(share(after.log))).",
            "变更前 \(share(before.fittingShare)) 的案例完全符合（拟合度 \(share(before.log))）；变更后 \(strong: share(after.fittingShare))（拟合度 \(share(after.log))）。"
        )
    }

    func conformanceReading(_ result: ConformanceResult) -> Prose {
        let unknown: Prose =
            result.unknownActivities.isEmpty
            ? ""
            : pick(
                prose: " Not in the model: \(name: result.unknownActivities.prefix(8).joined(separator: listComma)).",
                "模型中没有：\(name: result.unknownActivities.prefix(8).joined(separator: listComma))。")
        let unproven: Prose =
            (result.unproven ?? 0) > 0
            ? pick(
                prose: " Of \(count(result.unproven ?? 0)) variants the least cost is not proven.",
                "有 \(count(result.unproven ?? 0)) 个流程变体的最小代价未得到证明。")
            : ""
        return pick(
            prose:
                "Fitness \(share(result.fitness.log)), precision \(share(result.precision)), by optimal alignments of \(count(result.variants)) variants; each activity that is not foreseen or left out counts once.\(unknown)\(unproven)",
            "拟合度 \(share(result.fitness.log))，精确度 \(share(result.precision))，方法：\(count(result.variants)) 个流程变体的最优对齐；多出或缺少一次活动计一次。\(unknown)\(unproven)"
        )
    }

    func heldModelCaption(_ model: String) -> Prose {
        pick(
            prose: "\(name: model) as it is given; the number in a task says how often it was done, marked tasks are where cases depart.",
            "给定的模型 \(name: model)；任务中的数字为执行次数，带标记的任务处存在偏差。")
    }

    var deviationsCaption: Prose {
        pick(
            prose:
                "How much longer the cases with a deviation take than those without it, times their number: what goes with the deviation, not what it causes.",
            "有该偏差的案例比没有的多用的时间 × 案例数：是与偏差相关的时间，不代表因果。")
    }

    func timesReading(_ result: TemporalConformance) -> Prose {
        pick(
            prose:
                "Of \(count(result.checked)) times between two activities of a case, \(count(result.deviating)) are off the mean of the profile by more than \(zeta(result)) × its standard deviation.",
            "在案例内两个活动之间的 \(count(result.checked)) 个时间中，\(count(result.deviating)) 个偏离均值超过 \(zeta(result)) × 标准差。")
    }

    private func zeta(_ result: TemporalConformance) -> String { String(format: "%g", result.zeta) }

    var rulesUnknown: Prose {
        pick(
            prose:
                "A case that gives a rule nothing to say counts as not concerned; where a time or a person is missing it counts as unknown, never as kept.",
            "规则不适用的案例计为“不涉及”；缺少时间或人员的计为“未知”，从不计为遵守。")
    }

    /// A deviation in a few words.
    func deviation(_ item: Deviation) -> String {
        switch item.kind {
        case .inserted: pick("\(item.activity), not foreseen", "\(item.activity)（多出）")
        case .skipped: pick("\(item.activity), left out", "\(item.activity)（缺少）")
        case .synchronous, .silent: item.activity
        }
    }

    /// What is marked at a task of a model; nil for nothing.
    func mark(_ activity: SaidAndSeen.Activity) -> String? {
        switch activity.verdict {
        case .neverSeen: pick("never seen", "从未出现")
        case .departs where activity.skipped > 0: pick("left out \(count(activity.skipped))×", "缺少 \(count(activity.skipped)) 次")
        case .departs: pick("elsewhere \(count(activity.inserted))×", "他处 \(count(activity.inserted)) 次")
        case .agrees, .neverSaid: nil
        }
    }

    // MARK: Choices

    var choicesHead: String { pick("What decides at the choices", "各选择由什么决定") }
    var choicesTable: String { pick("Which way when", "何时走哪条路") }
    var startOfCase: String { pick("(begin)", "（开始）") }
    var endOfCase: String { pick("(end)", "（结束）") }
    var ruleFound: String { pick("rule found", "找到规则") }
    var noRule: String { pick("no rule", "无规则") }
    var tooFewDecisions: String { pick("too few to learn from", "决策过少") }

    /// What was seen at a choice: the shares of its ways, and what is known of when.
    func choiceSeen(_ choice: DecisionMining.Choice, _ ways: String) -> String {
        let seen = pick("Of \(count(choice.decisions)) decisions: \(ways).", "\(count(choice.decisions)) 次决策：\(ways)。")
        switch choice.verdict {
        case .found:
            let right = share(choice.accuracy?.value)
            let guessing = share(choice.baseline?.value)
            return seen
                + pick(
                    " The conditions are learnt; they are right in \(right) of held-out decisions, the commonest way in \(guessing).",
                    "条件由学习得到，在留出的决策中准确率为 \(right)，总猜最常见路径为 \(guessing)。")
        case .none: return seen + pick(" No known attribute tells which way a case goes.", "已知属性都不能说明案例的走向。")
        case .insufficient: return seen + pick(" Too few to learn when.", "次数过少，无法学习条件。")
        }
    }

    var choicesTooMany: Prose {
        pick(
            prose:
                "What decides at the choices is not learnt here: too much goes on side by side in the model. weir discover --miner split --decisions takes the time.",
            "模型中并行过多，这里没有学习各选择由什么决定；weir discover --miner split --decisions 可以花时间学习。")
    }

    /// How many choices follow a rule.
    func choicesReading(_ mining: DecisionMining) -> Prose {
        let found = mining.choices.count { $0.verdict == .found }
        let all = mining.choices.count
        return pick(
            prose:
                "Attributes tell the way at \(strong: count(found)) of \(count(all)) \(all == 1 ? "choice" : "choices"). Rules are learnt on 70 % of the cases; accuracy is of the other 30 %, beside always guessing the commonest way there, and a rule counts as found where it does better by a sign test corrected over all choices.",
            "\(count(all)) 个选择中，\(strong: count(found)) 个可由属性判断走向。规则从 70% 的案例中学习；准确率在其余 30% 上计算，并与总猜最常见路径相比；经多重校正的符号检验证明更好的才算找到规则。")
    }
}
