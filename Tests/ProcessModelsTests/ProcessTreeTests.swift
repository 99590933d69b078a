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
}
