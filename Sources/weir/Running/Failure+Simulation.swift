import ProcessModels
import Simulation
import Workbench

extension Failure {
    /// A BPMN file that cannot be used.
    init(model error: SimulateModel.ModelFileError) { self.init(bpmn: error.error, in: error.file) }

    /// A BPMN file that cannot be read.
    init(bpmn error: BPMNError, in file: String) {
        let (problem, advice) = Self.words(error.problem)
        self.init(.badData, file: file, line: error.line, column: error.column, problem, advice: advice)
    }

    private static func words(_ problem: BPMNError.Problem) -> (Phrase, Phrase) {
        let repair = Phrase("correct the file, or save it anew from the program that made it", "请修正文件，或从原程序重新保存")
        let other = Phrase("give a BPMN 2.0 file (.bpmn)", "请指定 BPMN 2.0 文件（.bpmn）")
        switch problem {
        case .notUTF8: return (Phrase("this is no UTF-8 text", "不是 UTF-8 文本"), other)
        case .malformed(let words): return (Phrase("this is no well-formed XML: \(words)", "不是格式良好的 XML"), other)
        case .notBPMN(let root): return (Phrase("this is no BPMN: the root element is <\(root)>", "不是 BPMN：根元素是 <\(root)>"), other)
        case .noProcess: return (Phrase("the file holds no process", "文件中没有流程"), repair)
        case .missingAttribute(let element, let attribute):
            return (Phrase("<\(element)> has no “\(attribute)”", "<\(element)> 缺少“\(attribute)”"), repair)
        case .duplicateID(let id): return (Phrase("the id “\(id)” stands here for a second time", "标识“\(id)”重复出现"), repair)
        case .tooLarge:
            return (Phrase("the file has more elements than any diagram", "文件中的元素过多，不像一张流程图"), other)
        case .danglingFlow(let id, let reference):
            return (
                Phrase("the sequence flow “\(id)” refers to “\(reference)”, which is not there", "顺序流“\(id)”引用了不存在的“\(reference)”"), repair
            )
        }
    }

    /// A scenario that cannot be used.
    init(scenario error: SimulateModel.ScenarioFileError) {
        let (problem, advice) = Self.words(error.error.problem)
        // The place in a JSON document is a path of keys, not a line.
        let path = error.error.path
        let placed =
            path.isEmpty ? problem : Phrase("\(path): \(problem.english)", "\(path)：\(problem.chinese)")
        self.init(.badData, file: error.file, line: error.place?.line, column: error.place?.column, placed, advice: advice)
    }

    private static func words(_ problem: ScenarioError.Problem) -> (Phrase, Phrase) {
        let correct = Phrase("correct it in the scenario", "请在情景文件中修正")
        switch problem {
        case .notJSON:
            return (
                Phrase("this is no JSON", "不是 JSON"), Phrase("give the scenario of the model, a JSON file", "请指定模型的情景文件（JSON）")
            )
        case .unexpected(let words):
            return (Phrase("expected here: \(words)", "此处应为\(chinese(expected: words))"), correct)
        case .unknown(let name):
            return (
                Phrase("there is no “\(name)”", "没有“\(name)”"),
                Phrase("give the scenario that belongs to the model, or correct the name", "请使用与模型配套的情景文件，或修正名称")
            )
        case .distribution(let words):
            return (
                Phrase("“\(words)” makes no distribution", "“\(words)”不是可用的分布"),
                Phrase("use one that Prosimos 2 knows, with all its parameters", "请使用 Prosimos 2 支持的分布，并给出全部参数")
            )
        case .time(let text):
            return (Phrase("“\(text)” is no clock time", "“\(text)”不是时刻"), Phrase("write as in 09:00:00", "请写成 09:00:00 的形式"))
        case .section(let words):
            return (
                Phrase("this section cannot be read: \(words)", "此部分无法读取"),
                Phrase("remove it, or have it written anew", "请删去，或重新生成")
            )
        case .model(let error): return words(error)
        }
    }

