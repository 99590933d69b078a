import Statistics
import TestSupport
import Testing

@testable import ProcessModels

@Suite struct ProcessTreeTests {
    @Test("A tree reads in the notation of the field, quotes doubled")
    func notation() {
        let tree = ProcessTree.node(
            .sequence, [.activity("a"), .node(.exclusive, [.activity("it's"), .silent]), .node(.loop, [.activity("c"), .activity("d")])])
        #expect(tree.description == "->( 'a', X( 'it''s', tau ), *( 'c', 'd' ) )")
        #expect(tree.activities == ["a", "it's", "c", "d"])
        #expect(tree.size == 8)
    }

    @Test("Every tree is read from its text", arguments: 1...40)
    func readBack(seed: UInt64) throws {
        let tree = ProcessTree.random(seed: seed, leaves: 12)
        #expect(try ProcessTree(notation: tree.description) == tree)
    }

    @Test("Hostile names and the signs of the literature are read")
    func oddTexts() throws {
        for name in ["", "'", "''", "->( 'a' )", "批准 ' \n \"", "tau"] {
            let tree = ProcessTree.node(.parallel, [.activity(name), .silent])
            #expect(try ProcessTree(notation: tree.description) == tree)
        }
        let tree = try ProcessTree(notation: " →('a',×('b',τ), ∧ ('c','d'),∨('e','f'),↔('g','h'),⟲('i',τ))")
        #expect(tree.description == "->( 'a', X( 'b', tau ), +( 'c', 'd' ), O( 'e', 'f' ), <>( 'g', 'h' ), *( 'i', tau ) )")
    }

    @Test(
        "What is no tree is refused with its place",
        arguments: [
            ("", ProcessTreeNotationError.Problem.expectedTree, 1), ("->( 'a', )", .expectedTree, 10), ("X 'a'", .expected("("), 3),
            ("+( 'a'", .expected(")"), 7), ("->( 'a', 'b )", .unclosedName, 10), ("+( 'b', *( 'a' ) )", .tooFewChildren(.loop), 9),
            ("'a' 'b'", .trailingText, 5), ("X()", .expectedTree, 3),
        ])
    func refused(text: String, problem: ProcessTreeNotationError.Problem, column: Int) {
        #expect(throws: ProcessTreeNotationError(problem: problem, column: column)) { try ProcessTree(notation: text) }
    }

    @Test("A text nested without end is refused")
    func deep() {
        let text = String(repeating: "X(", count: 100_000)
        #expect(throws: ProcessTreeNotationError(problem: .tooDeep, column: 1_001)) { try ProcessTree(notation: text) }
    }
}
