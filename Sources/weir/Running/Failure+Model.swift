import Conformance
import Discovery
import ProcessModels
import Workbench

extension Failure {
    /// A file that is no model.
    init(model problem: ModelFile.Problem) {
        let kinds = Phrase(
            "give BPMN 2.0 (.bpmn), PNML (.pnml), PTML (.ptml) or the JSON of weir discover --miner declare, log-skeleton or temporal-profile",
            "请指定 BPMN 2.0（.bpmn）、PNML（.pnml）、PTML（.ptml）或 weir discover --miner declare、log-skeleton、temporal-profile 输出的 JSON")
        switch problem.cause {
        case .bpmn(let error): self.init(bpmn: error, in: problem.file)
        case .model(let error):
            let (words, advice) = Self.words(error.problem)
            self.init(.badData, file: problem.file, line: error.line, column: error.column, words, advice: advice)
        case .otherXML(let root):
            self.init(
                .badData, file: problem.file,
                Phrase("this is no process model: the root element is <\(root)>", "不是流程模型：根元素是 <\(root)>"), advice: kinds)
        case .otherJSON(let words):
            self.init(
                .badData, file: problem.file, Phrase("this JSON holds no model: \(words)", "此 JSON 不含可读取的模型"), advice: kinds)
        case .unknown:
            self.init(.badData, file: problem.file, Phrase("this is no process model", "不是流程模型"), advice: kinds)
        }
    }

    /// A model that cannot be said in another form.
    init(conversion error: ModelConversionError, in file: String) {
        let nodes = error.nodes.prefix(3).map { "“\($0)”" }
        let places = nodes.isEmpty ? Phrase("", "") : Phrase(": \(nodes.joined(separator: ", "))", "：\(nodes.joined(separator: "、"))")
        let what: Phrase =
            switch error.problem {
            case .notBlockStructured: Phrase("the net is not made of blocks", "该网不是块结构")
            case .notFromSourceToSink: Phrase("the net does not lead from one first place to one last", "该网没有唯一的起始库所和终止库所")
            case .weights: Phrase("arcs move several tokens at once", "弧一次移动多个标记")
            case .notFreeChoice: Phrase("a choice depends on what happened elsewhere", "选择依赖于别处发生的情况")
            case .tooManyOrders: Phrase("there are too many orders to write out", "可能的次序过多，无法逐一写出")
            case .empty: Phrase("the process has no nodes", "流程中没有节点")
            case .unsupportedElement: Phrase("an element has no counterpart", "有元素没有对应形式")
            case .unpairedInclusiveGateway: Phrase("an inclusive gateway waits for what comes of too many states", "包容网关所等待的流程状态过多")
            case .tooManyAlternatives: Phrase("there are too many alternatives to write out", "备选路径过多，无法逐一写出")
            case .severalEnds: Phrase("a nested process ends in several ways at once", "嵌套流程同时以多种方式结束")
            case .terminatesOthers: Phrase("an event ends the process in too many states", "终止流程的事件涉及过多的流程状态")
            case .interruptsNested: Phrase("an event at its border ends a nested process", "边界事件终止了嵌套流程")
            }
        self.init(
            .badData, file: file,
            Phrase(
                "the model cannot be said in this form: \(what.english)\(places.english)", "模型无法转换为此形式：\(what.chinese)\(places.chinese)"),
            advice: Phrase("choose another form, or another miner", "请选择其他形式或其他挖掘算法"))
    }

    /// A model that no engine can run.
    init(engine error: BPMNExecutionError, in file: String) {
        let what: Phrase =
            switch error.problem {
            case .condition(let words):
                Phrase("the condition at “\(error.element)” is no filter: \(words)", "“\(error.element)”处的条件不是过滤表达式")
            case .beyondEngines(let part):
                Phrase("no engine can be told “\(part)” at “\(error.element)”", "“\(error.element)”处的“\(part)”无法用引擎的语言表达")
            case .withoutEvent:
                Phrase("the process “\(error.element)” does not begin and end with events", "流程“\(error.element)”没有以事件开始和结束")
            }
        self.init(.badData, file: file, what, advice: Phrase("leave --engine out", "请去掉 --engine"))
    }

