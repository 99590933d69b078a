import EventLogs
import Indicators
import Reports
import Statistics
import Workbench

/// Checks and verdicts of a gate for readers.
struct GateWords {
    let language: Language
    private let words: KPIWords
    private let humane: Humane

    init(_ language: Language) {
        self.language = language
        words = KPIWords(language)
        humane = Humane(language)
    }

    /// `cycle time, median` with the condition on cases.
    func name(_ judgement: GateJudgement) -> String {
        let name = words.name(judgement.check.name.text, unit: judgement.measured.unit)
        guard let filter = judgement.check.filter else { return name }
        return language("\(name), where \(filter.text)", "\(name)（\(filter.text)）")
    }

    /// A verdict, coloured.
    func cell(_ verdict: GateVerdict) -> Table.Cell {
        switch verdict {
        case .pass: .words(self.verdict(verdict), tone: .better)
        case .fail, .veto: .words(self.verdict(verdict), tone: .worse)
        case .insufficient: .words(self.verdict(verdict), tone: .warning)
        }
    }

    /// A verdict in a word.
    func verdict(_ verdict: GateVerdict) -> String {
        switch verdict {
        case .pass: language("pass", "通过")
        case .fail: language("fail", "未通过")
        case .insufficient: language("too little evidence", "证据不足")
        case .veto: language("veto", "否决")
        }
    }

    /// The gate as a whole, in a sentence.
    func headline(_ gate: HoldGate) -> String {
        let all = gate.outcomes.count
        let failed = gate.outcomes.count { $0.verdict == .fail }
        let unclear = gate.outcomes.count { $0.verdict == .insufficient }
        let vetoed = gate.outcomes.count { $0.verdict == .veto }
        switch gate.verdict {
        case .pass: return language("Gate passed: \(all == 1 ? "the check is" : "all \(all) checks are") kept", "门禁通过：\(all) 项检查全部满足")
        case .fail:
            return language(
                "Gate failed: \(failed) of \(all) checks \(failed == 1 ? "is" : "are") not kept", "门禁未通过：\(all) 项检查中有 \(failed) 项不满足")
        case .insufficient:
            return language(
                "Gate undecided: too little evidence for \(unclear) of \(all) checks", "门禁无法判定：\(all) 项检查中有 \(unclear) 项证据不足")
        case .veto:
            return language(
                "Gate vetoed: the data are too bad for \(vetoed) of \(all) checks", "门禁否决：数据质量使 \(all) 项检查中的 \(vetoed) 项无法判定")
        }
    }

    /// Why a check came out as it did, in a sentence or two.
    func reason(_ outcome: HoldGate.Outcome) -> String {
        if !outcome.vetoes.isEmpty {
            return outcome.vetoes.map { FindingText($0).message(language) }.joined(separator: language(" ", ""))
        }
        let judgement = outcome.judgement
        let parts = [judgement.target, judgement.regression].compactMap { $0 }
        return parts.map { sentence($0.reason, judgement) }.joined(separator: language("; ", "；"))
    }

    private func sentence(_ reason: GateReason, _ judgement: GateJudgement) -> String {
        let target = judgement.check.target?.text ?? ""
        let isElapsed = judgement.check.target?.time == .elapsed
        let value = text(judgement.measured.value, judgement.measured.unit, isElapsed)
        let interval = text(judgement.measured.ci95, judgement.measured.unit, isElapsed)
        let limit = humane.share(judgement.check.maxRegression)
        let change = humane.change(judgement.change)
        let changes = humane.interval(judgement.changeCi95?.low, judgement.changeCi95?.high, humane.change)
        switch reason {
        case .targetMet: return language("\(value) keeps \(target)", "\(value) 满足 \(target)")
        case .targetMissed:
            return language(
                "\(value) misses \(target), as does its whole interval \(interval)", "\(value) 不满足 \(target)，整个置信区间 \(interval) 也不满足")
        case .targetUnclear:
            return language(
                "\(value) misses \(target), but its interval \(interval) does not", "\(value) 不满足 \(target)，但置信区间 \(interval) 未排除满足的可能")
        case .targetWithoutInterval:
            return language(
                "\(value) misses \(target), and there are too few cases for an interval", "\(value) 不满足 \(target)，且案例太少，无法给出置信区间")
        case .targetTooFew(let n, let minN):
            return language(
                "\(humane.count(n)) cases are fewer than \(humane.count(minN))", "\(humane.count(n)) 个案例，少于 \(humane.count(minN)) 个")
        case .unknownValue: return language("the log cannot tell this figure", "日志无法给出该指标")
        case .held:
            return language("change \(change) \(changes), allowed are \(limit) worse", "变化 \(change) \(changes)，允许恶化 \(limit)")
        case .regressed:
            return language(
                "change \(change) \(changes): worse by more than \(limit), and not by chance", "变化 \(change) \(changes)：恶化超过 \(limit)，且并非偶然"
            )
        case .tooFew(let n, let baseline, let minN):
            return language(
                "\(humane.count(n)) cases, \(humane.count(baseline)) in the baseline: each side needs \(humane.count(minN))",
                "\(humane.count(n)) 个案例，基线 \(humane.count(baseline)) 个：每侧至少需要 \(humane.count(minN)) 个")
        case .tooWide(let half, let limit):
            return language(
                "change \(change) \(changes): known to ±\(humane.share(half)) only, ±\(humane.share(limit)) is needed",
                "变化 \(change) \(changes)：只能确定到 ±\(humane.share(half))，需要 ±\(humane.share(limit))")
        case .noInterval:
            return language(
                "the change has no interval: too few cases, or a baseline that may be 0", "变化没有置信区间：案例太少，或基线可能为 0")
        case .noBaseline: return language("there is no baseline to compare with", "没有可对比的基线")
        }
    }

    private func text(_ value: Double?, _ unit: String, _ isElapsed: Bool) -> String {
        switch unit {
        case "s": (isElapsed ? Humane.elapsed(language) : humane).duration(seconds: value)
        case "share": humane.share(value)
        case "cases": humane.count(value.map { Int($0) })
        default: humane.number(value)
        }
    }

    private func text(_ interval: Interval?, _ unit: String, _ isElapsed: Bool) -> String {
        humane.interval(interval?.low, interval?.high) { text($0, unit, isElapsed) }
    }
}
