/// What is wrong with an Excel workbook, as facts.
package enum WorkbookProblem: Sendable, Equatable {
    /// The archive or a part of it is cut off, damaged or no XML; the words are the library's, in English.
    case damaged(part: String?, words: String)
    /// It is locked with a password.
    case encrypted
    /// A part swells so much that it is taken for a decompression bomb.
    case bomb(part: String, inflated: Int)
    /// A part that the workbook names is not in it.
    case missingPart(String)
    /// There is no worksheet in it.
    case noSheet
    /// A sheet that was asked for and is not there.
    case unknownSheet(String, known: [String])
    /// The sheet has no row with at least two names for columns.
    case noTable(sheet: String)

    /// What is wrong and what to do, in English.
    var words: (problem: String, advice: String) {
        switch self {
        case .damaged(let part, let words):
            (
                "the workbook is damaged\(part.map { " in \($0)" } ?? "")\(words.isEmpty ? "" : ": \(words)")",
                "open it in a spreadsheet program and save it again, or copy the file again"
            )
        case .encrypted: ("the workbook is locked with a password", "save it without one")
        case .bomb(let part, let inflated):
            (
                "\(part) in the workbook swells to more than \(inflated) bytes, far more than is packed",
                "if you trust it, raise the limit, such as --unpack-limit 8GB"
            )
        case .missingPart(let part):
            ("the workbook lacks its part \(part)", "open it in a spreadsheet program and save it again, or copy the file again")
        case .noSheet: ("the workbook has no sheet of cells", "save the events in a sheet of rows and columns")
        case .unknownSheet(let name, let known):
            (
                "the workbook has no sheet “\(name)”",
                "choose one of \(known.prefix(12).map { "“\($0)”" }.joined(separator: ", ")), or a number from 1 to \(known.count)"
            )
        case .noTable(let sheet):
            ("the sheet “\(sheet)” has no row of column names", "name another sheet with --sheet, or put the names into the first row")
        }
    }
}
