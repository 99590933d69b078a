extension Words {
    // MARK: Terms

    /// Event log.
    package var eventLog: String { pick("event log", "事件日志") }
    /// Case.
    package var caseTerm: String { pick("Case", "案例") }
    /// Activity.
    package var activity: String { pick("Activity", "活动") }
    /// Variant.
    package var variant: String { pick("Variant", "流程变体") }
    /// Process map.
    package var processMap: String { pick("Process map", "流程图") }
    /// Path, an edge of the directly-follows graph.
    package var path: String { pick("Path", "路径") }
    /// Resource.
    package var resource: String { pick("Resource", "资源") }
    /// Role.
    package var role: String { pick("Role", "角色") }
    /// Department.
    package var department: String { pick("Department", "部门") }
    /// Cycle time.
    package var cycleTime: String { pick("Cycle time", "周期时间") }
    /// Waiting time.
    package var waitingTime: String { pick("Waiting time", "等待时间") }
    /// Service time.
    package var serviceTime: String { pick("Service time", "处理时间") }
    /// Idle time.
    package var idleTime: String { pick("Idle time", "空闲时间") }
    /// Processing time: the sum of the instances' durations.
    package var processingTime: String { pick("Processing time", "累计处理时间") }
    /// Sojourn time.
    package var sojournTime: String { pick("Sojourn time", "停留时间") }
    /// Throughput.
    package var throughput: String { pick("Throughput", "吞吐量") }
    /// Bottleneck.
    package var bottleneck: String { pick("Bottleneck", "瓶颈") }
    /// Rework.
    package var rework: String { pick("Rework", "返工") }
    /// Data quality.
    package var dataQuality: String { pick("Data quality", "数据质量") }
    /// Median.
    package var median: String { pick("median", "中位数") }
    /// Mean.
    package var mean: String { pick("mean", "平均值") }
    /// 90th percentile.
    package var p90: String { pick("90th percentile", "90 分位数") }
    /// 95th percentile.
    package var p95: String { pick("95th percentile", "95 分位数") }
    /// 95 % confidence interval.
    package var ci95: String { pick("95 % confidence interval", "95% 置信区间") }

    // MARK: Topics of sections

    var variantsTopic: String { pick("Variants", "流程变体") }
    var bottlenecksTopic: String { pick("Bottlenecks", "瓶颈") }

    // MARK: Headings of columns

    var rankHead: String { pick("rank", "名次") }
    var casesHead: String { pick("cases", "案例数") }
    var instancesHead: String { pick("instances", "活动实例数") }
    var startsHead: String { pick("starts a case", "开始案例") }
    var endsHead: String { pick("ends a case", "结束案例") }
    var countHead: String { pick("times", "次数") }
    var shareHead: String { pick("share", "占比") }
    var coverageHead: String { pick("with all above", "累计占比") }
    var totalHead: String { pick("total", "合计") }
    var perCaseHead: String { pick("per case", "每案例") }
    var savedHead: String { pick("10 % faster saves", "提速 10% 可省") }
    var routingHead: String { pick("1 point more often", "概率加 1 个百分点") }
    var overlapsHead: String { pick("overlaps", "重叠次数") }
    var minimumHead: String { pick("shortest", "最短") }
    var maximumHead: String { pick("longest", "最长") }
    var deviationHead: String { pick("standard deviation", "标准差") }
    var nHead: String { pick("n", "样本数") }
    var kindHead: String { pick("kind", "类别") }
    var whereHead: String { pick("where", "位置") }
    var slowestHead: String { pick("ten slowest cases", "最慢的十个案例") }
    var filterHead: String { pick("filter", "筛选条件") }
    var extraHead: String { pick("extra instances", "多做次数") }
    var longerHead: String { pick("median difference", "中位数相差") }
    var withHead: String { pick("median with", "有返工中位数") }
    var withoutHead: String { pick("median without", "无返工中位数") }
    var workedHead: String { pick("time worked", "投入时间") }
    var weekHead: String { pick("week from", "起始日") }
    var wholeWeekHead: String { pick("week", "周") }
    var figureHead: String { pick("figure", "指标") }
    var beforeHead: String { pick("before", "之前") }
    var afterHead: String { pick("after", "之后") }
    var changeHead: String { pick("change", "变化") }
    var adjustedHead: String { pick("adjusted change", "调整后变化") }
    var verdictHead: String { pick("verdict", "结论") }
    var nBeforeHead: String { pick("n before", "之前样本数") }
    var nAfterHead: String { pick("n after", "之后样本数") }
    var findingHead: String { pick("finding", "发现") }
    var severityHead: String { pick("weight", "程度") }
    var affectsHead: String { pick("touches", "影响") }
    var examplesHead: String { pick("for example", "例如") }
    var measureHead: String { pick("measure", "度量") }
    var factHead: String { pick("fact", "项目") }
    var valueHead: String { pick("value", "内容") }

    /// The kind of a bottleneck.
    package func kind(isEdge: Bool) -> String { isEdge ? pick("hand-off", "交接") : pick("activity", "活动") }
}
