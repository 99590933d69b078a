/// A report as files: the same document as HTML or as Markdown.
///
/// ```swift
/// let report = Report(input, pictures: .drawn(…))
/// try report.html.write(to: …)
/// ```
package struct Report: Sendable {
    /// What the report says.
    package let document: ReportDocument

    /// The report on some logs.
    package init(_ input: ReportInput) {
        document = ReportBuilder(input, pictures: ReportPictures(input.options.language)).document
    }

    /// One self-contained HTML file: no script, nothing fetched.
    package var html: String { document.html }

    /// One Markdown file.
    package var markdown: String { document.markdown }
}
