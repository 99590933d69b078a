import Instants

/// Compares one fact's values, which may be of several types, with what a filter says.
struct FilterComparer {
    private let fact: FilterFact
    private let sources: [FilterSource]

    init(_ fact: FilterFact, _ found: FilterNames.Found) {
        self.fact = fact
        sources = found.sources
    }

    /// Whether the comparison holds at an index of the fact's level; never where the value is missing, unless that is asked.
    func test(_ condition: FilterCondition) throws(FilterError) -> (Int) -> Bool {
        switch condition {
        case .compare(_, let comparison, let value): return try compare(comparison, value)
        case .isOne(_, let values):
            if case .text = values[0] { return try isOne(values) }
            let tests = try values.map { value throws(FilterError) in try compare(.equal, value) }
            return { index in tests.contains { $0(index) } }
        case .matches(_, let pattern): return try matches(pattern)
        case .isMissing:
            let tests = sources.map(Self.isMissing)
            return { index in tests.allSatisfy { $0(index) } }
        default: preconditionFailure("not about a fact")
        }
    }

    private static func isMissing(_ source: FilterSource) -> (Int) -> Bool {
        switch source {
        case .text(let id, _): { id($0) == Vocabulary.missing }
        case .integer(let word), .duration(let word, _), .instant(let word), .boolean(let word): { word($0) == nil }
        case .decimal(let number): { number($0) == nil }
        }
    }

    // MARK: - Values

    private func compare(_ comparison: FilterComparison, _ value: FilterValue) throws(FilterError) -> (Int) -> Bool {
        var tests: [(Int) -> Bool] = []
        for source in sources {
            switch (source, value) {
            case (.text(let id, let vocabulary), .text(let text)): tests.append(Self.compare(id, vocabulary, comparison, text))
            case (.integer(let word), .integer(let number)): tests.append(Self.compare(word, comparison, number))
            case (.integer(let word), .decimal(let number)): tests.append(Self.compareExactly(word, comparison, number))
            case (.duration(let word, _), .duration(let length)): tests.append(Self.compare(word, comparison, length))
            case (.duration(_, let working), .working(let length)):
                guard let working else { throw FilterError(.workingTime(length.text), fact.place) }
                tests.append(
                    Self.compare(
                        { index in working(index).map { $0.length - length.microseconds(workingDay: $0.workingDay) } }, comparison, 0))
            case (.instant(let word), .instant(let instant, _)): tests.append(Self.compare(word, comparison, instant.microseconds))
            case (.boolean(let word), .boolean(let value)):
                if comparison != .equal && comparison != .unequal {
                    throw FilterError(.unsuitableOperator(comparison.rawValue, name: fact.text, holds: source.kind), fact.place)
                }
                tests.append(Self.compare(word, comparison, value ? 1 : 0))
            case (.decimal(let number), .integer(let value)): tests.append(Self.compareDecimals(number, comparison, Double(value)))
            case (.decimal(let number), .decimal(let value)): tests.append(Self.compareDecimals(number, comparison, value))
            default: continue
            }
        }
        return try any(tests, given: value.kind)
    }

    /// One of the sources that can be compared at all; there must be one.
    private func any(_ tests: [(Int) -> Bool], given: String) throws(FilterError) -> (Int) -> Bool {
        if tests.isEmpty { throw FilterError(.mismatch(name: fact.text, holds: sources[0].kind, given: given), fact.place) }
        return tests.count == 1 ? tests[0] : { index in tests.contains { $0(index) } }
    }

    private static func compare(_ word: @escaping (Int) -> Int64?, _ comparison: FilterComparison, _ value: Int64) -> (Int) -> Bool {
        switch comparison {
        case .equal: { word($0) == value }
        case .unequal: { word($0).map { $0 != value } ?? false }
        case .less: { word($0).map { $0 < value } ?? false }
        case .lessOrEqual: { word($0).map { $0 <= value } ?? false }
        case .greater: { word($0).map { $0 > value } ?? false }
        case .greaterOrEqual: { word($0).map { $0 >= value } ?? false }
        }
    }

