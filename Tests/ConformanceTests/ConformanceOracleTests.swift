import EventLogs
import Foundation
import LogFormats
import ProcessModels
import TestSupport
import Testing

@testable import Conformance

/// PM4Py's answers for logs with the nets they came from.
struct ConformanceAnswer: Decodable, CustomTestStringConvertible {
    var log: String
    var replay: [String: Double]?
    var replayPrecision: Double?
    var alignments: [String: Double]?
    var alignmentPrecision: Double?
    var alignmentTotalCost: Int?

    private enum CodingKeys: String, CodingKey {
        case log, replay, alignments
        case replayPrecision = "replay_precision"
        case alignmentPrecision = "alignment_precision"
        case alignmentTotalCost = "alignment_total_cost"
    }

    var testDescription: String { log }

    /// The answers about conformance; empty where the shared data is absent.
    static let all: [ConformanceAnswer] = {
        guard let folder = SharedData.answers else { return [] }
        let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        return files.filter { $0.pathExtension == "json" }.sorted { $0.path < $1.path }
            .compactMap { try? JSONDecoder().decode(ConformanceAnswer.self, from: Data(contentsOf: $0)) }
            .filter { $0.alignments != nil }
    }()

    /// The log and its net.
    func read() throws -> (log: EventLog, net: PetriNet) {
        let isNoisy = log.hasPrefix("a")
        let folder = isNoisy ? "conformance" : "pm4py"
        let model = isNoisy ? String(log.prefix(3)) : log.hasPrefix("road") ? "roadtraffic" : "running-example"
        let read = try LogReader.read(
            contentsOf: SharedData.file("\(folder)/\(log)"), named: log, options: ReadOptions(counting: .events), monitor: SilentMonitor())
        return (read.log, try PNMLDocument(text: String(contentsOf: SharedData.file("\(folder)/\(model).pnml"), encoding: .isoLatin1)).net)
    }
}

@Suite(.enabled(if: SharedData.hasAnswers, "the shared data with PM4Py's answers is absent"))
struct ConformanceOracleTests {
    @Test func thereAreAnswersToCompareWith() {
        #expect(ConformanceAnswer.all.count == 8)
    }

    @Test("costs and fitness of alignments equal PM4Py's", arguments: ConformanceAnswer.all)
    func alignments(answer: ConformanceAnswer) throws {
        let (log, net) = try answer.read()
        let alignments = try Alignments(of: log, on: net)
        #expect(alignments.totalCost == answer.alignmentTotalCost && alignments.unproven == 0)
        let expected = try #require(answer.alignments)
        #expect(abs((alignments.fitness.averageTrace ?? 0) - expected["averageFitness"]!) < 1e-9)
        #expect(abs((alignments.fitness.fittingShare ?? 0) * 100 - expected["percFitTraces"]!) < 1e-9)
        // PM4Py counts a ten-thousandth of a deviation for every other move.
        #expect(abs((alignments.fitness.log ?? 0) - expected["log_fitness"]!) < 3e-4)
        if answer.alignmentTotalCost == 0 { #expect(alignments.fitness.log == 1) }
    }

    @Test(
        "replay is within 0.01 of PM4Py's, which guesses silent steps, and 1 on every case that costs nothing",
        arguments: ConformanceAnswer.all)
    func replay(answer: ConformanceAnswer) throws {
        let (log, net) = try answer.read()
        let replay = try TokenReplay(of: log, on: net)
        let expected = try #require(answer.replay)
        #expect(abs((replay.fitness.averageTrace ?? 0) - expected["average_trace_fitness"]!) < 0.01)
        #expect(abs((replay.fitness.log ?? 0) - expected["log_fitness"]!) < 0.01)
        #expect(abs((replay.fitness.fittingShare ?? 0) * 100 - expected["perc_fit_traces"]!) < 1e-9)
        let alignments = try Alignments(of: log, on: net)
        for (alignment, result) in zip(alignments.alignments, replay.results) {
            #expect((alignment.cost == 0) == result.fits && (alignment.cost > 0 || result.tokens.fitness == 1))
        }
    }

    @Test("replay on a net without silent transitions counts the tokens that PM4Py counts")
    func replayWithoutSilentTransitions() throws {
        let answer = try #require(ConformanceAnswer.all.first { $0.log.hasPrefix("a12f0n50") })
        // The net of the logs a12 with its silent split and join drawn into its neighbours.
        let net = SmallNets.net([
            ("S", [0], [1]), ("f", [1], [2, 3]), ("b", [1], [4]), ("g", [2], [5]), ("i", [5], [6]), ("h", [3], [7]), ("k", [6, 7], [8]),
            ("c", [4], [9]), ("e", [9], [10]), ("d", [4], [10]), ("j", [10], [8]), ("E", [8], [11]),
        ])
        let replay = try TokenReplay(of: answer.read().log, on: net)
        #expect(replay.tokens == TokenCounts(missing: 676, remaining: 652, produced: 6_897, consumed: 6_921))
        #expect(abs((replay.fitness.averageTrace ?? 0) - 0.889_340_079_365_079_6) < 1e-9)
        #expect(abs((replay.fitness.log ?? 0) - 0.903_896_199_066_089_8) < 1e-9)
    }

    @Test("precision equals PM4Py's on logs that fit, and by replay on the others, too", arguments: ConformanceAnswer.all)
    func precision(answer: ConformanceAnswer) throws {
        let (log, net) = try answer.read()
        let replayed = EscapingEdges(of: try TokenReplay(of: log, on: net))
        #expect(abs((replayed.precision ?? 0) - answer.replayPrecision!) < 1e-9)
        if answer.alignmentTotalCost == 0 {
            let aligned = EscapingEdges(of: try Alignments(of: log, on: net))
            #expect(abs((aligned.precision ?? 0) - answer.alignmentPrecision!) < 1e-9)
        }
    }

    @Test("generalization and simplicity equal PM4Py's")
    func generalization() throws {
        let expected: [String: (Double, Double)] = ["running": (0.546_585_405_184_990_8, 0.76), "roadtra": (0.602_890_579_042_147_5, 0.6)]
        for answer in ConformanceAnswer.all {
            guard let figures = expected[String(answer.log.prefix(7))] else { continue }
            let (log, net) = try answer.read()
            let replay = try TokenReplay(of: log, on: net)
            #expect(abs((replay.generalization ?? 0) - figures.0) < 1e-9 && abs((replay.net.simplicity ?? 0) - figures.1) < 1e-9)
        }
    }
}
