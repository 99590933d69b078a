import EventLogs
import ProcessModels
import TestSupport
import Testing

@testable import Conformance

@Suite struct PrecisionTests {
    @Test("what the net allows and the log never shows escapes, counted by cases")
    func escapingEdges() throws {
        // After a the net allows b and c (d behind its silent way stays shut while b is open); c never comes first.
        let log = EventLog.words(["abcd": 2, "abd": 1])
        let edges = EscapingEdges(of: try TokenReplay(of: log, on: SmallNets.parallel))
        // ∅: a. a: b, c. ab: c, d. abc: d.
        #expect(edges.allowed == 3 * 1 + 3 * 2 + 3 * 2 + 2 * 1 && edges.escaping == 3)
        #expect(edges.edges == [EscapingEdges.Edge(after: "a", activity: "c", weight: 3)])
        #expect(edges.precision == 1 - 3.0 / 17)
        let aligned = EscapingEdges(of: try Alignments(of: log, on: SmallNets.parallel))
        #expect(aligned == edges)
    }

    @Test("replay leaves out beginnings that do not fit; alignments count the run they find")
    func departingTraces() throws {
        let log = EventLog.words(["abcd": 1, "axbcd": 1])
        let replayed = EscapingEdges(of: try TokenReplay(of: log, on: SmallNets.parallel))
        #expect(replayed.allowed == 2 + 2 * 2 + 2 + 1)
        let aligned = EscapingEdges(of: try Alignments(of: log, on: SmallNets.parallel))
        #expect(aligned.allowed == 2 * (1 + 2 + 2 + 1) && aligned.escaping == 4)
    }

    @Test("generalization is one less the mean of one over the root of the firings")
    func generalization() throws {
        let log = EventLog.words(["abcd": 4])
        let replay = try TokenReplay(of: log, on: SmallNets.parallel)
        // a, b, c, d fired four times, the silent way never.
        #expect(replay.firings == [4, 4, 4, 0, 4] && replay.generalization == 1 - (4 * 0.5 + 1) / 5)
        let alignments = try Alignments(of: log, on: SmallNets.parallel)
        #expect(alignments.generalization == replay.generalization)
    }
}
