/// A report as files: the same document as HTML, as Markdown or as a notebook.
///
/// ```swift
/// let report = Report(input)
/// try report.html.write(to: …)
/// ```
package struct Report: Sendable {
    /// What the report says.
    package let document: ReportDocument

    /// The report on some logs.
    ///
    /// - Parameter graphviz: lays out the process map; where it is missing the tables stand in for the picture.
    package init(_ input: ReportInput, graphviz: Graphviz = Graphviz()) {
        document = ReportBuilder(input, pictures: ReportPictures(input.options.language, graphviz: graphviz)).document
    }

    /// One self-contained HTML file: no script, nothing fetched.
    package var html: String { document.html }

    /// One Markdown file.
    package var markdown: String { document.markdown }

    /// One Jupyter notebook of Markdown cells with its pictures inside.
    package var notebook: String { document.notebook }
}
