import EventLogs
import Foundation
import LogFormats
import ProcessModels
import Statistics
import TestSupport
import Testing

@testable import Conformance

@Suite struct AlignmentTests {
    private func words(_ alignment: Alignment, _ net: CheckedNet) -> String {
        alignment.moves.map { move in
            let name = move.activity == Alignment.Move.none ? "τ" : net.activities[Int(move.activity)]
            return switch move.kind {
            case .synchronous: name
            case .silent: ""
            case .inserted: "+" + name
            case .skipped: "-" + name
            }
        }.joined()
    }

    @Test("a trace that the net allows costs nothing; others cost what is inserted and skipped")
    func smallCosts() throws {
        let log = EventLog.words(["abcd": 3, "acbd": 1, "abd": 1, "bacd": 1, "axd": 1, "d": 1])
        let alignments = try Alignments(of: log, on: SmallNets.parallel)
        let costs = Dictionary(
            (0..<log.caseCount).map { position in
                let name = log.instances.activity[log.instanceRanges[position]].map { log.activities[$0] }.joined()
                return (name, alignments.alignment(ofCase: position))
            }, uniquingKeysWith: { first, _ in first })
        #expect(costs.mapValues(\.cost) == ["abcd": 0, "acbd": 0, "abd": 0, "bacd": 2, "axd": 2, "d": 2])
        #expect(alignments.unproven == 0 && costs.count == 6)
        #expect(costs["abd"].map { words($0, alignments.net) } == "abd")
        #expect(costs["axd"].map { words($0, alignments.net) } == "a+x-bd")
        #expect(alignments.shortestRun == 3 && alignments.totalCost == 6)
        #expect(alignments.fitness.fittingShare == 5.0 / 8)
        #expect(alignments.fitness.log == 1 - 6.0 / 51.0)
    }

    @Test("a log whose cases all fit has fitness 1 and not a bit less")
    func perfectFitness() throws {
        let alignments = try Alignments(of: EventLog.words(["ac": 7, "abbbc": 3, "abc": 11]), on: SmallNets.loop)
        #expect(alignments.fitness == FitnessShares(log: 1, averageTrace: 1, fittingShare: 1))
    }

    @Test("costs equal those of a search of every state, on random trees and random nets")
    func equalsBruteForce() throws {
        var stream = RandomStream(seed: 5, path: 1)
        var compared = 0
        for round in 0..<30 {
            let net = round % 2 == 0 ? PetriNet(RandomModels.tree(&stream, depth: 3)) : RandomModels.net(&stream)
            let traces = (0..<6).map { _ in (0...stream.index(below: 6)).map { _ in RandomModels.letter(&stream, below: 5) } }
            let expected = traces.map { BruteForce.cost($0, net) }
            let log = EventLog.traces(traces.map { ($0, 1) })
            guard expected.allSatisfy({ $0 != nil }) else { continue }
            let checked = try CheckedNet(net, for: log)
            guard StateSpace(checked, limit: 3_000) != nil else { continue }
            let alignments = try Alignments(VariantIndex(of: log), on: checked)
            for (position, cost) in expected.enumerated() {
                let alignment = alignments.alignment(ofCase: position)
                #expect(alignment.cost == cost && alignment.isOptimal, "round \(round), trace \(traces[position])")
                check(alignment, traces[position], net)
                compared += 1
            }
        }
        #expect(compared > 60)
    }

    @Test("a search with the marking equation costs what a search of every state costs, on random trees and random nets")
    func searchEqualsBruteForce() throws {
        var stream = RandomStream(seed: 6, path: 1)
        var options = AlignmentOptions()
        options.stateLimit = 0
        var compared = 0
        for round in 0..<40 {
            let net = round % 2 == 0 ? PetriNet(RandomModels.tree(&stream, depth: 3)) : RandomModels.net(&stream)
            let traces = (0..<5).map { _ in (0...stream.index(below: 6)).map { _ in RandomModels.letter(&stream, below: 5) } }
            let expected = traces.map { BruteForce.cost($0, net) }
            let log = EventLog.traces(traces.map { ($0, 1) })
            guard expected.allSatisfy({ $0 != nil }) else { continue }
            let alignments = try Alignments(of: log, on: net, options: options)
            for (position, cost) in expected.enumerated() {
                let alignment = alignments.alignment(ofCase: position)
                #expect(alignment.cost == cost && alignment.isOptimal, "round \(round), trace \(traces[position])")
                check(alignment, traces[position], net)
                compared += 1
            }
        }
        #expect(compared > 60)
    }

    @Test("a search that is stopped gives bounds that hold the optimum, and says so")
    func bounds() throws {
        var stream = RandomStream(seed: 8, path: 1)
        var stopped = 0
        for _ in 0..<12 {
            let net = PetriNet(RandomModels.tree(&stream, depth: 3))
            let traces = (0..<5).map { _ in (0..<8).map { _ in RandomModels.letter(&stream, below: 5) } }
            let log = EventLog.traces(traces.map { ($0, 1) })
            let exact = try Alignments(of: log, on: net)
            var options = AlignmentOptions()
            options.stateLimit = 0
            options.searchLimit = 30
            guard let bounded = try? Alignments(of: log, on: net, options: options) else { continue }
            for position in 0..<log.caseCount {
                let (bounds, optimum) = (bounded.alignment(ofCase: position), exact.alignment(ofCase: position).cost)
                #expect(bounds.lowerBound <= optimum && optimum <= bounds.cost)
                check(bounds, traces[position], net)
            }
            #expect(bounded.unproven == bounded.alignments.count { $0.lowerBound < $0.cost })
            stopped += bounded.unproven
        }
        #expect(stopped > 5)
    }

