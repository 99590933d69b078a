import Statistics

/// Damaged copies of a file, for readers that may refuse them and may not crash.
package struct FileDamage {
    /// Pieces that readers of XML are known to trip over.
    private static let pieces: [[UInt8]] =
        [
            "<!--", "-->", "<![CDATA[", "]]>", "<!DOCTYPE a [", "&amp;", "&#0;", "&#x10FFFF;", "&c;", "'", "\"", "\n\n", "\u{FEFF}", "é",
            "\u{0}", "-1", "0", "9223372036854775808", "99999999", "1e9", "", "/>", "</text>", "id=\"n1\"", "source=\"n1\"",
            "target=\"n1\"",
            String(repeating: "<a>", count: 300), String(repeating: "9", count: 300),
        ].map { Array($0.utf8) } + [[0xFF, 0xFE], [0xC3], [0xED, 0xA0, 0x80]]

    /// A copy with up to five damages: bytes and bits changed, pieces cut, doubled, moved or put in, the end cut off.
    package static func damaged(_ file: [UInt8], seed: UInt64, run: Int) -> [UInt8] {
        var stream = RandomStream(seed: seed, path: 77, UInt64(run))
        var bytes = file
        for _ in 0...stream.index(below: 4) where !bytes.isEmpty {
            let place = stream.index(below: bytes.count)
            let length = min(bytes.count - place, 1 + stream.index(below: 60))
            switch stream.index(below: 8) {
            case 0: bytes[place] = UInt8(truncatingIfNeeded: stream.index(below: 256))
            case 1: bytes[place] ^= 1 << UInt8(stream.index(below: 8))
            case 2: bytes.removeSubrange(place..<place + length)
            case 3: bytes.insert(contentsOf: bytes[place..<place + length], at: stream.index(below: bytes.count))
            case 4: bytes.insert(contentsOf: pieces[stream.index(below: pieces.count)], at: place)
            case 5: bytes = Array(bytes[..<place])
            case 6: swapNames(&bytes, &stream)
            default:
                let from = stream.index(below: file.count)
                bytes.insert(contentsOf: file[from..<min(file.count, from + length)], at: place)
            }
        }
        return bytes
    }

    /// Puts one quoted text in the place of another: the file stays well-formed and says something else.
    private static func swapNames(_ bytes: inout [UInt8], _ stream: inout RandomStream) {
        let quotes = bytes.indices.filter { bytes[$0] == UInt8(ascii: "\"") }
        if quotes.count < 4 { return }
        let pair: (inout RandomStream) -> Range<Int> = { stream in
            let first = stream.index(below: quotes.count / 2) * 2
            return quotes[first] + 1..<quotes[first + 1]
        }
        let (from, to) = (pair(&stream), pair(&stream))
        bytes.replaceSubrange(to, with: Array(bytes[from]))
    }
}
