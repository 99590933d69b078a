/// The columns of two logs brought to the same attributes, so that they can be put one behind the other.
struct AlikeColumns {
    private(set) var known: EventColumns.Parts
    private(set) var later: EventColumns.Parts
    /// Attributes of events that both have as such: their places in each.
    private(set) var shared: [(known: Int, later: Int)] = []

    init(_ known: EventColumns.Parts, _ later: EventColumns.Parts, tellsLevels: Bool) {
        self.known = known
        self.later = later
        var spread: Set<String> = []
        if !tellsLevels {
            let knownLevels = Self.levels(known)
            let laterLevels = Self.levels(later)
            for (name, level) in knownLevels.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
                guard let level, case .some(.some(let other)) = laterLevels[name], other != level else { continue }
                spread.insert(name)
                if level == .case { Self.spread(name, &self.known) } else { Self.spread(name, &self.later) }
            }
            Self.unify(&self.known.attributes, self.known.timeForms, &self.later.attributes, self.later.timeForms)
            Self.unify(&self.known.caseAttributes, self.known.timeForms, &self.later.caseAttributes, self.later.timeForms)
        }
        for (place, column) in self.known.attributes.enumerated() where !spread.contains(column.name) {
            let other = self.later.attributes.firstIndex { $0.name == column.name && $0.type == column.type }
            if let other { shared.append((place, other)) }
        }
    }

    /// The known columns, with what only the later extract says of them filled in.
    func knownPart(_ matches: [(known: UInt32, later: UInt32)]) -> EventLogPart {
        var part = EventLogPart(known, events: nil)
        let names = Set(known.attributes.map { AttributeKey($0) })
        var order = [UInt32](repeating: .max, count: known.time.count)
        for match in matches { order[Int(match.known)] = match.later }
        let forms = later.timeForms.map { form in
            if let place = part.timeForms.firstIndex(of: form) { return UInt16(place) }
            part.timeForms.append(form)
            return UInt16(part.timeForms.count - 1)
        }
        for column in later.attributes where !names.contains(AttributeKey(column)) {
            part.attributes.append(column.gathered(whereKnown: order, forms: forms))
        }
        return part
    }

    /// Adds the nested attributes of both: those of known events and cases, then those of events and cases that are new.
    func addNested(to builder: inout EventLogBuilder, added: [UInt32]) {
        for attribute in known.nested { builder.addNested(attribute.level, of: Int(attribute.owner), attribute.tree) }
        if later.nested.isEmpty { return }
        var places: [UInt32: Int] = [:]
        for (place, event) in added.enumerated() { places[event] = known.time.count + place }
        for attribute in later.nested {
            switch attribute.level {
            case .event: if let place = places[attribute.owner] { builder.addNested(.event, of: place, attribute.tree) }
            case .case:
                let name = later.caseNames[attribute.owner]
                if known.caseNames.find(name) == nil { builder.addNested(.case, of: Int(builder.caseNumber(name)), attribute.tree) }
            }
        }
    }

    /// Known cases, by their numbers in the later extract, of which it says something else or something more.
    func changedCases() -> [UInt32] {
        later.caseNames.ids.filter { id in
            guard let own = known.caseNames.find(later.caseNames[id]) else { return false }
            return later.caseAttributes.contains { column in
                guard let new = column.text(Int(id), forms: later.timeForms) else { return false }
                let old = known.caseAttributes.first { AttributeKey($0) == AttributeKey(column) }
                return old?.text(Int(own), forms: known.timeForms) != new
            }
        }
    }

    // MARK: - Levels and types

    /// The level of each attribute name; `nil` where it stands for attributes of both.
    private static func levels(_ parts: EventColumns.Parts) -> [String: AttributeLevel?] {
        var levels: [String: AttributeLevel?] = [:]
        for column in parts.caseAttributes { levels[column.name] = .some(.case) }
        for column in parts.attributes { levels[column.name] = levels[column.name] == .some(.some(.case)) ? .some(nil) : .some(.event) }
        return levels
    }

    /// Gives every event of a case the value that the case has.
    private static func spread(_ name: String, _ parts: inout EventColumns.Parts) {
        var order: [UInt32] = []
        order.reserveCapacity(parts.time.count)
        for index in 0..<(parts.caseOffsets.count - 1) {
            for _ in parts.caseOffsets[index]..<parts.caseOffsets[index + 1] { order.append(UInt32(index)) }
        }
        for column in parts.caseAttributes where column.name == name { parts.attributes.append(column.gathered(by: order)) }
        parts.caseAttributes.removeAll { $0.name == name }
    }

    /// Where a name has one type in each but not the same, numbers become doubles and all else texts.
    private static func unify(
        _ first: inout [AttributeColumn], _ firstForms: [TimeForm], _ second: inout [AttributeColumn], _ secondForms: [TimeForm]
    ) {
        for place in first.indices {
            let name = first[place].name
            let others = second.indices.filter { second[$0].name == name }
            guard others.count == 1, first.filter({ $0.name == name }).count == 1, second[others[0]].type != first[place].type else {
                continue
            }
            let types: Set<AttributeType> = [first[place].type, second[others[0]].type]
            let type: AttributeType = types == [.int, .float] ? .float : .string
            first[place] = first[place].converted(to: type, forms: firstForms)
            second[others[0]] = second[others[0]].converted(to: type, forms: secondForms)
        }
    }
}

/// What tells attributes of one level apart.
struct AttributeKey: Hashable {
    private let name: String
    private let type: AttributeType

    init(_ column: AttributeColumn) {
        name = column.name
        type = column.type
    }
}

extension AttributeColumn {
    /// The rows of another order; a row that is `UInt32.max` has no value.
    func gathered(whereKnown order: [UInt32], forms map: [UInt16]) -> AttributeColumn {
        var result = AttributeColumn(name: name, type: type)
        for (row, source) in order.enumerated() where source != .max && isPresent(Int(source)) {
            if isText {
                let id = symbol(Int(source))
                symbols.vocabulary.withBytes(of: id) { result.set(row, text: $0) }
            } else {
                let form = Int(source) < forms.count ? map[Int(forms[Int(source)])] : nil
                result.set(row, word: words[Int(source)], form: form)
            }
        }
        return result
    }

    /// The same values as numbers or as texts.
    func converted(to type: AttributeType, forms table: [TimeForm]) -> AttributeColumn {
        if type == self.type { return self }
        var result = AttributeColumn(name: name, type: type)
        for row in 0..<count where isPresent(row) {
            if type == .float {
                result.set(row, word: Int64(bitPattern: Double(words[row]).bitPattern))
            } else if var text = text(row, forms: table) {
                text.withUTF8 { result.set(row, text: UnsafeRawBufferPointer($0)) }
            }
        }
        return result
    }
}
