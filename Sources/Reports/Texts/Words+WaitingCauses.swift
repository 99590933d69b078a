package import Performance

extension Words {
    // MARK: Causes of waiting

    var waitingTopic: String { pick("Waiting causes", "等待原因") }

    /// The name of a cause.
    package func cause(_ cause: WaitingCause) -> String {
        switch cause {
        case .batching: pick("batching", "批量等待")
        case .contention: pick("contention", "资源争用")
        case .prioritization: pick("prioritization", "优先级等待")
        case .unavailability: pick("unavailability", "资源不在岗")
        case .extraneous: pick("extraneous delay", "外部延迟")
        case .unattributed: pick("cannot be told", "无法判断")
        }
    }

    /// What a cause means.
    func meaning(of cause: WaitingCause) -> Prose {
        switch cause {
        case .batching:
            pick(
                prose: "until the last of the cases that its resource then did one after another was ready; queues make such batches too",
                "等待资源随后连续处理的各案例中最后一个就绪；排队也会形成这样的批次")
        case .contention: pick(prose: "while its resource did work that was ready no later", "资源正在处理不晚于它就绪的工作")
        case .prioritization: pick(prose: "while its resource did work that was ready later", "资源正在处理晚于它就绪的工作")
        case .unavailability: pick(prose: "while its resource was idle outside its hours", "资源空闲，但不在工作时段")
        case .extraneous: pick(prose: "while its resource was there and idle, as far as the log shows", "资源在岗且空闲（就日志所见）")
        case .unattributed: pick(prose: "the resource or its hours are not known", "资源或其工作时段未知")
        }
    }

    func waitingHeading(_ cause: WaitingCause, share: Double) -> Prose {
        switch cause {
        case .batching: pick(prose: "\(self.share(share)) of all waiting is for a batch to be ready", "等待时间的 \(self.share(share)) 是批量等待")
        case .contention:
            pick(prose: "\(self.share(share)) of all waiting is for a resource busy with earlier work", "等待时间的 \(self.share(share)) 是资源争用")
        case .prioritization:
            pick(prose: "\(self.share(share)) of all waiting is for a resource busy with later work", "等待时间的 \(self.share(share)) 是优先级等待")
        case .unavailability:
            pick(prose: "\(self.share(share)) of all waiting is outside the hours of a resource", "等待时间的 \(self.share(share)) 是资源不在岗")
        case .extraneous:
            pick(prose: "\(self.share(share)) of all waiting has a cause outside the log", "等待时间的 \(self.share(share)) 由日志之外的原因造成")
        case .unattributed:
            pick(prose: "Why work waits cannot be told for \(self.share(share)) of the time", "\(self.share(share)) 的等待时间无法判断原因")
        }
    }

    var noWaitingHeading: Prose { pick(prose: "No activity waits", "没有活动需要等待") }

    var waitingCaption: Prose {
        pick(
            prose:
                "Time from the end of one activity to the start of the next, over all cases, by cause. The hand-offs with the most waiting first; every hour counts, nights and weekends too.",
            "上一活动完成到下一活动开始的时间（全部案例合计），按原因分解，等待最多的交接在前；夜间和周末也计入。")
    }

    func waitingReading(total: Double, n: Int, causes: [(cause: WaitingCause, share: Double)]) -> Prose {
        let parts = causes.map { "\(self.cause($0.cause)) \(share($0.share))" }.joined(separator: listComma)
        return pick(
            prose: "Together \(instances(n)) waited \(elapsed(total)): \(parts).", "\(instances(n))共等待 \(elapsed(total))：\(parts)。")
    }

    /// A length of elapsed time, whatever calendar counts other durations.
    package func elapsed(_ seconds: Double?) -> String { Humane.unbreakable(Humane.elapsed(language).duration(seconds: seconds)) }

    var waitingTable: String { pick("waiting by hand-off and cause", "各交接的等待时间和原因") }
    var waitingRolesTable: String { pick("waiting by role and cause", "各角色的等待时间和原因") }
    var handOffHead: String { pick("hand-off", "交接") }
    /// Where a hand-off begins that no activity of the case comes before.
    package var caseBeginning: String { pick("(case begins)", "（案例开始）") }

