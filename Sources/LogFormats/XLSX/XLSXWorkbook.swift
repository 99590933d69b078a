import ByteParsing
import EventLogs

/// An Excel workbook (ECMA-376): its sheets, texts and formats.
final class XLSXWorkbook {
    /// A sheet of cells.
    struct Sheet {
        var name: String
        var isHidden: Bool
        /// The place of its part in the archive.
        var part: Int
    }

    /// The file's name for errors.
    let file: String
    /// The sheets of cells, in the order of the workbook.
    private(set) var sheets: [Sheet] = []
    /// Where serial dates begin.
    private(set) var epoch = ExcelTime.Epoch.year1900
    /// What each cell style makes of a number.
    private(set) var styles: [NumberFormatKind] = []
    /// The texts that cells share.
    let texts = SharedTexts()
    private let archive: ZipArchive
    private var hasTexts = false
    private var textsPart: Int?

    /// Texts one behind the other.
    final class SharedTexts {
        private let room = ByteScratch()
        private var ends: [Int] = []

        /// How many there are.
        var count: Int { ends.count }

        fileprivate func append(_ bytes: UnsafeRawBufferPointer) { room.append(bytes) }

        fileprivate func endText() { ends.append(room.bytes.count) }

        /// The text with that number; it stays in place once all are read.
        subscript(number: Int) -> UnsafeRawBufferPointer {
            UnsafeRawBufferPointer(rebasing: room.bytes[(number == 0 ? 0 : ends[number - 1])..<ends[number]])
        }
    }

    /// Whether an archive holds a workbook, by its parts.
    static func isWorkbook(_ archive: ZipArchive) -> Bool {
        archive.index(of: "xl/workbook.xml") != nil || (archive.index(of: "[Content_Types].xml") != nil && workbookPart(archive) != nil)
    }

    /// Opens a workbook; its texts are read when a sheet is.
    init(_ archive: ZipArchive, file: String) throws(InputError) {
        self.archive = archive
        self.file = file
        guard let part = Self.workbookPart(archive) else { throw InputError(file: file, .workbook(.missingPart("xl/workbook.xml"))) }
        let path = archive.names[part]
        let relations = try Self.relations(archive, of: path, file)
        try readWorkbook(part, relations)
        for relation in relations.values {
            if relation.kind == "styles", let part = archive.index(of: relation.target) { try readStyles(part) }
            if relation.kind == "sharedStrings" { textsPart = archive.index(of: relation.target) }
        }
    }

    // MARK: - Parts

    private struct Relation {
        /// The last word of its type, such as `worksheet`.
        var kind: String
        /// The path in the archive.
        var target: String
    }

    private static func workbookPart(_ archive: ZipArchive) -> Int? {
        if let relations = try? relations(archive, of: "", ""),
            let main = relations.sorted(by: { $0.key < $1.key }).first(where: { $0.value.kind == "officeDocument" })?.value,
            main.target.lowercased().hasSuffix(".xml"), main.target.lowercased().contains("workbook")
        {
            return archive.index(of: main.target)
        }
        return archive.index(of: "xl/workbook.xml")
    }

    /// What a part refers to, by identifier.
    private static func relations(_ archive: ZipArchive, of path: String, _ file: String) throws(InputError) -> [String: Relation] {
        var folder = path.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
        let own = folder.popLast() ?? ""
        let list = (folder + ["_rels", own + ".rels"]).joined(separator: "/")
        guard let part = archive.index(of: list) else { return [:] }
        var result: [String: Relation] = [:]
        try walk(archive, part, file) { xml in
            guard xml.is("Relationship"), let id = xml.attribute("Id"), let type = xml.attribute("Type"),
                let target = xml.attribute("Target"), xml.attribute("TargetMode") != "External"
            else { return }
            result[id] = Relation(
                kind: type.split(separator: "/").last.map(String.init) ?? "", target: resolved(target, in: folder))
        }
        return result
    }

    private static func resolved(_ target: String, in folder: [String]) -> String {
        var parts = target.hasPrefix("/") ? [] : folder
        for part in target.split(separator: "/") {
            if part == ".." { _ = parts.popLast() } else if part != "." { parts.append(String(part)) }
        }
        return parts.joined(separator: "/")
    }

    /// Calls `body` at the beginning of each element of a part.
    private static func walk(_ archive: ZipArchive, _ part: Int, _ file: String, _ body: (ZippedXML) -> Void) throws(InputError) {
        do {
            let xml = try ZippedXML(archive, part)
            while let node = try xml.next() {
                if node == .start { body(xml) }
            }
        } catch {
            throw inputError(error, file)
        }
    }

    /// The error of the workbook that an error of the archive or its XML amounts to.
    static func inputError(_ error: any Error, _ file: String) -> InputError {
        switch error {
        case let error as InputError: return error
        case let error as ZipError: return InputError(file: file, .workbook(problem(error)))
        case let error as ZippedXMLError:
            switch error.cause {
            case .archive(let zip): return InputError(file: file, .workbook(problem(zip)))
            case .malformed(let words):
                let place = error.line.map { ":\($0)" } ?? ""
                return InputError(file: file, .workbook(.damaged(part: error.name + place, words: words)))
            }
        default: return InputError(file: file, .workbook(.damaged(part: nil, words: "\(error)")))
        }
    }

    private static func problem(_ error: ZipError) -> WorkbookProblem {
        switch error.problem {
        case .damaged(let words): .damaged(part: error.name, words: words)
        case .encrypted: .encrypted
        case .bomb(let inflated): .bomb(part: error.name ?? "", inflated: inflated)
        case .missing: .missingPart(error.name ?? "")
        }
    }

