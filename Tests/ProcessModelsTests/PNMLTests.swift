import Foundation
import Statistics
import TestSupport
import Testing

@testable import ProcessModels

@Suite struct PNMLTests {
    /// A document whose entities grow tenfold, one into the other.
    static func laughs(_ root: String, _ content: String) -> String {
        let entities = (1...9).map { "<!ENTITY l\($0) \"" + String(repeating: "&l\($0 - 1);", count: 10) + "\">" }
        return "<!DOCTYPE \(root) [<!ENTITY l0 \"ha\">" + entities.joined() + "]><\(root)>\(content)</\(root)>"
    }

    /// A seeded random net with weights, tokens and hostile names.
    static func random(_ seed: UInt64) -> PetriNet {
        var stream = RandomStream(seed: seed, path: 5)
        let names = ["", "A & B", "<script>", "\"'", "批准", "a\nb\tc", "=1+1", "]]>", " x "]
        let places = 2 + stream.index(below: 8)
        var net = PetriNet(name: stream.index(below: 2) == 0 ? "n \(names[1])" : "net1")
        for number in 0..<places {
            let isNamed = stream.index(below: 3) > 0
            net.places.append(.init(id: "p\(number)", name: isNamed ? names[stream.index(below: names.count)] : nil))
        }
        for number in 0..<(1 + stream.index(below: 9)) {
            let isSilent = stream.index(below: 4) == 0
            var transition = PetriNet.Transition(id: "arc\(number)", label: isSilent ? nil : names[stream.index(below: names.count)])
            for place in 0..<places where stream.index(below: 3) == 0 {
                transition.inputs.append(.init(place, weight: 1 + stream.index(below: 3) / 2))
            }
            for place in 0..<places where stream.index(below: 3) == 0 {
                transition.outputs.append(.init(place, weight: 1 + stream.index(below: 3) / 2))
            }
            net.transitions.append(transition)
        }
        net.initial[stream.index(below: places)] = 1 + stream.index(below: 3)
        net.final = [Marking(places: [stream.index(below: places)])]
        let other = Marking(places: [0, 0, places - 1])
        if stream.index(below: 3) == 0, !net.final.contains(other) { net.final.append(other) }
        return net
    }

    @Test("Nets are read back, and equal nets give equal texts", arguments: 1...80)
    func readBack(seed: UInt64) throws {
        let net = seed % 2 == 0 ? Self.random(seed) : PetriNet(.random(seed: seed, leaves: 10), name: "tree")
        let text = net.pnml()
        let document = try PNMLDocument(text: text)
        #expect(document.net == net && document.findings.isEmpty, "\(text)")
        #expect(net.pnml() == text)
    }

    private static let pages = """
        <?xml version="1.0"?>
        <pnml xmlns="http://www.pnml.org/version-2009/grammar/pnml"><net id="n" type="http://www.pnml.org/version-2009/grammar/ptnet">
        <name><text>Two pages</text></name>
        <arc id="a0" source="p" target="t"><inscription><text> 2 </text></inscription></arc>
        <page id="one"><name><text>ignored</text></name>
          <place id="p"><name><graphics/><text>
             first place
          </text></name><initialMarking><value>Default,3</value></initialMarking></place>
          <transition id="t"><name><text>go</text></name></transition>
          <page id="inner"><place id="q"/><referenceTransition id="r2" ref="r1"/><referenceTransition id="r1" ref="t"/></page>
        </page>
        <page id="two"><referencePlace id="pr" ref="p"/><transition id="s"><toolspecific tool="StochasticPetriNet" version="0.2">
          <property key="priority">1</property><property key="invisible">true</property></toolspecific></transition>
          <arc source="pr" target="s"/><arc source="s" target="q"/><arc source="s" target="q"/><arc source="r2" target="q"/></page>
        </net><net id="m"/></pnml>
        """

