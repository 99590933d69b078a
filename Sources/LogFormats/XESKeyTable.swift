import EventLogs

/// What is known of the attribute keys of one level: their numbers, their meaning, and the columns of their types.
struct XESKeyTable {
    private let level: AttributeLevel
    private var keys = Vocabulary()
    private var meanings: [XESKey] = []
    private var columns: [Int32] = []
    private var classifierSlots: [Int] = []
    private var invalid: [(count: Int, examples: [LogFinding.Example])] = []

    private static let typeCount = 6

    init(level: AttributeLevel) {
        self.level = level
    }

    /// The number of a key, new or known.
    mutating func number(of key: UnsafeRawBufferPointer, classifier: [String]) -> Int {
        let number = Int(keys.intern(key))
        if number == meanings.count {
            let text = keys[UInt32(number)]
            meanings.append(XESKey(text))
            columns.append(contentsOf: repeatElement(-1, count: Self.typeCount))
            classifierSlots.append(classifier.firstIndex(of: text) ?? -1)
            invalid.append((0, []))
        }
        return number
    }

    /// What a key means for events.
    func meaning(_ number: Int) -> XESKey { meanings[number] }

    /// The place of a key in the classifier, or -1.
    func classifierSlot(_ number: Int) -> Int { classifierSlots[number] }

    /// Whether a key was seen.
    func contains(_ key: String) -> Bool { keys.find(key) != nil }

    /// All keys in order of first sight.
    var names: [String] { keys.strings }

    /// The key's text.
    func name(_ number: Int) -> String { keys[UInt32(number)] }

    /// The builder's column for a key and a type.
    mutating func column(_ number: Int, _ type: AttributeType, _ builder: inout EventLogBuilder) -> Int {
        let place = number * Self.typeCount + Self.index(type)
        if columns[place] < 0 { columns[place] = Int32(builder.attribute(named: name(number), type: type, level: level)) }
        return Int(columns[place])
    }

    /// Counts a value that does not fit its type.
    mutating func countInvalid(_ number: Int, _ text: UnsafeRawBufferPointer) {
        invalid[number].count += 1
        if invalid[number].examples.count < 5 { invalid[number].examples.append(.text(String(decoding: text.prefix(60), as: UTF8.self))) }
    }

    /// The findings about such values.
    var findings: [LogFinding] {
        invalid.enumerated().filter { $0.element.count > 0 }.map { number, counted in
            let isTime = level == .event && (meanings[number].isTime)
            return LogFinding(
                isTime ? .unreadableTime : .invalidValue, .warning, count: counted.count, detail: name(number), examples: counted.examples)
        }
    }

    private static func index(_ type: AttributeType) -> Int {
        switch type {
        case .string: 0
        case .date: 1
        case .int: 2
        case .float: 3
        case .boolean: 4
        case .id: 5
        }
    }
}

extension XESKey {
    fileprivate var isTime: Bool {
        switch self {
        case .timestamp, .start: true
        default: false
        }
    }
}
