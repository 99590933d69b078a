/// The body of a picture while it is drawn: shapes and words in document order, y downwards, pixels.
///
/// Every text that comes in is made inert: markup is escaped, characters that act become visible signs, long texts are cut.
struct SVG {
    /// Where a text hangs on its x.
    enum Anchor: String {
        case start
        case middle
        case end
    }

    /// The elements so far.
    private(set) var body = ""
    /// The boxes of the words drawn so far: what must not overlap.
    private(set) var labels: [LabelBox] = []

    /// A coordinate with at most one decimal.
    static func number(_ value: Double) -> String {
        precondition(value.isFinite && value.magnitude < 1e9, "a coordinate lies on the picture")
        let tenths = Int((value * 10).rounded())
        let whole = abs(tenths / 10)
        let rest = abs(tenths % 10)
        return (tenths < 0 ? "-" : "") + "\(whole)" + (rest == 0 ? "" : ".\(rest)")
    }

    /// A point of a path.
    static func point(_ x: Double, _ y: Double) -> String {
        number(x) + " " + number(y)
    }

    /// Text as the content or a quoted attribute of an element: escaped, without acting characters.
    static func escaped(_ text: String) -> String {
        let inert = InertText.html(text)
        // XML knows no such characters, not even escaped.
        if !inert.unicodeScalars.contains(where: { $0.value & 0xFFFE == 0xFFFE }) { return inert }
        var result = String.UnicodeScalarView()
        for scalar in inert.unicodeScalars { result.append(scalar.value & 0xFFFE == 0xFFFE ? "\u{FFFD}" : scalar) }
        return String(result)
    }

    /// The content of a `title` or `desc` element, capped.
    static func note(_ text: String) -> String {
        escaped(TextWidth.bounded(text))
    }

    mutating func raw(_ element: String) {
        body += element
        body += "\n"
    }

    mutating func rect(
        _ x: Double, _ y: Double, _ width: Double, _ height: Double, fill: Ink? = nil, pattern: String? = nil, stroke: Ink? = nil,
        strokeWidth: Double = 1, radius: Double = 0, tip: String? = nil
    ) {
        let shape =
            "x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" width=\"\(Self.number(max(width, 0)))\" "
            + "height=\"\(Self.number(max(height, 0)))\"" + (radius > 0 ? " rx=\"\(Self.number(radius))\"" : "")
        close("rect", shape, paint(fill: fill, pattern: pattern, stroke: stroke, width: strokeWidth, dash: nil), tip)
    }

    mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ ink: Ink, width: Double = 1, dash: String? = nil) {
        path("M\(Self.point(x1, y1))L\(Self.point(x2, y2))", stroke: ink, width: width, dash: dash)
    }

    mutating func path(
        _ path: String, fill: Ink? = nil, pattern: String? = nil, stroke: Ink? = nil, width: Double = 1, dash: String? = nil,
        opacity: Double? = nil, tip: String? = nil
    ) {
        var paint = paint(fill: fill, pattern: pattern, stroke: stroke, width: width, dash: dash)
        if let opacity { paint += " opacity=\"\(Self.number(opacity))\"" }
        close("path", "d=\"\(path)\"", paint, tip)
    }

    mutating func circle(
        _ x: Double, _ y: Double, _ radius: Double, fill: Ink? = nil, stroke: Ink? = nil, width: Double = 1, tip: String? = nil
    ) {
        let shape = "cx=\"\(Self.number(x))\" cy=\"\(Self.number(y))\" r=\"\(Self.number(radius))\""
        close("circle", shape, paint(fill: fill, pattern: nil, stroke: stroke, width: width, dash: nil), tip)
    }

    /// Writes a text with its baseline at `y`; a text wider than `room` is cut in the middle and tells the whole in its title.
    mutating func text(
        _ text: String, _ x: Double, _ y: Double, _ anchor: Anchor = .start, ink: Ink = .text, isStrong: Bool = false,
        hasHalo: Bool = false, room: Double? = nil
    ) {
        let shown = room.map { TextWidth.fit(text, to: $0, isStrong: isStrong) } ?? TextWidth.bounded(text)
        let width = TextWidth.of(shown, isStrong: isStrong)
        guard width > 0 else { return }
        let left = anchor == .start ? x : anchor == .middle ? x - width / 2 : x - width
        labels.append(LabelBox(x: left, y: y - 0.78 * PictureStyle.fontSize, width: width, height: PictureStyle.fontSize))
        let classes = "f-\(ink.name)" + (hasHalo ? " halo" : "") + (isStrong ? " strong" : "")
        let hang = anchor == .start ? "" : " text-anchor=\"\(anchor.rawValue)\""
        raw(
            "<text x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" class=\"\(classes)\"\(hang)>"
                + (shown == text ? "" : "<title>\(Self.note(text))</title>") + Self.escaped(shown) + "</text>")
    }

    /// Writes a text upwards, its end at (x, y): for the heads of narrow columns.
    mutating func textUpwards(_ text: String, _ x: Double, _ y: Double, ink: Ink = .text, room: Double) {
        let shown = TextWidth.fit(text, to: room)
        let width = TextWidth.of(shown)
        let height = PictureStyle.fontSize
        labels.append(LabelBox(x: x - 0.78 * height, y: y - width, width: height, height: width))
        raw(
            "<text transform=\"translate(\(Self.point(x, y)))rotate(-90)\" class=\"f-\(ink.name)\">"
                + (shown == text ? "" : "<title>\(Self.note(text))</title>") + Self.escaped(shown) + "</text>")
    }

    /// A pattern of slanted lines on paper, for what is not whole or not trusted.
    mutating func hatching(id: String, _ ink: Ink) {
        raw(
            "<defs><pattern id=\"\(id)\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">"
                + "<path d=\"M0 3H6\" class=\"s-\(ink.name)\" stroke-width=\"1.5\"/></pattern></defs>")
    }

    private func paint(fill: Ink?, pattern: String?, stroke: Ink?, width: Double, dash: String?) -> String {
        var classes: [String] = []
        if let fill { classes.append("f-\(fill.name)") }
        if let stroke { classes.append("s-\(stroke.name)") }
        var result = classes.isEmpty ? "" : " class=\"" + classes.joined(separator: " ") + "\""
        if let pattern { result += " fill=\"url(#\(pattern))\"" } else if fill == nil { result += " fill=\"none\"" }
        if stroke != nil && width != 1 { result += " stroke-width=\"\(Self.number(width))\"" }
        if stroke != nil, let dash { result += " stroke-dasharray=\"\(dash)\"" }
        return result
    }

    private mutating func close(_ name: String, _ shape: String, _ paint: String, _ tip: String?) {
        if let tip {
            raw("<\(name) \(shape)\(paint)><title>\(Self.note(tip))</title></\(name)>")
        } else {
            raw("<\(name) \(shape)\(paint)/>")
        }
    }
}

/// The box of a text in a picture, from the table of widths.
struct LabelBox: Sendable, Equatable {
    var x: Double
    var y: Double
    var width: Double
    var height: Double

    /// Whether two boxes share more than a hair's breadth.
    func overlaps(_ other: LabelBox) -> Bool {
        let hair = 0.05
        return x < other.x + other.width - hair && other.x < x + width - hair && y < other.y + other.height - hair
            && other.y < y + height - hair
    }
}
