package import Conformance
package import EventLogs
package import ProcessModels
package import Redesign
package import Reports
package import Simulation

/// The flow of a process as it is and as a plan changes it, as BPMN that workflow engines run.
///
/// As it is: the model that the split miner finds, with the conditions that were learnt at its choices and service tasks for what programs do. To
/// be: the same as the plan changes it.
package struct RedesignedProcess: Sendable {
    /// The process as it is.
    package let asIs: BPMNModel
    /// The process as the plan changes it.
    package let toBe: RedesignedFlow
    /// The same with what is left out still there, for a picture of both.
    package let pictured: RedesignedFlow
    /// What was found at the choices of the process as it is; nil where the model is too large to learn it in bounded time.
    package let decisions: DecisionMining?

    /// The flows of a log and a plan; nil where the log has no activity instance.
    ///
    /// - Parameters:
    ///   - named: what the process is called.
    ///   - model: the model that the plan has changed and that was simulated: it names the role of programs.
    ///   - language: the language of the words in the models.
    /// - Throws: `ModelConversionError` where BPMN has no words for what was found.
    package init?(
        of log: EventLog, named name: String, plan: RedesignPlan, simulated model: SimulationModel, language: Language, seed: UInt64,
        threads: Int
    ) throws {
        guard log.instanceCount > 0 else { return nil }
        var options = MinedModel.Options(for: .split)
        options.threads = threads
        var mined = try MinedModel(of: log, miner: .split, options: options)
        try mined.decide(in: log, named: name, seed: seed, isBounded: true)
        guard let found = try mined.flow(name: name, language: language) else { return nil }
        self.init(found, decisions: mined.decisions, of: log, plan: plan, simulated: model, language: language)
    }

    /// The flows of a model that was found in a log, without lanes, and a plan.
    package init(
        _ found: BPMNModel, decisions: DecisionMining?, of log: EventLog, plan: RedesignPlan, simulated model: SimulationModel,
        language: Language
    ) {
        let automated = AutomatedActivities.names(in: log)
        let flow = found.automating(automated)
        let roles = ActivityRoles(of: log)
        let programs = model.activities.compactMap(\.automation).first.map { model.roles[$0.role].name }
        let words = PlanText(language)
        let change = RedesignedFlow.Change(plan, programs: programs ?? "System", roleOf: { roles.role(of: $0) }) { words.sentence($0) }
        asIs = roles.isEmpty ? flow : flow.withLanes(pool: flow.processes.first?.name) { roles.role(of: $0) }
        toBe = RedesignedFlow(flow, changedBy: change)
        // What is kept may stand between what goes on side by side: then the picture is of what is to be alone.
        let both = RedesignedFlow(flow, changedBy: change, keepsRemoved: true)
        pictured = both.shown.map(\.isDrawn) == toBe.shown.map(\.isDrawn) ? both : toBe
        self.decisions = decisions
    }
}
