package import EventLogs
import Instants

extension SimulationRun {
    /// A replication as an event log, as any other log is read: case, activity, start, completion, resource, role, the enablement of each
    /// instance as the attribute `enabled`, and the attributes of the cases.
    ///
    /// The run must have kept its instances in full; cases are named `1`, `2`, … in order of arrival.
    package func log(of replication: Int = 0) -> EventLog {
        precondition(options.detail == .instances, "a log needs all of every instance")
        let outcome = replications[replication]
        let rows = outcome.instances
        var builder = EventLogBuilder()
        builder.sourceNames.caseName = "case"
        builder.sourceNames.activity = "activity"
        builder.sourceNames.timestamp = "completion"
        builder.sourceNames.start = "start"
        builder.sourceNames.resource = "resource"
        builder.sourceNames.role = "role"
        let form = builder.formNumber(TimeForm(offset: Int32(model.offset)))
        for number in outcome.cycle.indices { _ = builder.caseNumber(String(number + 1)) }
        let enabled = builder.attribute(named: "enabled", type: .date, level: .event)
        let activities = model.activities.map { builder.activityNumber($0.name) }
        for row in 0..<rows.count {
            let start = rows.start[row]
            let event = builder.append(
                case: rows.caseNumber[row], activity: activities[Int(rows.activity[row])], time: start + rows.duration[row], form: form,
                row: row + 1)
            builder.setStart(event, start, form: form)
            builder.set(.event, attribute: enabled, of: event, instant: Instant(microseconds: rows.enabled[row]), form: form)
            let role = model.roles[Int(rows.role[row])]
            let resource = Int(rows.resource[row])
            builder.set(.resource, event, resource < 0 ? role.name : model.resources[resource].name)
            builder.set(.role, event, resource < 0 ? role.name : model.roles[model.resources[resource].role].name)
        }
        setAttributes(of: outcome, &builder)
        return builder.finish()
    }

    private func setAttributes(of outcome: ReplicationOutcome, _ builder: inout EventLogBuilder) {
        for column in model.attributes?.columns ?? [] {
            let type: AttributeType =
                switch column.values {
                case .text: .string
                case .number: .float
                case .integer: .int
                case .boolean: .boolean
                }
            let attribute = builder.attribute(named: column.name, type: type, level: .case)
            for (number, row) in outcome.row.enumerated() where row >= 0 {
                switch column.values {
                case .text(let values):
                    if let value = values[Int(row)] { builder.set(.case, attribute: attribute, of: number, text: value) }
                case .number(let values):
                    if let value = values[Int(row)] { builder.set(.case, attribute: attribute, of: number, number: value) }
                case .integer(let values):
                    if let value = values[Int(row)] { builder.set(.case, attribute: attribute, of: number, integer: value) }
                case .boolean(let values):
                    if let value = values[Int(row)] { builder.set(.case, attribute: attribute, of: number, boolean: value) }
                }
            }
        }
    }
}
