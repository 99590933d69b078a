/// What is said of drivers and drift.
extension Words {
    var driversTopic: String { pick("Drivers", "驱动因素") }
    var driftTopic: String { pick("Drift", "漂移") }
    var knownAfterwards: String { pick("known afterwards", "事后才知道") }

    var driversCaption: Prose {
        pick(
            prose:
                "What goes with the cycle time, as a share of its mean, with the 95 % interval: for a group how far its cases are from the mean of all, for a number per standard deviation, all else known at the start alike; corrected for how many were looked at.",
            "与周期时间相关的因素：相当于平均值的比例及 95% 置信区间。类别：该类案例与总体平均值之差；数值：每一个标准差的差；案例开始时已知的其他条件相同；已按考察的数量校正。")
    }

    func driversHeading(_ first: (name: String, effect: Double?)?, isInsufficient: Bool) -> Prose {
        if isInsufficient { return pick(prose: "Too few cases to tell what drives the cycle time", "案例太少，无法判断周期时间的驱动因素") }
        guard let first else {
            return pick(prose: "Nothing that was looked at goes with the cycle time beyond chance", "考察的因素与周期时间的关联均未超出偶然")
        }
        let effect = Humane.unbreakable(humane.durationChange(seconds: first.effect))
        return pick(
            prose: "\(name: first.name): \(strong: effect) of cycle time go with it", "\(name: first.name)：周期时间相差 \(strong: effect)")
    }

    func stepDriversReading(tried: Int) -> Prose {
        pick(
            prose:
                "What goes with the time of single steps, as the queue of one may hide what makes another slow: how far a group's times are from the mean of all; \(count(tried)) differences were looked at.",
            "与单个步骤的时间相关的因素（某一步骤的排队可能掩盖另一步骤变慢的原因）：该组时间与总体平均值之差；共考察 \(count(tried)) 项差异。")
    }

    func rulesReading(tried: Int) -> Prose {
        pick(
            prose:
                "Groups of cases that stand out: searched among \(count(tried)) in one half of the cases, measured in the other half, which the search had not seen.",
            "表现突出的案例组：在一半案例的 \(count(tried)) 条规则中搜索，在未参与搜索的另一半案例中测量。")
    }

    var noDriftHeading: Prose { pick(prose: "No lasting change of the times was found", "未发现时间的持续变化") }

    func driftHeading(_ place: Prose, date: String, before: Double, after: Double, more: Int) -> Prose {
        let others: Prose = more > 0 ? pick(prose: ", and \(count(more)) more", "，另有 \(count(more)) 处") : ""
        return pick(
            prose: "\(place) changed on \(date) from \(strong: time(before)) to \(strong: time(after)) on average\(others)",
            "\(place) 于 \(date) 由平均 \(strong: time(before)) 变为 \(strong: time(after))\(others)")
    }

    var driftAxis: String { pick("time taken, by when it began", "所用时间（按开始时间）") }
    var middleBand: String { pick("middle 80 %", "中间 80%") }

    func driftCaption(_ place: Prose, isStep: Bool) -> Prose {
        isStep
            ? pick(
                prose:
                    "\(place): the time from one activity to the next, by when the first was completed, with the dates of lasting changes. Hatched: periods that the log does not cover whole, or whose long times are not over yet.",
                "\(place)：从前一活动完成到后一活动的时间（按前一活动的完成时间），竖线为持续变化的日期。斜线区：日志未完整覆盖，或较长的时间尚未结束。")
            : pick(
                prose:
                    "Cycle time by when the case started, with the dates of lasting changes. Hatched: periods that the log does not cover whole, or whose long cases are not over yet.",
                "按案例开始时间的周期时间，竖线为持续变化的日期。斜线区：日志未完整覆盖，或较长的案例尚未结束。")
    }

    var driftReading: Prose {
        pick(
            prose:
                "A change counts where the level of consecutive cases differs by more than their own waves do; times of steps are counted as all durations here are. Long waves of a queue can still pass for a change: look at what happened on that day.",
            "只有当相邻案例的水平差异超过其自身波动时才算变化；步骤时间的计时方式与本报告其他时长相同。排队的长周期波动仍可能被误认为变化，请核对当天发生了什么。")
    }
}
