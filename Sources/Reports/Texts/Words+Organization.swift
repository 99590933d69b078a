import Performance

extension Words {
    // MARK: Organisation

    var organizationTopic: String { pick("Organisation", "组织") }

    func borderName(_ source: String, _ target: String) -> Prose { "\(name: source) → \(name: target)" }

    func organizationHeading(_ border: Prose, share: Double?, total: Double?) -> Prose {
        guard let share else { return pick(prose: "Work changes hands most at ", "工作交接最多的地方是") + border }
        return pick(
            prose: "At the border \(border) \(strong: time(total)) pass, \(self.share(share)) of all cycle time",
            "在 \(border) 的交界处共耗去 \(strong: time(total))，占全部周期时间的 \(self.share(share))")
    }

    var organizationOneUnit: Prose { pick(prose: "All work stays within one department or role", "所有工作都在同一个部门或角色内完成") }

    func organizationReading(people: Int, roles: Int, basis: ResourceRoles.Basis?) -> Prose {
        switch basis {
        case .cluster?:
            pick(
                prose:
                    "\(count(people)) people did the work. The log names no roles, so those who do much the same work form a group named after its commonest activity: \(count(roles)) groups.",
                "共有 \(count(people)) 人参与。日志没有记录角色，因此把工作内容相近的人归为一组，并以最常见的活动命名：共 \(count(roles)) 组。")
        case .department?:
            pick(
                prose: "\(count(people)) people did the work; the log has departments and no roles: \(count(roles)) of them.",
                "共有 \(count(people)) 人参与；日志记录了部门而没有角色：共 \(count(roles)) 个部门。")
        case .role?, nil:
            pick(prose: "\(count(people)) people in \(count(roles)) roles did the work.", "共有 \(count(people)) 人参与，分属 \(count(roles)) 个角色。")
        }
    }

    var handoverCaption: Prose {
        pick(
            prose: "How often work goes directly from one role (row) to another (column), on a logarithmic colour scale.",
            "工作从一个角色（行）直接交给另一个角色（列）的次数，颜色按对数刻度。")
    }

    func handoverCut(_ shown: Int, of all: Int) -> Prose {
        pick(prose: "The \(count(shown)) roles with most work of \(count(all)).", "共 \(count(all)) 个角色，仅显示工作最多的 \(count(shown)) 个。")
    }

    var handoverRow: String { pick("from", "从") }
    var handoverColumn: String { pick("to", "到") }
    var handoverTable: String { pick("Who hands work to whom", "工作交接") }

    func bordersCaption(_ unit: OrganizationUnit?) -> Prose {
        unit == .role
            ? pick(prose: "Time between two steps that different roles do, summed over all cases.", "由不同角色完成的相邻步骤之间的时间，按全部案例合计。")
            : pick(prose: "Time between two steps that different departments do, summed over all cases.", "由不同部门完成的相邻步骤之间的时间，按全部案例合计。")
    }

    func bordersTable(_ unit: OrganizationUnit?) -> String {
        unit == .role ? pick("Borders between roles", "角色之间的边界") : pick("Borders between departments", "部门之间的边界")
    }

    func bordersReading(share: Double?, perCase: Double?, crossing: Double?, within: Double?) -> Prose {
        pick(
            prose:
                "\(self.share(share)) of the cases cross a border, \(humane.number(perCase)) times per case on average. A step across a border takes \(time(crossing)) in the median, one within \(time(within)).",
            "\(self.share(share)) 的案例跨越边界，平均每个案例 \(humane.number(perCase)) 次。跨越边界的一步中位数为 \(time(crossing))，内部的一步为 \(time(within))。")
    }

    var mainStepHead: String { pick("mostly at", "主要在") }
    var shareOfCasesHead: String { pick("of cases", "占案例") }
    var sameResourceHead: String { pick("same person", "同一人") }

    func reentryReading(count suspects: Int, share: Double?, windowS: Double) -> Prose {
        let window = Humane.unbreakable(Humane.elapsed(language).duration(seconds: windowS))
        if suspects == 0 {
            return pick(
                prose: "Nothing looks written twice by people of different departments within \(window).",
                "没有发现不同部门的人在 \(window) 内重复录入的迹象。")
        }
        return pick(
            prose:
                "\(strong: count(suspects)) times, in \(self.share(share)) of the cases, people of different departments perhaps wrote the same data within \(window). These are suspects, not proofs: a name that says so, the same entry or the same value.",
            "在 \(self.share(share)) 的案例中，不同部门的人在 \(window) 内疑似重复录入 \(strong: count(suspects)) 次。这些只是疑点：名称表明、同一录入或同一取值。")
    }

    var reentryTable: String { pick("Perhaps written twice", "疑似重复录入") }
    var reasonHead: String { pick("why", "依据") }
    var attributeHead: String { pick("attribute", "属性") }
    var gapHead: String { pick("apart, median", "间隔中位数") }
    var timesHead: String { pick("times", "次数") }

    func reentryRule(_ rule: ReentrySuspects.Rule) -> String {
        switch rule {
        case .reentryName: pick("its name says so", "名称表明")
        case .sameEntry: pick("same entry", "同一录入")
        case .sameValue: pick("same value", "同一取值")
        }
    }
}
