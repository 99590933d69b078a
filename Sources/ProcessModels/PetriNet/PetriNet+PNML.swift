extension PetriNet {
    /// The net as PNML (ISO/IEC 15909-2), with final markings and silent transitions as ProM and PM4Py write and read them; equal nets
    /// give equal texts.
    ///
    /// Read again it is the same net where its identifiers differ, names hold no characters that XML lacks, and there are an initial
    /// and a final marking with tokens.
    package func pnml() -> String {
        let taken = Set(places.map(\.id) + transitions.map(\.id))
        let unused: (String) -> String = { wanted in
            var id = wanted
            while taken.contains(id) { id += "_" }
            return id
        }
        var xml = IndentedXML()
        xml.begin("pnml", ["xmlns": "http://www.pnml.org/version-2009/grammar/pnml"])
        xml.begin("net", ["id": unused("net1"), "type": "http://www.pnml.org/version-2009/grammar/ptnet"])
        if let name { Self.write("name", name, &xml) }
        xml.begin("page", ["id": unused("page1")])
        for (number, place) in places.enumerated() {
            xml.begin("place", ["id": place.id])
            if let name = place.name { Self.write("name", name, &xml) }
            if initial[number] > 0 { Self.write("initialMarking", "\(initial[number])", &xml) }
            xml.end()
        }
        for transition in transitions {
            xml.begin("transition", ["id": transition.id])
            Self.write("name", transition.label ?? transition.id, &xml)
            if transition.isSilent { xml.leaf("toolspecific", ["tool": "ProM", "version": "6.4", "activity": "$invisible$"]) }
            xml.end()
        }
        var count = 0
        let arc: (String, String, Int) -> Void = { source, target, weight in
            count += 1
            xml.begin("arc", ["id": unused("arc\(count)"), "source": source, "target": target])
            if weight != 1 { Self.write("inscription", "\(weight)", &xml) }
            xml.end()
        }
        for transition in transitions {
            for own in transition.inputs { arc(places[own.place].id, transition.id, own.weight) }
            for own in transition.outputs { arc(transition.id, places[own.place].id, own.weight) }
        }
        xml.end()
        if !final.isEmpty {
            xml.begin("finalmarkings")
            for marking in final {
                xml.begin("marking")
                for (number, tokens) in marking.tokens.enumerated() where tokens > 0 {
                    xml.begin("place", ["idref": places[number].id])
                    xml.leaf("text", text: "\(tokens)")
                    xml.end()
                }
                xml.end()
            }
            xml.end()
        }
        xml.end()
        xml.end()
        return xml.text
    }

    private static func write(_ element: String, _ text: String, _ xml: inout IndentedXML) {
        xml.begin(element)
        xml.leaf("text", text: text)
        xml.end()
    }
}
