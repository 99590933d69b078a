/// A Petri net in PNML (ISO/IEC 15909-2, place/transition nets) as ProM and PM4Py write it, as it was read.
///
/// Pages, one in the other too, are one net; references to nodes of other pages are those nodes. Where they stand in a drawing is not held.
package struct PNMLDocument: Sendable, Equatable {
    /// What a reader adds to a file or leaves of it.
    package enum Finding: Sendable, Equatable {
        /// No place has a token at first: these places, which no arc leads to, were given one each.
        case derivedInitial(places: [String])
        /// No place has a token at first, and none is there for it.
        case noInitial
        /// There is no final marking: one token on any one of these places, which no arc leaves.
        case derivedFinal(places: [String])
        /// There is no final marking, and no place that no arc leaves.
        case noFinal
        /// Transitions without a name, taken for silent ones: how many, and the first.
        case unnamedTransitions(count: Int, first: String)
        /// Nets behind the first one are not held.
        case furtherNets(count: Int)
    }

    /// The net.
    package let net: PetriNet
    /// What was added or left out, in the order above.
    package let findings: [Finding]

    /// Reads a document.
    ///
    /// A transition is silent where a tool says so: ProM by the activity `$invisible$`, others by a property `invisible`.
    ///
    /// - Throws: ``ModelFileError`` with the place of what is wrong.
    package init(_ bytes: UnsafeRawBufferPointer) throws(ModelFileError) {
        self = try ModelXMLReader.read(bytes) { xml throws(ModelFileError) in try PNMLReader.read(&xml) }
    }

    /// Reads a document that is held as text.
    package init(text: String) throws(ModelFileError) {
        self = try ModelXMLReader.read(text: text) { xml throws(ModelFileError) in try PNMLReader.read(&xml) }
    }

    init(net: PetriNet, findings: [Finding]) {
        self.net = net
        self.findings = findings
    }
}
