import Statistics
import TestSupport
import Testing

@testable import ProcessModels

@Suite struct ProcessTreePlayOutTests {
    @Test("Traces that are drawn are of the language, and all short ones come up", arguments: 0..<6)
    func drawn(seed: UInt64) {
        let tree = ProcessTree.random(seed: seed, leaves: 4)
        let language = tree.language(upTo: 7)
        let traces = tree.traces(3_000, seed: seed)
        for trace in traces where trace.count <= 7 { #expect(language.contains(trace), "\(trace) of \(tree)") }
        let drawn = Set(traces)
        for trace in language where trace.count <= 3 { #expect(drawn.contains(trace), "\(trace) of \(tree)") }
    }

    @Test("The same seed gives the same traces, however many are drawn")
    func seeds() {
        let tree = ProcessTree.random(seed: 5, leaves: 9)
        #expect(tree.traces(20, seed: 3) == Array(tree.traces(50, seed: 3).prefix(20)))
        #expect(tree.traces(20, seed: 3) != tree.traces(20, seed: 4))
    }

    @Test("Mixtures of parallel traces are as likely as each other")
    func mixtures() throws {
        let tree = try ProcessTree(notation: "+( ->( 'a', 'b' ), 'c' )")
        var counts: [[String]: Int] = [:]
        for trace in tree.traces(6_000, seed: 1) { counts[trace, default: 0] += 1 }
        #expect(counts.count == 3 && counts.values.allSatisfy { abs($0 - 2_000) < 150 })
    }

    @Test("Loops end")
    func loops() {
        var options = ProcessTree.PlayOutOptions()
        options.repetition = 1
        options.mostRounds = 7
        var stream = RandomStream(seed: 1, path: 1)
        #expect(ProcessTree.node(.loop, [.activity("a"), .silent]).playOut(using: &stream, options: options).count == 8)
    }
}
