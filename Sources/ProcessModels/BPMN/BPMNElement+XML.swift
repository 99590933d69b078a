extension BPMNElement {
    /// The element as an XML document of UTF-8: one element a line, indented; what holds words stays on its line.
    ///
    /// - Parameter preferred: the prefixes of known namespaces; what they do not declare is declared where it is needed.
    func document(_ preferred: [Declaration]) -> String {
        var writer = Writer()
        for (prefix, namespace) in Namespace.known {
            let own = preferred.filter { $0.namespace == namespace }
            // Attributes have no default namespace.
            let usable = namespace == Namespace.instance ? own.filter { !$0.prefix.isEmpty } : own
            writer.prefixes[namespace] = (usable.first { $0.prefix.isEmpty } ?? usable.first)?.prefix ?? prefix
        }
        writer.text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        writer.write(self, depth: 0, scope: ["": "", "xml": Namespace.xml], isInline: false)
        return writer.text
    }

    private struct Writer {
        var text = ""
        /// By known namespace its prefix.
        var prefixes: [String: String] = [:]

        mutating func write(_ element: BPMNElement, depth: Int, scope: [String: String], isInline: Bool) {
            var scope = scope
            var declared: [Declaration] = []
            for declaration in element.declarations where !declared.contains(where: { $0.prefix == declaration.prefix }) {
                declared.append(declaration)
                scope[declaration.prefix] = declaration.namespace
            }
            let prefix = prefixes[element.namespace] ?? element.prefix
            declare(prefix, element.namespace, &scope, &declared)
            for attribute in element.attributes where !attribute.namespace.isEmpty {
                declare(prefixes[attribute.namespace] ?? attribute.prefix, attribute.namespace, &scope, &declared)
            }
            if !isInline { text += String(repeating: "  ", count: depth) }
            let name = Self.name(prefix, element.name)
            text += "<" + name
            for declaration in declared {
                let name = declaration.prefix.isEmpty ? "xmlns" : "xmlns:" + declaration.prefix
                text += " \(name)=\"\(EscapedXML.text(declaration.namespace, inAttribute: true))\""
            }
            for attribute in element.attributes {
                let prefix = prefixes[attribute.namespace] ?? attribute.prefix
                text += " \(Self.name(prefix, attribute.name))=\"\(EscapedXML.text(value(of: attribute), inAttribute: true))\""
            }
            if element.content.isEmpty {
                text += isInline ? "/>" : "/>\n"
                return
            }
            text += ">"
            let hasText = element.content.contains { if case .text = $0 { true } else { false } }
            if !hasText { text += isInline ? "" : "\n" }
            for piece in element.content {
                switch piece {
                case .text(let words): text += EscapedXML.text(words, inAttribute: false)
                case .element(let own): write(own, depth: depth + 1, scope: scope, isInline: isInline || hasText)
                }
            }
            if !hasText && !isInline { text += String(repeating: "  ", count: depth) }
            text += "</\(name)>" + (isInline ? "" : "\n")
        }

        private func declare(_ prefix: String, _ namespace: String, _ scope: inout [String: String], _ declared: inout [Declaration]) {
            // A prefix without a namespace was not declared where it was read either.
            if namespace.isEmpty && !prefix.isEmpty || scope[prefix] == namespace { return }
            scope[prefix] = namespace
            declared.removeAll { $0.prefix == prefix }
            declared.append(Declaration(prefix: prefix, namespace: namespace))
        }

        /// A type of BPMN gets the prefix that BPMN has here.
        private func value(of attribute: Attribute) -> String {
            let mark = "{\(Namespace.model)}"
            guard attribute.namespace == Namespace.instance, attribute.value.hasPrefix(mark) else { return attribute.value }
            return Self.name(prefixes[Namespace.model] ?? "", String(attribute.value.dropFirst(mark.count)))
        }

        private static func name(_ prefix: String, _ name: String) -> String {
            prefix.isEmpty ? name : prefix + ":" + name
        }
    }
}
