import Conformance
import EventLogs
import ProcessModels

extension ReportBuilder {
    /// The process as a model that can be discussed and run.
    var modelSection: ReportDocument.Section? {
        guard let found = input.model else { return nil }
        let tasks = found.model.processes.flatMap(\.nodes).count { $0.isTask }
        if tasks == 0 { return nil }
        let caption = words.foundModelCaption
        var blocks: [ReportDocument.Block] = [
            .figure(pictures.model(found.model, of: input.before.log, marks: [:], words.modelTopic, caption, id: "model"))
        ]
        if let measured = found.measured { blocks.append(.paragraph(words.foundModelReading(measured))) }
        if found.decisions == nil { blocks.append(.paragraph(words.choicesTooMany)) }
        if let decisions = found.decisions, let process = found.model.processes.first, !decisions.choices.isEmpty {
            blocks.append(.heading(Prose(words.choicesHead)))
            blocks.append(.paragraph(words.choicesReading(decisions)))
            blocks.append(.table(DecisionText(words.language).choices(decisions, in: process).prefix(Self.rowLimit)))
        }
        return ReportDocument.Section(
            id: "model", topic: words.modelTopic,
            heading: words.foundModelHeading(tasks: tasks, fitting: found.measured?.fitness.fittingShare), blocks: blocks)
    }

    /// How far the log keeps to a model or to rules that were given.
    var conformanceSection: ReportDocument.Section? {
        guard let norm = input.norm else { return nil }
        let tables = ConformanceTables(input.options.language)
        var blocks: [ReportDocument.Block] = []
        if let after = norm.after { blocks.append(.paragraph(words.conformanceAfter(norm.before.fitness, after.fitness))) }
        switch norm.before {
        case .model(let result, let gaps): blocks += deviations(result, gaps, norm, tables)
        case .constraints(let result): blocks.append(.table(tables.constraints(result, isNarrow: true).prefix(Self.rowLimit)))
        case .skeleton(let result): blocks.append(.table(tables.skeleton(result, isNarrow: true).prefix(Self.rowLimit)))
        case .times(let result):
            blocks.append(.paragraph(words.timesReading(result)))
            blocks.append(.table(tables.times(result).prefix(Self.rowLimit)))
        case .rules(let result):
            blocks.append(.table(tables.rules(result, isNarrow: true)))
            blocks.append(.paragraph(words.rulesUnknown))
            blocks.append(.folded(tables.rules(result)))
        }
        return ReportDocument.Section(
            id: "conformance", topic: words.conformanceTopic,
            heading: words.conformanceHeading(norm.name, norm.before.fitness, first: dearest(norm.before)), blocks: blocks)
    }

    /// The deviation that costs most, where it costs anything.
    func dearest(_ outcome: HeldNorm.Outcome) -> Deviation? {
        guard case .model(let result, _) = outcome, let first = result.deviations.first, first.costS ?? 0 > 0 else { return nil }
        return first
    }

    private func deviations(
        _ result: ConformanceResult, _ gaps: SaidAndSeen?, _ norm: HeldNorm, _ tables: ConformanceTables
    ) -> [ReportDocument.Block] {
        var blocks: [ReportDocument.Block] = []
        if let model = norm.model {
            blocks.append(
                .figure(
                    pictures.model(
                        model, of: input.before.log, marks: marks(model, gaps), words.conformanceTopic, words.heldModelCaption(norm.name),
                        id: "norm")))
        }
        blocks.append(.paragraph(words.conformanceReading(result)))
        let dear = result.deviations.filter { $0.costS ?? 0 > 0 }
        if !dear.isEmpty {
            blocks.append(
                .figure(
                    ReportDocument.Figure(
                        svg: pictures.deviations(dear, words.deviationsCaption), caption: words.deviationsCaption,
                        data: [tables.deviations(result).prefix(Self.rowLimit)])))
        } else if !result.deviations.isEmpty {
            blocks.append(.table(tables.deviations(result).prefix(Self.rowLimit)))
        }
        if let gaps, gaps.activities.contains(where: { $0.verdict != .agrees }) {
            blocks.append(.folded(tables.activities(gaps).prefix(Self.rowLimit)))
        }
        return blocks
    }

    /// What is marked in the drawing of a model: tasks that cases leave out or never have.
    private func marks(_ model: BPMNModel, _ gaps: SaidAndSeen?) -> [String: String] {
        var words: [String: String] = [:]
        for activity in gaps?.activities ?? [] {
            if let text = self.words.mark(activity) { words[activity.name] = text }
        }
        var marks: [String: String] = [:]
        func add(_ process: BPMNModel.Process) {
            for node in process.nodes {
                if node.isTask, let name = node.name, let text = words[name] { marks[node.id] = text }
                if let inner = node.inner { add(inner) }
            }
        }
        for process in model.processes { add(process) }
        return marks
    }
}

extension ReportPictures {
    /// A BPMN model, with how often each task was done in a log.
    func model(
        _ model: BPMNModel, of log: EventLog, marks: [String: String], _ title: String, _ caption: Prose, id: String
    ) -> ReportDocument.Figure {
        self.model(BPMNPicture(model, figures: ModelFigures.counts(of: log, in: model), marks: marks), title, caption, id: id)
    }

    /// A BPMN model, laid out where it is not yet.
    func model(_ drawn: BPMNPicture, _ title: String, _ caption: Prose, id: String) -> ReportDocument.Figure {
        var drawn = drawn
        if drawn.model.diagrams.isEmpty { drawn.model = BPMNGraphvizLayout(graphviz: graphviz).laidOut(drawn.model) }
        let picture = drawn.picture(frame(id, title, Prose(drawn.words(words.language))))
        return ReportDocument.Figure(svg: picture.scrolling, caption: caption, data: [], isBroad: picture.width > Self.pageWidth)
    }

    /// Deviations by the time that goes with them.
    func deviations(_ deviations: [Deviation], _ caption: Prose) -> String {
        let humane = words.humane
        let bars = deviations.map { item in
            BarChart.Bar(name: words.deviation(item), parts: [item.costS ?? 0], note: words.cases(item.cases))
        }
        return frame("deviations", words.conformanceTopic, caption).responsive {
            BarChart(bars: bars) { humane.duration(seconds: $0) }.picture($0)
        }
    }
}