    @Test("Pages, references, weights and old forms make one net")
    func pages() throws {
        let document = try PNMLDocument(text: Self.pages)
        let net = document.net
        #expect(net.name == "Two pages")
        #expect(net.places == [.init(id: "p", name: "first place"), .init(id: "q")])
        #expect(
            net.transitions == [
                .init(id: "t", label: "go", inputs: [.init(0, weight: 2)], outputs: [.init(1)]),
                .init(id: "s", label: nil, inputs: [.init(0)], outputs: [.init(1, weight: 2)]),
            ])
        #expect(net.initial == Marking([3]) && net.final == [Marking(places: [1])])
        #expect(document.findings == [.derivedFinal(places: ["q"]), .furtherNets(count: 1)])
    }

    @Test("What a file leaves out is derived, and said")
    func derived() throws {
        let text = """
            <pnml><net id="n"><place id="p"/><place id="q"/><place id="r"/><place id="alone"/><transition id="t"/>
            <arc source="p" target="t"/><arc source="t" target="q"/><arc source="t" target="r"/>
            <finalmarkings><marking><place idref="q"><text>0</text></place></marking></finalmarkings></net></pnml>
            """
        let document = try PNMLDocument(text: text)
        #expect(document.net.initial == Marking(places: [0]))
        #expect(document.net.final == [Marking(places: [1]), Marking(places: [2])] && document.net.transitions[0].isSilent)
        #expect(
            document.findings == [
                .derivedInitial(places: ["p"]), .derivedFinal(places: ["q", "r"]), .unnamedTransitions(count: 1, first: "t"),
            ])
        #expect(try PNMLDocument(text: "<pnml><net/></pnml>").findings == [.noInitial, .noFinal])
    }

    private static let head = "<pnml><net id=\"n\">\n<place id=\"p\"/><place id=\"q\"/><transition id=\"t\"/>\n"

    @Test(
        "What is no net is refused with its place",
        arguments: [
            ("<ptml/>", ModelFileError.Problem.wrongRoot(expected: "pnml", found: "ptml"), 1, 1), ("<pnml/>", .missingElement("net"), 1, 1),
            (head + " <arc source=\"p\" target=\"z\"/></net></pnml>", .danglingReference(element: "arc", reference: "z"), 3, 2),
            (head + "<arc source=\"p\" target=\"q\"/></net></pnml>", .arcBetweenEqualKinds(source: "p", target: "q"), 3, 1),
            (head + "<arc source=\"t\" target=\"t\"/></net></pnml>", .arcBetweenEqualKinds(source: "t", target: "t"), 3, 1),
            (head + "<arc source=\"p\"/></net></pnml>", .missingAttribute(element: "arc", attribute: "target"), 3, 1),
            (head + "<transition id=\"q\"/></net></pnml>", .duplicateID("q"), 3, 1),
            (head + "<page id=\"t\"/></net></pnml>", .duplicateID("t"), 3, 1),
            (
                head + "<place id=\"r\"><initialMarking><text>-1</text></initialMarking></place></net></pnml>", .badNumber("-1"), 3, 15
            ),
            (
                head + "<place id=\"r\"><initialMarking><text>99999999999999999999</text></initialMarking></place></net></pnml>",
                .badNumber("99999999999999999999"), 3, 15
            ),
            (
                head + "<arc source=\"p\" target=\"t\"><inscription><text>0</text></inscription></arc></net></pnml>", .badNumber("0"), 3, 28
            ),
            (
                head + "<arc source=\"p\" target=\"t\"><arctype><text>inhibitor</text></arctype></arc></net></pnml>",
                .unsupportedArc("inhibitor"), 3, 1
            ),
            (
                head + "<finalmarkings><marking><place idref=\"t\"/></marking></finalmarkings></net></pnml>",
                .danglingReference(element: "place", reference: "t"), 3, 25
            ),
            (
                head
                    + "<referencePlace id=\"a\" ref=\"b\"/><referencePlace id=\"b\" ref=\"a\"/><arc source=\"a\" target=\"t\"/></net></pnml>",
                .circularReference("a"), 3, 65
            ),
            (
                "<pnml><net type=\"http://www.pnml.org/version-2009/grammar/highlevelnet\"/></pnml>",
                .unsupportedNet("http://www.pnml.org/version-2009/grammar/highlevelnet"), 1, 7
            ),
        ])
    func refused(text: String, problem: ModelFileError.Problem, line: Int, column: Int) {
        #expect(throws: ModelFileError(problem: problem, line: line, column: column)) { try PNMLDocument(text: text) }
    }

    @Test("Entities that swell, nesting without end and final markings beyond all measure are refused")
    func bombs() {
        for text in [
            Self.laughs("pnml", "<net id=\"n\"><name><text>&l9;</text></name></net>"),
            Self.laughs("pnml", "<net id=\"&l9;\"/>"), "<pnml><net>" + String(repeating: "<page>", count: 100_000),
        ] {
            #expect { try PNMLDocument(text: text) } throws: {
                if case .malformed = ($0 as? ModelFileError)?.problem { true } else { false }
            }
        }
        var text = "<pnml><net id=\"n\">"
        for number in 0..<12_000 { text += "<place id=\"p\(number)\"/>" }
        text += "<finalmarkings>" + String(repeating: "<marking/>", count: 6_000) + "</finalmarkings></net></pnml>"
        #expect { try PNMLDocument(text: text) } throws: { ($0 as? ModelFileError)?.problem == .tooLarge }
    }

    @Test("Damaged files are read or refused")
    func damage() {
        let files = [Array(Self.random(4).pnml().utf8), Array(Self.pages.utf8)]
        var read = 0
        for run in 0..<2_000 {
            let bytes = FileDamage.damaged(files[run % 2], seed: 1, run: run)
            if let document = bytes.withUnsafeBytes({ try? PNMLDocument($0) }) {
                read += 1
                let net = document.net
                let arcs = net.transitions.flatMap { $0.inputs + $0.outputs }
                #expect(arcs.allSatisfy { net.places.indices.contains($0.place) && $0.weight > 0 && $0.weight <= 1_000_000 })
                #expect(net.initial.tokens.allSatisfy { $0 >= 0 })
            }
        }
        #expect(read > 50, "some damage is harmless")
    }

    static let files = [
        ("conformance/a12.pnml", 14, 14, 30, 2), ("conformance/a22.pnml", 28, 30, 66, 8), ("pm4py/roadtraffic.pnml", 29, 34, 84, 23),
        ("pm4py/running-example.pnml", 9, 10, 22, 2), ("pm4py/more_models/SampleNet.pnml", 4, 4, 9, 0),
    ]

    @Test("Files of ProM and PM4Py are read whole, and read back", .enabled(if: SharedData.isThere), arguments: files)
    func others(path: String, places: Int, transitions: Int, arcs: Int, silent: Int) throws {
        let data = try Data(contentsOf: SharedData.file(path))
        let document = try data.withUnsafeBytes { try PNMLDocument($0) }
        let net = document.net
        #expect(net.places.count == places && net.transitions.count == transitions && document.findings.isEmpty)
        #expect(net.transitions.reduce(0) { $0 + $1.inputs.count + $1.outputs.count } == arcs)
        #expect(net.transitions.filter(\.isSilent).count == silent)
        #expect(net.initial.total == 1 && net.final.count == 1 && net.final[0].total == 1)
        #expect(try PNMLDocument(text: net.pnml()).net == net)
    }

    /// A net in the words that the script below prints it in.
    private static func words(_ net: PetriNet) -> [String] {
        var lines = net.places.indices.map { "PLACE \(net.places[$0].id) \(net.initial[$0]) \(net.final.first?[$0] ?? 0)" }
        for own in net.transitions {
            lines.append("TRANSITION \(own.id) " + (own.label.map { "'\($0)'" } ?? "None"))
            lines += own.inputs.map { "ARC \(net.places[$0.place].id) \(own.id) \($0.weight)" }
            lines += own.outputs.map { "ARC \(own.id) \(net.places[$0.place].id) \($0.weight)" }
        }
        return lines.sorted()
    }

    @Test(
        "PM4Py opens the same net, and what it writes is read again",
        .enabled(if: PM4Py.isThere, "PM4PY_PYTHON names no Python with pm4py installed"))
    func pm4py() throws {
        var files: [String: String] = [:]
        var nets: [PetriNet] = []
        for seed in 0..<12 {
            var net = seed % 2 == 0 ? Self.random(UInt64(seed)) : PetriNet(.random(seed: UInt64(seed), leaves: 9))
            net.final = Array(net.final.prefix(1))
            // Python shows quotes and control characters in its own way.
            for place in net.transitions.indices where net.transitions[place].label?.contains(where: { "'\"\n\t".contains($0) }) == true {
                net.transitions[place].label = "plain \(place)"
            }
            for place in net.transitions.indices where net.transitions[place].label == "" { net.transitions[place].label = "x" }
            files[String(format: "%02d.pnml", seed)] = net.pnml()
            nets.append(net)
        }
        let answer = try PM4Py.answer(
            """
            import os
            from pm4py.objects.petri_net.obj import PetriNet
            for name in sorted(os.listdir(folder)):
                net, im, fm = pm4py.read_pnml(os.path.join(folder, name))
                for p in net.places: print('PLACE', p.name, im[p], fm[p])
                for t in net.transitions: print('TRANSITION', t.name, repr(t.label))
                for a in net.arcs: print('ARC', a.source.name, a.target.name, a.weight)
                pm4py.write_pnml(net, im, fm, os.path.join(folder, 'again.pnml'))
                print('FILE', open(os.path.join(folder, 'again.pnml')).read().replace(chr(10), ' '))
            """, files: files)
        let pieces = answer.components(separatedBy: "FILE ")
        var lines = pieces[0].split(separator: "\n").map(String.init)
        #expect(pieces.count == nets.count + 1)
        for (net, piece) in zip(nets, pieces.dropFirst()) {
            #expect(lines.sorted() == Self.words(net))
            var rest = piece.split(separator: "\n").map(String.init)
            let again = try PNMLDocument(text: rest.removeFirst())
            #expect(Self.words(again.net) == Self.words(net))
            lines = rest
        }
    }
}
