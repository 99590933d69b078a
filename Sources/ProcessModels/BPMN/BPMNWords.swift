/// How much room words take in a drawing, by a rule of thumb for a 12-pixel sans-serif; no font is asked.
enum BPMNWords {
    /// The height of a line.
    static let line = 14.0
    /// How wide words beside a node or a line may be.
    static let widest = 90.0

    /// The size of a text broken into lines at spaces and between East-Asian characters; at most `lines` count.
    static func size(_ text: String?, widest: Double = widest, lines: Int = 3) -> (width: Double, height: Double) {
        guard let text, !text.isEmpty else { return (0, 0) }
        var count = 1
        var width = 0.0
        var greatest = 0.0
        var word = 0.0
        for scalar in text.unicodeScalars.prefix(400) {
            let isWide = scalar.value >= 0x1100 && scalar.value != 0x2026
            let own = isWide ? 12.0 : 6.8
            if scalar == " " || scalar == "\n" || isWide {
                width += word + own
                word = 0
            } else {
                word += own
            }
            if width + word > widest && width > 0 {
                greatest = max(greatest, width)
                count += 1
                width = 0
            }
        }
        greatest = max(greatest, width + word)
        return (min(greatest.rounded(.up), widest), Double(min(count, lines)) * line)
    }
}
