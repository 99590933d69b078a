import Conformance
import ProcessModels
import Reports
import Statistics
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
        case .net(let net): arcs(net)
        case .bpmn(let model): tasks(model)
        case .causal(let net, _): dependencies(net)
        case .declare(let model): constraints(model)
        case .skeleton(let skeleton): relations(skeleton)
        case .temporal(let profile): times(profile)
        }
    }

    /// The page of a model of a log.
    func text(_ facts: LogFacts, _ log: String, _ session: Session) -> String {
        var page = TextPage(session)
        page.headline(facts.headline, open: nil)
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
            decisions(&page)
            let again = "weir discover \(word) --miner \(mined.miner.rawValue)"
            page.next("\(again) -o model.bpmn", "weir conformance \(word) model.bpmn")
        case .net(let net):
            let counts = (humane.count(net.places.count), humane.count(net.transitions.count))
            page.line(language("A Petri net of \(counts.0) places and \(counts.1) transitions", "Petri 网：\(counts.0) 个库所，\(counts.1) 个变迁"))
            page.line()
            page.table(arcs(net), rows: 20, hint: session.command(adding: "--format csv"))
            page.line()
            fitness(&page)
            decisions(&page)
            page.next("weir discover \(word) --miner \(mined.miner.rawValue) -o model.pnml", "weir conformance \(word) model.pnml")
        case .bpmn(let model):
            let nodes = model.processes.flatMap(\.nodes)
            let counts = (humane.count(nodes.count { $0.isTask }), humane.count(nodes.count { $0.isGateway }))
            page.line(language("A BPMN model of \(counts.0) tasks and \(counts.1) gateways", "BPMN 模型：\(counts.0) 个任务，\(counts.1) 个网关"))
            page.line()
            page.table(tasks(model), rows: 20, hint: session.command(adding: "--format csv"))
            page.line()
            fitness(&page)
            decisions(&page)
            page.next("weir discover \(word) --miner \(mined.miner.rawValue) -o model.bpmn", "weir conformance \(word) model.bpmn")
        case .causal(let net, _):
            page.table(dependencies(net), rows: 20, hint: session.command(adding: "--format csv"))
            page.line()
            fitness(&page)
            decisions(&page)
            page.next("weir discover \(word) --miner \(mined.miner.rawValue) -o model.svg")
        case .declare(let model):
            page.table(constraints(model, isNarrow: true), rows: 20, hint: session.command(adding: "--format csv"))
            page.next("\(session.command(adding: "-o rules.json"))", "weir conformance \(word) rules.json")
        case .skeleton(let skeleton):
            page.table(relations(skeleton, isNarrow: true), rows: 30, hint: session.command(adding: "--format csv"))
            page.next("\(session.command(adding: "-o skeleton.json"))", "weir conformance \(word) skeleton.json")
        case .temporal(let profile):
            page.table(times(profile, isNarrow: true), rows: 20, hint: session.command(adding: "--format csv"))
            page.next("\(session.command(adding: "-o times.json"))", "weir conformance \(word) times.json")
        }
        return page.text
    }

    private func fitness(_ page: inout TextPage) {
        guard let measured = mined.measured, let log = measured.fitness.log, let share = measured.fitness.fittingShare else { return }
        let precision = measured.precision.map { language(" · precision \(humane.share($0))", " · 精确度 \(humane.share($0))") } ?? ""
        page.folded(
            language(
                "Fitness \(humane.share(log))\(precision) · \(humane.share(share)) of the cases run wholly as the model says",
                "拟合度 \(humane.share(log))\(precision) · \(humane.share(share)) 的案例完全符合模型"))
    }

    /// When cases go which way.
    private func decisions(_ page: inout TextPage) {
        guard let mining = mined.decisions else { return }
        page.line()
        let found = mining.choices.filter { $0.verdict == .found }
        if found.isEmpty {
            page.line(language("At no gateway do the attributes tell which way a case goes.", "在所有网关处，属性都不能说明案例的走向。"))
            return
        }
        page.table(DecisionText(language).conditions(found), rows: 12, hint: session(page))
    }

    private func session(_ page: TextPage) -> String { page.session.command(adding: "--format json") }

    /// The tasks with what leads to them and what they lead to, through gateways.
    private func tasks(_ model: BPMNModel) -> Table {
        let process = model.processes[0]
        func names(_ nodes: [BPMNModel.Node]) -> [String] {
            nodes.map { $0.name ?? $0.id }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        }
        return Table(
            language("Tasks", "任务"),
            columns: [
                Table.Column(language("task", "任务"), key: "task", .left), Table.Column(language("after", "之前"), key: "after", .left),
                Table.Column(language("before", "之后"), key: "before", .left),
            ],
            rows: process.nodes.filter(\.isTask).map { node in
                [
                    .name(node.name ?? node.id), .list(names(process.previous(before: node.id))),
                    .list(names(process.next(after: node.id))),
                ]
            })
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

    private func arcs(_ net: PetriNet) -> Table {
        let silent = language("(silent)", "（静默）")
        return Table(
            language("Transitions", "变迁"),
            columns: [
                Table.Column(language("activity", "活动"), key: "activity", .left), Table.Column(language("id", "标识"), key: "id", .left),
                Table.Column(language("from", "输入库所"), key: "from", .left), Table.Column(language("to", "输出库所"), key: "to", .left),
            ],
            rows: net.transitions.map { item in
                [
                    item.label.map { .name($0) } ?? .words(silent), .name(item.id), .list(item.inputs.map { net.places[$0.place].id }),
                    .list(item.outputs.map { net.places[$0.place].id }),
                ]
            })
    }

    private func dependencies(_ net: CausalNet) -> Table {
        Table(
            language("What depends on what", "依赖关系"),
            columns: [
                Table.Column(language("from", "从"), key: "source", .left), Table.Column(language("to", "到"), key: "target", .left),
                Table.Column(language("times", "次数"), key: "count"), Table.Column(language("how sure", "依赖度"), key: "dependency"),
                Table.Column(language("kind", "类型"), key: "kind", .left),
            ],
            rows: net.dependencies.sorted { $0.count > $1.count }.map { item in
                [.name(item.source), .name(item.target), .count(item.count), .number(item.dependency), kind(item.kind)]
            })
    }

    private func kind(_ kind: CausalNet.Kind) -> Table.Cell {
        switch kind {
        case .direct: .words(language("directly", "直接"))
        case .selfLoop: .words(language("itself", "自循环"))
        case .shortLoop: .words(language("to and fro", "往返"))
        case .longDistance: .words(language("from afar", "远程"))
        }
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

    private func relations(_ skeleton: LogSkeleton, isNarrow: Bool = false) -> Table {
        let text = LogSkeletonText(language)
        let columns = [
            Table.Column(language("what holds", "规律"), key: "sentence", .left),
            Table.Column(language("relation", "关系"), key: "relation", .left),
            Table.Column(language("activities", "活动"), key: "activities", .left),
            Table.Column(language("times in a case", "每案例次数"), key: "counts", .left),
        ]
        var rows: [[Table.Cell]] = skeleton.occurrences.map { item in
            [
                .name(text.sentence(item)), .words("occurrences"), .list([item.activity]), .list(item.counts.map(String.init)),
            ]
        }
        for relation in LogSkeleton.Relation.allCases {
            rows += skeleton.pairs(relation).map { pair in
                [.name(text.sentence(relation, pair)), .words(relation.rawValue), .list(pair), .list([])]
            }
        }
        func cut<Element>(_ list: [Element]) -> [Element] { isNarrow ? [list[0]] : list }
        return Table(language("Log skeleton", "日志骨架"), columns: cut(columns), rows: rows.map { cut($0) })
    }

    /// Times between activities; for a terminal the most frequent pairs first.
    private func times(_ profile: TemporalProfile, isNarrow: Bool = false) -> Table {
        let pairs = isNarrow ? profile.pairs.sorted { $0.count > $1.count } : profile.pairs
        return Table(
            language("From one activity to another", "活动之间的时间"),
            columns: [
                Table.Column(language("from", "从"), key: "source", .left), Table.Column(language("to", "到"), key: "target", .left),
                Table.Column(language("times", "次数"), key: "count"), Table.Column(language("mean", "平均值"), key: "mean_s"),
                Table.Column(language("standard deviation", "标准差"), key: "std_s"),
            ],
            rows: pairs.map { [.name($0.source), .name($0.target), .count($0.count), .seconds($0.meanS), .seconds($0.stdS)] })
    }
}
