package import Indicators

extension Words {
    // MARK: Before against after

    var comparisonTopic: String { pick("Before and after", "前后对比") }

    /// What a verdict is called.
    package func verdict(_ verdict: ComparedKPI.Verdict) -> String {
        switch verdict {
        case .improved: pick("improved", "改善")
        case .worsened: pick("worsened", "恶化")
        case .changed: pick("changed", "有变化")
        case .noChange: pick("no difference found", "未发现差异")
        case .insufficient: pick("insufficient evidence", "证据不足")
        }
    }

    /// How interval and p-value of a figure were made.
    package func method(_ method: String) -> String {
        switch method {
        case "bootstrap-percentile": pick("bootstrap over cases, widened where neighbouring cases are alike", "对案例重新抽样，相邻案例相近时放宽")
        case "newcombe": pick("Newcombe's interval of two rates", "两个比率之差的区间")
        case "weekly-bootstrap": pick("bootstrap over weeks", "对各周重新抽样")
        case "clustered-t": pick("t interval, cases as clusters, as alike as neighbours in time are", "以案例为群的 t 区间，计入时间上相邻案例的相似")
        default: InertText.line(InertText.cut(method, to: 40))
        }
    }

    /// The main change as a heading.
    func changeHeading(_ kpi: String, change: Double?, verdict: ComparedKPI.Verdict) -> Prose {
        switch verdict {
        case .insufficient:
            return pick(prose: "The evidence on the \(kpi) is insufficient", "\(kpi)：证据不足")
        case .noChange:
            return pick(prose: "No difference was found in the \(kpi)", "\(kpi)：未发现差异")
        case .improved, .worsened, .changed:
            let size = change.map { share(abs($0)) } ?? ""
            let isLess = (change ?? 0) < 0
            return pick(
                prose: "The \(kpi) \(isLess ? "fell" : "rose") by \(strong: size)", "\(kpi)\(isLess ? "下降" : "上升") \(strong: size)")
        }
    }

    /// The label of the large figure.
    func headlineLabel(_ kpi: String, before: String, after: String) -> String {
        pick("\(kpi): \(before) before, \(after) after", "\(kpi)：之前 \(before)，之后 \(after)")
    }

    /// The large figure where no difference was found.
    var noDifference: String { pick("No difference found", "未发现差异") }
    /// The large figure where there is too little to tell.
    var tooLittle: String { pick("Insufficient evidence", "证据不足") }

    /// What the large figure rests on.
    func headlineBasis(verdict: ComparedKPI.Verdict, nBefore: Int, nAfter: Int, method: String, adjusted: String?) -> Prose {
        let cases = pick(
            "\(count(nBefore)) cases before, \(count(nAfter)) after", "之前 \(count(nBefore)) 个案例，之后 \(count(nAfter)) 个")
        let means: String
        switch verdict {
        case .insufficient: means = pick("; fewer than 30 on a side do not bear a verdict", "；一侧不足 30 个时不下结论")
        case .noChange:
            means = pick(
                "; the 95 % interval (\(self.method(method))) holds zero", "；95% 置信区间（\(self.method(method))）包含零")
        case .improved, .worsened, .changed:
            means = pick(
                "; 95 % interval in brackets (\(self.method(method)))", "；方括号内为 95% 置信区间（\(self.method(method))）")
        }
        let mix =
            adjusted.map { pick("; \($0) with the mix of cases held as it was before", "；案例构成保持不变时为 \($0)") } ?? ""
        return pick(
            prose: "\(link: "Evidence", to: "comparison"): \(cases)\(means)\(mix).",
            "\(link: "依据", to: "comparison")：\(cases)\(means)\(mix)。")
    }

    /// The main change as a sentence.
    func changeReading(
        _ kpi: String, before: String, nBefore: Int, after: String, nAfter: Int, change: String, interval: String, verdict: String
    ) -> Prose {
        pick(
            prose:
                "\(kpi): \(strong: before) before (n\u{A0}=\u{A0}\(count(nBefore))), \(strong: after) after (n\u{A0}=\u{A0}\(count(nAfter))); change \(strong: change), 95 % interval \(interval): \(verdict).",
            "\(kpi)：之前 \(strong: before)（\(count(nBefore)) 个），之后 \(strong: after)（\(count(nAfter)) 个）；变化 \(strong: change)，95% 置信区间 \(interval)：\(verdict)。"
        )
    }

    var comparedDistributionsCaption: Prose {
        pick(
            prose:
                "Cycle times before and after on one axis: the share of cases done within each length of time. The arrow runs from median to median; the bar below is the 95 % interval of that change.",
            "同一时间轴上的前后周期时间：不超过该时长的案例占比。箭头连接两个中位数，下方的横条是其变化的 95% 置信区间。")
    }

    var intervalsCaption: Prose {
        pick(
            prose: "Change of each figure with its 95 % interval around zero; what is hatched rests on too few cases.",
            "各指标的变化及其 95% 置信区间，以零为中线；带斜纹的证据不足。")
    }

    /// What the shift between the medians is called in the picture.
    func shift(absolute: String, relative: String) -> String { pick("median \(absolute) (\(relative))", "中位数 \(absolute)（\(relative)）") }

