import Foundation
import TestSupport
import Testing

@testable import ProcessModels

@Suite struct PTMLTests {
    @Test("Trees are read back, and equal trees give equal texts", arguments: 1...60)
    func readBack(seed: UInt64) throws {
        let tree = ProcessTree.random(seed: seed, leaves: 12).reduced()
        let text = tree.ptml(name: "n")
        #expect(try ProcessTree(ptmlText: text) == tree, "\(text)")
        #expect(tree.ptml(name: "n") == text)
    }

    @Test("Hostile names are read back")
    func names() throws {
        for name in ["", " a ", "<&>\"'", "批准", "a\nb\tc\r", "]]>"] {
            let tree = ProcessTree.node(.sequence, [.activity(name), .activity("x")])
            #expect(try ProcessTree(ptmlText: tree.ptml(name: name)) == tree)
        }
    }

    @Test("What comes behind a loop follows it, and a choice on the way back is several ways back")
    func loops() throws {
        let text = """
            <ptml><processTree id="t" root="l"><xorLoop id="l" name=""/><manualTask id="a" name="a"/><xor id="x" name=""/>
            <manualTask id="b" name="b"/><automaticTask id="c" name="tau"/><manualTask id="d" name="d"/>
            <parentsNode id="1" sourceId="l" targetId="a"/><parentsNode id="2" sourceId="l" targetId="x"/>
            <parentsNode id="3" sourceId="x" targetId="b"/><parentsNode id="4" sourceId="x" targetId="c"/>
            <parentsNode id="5" sourceId="l" targetId="d"/></processTree></ptml>
            """
        #expect(try ProcessTree(ptmlText: text).description == "->( *( 'a', 'b', tau ), 'd' )")
    }

    @Test("Files in the encoding that they declare are read")
    func encodings() throws {
        let text = """
            <?xml version="1.0" encoding="ISO-8859-1"?>
            <ptml><processTree><manualTask id="a" name="prüfen"/></processTree></ptml>
            """
        let bytes = try #require(text.data(using: .isoLatin1))
        #expect(try bytes.withUnsafeBytes { try ProcessTree(ptml: $0) } == .activity("prüfen"))
        let wide = try #require(text.data(using: .utf16))
        #expect(try wide.withUnsafeBytes { try ProcessTree(ptml: $0) } == .activity("prüfen"))
        let bare = try #require("<ptml>ü</ptml>".data(using: .isoLatin1))
        let expected = ModelFileError(problem: .unknownEncoding, line: 1, column: 1)
        #expect(throws: expected) { try bare.withUnsafeBytes { try ProcessTree(ptml: $0) } }
    }

    private static let head = "<ptml>\n<processTree root=\"s\">\n  <sequence id=\"s\" name=\"\"/>\n"

    @Test(
        "What is no tree is refused with its place",
        arguments: [
            ("<pnml/>", ModelFileError.Problem.wrongRoot(expected: "ptml", found: "pnml"), 1, 1),
            ("<ptml/>", .missingElement("processTree"), 1, 1),
            (head + "</processTree></ptml>", .wrongChildCount(element: "sequence", count: 0), 3, 3),
            (head + "<and id=\"s\"/></processTree></ptml>", .duplicateID("s"), 4, 1),
            (head + "<and/></processTree></ptml>", .missingAttribute(element: "and", attribute: "id"), 4, 1),
            (
                head + " <parentsNode sourceId=\"s\" targetId=\"z\"/></processTree></ptml>",
                .danglingReference(element: "parentsNode", reference: "z"), 4, 2
            ),
            (head + "<parentsNode sourceId=\"s\" targetId=\"s\"/></processTree></ptml>", .circularReference("s"), 3, 3),
            (
                head + "<timeOut id=\"a\" name=\"\"/><parentsNode sourceId=\"s\" targetId=\"a\"/></processTree></ptml>",
                .unsupportedNode("timeOut"), 4, 1
            ),
            (
                head
                    + "<manualTask id=\"a\"/><parentsNode sourceId=\"s\" targetId=\"a\"/><xor id=\"x\"/>\n<and id=\"y\"/>\n"
                    + "<parentsNode sourceId=\"x\" targetId=\"y\"/>\n<parentsNode sourceId=\"y\" targetId=\"x\"/></processTree></ptml>",
                .circularReference("x"), 7, 1
            ),
            (
                head + "<manualTask id=\"a\"/><parentsNode sourceId=\"s\" targetId=\"a\"/>\n<xor id=\"x\"/></processTree></ptml>",
                .notInTree("x"), 5, 1
            ),
            (
                head
                    + "<manualTask id=\"a\"/><parentsNode sourceId=\"s\" targetId=\"a\"/>\n<parentsNode sourceId=\"s\" targetId=\"a\"/>"
                    + "</processTree></ptml>", .severalParents("a"), 5, 1
            ),
        ])
    func refused(text: String, problem: ModelFileError.Problem, line: Int, column: Int) {
        #expect(throws: ModelFileError(problem: problem, line: line, column: column)) { try ProcessTree(ptmlText: text) }
    }