    /// A net that cannot be compared with a log.
    init(net error: CheckedNetError, in file: String) {
        let place = error.node.map { Phrase(" (at “\($0)”)", "（“\($0)”处）") } ?? Phrase("", "")
        let what: Phrase =
            switch error.code {
            case .noFinalMarking: Phrase("the model does not say where a case ends", "模型没有说明案例在何处结束")
            case .tooManyTokens: Phrase("the model moves more tokens than can be counted", "模型中的标记过多")
            case .finalMarkingNotReached: Phrase("no case can ever end in this model", "在此模型中没有案例能够结束")
            case .searchLimitReached:
                Phrase("the model is too large to find a way through it", "模型过大，找不到贯穿的路径")
            }
        self.init(
            .badData, file: file, Phrase(what.english + place.english, what.chinese + place.chinese),
            advice: Phrase("correct the model: every way through it must reach its end", "请修正模型：每条路径都应能到达终点"))
    }

    /// A log in which the alpha miner finds no net.
    init(alpha problem: AlphaMiner.Problem) {
        switch problem {
        case .tooManyPlaces(let sets):
            self.init(
                .badData,
                Phrase(
                    "the activities relate in too many ways for the alpha miner (more than \(sets) sets of them)",
                    "活动之间的关系过多，α 算法无法处理（超过 \(sets) 组）"),
                advice: Phrase("choose --miner inductive", "请用 --miner inductive"))
        }
    }

    private static func words(_ problem: ModelFileError.Problem) -> (Phrase, Phrase) {
        let repair = Phrase("correct the file, or save it anew from the program that made it", "请修正文件，或从原程序重新保存")
        let what: Phrase =
            switch problem {
            case .unknownEncoding: Phrase("the encoding of the text is unknown", "文本编码未知")
            case .malformed(let words): Phrase("this is no well-formed XML: \(words)", "不是格式良好的 XML")
            case .wrongRoot(let expected, let found):
                Phrase("the root element is <\(found)>, not <\(expected)>", "根元素是 <\(found)>，应为 <\(expected)>")
            case .missingElement(let name): Phrase("<\(name)> is missing", "缺少 <\(name)>")
            case .missingAttribute(let element, let attribute):
                Phrase("<\(element)> has no “\(attribute)”", "<\(element)> 缺少“\(attribute)”")
            case .duplicateID(let id): Phrase("the id “\(id)” stands here for a second time", "标识“\(id)”重复出现")
            case .danglingReference(let element, let reference):
                Phrase("<\(element)> refers to “\(reference)”, which is not there", "<\(element)> 引用了不存在的“\(reference)”")
            case .circularReference(let id): Phrase("references lead from “\(id)” back to it", "引用从“\(id)”又回到自身")
            case .arcBetweenEqualKinds(let source, let target):
                Phrase(
                    "the arc from “\(source)” to “\(target)” does not join a place and a transition", "从“\(source)”到“\(target)”的弧没有连接库所与变迁")
            case .unsupportedArc(let kind): Phrase("arcs of the kind “\(kind)” are not read", "不支持“\(kind)”类型的弧")
            case .unsupportedNet(let kind): Phrase("nets of the kind “\(kind)” are not read", "不支持“\(kind)”类型的网")
            case .unsupportedNode(let kind): Phrase("nodes of the kind “\(kind)” are not read", "不支持“\(kind)”类型的节点")
            case .badNumber(let text): Phrase("“\(text)” is no number of tokens", "“\(text)”不是可用的数")
            case .severalParents(let id): Phrase("the node “\(id)” has several parents", "节点“\(id)”有多个父节点")
            case .notInTree(let id): Phrase("the node “\(id)” hangs from no other", "节点“\(id)”不在树中")
            case .wrongChildCount(let element, let count):
                Phrase("<\(element)> cannot have \(count) children", "<\(element)> 不能有 \(count) 个子节点")
            case .tooDeep: Phrase("the tree is nested too deeply", "树的嵌套过深")
            case .tooLarge: Phrase("the model is too large", "模型过大")
            }
        return (what, repair)
    }
}
