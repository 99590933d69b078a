import TestSupport
import Testing

@testable import ProcessModels

@Suite struct ProcessTreeReductionTests {
    @Test(
        "Rules of the normal form",
        arguments: [
            ("X( 'a' )", "'a'"), ("->( 'a', ->( 'b', tau ), tau )", "->( 'a', 'b' )"), ("+( tau, tau )", "tau"),
            ("X( 'a', X( 'b', 'a' ) )", "X( 'a', 'b' )"), ("X( tau, X( tau, 'a' ) )", "X( tau, 'a' )"),
            ("X( tau, *( 'a', tau ) )", "*( tau, 'a' )"), ("*( X( 'a', tau ), tau )", "*( tau, 'a' )"),
            ("X( tau, *( tau, 'a' ) )", "*( tau, 'a' )"), ("*( *( 'a', 'b' ), X( 'c', 'd' ) )", "*( 'a', 'b', 'c', 'd' )"),
            ("*( tau, tau )", "tau"), ("*( tau, *( X( 'a', 'b' ), tau ) )", "*( tau, 'a', 'b' )"),
            ("O( 'a', O( 'b', 'c' ) )", "O( 'a', 'b', 'c' )"), ("O( 'a', tau )", "X( tau, 'a' )"),
            ("O( X( 'a', tau ), 'b' )", "X( tau, O( 'a', 'b' ) )"), ("<>( 'a', X( 'b', tau ) )", "+( 'a', X( 'b', tau ) )"),
            ("<>( 'a', <>( 'b', ->( 'c', 'd' ) ) )", "<>( 'a', <>( 'b', ->( 'c', 'd' ) ) )"),
            ("X( +( 'a', 'b' ), +( 'b', 'a' ) )", "+( 'a', 'b' )"), ("*( 'a', 'b' )", "*( 'a', 'b' )"),
            ("*( X( 'a', tau ), 'b' )", "*( X( 'a', tau ), 'b' )"), ("*( ->( tau, X( 'a', tau ) ), X( tau, 'b' ) )", "*( tau, 'a', 'b' )"),
        ])
    func rules(text: String, expected: String) throws {
        let reduced = try ProcessTree(notation: text).reduced()
        #expect(reduced.description == expected)
    }

    @Test("A reduced tree has the same language, is not larger and cannot be reduced further", arguments: 0..<8)
    func language(part: UInt64) {
        for seed in part * 40..<part * 40 + 40 {
            let tree = ProcessTree.random(seed: seed, leaves: 7, silent: 0.35, repeating: seed % 2 == 0)
            let reduced = tree.reduced()
            #expect(reduced.language(upTo: 5) == tree.language(upTo: 5), "\(tree) became \(reduced)")
            #expect(reduced.reduced() == reduced, "\(reduced) became \(reduced.reduced())")
            #expect(reduced.size <= tree.size + 2, "\(tree) became \(reduced)")
            let ordered = reduced.ordered()
            #expect(ordered.ordered() == ordered && ordered.language(upTo: 4) == reduced.language(upTo: 4))
        }
    }

    @Test("Trees that differ in order alone have one canonical form")
    func order() throws {
        let left = try ProcessTree(notation: "X( ->( 'b', +( 'd', 'c' ) ), *( 'e', 'g', 'f' ), O( 'i', 'h' ) )")
        let right = try ProcessTree(notation: "X( O( 'h', 'i' ), *( 'e', X( 'f', 'g' ) ), ->( 'b', +( 'c', 'd' ) ) )")
        #expect(left != right && left.canonical() == right.canonical())
        #expect(
            try left.canonical() != ProcessTree(notation: "X( O( 'h', 'i' ), *( 'f', 'e', 'g' ), ->( 'b', +( 'c', 'd' ) ) )").canonical())
    }

    @Test("Shortest and longest traces are those of the language", arguments: 0..<4)
    func lengths(part: UInt64) {
        for seed in part * 50..<part * 50 + 50 {
            let tree = ProcessTree.random(seed: seed, leaves: 5, silent: 0.3)
            let lengths = Set(tree.language(upTo: 6).map(\.count))
            #expect(lengths.min() == tree.shortestTrace)
            #expect(tree.acceptsEmptyTrace == lengths.contains(0))
            let greatest = lengths.max() ?? 0
            if let longest = tree.longestTrace {
                #expect(greatest == longest)
            } else if tree.shortestTrace < 2 {
                // A round of five leaves adds at most five steps.
                #expect(greatest > tree.shortestTrace)
            }
        }
    }
}
