import EventLogs
import Foundation
import LogFormats
import TestSupport
import Testing

/// A log that PM4Py is asked about by its file, events counted as it counts them.
struct PeerLog: Sendable, CustomTestStringConvertible {
    let path: String

    static let all = [
        "pm4py/running-example.xes", "pm4py/roadtraffic100traces.xes",
        "receipt/Receipt_phase_of_an_environmental_permit_application_process_WABO_CoSeLoG_project.xes.gz",
    ].map { PeerLog(path: $0) }

    var url: URL { SharedData.file(path) }

    var testDescription: String { url.lastPathComponent }

    func read() throws -> EventLog {
        try LogReader.read(
            contentsOf: url, named: url.lastPathComponent, options: ReadOptions(counting: .events), monitor: SilentMonitor()
        ).log
    }
}
