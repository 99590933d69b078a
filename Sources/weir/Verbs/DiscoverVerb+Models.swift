import EventLogs
import Foundation
import ProcessModels
import Reports
import Workbench

extension DiscoverVerb {
    /// The files a model can be written to, beside tables and JSON.
    private enum ModelFileKind: String, CaseIterable {
        case dot, svg, bpmn, pnml, ptml
    }

    /// A miner whose result is a model: the suffix of the output chooses its file.
    func discoverModel(_ miner: ModelMiner, in session: Session) throws {
        let isGiven = picture.isGiven
        if isGiven {
            throw Failure(
                .usage,
                Phrase(
                    "--activities and --paths do not go with --miner \(miner.rawValue)",
                    "--activities 和 --paths 不能与 --miner \(miner.rawValue) 同时使用"),
                advice: Phrase("leave them out; --filter narrows the log", "请去掉它们；--filter 可以缩小日志范围"))
        }
        if streaming.stream == .always {
            throw Failure(
                .usage,
                Phrase("--stream always does not go with --miner \(miner.rawValue)", "--stream always 不能与 --miner \(miner.rawValue) 同时使用"),
                advice: Phrase("leave it out: models are found in a log that memory holds", "请去掉它：模型需要将日志全部读入内存"))
        }
        let options = try mining.options(for: miner, named: miner.rawValue, threads: session.threads)
        let kind = try modelFileKind(miner)
        if mining.engine != nil && kind != .bpmn {
            throw Failure(
                .usage, Phrase("--engine is for BPMN files", "--engine 仅用于 BPMN 文件"),
                advice: Phrase("add -o model.bpmn, or leave it out", "请加上 -o model.bpmn，或去掉它"))
        }
        let sink = try ResultSink(output, inputs: [log] + reading.files, session: session)
        let opened = try reading.open(log, session, for: [.order])
        session.monitor.progress(.analysing, fraction: nil, events: 0)
        var mined = try MinedModel(of: opened.log, miner: miner, options: options)
        if mining.decisions { try decide(&mined, opened) }
        if let kind { return try sink.print(try text(of: mined, as: kind, opened, session)) }
        try sink.print(
            Answer(
                verb: "discover", result: mined, provenance: opened.provenance(seed: common.seed),
                table: { ModelPage(mined, session.language).table }, text: { ModelPage(mined, session.language).text(opened, log, session) }
            ),
            of: opened.stored, reading)
    }

    private func text(of mined: MinedModel, as kind: ModelFileKind, _ opened: OpenedLog, _ session: Session) throws -> String {
        switch kind {
        case .pnml: if let net = mined.net { return net.pnml() }
        case .ptml: if let tree = mined.tree { return tree.ptml() }
        case .dot:
            if case .causal(let net, _) = mined.model { return net.dot() }
            if let net = mined.net { return net.dot() }
        case .bpmn, .svg:
            if var model = try bpmn(of: mined, opened, session) {
                if let engine = mining.engine { model = try executable(model, in: engine, opened) }
                let laidOut = DrawProcess.laidOut(model)
                return kind == .bpmn
                    ? laidOut.xml() : DrawProcess.svg(laidOut, of: opened.log, title: opened.name, language: session.language)
            }
        }
        throw noForm(kind.rawValue, mined.miner)
    }

    private func decide(_ mined: inout MinedModel, _ opened: OpenedLog) throws {
        do throws(ModelConversionError) {
            try mined.decide(in: opened.log, named: opened.name, seed: UInt64(common.seed))
        } catch {
            throw Failure(conversion: error, in: opened.name)
        }
    }

    private func executable(_ model: BPMNModel, in engine: EngineLanguage, _ opened: OpenedLog) throws -> BPMNModel {
        do throws(BPMNExecutionError) {
            return try model.executable(.init(language: engine, automated: AutomatedActivities.names(in: opened.log)))
        } catch {
            throw Failure(engine: error, in: opened.name)
        }
    }

    private func bpmn(of mined: MinedModel, _ opened: OpenedLog, _ session: Session) throws -> BPMNModel? {
        do throws(ModelConversionError) {
            return try mined.bpmn(name: opened.name, of: opened.log, language: session.language)
        } catch {
            throw Failure(conversion: error, in: opened.name)
        }
    }

    /// Which file the output's suffix asks for, if any; other suffixes than those known are refused before anybody waits.
    private func modelFileKind(_ miner: ModelMiner) throws(Failure) -> ModelFileKind? {
        guard let file = output.output, file != "-" else { return nil }
        let suffix = URL(filePath: file).pathExtension.lowercased()
        if let kind = ModelFileKind(rawValue: suffix) {
            if let format = output.format {
                throw Failure(
                    .usage,
                    Phrase(
                        "--format \(format.rawValue) and a file “.\(suffix)” exclude each other",
                        "--format \(format.rawValue) 与 .\(suffix) 文件不能同时使用"),
                    advice: Phrase("leave --format out", "请去掉 --format"))
            }
            if !Self.kinds(of: miner).contains(kind) { throw noForm(suffix, miner) }
            return kind
        }
        if output.format != nil || ResultFormat(suffixOf: file) != nil { return nil }
        throw noForm(suffix, miner)
    }

    /// What a miner's model can be written to.
    private static func kinds(of miner: ModelMiner) -> [ModelFileKind] {
        switch miner {
        case .inductive, .inductiveGraph: [.bpmn, .pnml, .ptml, .svg, .dot]
        case .alpha, .split, .heuristics: [.bpmn, .pnml, .svg, .dot]
        case .declare, .logSkeleton, .temporalProfile: []
        }
    }

    private func noForm(_ suffix: String, _ miner: ModelMiner) -> Failure {
        let forms = (Self.kinds(of: miner).map(\.rawValue) + ["json", "csv", "md"]).map { "." + $0 }.joined(separator: ", ")
        return Failure(
            .usage,
            Phrase(
                "“.\(suffix)” is no form of a model that --miner \(miner.rawValue) finds", "--miner \(miner.rawValue) 的模型不能输出为“.\(suffix)”"),
            advice: Phrase("choose one of \(forms)", "请从 \(forms) 中选择"))
    }
}
