import EventLogs
import Foundation
import Instants

/// A log's columns as named pieces of bytes, and back: what a workspace opens a log from.
///
/// Decoding checks that everything fits together, so that damaged bytes give `nil` and never a wrong log.
struct LogArchive {
    /// What is small enough to be text.
    private struct Description: Codable {
        var rowUnit: EventColumns.RowUnit
        var files: [SourceFile]
        var sourceNames: EventColumns.SourceNames
        var timeForms: [TimeForm]
        var attributes: [Attribute]
        var caseAttributes: [Attribute]
        var costAttribute: Int?
        var metadata: LogMetadata
        var nested: [Nested]

        struct Attribute: Codable {
            var name: String
            var type: AttributeType
        }

        struct Nested: Codable {
            var owner: UInt32
            var level: AttributeLevel
            var tree: AttributeTree
        }
    }

    /// The pieces by name.
    var pieces: [(name: String, bytes: [UInt8])] = []

    /// The pieces of a log.
    ///
    /// - Parameters:
    ///   - keys: the number of each event's row in the table of events.
    ///   - imports: the import that brought each event.
    init(_ columns: EventColumns.Parts, keys: [UInt32], imports: [UInt32]) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let description = Description(
            rowUnit: columns.rowUnit, files: columns.files, sourceNames: columns.sourceNames, timeForms: columns.timeForms,
            attributes: columns.attributes.map { .init(name: $0.name, type: $0.type) },
            caseAttributes: columns.caseAttributes.map { .init(name: $0.name, type: $0.type) }, costAttribute: columns.costAttribute,
            metadata: columns.metadata, nested: columns.nested.map { .init(owner: $0.owner, level: $0.level, tree: $0.tree) })
        pieces.append(("description", [UInt8](try encoder.encode(description))))
        add("cases", columns.caseNames)
        add("case_offsets", PackedNumbers.pack(columns.caseOffsets.map { UInt32($0) }))
        add("activity", columns.activity)
        add("time", PackedNumbers.pack(columns.time))
        add("time_form", PackedNumbers.pack(columns.timeForm))
        if !columns.start.isEmpty {
            add("start", PackedNumbers.pack(columns.start))
            add("start_form", PackedNumbers.pack(columns.startForm))
        }
        for (name, path) in Self.texts { if let column = columns[keyPath: path] { add(name, column) } }
        add("row", PackedNumbers.pack(columns.row))
        for (place, column) in columns.attributes.enumerated() { add("event_\(place)", column) }
        for (place, column) in columns.caseAttributes.enumerated() { add("case_\(place)", column) }
        add("keys", PackedNumbers.pack(keys))
        add("imports", PackedNumbers.pack(imports))
    }

    private static let texts: [(String, any WritableKeyPath<EventColumns.Parts, SymbolColumn?> & Sendable)] = [
        ("transition", \.transition), ("resource", \.resource), ("role", \.role), ("department", \.department),
        ("instance", \.instanceName),
    ]

    private mutating func add(_ name: String, _ bytes: [UInt8]) { pieces.append((name, bytes)) }

    private mutating func add(_ name: String, _ vocabulary: Vocabulary) {
        add(name + ".texts", vocabulary.bytes)
        add(name + ".ends", PackedNumbers.pack(vocabulary.ends.map { Int64($0) }))
    }

    private mutating func add(_ name: String, _ column: SymbolColumn) {
        add(name, column.vocabulary)
        add(name + ".ids", PackedNumbers.pack(column.ids))
    }

    private mutating func add(_ name: String, _ column: AttributeColumn) {
        if column.isText { return add(name, column.symbols) }
        add(name + ".words", PackedNumbers.pack(column.words))
        add(name + ".presence", PackedNumbers.pack(column.presence.words))
        if column.type == .date { add(name + ".forms", PackedNumbers.pack(column.forms)) }
    }

    // MARK: - Decoding

    /// The columns of a log in its pieces, or `nil` where they do not fit together.
    ///
    /// - Parameter piece: gives the bytes of a piece, or `nil` where there is none.
    static func columns(_ piece: @escaping (String) throws -> [UInt8]?) throws -> EventColumns.Parts? {
        let pieces = Pieces(piece: piece)
        guard let text = try piece("description"),
            let description = try? JSONDecoder().decode(Description.self, from: Data(text)),
            let names = try pieces.vocabulary("cases"), let offsets = try pieces.numbers("case_offsets")?.map({ Int($0) }),
            let time = try pieces.wide("time"), offsets.count == names.count + 1, offsets.first == 0, offsets.last == time.count,
            let forms = try pieces.forms("time_form", time.count, description.timeForms.count),
            let activity = try pieces.symbols("activity", upTo: time.count), activity.ids.count == time.count,
            !activity.ids.contains(Vocabulary.missing), let row = try pieces.numbers("row"), row.count == time.count
        else { return nil }
        for place in 1..<max(1, offsets.count) where offsets[place] <= offsets[place - 1] { return nil }
        var parts = EventColumns.Parts()
        parts.caseNames = names
        parts.caseOffsets = offsets
        parts.activity = activity
        parts.time = time
        parts.timeForm = forms
        parts.timeForms = description.timeForms
        parts.row = row
        parts.rowUnit = description.rowUnit
        parts.files = description.files
        parts.sourceNames = description.sourceNames
        parts.metadata = description.metadata
        if let start = try pieces.wide("start") {
            guard start.count == time.count, let forms = try pieces.forms("start_form", time.count, description.timeForms.count) else {
                return nil
            }
            parts.start = start
            parts.startForm = forms
        }
        for (name, path) in texts where try piece(name + ".ids") != nil {
            guard let column = try pieces.symbols(name, upTo: time.count), column.ids.count == time.count else { return nil }
            parts[keyPath: path] = column
        }
        for (place, attribute) in description.attributes.enumerated() {
            let column = try pieces.attribute("event_\(place)", attribute.name, attribute.type, time.count, description.timeForms.count)
            guard let column else { return nil }
            parts.attributes.append(column)
        }
        for (place, attribute) in description.caseAttributes.enumerated() {
            let column = try pieces.attribute("case_\(place)", attribute.name, attribute.type, names.count, description.timeForms.count)
            guard let column else { return nil }
            parts.caseAttributes.append(column)
        }
        if let cost = description.costAttribute {
            guard parts.attributes.indices.contains(cost) else { return nil }
            parts.costAttribute = cost
        }
        for nested in description.nested {
            guard Int(nested.owner) < (nested.level == .event ? time.count : names.count) else { return nil }
            parts.nested.append(NestedAttribute(owner: nested.owner, level: nested.level, tree: nested.tree))
        }
        return parts
    }

    /// Pieces, and the checks of each kind.
    private struct Pieces {
        let piece: (String) throws -> [UInt8]?

        func numbers(_ name: String) throws -> [UInt32]? { try piece(name).flatMap { PackedNumbers.numbers($0) } }

        func wide(_ name: String) throws -> [Int64]? { try piece(name).flatMap { PackedNumbers.wideNumbers($0) } }

        func forms(_ name: String, _ count: Int, _ known: Int) throws -> [UInt16]? {
            guard let forms = try piece(name).flatMap({ PackedNumbers.smallNumbers($0) }), forms.count == count else { return nil }
            return forms.allSatisfy { Int($0) < known } ? forms : nil
        }

        func vocabulary(_ name: String) throws -> Vocabulary? {
            guard let bytes = try piece(name + ".texts"), let ends = try wide(name + ".ends") else { return nil }
            var previous: Int64 = 0
            for end in ends {
                if end < previous { return nil }
                previous = end
            }
            guard Int(previous) == bytes.count else { return nil }
            let vocabulary = Vocabulary(bytes: bytes, ends: ends.map { Int($0) })
            return vocabulary
        }

        func symbols(_ name: String, upTo count: Int) throws -> SymbolColumn? {
            guard let vocabulary = try vocabulary(name), let ids = try numbers(name + ".ids"), ids.count <= count else { return nil }
            let known = UInt32(vocabulary.count)
            return ids.allSatisfy { $0 < known || $0 == Vocabulary.missing } ? SymbolColumn(ids: ids, vocabulary: vocabulary) : nil
        }

        func attribute(_ name: String, _ key: String, _ type: AttributeType, _ count: Int, _ forms: Int) throws -> AttributeColumn? {
            if type == .string || type == .id {
                return try symbols(name, upTo: count).map { AttributeColumn(name: key, type: type, symbols: $0) }
            }
            guard let words = try wide(name + ".words"), words.count <= count,
                let bits = try piece(name + ".presence").flatMap({ PackedNumbers.words($0) })
            else { return nil }
            let presence = Bitmap(words: bits)
            for index in (words.count)..<max(words.count, bits.count * 64) where presence[index] { return nil }
            var table: [UInt16] = []
            if type == .date {
                guard let own = try piece(name + ".forms").flatMap({ PackedNumbers.smallNumbers($0) }), own.count <= count,
                    own.allSatisfy({ Int($0) < max(1, forms) })
                else { return nil }
                table = own
            }
            return AttributeColumn(name: key, type: type, words: words, forms: table, presence: presence)
        }
    }
}
