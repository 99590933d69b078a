import EventLogs
import ProcessModels
import Statistics
import TestSupport
import Testing

@testable import Discovery

@Suite struct InductiveMinerTests {
    private func tree(_ log: EventLog, noise: Double = 0) -> String {
        InductiveMiner(noise: noise).tree(of: VariantIndex(of: log), names: log.activities).canonical().description
    }

    /// A tree in the form in which trees are compared.
    private func form(_ notation: String) throws -> String {
        try ProcessTree(notation: notation).canonical().description
    }

    /// One case for each word.
    private static func log(_ words: String) -> EventLog {
        .traces(words.split(separator: " ").map { (activities: $0.map(String.init), count: 1) })
    }

    @Test(
        "Each cut is found",
        arguments: [
            ("ab cd", "X( ->( 'a', 'b' ), ->( 'c', 'd' ) )"),
            ("abc ac", "->( 'a', X( 'b', tau ), 'c' )"),
            ("abcd acbd", "->( 'a', +( 'b', 'c' ), 'd' )"),
            ("ab abcab", "*( ->( 'a', 'b' ), 'c' )"),
            ("ab abcabdeab", "*( ->( 'a', 'b' ), X( 'c', ->( 'd', 'e' ) ) )"),
        ])
    func cuts(words: String, expected: String) throws {
        #expect(try tree(Self.log(words)) == form(expected))
    }

    @Test("What is left out together is one part of a sequence")
    func strictSequence() throws {
        #expect(try tree(.words(["abcd": 1, "ad": 1])) == form("->( 'a', X( ->( 'b', 'c' ), tau ), 'd' )"))
        #expect(try tree(.words(["abcd": 1, "acd": 1, "abd": 1, "ad": 1])) == form("->( 'a', X( 'b', tau ), X( 'c', tau ), 'd' )"))
    }

    @Test(
        "Each fall-through is found",
        arguments: [
            ("sabe se", "->( 's', X( ->( 'a', 'b' ), tau ), 'e' )"),
            ("a aa", "*( 'a', tau )"),
            ("abab ab", "*( ->( 'a', 'b' ), tau )"),
            // a and c alternate, b comes once, wherever.
            ("bacac acbac abcac", "+( 'b', *( ->( 'a', 'c' ), tau ) )"),
        ])
    func fallThroughs(words: String, expected: String) throws {
        #expect(try tree(Self.log(words)) == form(expected))
    }

    @Test("A log without cases has the tree of nothing")
    func nothing() throws {
        #expect(try tree(.words([:])) == form("tau"))
    }

    @Test("Without noise every trace of the log is accepted", arguments: 0..<60)
    func fitsEverything(seed: Int) {
        let log = EventLog.random(
            seed: UInt64(seed), cases: 3 + seed % 40, activities: 2 + seed % 7, longest: 3 + seed % 9, withStarts: false)
        let variants = VariantIndex(of: log)
        let acceptor = TraceAcceptor(InductiveMiner(noise: 0).tree(of: variants, names: log.activities))
        let names = log.activities.strings
        for rank in 1...variants.count {
            let trace = variants.activities(ofRank: rank).map { names[Int($0)] }
            #expect(acceptor.accepts(trace), "\(trace)")
        }
    }

    @Test("The order of the cases changes nothing", arguments: 0..<20)
    func orderOfCases(seed: Int) {
        let names = ["q", "b", "é", "a", "zz"]
        var stream = RandomStream(seed: UInt64(seed), path: 3)
        var traces = (0..<30).map { _ in
            (activities: (0..<(1 + stream.index(below: 6))).map { _ in names[stream.index(below: 5)] }, count: 1 + stream.index(below: 9))
        }
        for noise in [0, 0.2, 0.5] {
            let one = EventLog.traces(traces)
            let first = InductiveMiner(noise: noise).tree(of: VariantIndex(of: one), names: one.activities)
            traces.reverse()
            let other = EventLog.traces(traces)
            #expect(InductiveMiner(noise: noise).tree(of: VariantIndex(of: other), names: other.activities) == first)
        }
    }

    @Test("With noise what is rare is looked away from, and only then")
    func noise() throws {
        let log = EventLog.words(["abcd": 50, "acbd": 50, "adbc": 1, "bacd": 1, "abcbd": 1])
        #expect(try tree(log, noise: 0.2) == form("->( 'a', +( 'b', 'c' ), 'd' )"))
        #expect(try tree(log, noise: 0) != form("->( 'a', +( 'b', 'c' ), 'd' )"))
        #expect(try tree(.words(["sabe": 99, "se": 1]), noise: 0.2) == form("->( 's', 'a', 'b', 'e' )"))
        #expect(try tree(.words(["sabe": 60, "se": 40]), noise: 0.2) == form("->( 's', X( ->( 'a', 'b' ), tau ), 'e' )"))
        #expect(try tree(.words(["a": 95, "aa": 5]), noise: 0.2) == form("'a'"))
        #expect(try tree(.words(["a": 5, "aaaaaaaa": 95]), noise: 0.2) == form("*( 'a', tau )"))
    }

