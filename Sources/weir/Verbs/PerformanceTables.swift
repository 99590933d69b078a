import Performance
import Reports
import Statistics
import Workbench

/// The tables and lines of `weir performance` about waiting, batches, work that goes round, and joins.
struct PerformanceTables {
    let detail: PerformanceDetail
    let language: Language

    private var words: Words { Words(language) }

    /// Why work waits, hand-off by hand-off.
    func waitingCauses() -> Table {
        Table(
            language("Why work waits", "为何等待"),
            columns: [
                Table.Column(language("from", "从"), key: "source", .left), Table.Column(language("to", "到"), key: "target", .left),
                Table.Column("n", key: "n"), Table.Column(language("total", "合计"), key: "total_s"),
            ] + WaitingCause.allCases.map { Table.Column(words.cause($0), key: $0.rawValue + "_s") },
            rows: (detail.waiting?.handOffs ?? []).map { item in
                [.name(item.source), .name(item.target), .count(item.n), .seconds(item.causes.totalS)]
                    + item.causes.known.map { .seconds($0.seconds) }
            })
    }

    /// The same for eyes: the hand-offs at which something waits, each with its two greatest causes.
    func mainCauses() -> Table {
        let handOffs = (detail.waiting?.handOffs ?? []).filter { $0.causes.totalS > 0 }
        return Table(
            language("Why work waits", "为何等待"),
            columns: [
                Table.Column("", key: "place", .left), Table.Column(language("total", "合计"), key: "total_s"),
                Table.Column(language("of which", "其中"), key: "causes", .left),
            ],
            rows: handOffs.map { item in
                let known = item.causes.known.filter { ($0.seconds ?? 0) > 0 }.enumerated().sorted { left, right in
                    (right.element.seconds ?? 0, left.offset) < (left.element.seconds ?? 0, right.offset)
                }
                let parts = known.prefix(2).map { _, cause in
                    words.cause(cause.cause) + " " + words.humane.share((cause.seconds ?? 0) / item.causes.totalS)
                }
                return [
                    .path([item.source ?? words.caseBeginning, item.target]),
                    .words(Humane.elapsed(language).duration(seconds: item.causes.totalS)),
                    .words(parts.joined(separator: language(", ", "，"))),
                ]
            })
    }

    /// What is done in batches.
    func batches() -> Table {
        Table(
            language("Batches", "批量处理"),
            columns: [
                Table.Column("", key: "activity", .left), Table.Column(words.batchVerdictHead, key: "verdict", .left),
                Table.Column(words.batchesHead, key: "batches"), Table.Column(words.meanSizeHead, key: "mean_size"),
                Table.Column(language("sequential", "依次"), key: "sequential"),
                Table.Column(language("concurrent", "交叠"), key: "concurrent"),
                Table.Column(language("parallel", "同时"), key: "parallel"),
                Table.Column(words.cause(.batching), key: "batching_s"), Table.Column(words.ruleHead, key: "rule", .left),
                Table.Column(language("precision", "精确度"), key: "precision"),
            ],
            rows: (detail.batches?.activities ?? []).map { one in
                [
                    .name(one.activity), .words(words.batchVerdict(one.verdict)), .count(one.batches), .number(one.meanSize),
                    .count(one.sequential), .count(one.concurrent), .count(one.parallel), .seconds(one.batchingS),
                    .words(one.rules.first.map { words.rule($0) }), .share(one.rules.first?.precision),
                ]
            })
    }

    /// What follows itself, and what goes to and fro.
    func repetition() -> Table {
        let repetition = detail.repetition
        let loops: [[Table.Cell]] = (repetition?.selfLoops ?? []).map { loop in
            [
                .words(language("self-loop", "自循环")), .name(loop.activity), .name(nil), .count(loop.count), .count(loop.cases),
                .seconds(loop.totalS),
            ]
        }
        let returns: [[Table.Cell]] = (repetition?.pingPongs ?? []).map { item in
            [
                .words(language("ping-pong", "往返")), .name(item.activity), .name(item.between), .count(item.count), .count(item.cases),
                .seconds(item.totalS),
            ]
        }
        return Table(
            language("Self-loops and ping-pong", "自循环和往返"),
            columns: [
                Table.Column("", key: "kind", .left), Table.Column("", key: "activity", .left),
                Table.Column(language("between", "中间活动"), key: "between", .left), Table.Column(language("times", "次数"), key: "count"),
                Table.Column(language("cases", "案例"), key: "cases"), Table.Column(language("total", "合计"), key: "total_s"),
            ], rows: loops + returns)
    }

    /// Where branches come together.
    ///
    /// - Parameter onlyBranches: whether activities that never waited for several are left out.
    func joins(onlyBranches: Bool = false) -> Table {
        Table(
            language("Where branches come together", "分支汇合"),
            columns: [
                Table.Column("", key: "activity", .left), Table.Column("n", key: "n"),
                Table.Column(language("sojourn, median", "停留时间中位数"), key: "sojourn_median_s"),
                Table.Column(language("synchronization, n", "同步等待样本"), key: "synchronization_n"),
                Table.Column(language("median", "中位数"), key: "synchronization_median_s"),
                Table.Column(language("pooling, n", "汇集等待样本"), key: "pooling_n"),
                Table.Column(language("median", "中位数"), key: "pooling_median_s"),
            ],
            rows: (detail.joins?.activities ?? []).filter { !onlyBranches || $0.synchronization != nil }.map { one in
                [
                    .name(one.name), .count(one.sojourn?.n), .seconds(one.sojourn?.medianS), .count(one.synchronization?.n),
                    .seconds(one.synchronization?.medianS), .count(one.pooling?.n), .seconds(one.pooling?.medianS),
                ]
            })
    }