    @Test("Trees nested without end and entities that swell are refused")
    func bombs() {
        var tree = ProcessTree.activity("a")
        for _ in 0..<600 { tree = .node(.sequence, [tree]) }
        #expect { try ProcessTree(ptmlText: tree.ptml()) } throws: { ($0 as? ModelFileError)?.problem == .tooDeep }
        #expect {
            try ProcessTree(ptmlText: PNMLTests.laughs("ptml", "<processTree><manualTask id=\"a\" name=\"&l9;\"/></processTree>"))
        } throws: {
            if case .malformed = ($0 as? ModelFileError)?.problem { true } else { false }
        }
    }

    @Test("Damaged files are read or refused")
    func damage() {
        let file = Array(ProcessTree.random(seed: 3, leaves: 14).ptml(name: "t").utf8)
        var read = 0
        for run in 0..<1_500 {
            let bytes = FileDamage.damaged(file, seed: 1, run: run)
            if let tree = bytes.withUnsafeBytes({ try? ProcessTree(ptml: $0) }) {
                read += 1
                #expect(tree.reduced().size > 0)
            }
        }
        #expect(read > 20, "some damage is harmless")
    }

    @Test(
        "PM4Py reads what is written, and writes what is read",
        .enabled(if: PM4Py.isThere, "PM4PY_PYTHON names no Python with pm4py installed"))
    func pm4py() throws {
        var files: [String: String] = [:]
        var trees: [ProcessTree] = []
        for seed in 0..<25 {
            let tree = ProcessTree.random(
                seed: UInt64(seed), leaves: 10, operators: [.sequence, .exclusive, .parallel, .inclusive, .loop]
            ).reduced()
            // It shows a tree of one leaf without quotes.
            if tree.size == 1 { continue }
            files[String(format: "%02d.ptml", seed)] = tree.ptml()
            trees.append(tree)
        }
        let answer = try PM4Py.answer(
            """
            import os
            for name in sorted(os.listdir(folder)):
                tree = pm4py.read_ptml(os.path.join(folder, name))
                print('TREE', tree)
                pm4py.write_ptml(tree, os.path.join(folder, 'again.ptml'))
                print('FILE', open(os.path.join(folder, 'again.ptml')).read().replace(chr(10), ' '))
            """, files: files)
        let lines = answer.split(separator: "\n")
        let texts = lines.filter { $0.hasPrefix("TREE ") }.map { String($0.dropFirst(5)) }
        let again = lines.filter { $0.hasPrefix("FILE ") }.map { String($0.dropFirst(5)) }
        #expect(texts.count == trees.count && again.count == trees.count)
        for (tree, (text, file)) in zip(trees, zip(texts, again)) {
            #expect(try ProcessTree(notation: text).canonical() == tree.canonical(), "\(text)")
            #expect(try ProcessTree(ptmlText: file).canonical() == tree.canonical(), "\(file)")
        }
    }
}
