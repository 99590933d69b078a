import ProcessModels
import Testing

@testable import Reports

@Suite struct TreeOutlineTests {
    private let tree = ProcessTree.node(
        .sequence,
        [
            .activity("a"), .node(.exclusive, [.activity("b"), .silent]),
            .node(.loop, [.node(.parallel, [.activity("c"), .activity("d\u{1B}[31m")]), .activity("e")]),
        ])

    @Test("Children stand under their operator; names cannot act on a terminal")
    func english() {
        #expect(
            TreeOutline(tree, .en).lines == [
                "in this order", "├ a", "├ one of these", "│ ├ b", "│ └ (nothing)", "└ once or again", "  ├ all of these, in any order",
                "  │ ├ c", "  │ └ " + InertText.line("d\u{1B}[31m"), "  └ again by: e",
            ])
        #expect(!TreeOutline(tree, .en).lines.contains { $0.contains("\u{1B}") })
    }

    @Test("In Chinese too")
    func chinese() {
        #expect(TreeOutline(tree, .zh).lines[0...2] == ["依次", "├ a", "├ 择一"])
    }
}
