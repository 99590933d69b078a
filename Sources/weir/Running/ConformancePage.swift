import Conformance
import Foundation
import Reports
import Workbench

/// How far a log keeps to a model or to rules, for eyes and as tables.
struct ConformancePage {
    private let result: CheckConformance
    private let language: Language
    private let humane: Humane
    private let tables: ConformanceTables

    init(_ result: CheckConformance, _ language: Language) {
        self.result = result
        self.language = language
        humane = Humane(language)
        tables = ConformanceTables(language)
    }

    /// The main table: deviations, constraints or rules.
    var table: Table {
        switch result.outcome {
        case .model(let model): self.model(model, isNarrow: false)
        case .constraints(let constraints): tables.constraints(constraints)
        case .skeleton(let skeleton): tables.skeleton(skeleton)
        case .times(let times): tables.times(times)
        case .rules(let rules): tables.rules(rules)
        }
    }

    /// Every case.
    var caseTable: Table {
        switch result.outcome {
        case .model(let model): tables.cases(model)
        case .constraints(let constraints): tables.cases(constraints)
        case .skeleton(let skeleton): tables.cases(skeleton)
        case .times(let times): tables.cases(times)
        case .rules(let rules): tables.cases(rules)
        }
    }

    /// The page.
    func text(_ opened: OpenedLog, log: String, _ session: Session) -> String {
        var page = TextPage(session)
        page.headline(opened.log, open: nil)
        page.line(subject)
        structure(&page)
        page.line()
        fitness(&page)
        unknown(&page)
        let table = narrow
        if !table.rows.isEmpty {
            page.line()
            page.table(table, rows: 12, hint: session.command(adding: "--format csv"))
        }
        if let gaps = result.activities { said(gaps, &page) }
        let word = shellWord(log)
        let cases = session.command(adding: "--cases --format csv -o cases.csv")
        if case .model = result.outcome {
            page.next("weir report \(word) --model \(shellWord(result.model)) -o report.html", cases)
        } else {
            page.next(cases)
        }
        return page.text
    }

    private var subject: String {
        let name = InertText.cut(result.model, to: 40)
        if case .times(let times) = result.outcome {
            let zeta = String(format: "%g", times.zeta)
            return language(
                "Against the times of \(name), off the mean by more than \(zeta) × the standard deviation",
                "对照 \(name) 中的时间，偏离均值超过 \(zeta) × 标准差")
        }
        return switch result.method {
        case .alignment: language("Against \(name), by optimal alignments", "对照 \(name)，方法：最优对齐")
        case .replay: language("Against \(name), by token replay", "对照 \(name)，方法：令牌重放")
        case .footprint: language("Against \(name), by footprints", "对照 \(name)，方法：足迹")
        case .rules: language("Against the rules of \(name)", "对照 \(name) 中的规则")
        }
    }

    /// Where the course of the model is not as BPMN 2.0 asks for.
    private func structure(_ page: inout TextPage) {
        if result.structure.isEmpty { return }
        let text = BPMNStructureText(language)
        page.line()
        page.line(language("The model is not as BPMN 2.0 asks for:", "模型不符合 BPMN 2.0 的要求："))
        for finding in result.structure.prefix(5) { page.folded(text.sentence(finding)) }
        if result.structure.count > 5 {
            let more = humane.count(result.structure.count - 5)
            page.line(
                language(
                    "… \(more) more (\(page.session.command(adding: "--format json")))",
                    "… 另有 \(more) 处（\(page.session.command(adding: "--format json"))）"))
        }
    }

    private func fitness(_ page: inout TextPage) {
        let fitness = result.fitness
        guard let log = fitness.log, let share = fitness.fittingShare else {
            page.line(language("There is nothing to judge.", "没有可以判断的内容。"))
            return
        }
        var parts = [
            language("Fitness \(humane.share(log))", "拟合度 \(humane.share(log))"),
            language("\(humane.share(share)) of the cases keep to it wholly", "\(humane.share(share)) 的案例完全符合"),
        ]
        if case .model(let model) = result.outcome {
            if let precision = model.precision {
                parts.append(language("precision \(humane.share(precision))", "精确度 \(humane.share(precision))"))
            }
            if let value = model.generalization {
                parts.append(language("generalization \(humane.share(value))", "泛化度 \(humane.share(value))"))
            }
            if let value = model.simplicity { parts.append(language("simplicity \(humane.share(value))", "简洁度 \(humane.share(value))")) }
        }
        page.folded(parts.joined(separator: " · "))
        if case .model(let model) = result.outcome, let unproven = model.unproven, unproven > 0 {
            page.folded(
                language(
                    "Of \(humane.count(unproven)) of \(humane.count(model.variants)) variants the least cost is not proven; the figures are bounds there.",
                    "\(humane.count(model.variants)) 个流程变体中有 \(humane.count(unproven)) 个的最小代价未得到证明，其数值为界限。"))
        }
    }

    private func unknown(_ page: inout TextPage) {
        let names: [String] =
            switch result.outcome {
            case .model(let model): model.unknownActivities
            case .constraints(let constraints): constraints.unknownActivities.map(\.name)
            case .skeleton(let skeleton): skeleton.unknownActivities
            case .times(let times): times.unknownActivities.map(\.name)
            case .rules(let rules): rules.unknownActivities.map(\.name)
            }
        if names.isEmpty { return }
        let list = names.prefix(6).map { "“\(InertText.cut($0, to: 30))”" }.joined(separator: language(", ", "、"))
        let rest = names.count > 6 ? language(" and \(names.count - 6) more", " 等 \(names.count) 种") : ""
        switch result.outcome {
        case .model, .skeleton: page.folded(language("Not in the model: \(list)\(rest)", "模型中没有：\(list)\(rest)"))
        case .constraints, .times, .rules: page.folded(language("Not in the log: \(list)\(rest)", "日志中没有：\(list)\(rest)"))
        }
    }

    /// What is said and never seen; what is seen and not said stands among the deviations.
    private func said(_ gaps: SaidAndSeen, _ page: inout TextPage) {
        let never = gaps.activities.filter { $0.verdict == .neverSeen }.map(\.name)
        if never.isEmpty { return }
        let list = never.prefix(8).map { "“\(InertText.cut($0, to: 30))”" }.joined(separator: language(", ", "、"))
        let rest = never.count > 8 ? language(" and \(never.count - 8) more", " 等 \(never.count) 种") : ""
        page.line()
        page.folded(language("In the model, never seen: \(list)\(rest)", "模型中有而从未出现：\(list)\(rest)"))
    }

    private var narrow: Table {
        switch result.outcome {
        case .model(let model): self.model(model, isNarrow: true)
        case .constraints(let constraints): tables.constraints(constraints, isNarrow: true)
        case .skeleton(let skeleton): tables.skeleton(skeleton, isNarrow: true)
        case .times(let times): tables.times(times)
        case .rules(let rules): tables.rules(rules, isNarrow: true)
        }
    }

    private func model(_ model: ConformanceResult, isNarrow: Bool) -> Table {
        if let footprints = model.footprints { return tables.footprints(footprints) }
        return model.method == .replay ? tables.unready(model) : tables.deviations(model, isNarrow: isNarrow)
    }
}
