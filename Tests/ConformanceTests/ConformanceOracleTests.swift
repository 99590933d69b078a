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
        return (read.log, try plainNet(contentsOf: SharedData.file("\(folder)/\(model).pnml")))
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
}