    /// How the hours were got, and what could not be told.
    package func hoursNote(_ causes: WaitingCauses) -> String {
        let how: String
        switch causes.hours {
        case .calendar:
            how = pick("Hours are those of the calendar.", "工作时段以日历为准。")
        case .learnt:
            how = pick(
                "Hours were learnt from the log: week by week, by role, else by resource, from the times at which work began and ended.",
                "工作时段由日志得出：按角色（无角色时按资源）从每周开工和完成的时刻得出。")
        case .unknown:
            how = pick(
                "The log is too short to tell anyone's hours, so time outside them is not told apart.", "日志太短，无法得出工作时段，不在岗时间无法区分。")
        }
        let told = causes.total.totalS > 0 ? causes.total.unattributedS / causes.total.totalS : 0
        let rest =
            told > 0
            ? pick(" \(share(told)) of the waiting cannot be attributed.", "\(share(told)) 的等待时间无法判断原因。")
            : pick(" All waiting is attributed.", "全部等待时间都有归因。")
        let unknown = causes.instances - causes.n
        let left =
            unknown > 0
            ? pick(" \(instances(unknown)) with unknown start are left out.", "\(instances(unknown))的开始时间未知，不计入。") : ""
        return how + rest + left
    }

    // MARK: Batches

    var batchesTable: String { pick("batches", "批量处理") }
    package var batchesHead: String { pick("batches", "批次") }
    package var meanSizeHead: String { pick("mean size", "平均批量") }
    package var ruleHead: String { pick("starts", "何时开始") }
    package var batchVerdictHead: String { pick("verdict", "判断") }

    /// What was found of an activity's batches.
    package func batchVerdict(_ verdict: BatchDetection.Verdict) -> String {
        switch verdict {
        case .batched: pick("batched", "批量处理")
        case .queue: pick("queue", "排队所致")
        case .opening: pick("waits for hours to begin", "等待上班")
        case .insufficient: pick("too few to tell", "证据不足")
        }
    }

    /// What sets a batch off.
    package func rule(_ rule: ActivationRule) -> String {
        let every = elapsed(rule.everyS)
        switch rule.kind {
        case .size: return pick("as soon as \(rule.size ?? 0) cases are ready", "满 \(rule.size ?? 0) 个案例即开始")
        case .delay: return pick("\(every) after its first case is ready", "首个案例就绪 \(every)后开始")
        case .interval:
            guard let time = rule.times.first else { return pick("every \(every)", "每隔 \(every)") }
            return time.contains(" ") ? pick("every week, \(time)", "每\(weekTime(time))") : pick("every day, \(time)", "每天 \(time)")
        case .weekTimes: return pick("every week, ", "每") + rule.times.map(weekTime).joined(separator: listComma)
        }
    }

    /// `Fri 16:00` in the reader's language.
    private func weekTime(_ text: String) -> String {
        let days = [
            "Mon": "周一", "Tue": "周二", "Wed": "周三", "Thu": "周四", "Fri": "周五", "Sat": "周六", "Sun": "周日",
        ]
        let parts = text.split(separator: " ")
        guard language == .zh, parts.count == 2, let day = days[String(parts[0])] else { return text }
        return "\(day) \(parts[1])"
    }

    func batchFinding(_ batch: BatchDetection.Activity) -> Prose {
        let when = batch.rules.first.map { pick(": \(rule($0))", "：\(rule($0))") } ?? ""
        return pick(
            prose:
                "\(name: batch.activity) is done in batches\(when); its cases wait \(strong: elapsed(batch.batchingS)) for their batches to be ready.",
            "\(name: batch.activity) 成批处理\(when)；案例等待成批合计 \(strong: elapsed(batch.batchingS))。")
    }

    func batchBasis(_ batch: BatchDetection.Activity) -> Prose {
        let size = humane.number(batch.meanSize)
        let held = batch.rules.first.map {
            pick(
                ", the rule holds for \(share($0.precision)) of the later \(count($0.nHeldOut)) runs",
                "，规则适用于后半段 \(count($0.nHeldOut)) 次中的 \(share($0.precision))")
        }
        return pick(
            prose: "n\u{A0}=\u{A0}\(count(batch.batches)) batches of \(size) on average\(held ?? "")",
            "样本：\(count(batch.batches)) 批，平均每批 \(size) 个\(held ?? "")")
    }
}
