import ArgumentParser
import EventLogs
import Foundation
import ProcessModels
import Redesign
import Reports
import Workbench

/// Which files hold the flow of a process, as it is and as a plan changes it.
struct FlowOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Write the flow as the plan changes it to FILE: .bpmn (BPMN 2.0), .svg, .pnml or .dot.", valueName: "file"))
    var flow: String?

    @Option(help: ArgumentHelp("Write the flow as it is to FILE, of the same kinds.", valueName: "file"))
    var asIsFlow: String?

    @Option(
        help: ArgumentHelp(
            "Write .bpmn for a workflow engine with conditions in this language: python (SpiffWorkflow), feel (Camunda 8) or juel (Camunda 7, Flowable).",
            valueName: "language"))
    var engine: EngineLanguage?

    /// What a flow can be written to.
    fileprivate enum Kind: String, CaseIterable {
        case bpmn, svg, pnml, dot
    }

    /// A file that is ready to be written.
    fileprivate struct Target {
        var sink: ResultSink
        var kind: Kind
    }

    /// The files that were asked for, ready to be written.
    struct Targets {
        fileprivate var toBe: Target?
        fileprivate var asIs: Target?
        fileprivate var engine: EngineLanguage?

        /// Whether any was asked for.
        var isWanted: Bool { toBe != nil || asIs != nil }
    }

    /// Prepares the files.
    ///
    /// - Throws: ``Failure`` where a name is none that can be written to, or the flags do not go together.
    func targets(output: String?, inputs: [String], _ session: Session) throws -> Targets {
        var taken = [output].compactMap { $0 }.filter { $0 != "-" }
        func target(_ path: String?, _ flag: String) throws -> Target? {
            guard let path else { return nil }
            let suffix = URL(filePath: path).pathExtension.lowercased()
            guard path != "-", let kind = Kind(rawValue: suffix) else {
                throw Failure(
                    .usage,
                    path == "-"
                        ? Phrase("\(flag) needs a file: the result stands on standard output", "\(flag) 需要一个文件：标准输出用于结果")
                        : Phrase("“.\(suffix)” is no form of a flow", "流程不能输出为“.\(suffix)”"),
                    advice: Phrase("choose one of .bpmn, .svg, .pnml, .dot", "请从 .bpmn、.svg、.pnml、.dot 中选择"))
            }
            let file = URL(filePath: path).standardizedFileURL
            if taken.contains(where: { URL(filePath: $0).standardizedFileURL == file }) {
                throw Failure(
                    .usage, Phrase("two results are to be written to one file", "两个结果指向同一个文件"),
                    advice: Phrase("give \(flag) another name", "请为 \(flag) 指定另一个文件名"))
            }
            taken.append(path)
            return Target(sink: try ResultSink(path: path, inputs: inputs, session: session), kind: kind)
        }
        let targets = Targets(toBe: try target(flow, "--flow"), asIs: try target(asIsFlow, "--as-is-flow"), engine: engine)
        if engine != nil, targets.toBe?.kind != .bpmn, targets.asIs?.kind != .bpmn {
            throw Failure(
                .usage, Phrase("--engine is for BPMN files", "--engine 仅用于 BPMN 文件"),
                advice: Phrase("add --flow to-be.bpmn, or leave it out", "请加上 --flow to-be.bpmn，或去掉它"))
        }
        return targets
    }
}

extension FlowOptions.Targets {
    /// Writes the files that were asked for.
    ///
    /// - Parameter name: the name of the log, for errors.
    func write(_ flows: RedesignedProcess, plan: RedesignPlan, of log: EventLog, named name: String, _ session: Session) throws {
        if let asIs {
            try write(flows.asIs, to: asIs, named: name) {
                DrawProcess.svg($0, of: MiningBasis(of: log, for: .split), title: name, language: session.language)
            }
        }
        if let toBe {
            let title = plan.name ?? plan.fileName
            try write(flows.toBe.model, to: toBe, named: name) { _ in
                DrawProcess.svg(flows.pictured, by: plan, title: title, language: session.language)
            }
        }
    }

    private func write(_ model: BPMNModel, to target: FlowOptions.Target, named name: String, svg: (BPMNModel) -> String) throws {
        switch target.kind {
        case .bpmn: try target.sink.print(DrawProcess.laidOut(try executable(model, name)).xml())
        case .svg: try target.sink.print(svg(DrawProcess.laidOut(model)))
        case .pnml: try target.sink.print(try net(model, name).pnml())
        case .dot: try target.sink.print(try net(model, name).dot())
        }
    }

    private func executable(_ model: BPMNModel, _ name: String) throws -> BPMNModel {
        guard let engine else { return model }
        do throws(BPMNExecutionError) {
            return try model.executable(.init(language: engine))
        } catch {
            throw Failure(engine: error, in: name)
        }
    }

    private func net(_ model: BPMNModel, _ name: String) throws -> PetriNet {
        do throws(ModelConversionError) {
            return try PetriNet(model.processes[0])
        } catch {
            throw Failure(conversion: error, in: name)
        }
    }
}
