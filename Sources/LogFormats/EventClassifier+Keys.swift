import EventLogs

extension EventClassifier {
    /// The keys of a classifier as XES writes them.
    ///
    /// Keys stand apart by spaces; one that holds a space stands in single quotes, or is the whole text and a declared global.
    static func keys(in text: String, globals: [AttributeTree]) -> [String] {
        if globals.contains(where: { $0.key == text }) { return [text] }
        var keys: [String] = []
        var current = ""
        var isQuoted = false
        var isPresent = false
        for character in text {
            if character == "'" {
                isQuoted.toggle()
                isPresent = true
            } else if character.isWhitespace && !isQuoted {
                if isPresent { keys.append(current) }
                current = ""
                isPresent = false
            } else {
                current.append(character)
                isPresent = true
            }
        }
        if isPresent { keys.append(current) }
        return keys
    }
}
