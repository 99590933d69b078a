import Performance

extension Words {
    // MARK: Performance spectrum

    var spectrumTopic: String { pick("Every case", "逐个案例") }

    func spectrumHeading(_ segment: Prose, batches share: Double) -> Prose {
        pick(
            prose: "\(segment): \(strong: self.share(share)) of the cases are gathered and go on together",
            "\(segment)：\(strong: self.share(share)) 的案例先积攒、再一起进入下一步")
    }

    func spectrumHeading(_ segment: Prose, overtaken share: Double) -> Prose {
        pick(
            prose: "\(segment): \(strong: self.share(share)) of the cases are overtaken by later ones",
            "\(segment)：\(strong: self.share(share)) 的案例被后来者超越")
    }

    var spectrumCaption: Prose {
        pick(
            prose:
                "Each line is one case on its way from the activity above to the one below, over time; darker lines are slower. Lines that run together below are batches, flat lines long waits, crossing lines overtaking.",
            "每条线是一个案例从上方活动到下方活动的经过，颜色越深越慢。下端聚拢的线是批量处理，平缓的线是久等，交叉的线是超越。")
    }

    var spectrumTable: String { pick("Steps that hold most time", "耗时最多的步骤") }
    var overtakenHead: String { pick("overtaken", "被超越") }
    var convergingHead: String { pick("in batches", "成批") }
    var slowQuarterHead: String { pick("slowest quarter over", "最慢四分之一超过") }

    // MARK: Queues

    var queuesTopic: String { pick("Queues", "队列") }

    func queuesHeading(mean: Double?, most: Int) -> Prose {
        pick(
            prose: "On average \(strong: humane.number(mean)) cases are in progress, \(count(most)) at most",
            "平均有 \(strong: humane.number(mean)) 个案例在制，最多 \(count(most)) 个")
    }

    var wipCaption: Prose {
        pick(prose: "Mean number of cases in progress in each period; unfinished cases count to the log's end.", "各时段的平均在制案例数；未完成案例计到日志结束。")
    }

    var queuesCaption: Prose {
        pick(
            prose: "Mean number of activity instances that wait (on the way and in work, where starts are unknown) in each period.",
            "各时段平均等待中的活动实例数（没有开始时间的活动：途中及处理中）。")
    }

    var meanNumberHead: String { pick("mean number", "平均数量") }
    var maxNumberHead: String { pick("most", "最多") }
    var arrivalsHead: String { pick("come a day", "日到达") }
    var departuresHead: String { pick("done a day", "日完成") }
    var meanTimeHead: String { pick("mean time", "平均时间") }
    var gapToLawHead: String { pick("gap", "偏差") }
    var lawHead: String { pick("Little's law", "利特尔法则") }
    var queueHead: String { pick("queue", "队列") }
    var queuesTable: String { pick("Queues and work in progress", "队列与在制数") }
    var wipName: String { pick("cases in progress", "在制案例") }
    var meanNumberAxis: String { pick("mean number", "平均数量") }

    func littleReading(_ little: LittlesLaw) -> Prose {
        let number = humane.number(little.meanNumber)
        let rate = humane.number(little.arrivalsPerS.map { $0 * 86_400 })
        let each = time(little.meanTimeS)
        let gap = change(little.gap)
        let said: Prose =
            switch (little.verdict, little.reason) {
            case (.consistent, _): pick(prose: "they agree, so the figures fit together", "两者相符，各项数字互相印证")
            case (.insufficient, _): pick(prose: "too few cases or too short a log to judge by", "案例太少或日志太短，无法判断")
            case (.inconsistent, .open?):
                pick(
                    prose: "many cases that came were not seen leaving, so cycle times tell only of those that left",
                    "许多案例没有离开的记录，周期时间只反映已离开的案例")
            case (.inconsistent, .falling?):
                pick(prose: "fewer and fewer are in progress, or the log lacks the newest cases", "在制数不断减少，或日志缺少最新的案例")
            case (.inconsistent, _):
                pick(prose: "more and more are in progress, or the log lacks what was there at its start", "在制数不断增加，或日志缺少开始之前已有的案例")
            }
        return pick(
            prose:
                "Little's law over the middle of the log: \(number) cases on average against \(rate) a day that stay \(each) each (\(gap)): \(said).",
            "日志中段的利特尔法则：平均 \(number) 个案例，对照每日到达 \(rate) 个、平均停留 \(each)（\(gap)）：\(said)。")
    }

    func verdict(_ little: LittlesLaw) -> String {
        switch little.verdict {
        case .consistent: pick("holds", "成立")
        case .inconsistent: pick("off", "不符")
        case .insufficient: pick("insufficient evidence", "证据不足")
        }
    }

    // MARK: Where the ways to tell a bottleneck agree

    var agreementTopic: String { pick("Do the signs agree?", "迹象是否一致") }
    var agreementTable: String { pick("What names each place", "各处被哪些迹象指出") }

    func agreementHeading(_ place: Prose, views: Int, of asked: Int) -> Prose {
        views > 1
            ? pick(
                prose: "\(strong: String(views)) of \(count(asked)) signs name \(place) as a bottleneck",
                "\(count(asked)) 种迹象中有 \(strong: String(views)) 种指向 \(place)")
            : pick(prose: "The signs of a bottleneck do not agree on a place", "各种迹象没有指向同一处瓶颈")
    }

    var agreementReading: Prose {
        pick(
            prose:
                "Time held says where the time is; routing says whose frequency moves the cycle time; congestion says where waiting grows with load, so that more capacity would help; cost says where the money goes. Where only the time held is large, the wait does not come from the queue there: look for a calendar, a batch or somebody outside.",
            "耗时说明时间在哪里；路由说明哪条路径的频率影响周期时间；拥堵说明哪里的等待随负荷增长，增加能力才有用；成本说明钱花在哪里。如果只有耗时突出，等待并非由排队造成，应检查日历、批量处理或外部因素。"
        )
    }

    func congestionReading(growing: Int, none: Int, insufficient: Int) -> Prose {
        pick(
            prose:
                "Waiting grows with the queue at \(count(growing)) places and does not at \(count(none)); at \(count(insufficient)) the evidence is insufficient.",
            "有 \(count(growing)) 处等待随队列增长，\(count(none)) 处不增长，\(count(insufficient)) 处证据不足。")
    }

    var lessWorkHead: String { pick("10 % less saves", "减少 10% 可省") }
    var lessWaitingHead: String { pick("10 % less waiting saves", "等待减少 10% 可省") }
    var costHead: String { pick("cost", "成本") }
    var effectHead: String { pick("one more waiting adds", "队列多一个增加") }
    var effectIntervalHead: String { pick("95 % interval", "95% 区间") }
    var namedByHead: String { pick("named by", "依据") }

    func view(_ view: BottleneckAgreement.View) -> String {
        switch view {
        case .contribution: pick("time held", "耗时")
        case .routing: pick("routing", "路由")
        case .congestion: pick("congestion", "拥堵")
        case .cost: pick("cost", "成本")
        }
    }
}
