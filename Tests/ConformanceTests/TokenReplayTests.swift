import EventLogs
import ProcessModels
import Statistics
import TestSupport
import Testing

@testable import Conformance

@Suite struct TokenReplayTests {
    @Test("missing, remaining, produced and consumed tokens are counted as Rozinat and van der Aalst count them")
    func counts() throws {
        // b is done before a: a token is missing for b; the one that a makes remains.
        let log = EventLog.words(["bacd": 1])
        let net = SmallNets.net([("a", [0], [1, 2]), ("b", [1], [3]), ("c", [2], [4]), ("d", [3, 4], [5])])
        let replay = try TokenReplay(of: log, on: net)
        #expect(replay.tokens == TokenCounts(missing: 1, remaining: 1, produced: 6, consumed: 6))
        #expect(replay.fitness.log == 1 - 1.0 / 6 && replay.fitness.fittingShare == 0)
        #expect(replay.places.map(\.id) == ["p1"])
        #expect(replay.places[0].tokens == TokenCounts(missing: 1, remaining: 1, produced: 1, consumed: 1))
        #expect(replay.places[0].missingCases == 1 && replay.places[0].remainingCases == 1)
        #expect(replay.activities.first == TokenReplay.Activity(name: "b", replayed: 1, forced: 1))
    }

    @Test("silent steps that a case needs are found, wherever they stand")
    func silentSteps() throws {
        let replay = try TokenReplay(of: EventLog.words(["ac": 2, "abbbc": 1, "abd": 1]), on: SmallNets.loop)
        #expect(replay.results.map(\.fits) == [true, true, false])
        #expect(replay.fitness.fittingShare == 0.75)
        // d is unknown: it is passed over, and the case is not finished.
        #expect(replay.results[2].unknown == 1 && replay.results[2].tokens.missing == 1 && replay.results[2].tokens.remaining == 1)
        #expect(replay.net.unknownActivities == ["d"])
    }

    @Test("a case fits by replay just where its alignment costs nothing, on random trees and random nets")
    func agreesWithAlignments() throws {
        var stream = RandomStream(seed: 11, path: 4)
        var fitting = 0
        var departing = 0
        for round in 0..<30 {
            let tree = RandomModels.tree(&stream, depth: 3)
            let net = round % 2 == 0 ? PetriNet(tree) : RandomModels.net(&stream)
            var traces = tree.traces(4, seed: UInt64(round))
            traces += (0..<6).map { _ in (0...stream.index(below: 5)).map { _ in RandomModels.letter(&stream, below: 4) } }
            let log = EventLog.traces(traces.map { ($0, 1) })
            let checked = try CheckedNet(net, for: log)
            guard let space = StateSpace(checked, limit: 2_000), AlignmentTable(checked, space) != nil else { continue }
            let variants = VariantIndex(of: log)
            let alignments = try Alignments(variants, on: checked)
            let replay = TokenReplay(variants, on: checked)
            for (index, alignment) in alignments.alignments.enumerated() {
                #expect((alignment.cost == 0) == replay.results[index].fits, "round \(round), variant \(index)")
                if alignment.cost == 0 { fitting += 1 } else { departing += 1 }
            }
            balance(replay)
        }
        #expect(fitting > 15 && departing > 50)
    }

    @Test("many parts that may be passed silently side by side are not explored in every combination")
    func manyOptionalParts() throws {
        let tree = ProcessTree.node(.parallel, (0..<30).map { .node(.exclusive, [.activity("a\($0)"), .silent]) })
        let log = EventLog.traces([(["a3", "a1", "a29"], 2), (["a0"], 1), (["a7", "a7"], 1)])
        let replay = try TokenReplay(of: log, on: PetriNet(tree))
        #expect((0..<4).map { replay.result(ofCase: $0).fits } == [true, true, true, false])
        #expect(EscapingEdges(of: replay).allowed == 30 * 4 + 29 * 3 + 28 * 2)
    }

    /// Tokens put and missing are tokens taken and left.
    private func balance(_ replay: TokenReplay) {
        for result in replay.results {
            let tokens = result.tokens
            #expect(tokens.produced + tokens.missing == tokens.consumed + tokens.remaining)
            #expect(tokens.fitness >= 0 && tokens.fitness <= 1)
        }
    }

    @Test("the replay is the same whatever the threads")
    func threads() throws {
        let log = EventLog.random(seed: 4, cases: 900, activities: 5, longest: 5)
        var stream = RandomStream(seed: 19, path: 3)
        let net = PetriNet(RandomModels.tree(&stream, depth: 3))
        var options = AlignmentOptions()
        options.threads = 1
        let one = try TokenReplay(of: log, on: net, options: options)
        options.threads = 3
        let three = try TokenReplay(of: log, on: net, options: options)
        #expect(one.variants.count >= 400)
        #expect(one.results == three.results && one.places == three.places && one.activities == three.activities)
    }
}
