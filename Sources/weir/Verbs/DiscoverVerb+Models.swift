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
        // Conditions at gateways and what programs do show in attributes.
        let needsWhole = mining.decisions || mining.engine != nil
        if streaming.stream == .always && needsWhole {
            let flag = mining.decisions ? "--decisions" : "--engine"
            throw Failure(
                .usage, Phrase("--stream always does not go with \(flag)", "--stream always 不能与 \(flag) 同时使用"),
                advice: Phrase("leave one of them out: \(flag) takes a log that memory holds", "请去掉其中之一：\(flag) 需要将日志全部读入内存"))
        }
        let options = try mining.options(for: miner, named: miner.rawValue, threads: session.threads)
        let kind = try modelFileKind(miner)
        if mining.engine != nil && kind != .bpmn {
            throw Failure(
                .usage, Phrase("--engine is for BPMN files", "--engine 仅用于 BPMN 文件"),
                advice: Phrase("add -o model.bpmn, or leave it out", "请加上 -o model.bpmn，或去掉它"))
        }
        let sink = try ResultSink(output, inputs: [log] + reading.files, session: session)
        var streaming = streaming
        if needsWhole { streaming.stream = .never }
        let (facts, basis) = try streaming.ask(MiningQuestion(for: miner), of: log, reading, session, for: [.order])
        var mined = try MinedModel(in: basis, miner: miner, options: options)
        if mining.decisions, let log = basis.log { try decide(&mined, log, facts.name) }
        if let kind { return try sink.print(try text(of: mined, as: kind, basis, facts.name, session)) }
        try sink.print(
            Answer(
                verb: "discover", result: mined, provenance: facts.provenance(seed: common.seed),
                table: { ModelPage(mined, session.language).table }, text: { ModelPage(mined, session.language).text(facts, log, session) }
            ),
            of: facts.stored, reading)
    }

    private func text(of mined: MinedModel, as kind: ModelFileKind, _ basis: MiningBasis, _ name: String, _ session: Session) throws
        -> String
    {
        switch kind {
        case .pnml: if let net = mined.net { return net.pnml() }
        case .ptml: if let tree = mined.tree { return tree.ptml() }
        case .dot:
            if case .causal(let net, _) = mined.model { return net.dot() }
            if let net = mined.net { return net.dot() }
        case .bpmn, .svg:
            if var model = try bpmn(of: mined, name, session) {
                if let engine = mining.engine, let log = basis.log { model = try executable(model, in: engine, log, name) }
                let laidOut = DrawProcess.laidOut(model)
                return kind == .bpmn ? laidOut.xml() : DrawProcess.svg(laidOut, of: basis, title: name, language: session.language)
            }
        }
        throw noForm(kind.rawValue, mined.miner)
    }

    private func decide(_ mined: inout MinedModel, _ log: EventLog, _ name: String) throws {
        do throws(ModelConversionError) {
            try mined.decide(in: log, named: name, seed: UInt64(common.seed))
        } catch {
            throw Failure(conversion: error, in: name)
        }
    }

    private func executable(_ model: BPMNModel, in engine: EngineLanguage, _ log: EventLog, _ name: String) throws -> BPMNModel {
        do throws(BPMNExecutionError) {
            return try model.executable(.init(language: engine, automated: AutomatedActivities.names(in: log)))
        } catch {
            throw Failure(engine: error, in: name)
        }
    }

    private func bpmn(of mined: MinedModel, _ name: String, _ session: Session) throws -> BPMNModel? {
        do throws(ModelConversionError) {
            return try mined.bpmn(name: name, language: session.language)
        } catch {
            throw Failure(conversion: error, in: name)
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
