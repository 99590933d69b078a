import EventLogs
import Foundation
import ProcessModels
import Reports
import Workbench

extension VariantsVerb {
    /// `--groups`: variants around one of their own.
    func groups(in session: Session) throws {
        let sink = try ResultSink(output, inputs: [log] + reading.files, session: session)
        let opened = try reading.open(log, session, for: [.order])
        session.monitor.progress(.analysing, fraction: nil, events: 0)
        guard let clusters = TraceClusters(of: opened.log) else {
            throw Failure(
                .badData, file: opened.name, Phrase("there is no case to group", "没有可分组的案例"),
                advice: Phrase("look at the log with weir inspect", "请用 weir inspect 查看日志"))
        }
        let language = session.language
        let table = Table(
            language("Groups of cases that go alike", "走法相近的案例组"),
            columns: [
                Table.Column("", key: "group"), Table.Column(language("in the middle", "代表走法"), key: "medoid", .left),
                Table.Column(language("cases", "案例"), key: "cases"), Table.Column(language("share", "占比"), key: "share"),
                Table.Column(language("variants", "流程变体"), key: "variants"),
                Table.Column(language("apart", "轮廓系数"), key: "silhouette"),
            ],
            rows: clusters.groups.enumerated().map { place, group in
                [
                    .count(place + 1), .path(group.medoid), .count(group.cases), .share(group.share), .count(group.variants),
                    .number(group.silhouette),
                ]
            })
        try sink.print(
            Answer(
                verb: "variants", result: clusters, provenance: opened.provenance(seed: common.seed), table: { table },
                text: {
                    var page = TextPage(session)
                    page.headline(opened.log, open: nil)
                    page.line()
                    page.table(table, rows: 12, hint: session.command(adding: "--format csv"))
                    page.line()
                    page.folded(
                        language(
                            "Groups are around one variant each, by how many steps differ; “apart” is near 1 where a group stands for itself.",
                            "每组围绕一个流程变体，按步骤差异划分；轮廓系数接近 1 表示与其他组分明。"))
                    page.next("weir variants \(shellWord(log))")
                    return page.text
                }), of: opened.stored, reading)
    }

    /// `--tree`: how cases begin, as a tree.
    func tree(in session: Session) throws {
        let suffix = output.output.map { URL(filePath: $0).pathExtension.lowercased() }
        let isDrawing = suffix == "dot"
        let sink = try ResultSink(output, inputs: [log] + reading.files, session: session)
        let opened = try reading.open(log, session, for: [.order])
        let least = max(1, Int((Double(opened.log.caseCount) * 0.005).rounded(.up)))
        let tree = PrefixTree(of: opened.log, leastCases: isDrawing ? least : 1)
        if isDrawing { return try sink.print(tree.dot()) }
        let language = session.language
        let table = Table(
            language("How cases begin", "案例的开始走法"),
            columns: [
                Table.Column(language("node", "节点"), key: "node"), Table.Column(language("under", "上级"), key: "parent"),
                Table.Column(language("activity", "活动"), key: "activity", .left), Table.Column(language("depth", "深度"), key: "depth"),
                Table.Column(language("cases", "案例"), key: "count"), Table.Column(language("end here", "在此结束"), key: "ends"),
            ],
            rows: tree.nodes.enumerated().map { place, node in
                [.count(place), .count(node.parent), .name(node.activity), .count(node.depth), .count(node.count), .count(node.ends)]
            })
        try sink.print(
            Answer(
                verb: "variants", result: tree, provenance: opened.provenance(seed: common.seed), table: { table },
                text: {
                    var page = TextPage(session)
                    page.headline(opened.log, open: nil)
                    page.line()
                    outline(tree, opened.log.caseCount, &page)
                    page.next("weir variants \(shellWord(log)) --tree -o tree.dot", "weir variants \(shellWord(log))")
                    return page.text
                }), of: opened.stored, reading)
    }

    /// The nodes that at least one case in fifty comes to, indented by depth.
    private func outline(_ tree: PrefixTree, _ cases: Int, _ page: inout TextPage) {
        var children = [[Int]](repeating: [], count: tree.nodes.count)
        for (place, node) in tree.nodes.enumerated() { if let parent = node.parent { children[parent].append(place) } }
        let humane = Humane(page.session.language)
        var lines = 0
        var open = Array(children[0].reversed())
        while let place = open.popLast(), lines < 60 {
            let node = tree.nodes[place]
            if node.count * 50 < cases { continue }
            let ends = node.ends > 0 ? page.session.language(", \(humane.count(node.ends)) end", "，\(humane.count(node.ends)) 个结束") : ""
            page.line(String(repeating: "  ", count: node.depth - 1) + "\(node.activity ?? "") (\(humane.count(node.count))\(ends))")
            lines += 1
            open += children[place].reversed()
        }
    }

