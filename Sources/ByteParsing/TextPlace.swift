/// Lines and columns of a text, for errors: found by counting when asked, so that reading need not count.
package enum TextPlace {
    /// The line and the column, both from 1, of the byte at `position`; columns count characters.
    ///
    /// Lines end with LF, CR LF or CR.
    package static func lineAndColumn(of position: Int, in bytes: UnsafeRawBufferPointer) -> (line: Int, column: Int) {
        var line = 1
        var start = 0
        var index = 0
        let end = min(position, bytes.count)
        while index < end {
            let byte = bytes[index]
            index &+= 1
            if byte == 0x0A || (byte == 0x0D && !(index < bytes.count && bytes[index] == 0x0A)) {
                line &+= 1
                start = index
            }
        }
        var column = 1
        for place in start..<max(start, end) where bytes[place] & 0xC0 != 0x80 { column &+= 1 }
        return (line, column)
    }
}

/// Lines and columns of a text that is passed byte by byte.
package struct TextPlaceCounter {
    /// How many bytes were passed.
    package private(set) var position = 0
    private var line = 1
    private var column = 1
    private var isBehindReturn = false

    /// A counter before the first byte.
    package init() {}

    /// Passes a byte.
    package mutating func pass(_ byte: UInt8) {
        if isBehindReturn && byte != 0x0A { beginLine() }
        isBehindReturn = byte == 0x0D
        if byte == 0x0A {
            beginLine()
        } else if byte & 0xC0 != 0x80 {
            column &+= 1
        }
        position &+= 1
    }

    private mutating func beginLine() {
        line &+= 1
        column = 1
    }

    /// The line and the column, both from 1, of the byte that comes next; columns count characters.
    package var lineAndColumn: (line: Int, column: Int) {
        isBehindReturn ? (line + 1, 1) : (line, column)
    }
}
