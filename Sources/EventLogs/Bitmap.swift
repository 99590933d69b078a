/// A growing row of bits, 64 to a word, all clear at first.
package struct Bitmap: Sendable, Equatable {
    /// The bits, lowest first.
    package private(set) var words: [UInt64] = []

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

    /// A bitmap of these words, lowest bits first.
    package init(words: [UInt64]) {
        self.words = words
    }

    /// Sets bit `start + i` for every bit `i` that is set in another.
    mutating func insert(_ other: Bitmap, at start: Int) {
        let shift = UInt64(start & 63)
        var place = start >> 6
        for word in other.words {
            if word != 0 {
                while words.count <= place + 1 { words.append(0) }
                words[place] |= word << shift
                if shift > 0 { words[place + 1] |= word >> (64 - shift) }
            }
            place += 1
        }
    }

    /// How many bits are set.
    package var count: Int {
        words.reduce(0) { $0 + $1.nonzeroBitCount }
    }
}
