/// A finished picture: an `svg` element with a title and a description.
package struct Picture: Sendable, Equatable {
    /// What the `id`s inside begin with; unique on a page.
    package let id: String
    /// The name of the picture, read by screen readers.
    package let title: String
    /// What the picture shows, for who cannot see it.
    package let description: String
    /// The width in pixels at which its words have their size.
    package let width: Double
    /// The height in pixels at that width.
    package let height: Double
    /// Whether the picture keeps its size and scrolls in its box where it is wider than the page.
    package let keepsSize: Bool
    let body: String
    let labels: [LabelBox]

    init(_ frame: PictureFrame, width: Double? = nil, height: Double, keepsSize: Bool = false, _ drawing: SVG) {
        id = frame.id
        title = frame.title
        description = frame.description
        self.width = (width ?? frame.width).rounded(.up)
        self.height = height.rounded(.up)
        self.keepsSize = keepsSize
        body = drawing.body
        labels = drawing.labels
    }

    /// The `svg` element for a page that holds ``PictureStyle/css``.
    package var inline: String {
        let size =
            keepsSize
            ? "width=\"\(SVG.number(width))\" height=\"\(SVG.number(height))\"" : "width=\"\(SVG.number(width))\""
        return element(size, style: "", ground: "")
    }

    /// The picture as a file of its own, with its colours inside.
    package var file: String {
        let size = "width=\"\(SVG.number(width))\" height=\"\(SVG.number(height))\""
        let style = "<style>\n" + SVG.escapedStyle(PictureStyle.file) + "\n</style>\n"
        let ground = "<rect class=\"f-p\" width=\"100%\" height=\"100%\"/>\n"
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + element(size, style: style, ground: ground)
    }

    private func element(_ size: String, style: String, ground: String) -> String {
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"pic f-t\" viewBox=\"0 0 \(SVG.number(width)) \(SVG.number(height))\" \(size) "
            + "role=\"img\" aria-labelledby=\"\(id)-t \(id)-d\">\n<title id=\"\(id)-t\">\(SVG.note(title))</title>\n"
            + "<desc id=\"\(id)-d\">\(SVG.note(description))</desc>\n" + style + ground + body + "</svg>\n"
    }
}

extension SVG {
    /// A style sheet as XML text: its `>` are selectors.
    static func escapedStyle(_ css: String) -> String {
        css.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
    }
}

/// What every picture is given: its name, its width and the language of its numbers and few words.
package struct PictureFrame: Sendable, Equatable {
    /// The width of pictures on screens that have room for it, and on paper.
    package static let wide = 720.0
    /// The width of pictures on telephones.
    package static let narrow = 340.0

    /// What the `id`s inside the picture begin with; unique on a page.
    package let id: String
    /// The name of the picture.
    package let title: String
    /// What the picture shows, for who cannot see it.
    package let description: String
    /// The width to draw for, in pixels.
    package let width: Double
    /// The language of numbers and words.
    package let language: Language

    /// A frame for one picture.
    ///
    /// - Parameters:
    ///   - id: letters, digits, `-` and `_`; other characters become `-`.
    ///   - title: the name of the picture.
    ///   - description: what the picture shows, in one or two sentences.
    ///   - language: the language of numbers and words.
    ///   - width: the width in pixels.
    package init(id: String, title: String, description: String, language: Language, width: Double = PictureFrame.wide) {
        let safe = id.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") ? $0 : "-" }
        self.id = safe.first.map { $0.isLetter } == true ? String(safe) : "p" + String(safe)
        self.title = title
        self.description = description
        self.language = language
        self.width = max(width, 240)
    }

    /// Whether the picture is for a telephone.
    var isNarrow: Bool { width < 500 }

    /// The writer of its values.
    var humane: Humane { Humane(language) }

    /// The picture in its wide and its narrow form as HTML, of which ``PictureStyle/css`` shows the one that fits; a picture
    /// that keeps its size is given once and scrolls in its box.
    ///
    /// ```swift
    /// frame.responsive { DurationDistribution(seconds: times, axisTitle: "…").picture($0) }
    /// ```
    package func responsive(_ draw: (PictureFrame) -> Picture) -> String {
        let wide = draw(sized(Self.wide, suffix: "w"))
        let narrow = draw(sized(Self.narrow, suffix: "n"))
        if wide.keepsSize && narrow.keepsSize { return wide.scrolling }
        return "<div class=\"pic-wide\">\n" + (wide.keepsSize ? wide.scrolling : wide.inline) + "</div>\n<div class=\"pic-narrow\">\n"
            + (narrow.keepsSize ? narrow.scrolling : narrow.inline) + "</div>\n"
    }

    private func sized(_ width: Double, suffix: String) -> PictureFrame {
        PictureFrame(id: id + "-" + suffix, title: title, description: description, language: language, width: width)
    }
}

extension Picture {
    /// The `svg` element in a box that scrolls sideways and can be reached by keyboard.
    package var scrolling: String {
        "<div class=\"pic-scroll\" tabindex=\"0\" role=\"group\" aria-label=\"\(SVG.note(title))\">\n" + inline + "</div>\n"
    }

    /// A picture that says there is nothing to show.
    static func empty(_ frame: PictureFrame) -> Picture {
        var svg = SVG()
        svg.line(0, 59.5, frame.width, 59.5, .grid)
        svg.text(PictureWords(frame.language).noData, frame.width / 2, 34, .middle, ink: .muted)
        return Picture(frame, height: 60, svg)
    }
}
