import ByteParsing

extension InputProblem {
    /// What is wrong and what to do, in English.
    package var words: (problem: String, advice: String) {
        switch self {
        case .noSuchFile: ("there is no such file", "check the name and the folder")
        case .isFolder: ("this is a folder", "name one file in it")
        case .notPermitted: ("the file may not be read", "ask for permission to read it, or copy it")
        case .unreadable(let reason): ("the file cannot be read: \(reason)", "check the disk or the connection and try again")
        case .emptyFile: ("the file is empty", "export the log again")
        case .noEvents(0): ("the log has no events", "export the log again, with its events")
        case .noEvents(let cases):
            ("the log has no events (\(cases) empty \(cases == 1 ? "case" : "cases"))", "export the log again, with its events")
        case .notALog(let found): (found.words, found.advice)
        case .gzip(let error): (error.description, Self.gzipAdvice(error))
        case .encoding(let byte, let position, let encoding, let candidates):
            (
                "byte \(position + 1) (0x\(Self.hexadecimal(byte))) is not valid \(encoding)",
                "say what the file is written in, such as " + candidates.map { "--encoding \($0)" }.joined(separator: " or ")
            )
        case .doubtfulEncoding(let candidates):
            (
                "the text reads as \(candidates.joined(separator: " and as ")), and nothing in it tells which",
                "say what the file is written in: " + candidates.map { "--encoding \($0)" }.joined(separator: " or ")
            )
        case .unknownEncoding(let name):
            ("no encoding is called “\(name)”", "write utf-8, utf-16le, utf-16be, latin1, windows-1252 or gb18030")
        case .xml(let problem): (problem.words, "mend or export the file again; it is not well-formed XML")
        case .sparseColumns(let columns, let rows):
            ("\(columns) columns over \(rows) rows are nearly all empty", "leave out the columns that say nothing of the process")
        case .sheetOfNoWorkbook(let sheet): ("the file has no sheet “\(sheet)”, as it is no Excel workbook", "leave --sheet out")
        case .workbook(let problem): problem.words
        case .json(let problem): (Self.words(problem), Self.jsonAdvice(problem))
        case .attributeWithoutKey(let element): ("<\(element)> has no key", "mend or export the file again; every XES attribute has a key")
        case .unknownClassifier(let name, let known):
            (
                "no classifier and no event attribute is called “\(name)”",
                known.isEmpty
                    ? "the log declares no classifier; name event attributes, such as concept:name" : "choose one of \(Self.list(known))"
            )
        case .unclosedQuote: ("a quote opens a field here and is never closed", "close or double the quote")
        case .textAfterQuote: ("text follows a closing quote", "double every quote inside a quoted field")
        case .tooManyFields(let found, let expected):
            (
                "the row has \(found) fields, the header \(expected)",
                "put fields that hold the delimiter in quotes, or give the right one with --delimiter"
            )
        case .singleColumn(let delimiter):
            ("the header has a single column (delimiter “\(delimiter)”)", "give the delimiter with --delimiter, such as --delimiter ';'")
        case .noColumn(let role, let columns):
            ("no column holds the \(role.words); there are \(Self.list(columns))", "name it with --map (\(role.rawValue): COLUMN)")
        case .ambiguousColumn(let role, let columns):
            (
                "\(columns.count == 2 ? "two" : "\(columns.count)") columns could be the \(role.words): \(Self.list(columns))",
                "choose one with --map (\(role.rawValue): \(columns.last ?? "COLUMN"))"
            )
        case .unknownColumn(let name, let suggestion):
            ("there is no column “\(name)”", suggestion.map { "did you mean “\($0)”?" } ?? "name one of the header")
        case .ambiguousTimes(let column, let formats):
            (
                "the times of “\(column)” read as \(Self.list(formats)), and no value tells which",
                "choose one with --map (format: \(formats.first ?? "dd/MM/yyyy HH:mm"))"
            )
        case .unreadableTimes(let column, let unreadable, let total, let examples):
            (
                "\(unreadable) of \(total) times in “\(column)” cannot be read: "
                    + examples.map { "line \($0.line) “\($0.text)”" }.joined(separator: ", "),
                "mend them, or say how they are written with --map (format: dd.MM.yyyy HH:mm)"
            )
        case .badTimeFormat(let error): (error.description, "write it like dd.MM.yyyy HH:mm:ss, or unix, or unix_ms")
        case .unknownTimeZone(let name, let suggestion):
            (
                "“\(name)” is no known time zone",
                suggestion.map { "did you mean \($0)?" } ?? "write an IANA name such as Asia/Shanghai, or an offset such as +08:00"
            )
        case .returningCase(let name):
            (
                "the case “\(name)” comes back after another began, so the file cannot be read piece by piece",
                "sort it by case, or read it as a whole with --stream never where memory allows"
            )
        case .cannotStream(let obstacle):
            ("the log cannot be read piece by piece: \(obstacle.words)", "\(obstacle.advice), or read it as a whole with --stream never")
        case .mapSyntax(let words): ("this is no YAML map: \(words)", "write lines such as case: Order No")
        case .mapUnknownKey(let key, let suggestion): ("maps have no key “\(key)”", "did you mean \(suggestion)?")
        case .mapValue(let key):
            (
                "“\(key)” needs one text",
                key == "timestamp" || key == "start"
                    ? "write \(key): COLUMN, or \(key): [DATE COLUMN, TIME COLUMN]" : "write \(key): COLUMN"
            )
        }
    }

