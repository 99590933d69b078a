/// Excel workbooks made by hand, so that nothing of what reads them has made them.
struct TinyWorkbook {
    /// Parts by their paths.
    var parts: [(name: String, text: String)]

    /// A workbook of these sheets, each the content of `<worksheet>`.
    init(
        sheets: [(name: String, state: String?, content: String)], texts: [String] = [], formats: [(id: Int, code: String)] = [],
        styles: [Int] = [0], is1904: Bool = false
    ) {
        let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        let package = "http://schemas.openxmlformats.org/package/2006/relationships"
        let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
        var list = ""
        var relations = ""
        parts = []
        for (place, sheet) in sheets.enumerated() {
            let state = sheet.state.map { " state=\"\($0)\"" } ?? ""
            list += "<sheet name=\"\(sheet.name)\" sheetId=\"\(place + 1)\"\(state) r:id=\"s\(place)\"/>"
            relations += "<Relationship Id=\"s\(place)\" Type=\"\(office)/worksheet\" Target=\"worksheets/sheet\(place + 1).xml\"/>"
            parts.append(("xl/worksheets/sheet\(place + 1).xml", head + "<worksheet xmlns=\"\(main)\">\(sheet.content)</worksheet>"))
        }
        relations += "<Relationship Id=\"t\" Type=\"\(office)/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/>"
        relations += "<Relationship Id=\"y\" Type=\"\(office)/styles\" Target=\"styles.xml\"/>"
        parts.append(("xl/sharedStrings.xml", head + "<sst xmlns=\"\(main)\">\(texts.map { "<si>\($0)</si>" }.joined())</sst>"))
        let codes = formats.map { "<numFmt numFmtId=\"\($0.id)\" formatCode=\"\($0.code)\"/>" }.joined()
        let cells = styles.map { "<xf numFmtId=\"\($0)\"/>" }.joined()
        parts.append(
            (
                "xl/styles.xml",
                head + "<styleSheet xmlns=\"\(main)\"><numFmts>\(codes)</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
                    + "<cellXfs>\(cells)</cellXfs></styleSheet>"
            ))
        parts.append(
            (
                "xl/workbook.xml",
                head + "<workbook xmlns=\"\(main)\" xmlns:r=\"\(office)\"><workbookPr date1904=\"\(is1904 ? 1 : 0)\"/>"
                    + "<sheets>\(list)</sheets></workbook>"
            ))
        parts.append(("xl/_rels/workbook.xml.rels", head + "<Relationships xmlns=\"\(package)\">\(relations)</Relationships>"))
        parts.append(
            (
                "_rels/.rels",
                head + "<Relationships xmlns=\"\(package)\"><Relationship Id=\"w\" Type=\"\(office)/officeDocument\""
                    + " Target=\"xl/workbook.xml\"/></Relationships>"
            ))
    }

    /// A workbook of one sheet.
    init(
        _ content: String, texts: [String] = [], formats: [(id: Int, code: String)] = [], styles: [Int] = [0], is1904: Bool = false
    ) {
        self.init(sheets: [("Log", nil, content)], texts: texts, formats: formats, styles: styles, is1904: is1904)
    }

    /// The bytes of the file.
    var bytes: [UInt8] { Self.zip(parts.map { ($0.name, Array($0.text.utf8)) }) }

    /// A ZIP archive of files that are stored as they are (PKWARE's APPNOTE, 4.3).
    static func zip(_ files: [(name: String, bytes: [UInt8])]) -> [UInt8] {
        var result: [UInt8] = []
        var directory: [UInt8] = []
        func number(_ value: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
        for (name, bytes) in files {
            let offset = result.count
            let common =
                number(20, 2) + number(0x800, 2) + number(0, 2) + number(0, 2) + number(0x21, 2) + number(Int(crc32(bytes)), 4)
                + number(bytes.count, 4) + number(bytes.count, 4) + number(name.utf8.count, 2) + number(0, 2)
            result += [0x50, 0x4B, 3, 4] + common + Array(name.utf8) + bytes
            directory +=
                [0x50, 0x4B, 1, 2] + number(20, 2) + common + number(0, 2) + number(0, 2) + number(0, 2) + number(0, 4)
                + number(offset, 4) + Array(name.utf8)
        }
        let start = result.count
        result += directory + [0x50, 0x4B, 5, 6] + number(0, 4) + number(files.count, 2) + number(files.count, 2)
        return result + number(directory.count, 4) + number(start, 4) + number(0, 2)
    }

    /// The check sum of ISO 3309, bit by bit.
    private static func crc32(_ bytes: [UInt8]) -> UInt32 {
        var state = UInt32.max
        for byte in bytes {
            state ^= UInt32(byte)
            for _ in 0..<8 { state = state & 1 == 1 ? state >> 1 ^ 0xEDB8_8320 : state >> 1 }
        }
        return ~state
    }
}
