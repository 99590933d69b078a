/// Pieces of the filter language.
enum FilterText {
    /// A name as a string of the filter language: in single quotes, those inside doubled.
    static func quoted(_ name: String) -> String {
        var text = "'"
        for scalar in name.unicodeScalars {
            if scalar == "'" { text += "''" } else { text.unicodeScalars.append(scalar) }
        }
        return text + "'"
    }
}
