package import Instants

/// The type of an attribute's values, as XES (IEEE 1849-2023, section 5) names them.
package enum AttributeType: String, Sendable, Codable, CaseIterable {
    /// Text.
    case string
    /// A point in time.
    case date
    /// A 64-bit integer.
    case int
    /// A double-precision number.
    case float
    /// True or false.
    case boolean
    /// An identifier, kept as text.
    case id
}

/// Whether an attribute describes cases or events.
package enum AttributeLevel: String, Sendable, Codable {
    /// One value per case.
    case `case`
    /// One value per event.
    case event
}

/// One attribute of all cases or of all events: typed values in a column, each present or missing.
package struct AttributeColumn: Sendable {
    /// The attribute's key as the source wrote it.
    package let name: String
    /// The type of its values.
    package let type: AttributeType
    /// Texts, for the types `string` and `id`; empty otherwise.
    package private(set) var symbols = SymbolColumn()
    /// Values of the other types: integers, microseconds, 0 or 1, or the bit pattern of a double.
    package private(set) var words: [Int64] = []
    /// For `date`: how each value was written, as a number into the log's time forms.
    package private(set) var forms: [UInt16] = []
    /// Which rows have a value, for the types other than `string` and `id`.
    package private(set) var presence = Bitmap()

    /// An empty column.
    package init(name: String, type: AttributeType) {
        self.name = name
        self.type = type
    }

    /// A column of these values: texts for the types `string` and `id`, else words with the rows that have one, and for `date` their forms.
    package init(
        name: String, type: AttributeType, symbols: SymbolColumn = SymbolColumn(), words: [Int64] = [], forms: [UInt16] = [],
        presence: Bitmap = Bitmap()
    ) {
        self.name = name
        self.type = type
        self.symbols = symbols
        self.words = words
        self.forms = forms
        self.presence = presence
    }

    /// Whether values are texts.
    package var isText: Bool { type == .string || type == .id }

    /// How many rows the column reaches to; rows beyond are missing.
    package var count: Int { isText ? symbols.ids.count : words.count }

    /// Whether row `row` has a value.
    package func isPresent(_ row: Int) -> Bool {
        isText ? row < symbols.ids.count && symbols.ids[row] != Vocabulary.missing : presence[row]
    }

    /// The number of the text in row `row`, or ``Vocabulary/missing``; only for text columns.
    package func symbol(_ row: Int) -> UInt32 {
        row < symbols.ids.count ? symbols.ids[row] : Vocabulary.missing
    }

    /// The value of row `row` as a number: integers and doubles as they are, `nil` for missing values and other types.
    package func number(_ row: Int) -> Double? {
        guard presence[row] else { return nil }
        switch type {
        case .int: return Double(words[row])
        case .float: return Double(bitPattern: UInt64(bitPattern: words[row]))
        case .string, .id, .boolean, .date: return nil
        }
    }

    /// The instant in row `row`, or `nil`; only for `date` columns.
    package func instant(_ row: Int) -> Instant? {
        type == .date && presence[row] ? Instant(microseconds: words[row]) : nil
    }

    /// The truth value in row `row`, or `nil`; only for `boolean` columns.
    package func boolean(_ row: Int) -> Bool? {
        type == .boolean && presence[row] ? words[row] != 0 : nil
    }

    /// A number that is equal for equal values of two rows of this column, and `nil` for missing ones.
    package func identity(_ row: Int) -> Int64? {
        if isText {
            let id = symbol(row)
            return id == Vocabulary.missing ? nil : Int64(id)
        }
        return presence[row] ? words[row] : nil
    }

    /// The value of row `row` as text (times in ISO 8601 at their original offset), or `nil`.
    package func text(_ row: Int, forms table: [TimeForm]) -> String? {
        if isText { return symbols.vocabulary.text(symbol(row)) }
        guard presence[row] else { return nil }
        switch type {
        case .int: return String(words[row])
        case .float: return String(Double(bitPattern: UInt64(bitPattern: words[row])))
        case .boolean: return words[row] != 0 ? "true" : "false"
        case .date:
            let offset = row < forms.count && Int(forms[row]) < table.count ? table[Int(forms[row])].offset : 0
            return Instant(microseconds: words[row]).iso8601(offset: Int(offset))
        case .string, .id: return nil
        }
    }

    mutating func set(_ row: Int, text: UnsafeRawBufferPointer) {
        symbols.set(row, text)
    }

    mutating func set(_ row: Int, word: Int64, form: UInt16? = nil) {
        while words.count <= row { words.append(0) }
        words[row] = word
        presence.insert(row)
        if let form {
            while forms.count <= row { forms.append(0) }
            forms[row] = form
        }
    }

    /// Appends the rows of another column of the same name and type so that its first one becomes row `row`; `forms` says which number each of
    /// its time forms has here.
    mutating func append(_ other: AttributeColumn, from row: Int, forms map: [UInt16]) {
        if isText {
            symbols.append(other.symbols, from: row)
            return
        }
        if row == 0 && words.isEmpty && isIdentity(map) {
            self = other
            return
        }
        if words.count < row { words.append(contentsOf: repeatElement(0, count: row - words.count)) }
        words += other.words
        if !other.forms.isEmpty {
            if forms.count < row { forms.append(contentsOf: repeatElement(0, count: row - forms.count)) }
            for (place, form) in other.forms.enumerated() { forms.append(other.presence[place] ? map[Int(form)] : 0) }
        }
        presence.insert(other.presence, at: row)
    }

    /// Sets row `rows[i]` to what row `i` of another column has, where it has a value.
    mutating func scatter(_ other: AttributeColumn, to rows: [UInt32], forms map: [UInt16]) {
        if isText {
            symbols.scatter(other.symbols, to: rows)
            return
        }
        for place in other.words.indices where other.presence[place] {
            set(Int(rows[place]), word: other.words[place], form: place < other.forms.count ? map[Int(other.forms[place])] : nil)
        }
    }

    /// Whether no row has a value.
    var isEmpty: Bool { isText ? symbols.vocabulary.isEmpty : presence.count == 0 }

    /// The same column under another name.
    func renamed(_ name: String) -> AttributeColumn {
        AttributeColumn(name: name, type: type, symbols: symbols, words: words, forms: forms, presence: presence)
    }

    /// A column of whole numbers as one of decimals, or `nil` where one of them has more digits than a double holds.
    var widened: AttributeColumn? {
        var wide = words
        for row in words.indices where presence[row] {
            if words[row].magnitude > 1 << 53 { return nil }
            wide[row] = Int64(bitPattern: Double(words[row]).bitPattern)
        }
        return AttributeColumn(name: name, type: .float, words: wide, presence: presence)
    }

    func gathered(by order: [UInt32]) -> AttributeColumn {
        var result = AttributeColumn(name: name, type: type)
        if isText {
            let ids = symbols.ids
            let gathered = order.map { Int($0) < ids.count ? ids[Int($0)] : Vocabulary.missing }
            result.symbols = SymbolColumn(ids: gathered, vocabulary: symbols.vocabulary)
            return result
        }
        for (row, source) in order.enumerated() where presence[Int(source)] {
            result.set(row, word: words[Int(source)], form: Int(source) < forms.count ? forms[Int(source)] : nil)
        }
        return result
    }

    /// The column with one value per case where all events of a case have the same value or all have none, and some case of
    /// several events has one; else `nil`.
    func constantPerCase(offsets: [Int]) -> AttributeColumn? {
        spread(offsets: offsets) == .shared ? gathered(by: offsets.dropLast().map { UInt32($0) }) : nil
    }

    /// How the values of events lie over cases.
    enum Spread {
        /// Some case has several values, or a value in some of its events only.
        case varying
        /// Every case has one value or none, and some case of several events has one.
        case shared
        /// Every case has one value or none, and none of several events has one.
        case single
    }

    /// How the values lie over the cases that begin at these rows.
    func spread(offsets: [Int]) -> Spread {
        var isShared = false
        for index in 0..<(offsets.count - 1) {
            let first = identity(offsets[index])
            for row in (offsets[index] + 1)..<max(offsets[index] + 1, offsets[index + 1]) where identity(row) != first { return .varying }
            if first != nil && offsets[index + 1] - offsets[index] > 1 { isShared = true }
        }
        return isShared ? .shared : .single
    }
}
