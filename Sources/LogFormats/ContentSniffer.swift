import ByteParsing

/// Tells what a file is from its first bytes.
enum ContentSniffer {
    enum TextKind {
        case nothing
        case xml
        case table
        case ndjson
        case foreign(InputProblem.FoundContent)

        /// Whether rows of a table follow, which say nothing of their encoding.
        var isTable: Bool {
            switch self {
            case .table, .ndjson: true
            case .nothing, .xml, .foreign: false
            }
        }
    }

    /// What the file is, if it is certainly no text.
    static func foreignContent(_ bytes: UnsafeRawBufferPointer, isEncodingGiven: Bool) -> InputProblem.FoundContent? {
        func begins(_ signature: [UInt8]) -> Bool { bytes.starts(with: signature) }
        if begins(Array("SQLite format 3\0".utf8)) { return .sqlite }
        if begins([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) { return .oldWorkbook }
        if begins(Array("%PDF-".utf8)) { return .pdf }
        if begins(Array("PAR1".utf8)) { return .parquet }
        if begins([0x1F, 0x8B]) { return .packed("gzip twice") }
        if begins(Array("BZh".utf8)) && bytes.count > 4 && bytes[4] == 0x31 { return .packed("bzip2") }
        if begins([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]) { return .packed("xz") }
        if begins([0x28, 0xB5, 0x2F, 0xFD]) { return .packed("zstd") }
        if begins([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]) { return .packed("7-Zip") }
        if isEncodingGiven || SourceText.wideEncoding(bytes) != nil || EncodingDetector.wide(bytes) != nil { return nil }
        return bytes.prefix(65_536).contains(0) ? .binary : nil
    }

    /// What kind of text it is.
    static func textKind(_ text: UnsafeRawBufferPointer) -> TextKind {
        var rest = text[...]
        if text.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
        rest = rest.drop { $0 <= 0x20 }
        guard let first = rest.first else { return .nothing }
        if first == UInt8(ascii: "{") { return isObjectCentric(rest.prefix(65_536)) ? .foreign(.ocelJSON) : .ndjson }
        if first == UInt8(ascii: "[") {
            let following = rest.dropFirst().drop { $0 <= 0x20 }.first
            if following == UInt8(ascii: "{") || following == UInt8(ascii: "[") || following == UInt8(ascii: "]") { return .foreign(.json) }
        }
        if first != UInt8(ascii: "<") { return .table }
        let head = String(decoding: rest.prefix(512), as: UTF8.self).lowercased()
        return head.hasPrefix("<!doctype html") || head.hasPrefix("<html") || head.contains("<html ") ? .foreign(.html) : .xml
    }

    /// The keys at the top of OCEL 1.0 and 2.0 in JSON.
    private static func isObjectCentric(_ head: Slice<UnsafeRawBufferPointer>) -> Bool {
        ["\"ocel:", "\"objectTypes\"", "\"eventTypes\""].contains { contains(head, $0) }
    }

    /// What an archive is that holds no workbook.
    static func foreignArchive(_ archive: ZipArchive) -> InputProblem.FoundContent {
        if archive.names.contains("xl/workbook.bin") { return .binaryWorkbook }
        if let part = archive.names.first(where: { $0.hasPrefix("word/") || $0.hasPrefix("ppt/") || $0 == "content.xml" }) {
            return .officeFile(part: part)
        }
        return .zip(files: Array(archive.names.prefix(3)), count: archive.names.count)
    }

    private static func contains(_ bytes: Slice<UnsafeRawBufferPointer>, _ word: String) -> Bool {
        let wanted = Array(word.utf8)
        var index = bytes.startIndex
        while index + wanted.count <= bytes.endIndex {
            if bytes[index..<(index + wanted.count)].elementsEqual(wanted) { return true }
            index += 1
        }
        return false
    }
}
