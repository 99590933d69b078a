import EventLogs
import SyntheticLogs

/// Generated logs whose truth is known.
enum PlantedLogs {
    /// Purchases of a variant.
    static func purchases(_ variant: String, cases: Int, seed: UInt64) throws -> EventLog {
        log(of: try SyntheticLog.generate(name: "p2p", variant: variant, cases: cases, seed: seed))
    }

    /// A generated log as one that was read.
    static func log(of generated: SyntheticLog) -> EventLog {
        var builder = EventLogBuilder()
        let form = builder.formNumber(TimeForm(offset: Int32(generated.offset)))
        for index in 0..<generated.caseCount {
            let number = builder.caseNumber(generated.caseID(index))
            for row in generated.caseRows[index]..<generated.caseRows[index + 1] {
                let event = builder.append(
                    case: number, activity: builder.activityNumber(generated.activities[Int(generated.rowActivity[row])]),
                    time: generated.rowEnd[row], form: form, row: row + 2)
                builder.setStart(event, generated.rowStart[row], form: form)
                let resource = generated.resources[Int(generated.rowResource[row])]
                builder.set(.resource, event, resource.name)
                builder.set(.role, event, resource.role)
                builder.set(.department, event, resource.department)
            }
        }
        return builder.finish()
    }
}
