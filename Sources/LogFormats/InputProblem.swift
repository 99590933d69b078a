package import ByteParsing

/// What can be wrong with an input.
package enum InputProblem: Sendable, Equatable {
    /// There is no such file.
    case noSuchFile
    /// The path is a folder.
    case isFolder
    /// The file may not be read.
    case notPermitted
    /// The system could not read it, for this reason.
    case unreadable(reason: String)
    /// The file has no bytes.
    case emptyFile
    /// The file is a log without a single event: after a header, or with that many empty cases.
    case noEvents(emptyCases: Int)
    /// The file is something else.
    case notALog(FoundContent)
    /// gzip data that cannot be inflated.
    case gzip(GzipError)
    /// A byte that is not valid in the encoding, with the encodings it may be, the likeliest first.
    case encoding(byte: UInt8, position: Int, encoding: String, candidates: [String])
    /// Bytes that make a plausible text in several encodings.
    case doubtfulEncoding(candidates: [String])
    /// An encoding nobody knows.
    case unknownEncoding(String)
    /// A document that is not well-formed XML.
    case xml(XMLError.Problem)
    /// Columns so empty that they would take far more memory than what is in them.
    case sparseColumns(columns: Int, rows: Int)
    /// A sheet was asked for of a file that is no workbook.
    case sheetOfNoWorkbook(String)
    /// An Excel workbook that cannot be read.
    case workbook(WorkbookProblem)
    /// Text that is not one JSON object per line.
    case json(JSONError.Problem)
    /// An XES attribute element without `key`.
    case attributeWithoutKey(element: String)
    /// A classifier that the log does not declare and no event has the keys of.
    case unknownClassifier(String, known: [String])
    /// A quote that is never closed.
    case unclosedQuote
    /// Text between a closing quote and the next delimiter.
    case textAfterQuote
    /// A row with more fields than the header.
    case tooManyFields(found: Int, expected: Int)
    /// A header with a single column under this delimiter.
    case singleColumn(delimiter: String)
    /// No column for this role.
    case noColumn(role: ColumnRole, columns: [String])
    /// Columns that could all play this role.
    case ambiguousColumn(role: ColumnRole, columns: [String])
    /// A column that was asked for and is not there.
    case unknownColumn(String, suggestion: String?)
    /// Patterns that read a time column equally well and disagree.
    case ambiguousTimes(column: String, formats: [String])
    /// More than a tenth of a time column cannot be read.
    case unreadableTimes(column: String, unreadable: Int, total: Int, examples: [Example])
    /// A `format:` that is no pattern.
    case badTimeFormat(TimePatternError)
    /// A zone nobody knows.
    case unknownTimeZone(String, suggestion: String?)
    /// A case that comes back after another began, in a file that is read piece by piece.
    case returningCase(String)
    /// A file that cannot be read piece by piece.
    case cannotStream(StreamObstacle)
    /// A map file that is not YAML.
    case mapSyntax(String)
    /// A key that map files do not have.
    case mapUnknownKey(String, suggestion: String)
    /// A value of the wrong kind.
    case mapValue(key: String)

    /// A value and the line it stands on.
    package struct Example: Sendable, Equatable {
        /// The line, from 1.
        package var line: Int
        /// The text, which comes from the file.
        package var text: String

        /// An example with these parts.
        package init(line: Int, text: String) {
            self.line = line
            self.text = text
        }
    }

    /// Why a file cannot be read piece by piece.
    package enum StreamObstacle: Sendable, Equatable {
        /// It is a pipe or a device, which gives its bytes only once.
        case notAFile
        /// It is in this format, or packed.
        case format(String)
        /// It is not in UTF-8.
        case encoding
        /// Its traces are not `<trace>` elements without prefix and attributes.
        case traces
        /// A filter names the rank of a variant.
        case variantFilter
        /// A calendar without a time zone, where none is named otherwise.
        case calendarWithoutZone
    }

    /// Things that are no event log of a format that is read here.
    package enum FoundContent: Sendable, Equatable {
        /// A web page.
        case html
        /// A PDF document.
        case pdf
        /// An Excel workbook in the format of before 2007, or one that is locked with a password.
        case oldWorkbook
        /// An Excel workbook in the binary format.
        case binaryWorkbook
        /// A document of another office program, such as `word/document.xml`.
        case officeFile(part: String)
        /// Another ZIP archive, with the names of the first files in it.
        case zip(files: [String], count: Int)
        /// A SQLite database.
        case sqlite
        /// JSON that is not one object per line.
        case json
        /// OCEL in JSON.
        case ocelJSON
        /// OCEL 2.0 in XML.
        case ocelXML
        /// Apache Parquet.
        case parquet
        /// A file packed by this program.
        case packed(String)
        /// XML with this root element.
        case xml(root: String)
        /// Bytes that are no text.
        case binary
    }

    /// The stable name of the problem.
    package var id: String {
        switch self {
        case .noSuchFile: "no-such-file"
        case .isFolder: "is-folder"
        case .notPermitted: "not-permitted"
        case .unreadable: "unreadable"
        case .emptyFile: "empty-file"
        case .noEvents: "no-events"
        case .notALog: "not-a-log"
        case .gzip: "gzip"
        case .encoding, .doubtfulEncoding: "encoding"
        case .unknownEncoding: "unknown-encoding"
        case .xml: "xml"
        case .sparseColumns: "sparse-columns"
        case .sheetOfNoWorkbook: "sheet-of-no-workbook"
        case .workbook: "workbook"
        case .json: "json"
        case .attributeWithoutKey: "attribute-without-key"
        case .unknownClassifier: "unknown-classifier"
        case .unclosedQuote: "unclosed-quote"
        case .textAfterQuote: "text-after-quote"
        case .tooManyFields: "too-many-fields"
        case .singleColumn: "single-column"
        case .noColumn: "no-column"
        case .ambiguousColumn: "ambiguous-column"
        case .unknownColumn: "unknown-column"
        case .ambiguousTimes: "ambiguous-times"
        case .unreadableTimes: "unreadable-times"
        case .badTimeFormat: "bad-time-format"
        case .unknownTimeZone: "unknown-time-zone"
        case .returningCase: "returning-case"
        case .cannotStream: "cannot-stream"
        case .mapSyntax: "map-syntax"
        case .mapUnknownKey: "map-unknown-key"
        case .mapValue: "map-value"
        }
    }

    /// The kind of failure.
    package var kind: InputError.Kind {
        switch self {
        case .noSuchFile: .noInput
        case .isFolder, .unknownEncoding, .unknownClassifier, .sheetOfNoWorkbook, .cannotStream, .workbook(.unknownSheet): .usage
        case .notPermitted, .unreadable: .io
        default: .badData
        }
    }
}