    /// `--against`: how cases go in other logs.
    func difference(in session: Session) throws {
        let paths = [log] + against
        if paths.count(where: { $0 == "-" }) > 1 { throw LogOptions.repeatedStandardInput }
        let sink = try ResultSink(output, inputs: paths + reading.files, session: session)
        let opened = try paths.enumerated().map { try reading.open($1, session, place: $0, for: [.order]) }
        session.monitor.progress(.analysing, fraction: nil, events: 0)
        let found = ProcessDifference(opened.map { ($0.name, $0.log) })
        let language = session.language
        try sink.print(
            Answer(
                verb: "variants", result: found, provenance: OpenedLog.provenance(of: opened, seed: common.seed),
                table: { changes(found.variants, found, language("Variants", "流程变体"), "variant", language) },
                csv: {
                    let parts = [("activity", found.activities), ("edge", found.edges), ("variant", found.variants)].map {
                        changes($1, found, "", $0, language)
                    }
                    return Table("", columns: parts[0].columns, rows: parts.flatMap(\.rows))
                },
                text: {
                    var page = TextPage(session)
                    for log in found.logs {
                        let counts = (
                            page.counted(log.cases, "case", "cases", "个案例"), page.counted(log.variants, "variant", "variants", "个流程变体")
                        )
                        page.line("\(log.name): \(counts.0) · \(counts.1)")
                    }
                    let kinds = [
                        ("activity", language("Activities", "活动"), found.activities), ("edge", language("Paths", "路径"), found.edges),
                        ("variant", language("Variants", "流程变体"), found.variants),
                    ]
                    for (key, title, items) in kinds {
                        let differing = items.filter { $0.logs.contains { $0.verdict == .more || $0.verdict == .fewer } }
                        page.line()
                        if differing.isEmpty {
                            page.line(language("\(title): no difference found", "\(title)：未发现差异"))
                        } else {
                            page.table(
                                changes(differing, found, title, key, language, isNarrow: true), rows: 8,
                                hint: session.command(adding: "--format csv"))
                        }
                    }
                    page.next("weir compare \(paths.map(shellWord).joined(separator: " "))")
                    return page.text
                }), of: opened[0].stored, reading)
    }

    private func changes(
        _ items: [ProcessDifference.Item], _ found: ProcessDifference, _ title: String, _ kind: String, _ language: Language,
        isNarrow: Bool = false
    ) -> Table {
        let isSeveral = found.logs.count > 2
        var columns = [
            Table.Column(language("kind", "类型"), key: "kind", .left), Table.Column(title.isEmpty ? kind : title, key: "activities", .left),
            Table.Column(language("log", "日志"), key: "log", .left), Table.Column(language("first", "首个日志"), key: "share_first"),
            Table.Column(language("here", "此处"), key: "share"), Table.Column(language("change", "变化"), key: "change"),
            Table.Column(language("95 % interval", "95% 置信区间"), key: "change_ci95", isInterval: true),
            Table.Column("p", key: "p_value"), Table.Column(language("verdict", "结论"), key: "verdict", .left),
        ]
        var rows: [[Table.Cell]] = []
        for item in items {
            for (place, share) in item.logs.enumerated().dropFirst() {
                rows.append([
                    .words(kind), .path(item.activities), .name(found.logs[place].name), .share(item.logs[0].share), .share(share.share),
                    .number(share.change.map { ($0 * 1_000).rounded() / 10 }), .interval(share.changeCi95, .share), .number(share.pValue),
                    .words(share.verdict.map { verdict($0, language) } ?? ""),
                ])
            }
        }
        columns[5].unit = language("points", "百分点")
        if isNarrow {
            let kept = isSeveral ? [1, 2, 3, 4, 5, 8] : [1, 3, 4, 5, 8]
            return Table("", columns: kept.map { columns[$0] }, rows: rows.map { row in kept.map { row[$0] } })
        }
        return Table(title, columns: columns, rows: rows)
    }

    private func verdict(_ verdict: ProcessDifference.Verdict, _ language: Language) -> String {
        switch verdict {
        case .more: language("more", "增多")
        case .fewer: language("fewer", "减少")
        case .noDifference: language("no difference found", "未发现差异")
        case .insufficient: language("too few cases", "证据不足")
        }
    }
}
