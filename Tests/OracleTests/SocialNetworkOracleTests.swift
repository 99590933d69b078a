import EventLogs
import Foundation
import LogFormats
import Performance
import ProcessModels
import TestSupport
import Testing

/// Handovers, working together and subcontracting against PM4Py 2.7.23 (`discover_handover_of_work_network`,
/// `discover_working_together_network`, `discover_subcontracting_network`), multiplied back to counts.
@Suite(.enabled(if: SharedData.isThere, "the shared data is absent"))
struct SocialNetworkOracleTests {
    /// What PM4Py gives for one log: how many pairs there are, the sum of their counts and of their squares.
    struct Answer: Sendable, CustomTestStringConvertible {
        var file: String
        var handovers: (pairs: Int, total: Int, squares: Int)
        /// PM4Py gives each pair both ways.
        var together: (pairs: Int, total: Int, squares: Int)
        var most: (source: String, target: String, count: Int)
        var testDescription: String { file }
    }

    static let answers = [
        Answer(
            file: "pm4py/running-example.xes", handovers: (20, 36, 82), together: (28, 90, 342), most: ("Sara", "Ellen", 4)),
        Answer(
            file: "pm4py/reviewing.xes.gz", handovers: (88, 3_630, 1_075_388), together: (110, 4_594, 252_610), most: ("Wil", "Wil", 626)),
        Answer(
            file: "receipt/Receipt_phase_of_an_environmental_permit_application_process_WABO_CoSeLoG_project.xes.gz",
            handovers: (286, 7_143, 2_391_243), together: (418, 3_088, 142_240), most: ("Resource01", "Resource01", 975)),
        Answer(
            file: "bpic2020/BPI_2020_DomesticDeclarations.xes.gz", handovers: (4, 45_937, 869_854_395),
            together: (2, 20_094, 201_884_418), most: ("STAFF MEMBER", "STAFF MEMBER", 25_849)),
        Answer(
            file: "bpic2020/BPI_2020_PermitLog.xes.gz", handovers: (4, 79_516, 3_735_058_044), together: (2, 13_244, 87_701_768),
            most: ("STAFF MEMBER", "STAFF MEMBER", 59_821)),
    ]

    private func read(_ file: String) throws -> EventLog {
        let url = SharedData.file(file)
        return try LogReader.read(
            contentsOf: url, named: url.lastPathComponent, options: ReadOptions(counting: .events), monitor: SilentMonitor()
        ).log
    }

    private static func facts(_ counts: PairCounts) -> [Int] {
        [counts.pairs.count, counts.total, counts.pairs.reduce(0) { $0 + $1.count * $1.count }]
    }

    @Test(arguments: answers)
    func countsEqualPM4Py(answer: Answer) throws {
        let log = try read(answer.file)
        let handovers = HandoverOfWork.counts(of: log)
        let (pairs, total, squares) = answer.handovers
        #expect(Self.facts(handovers) == [pairs, total, squares])
        let names = try #require(log.columns.resource?.vocabulary)
        let (source, target, count) = answer.most
        #expect(handovers[try #require(names.find(source)), try #require(names.find(target))] == count)
        let together = answer.together
        #expect(
            Self.facts(WorkingTogether.counts(of: log)).map { $0 * 2 } == [together.pairs, together.total, together.squares])
    }

    /// One case where Mike has a step done by Ellen, then one by Sara; PM4Py finds the first of the two.
    @Test func subcontractingHoldsWhatPM4PyFinds() throws {
        let log = try read("pm4py/running-example.xes")
        let names = try #require(log.columns.resource?.vocabulary)
        let pairs = Subcontracting.counts(of: log).pairs.map { [names[$0.source], names[$0.target], String($0.count)] }
        #expect(Set(pairs) == [["Mike", "Ellen", "1"], ["Mike", "Sara", "1"]])
    }
}
