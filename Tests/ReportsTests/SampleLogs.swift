import EventLogs
import Foundation
import Instants
import Reports
import Statistics
import SyntheticLogs

/// Logs and reports that the tests of reports are made of.
enum SampleLogs {
    /// The synthetic purchase-to-pay process, read without going through a file.
    ///
    /// - Parameter rename: what an activity, role or department is called instead.
    static func purchases(
        _ variant: String, cases: Int? = nil, seed: UInt64 = 1, withRoles: Bool = true, rename: (String) -> String = { $0 }
    ) throws -> EventLog {
        let log = try SyntheticLog.generate(name: "p2p", variant: variant, cases: cases, seed: seed)
        var builder = EventLogBuilder()
        let form = builder.formNumber(TimeForm(offset: Int32(log.offset)))
        for index in 0..<log.caseCount {
            let number = builder.caseNumber(log.caseID(index))
            for row in log.caseRows[index]..<log.caseRows[index + 1] {
                let activity = builder.activityNumber(rename(log.activities[Int(log.rowActivity[row])]))
                let event = builder.append(case: number, activity: activity, time: log.rowEnd[row], form: form, row: row + 2)
                builder.setStart(event, log.rowStart[row], form: form)
                let resource = log.resources[Int(log.rowResource[row])]
                builder.set(.resource, event, resource.name)
                if withRoles { builder.set(.role, event, rename(resource.role)) }
                builder.set(.department, event, rename(resource.department))
            }
        }
        return builder.finish()
    }

    /// The provenance that reports of tests carry.
    static let provenance = Provenance(
        version: "0.1.0",
        inputs: [
            .init(name: "p2p-before.csv", sha256: String(repeating: "0a", count: 32)),
            .init(name: "p2p-after.csv", sha256: String(repeating: "1b", count: 32)),
        ])

    /// The folder into which reports are written for people to look at: named by `WEIR_TEST_REPORTS`.
    static let lookFolder = ProcessInfo.processInfo.environment["WEIR_TEST_REPORTS"].map { URL(filePath: $0) }
}
