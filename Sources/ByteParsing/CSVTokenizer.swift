/// One field of a row: a range of bytes, and whether they must be rewritten.
package struct CSVField: Sendable {
    /// Where its text begins, behind the opening quote if it has one.
    package var start: Int
    /// Where its text ends, before the closing quote if it has one.
    package var end: Int
    /// Whether it stands in quotes.
    package var isQuoted: Bool
    /// Whether doubled quotes occur in it.
    package var hasDoubledQuotes: Bool
}

/// Splits delimited text into rows and fields as RFC 4180 has it: fields in double quotes may hold delimiters, line breaks and
/// doubled quotes; lines end with LF, CR LF or CR; a byte-order mark is skipped.
///
/// A quote inside a field that does not begin with one is an ordinary character. Lines without any character are skipped and
/// counted.
package struct CSVTokenizer {
    /// The text, UTF-8.
    package let bytes: UnsafeRawBufferPointer
    /// What separates fields.
    package let delimiter: UInt8
    /// The fields of the current row.
    package private(set) var fields: [CSVField] = []
    /// The line on which the current row begins, from 1.
    package private(set) var line = 0
    /// How many lines without any character were skipped.
    package private(set) var blankLines = 0
    /// The first of those lines.
    package private(set) var firstBlankLines: [Int] = []
    /// Where the next row begins.
    package private(set) var position: Int
    private var nextLine = 1

    /// A tokenizer before the first row of `bytes`, which must stay in place for as long as it is used.
    package init(_ bytes: UnsafeRawBufferPointer, delimiter: UInt8) {
        self.bytes = bytes
        self.delimiter = delimiter
        position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        fields.reserveCapacity(32)
    }

    private static let quote = UInt8(ascii: "\"")

    /// Moves to the next row; `false` at the end.
    ///
    /// - Throws: ``CSVError`` for a quote that is never closed, and for characters behind a closing one.
    package mutating func next() throws(CSVError) -> Bool {
        let count = bytes.count
        var index = position
        while index < count && (bytes[index] == 0x0A || bytes[index] == 0x0D) {
            blankLines += 1
            if firstBlankLines.count < 5 { firstBlankLines.append(nextLine) }
            index = afterLineBreak(index)
            nextLine += 1
        }
        fields.removeAll(keepingCapacity: true)
        line = nextLine
        if index == count {
            position = count
            return false
        }
        while true {
            if index < count && bytes[index] == Self.quote {
                index = try quotedField(from: index)
            } else {
                let start = index
                while index < count {
                    let byte = bytes[index]
                    if byte == delimiter || byte == 0x0A || byte == 0x0D { break }
                    index &+= 1
                }
                fields.append(CSVField(start: start, end: index, isQuoted: false, hasDoubledQuotes: false))
            }
            if index == count { break }
            if bytes[index] == delimiter {
                index &+= 1
                continue
            }
            index = afterLineBreak(index)
            nextLine += 1
            break
        }
        position = index
        return true
    }

    private mutating func quotedField(from open: Int) throws(CSVError) -> Int {
        let count = bytes.count
        var index = open + 1
        var hasDoubledQuotes = false
        let firstLine = nextLine
        while true {
            if index >= count { throw CSVError(position: open, line: firstLine, problem: .unclosedQuote) }
            let byte = bytes[index]
            if byte == Self.quote {
                if index + 1 < count && bytes[index + 1] == Self.quote {
                    hasDoubledQuotes = true
                    index &+= 2
                    continue
                }
                break
            }
            if byte == 0x0A || (byte == 0x0D && !(index + 1 < count && bytes[index + 1] == 0x0A)) { nextLine += 1 }
            index &+= 1
        }
        fields.append(CSVField(start: open + 1, end: index, isQuoted: true, hasDoubledQuotes: hasDoubledQuotes))
        index += 1
        if index < count && bytes[index] != delimiter && bytes[index] != 0x0A && bytes[index] != 0x0D {
            throw CSVError(position: index, line: nextLine, problem: .textAfterQuote)
        }
        return index
    }

    private func afterLineBreak(_ index: Int) -> Int {
        bytes[index] == 0x0D && index + 1 < bytes.count && bytes[index + 1] == 0x0A ? index + 2 : index + 1
    }

    /// The text of a field; where quotes must be undoubled it is lent by `scratch` until that is used again.
    package func text(_ field: CSVField, _ scratch: ByteScratch) -> UnsafeRawBufferPointer {
        if !field.hasDoubledQuotes { return UnsafeRawBufferPointer(rebasing: bytes[field.start..<field.end]) }
        scratch.clear()
        var index = field.start
        while index < field.end {
            let byte = bytes[index]
            scratch.append(byte)
            index += byte == Self.quote ? 2 : 1
        }
        return scratch.bytes
    }

    /// The line and column of a place in the text, for errors.
    package func place(_ position: Int) -> (line: Int, column: Int) {
        TextPlace.lineAndColumn(of: position, in: bytes)
    }

    /// The delimiter that splits the header and the first rows best: the one with which most rows have as many fields as the
    /// header, then the one with most fields; `,` where none splits at all.
    ///
    /// - Parameter candidates: in order of preference.
    package static func detectDelimiter(
        _ bytes: UnsafeRawBufferPointer, candidates: [UInt8] = [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09, UInt8(ascii: "|")]
    ) -> UInt8 {
        let sample = UnsafeRawBufferPointer(rebasing: bytes.prefix(1 << 18))
        var best = (delimiter: UInt8(ascii: ","), share: 0.0, width: 1)
        for delimiter in candidates {
            var tokenizer = CSVTokenizer(sample, delimiter: delimiter)
            guard (try? tokenizer.next()) == true, tokenizer.fields.count > 1 else { continue }
            let width = tokenizer.fields.count
            var rows = 1
            var even = 1
            while rows < 50, (try? tokenizer.next()) == true {
                // The sample may cut the last row short.
                if tokenizer.position == sample.count && sample.count < bytes.count { break }
                rows += 1
                if tokenizer.fields.count == width { even += 1 }
            }
            let share = Double(even) / Double(rows)
            if share > best.share + 0.2 || (share > best.share - 0.2 && width > best.width) { best = (delimiter, share, width) }
        }
        return best.delimiter
    }
}

/// Why delimited text could not be split.
package struct CSVError: Error, Equatable {
    /// What is wrong.
    package enum Problem: Equatable, Sendable {
        /// A quote opens a field and none closes it.
        case unclosedQuote
        /// Something stands between a closing quote and the next delimiter.
        case textAfterQuote
    }

    /// The place in the text, from 0.
    package var position: Int
    /// The line, from 1.
    package var line: Int
    /// What is wrong.
    package var problem: Problem
}
