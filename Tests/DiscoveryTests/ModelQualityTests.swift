import Conformance
import EventLogs
import ProcessModels
import TestSupport
import Testing

@testable import Discovery

/// How well the miners' models fit the real logs and how little else they allow, by optimal alignments.
@Suite(.enabled(if: SharedData.hasAnswers, "the shared data is absent"))
struct ModelQualityTests {
    struct Expectation: Sendable, CustomTestStringConvertible {
        var log: String
        var fitness: Double
        var precision: Double
        var testDescription: String { log }
    }

    private func quality(_ net: PetriNet, _ log: EventLog) throws -> (fitness: Double, precision: Double) {
        let alignments = try Alignments(of: log, on: net)
        return (alignments.fitness.log ?? 0, EscapingEdges(of: alignments).precision ?? 0)
    }

    @Test(
        "The split miner's models of noisy logs fit and are precise",
        arguments: [
            Expectation(log: "a12f0n00.xes.gz", fitness: 1, precision: 1),
            Expectation(log: "a12f0n20.xes.gz", fitness: 0.95, precision: 0.99),
            Expectation(log: "a12f0n50.xes.gz", fitness: 0.9, precision: 0.98),
            Expectation(log: "running-example.xes", fitness: 1, precision: 0.75),
            Expectation(log: "roadtraffic100traces.xes", fitness: 0.98, precision: 0.84),
            Expectation(log: "interval_event_log.xes", fitness: 0.99, precision: 0.92),
            Expectation(log: "Procure_to_Pay.csv.gz", fitness: 0.98, precision: 0.95),
            Expectation(log: "PurchasingExample.simod.csv.gz", fitness: 0.95, precision: 0.85),
            Expectation(log: "BPI_2020_DomesticDeclarations.xes.gz", fitness: 0.99, precision: 0.85),
        ])
    func splitMiner(expected: Expectation) throws {
        let answer = try #require(TreeAnswer.all.first { $0.log == expected.log })
        let log = try answer.read()
        let model = SplitMiner().model(of: VariantIndex(of: log), counts: DirectlyFollowsCounts(of: log))
        let net = try PetriNet(#require(model.mainProcess))
        #expect(Soundness(of: net).verdict == .holds)
        let (fitness, precision) = try quality(net, log)
        #expect(fitness >= expected.fitness && precision >= expected.precision, "fitness \(fitness), precision \(precision)")
    }

    @Test(
        "The inductive miner's models of noisy logs fit and are precise",
        arguments: [
            Expectation(log: "a12f0n00.xes.gz", fitness: 1, precision: 1),
            Expectation(log: "a12f0n20.xes.gz", fitness: 0.966, precision: 0.929),
            Expectation(log: "a22f0n50.xes.gz", fitness: 0.89, precision: 0.49),
            Expectation(log: "a22f0n20.xes.gz", fitness: 0.88, precision: 0.46),
            Expectation(log: "PurchasingExample.simod.csv.gz", fitness: 0.97, precision: 0.77),
            Expectation(
                log: "Receipt_phase_of_an_environmental_permit_application_process_WABO_CoSeLoG_project.xes.gz", fitness: 0.84,
                precision: 0.96),
            Expectation(log: "roadtraffic100traces.xes", fitness: 0.977, precision: 0.747),
            Expectation(log: "BPI_2020_RequestForPayment.xes.gz", fitness: 0.91, precision: 0.93),
            Expectation(log: "BPI_2020_DomesticDeclarations.xes.gz", fitness: 0.95, precision: 0.86),
            Expectation(log: "BPI_2020_PermitLog.xes.gz", fitness: 0.88, precision: 0.39),
        ])
    func inductiveMiner(expected: Expectation) throws {
        let answer = try #require(TreeAnswer.all.first { $0.log == expected.log })
        let log = try answer.read()
        let tree = InductiveMiner(noise: 0.2).tree(of: VariantIndex(of: log), names: log.activities)
        let (fitness, precision) = try quality(PetriNet(tree), log)
        #expect(fitness >= expected.fitness && precision >= expected.precision, "fitness \(fitness), precision \(precision)")
    }
}
