/// A square table of bits, each row in words of 64.
struct BitMatrix {
    /// How many rows and columns there are.
    let size: Int
    /// How many words make a row.
    let width: Int
    private(set) var words: [UInt64]

    /// A table of clear bits.
    init(size: Int) {
        self.size = size
        width = (size + 63) >> 6
        words = [UInt64](repeating: 0, count: size * width)
    }

    /// The bit of a row and a column.
    subscript(row: Int, column: Int) -> Bool {
        @inline(__always) get { words[row &* width &+ column >> 6] >> UInt64(column & 63) & 1 != 0 }
    }

    /// Sets the bit of a row and a column.
    @inline(__always)
    mutating func insert(_ row: Int, _ column: Int) {
        words[row &* width &+ column >> 6] |= 1 << UInt64(column & 63)
    }

    /// Adds whatever can be reached in several steps (Warshall, "A theorem on Boolean matrices", 1962, doi:10.1145/321105.321107).
    ///
    /// - Complexity: O(size³ / 64).
    mutating func close() {
        let (size, width) = (size, width)
        words.withUnsafeMutableBufferPointer { words in
            for middle in 0..<size {
                let word = middle >> 6
                let bit = UInt64(1) << UInt64(middle & 63)
                for row in 0..<size where row != middle && words[row &* width &+ word] & bit != 0 {
                    for place in 0..<width { words[row &* width &+ place] |= words[middle &* width &+ place] }
                }
            }
        }
    }
}
