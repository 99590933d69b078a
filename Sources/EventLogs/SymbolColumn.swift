/// A column of interned texts: one number per row into a vocabulary, ``Vocabulary/missing`` where a row has none.
package struct SymbolColumn: Sendable {
    /// One number per row.
    package var ids: [UInt32]
    /// What the numbers stand for.
    package var vocabulary: Vocabulary

    /// A column of these numbers over this vocabulary.
    package init(ids: [UInt32] = [], vocabulary: Vocabulary = Vocabulary()) {
        self.ids = ids
        self.vocabulary = vocabulary
    }

    /// The text of a row, or `nil` where it has none.
    package func text(_ row: Int) -> String? {
        vocabulary.text(ids[row])
    }

    /// Sets the text of row `row`, which is at or beyond the end; rows left out are missing.
    mutating func set(_ row: Int, _ text: UnsafeRawBufferPointer) {
        pad(to: row)
        let id = vocabulary.intern(text)
        if row < ids.count { ids[row] = id } else { ids.append(id) }
    }

    /// Appends missing values until the column has `count` rows.
    mutating func pad(to count: Int) {
        while ids.count < count { ids.append(Vocabulary.missing) }
    }

    func gathered(by order: [UInt32]) -> SymbolColumn {
        ids.isEmpty ? self : SymbolColumn(ids: order.map { ids[Int($0)] }, vocabulary: vocabulary)
    }
}
