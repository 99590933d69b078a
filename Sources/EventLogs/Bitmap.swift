/// A growing row of bits, 64 to a word, all clear at first.
package struct Bitmap: Sendable, Equatable {
    private var words: [UInt64] = []

    /// An empty bitmap.
    package init() {}

    /// Whether bit `index` is set; bits beyond the last one ever set are clear.
    package subscript(index: Int) -> Bool {
        let word = index >> 6
        return word < words.count && words[word] & (1 << UInt64(index & 63)) != 0
    }

    /// Sets bit `index`.
    package mutating func insert(_ index: Int) {
        let word = index >> 6
        while words.count <= word { words.append(0) }
        words[word] |= 1 << UInt64(index & 63)
    }

    /// How many bits are set.
    package var count: Int {
        words.reduce(0) { $0 + $1.nonzeroBitCount }
    }
}
