import EventLogs
import Foundation
import LogFormats
import ProcessModels
import Statistics
import SyntheticLogs
import TestSupport
import Testing
import WorkingTime

@testable import Simulation

/// Models as files hold them.
@Suite struct PlainModelTests {
    private static func model(_ graph: FlowGraph, delays: [(activity: Int, after: Int?, seconds: Double)]) -> SimulationModel {
        var activities = (0..<3).map { number in
            SimulationActivity(name: "activity \(number)", performers: [.init(role: 0, duration: .fixed(Double(60 * (number + 1))))])
        }
        for delay in delays {
            let own = SimulationActivity.Delay(.fixed(delay.seconds))
            if let after = delay.after {
                activities[delay.activity].delaysAfter.append(.init(activity: after, delay: own))
            } else {
                activities[delay.activity].delay = own
            }
        }
        return SimulationModel(
            activities: activities, roles: [SimulationRole(name: "System", isSystem: true)], resources: [], calendars: [],
            arrivals: Arrivals(.gaps(.fixed(10_000), clock: .elapsedThenOpening)), flow: .graph(graph))
    }

    /// 0, then 1 or 2, which may lead back to 0.
    private static let loop = FlowGraph(
        nodes: [
            .init(id: "start", arcs: [.init(target: 1)]), .init(id: "task 1", action: .activity(0), arcs: [.init(target: 2)]),
            .init(id: "x", split: .one, arcs: [.init(target: 3, probability: 0.3), .init(target: 4, probability: 0.7)]),
            .init(id: "task 2", action: .activity(1), arcs: [.init(target: 5)]),
            .init(id: "task/2", action: .activity(2), arcs: [.init(target: 7)]),
            .init(id: "1y", split: .one, arcs: [.init(target: 1, probability: 0.4), .init(target: 6, probability: 0.6)]), .init(id: "end"),
            .init(id: "2y", split: .one, arcs: [.init(target: 1, probability: 0.1), .init(target: 6, probability: 0.9)]),
        ], starts: [0])

    @Test func timersWaitAsDelaysDo() throws {
        let model = Self.model(
            Self.loop, delays: [(0, nil, 500), (0, 1, 70), (0, 2, 0), (1, 0, 3_000), (2, nil, 9_000)])
        let timed = model.withTimers()
        try timed.validate()
        #expect(timed.activities.allSatisfy { $0.delay == nil && $0.delaysAfter.isEmpty })
        let options = SimulationOptions(cases: 200, replications: 1, caseStart: .arrival, detail: .instances)
        let one = try Simulator.run(model, options: options).replications[0]
        let other = try Simulator.run(timed, options: options).replications[0]
        #expect(one.cycle == other.cycle && one.instances.start == other.instances.start)
        #expect(one.cycle.allSatisfy { $0 > 560 * 1_000_000 })
    }

    @Test func graphsComeBackFromBPMN() throws {
        let graphs: [FlowGraph] = [
            Self.loop, .sequence([0, 1, 2]),
            FlowGraph(
                nodes: [
                    .init(id: "s", arcs: [.init(target: 1)]),
                    .init(id: "fork", join: .all, arcs: [.init(target: 2), .init(target: 3)]),
                    .init(id: "a", action: .activity(0), arcs: [.init(target: 4)]),
                    .init(id: "t", action: .timer(.init(.fixed(5))), arcs: [.init(target: 4)]),
                    .init(id: "join", join: .all, arcs: [.init(target: 5)]), .init(id: "e"),
                ], starts: [0]),
        ]
        for graph in graphs {
            let process = graph.process(id: "p") { "activity \($0)" }
            let text = BPMNModel(processes: [process]).xml()
            let read = try #require(try BPMNDocument(text: text).model.mainProcess)
            #expect(read.nodes.map(\.id) == process.nodes.map(\.id))
            let arcs = process.flows.enumerated().reduce(into: [String: Double]()) { result, flow in
                result[flow.element.id] = graph.nodes.flatMap(\.arcs)[flow.offset].probability
            }
            var again = FlowGraph(
                read, activity: { Int($0.name?.split(separator: " ").last ?? "") ?? -1 }, timer: { _ in .init(.fixed(5)) },
                probability: { arcs[$0.id] })
            for place in again.nodes.indices { again.nodes[place].id = graph.nodes[place].id }
            #expect(again == graph)
        }
    }

    /// The plain process has no calendars, no batches and no bundles: there the model without memory is near.
    @Test func plainSectionsAreNearTheLog() throws {
        var bytes: [UInt8] = []
        try SyntheticLog.generate(name: "p2p", variant: "plain", cases: 1_200, seed: 2).writeCSV { bytes += $0 }
        let log = try bytes.withUnsafeBytes {
            try LogReader.read(bytes: $0, named: "p2p.csv", options: ReadOptions(), monitor: SilentMonitor()).log
        }
        let fitted = try SimulationModel.fit(log: log, options: FitOptions(threads: 2))
        #expect(abs(try #require(fitted.report.memorylessCycleTimeChange)) < 0.1)
        let plain = fitted.plain()
        guard case .graph(let graph) = plain.flow else {
            Issue.record("a graph")
            return
        }
        let process = graph.process(id: "process") { plain.activities[$0].name }
        let scenario = try Scenario(json: Data(try Scenario(plain: plain, process: process).json().utf8))
        let (model, warnings) = try scenario.model(for: BPMNModel(processes: [process]), offset: plain.offset)
        #expect(warnings.isEmpty)
        var options = fitted.options(replications: 10, threads: 2)
        options.detail = .activities
        let own = try Simulator.run(fitted.model, options: options)
        let made = try Simulator.run(model, options: options)
        let mean = try #require(own.estimate(of: .cycleTimeMean)).value
        #expect(abs(try #require(made.estimate(of: .cycleTimeMean)).value / mean - 1) < 0.1)
        // Repeats are shorter than first times: the one duration that is left keeps the mean of both.
        let service: (SimulationRun) -> Double? = { run in
            SimulationResult(run).activities.first { $0.name == "Match Invoice" }?.service?.meanS
        }
        #expect(abs(try #require(service(made)) / (try #require(service(own))) - 1) < 0.05)
    }
}