    @Test(
        "The graph alone gives the tree where it tells all there is to tell",
        arguments: [
            ("abc ac", "->( 'a', X( 'b', tau ), 'c' )"),
            ("abcd ad", "->( 'a', X( ->( 'b', 'c' ), tau ), 'd' )"),
            ("abcd acbd", "->( 'a', +( 'b', 'c' ), 'd' )"),
            ("ab abcab", "*( ->( 'a', 'b' ), 'c' )"),
            ("ab abab", "*( ->( 'a', 'b' ), tau )"),
            ("xaay xay", "->( 'x', *( 'a', tau ), 'y' )"),
            // That a comes again in abba, too, is more than it tells.
            ("ab ba abba", "+( 'a', *( 'b', tau ) )"),
        ])
    func graphAlone(words: String, expected: String) throws {
        let tree = InductiveMiner(noise: 0).tree(of: DirectlyFollowsCounts(of: Self.log(words)))
        #expect(try tree.canonical().description == form(expected))
    }

    @Test("Traces are divided where fewest events are out of place")
    func divisionOfSequences() {
        var bag = TraceBag(alphabet: [0, 1, 2])
        for trace in [[0, 0, 1, 0, 1, 2], [2, 0, 1, 2], [1, 0]] as [[UInt32]] {
            trace.withUnsafeBufferPointer { bag.add($0, times: 1) }
        }
        let parts = bag.split(by: Cut(operation: .sequence, parts: [[0], [1], [2]]))
        func traces(_ bag: TraceBag) -> [Int] { (0..<bag.traces.count).map { bag.traces.sequence($0).count } }
        // aababc → aab(a)bc; cabc → (c)abc; ba → b(a) or (b)a: one event is lost each.
        let lost =
            12
            - parts.reduce(0) { sum, part in
                sum + (0..<part.traces.count).reduce(0) { $0 + part.traces.sequence($1).count * part.traces.counts[$1] }
            }
        #expect(lost == 3)
        #expect(parts.map { $0.total + $0.empties } == [3, 3, 3])
    }

    @Test("What only stands out of place goes, and leaves nothing behind")
    func exclusiveWithLosses() {
        var bag = TraceBag(alphabet: [7, 8, 9])
        for trace in [[0, 0, 1], [0], [0, 2, 0]] as [[UInt32]] { trace.withUnsafeBufferPointer { bag.add($0, times: 2) } }
        let parts = bag.split(by: Cut(operation: .exclusive, parts: [[0, 2], [1]]))
        #expect(parts.map(\.alphabet) == [[7, 9]])
        #expect(parts.map(\.total) == [6])
    }

    @Test("A block-structured log gives back its tree", arguments: 0..<40)
    func rediscovery(seed: Int) {
        // Activities once each and no loop within a parallel block: then the directly-follows relation is all there is to know.
        var stream = RandomStream(seed: UInt64(seed), path: 11)
        var names = (0..<6).map { String(UnicodeScalar(UInt8(97 + $0))) }[...]
        let planted = PlayedTree.random(&stream, &names, depth: 3)
        let log = EventLog.traces(PlayedTree.words(planted).map { (activities: $0, count: 1) })
        #expect(tree(log) == planted.canonical().description)
        #expect(
            InductiveMiner(noise: 0).tree(of: DirectlyFollowsCounts(of: log)).canonical().description == planted.canonical().description)
    }
}

/// Trees of sequences, choices and parallel blocks with all their traces.
enum PlayedTree {
    static func random(_ stream: inout RandomStream, _ names: inout ArraySlice<String>, depth: Int) -> ProcessTree {
        guard names.count > 1, depth > 0, depth == 3 || stream.index(below: 3) > 0 else { return .activity(names.popFirst() ?? "z") }
        let operation = [ProcessTree.Operator.sequence, .exclusive, .parallel][stream.index(below: 3)]
        var children: [ProcessTree] = []
        for _ in 0..<(2 + stream.index(below: 2)) where !names.isEmpty {
            children.append(random(&stream, &names, depth: depth - 1))
        }
        return children.count == 1 ? children[0] : .node(operation, children)
    }

    /// All traces.
    static func words(_ tree: ProcessTree) -> [[String]] {
        switch tree {
        case .activity(let name): return [[name]]
        case .node(.exclusive, let children): return children.flatMap { words($0) }
        case .node(.sequence, let children):
            return children.reduce([[]]) { sofar, child in
                let next = words(child)
                return sofar.flatMap { one in next.map { one + $0 } }
            }
        case .node(.parallel, let children):
            return children.reduce([[]]) { sofar, child in
                let next = words(child)
                return sofar.flatMap { one in next.flatMap { mixed(one, $0) } }
            }
        default: return [[]]
        }
    }

    private static func mixed(_ left: [String], _ right: [String]) -> [[String]] {
        if left.isEmpty { return [right] }
        if right.isEmpty { return [left] }
        return mixed(Array(left.dropFirst()), right).map { [left[0]] + $0 }
            + mixed(left, Array(right.dropFirst())).map { [right[0]] + $0 }
    }
}