    private static func list(_ names: [String]) -> String {
        let shown = names.prefix(12).map { "“\($0)”" }.joined(separator: ", ")
        return names.count > 12 ? shown + " and \(names.count - 12) more" : shown
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return digits.count == 1 ? "0" + digits : digits
    }

    private static func gzipAdvice(_ error: GzipError) -> String {
        switch error.problem {
        case .bomb: "if you trust it, raise the limit, such as --unpack-limit 8GB"
        case .trailingBytes: "pack the log again, alone in its file"
        case .truncated, .corrupt: "download or copy the file again; it is incomplete or damaged"
        }
    }

    private static func words(_ problem: JSONError.Problem) -> String {
        switch problem {
        case .unexpected(let text): "“\(text)” may not stand here in JSON"
        case .unexpectedEnd: "the file ends in the middle of a JSON object"
        case .unclosedText: "a quote opens a text here and is not closed on its line"
        case .controlCharacter(let code): "the character U+00\(hexadecimal(code)) must be escaped in a JSON text"
        case .badEscape: "“\\” begins no escape of JSON here"
        case .leadingZero: "a JSON number does not begin with 0 and further digits"
        case .tooDeep: "values are nested more than \(JSONScanner.greatestDepth) deep"
        case .duplicateKey(let key): "the key “\(key)” stands twice in one object"
        case .tooManyKeys(let most): "there are more than \(most) different keys"
        case .notAnObject: "the line holds no JSON object"
        case .textAfterObject: "something follows the object on its line"
        case .lineBreak: "the object does not end on its line"
        }
    }

    private static func jsonAdvice(_ problem: JSONError.Problem) -> String {
        switch problem {
        case .lineBreak, .notAnObject, .textAfterObject: "write each event as one object on a line of its own, such as jq -c '.[]' does"
        case .unexpectedEnd, .unclosedText: "export or copy the file again, or mend the line"
        case .tooDeep: "write flatter objects"
        case .tooManyKeys: "put members whose keys are data into an object of their own"
        default: "mend the line, or write the file with a JSON library"
        }
    }
}

extension InputProblem.StreamObstacle {
    fileprivate var words: String {
        switch self {
        case .notAFile: "it is no file that can be read twice"
        case .format(let name): "\(name) is read as a whole only"
        case .encoding: "it is not in UTF-8"
        case .traces: "its traces are not plain <trace> elements"
        case .variantFilter: "the rank of a variant is known only at the end"
        case .calendarWithoutZone: "the calendar has no time zone"
        }
    }

    fileprivate var advice: String {
        switch self {
        case .notAFile: "save it as a file"
        case .format: "export it as XES or CSV"
        case .encoding: "convert it, such as iconv -t UTF-8 does"
        case .traces: "export it as plain XES or as CSV"
        case .variantFilter: "filter by has(…), starts(…) or directly(…) instead"
        case .calendarWithoutZone: "give it one, or name one with --timezone"
        }
    }
}

extension InputProblem.FoundContent {
    fileprivate var words: String {
        switch self {
        case .html: "this is a web page (HTML), not an event log"
        case .pdf: "this is a PDF document, not an event log"
        case .oldWorkbook: "this is an Excel workbook of before 2007 (.xls), or one that is locked with a password"
        case .binaryWorkbook: "this is a binary Excel workbook (.xlsb), which is not read"
        case .officeFile(let part): "this is an office document (\(part)), not an event log"
        case .zip(let files, let count):
            "this is a ZIP archive of \(count) \(count == 1 ? "file" : "files")"
                + (files.isEmpty ? "" : " (" + files.map { "“\($0)”" }.joined(separator: ", ") + (count > files.count ? ", …)" : ")"))
        case .sqlite: "this is a SQLite database, which is not read"
        case .json: "this is a JSON array; events are read from one object per line"
        case .ocelJSON: "this is an object-centric log (OCEL) in JSON, which is not read"
        case .ocelXML: "this is an object-centric log (OCEL), which is not read"
        case .parquet: "this is a Parquet file, which is not read"
        case .packed(let program): "this is packed with \(program)"
        case .xml(let root): "this is XML with the root <\(root)>, not an XES log"
        case .binary: "this is binary data, not text"
        }
    }

    fileprivate var advice: String {
        switch self {
        case .html: "download the file itself, not the page about it"
        case .oldWorkbook: "open it in a spreadsheet program and save it as .xlsx without a password"
        case .binaryWorkbook: "open it in a spreadsheet program and save it as .xlsx"
        case .officeFile: "save the table in it as .xlsx or CSV"
        case .zip, .packed: "unpack it and name the file inside; gzip is read as it is"
        case .json: "turn it into lines, such as jq -c '.[]' FILE"
        case .pdf, .sqlite, .ocelJSON, .ocelXML, .parquet, .xml, .binary: "export the log as XES or CSV"
        }
    }
}
