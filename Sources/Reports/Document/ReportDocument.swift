/// A report as a value: what it says, in which order, with which pictures and tables; renderers give it a form.
package struct ReportDocument: Sendable {
    /// The language it is written in.
    package var language: Language
    /// What kind of document it is, above the title.
    package var kicker: String
    /// The title; may be text from a log or a file's name.
    package var title: String
    /// Period, numbers of cases: one line each.
    package var facts: [Prose]
    /// The one figure that matters most, where there is one.
    package var headline: Headline?
    /// A word on data quality where it touches the findings.
    package var caution: Prose?
    /// The findings, most telling first.
    package var findings: [Finding]
    /// The sections.
    package var sections: [Section]
    /// The last lines.
    package var footer: Prose

    /// A figure shown large, with what it rests on.
    package struct Headline: Sendable {
        /// What the figure is about.
        package var label: String
        /// The figure with its interval, such as `−38 %  [−44 %, −31 %]`.
        package var figure: String
        /// What the change means.
        package var tone: Table.Tone
        /// What it rests on.
        package var basis: Prose
    }

    /// One thing worth knowing first.
    package struct Finding: Sendable {
        /// One sentence with its number.
        package var sentence: Prose
        /// How sure, over how many.
        package var basis: Prose
        /// A small picture.
        package var picture: String?
        /// The section that shows the evidence.
        package var section: String
        /// Which cases: the filter that selects them, and the ten that lose most.
        package var cases: CaseList?
    }

    /// Cases to look at, and how to get them all.
    package struct CaseList: Sendable {
        /// The ten cases with the most of it, worst first.
        package var slowest: [String]
        /// The filter that selects all cases concerned.
        package var filter: String
    }

    /// A section.
    package struct Section: Sendable {
        /// Its name in links.
        package var id: String
        /// What it is about, in a word or two.
        package var topic: String
        /// What it found.
        package var heading: Prose
        /// What it holds.
        package var blocks: [Block]
    }

    /// A part of a section.
    package enum Block: Sendable {
        /// A paragraph.
        case paragraph(Prose)
        /// A heading within the section.
        case heading(Prose)
        /// A list of points.
        case points([Prose])
        /// A picture with its data.
        case figure(Figure)
        /// A table that stands open.
        case table(Table)
        /// A table behind its title.
        case folded(Table)
        /// Further blocks behind a title.
        case details(title: Prose, blocks: [Block])
        /// Which cases, and the filter.
        case cases(CaseList)
        /// Terms and what they mean.
        case definitions([(term: String, meaning: Prose)])
    }

    /// A picture.
    package struct Figure: Sendable {
        /// The picture as HTML that holds `svg` elements; its own title and description are inside.
        package var svg: String
        /// What is seen and how to read it.
        package var caption: Prose
        /// The data of the picture.
        package var data: [Table]
        /// Whether the picture is wider than the page and may use the whole window.
        package var isBroad: Bool
        /// A picture with its caption and data.
        package init(svg: String, caption: Prose, data: [Table], isBroad: Bool = false) {
            self.svg = svg
            self.caption = caption
            self.data = data
            self.isBroad = isBroad
        }
    }
}
