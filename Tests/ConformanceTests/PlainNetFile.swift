import Foundation
import ProcessModels

/// Reads the PNML that ProM and PM4Py write, in the plainest way: enough for the nets of the tests.
func plainNet(contentsOf file: URL) throws -> PetriNet {
    let text = try String(contentsOf: file, encoding: .isoLatin1)
    func elements(_ name: String) -> [Substring] {
        text.components(separatedBy: "<\(name) ").dropFirst().map { $0[...] }
            .map { part in part.range(of: "</\(name)>").map { part[..<$0.lowerBound] } ?? part }
    }
    func attribute(_ name: String, _ part: Substring) -> String? {
        guard let start = part.range(of: "\(name)=\"") else { return nil }
        let rest = part[start.upperBound...]
        return rest.firstIndex(of: "\"").map { String(rest[..<$0]) }
    }
    func content(_ part: Substring) -> String {
        guard let start = part.range(of: "<text>"), let end = part.range(of: "</text>") else { return "" }
        return String(part[start.upperBound..<end.lowerBound]).replacing("&amp;", with: "&")
    }
    var numbers: [String: Int] = [:]
    var net = PetriNet()
    for part in elements("place") {
        guard let id = attribute("id", part) else { continue }
        numbers[id] = net.places.count
        if let marked = part.range(of: "<initialMarking>") {
            net.initial[net.places.count] = Int(content(part[marked.upperBound...]).trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
        }
        net.places.append(.init(id: id))
    }
    for part in elements("transition") {
        guard let id = attribute("id", part) else { continue }
        numbers[id] = net.transitions.count
        net.transitions.append(.init(id: id, label: part.contains("$invisible$") ? nil : content(part)))
    }
    let isTransition = Set(net.transitions.map(\.id))
    for part in elements("arc") {
        guard let source = attribute("source", part), let target = attribute("target", part) else { continue }
        if isTransition.contains(source) {
            net.transitions[numbers[source]!].outputs.append(.init(numbers[target]!))
        } else {
            net.transitions[numbers[target]!].inputs.append(.init(numbers[source]!))
        }
    }
    var final = Marking()
    if let finals = text.range(of: "<finalmarkings>") {
        for part in text[finals.upperBound...].components(separatedBy: "<place ").dropFirst() {
            guard let id = attribute("idref", part[...]), let place = numbers[id] else { continue }
            final[place] = Int(content(part[...])) ?? 0
        }
        net.final = [final]
    }
    return net
}
