import EventLogs
import Foundation
import ProcessModels
import Statistics
import TestSupport
import Testing

@testable import Conformance

@Suite struct ConformanceResultTests {
    /// Three cases that fit and take 60 s, two that do x besides and take 100 s and 140 s, one without b that takes 30 s.
    private let log = EventLog.tiny([
        ("1", [TinyEvent("a", end: 0), TinyEvent("b", end: 20), TinyEvent("c", end: 60)]),
        ("2", [TinyEvent("a", end: 0), TinyEvent("b", end: 20), TinyEvent("c", end: 60)]),
        ("3", [TinyEvent("a", end: 0), TinyEvent("b", end: 20), TinyEvent("c", end: 60)]),
        ("4", [TinyEvent("a", end: 0), TinyEvent("b", end: 20), TinyEvent("x", end: 50), TinyEvent("c", end: 100)]),
        ("5", [TinyEvent("a", end: 0), TinyEvent("x", end: 70), TinyEvent("b", end: 100), TinyEvent("c", end: 140)]),
        ("6", [TinyEvent("a", end: 0), TinyEvent("c", end: 30)]),
    ])
    private let net = SmallNets.net([("a", [0], [1]), ("b", [1], [2]), ("c", [2], [3])])

    @Test("deviations are ranked by the time that goes with them, with n")
    func deviations() throws {
        let result = ConformanceResult(try Alignments(of: log, on: net), of: log)
        #expect(result.deviations.map(\.activity) == ["x", "b"] && result.deviations.map(\.rank) == [1, 2])
        let inserted = result.deviations[0]
        #expect(inserted.kind == .inserted && inserted.instances == 2 && inserted.cases == 2 && inserted.variants == 2)
        #expect(inserted.examples == ["4", "5"] && inserted.shareOfCases == 2.0 / 6)
        #expect(inserted.cycleTimeWith?.n == 2 && inserted.cycleTimeWithout?.n == 4)
        #expect(inserted.cycleTimeWith?.meanS == 120 && inserted.cycleTimeWithout?.meanS == 52.5)
        #expect(inserted.excessS == 67.5 && inserted.costS == 135)
        #expect(inserted.around?.n == 2 && inserted.around?.meanS == 50)
        let skipped = result.deviations[1]
        #expect(skipped.kind == .skipped && skipped.cases == 1 && skipped.excessCi95 == nil)
        #expect(skipped.costS == 30 - 84 && skipped.around?.meanS == 30)
    }

    @Test("Welch's interval of the excess is that of the textbook")
    func excessInterval() throws {
        let result = ConformanceResult(try Alignments(of: log, on: net), of: log)
        // Times with: 100, 140; without: 60, 60, 60, 30. s² / n = 400 and 56.25; 1.28 degrees of freedom.
        let interval = try #require(result.deviations[0].excessCi95)
        let freedom = 456.25 * 456.25 / (400.0 * 400 / 1 + 56.25 * 56.25 / 3)
        let half = StudentT(degreesOfFreedom: freedom).quantile(0.975) * 456.25.squareRoot()
        #expect(abs(interval.halfWidth - half) < 1e-9 && abs(interval.low + half - 67.5) < 1e-9)
    }

    @Test("every case is told where asked for: cost, fitness, what is inserted and skipped")
    func cases() throws {
        let result = ConformanceResult(try Alignments(of: log, on: net), of: log, listsCases: true)
        let cases = try #require(result.cases)
        #expect(cases.map(\.case) == ["1", "2", "3", "4", "5", "6"] && cases.map(\.cost) == [0, 0, 0, 1, 1, 1])
        #expect(cases[3].inserted == ["x"] && cases[5].skipped == ["b"] && cases[5].fitness == 0.8 && cases[0].fitness == 1)
        #expect(result.unknownActivities == ["x"] && result.totalCost == 3 && result.unproven == 0)
        let replay = ConformanceResult(try TokenReplay(of: log, on: net), of: log, listsCases: true)
        #expect(replay.cases?[5].tokens == TokenCounts(missing: 1, remaining: 1, produced: 3, consumed: 3))
        #expect(replay.cases?[5].cost == 2 && replay.places?.map(\.id) == ["p1", "p2"])
    }

    @Test("unknown shares are null, and what is written can be read")
    func json() throws {
        let result = ConformanceResult(try Footprints(of: log, on: net), of: log, listsCases: true)
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        let data = try encoder.encode(result)
        let text = String(decoding: data, as: UTF8.self)
        #expect(text.contains("\"generalization\":null") && text.contains("\"simplicity\":null"))
        #expect(text.contains("\"fitting_share\":0.5") && text.contains("\"method\":\"footprint\""))
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let back = try decoder.decode(ConformanceResult.self, from: data)
        #expect(back == result)
    }

    @Test("a log without times has deviations without times")
    func untimed() throws {
        let log = EventLog.tiny([("1", [TinyEvent("a", end: nil), TinyEvent("c", end: nil)]), ("2", [TinyEvent("a", end: nil)])])
        let result = ConformanceResult(try Alignments(of: log, on: net), of: log)
        #expect(result.deviations.map(\.activity) == ["b", "c"])
        #expect(result.deviations.allSatisfy { $0.costS == nil && $0.around == nil && $0.cycleTimeWith == nil })
    }

    @Test("simplicity is the inverse arc degree")
    func simplicity() throws {
        let plain = try CheckedNet(net, for: log)
        #expect(plain.simplicity == 1)
        let parallel = try CheckedNet(SmallNets.parallel, for: log)
        let degree = 24.0 / 11
        #expect(parallel.simplicity == 1 / (1 + (degree - 2)))
    }
}
