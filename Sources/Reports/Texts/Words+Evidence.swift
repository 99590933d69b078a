extension Words {
    // MARK: Workload

    var workloadTopic: String { pick("Workload", "工作量") }

    func workloadHeading(_ name: String, share: Double) -> Prose {
        pick(
            prose: "\(name: name) completes \(self.share(share)) of the activity instances",
            "\(name: name) 完成了 \(self.share(share)) 的活动实例")
    }

    var workloadUnknown: Prose { pick(prose: "The log does not say who does the work", "日志没有记录由谁处理") }

    func workloadReading(resources: Int, roles: Int, departments: Int) -> Prose {
        var parts: [String] = []
        if resources > 0 { parts.append(counted(resources, "person or system", "people and systems", "个资源")) }
        if roles > 0 { parts.append(counted(roles, "role", "roles", "个角色")) }
        if departments > 0 { parts.append(counted(departments, "department", "departments", "个部门")) }
        return pick(
            prose: "The log names \(parts.joined(separator: ", ")).", "日志记录了\(parts.joined(separator: "、"))。")
    }

    var peopleAsRoles: Prose {
        pick(
            prose: "People are shown as the role they mostly work in; with \(code: "--people names") by name.",
            "人员按其主要角色显示；加 \(code: "--people names") 则显示姓名。")
    }

    var peopleAsNumbers: Prose {
        pick(
            prose: "The log has no roles, so people are shown as R1, R2, …; with \(code: "--people names") by name.",
            "日志没有角色，人员显示为 R1、R2……；加 \(code: "--people names") 则显示姓名。")
    }

    func workloadCaption(_ what: String, shown: Int, of all: Int) -> Prose {
        let part =
            shown < all
            ? pick(" The \(count(shown)) busiest of \(count(all)).", "图中是 \(count(all)) 个中最忙的 \(count(shown)) 个。") : ""
        return pick(
            prose:
                "Activity instances completed per week, by \(what.lowercased()).\(part) Weeks that are only partly in the log are marked.",
            "每周完成的活动实例数，按\(what)。\(part)记录不完整的周另有标记。")
    }

    var progressCaption: Prose {
        pick(
            prose: "Cases in progress per week. Weeks that are only partly in the log are marked.", "每周在制案例数。记录不完整的周另有标记。")
    }

    var instancesPerWeek: String { pick("activity instances per week", "每周活动实例数") }
    var rolesTable: String { pick("roles", "角色") }
    var departmentsTable: String { pick("departments", "部门") }
    var resourcesTable: String { pick("people and systems", "资源") }
    var weeksTable: String { pick("weeks", "每周") }
    var startedHead: String { pick("cases started", "开始案例数") }
    var completedHead: String { pick("cases completed", "完成案例数") }
    var progressHead: String { pick("cases in progress", "在制案例数") }
    var busiestHead: String { pick("busiest week", "最忙的一周") }
    var inBusiestHead: String { pick("instances in it", "该周活动实例数") }
    var partlyHead: String { pick("in the log", "记录") }
    func coverage(isPartial: Bool) -> String { isPartial ? pick("partly", "不完整") : pick("wholly", "完整") }

    // MARK: Data quality

    func qualityHeading(all: Int, serious: Int) -> Prose {
        if all == 0 { return pick(prose: "Nothing was found that touches the figures", "没有发现影响数字的问题") }
        if serious == 0 {
            return pick(
                prose: "\(counted(all, "note", "notes", "")) on the data, none that touches the figures", "关于数据有 \(count(all)) 项提示，都不影响数字")
        }
        return pick(
            prose: "\(counted(serious, "finding", "findings", "")) on the data touch the figures", "\(count(serious)) 项数据问题影响数字")
    }

    var qualityTable: String { pick("findings on the data", "数据问题") }
    var qualityNone: Prose {
        pick(
            prose: "Order, times, activities, cases and lifecycle transitions were checked while the log was read.",
            "读取日志时检查了次序、时间、活动、案例和状态。")
    }
    var logHead: String { pick("log", "日志") }
    var nothing: String { pick("nothing", "无") }

    // MARK: Method and provenance

    var methodTopic: String { pick("Method", "方法") }
    var methodHeading: Prose { pick(prose: "What the words and figures mean", "名词和数字的含义") }

    /// The definitions on which the figures rest.
    func definitions(isCountedAsEvents asEvents: Bool, isCompared: Bool) -> [(term: String, meaning: Prose)] {
        var list: [(String, Prose)] = [
            (
                pick("Activity instance", "活动实例"),
                asEvents
                    ? pick(
                        prose: "Every event counts as one instance at its own time, whatever its lifecycle transition.",
                        "每个事件按自身时间算作一个活动实例，不论其状态。")
                    : pick(
                        prose:
                            "One execution of an activity, from its start to its completion. A start and the completion that follows it count once; a completion without a start counts, with its start unknown.",
                        "活动的一次执行，从开始到完成。开始和随后的完成只计一次；没有开始的完成也计入，开始时间未知。")
            ),
            (
                cycleTime,
                isWorkingTime
                    ? pick(
                        prose:
                            "From the first start of a case to its last completion, in working time: only the hours of the calendar count.",
                        "案例从最早开始到最后完成的时间，按工作时间计，只计日历中的工作时段。")
                    : pick(
                        prose: "From the first start of a case to its last completion, in elapsed time: nights and weekends count.",
                        "案例从最早开始到最后完成的时间，按自然时间计，夜间和周末也计入。")
            ),
            (
                serviceTime,
                pick(prose: "The time in which at least one activity of the case is being worked on.", "案例中至少有一项活动正在处理的时间。")
            ),
            (idleTime, pick(prose: "Cycle time less service time.", "周期时间减去处理时间。")),
            (
                waitingTime,
                pick(
                    prose:
                        "For each activity instance, from the moment it could begin (the last completion before it in the case) until it begins; added up over the case.",
                    "每个活动实例从可以开工（案例中此前最后一次完成）到实际开工的时间，按案例累计。")
            ),
            (
                sojournTime,
                pick(prose: "From the previous completion in the case to the activity's own completion.", "从案例中上一次完成到该活动完成的时间。")
            ),
            (
                path,
                pick(
                    prose:
                        "Two activities that follow one another in a case. Its time runs from the completion of the first to the start of the second (to its completion where the start is unknown); it is negative where they overlap, and only positive times add to totals.",
                    "案例中先后相接的两项活动。路径时间从前一活动完成算到后一活动开始（开始未知时算到完成）；两者重叠时为负，合计只加正值。")
            ),
            (variant, pick(prose: "The activities of a case in order.", "案例的活动次序。")),
            (
                rework,
                pick(
                    prose: "An activity that occurs again in the same case; a case with one is a rework case.",
                    "同一案例中再次出现的活动；含有这种活动的案例为返工案例。")
            ),
            (
                bottleneck,
                pick(
                    prose:
                        "An activity holds the durations of its instances, a path its positive times; on a log without overlaps they add up to all cycle times. Ranked by the total. “10 % faster saves” is what the mean cycle time would lose, computed from an absorbing Markov chain over the process map.",
                    "活动占用其活动实例的时长，路径占用其正的时间；没有重叠时合计等于全部周期时间。按合计排名。“提速 10% 可省”是平均周期时间会减少多少，由流程图上的吸收马尔可夫链算出。")
            ),
            (
                pick("Unfinished case", "未完成案例"),
                pick(
                    prose:
                        "Its last activity is no end activity, or an activity was started and not completed. Unless told otherwise, an end activity closes at least 1 % of the cases and comes last in at least 80 % of the cases that hold it.",
                    "最后一项活动不是结束活动，或有活动已开始而未完成。未指定时，结束活动须结束至少 1% 的案例，并在含有它的案例中至少 80% 排在最后。")
            ),
            (
                pick("Median, 90th percentile", "中位数、90 分位数"),
                pick(
                    prose: "Half, or nine tenths, of the values lie below; between two values it is interpolated (type 7).",
                    "一半或九成的值不超过它；落在两值之间时线性插值（第 7 类）。")
            ),
            (
                ci95,
                pick(
                    prose:
                        "Were the same process observed again and again, intervals made this way would hold the true value 95 times in 100.",
                    "若反复观察同一流程，这样得到的区间 100 次中约有 95 次包含真实值。")
            ),
        ]
        if isCompared {
            list.append(
                (
                    pick("Before against after", "前后对比"),
                    pick(
                        prose:
                            "Each figure is computed for both logs; the interval of its change comes from resampling the cases of each. “Improved” and “worsened” mean that the interval leaves out zero, “no difference found” that it holds zero, “insufficient evidence” that there are too few cases to tell. A change beside a redesign is not proof that the redesign caused it.",
                        "每个指标在两份日志上分别计算，变化的区间由对各自案例重新抽样得到。“改善”“恶化”表示区间不含零，“未发现差异”表示区间含零，“证据不足”表示案例太少，无法判断。变化与流程再造同时出现，不等于由它引起。")
                ))
        }
        return list
    }

    var provenanceTopic: String { pick("Provenance", "来源") }
    var provenanceHeading: Prose { pick(prose: "What this report was made from", "本报告依据的文件和设置") }
    var provenanceTable: String { pick("inputs and settings", "输入和设置") }
    var toolFact: String { pick("tool", "工具") }
    var filtersFact: String { pick("filter", "筛选条件") }
    var noFilter: String { pick("none", "无") }
    var seedFact: String { pick("seed", "随机种子") }
    var clockFact: String { pick("clock", "时间口径") }
    var clockName: String { isWorkingTime ? pick("working time", "工作时间") : pick("elapsed time", "自然时间") }
    var calendarFact: String { pick("calendar", "日历") }
    var noCalendar: String { pick("none", "无") }
    var countingFact: String { pick("counting", "计数方式") }
    func counting(asEvents: Bool) -> String { asEvents ? pick("every event counts", "每个事件都计") : pick("activity instances", "活动实例") }
    var classifierFact: String { pick("classifier", "活动的确定方式") }
    var splitFact: String { pick("split at", "前后分界") }
    func checksumFact(_ number: Int, of all: Int) -> String { pick("SHA-256", "SHA-256") }
    func inputFact(_ number: Int, of all: Int) -> String {
        all == 1
            ? pick("log", "日志") : number == 1 ? pick("log before", "之前的日志") : number == 2 ? pick("log after", "之后的日志") : pick("log", "日志")
    }
}
