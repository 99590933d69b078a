/// The style sheet that all pictures share: a page holds it once, a file of its own carries it inside.
package enum PictureStyle {
    /// The fonts of words in pictures: the reader's own, nothing is fetched.
    static let fonts =
        "system-ui,-apple-system,\"Segoe UI\",Roboto,\"Helvetica Neue\",Arial,\"Noto Sans\",\"Noto Sans SC\",\"Noto Sans CJK SC\","
        + "\"PingFang SC\",\"Microsoft YaHei\",sans-serif"

    /// The size of all words in pictures, in pixels.
    static let fontSize = 12.0

    /// The rules for pictures inside a page, their colours on light and dark screens and on paper, and which of the wide and
    /// narrow forms of a picture is shown.
    package static let css: String =
        inner + """

            .pic{display:block;height:auto}
            .pic-wide>.pic{width:100%;max-width:\(Int(PictureFrame.wide))px}
            .pic-narrow{display:none}
            .pic-narrow>.pic{width:100%;max-width:460px}
            .pic-scroll{overflow-x:auto;max-width:100%}
            .pic-scroll>.pic{max-width:none}
            @media screen and (max-width:\(Int(PictureFrame.wide) - 20)px){.pic-wide{display:none}.pic-narrow{display:block}}
            @media print{.pic-scroll{overflow:visible}.pic-scroll>.pic{max-width:100%}}
            """

    /// The rules of a picture that is a file of its own.
    static var file: String { inner }

    private static let inner: String =
        ".pic{font:\(Int(fontSize))px \(fonts);font-variant-numeric:tabular-nums}.pic text{white-space:pre}\n"
        + colours(\.light) + ".halo{paint-order:stroke;stroke-width:4px;stroke-linejoin:round}.strong{font-weight:600}\n"
        + "@media screen and (prefers-color-scheme:dark){\n" + colours(\.dark) + "}"

    private static func colours(_ side: KeyPath<Ink, String>) -> String {
        Ink.all.map { ink in
            let colour = ink[keyPath: side]
            return ".f-\(ink.name){fill:\(colour)}.s-\(ink.name){stroke:\(colour)}"
        }.joined(separator: "\n") + "\n.halo{stroke:\(Ink.paper[keyPath: side])}\n"
    }
}
