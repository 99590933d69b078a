extension Words {
    // MARK: Process map

    /// How much of the flow the most used paths carry.
    func mapHeading(activities: Int, paths: Int, shown: Int, share: Double) -> Prose {
        if shown == paths {
            return pick(
                prose: "\(self.activities(activities)) and \(self.paths(paths)) make up the whole process",
                "整个流程由\(self.activities(activities))和\(self.paths(paths))组成")
        }
        return pick(
            prose: "\(count(shown)) of \(self.paths(paths)) carry \(self.share(share)) of all steps",
            "\(self.paths(paths))中的 \(count(shown)) 条承载了 \(self.share(share)) 的流转")
    }

    /// Where cases begin and end.
    func mapReading(start: String, startShare: Double, end: String, endShare: Double) -> Prose {
        if startShare == 1 && endShare == 1 {
            return pick(
                prose: "All cases start with \(name: start) and end with \(name: end).",
                "所有案例都从 \(name: start) 开始，以 \(name: end) 结束。")
        }
        return pick(
            prose:
                "\(share(startShare)) of the cases start with \(name: start), \(share(endShare)) end with \(name: end).",
            "\(share(startShare)) 的案例从 \(name: start) 开始，\(share(endShare)) 以 \(name: end) 结束。")
    }

    var activitiesTable: String { pick("activities", "活动") }
    var pathsTable: String { pick("paths", "路径") }
    var mapAfter: Prose { pick(prose: "The process map after the change", "之后的流程图") }
    var mapMissing: Prose {
        pick(
            prose:
                "The picture needs Graphviz, which was not found when this report was made; the tables hold all it would show. \(code: "weir doctor") says what to install.",
            "绘图需要 \(code: "Graphviz")，生成报告时未找到，图中应有的内容见下表。\(code: "weir doctor") 会说明如何安装。")
    }
    var mapFailed: Prose {
        pick(
            prose:
                "The process has too many paths to be laid out in time; fewer, such as \(code: "--paths 0.5"), make a picture. The tables hold all it would show.",
            "路径太多，未能及时排布；减少路径（如 \(code: "--paths 0.5")）即可成图。图中应有的内容见下表。")
    }

    // MARK: Cycle time

    func histogramCaption(_ cases: Int) -> Prose {
        pick(
            prose:
                "Cycle time of \(self.cases(cases)) in \(isWorkingTime ? "working" : "elapsed") time. Bars: how many cases take so long; line: the share of cases that take at most so long. The median and the 90th percentile are marked.",
            "\(self.cases(cases))的周期时间（\(isWorkingTime ? "工作时间" : "自然时间")）。柱：相应时长的案例数；线：不超过该时长的案例占比。标出中位数和 90 分位数。")
    }

    /// What the mean cycle time is made of.
    func composition(cycle: Double, service: Double, idle: Double, waiting: Double?, n: Int) -> Prose {
        let serviceShare = cycle > 0 ? share(service / cycle) : Humane.unknown
        let idleShare = cycle > 0 ? share(idle / cycle) : Humane.unknown
        let waits = waiting.map {
            pick(
                prose: " Added up over its activities a case waits \(time($0)) to be taken up.",
                "各活动开工前的等待累计 \(time($0))。")
        }
        return pick(
            prose:
                "Of the mean cycle time of \(time(cycle)), someone works on the case for \(time(service)) (\(serviceShare)); for \(time(idle)) (\(idleShare)) nobody does (n\u{A0}=\u{A0}\(count(n))).",
            "周期时间平均 \(time(cycle))，其中有人处理 \(time(service))（\(serviceShare)），无人处理 \(time(idle))（\(idleShare)）（样本 \(count(n)) 个）。")
            + (waits ?? "")
    }

    var startsUnknown: Prose {
        pick(
            prose:
                "The log does not say when work began on every activity of any case, so service, waiting and idle time are unknown; times between activities run to the completion.",
            "日志没有任何案例的全部开工时间，因此处理时间、等待时间和空闲时间未知；活动之间的时间算到完成为止。")
    }

    func unfinishedCases(_ unfinished: Int, of all: Int, ends: [String], isDeclared: Bool, areIncluded: Bool) -> Prose {
        let names = Prose.joined(ends.prefix(6).map { "\(name: $0)" }, separator: listComma)
        let more = ends.count > 6 ? pick(" and \(ends.count - 6) others", " 等 \(ends.count) 种") : ""
        let how = isDeclared ? pick("as told", "指定") : pick("found in the log", "由日志得出")
        if unfinished == 0 && !ends.isEmpty {
            return pick(
                prose: "All \(cases(all)) are finished. A case is finished by \(names)\(more) (\(how)).",
                "\(cases(all))全部完成。结束活动：\(names)\(more)（\(how)）。")
        }
        let all: Prose = pick(
            prose: "\(count(unfinished)) of \(cases(all)) are unfinished", "\(cases(all))中有 \(count(unfinished)) 个未完成")
        let counted: Prose =
            areIncluded
            ? pick(prose: "; they count with the time they have taken so far", "，按已用时间计入")
            : pick(prose: "; times leave them out", "，不计入时间")
        if ends.isEmpty {
            return pick(
                prose: "No activity reliably ends a case, so every case counts as unfinished.", "没有可靠的结束活动，所有案例都按未完成看待。")
        }
        return pick(
            prose: "\(all)\(counted). A case is finished by \(names)\(more) (\(how)).", "\(all)\(counted)。结束活动：\(names)\(more)（\(how)）。")
    }

    var cycleTimeAxis: String { isWorkingTime ? pick("cycle time, working", "周期时间（工作时间）") : pick("cycle time, elapsed", "周期时间（自然时间）") }
    var timesTable: String { pick("times per case", "每案例时间") }

    // MARK: Variants

    func variantsCaption(shown: Int, total: Int) -> Prose {
        pick(
            prose: "The \(count(shown)) commonest of \(variants(total)): share of the cases that run so.",
            "\(variants(total))中最常见的 \(count(shown)) 种：各自所占案例的比例。")
    }

    func variantReading(steps: Int, median: Double?, share: Double) -> Prose {
        let takes = median.map { pick("; half of these cases take over \(time($0))", "，半数案例超过 \(time($0))") } ?? ""
        return pick(
            prose: "The commonest variant has \(counted(steps, "step", "steps", "")) and covers \(self.share(share)) of the cases\(takes).",
            "最常见的流程变体有 \(count(steps)) 步，覆盖 \(self.share(share)) 的案例\(takes)。")
    }

    var variantsTable: String { pick("variants", "流程变体") }
    func variantName(_ rank: Int) -> String { pick("Variant \(count(rank))", "变体 \(count(rank))") }
    func stripLine(_ rank: Int, cases: Int, share: Double, median: Double?) -> String {
        let takes = median.map { pick(", median \(time($0))", "，中位数 \(time($0))") } ?? ""
        return pick(
            "Variant \(count(rank)): \(self.cases(cases)), \(self.share(share))\(takes)",
            "变体 \(count(rank))：\(self.cases(cases))，\(self.share(share))\(takes)")
    }
    var stripsCaption: Prose {
        pick(
            prose: "The commonest variants step by step; from the second on, steps that the first does not have are dark.",
            "最常见的流程变体；从第二种起，与第一种不同的步骤用深色。")
    }
    var stepsHead: String { pick("steps", "步数") }

    // MARK: Bottlenecks

    func bottleneckHeading(_ place: Prose, share: Double?) -> Prose {
        guard let share else { return pick(prose: "\(place) holds the most time", "\(place) 占用时间最多") }
        return pick(prose: "\(place) holds \(self.share(share)) of all time", "\(place) 占全部时间的 \(self.share(share))")
    }

    func bottleneckReading(first: Int, share: Double, of total: Int) -> Prose {
        pick(
            prose:
                "The first \(count(first)) of \(count(total)) hold \(strong: self.share(share)) of the time. An activity holds the time it is worked on, a hand-off the time between two activities.",
            "\(count(total)) 处中，前 \(count(first)) 处占 \(strong: self.share(share))。活动占用的是处理时间，交接占用的是两项活动之间的时间。")
    }

    var bottlenecksCaption: Prose {
        pick(
            prose: "Time held over all cases, the largest first; work on an activity and hand-offs between activities told apart.",
            "全部案例合计占用的时间，由大到小；区分活动处理和活动交接。")
    }

    var noBottlenecks: Prose { pick(prose: "The log holds no times between or within activities", "日志中没有活动内或活动间的时间") }
    var bottlenecksTable: String { pick("where the time goes", "时间花在哪里") }
    var bottlenecksAfterTable: String { pick("where the time goes, after", "时间花在哪里（之后）") }
    var bottleneckCasesTable: String { pick("slowest cases and filter of each", "各处最慢的案例和筛选条件") }

    /// The title of one bottleneck's details.
    func bottleneckTitle(rank: Int, _ place: Prose, total: Double, share: Double?) -> Prose {
        let part = share.map { pick(", \(self.share($0))", "，\(self.share($0))") } ?? ""
        return pick(prose: "\(count(rank)). \(place): \(time(total))\(part)", "\(count(rank)). \(place)：\(time(total))\(part)")
    }

    func bottleneckSaving(_ saved: Double) -> Prose {
        pick(
            prose: "If it took a tenth less, the mean cycle time would fall by \(strong: time(saved)).",
            "若缩短一成，平均周期时间减少 \(strong: time(saved))。")
    }

    func bottleneckRouting(_ routing: Double) -> Prose {
        let effect =
            routing >= 0
            ? pick("rises by \(time(routing))", "增加 \(time(routing))") : pick("falls by \(time(-routing))", "减少 \(time(-routing))")
        return pick(
            prose: "If cases took this path one percentage point more often, the expected cycle time \(effect).",
            "若经过这条路径的概率提高 1 个百分点，预期周期时间\(effect)。")
    }

    // MARK: Rework

    func reworkHeading(share: Double, activity: String) -> Prose {
        pick(
            prose: "\(self.share(share)) of the cases repeat an activity, most often \(name: activity)",
            "\(self.share(share)) 的案例有返工，最常见的是 \(name: activity)")
    }

    var noReworkHeading: Prose { pick(prose: "No case repeats an activity", "没有案例重复任何活动") }

    func reworkReading(extra: Int, activities: Int, share: Double) -> Prose {
        pick(
            prose:
                "\(counted(activities, "activity is", "activities are", "")) repeated, \(counted(extra, "instance", "instances", "")) beyond the first: \(self.share(share)) of all work steps.",
            "\(count(activities)) 种活动被重复，共多做 \(count(extra)) 次，占全部活动实例的 \(self.share(share))。")
    }

    var reworkCaption: Prose {
        pick(prose: "Cases that hold the activity more than once.", "多次出现该活动的案例数。")
    }

    func reworkTitle(_ activity: String, cases: Int) -> Prose {
        pick(prose: "\(name: activity): \(self.cases(cases))", "\(name: activity)：\(self.cases(cases))")
    }

    func reworkDifference(with: Double, without: Double, nWith: Int, nWithout: Int) -> Prose {
        pick(
            prose:
                "Median cycle time \(strong: time(with)) with the repetition (n\u{A0}=\u{A0}\(count(nWith))) and \(strong: time(without)) without (n\u{A0}=\u{A0}\(count(nWithout))). This compares cases; it does not prove that the repetition is the cause.",
            "周期时间中位数：有重复 \(strong: time(with))（\(count(nWith)) 个），无重复 \(strong: time(without))（\(count(nWithout)) 个）。这是案例间的比较，不证明重复就是原因。")
    }

    var reworkTable: String { pick("repeated activities", "被重复的活动") }
}
