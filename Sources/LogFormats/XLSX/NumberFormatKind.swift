/// What a number format of Excel makes of a number (ECMA-376 part 1, 18.8.30 and 18.8.31).
enum NumberFormatKind: UInt8 {
    /// A number, an amount or a duration.
    case number
    /// A date alone.
    case date
    /// A date with a time of day, or so it may be.
    case dateAndTime
    /// A time of day.
    case time

    /// The kind of a format that every workbook has, by its number; those that some languages have are among them.
    init(builtIn id: Int) {
        switch id {
        case 14...17, 27...31, 36, 50...54, 57, 58: self = .date
        case 22: self = .dateAndTime
        case 18...21, 32...35, 45, 47, 55, 56: self = .time
        default: self = .number
        }
    }

    /// The kind of a format by its code, such as `yyyy\-mm\-dd hh:mm`; its first section tells.
    init(code: String) {
        var letters: [Character] = []
        var hasElapsed = false
        var rest = Substring(code)
        scan: while let character = rest.popFirst() {
            switch character {
            case "\"":
                while let inner = rest.popFirst(), inner != "\"" {}
            case "\\", "_", "*": _ = rest.popFirst()
            case "[":
                var inside = ""
                while let inner = rest.popFirst(), inner != "]" { inside.append(inner) }
                // `[h]` counts hours beyond a day; anything else is a colour, a condition or a language.
                let word = inside.lowercased()
                if !word.isEmpty && (word.allSatisfy { $0 == "h" } || word.allSatisfy { $0 == "m" } || word.allSatisfy { $0 == "s" }) {
                    hasElapsed = true
                }
            case ";": break scan
            default: letters.append(contentsOf: character.lowercased())
            }
        }
        var text = String(letters)
        if text.hasPrefix("general") || text.contains("0e+") || text.contains("0e-") {
            self = .number
            return
        }
        for mark in ["am/pm", "a/p", "上午/下午"] { text = text.replacing(mark, with: "h") }
        let hasClock = text.contains("h") || text.contains("s")
        let hasDate = text.contains("y") || text.contains("d") || text.contains("e") || (text.contains("m") && !hasClock && !hasElapsed)
        if hasElapsed && !hasDate {
            self = .number
        } else if hasDate {
            self = hasClock ? .dateAndTime : .date
        } else {
            self = hasClock ? .time : .number
        }
    }
}