    @Test("what a wide tree plays out is aligned without its state space, at no cost")
    func wideNet() throws {
        let branches = (0..<16).map { ProcessTree.node(.sequence, [.activity("a\($0)"), .activity("b\($0)")]) }
        let tree = ProcessTree.node(.parallel, branches)
        let net = PetriNet(tree)
        var traces = tree.traces(3, seed: 1)
        traces.append(traces[0].filter { $0 != "b7" })
        let log = EventLog.traces(traces.map { ($0, 1) })
        let alignments = try Alignments(of: log, on: net)
        #expect((0..<4).map { alignments.alignment(ofCase: $0).cost } == [0, 0, 0, 1] && alignments.unproven == 0)
        #expect(alignments.shortestRun == 32)
    }

    /// An alignment's moves spell the trace, and its transitions are a run of the net.
    private func check(_ alignment: Alignment, _ trace: [String], _ net: PetriNet) {
        var marking = net.initial
        for move in alignment.moves where move.transition != Alignment.Move.none && Int(move.transition) < net.transitions.count {
            #expect(net.isEnabled(Int(move.transition), in: marking))
            marking = net.firing(Int(move.transition), in: marking)
        }
        #expect(net.final.contains(marking) || net.final.isEmpty)
        #expect(alignment.moves.count { $0.takesInstance } == trace.count)
    }

    @Test("what a tree plays out fits the tree's net", arguments: 0..<8)
    func playedOut(seed: Int) throws {
        var stream = RandomStream(seed: UInt64(seed), path: 2)
        let tree = RandomModels.tree(&stream, depth: 4)
        let log = EventLog.traces(tree.traces(30, seed: UInt64(seed)).map { ($0, 1) })
        let alignments = try Alignments(of: log, on: PetriNet(tree))
        #expect(alignments.totalCost == 0)
    }

    @Test("the alignments are the same whatever the threads")
    func threads() throws {
        let log = EventLog.random(seed: 3, cases: 200, activities: 4)
        var options = AlignmentOptions()
        var stream = RandomStream(seed: 9, path: 3)
        let net = PetriNet(RandomModels.tree(&stream, depth: 4))
        options.threads = 1
        let one = try Alignments(of: log, on: net, options: options)
        options.threads = 5
        let five = try Alignments(of: log, on: net, options: options)
        #expect(five.alignments == one.alignments)
    }

    @Test("who asks to stop is heard")
    func cancellation() throws {
        struct Stopping: WorkMonitor {
            func progress(_ phase: WorkPhase, fraction: Double?, events: Int) {}
            func checkCancellation() throws { throw CancellationError() }
        }
        let log = EventLog.words(["abd": 1, "acd": 1])
        for stateLimit in [0, 100] {
            var options = AlignmentOptions()
            options.stateLimit = stateLimit
            #expect(throws: CancellationError.self) {
                try Alignments(of: log, on: SmallNets.parallel, options: options, monitor: Stopping())
            }
        }
    }

    @Test("a net whose end no run reaches is refused")
    func noEnd() throws {
        var net = SmallNets.parallel
        net.transitions[4].inputs.append(.init(5))
        #expect(throws: CheckedNetError(.finalMarkingNotReached)) { try Alignments(of: EventLog.words(["ab": 1]), on: net) }
    }
}

/// Seeded random models.
enum RandomModels {
    static func letter(_ stream: inout RandomStream, below count: Int) -> String {
        String(UnicodeScalar(UInt8(65 + stream.index(below: count))))
    }

    static func tree(_ stream: inout RandomStream, depth: Int) -> ProcessTree {
        if depth == 0 || stream.unit() < 0.25 {
            return stream.unit() < 0.2 ? .silent : .activity(letter(&stream, below: 5))
        }
        let operators = ProcessTree.Operator.allCases
        let children = 2 + stream.index(below: 2)
        return .node(operators[stream.index(below: operators.count)], (0..<children).map { _ in tree(&stream, depth: depth - 1) })
    }

    /// Any net: connected at random, seldom sound, often with several tokens on a place.
    static func net(_ stream: inout RandomStream) -> PetriNet {
        let places = 3 + stream.index(below: 3)
        var net = PetriNet(places: (0..<places).map { .init(id: "p\($0)") })
        for number in 0..<(3 + stream.index(below: 4)) {
            var transition = PetriNet.Transition(id: "t\(number)", label: stream.unit() < 0.3 ? nil : letter(&stream, below: 4))
            for place in 0..<places {
                if stream.unit() < 0.3 { transition.inputs.append(.init(place, weight: stream.unit() < 0.9 ? 1 : 2)) }
                if stream.unit() < 0.25 { transition.outputs.append(.init(place, weight: stream.unit() < 0.9 ? 1 : 2)) }
            }
            if transition.inputs.isEmpty { transition.inputs.append(.init(0)) }
            net.transitions.append(transition)
        }
        net.initial = Marking(places: [0, 0])
        net.final = [Marking(places: [places - 1]), Marking(places: [1, places - 1])]
        return net
    }
}