    private func readWorkbook(_ part: Int, _ relations: [String: Relation]) throws(InputError) {
        var found: [(name: String, isHidden: Bool, target: String)] = []
        var epoch = ExcelTime.Epoch.year1900
        try Self.walk(archive, part, file) { xml in
            if xml.is("workbookPr"), let value = xml.attribute("date1904"), value == "1" || value == "true" { epoch = .year1904 }
            guard xml.is("sheet"), let name = xml.attribute("name"), let id = xml.attribute("id"), let relation = relations[id],
                relation.kind == "worksheet"
            else { return }
            found.append((name, (xml.attribute("state") ?? "visible") != "visible", relation.target))
        }
        self.epoch = epoch
        for sheet in found {
            guard let part = archive.index(of: sheet.target) else { throw InputError(file: file, .workbook(.missingPart(sheet.target))) }
            sheets.append(Sheet(name: sheet.name, isHidden: sheet.isHidden, part: part))
        }
        if sheets.isEmpty { throw InputError(file: file, .workbook(.noSheet)) }
    }

    private func readStyles(_ part: Int) throws(InputError) {
        var codes: [Int: NumberFormatKind] = [:]
        var styles: [NumberFormatKind] = []
        var isInside = false
        do {
            let xml = try ZippedXML(archive, part)
            while let node = try xml.next() {
                if node == .end && xml.is("cellXfs") { isInside = false }
                if node != .start { continue }
                if xml.is("cellXfs") {
                    isInside = !xml.isEmpty
                } else if xml.is("numFmt"), let id = xml.attribute("numFmtId").flatMap({ Int($0) }), let code = xml.attribute("formatCode")
                {
                    codes[id] = NumberFormatKind(code: code)
                } else if isInside && xml.is("xf") {
                    let id = xml.attribute("numFmtId").flatMap { Int($0) } ?? 0
                    styles.append(codes[id] ?? NumberFormatKind(builtIn: id))
                }
            }
        } catch {
            throw Self.inputError(error, file)
        }
        self.styles = styles
    }

    /// Reads the texts that cells share, once.
    private func readTexts() throws(InputError) {
        if hasTexts { return }
        hasTexts = true
        guard let textsPart else { return }
        do {
            let xml = try ZippedXML(archive, textsPart)
            var text = CellText()
            while let node = try xml.next() {
                if node == .start && xml.is("si") {
                    text.begin()
                    if xml.isEmpty { texts.endText() }
                } else if node == .end && xml.is("si") {
                    texts.append(text.finished)
                    texts.endText()
                } else {
                    text.take(node, xml)
                }
            }
        } catch {
            throw Self.inputError(error, file)
        }
    }

    // MARK: - Sheets

    /// The sheet that was asked for by name or number, else the first that is shown.
    func sheet(_ wanted: String?) throws(InputError) -> Sheet {
        guard let wanted else { return sheets.first { !$0.isHidden } ?? sheets[0] }
        if let exact = sheets.first(where: { $0.name == wanted }) { return exact }
        let similar = sheets.filter { $0.name.lowercased() == wanted.lowercased() }
        if similar.count == 1 { return similar[0] }
        if let number = Int(wanted), sheets.indices.contains(number - 1) { return sheets[number - 1] }
        throw InputError(file: file, .workbook(.unknownSheet(wanted, known: sheets.map(\.name))))
    }

    /// The XML of a sheet, from its beginning.
    func open(_ sheet: Sheet) throws(InputError) -> ZippedXML {
        try readTexts()
        do {
            return try ZippedXML(archive, sheet.part)
        } catch {
            throw Self.inputError(error, file)
        }
    }
}

/// Puts together the text of a cell or of a shared text from its runs; what stands there for pronunciation is left out.
struct CellText {
    private let room = ByteScratch()
    private var isText = false
    private var silentDepth: Int?

    /// Forgets the text.
    mutating func begin() {
        room.clear()
        isText = false
        silentDepth = nil
    }

    /// Takes a node inside the text's element.
    mutating func take(_ node: ZippedXML.Node, _ xml: ZippedXML) {
        switch node {
        case .start:
            if xml.is("t") { isText = !xml.isEmpty && silentDepth == nil }
            if xml.is("rPh") && !xml.isEmpty { silentDepth = xml.depth }
        case .end:
            if xml.is("t") { isText = false }
            if let silentDepth, xml.depth == silentDepth { self.silentDepth = nil }
        case .text: if isText { room.append(xml.text) }
        }
    }

    /// The text, until the next begins; `_x000D_` and its like are the characters they stand for.
    var finished: UnsafeRawBufferPointer {
        let bytes = room.bytes
        guard let mark = Self.escape(in: bytes, from: 0) else { return bytes }
        var result = Array(bytes[..<mark])
        var index = mark
        while index < bytes.count {
            if let code = Self.code(bytes, at: index), let scalar = Unicode.Scalar(code) {
                result.append(contentsOf: Array(UTF8.encode(scalar)!))
                index += 7
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        room.clear()
        result.withUnsafeBytes { room.append($0) }
        return room.bytes
    }

    private static func escape(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        var index = start
        while index + 7 <= bytes.count {
            if bytes[index] == UInt8(ascii: "_") && code(bytes, at: index) != nil { return index }
            index += 1
        }
        return nil
    }

    /// The code of `_xHHHH_` at a place.
    private static func code(_ bytes: UnsafeRawBufferPointer, at index: Int) -> UInt32? {
        guard index + 7 <= bytes.count, bytes[index] == UInt8(ascii: "_"), bytes[index + 1] == UInt8(ascii: "x"),
            bytes[index + 6] == UInt8(ascii: "_")
        else { return nil }
        return UInt32(String(decoding: bytes[(index + 2)..<(index + 6)], as: UTF8.self), radix: 16)
    }
}
