import Conformance
import EventLogs
import Foundation
import Instants
import LogFormats
import TestSupport
import Testing
import Workbench

@Suite struct DatasetRulesTests {
    @Test("The example rules are kept and broken as often as a plain count of the example log says")
    func example() throws {
        let folder = SharedData.checkout.appending(path: "datasets")
        let log = try LogReader.read(
            contentsOf: folder.appending(path: "p2p-before.csv"), named: "p2p-before.csv", options: ReadOptions(), monitor: SilentMonitor()
        ).log
        let text = try String(contentsOf: folder.appending(path: "p2p-rules.yaml"), encoding: .utf8)
        let calendars = try CalendarFile.calendars(
            parsing: "timezone: Asia/Shanghai\nweek: {Mon-Fri: \"09:00-17:00\"}\nholidays: [cn]", name: "cn")
        let file = try RulesFile(parsing: text, workingDay: calendars.workingDay)
        let result = try file.check(log.measured(by: calendars.site))
        #expect(result.unknownActivities.isEmpty)
        #expect(result.rules.map(\.cases) == [1_200, 218, 1_200, 1_200, 1_200, 1_200, 1_200, 1_200, 1_200])
        #expect(result.rules.allSatisfy { $0.satisfied + $0.violated + $0.notApplicable + $0.unknown == $0.cases && $0.unknown == 0 })
        #expect(result.rules.prefix(5).map(\.violated) == [0, 0, 0, 685, 0])
        #expect(result.rules[6].satisfied + result.rules[6].violated == 321)
        let cycles = log.cycleTimes.count { $0 > 60 * Microseconds.day }
        #expect(result.rules[8].violated == cycles && cycles > 0)
        let violation = try #require(result.rules[3].violations.first)
        #expect(violation.events.count >= 2 && Set(violation.events.map(\.resource)).count < violation.events.count)
    }
}