    /// What the interval of the shift is called in the picture.
    func shiftInterval(low: String, high: String) -> String { pick("95 %: \(low) to \(high)", "95%：\(low) 至 \(high)") }

    /// What the adjusted changes rest on.
    func caseMix(_ attributes: [String], strata: Int, coverage: Double) -> Prose {
        let names = Prose.joined(attributes.map { "\(name: $0)" }, separator: listComma)
        return pick(
            prose:
                "“Adjusted change” is the change if the mix of cases had stayed as it was before, by \(names): \(counted(strata, "group", "groups", "")) that hold \(share(coverage)) of the cases on the smaller side.",
            "“调整后变化”按 \(names) 分成 \(count(strata)) 组，假定案例构成与之前相同；较少一侧 \(share(coverage)) 的案例在这些组内。")
    }

    var noCaseMix: Prose {
        pick(
            prose: "The changes are not adjusted for another mix of cases: the logs share no case attribute that would allow it.",
            "两份日志没有可用的共同案例属性，变化未按案例构成调整。")
    }

    var noCost: Prose {
        pick(
            prose: "Costs are not compared: the logs hold none, and no rates were given (\(code: "--rates")).",
            "没有成本数据，也未给出费率（\(code: "--rates")），不比较成本。")
    }

    func astride(_ cases: Int) -> Prose {
        pick(
            prose: "\(counted(cases, "case lies", "cases lie", "")) astride the split and \(cases == 1 ? "is" : "are") left out.",
            "\(count(cases)) 个案例跨越分界时刻，不计入。")
    }

    func listedReading(_ changed: Int, of all: Int, insufficient: Int) -> Prose {
        pick(
            prose:
                "Of \(count(all)) figures of single activities and paths, \(strong: count(changed)) differ beyond chance (p ≤ 0.05 after correction for so many tests) and \(count(insufficient)) rest on too few cases to tell.",
            "单项活动和路径共 \(count(all)) 个指标，其中 \(strong: count(changed)) 个的差异超出偶然（按多次检验校正后显著性水平 0.05），\(count(insufficient)) 个案例太少，无法判断。")
    }

    var kpiTable: String { pick("figures before and after", "前后指标") }
    var activityChangesTable: String { pick("activities before and after", "各活动前后对比") }
    var pathChangesTable: String { pick("paths before and after", "各路径前后对比") }
    var methodHead: String { pick("interval by", "区间方法") }
    var correctedHead: String { pick("corrected p-value", "校正后显著性") }

    /// A place whose time changed.
    func placeChanged(_ place: Prose, kpi: String, change: Double, interval: String, before: String, after: String) -> Prose {
        let size = share(abs(change))
        return pick(
            prose:
                "\(place): the \(kpi) \(change < 0 ? "fell" : "rose") by \(strong: size) \(interval), from \(before) to \(after).",
            "\(place)：\(kpi)\(change < 0 ? "下降" : "上升") \(strong: size) \(interval)，由 \(before)变为 \(after)。")
    }

    /// A figure of the whole process that changed.
    func figureChanged(_ kpi: String, change: Double, interval: String, before: String, after: String) -> Prose {
        let size = share(abs(change))
        return pick(
            prose: "The \(kpi) \(change < 0 ? "fell" : "rose") by \(strong: size) \(interval), from \(before) to \(after).",
            "\(kpi)\(change < 0 ? "下降" : "上升") \(strong: size) \(interval)，由 \(before)变为 \(after)。")
    }

    /// That nothing differs.
    func nothingChanged(_ figures: Int, insufficient: Int) -> Prose {
        if insufficient == figures {
            return pick(
                prose: "There is \(strong: "insufficient evidence") on all \(count(figures)) figures compared.",
                "比较的 \(count(figures)) 个指标全部\(strong: "证据不足")。")
        }
        let rest =
            insufficient == 0
            ? pick("", "") : pick("; on \(count(insufficient)) the evidence is insufficient", "，其中 \(count(insufficient)) 个证据不足")
        return pick(
            prose: "Of \(count(figures)) figures compared \(strong: "none") differs beyond chance\(rest).",
            "比较的 \(count(figures)) 个指标\(strong: "均未")发现超出偶然的差异\(rest)。")
    }

    /// On how many observations a change rests.
    func changeBasis(nBefore: Int, nAfter: Int) -> Prose {
        pick(
            prose: "n\u{A0}=\u{A0}\(count(nBefore)) before and \(count(nAfter)) after; 95 % interval in brackets",
            "样本：之前 \(count(nBefore)) 个，之后 \(count(nAfter)) 个；方括号内为 95% 置信区间")
    }

    /// On how many cases it rests that nothing differs.
    func nothingBasis(nBefore: Int, nAfter: Int) -> Prose {
        pick(
            prose: "\(count(nBefore)) cases before and \(count(nAfter)) after; each figure with its interval in the table",
            "之前 \(count(nBefore)) 个案例，之后 \(count(nAfter)) 个；各指标的区间见表")
    }

    func miniChange(_ before: String, _ after: String) -> String { pick("from \(before) to \(after)", "由 \(before)变为 \(after)") }
}
