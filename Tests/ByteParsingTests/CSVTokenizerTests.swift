import ByteParsing
import Statistics
import Testing

struct CSVTokenizerTests {
    private func rows(_ text: String, delimiter: Character = ",") throws -> [[String]] {
        let bytes = Array(text.utf8)
        return try bytes.withUnsafeBytes { raw in
            var tokenizer = CSVTokenizer(raw, delimiter: delimiter.asciiValue ?? 0)
            let scratch = ByteScratch()
            var rows: [[String]] = []
            while try tokenizer.next() {
                rows.append(tokenizer.fields.map { String(decoding: tokenizer.text($0, scratch), as: UTF8.self) })
            }
            return rows
        }
    }

    @Test func readsWhatRFC4180Says() throws {
        #expect(try rows("a,b\r\nc,d\r\n") == [["a", "b"], ["c", "d"]])
        #expect(try rows("a,b\rc,d") == [["a", "b"], ["c", "d"]])
        #expect(try rows("\u{FEFF}a,b\n,\n") == [["a", "b"], ["", ""]])
        #expect(try rows("\"a,\"\"x\"\"\",\"line\r\nbreak\"\n") == [["a,\"x\"", "line\r\nbreak"]])
        #expect(try rows("5\" pipe,a\"b\n") == [["5\" pipe", "a\"b"]])
        #expect(try rows("") == [])
        #expect(try rows("\n\n\r\n") == [])
        #expect(try rows("a\n\nb") == [["a"], ["b"]])
        #expect(try rows("\"\",\"\"\"\"") == [["", "\""]])
    }

    /// Random tables, written by the rules in every way they allow, read back equal, whatever the delimiter and the line ends.
    @Test func everyTableReadsBack() throws {
        var stream = RandomStream(seed: 21, path: 1)
        let pieces = ["a", "b c", "\"", "\"\"", ",", ";", "\t", "|", "\n", "\r\n", "\r", "漢字", "é", " ", "<script>", "=1+1", ""]
        for round in 0..<600 {
            let delimiter: Character = [",", ";", "\t", "|"][stream.index(below: 4)]
            let lineEnd = ["\n", "\r\n", "\r"][stream.index(below: 3)]
            let width = 2 + stream.index(below: 5)
            var table: [[String]] = []
            var text = round % 3 == 0 ? "\u{FEFF}" : ""
            let height = 1 + stream.index(below: 8)
            for line in 0..<height {
                let row = (0..<width).map { _ in
                    (0..<stream.index(below: 5)).map { _ in pieces[stream.index(below: pieces.count)] }.joined()
                }
                table.append(row)
                text += row.map { field in
                    let mustQuote = field.contains { $0 == delimiter || $0.isNewline } || field.hasPrefix("\"")
                    guard mustQuote || stream.index(below: 3) == 0 else { return field }
                    return "\"" + field.replacing("\"", with: "\"\"") + "\""
                }.joined(separator: String(delimiter))
                if line < height - 1 || stream.index(below: 2) == 0 { text += lineEnd }
            }
            #expect(try rows(text, delimiter: delimiter) == table, "\(text.debugDescription)")
        }
    }

    @Test func placesAreKnown() throws {
        let bytes = Array("h1,h2\n\n\"a\nb\",x\n漢字,\"y\"z\n".utf8)
        try bytes.withUnsafeBytes { raw in
            var tokenizer = CSVTokenizer(raw, delimiter: UInt8(ascii: ","))
            #expect(try tokenizer.next())
            #expect(tokenizer.line == 1)
            #expect(try tokenizer.next())
            #expect(tokenizer.line == 3)
            #expect(tokenizer.blankLines == 1 && tokenizer.firstBlankLines == [2])
            do {
                _ = try tokenizer.next()
                Issue.record("an error is expected")
            } catch let error as CSVError {
                #expect(error.problem == .textAfterQuote && error.line == 5)
                let place = tokenizer.place(error.position)
                #expect(place.line == 5 && place.column == 7)
            }
        }
    }

    @Test func anOpenQuoteIsRefusedWhereItOpens() {
        let error = #expect(throws: CSVError.self) { try rows("a,b\nc,\"d\ne,f\ng") }
        #expect(error?.position == 6 && error?.line == 2 && error?.problem == .unclosedQuote)
    }

    @Test(
        arguments: [
            ("a,b\n1,2\n", ","), ("a;b\n1,5;2,5\n3,5;4,5\n", ";"), ("a\tb\tc\nx, y\tz\t1\n", "\t"), ("a|b\n1|2\n", "|"),
            ("\"a;b\",c\n\"x;y\",z\n", ","), ("name\nx\n", ","), ("a,b;c\n1;2\n", ";"),
            ("case id;activity;note\n1;A;x,y,z,w\n2;B;,,,\n", ";"),
        ] as [(String, Character)])
    func delimitersAreDetected(_ text: String, _ delimiter: Character) {
        let bytes = Array(text.utf8)
        #expect(bytes.withUnsafeBytes { CSVTokenizer.detectDelimiter($0) } == delimiter.asciiValue)
    }

    /// Whatever bytes come, the tokenizer ends with rows or an error, and every field lies within the text.
    @Test func noBytesBringItDown() {
        var stream = RandomStream(seed: 22, path: 1)
        let alphabet = Array("\"\",,\n\r;ab ".utf8)
        for _ in 0..<3_000 {
            let bytes = (0..<stream.index(below: 60)).map { _ in alphabet[stream.index(below: alphabet.count)] }
            bytes.withUnsafeBytes { raw in
                var tokenizer = CSVTokenizer(raw, delimiter: UInt8(ascii: ","))
                while (try? tokenizer.next()) == true {
                    #expect(tokenizer.fields.allSatisfy { $0.start <= $0.end && $0.end <= raw.count })
                }
                _ = CSVTokenizer.detectDelimiter(raw)
            }
        }
    }
}
