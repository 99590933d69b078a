package import ProcessModels

/// What of a model is not as BPMN 2.0 asks for, as sentences.
package struct BPMNStructureText {
    private let language: Language

    /// Sentences in one language.
    package init(_ language: Language) { self.language = language }

    /// What the standard asks for.
    package func rule(_ rule: BPMNStructure.Rule) -> String {
        switch rule {
        case .flowWithinProcess: language("a sequence flow stays within its process", "顺序流不跨出所属流程")
        case .startWithoutIncoming: language("no flow leads to a start event", "没有顺序流指向开始事件")
        case .endWithoutOutgoing: language("no flow leaves an end event", "没有顺序流离开结束事件")
        case .borderWithoutIncoming: language("no flow leads to an event at a border", "没有顺序流指向边界事件")
        case .borderAtTask: language("an event at a border stands at a task and is about something", "边界事件附着于任务，并有触发条件")
        case .nestedStartIsPlain: language("a nested process starts with a plain event", "嵌套流程以无触发条件的事件开始")
        case .triggeredWithoutFlows: language("no flow leads to or leaves a process that an event begins", "由事件启动的流程没有进出的顺序流")
        case .gatewaySplitsOrJoins: language("a gateway parts or joins", "网关有多条进入或离开的路径")
        case .gatewayDirection: language("a gateway has the direction that it says", "网关的方向与其声明相符")
        case .eventGatewayTargets: language("the ways of an event-based gateway lead to events that are caught", "事件网关的路径通向被捕获的事件")
        case .defaultFlow: language("a default flow leaves what chooses, and has no condition", "默认流离开有选择的节点，且没有条件")
        case .conditionalFlow: language("a flow with a condition leaves what chooses", "带条件的顺序流离开有选择的节点")
        case .conditionType: language("a condition is a formal expression", "条件是形式表达式")
        case .messageBetweenPools: language("a message joins two different pools", "消息流连接两个不同的池")
        case .poolProcess: language("a pool shows a process that is there", "池所示的流程存在")
        case .laneNodes: language("a lane holds nodes of its process, each in one lane", "泳道中的节点属于该流程，且只在一条泳道中")
        case .identifiers: language("identifiers are XML names and are there once", "标识是 XML 名称，且不重复")
        case .targetNamespace: language("the file says the namespace of its names", "文件声明其名称所在的命名空间")
        case .incomingAndOutgoing: language("nodes name the flows at them as the flows do", "节点列出的进出顺序流与顺序流一致")
        case .elementOrder: language("elements stand in the order of the schema", "元素按模式规定的次序排列")
        case .drawn: language("what is there is drawn, and what is drawn is there", "模型中的元素与图中的元素一一对应")
        case .drawnWhole: language("shapes have a size and lines two points or more", "图形有大小，连线至少有两个点")
        }
    }

    /// What is asked for, and where it is not so.
    package func sentence(_ finding: BPMNStructure.Finding) -> String {
        language("not so at “\(finding.element)”: \(rule(finding.rule))", "“\(finding.element)”处不符合：\(rule(finding.rule))")
    }
}
