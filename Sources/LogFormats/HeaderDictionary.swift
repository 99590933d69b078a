/// Names that columns of event tables have, in English and Chinese.
enum HeaderDictionary {
    /// The keys of the XES standard extensions, as tables exported from XES carry them.
    static let standardKeys: [ColumnRole: String] = [
        .caseID: "case:concept:name", .activity: "concept:name", .timestamp: "time:timestamp", .start: "start_timestamp",
        .resource: "org:resource", .role: "org:role", .department: "org:group", .lifecycle: "lifecycle:transition", .cost: "cost:total",
    ]

    /// Folded names by role, best first; those of one rank are equally good.
    static let ranks: [ColumnRole: [[String]]] = [
        .caseID: [
            ["caseid", "casekey", "案例id", "案例编号", "案例号"],
            ["case", "casenumber", "caseno", "casename", "案例", "案例名称"],
            [
                "processinstance", "processinstanceid", "traceid", "trace", "流程实例", "流程实例id", "流程实例编号", "实例编号", "流程编号",
            ],
            [
                "orderid", "orderno", "ordernumber", "order", "pono", "ponumber", "purchaseorder", "purchaseorderno", "purchaseordernumber",
                "ticketid", "incidentid", "requestid", "applicationid", "invoiceno", "invoicenumber", "单号", "单据号", "单据编号", "订单号",
                "订单编号", "采购订单", "采购订单号", "采购单号", "工单号", "申请单号", "合同编号", "业务编号",
            ],
        ],
        .activity: [
            ["activity", "activityname", "活动", "活动名称"],
            ["activityen", "activityid"],
            [
                "task", "taskname", "step", "stepname", "processstep", "event", "eventname", "operation", "action", "步骤", "步骤名称", "环节",
                "环节名称", "流程环节", "操作", "操作名称", "任务", "任务名称", "节点", "节点名称", "事件", "事件名称",
            ],
        ],
        .timestamp: [
            [
                "endtime", "endtimestamp", "enddate", "enddatetime", "eventend", "end", "completetimestamp", "completetime",
                "completiontime", "completion",
                "completiontimestamp", "completiondate", "completed", "completedat", "finishtime", "finished", "finishedat", "结束时间",
                "完成时间", "结束日期", "完成日期",
            ],
            ["timestamp", "eventtime", "eventtimestamp", "datetime", "时间戳", "发生时间", "事件时间", "操作时间", "处理时间"],
            ["time", "eventdate", "date", "时间", "日期"],
        ],
        .start: [
            [
                "starttime", "starttimestamp", "startdate", "startdatetime", "eventstart", "begintime", "begindate", "started", "startedat",
                "start", "begin", "开始时间", "开始日期", "起始时间",
            ]
        ],
        .resource: [
            ["resource", "资源"],
            ["resourceid", "resourcename"],
            [
                "user", "username", "userid", "employee", "employeename", "operator", "performer", "agent", "performedby", "操作人", "经办人",
                "处理人", "执行人", "办理人", "人员", "员工", "用户", "操作员",
            ],
        ],
        .role: [["role", "resourcerole", "角色", "岗位", "职位"]],
        .department: [["department", "dept", "group", "orgunit", "team", "部门", "科室", "组织"]],
        .lifecycle: [["lifecycle", "lifecycletransition", "transition", "eventtype", "生命周期", "事件类型"]],
        .cost: [["cost", "costs", "totalcost", "成本", "费用", "总成本"]],
    ]

    /// What a header may hold beside other words, where no column has just that name.
    static let parts: [ColumnRole: [String]] = [
        .caseID: ["caseid", "案例"], .activity: ["activity", "活动"], .timestamp: ["timestamp", "endtime", "结束时间", "完成时间"],
        .start: ["starttime", "开始时间"],
    ]

    /// A name in lower case with letters and digits only.
    static func folded(_ name: String) -> String {
        String(String.UnicodeScalarView(name.lowercased().unicodeScalars.filter { $0.properties.isAlphabetic || ("0"..."9").contains($0) }))
    }
}