    private static func chinese(expected words: String) -> String {
        switch words {
        case "a list": "列表"
        case "a text": "文字"
        case "a number": "数值"
        case "a process with nodes": "带有节点的流程"
        case "an object with the sections of a scenario": "由情景各部分组成的对象"
        case "a number of people up to 100,000": "不超过 100,000 的人数"
        case "a weekday such as MONDAY": "星期，如 MONDAY"
        case "probabilities, one of them positive": "概率，且至少一个大于 0"
        default: "其他内容"
        }
    }

    private static func words(_ error: SimulationModelError) -> (Phrase, Phrase) {
        let name = error.name
        let correct = Phrase("correct the model or the scenario", "请修正模型或情景文件")
        switch error.problem {
        case .danglingReference:
            return (Phrase("“\(name)” refers to something that is not there", "“\(name)”引用了不存在的内容"), correct)
        case .invalidDistribution: return (Phrase("the times of “\(name)” make no distribution", "“\(name)”的时间不是可用的分布"), correct)
        case .noPerformer: return (Phrase("nobody may do “\(name)”", "没有人可以执行“\(name)”"), correct)
        case .nobodyAtWork:
            return (
                Phrase("nobody who may do “\(name)” ever works", "可以执行“\(name)”的人从不在岗"),
                Phrase("give one of them a calendar with hours", "请为其中一人设置有工作时间的日历")
            )
        case .neverOpen: return (Phrase("the hours of “\(name)” never come", "“\(name)”没有任何开放时间"), correct)
        case .invalidWeights:
            return (
                Phrase("the probabilities of “\(name)” are negative or all 0", "“\(name)”的概率为负数或全部为 0"),
                Phrase("give probabilities that sum to 1", "请给出总和为 1 的概率")
            )
        case .empty: return (Phrase("there is nothing to simulate: no \(name)", "没有可仿真的内容：缺少 \(name)"), correct)
        case .endlessBatch: return (Phrase("nothing ever lets the batch of “\(name)” go", "“\(name)”的批次永远不会开始"), correct)
        case .unequalLengths: return (Phrase("the lists of “\(name)” differ in length", "“\(name)”的各列表长度不同"), correct)
        case .disorderedScript: return (Phrase("“\(name)” is out of order", "“\(name)”的顺序有误"), correct)
        }
    }
}

extension ScenarioWarning {
    /// What it says, in a sentence.
    var phrase: Phrase {
        switch kind {
        case .sectionIgnored: Phrase("the section “\(subject)” is not simulated", "“\(subject)”部分不参与仿真")
        case .ruleIgnored: Phrase("the rule “\(subject)” is not simulated", "规则“\(subject)”不参与仿真")
        case .elementIgnored: Phrase("elements <\(subject)> of the model are not simulated", "模型中的 <\(subject)> 元素不参与仿真")
        case .taskWithoutResources: Phrase("nobody is assigned to the task “\(subject)”: it takes no time", "任务“\(subject)”没有分配资源：不耗时")
        case .eventWithoutDistribution: Phrase("the event “\(subject)” has no distribution: it takes no time", "事件“\(subject)”没有分布：不耗时")
        case .calendarMissing:
            Phrase("“\(subject)” has no calendar: around the clock is assumed", "“\(subject)”没有日历：按全天在岗计算")
        case .severalStarts: Phrase("“\(subject)” has several starts: each case takes one of them", "“\(subject)”有多个开始：每个案例取其一")
        case .severalProcesses:
            Phrase("of several processes the largest, “\(subject)”, is simulated", "有多个流程：只仿真最大的“\(subject)”")
        case .branchesShared:
            Phrase("branches of “\(subject)” have no probability: they share what is left", "“\(subject)”的部分分支没有概率：平分剩余概率")
        }
    }
}