    /// What Markdown has of all this. Waiting is elapsed time, whatever calendar counts other durations.
    var markdown: String {
        Humane.$workingDayInScope.withValue(nil) {
            let filled = [waitingCauses(), batches(), repetition(), joins()].filter { !$0.rows.isEmpty }
            return filled.map { "\n" + $0.markdown(language) }.joined() + (hoursLine.map { "\n" + InertText.line($0) + "\n" } ?? "")
        }
    }

    /// The lines of the text output, in order.
    var lines: [String] {
        [startsLine, batchesLine, repetitionLine, wholeLine].compactMap { $0 } + joinLines
    }

    /// How hours were got and what cannot be told; `nil` where nothing waits.
    var hoursLine: String? { detail.waiting.map { words.hoursNote($0) } }

    private var startsLine: String? {
        guard let starts = detail.startTimes else { return nil }
        let humane = words.humane
        let (estimated, share) = (humane.count(starts.estimated), humane.share(starts.estimatedShare))
        let unknown = humane.count(starts.unknown)
        let service = starts.after.serviceTime.map { humane.duration(seconds: $0.meanS) } ?? Humane.unknown
        let waiting = starts.after.waitingTime.map { humane.duration(seconds: $0.meanS) } ?? Humane.unknown
        return language(
            "Starts estimated: \(estimated) of all instances (\(share)), by what came before in the case and what the resource did before; \(unknown) stay unknown. Service (mean \(service)) is therefore at most, waiting (mean \(waiting)) at least so long.",
            "开始时间为估计值：\(estimated) 个活动实例（\(share)），依据案例中的前一完成和资源的前一完成；\(unknown) 个仍未知。因此处理时间（平均 \(service)）是上限，等待时间（平均 \(waiting)）是下限。"
        )
    }

    private var batchesLine: String? {
        guard let batches = detail.batches else { return nil }
        let found = batches.batched
        if found.isEmpty {
            return batches.activities.isEmpty ? nil : language("Batches: none that more than a queue explains", "批量处理：没有排队之外的证据")
        }
        let parts = found.prefix(3).map { one in
            let name = InertText.cut(one.activity, to: 40)
            let rule = one.rules.first.map { words.rule($0) + language(", ", "，") } ?? ""
            let size = words.humane.number(one.meanSize)
            return language("\(name) (\(rule)\(size) at a time)", "\(name)（\(rule)每批 \(size) 个）")
        }
        let rest = found.count > 3 ? language(" and \(found.count - 3) more", " 等 \(found.count) 种") : ""
        return language("Batches: ", "批量处理：") + parts.joined(separator: language(", ", "、")) + rest
    }

    private var repetitionLine: String? {
        guard let repetition = detail.repetition else { return nil }
        let humane = words.humane
        var parts: [String] = []
        if let loop = repetition.selfLoops.first {
            let name = InertText.cut(loop.activity, to: 40)
            parts.append(
                language(
                    "\(humane.count(repetition.selfLoopCases)) cases repeat an activity at once, most often \(name)",
                    "\(humane.count(repetition.selfLoopCases)) 个案例连续重复活动，最常见的是 \(name)"))
        }
        if let cases = repetition.pingPongCases, let item = repetition.pingPongs.first {
            let name = InertText.cut(item.activity, to: 30) + " ⇄ " + InertText.cut(item.between, to: 30)
            parts.append(
                language(
                    "\(humane.count(cases)) go to somebody else and straight back, most often \(name)",
                    "\(humane.count(cases)) 个案例交给他人后立即退回，最常见的是 \(name)"))
        }
        return parts.isEmpty ? nil : language("Back and forth: ", "来回：") + parts.joined(separator: language("; ", "；"))
    }

    private var wholeLine: String? {
        detail.isWhole
            ? nil
            : language(
                "Waiting causes and batches need the whole log; read piece by piece they are not told (--stream never)",
                "等待原因和批量处理需要整个日志，逐段读取时不提供（--stream never）")
    }

    private var joinLines: [String] {
        guard let joins = detail.joins else { return [] }
        let how = joins.concurrency == .declared ? language("declared", "指定") : language("told by the log", "由日志得出")
        let pairs = joins.concurrent.prefix(5).map { $0.map { InertText.cut($0, to: 30) }.joined(separator: " ∥ ") }
        let more = joins.concurrent.count > 5 ? language(" and \(joins.concurrent.count - 5) more", " 等 \(joins.concurrent.count) 对") : ""
        let list = pairs.isEmpty ? language("none", "无") : pairs.joined(separator: language(", ", "、")) + more
        return [language("Beside each other (\(how)): \(list)", "并行活动（\(how)）：\(list)")]
    }
}
