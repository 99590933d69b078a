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
            if let value { text += " \(name)=\"\(Self.escaped(value, inAttribute: true))\"" }
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
        text += ">" + Self.escaped(content, inAttribute: false) + "</\(element)>\n"
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

    /// Characters that XML 1.0 does not have become the replacement character.
    private static func escaped(_ value: String, inAttribute: Bool) -> String {
        var result = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"" where inAttribute: result += "&quot;"
            case "\n" where inAttribute: result += "&#10;"
            case "\r": result += "&#13;"
            case "\t" where inAttribute: result += "&#9;"
            case "\n", "\t": result.unicodeScalars.append(scalar)
            default:
                let isLegal = scalar.value >= 0x20 && scalar.value != 0xFFFE && scalar.value != 0xFFFF
                result.unicodeScalars.append(isLegal ? scalar : "\u{FFFD}")
            }
        }
        return result
    }
}
