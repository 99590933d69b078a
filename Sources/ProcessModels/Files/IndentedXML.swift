/// Writes elements one below the other, indented; an element that holds nothing closes itself.
struct IndentedXML {
    private(set) var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    private var open: [String] = []
    private var isTagOpen = false

    /// Begins an element; attributes without value are left out.
    mutating func begin(_ element: String, _ attributes: KeyValuePairs<String, String?> = [:]) {
        closeTag()
        indent()
        text += "<" + element
        for (name, value) in attributes {
            if let value { text += " \(name)=\"\(EscapedXML.text(value, inAttribute: true))\"" }
        }
        isTagOpen = true
        open.append(element)
    }

    /// Ends the element that was begun last.
    mutating func end() {
        guard let element = open.popLast() else { return }
        if isTagOpen {
            text += "/>\n"
            isTagOpen = false
            return
        }
        indent()
        text += "</\(element)>\n"
    }

    /// An element with attributes alone.
    mutating func leaf(_ element: String, _ attributes: KeyValuePairs<String, String?>) {
        begin(element, attributes)
        end()
    }

    /// An element that holds text alone.
    mutating func leaf(_ element: String, _ attributes: KeyValuePairs<String, String?> = [:], text content: String) {
        begin(element, attributes)
        text += ">" + EscapedXML.text(content, inAttribute: false) + "</\(element)>\n"
        isTagOpen = false
        open.removeLast()
    }

    private mutating func closeTag() {
        if isTagOpen { text += ">\n" }
        isTagOpen = false
    }

    private mutating func indent() {
        text += String(repeating: "  ", count: open.count)
    }
}