    /// Whole numbers against a fraction, without rounding them to doubles.
    private static func compareExactly(_ word: @escaping (Int) -> Int64?, _ comparison: FilterComparison, _ value: Double) -> (Int) -> Bool
    {
        if let whole = Int64(exactly: value) { return compare(word, comparison, whole) }
        switch comparison {
        case .equal: return { _ in false }
        case .unequal: return { word($0) != nil }
        case .less, .lessOrEqual:
            if value >= 0x1p63 { return { word($0) != nil } }
            return value < -0x1p63 ? { _ in false } : compare(word, .lessOrEqual, Int64(value.rounded(.down)))
        case .greater, .greaterOrEqual:
            if value < -0x1p63 { return { word($0) != nil } }
            return value >= 0x1p63 ? { _ in false } : compare(word, .greaterOrEqual, Int64(value.rounded(.up)))
        }
    }

    private static func compareDecimals(_ number: @escaping (Int) -> Double?, _ comparison: FilterComparison, _ value: Double) -> (Int) ->
        Bool
    {
        switch comparison {
        case .equal: { number($0) == value }
        case .unequal: { number($0).map { $0 != value } ?? false }
        case .less: { number($0).map { $0 < value } ?? false }
        case .lessOrEqual: { number($0).map { $0 <= value } ?? false }
        case .greater: { number($0).map { $0 > value } ?? false }
        case .greaterOrEqual: { number($0).map { $0 >= value } ?? false }
        }
    }

    // MARK: - Texts

    /// Texts compare by their UTF-8 bytes.
    private static func compare(
        _ id: @escaping (Int) -> UInt32, _ vocabulary: Vocabulary, _ comparison: FilterComparison, _ text: String
    ) -> (Int) -> Bool {
        let missing = Vocabulary.missing
        switch comparison {
        case .equal:
            guard let wanted = vocabulary.find(text) else { return { _ in false } }
            return { id($0) == wanted }
        case .unequal:
            let unwanted = vocabulary.find(text) ?? missing
            return { id($0) != missing && id($0) != unwanted }
        case .less, .lessOrEqual, .greater, .greaterOrEqual:
            let bytes = Array(text.utf8)
            return mask(id, vocabulary) { entry in
                vocabulary.withBytes(of: entry) { own in
                    switch comparison {
                    case .less: own.lexicographicallyPrecedes(bytes)
                    case .lessOrEqual: !bytes.lexicographicallyPrecedes(own)
                    case .greater: bytes.lexicographicallyPrecedes(own)
                    default: !own.lexicographicallyPrecedes(bytes)
                    }
                }
            }
        }
    }

    /// A test that is made once per different text.
    private static func mask(_ id: @escaping (Int) -> UInt32, _ vocabulary: Vocabulary, _ holds: (UInt32) -> Bool) -> (Int) -> Bool {
        let mask = vocabulary.ids.map(holds)
        return { index in
            let own = id(index)
            return own != Vocabulary.missing && mask[Int(own)]
        }
    }

    private func isOne(_ values: [FilterValue]) throws(FilterError) -> (Int) -> Bool {
        var tests: [(Int) -> Bool] = []
        for case .text(let id, let vocabulary) in sources {
            var wanted = Bitmap()
            for case .text(let text) in values {
                if let entry = vocabulary.find(text) { wanted.insert(Int(entry)) }
            }
            tests.append { [wanted] index in id(index) != Vocabulary.missing && wanted[Int(id(index))] }
        }
        return try any(tests, given: values[0].kind)
    }

    private func matches(_ pattern: String) throws(FilterError) -> (Int) -> Bool {
        guard let expression = try? Regex(pattern) else { throw FilterError(.badExpression(pattern), fact.place) }
        var tests: [(Int) -> Bool] = []
        for case .text(let id, let vocabulary) in sources {
            tests.append(Self.mask(id, vocabulary) { vocabulary[$0].firstMatch(of: expression) != nil })
        }
        if tests.isEmpty {
            throw FilterError(.unsuitableOperator("matches", name: fact.text, holds: sources[0].kind), fact.place)
        }
        return try any(tests, given: "text")
    }
}
