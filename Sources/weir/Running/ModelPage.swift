import Conformance
import ProcessModels
import Reports
import Workbench

/// A model that was found, for eyes and as a table.
struct ModelPage {
    private let mined: MinedModel
    private let language: Language
    private let humane: Humane

    init(_ mined: MinedModel, _ language: Language) {
        self.mined = mined
        self.language = language
        humane = Humane(language)
    }

    /// The model's parts as a table.
    var table: Table {
        switch mined.model {
        case .tree(let tree): nodes(tree)
        case .declare(let model): constraints(model)
        }
    }

    /// The page of a model of a log.
    func text(_ opened: OpenedLog, _ log: String, _ session: Session) -> String {
        var page = TextPage(session)
        page.headline(opened.log, open: nil)
        page.line()
        let word = shellWord(log)
        switch mined.model {
        case .tree(let tree):
            let lines = TreeOutline(tree, language).lines
            for line in lines.prefix(60) { page.line(line) }
            if lines.count > 60 {
                let more = humane.count(lines.count - 60)
                page.line(
                    language(
                        "… \(more) more lines (\(session.command(adding: "--format json")))",
                        "… 另有 \(more) 行（\(session.command(adding: "--format json"))）"))
            }
            page.line()
            fitness(&page)
            let again = "weir discover \(word) --miner \(mined.miner.rawValue)"
            page.next("\(again) -o model.bpmn", "weir conformance \(word) model.bpmn")
        case .declare(let model):
            page.table(constraints(model, isNarrow: true), rows: 20, hint: session.command(adding: "--format csv"))
            page.next("\(session.command(adding: "-o rules.json"))", "weir conformance \(word) rules.json")
        }
        return page.text
    }

    private func fitness(_ page: inout TextPage) {
        guard let fitness = mined.fitness, let log = fitness.log, let share = fitness.fittingShare else { return }
        page.folded(
            language(
                "Fitness \(humane.number(log)) of 1: \(humane.share(share)) of the cases run wholly as the model says.",
                "拟合度 \(humane.number(log))（满分 1）：\(humane.share(share)) 的案例完全符合模型。"))
    }

    private func nodes(_ tree: ProcessTree) -> Table {
        var rows: [[Table.Cell]] = []
        func add(_ tree: ProcessTree, under parent: Int?) {
            let number = rows.count + 1
            var name: String?
            if case .activity(let own) = tree { name = own }
            let kind =
                switch tree {
                case .activity: "activity"
                case .silent: "silent"
                case .node(let operation, _): operation.rawValue
                }
            rows.append([.count(number), .count(parent), .words(kind), .name(name)])
            for child in tree.children { add(child, under: number) }
        }
        add(tree, under: nil)
        return Table(
            language("The process as a tree", "流程树"),
            columns: [
                Table.Column(language("node", "节点"), key: "node"), Table.Column(language("under", "上级"), key: "parent"),
                Table.Column(language("kind", "类型"), key: "kind", .left), Table.Column(language("activity", "活动"), key: "activity", .left),
            ], rows: rows)
    }

    private func constraints(_ model: DeclareModel, isNarrow: Bool = false) -> Table {
        let text = DeclareText(language)
        let columns = [
            Table.Column(language("what holds", "规律"), key: "sentence", .left),
            Table.Column(language("constraint", "约束"), key: "template", .left),
            Table.Column(language("speaks of", "涉及案例"), key: "activated"), Table.Column(language("holds in", "成立"), key: "satisfied"),
            Table.Column(language("support", "支持度"), key: "support"), Table.Column(language("confidence", "置信度"), key: "confidence"),
        ]
        let rows = model.constraints.map { item -> [Table.Cell] in
            [
                .name(text.sentence(item.template, item.activities)), .words(item.template.rawValue), .count(item.activated),
                .count(item.satisfied), .share(item.support), .share(item.confidence),
            ]
        }
        func cut<Element>(_ list: [Element]) -> [Element] { isNarrow ? [list[0], list[2], list[5]] : list }
        return Table(language("Constraints", "约束"), columns: cut(columns), rows: rows.map { cut($0) })
    }
}
