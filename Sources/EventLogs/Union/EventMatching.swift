import Instants

/// Which events of a later extract are known already.
struct EventMatching {
    /// Known events and their equals in the later extract, by the known ones.
    private(set) var matches: [(known: UInt32, later: UInt32)] = []
    /// The events of the later extract that are new, in their order.
    private(set) var added: [UInt32] = []

    /// Matches events of one case one to one, in recorded order among equals.
    init(_ pair: AlikeColumns) {
        let identity = EventIdentity(pair)
        let known = pair.known
        let later = pair.later
        for index in 0..<(later.caseOffsets.count - 1) {
            let events = later.caseOffsets[index]..<later.caseOffsets[index + 1]
            guard let own = known.caseNames.find(later.caseNames[UInt32(index)]) else {
                added += events.map { UInt32($0) }
                continue
            }
            let candidates = (known.caseOffsets[Int(own)]..<known.caseOffsets[Int(own) + 1]).sorted {
                (identity.known[$0], $0) < (identity.known[$1], $1)
            }
            let sorted = events.sorted { (identity.later[$0], $0) < (identity.later[$1], $1) }
            var next = 0
            var fresh: [UInt32] = []
            for event in sorted {
                while next < candidates.count && identity.known[candidates[next]] < identity.later[event] { next += 1 }
                if next < candidates.count && identity.areEqual(candidates[next], event) {
                    matches.append((UInt32(candidates[next]), UInt32(event)))
                    next += 1
                } else {
                    fresh.append(UInt32(event))
                }
            }
            added += fresh.sorted()
        }
        matches.sort { $0.known < $1.known }
    }
}

/// What makes events of two logs equal, as one number each: equal events have equal numbers.
private struct EventIdentity {
    let known: [UInt64]
    let later: [UInt64]
    /// The columns of both that count, in numbers that mean the same in both.
    private let columns: [(known: [Int64], later: [Int64])]

    init(_ pair: AlikeColumns) {
        var columns: [(known: [Int64], later: [Int64])] = [
            Self.alike(pair.known.activity, pair.later.activity, pair), (pair.known.time, pair.later.time),
        ]
        if !pair.known.start.isEmpty || !pair.later.start.isEmpty {
            columns.append((Self.padded(pair.known.start, pair.known), Self.padded(pair.later.start, pair.later)))
        }
        for path in [\EventColumns.Parts.transition, \.resource, \.role, \.department, \.instanceName] {
            // What one of the two does not know at all cannot tell events apart.
            if let known = pair.known[keyPath: path], let later = pair.later[keyPath: path] {
                columns.append(Self.alike(known, later, pair))
            }
        }
        for place in pair.shared {
            let known = pair.known.attributes[place.known]
            let later = pair.later.attributes[place.later]
            if known.isText {
                columns.append(Self.alike(known.symbols, later.symbols, pair))
            } else {
                columns.append((Self.words(known, pair.known.time.count), Self.words(later, pair.later.time.count)))
            }
        }
        self.columns = columns
        known = Self.folded(columns.map(\.known), pair.known.time.count)
        later = Self.folded(columns.map(\.later), pair.later.time.count)
    }

    func areEqual(_ one: Int, _ other: Int) -> Bool {
        known[one] == later[other] && columns.allSatisfy { $0.known[one] == $0.later[other] }
    }

    private static func alike(
        _ known: SymbolColumn, _ later: SymbolColumn, _ pair: AlikeColumns
    ) -> (known: [Int64], later: [Int64]) {
        var vocabulary = known.vocabulary
        let map = vocabulary.numbers(of: later.vocabulary)
        return (
            (0..<pair.known.time.count).map { $0 < known.ids.count && known.ids[$0] != Vocabulary.missing ? Int64(known.ids[$0]) : -1 },
            (0..<pair.later.time.count).map {
                $0 < later.ids.count && later.ids[$0] != Vocabulary.missing ? Int64(map[Int(later.ids[$0])]) : -1
            }
        )
    }

    private static func padded(_ times: [Int64], _ parts: EventColumns.Parts) -> [Int64] {
        times.isEmpty ? [Int64](repeating: Instant.missing, count: parts.time.count) : times
    }

    /// Values of a column that holds no texts; a missing one is taken for the least number there is.
    private static func words(_ column: AttributeColumn, _ count: Int) -> [Int64] {
        (0..<count).map { column.isPresent($0) ? column.words[$0] : Instant.missing }
    }

    private static func folded(_ columns: [[Int64]], _ count: Int) -> [UInt64] {
        var states = [UInt64](repeating: 0x9E37_79B9_7F4A_7C15, count: count)
        for column in columns {
            for event in 0..<count {
                let product = (states[event] ^ UInt64(bitPattern: column[event])).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
                states[event] = (product.high ^ product.low) &+ 0x9E37_79B9_7F4A_7C15
            }
        }
        return states
    }
}
