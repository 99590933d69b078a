extension Words {
    // MARK: The first screen

    var reportKicker: String { pick("Process report", "流程分析报告") }
    var beforeLabel: String { pick("Before", "之前") }
    var afterLabel: String { pick("After", "之后") }

    /// How large a log is and when it was recorded.
    func extent(cases: Int, instances: Int, dates: String, offset: String, unfinished: Int) -> Prose {
        let open =
            unfinished == 0
            ? "" : pick(" · \(count(unfinished)) unfinished", " · 未完成 \(count(unfinished)) 个")
        return pick(
            prose: "\(self.cases(cases)) · \(self.instances(instances)) · \(dates) (\(offset))\(open)",
            "\(self.cases(cases)) · \(self.instances(instances)) · \(dates)（\(offset)）\(open)")
    }

    /// In front of the extent of one of two logs.
    func extentOf(_ label: String, log: String, _ extent: Prose) -> Prose {
        pick(prose: "\(strong: label): \(name: log), \(extent)", "\(strong: label)：\(name: log)，\(extent)")
    }

    /// That data quality touches what the findings say.
    func caution(warnings: Int, analyses: [FindingText.Analysis]) -> Prose {
        let names = analyses.map { $0.name(language) }.joined(separator: listComma)
        return pick(
            prose:
                "\(link: "Data quality", to: "quality"): \(counted(warnings, "warning touches", "warnings touch", "")) \(names).",
            "\(link: "数据质量", to: "quality")：\(count(warnings)) 项警告影响\(names)。")
    }

    /// How sure a share of cases is.
    func shareBasis(_ part: Int, of whole: Int, low: Double?, high: Double?) -> Prose {
        let interval =
            low == nil ? "" : pick("; 95 % interval \(shares(low, high))", "；95% 置信区间 \(shares(low, high))")
        return pick(
            prose: "\(count(part)) of \(cases(whole))\(interval)", "\(cases(whole))中的 \(count(part)) 个\(interval)")
    }

    /// On how many events a figure rests.
    func eventBasis(_ events: Int) -> Prose { pick(prose: "n\u{A0}=\u{A0}\(self.events(events))", "样本：\(self.events(events))") }

    /// On how many cases a figure rests.
    func nBasis(_ cases: Int) -> Prose { pick(prose: "n\u{A0}=\u{A0}\(self.cases(cases))", "样本：\(self.cases(cases))") }

    /// The biggest bottleneck.
    func bottleneckFinding(_ place: Prose, share: Double?, total: Double, perCase: Double?, saved: Double?) -> Prose {
        let saving =
            saved.map { pick("; a tenth less of it saves \(time($0)) per case", "；缩短一成，每案例可省 \(time($0))") } ?? ""
        if let share {
            return pick(
                prose: "\(place) holds \(strong: self.share(share)) of all time, \(time(perCase)) per case\(saving).",
                "\(place) 占全部时间的 \(strong: self.share(share))，每案例 \(time(perCase))\(saving)。")
        }
        return pick(
            prose: "\(place) holds \(strong: time(total)) in all, \(time(perCase)) per case\(saving).",
            "\(place) 合计占用 \(strong: time(total))，每案例 \(time(perCase))\(saving)。")
    }

    /// A sentence that holds after the change.
    func afterTheChange(_ sentence: Prose) -> Prose { pick(prose: "After the change: ", "之后：") + sentence }

    /// How many cases pass a bottleneck and how long each waits there.
    func bottleneckBasis(cases: Int, of all: Int, count: Int, median: Double?, p90: Double?) -> Prose {
        let times =
            median == nil
            ? "" : pick("; half take over \(time(median)), one in ten over \(time(p90))", "；半数超过 \(time(median))，一成超过 \(time(p90))")
        return pick(
            prose: "\(self.count(cases)) of \(self.cases(all)), \(self.count(count)) times\(times)",
            "\(self.cases(all))中的 \(self.count(cases)) 个，共 \(self.count(count)) 次\(times)")
    }

    /// How much rework there is.
    func reworkFinding(share: Double?, activity: String, cases: Int, extra: Double?) -> Prose {
        let longer: Prose
        switch extra {
        case .some(let extra) where extra >= 1:
            longer = pick(prose: "; their median cycle time is \(time(extra)) longer", "，周期时间中位数多 \(time(extra))")
        case .some(let extra) where extra <= -1:
            longer = pick(prose: "; their median cycle time is \(time(-extra)) shorter", "，周期时间中位数少 \(time(-extra))")
        default: longer = ""
        }
        return pick(
            prose:
                "\(strong: self.share(share)) of the cases repeat an activity, most often \(name: activity) (\(self.cases(cases))\(longer)).",
            "\(strong: self.share(share)) 的案例有返工，最常见的是 \(name: activity)（\(self.cases(cases))\(longer)）。")
    }

    /// That nothing is repeated.
    var noReworkFinding: Prose {
        pick(prose: "No case repeats an activity.", "没有案例重复任何活动。")
    }

    /// How many variants cover how much: a heading, or with ``ended(_:)`` a sentence.
    func variantFinding(_ first: Int, of total: Int, share: Double) -> Prose {
        if first == 1 {
            return pick(
                prose: "The commonest of \(variants(total)) covers \(strong: self.share(share)) of the cases",
                "\(variants(total))中，最常见的一种覆盖 \(strong: self.share(share)) 的案例")
        }
        return pick(
            prose: "\(count(first)) of \(variants(total)) cover \(strong: self.share(share)) of the cases",
            "\(variants(total))中，前 \(count(first)) 种覆盖 \(strong: self.share(share)) 的案例")
    }

    /// That no two cases run alike: a heading, or with ``ended(_:)`` a sentence.
    func allDifferentFinding(_ cases: Int) -> Prose {
        pick(prose: "No two of \(self.cases(cases)) run alike", "\(self.cases(cases))的路线各不相同")
    }

    /// How long cases take: a heading, or with ``ended(_:)`` a sentence.
    func cycleFinding(median: Double, p90: Double) -> Prose {
        pick(
            prose: "Half of the cases take longer than \(strong: time(median)), one in ten longer than \(strong: time(p90))",
            "半数案例的周期时间超过 \(strong: time(median))，一成超过 \(strong: time(p90))")
    }

    /// A heading as a sentence.
    func ended(_ heading: Prose) -> Prose { heading + Prose(pick(".", "。")) }

    /// On how many cases the cycle times rest.
    func cycleBasis(cases: Int, unfinished: Int, areIncluded: Bool) -> Prose {
        let open =
            unfinished == 0
            ? ""
            : areIncluded
                ? pick(", \(count(unfinished)) of them unfinished", "，其中未完成 \(count(unfinished)) 个")
                : pick("; \(count(unfinished)) unfinished ones left out", "；未完成的 \(count(unfinished)) 个不计")
        return pick(prose: "n\u{A0}=\u{A0}\(self.cases(cases))\(open)", "样本：\(self.cases(cases))\(open)")
    }

    /// That many cases are unfinished.
    func unfinishedFinding(_ unfinished: Int, share: Double) -> Prose {
        pick(
            prose:
                "\(strong: self.share(share)) of the cases are unfinished: what they will take in all is not known yet.",
            "\(strong: self.share(share)) 的案例尚未完成，最终需要多长时间还不知道。")
    }

    /// That the data does not bear the figures.
    func vetoFinding(_ message: String) -> Prose {
        pick(
            prose: "The data does not bear all figures: \(message)", "数据不足以支持全部数字：\(message)")
    }

    /// The last line of the report.
    func footer(version: String) -> Prose {
        pick(
            prose: "Made by \(name: "weir") \(name: version). The same logs and options give the same report, byte for byte.",
            "由 \(name: "weir") \(name: version) 生成。相同的日志和选项得到完全相同的报告。")
    }

    /// What a small bar shows.
    func miniShare(_ share: Double) -> String { pick("\(self.share(share)) of the whole", "占全部的 \(self.share(share))") }
}
