import Instants

extension EventLogBuilder {
    /// Appends the parts of a source in their order, one column after the other, so that no more than one column is held twice.
    ///
    /// - Complexity: linear in events, plus once the texts of every part's vocabularies.
    package mutating func append(parts: consuming [EventLogPart]) -> RepeatedGroups {
        var parts = parts
        var repeated = RepeatedGroups()
        let base = time.count
        let counts = parts.map(\.time.count)
        let total = counts.reduce(base, +)
        // Where the events of each part begin.
        var first: [Int] = []
        var next = base
        for count in counts {
            first.append(next)
            next += count
        }
        let caseMaps = mergeCases(&parts, &repeated, total: total)
        let formMaps = parts.map { part in part.timeForms.map { formNumber($0) } }
        merge(\.activity, \.activity, &parts, first)
        for index in parts.indices {
            let map = formMaps[index]
            if time.isEmpty && isIdentity(map) && !parts[index].timeForm.contains(EventLogPart.noForm) {
                time = parts[index].time
                timeForm = parts[index].timeForm
            } else {
                time.reserveCapacity(total)
                timeForm.reserveCapacity(total)
                time += parts[index].time
                for form in parts[index].timeForm { timeForm.append(form == EventLogPart.noForm ? 0 : map[Int(form)]) }
            }
            parts[index].time = []
            parts[index].timeForm = []
            if row.isEmpty && !parts[index].row.isEmpty {
                row = parts[index].row
            } else {
                row.reserveCapacity(total)
                if parts[index].row.isEmpty {
                    for event in first[index]..<first[index] + counts[index] { row.append(UInt32(clamping: firstRow + event + 1)) }
                } else {
                    row += parts[index].row
                }
            }
            parts[index].row = []
        }
        if total > 0 && timeForms.isEmpty { _ = formNumber(.utc) }
        mergeStarts(&parts, formMaps, first, counts)
        merge(\.transition, \.transition, &parts, first)
        merge(\.resource, \.resource, &parts, first)
        merge(\.role, \.role, &parts, first)
        merge(\.department, \.department, &parts, first)
        merge(\.instanceName, \.instanceName, &parts, first)
        for index in parts.indices {
            for place in parts[index].attributes.indices {
                let part = parts[index].attributes[place]
                let number = attribute(named: part.name, type: part.type, level: .event)
                if parts[index].costAttribute == place && costAttribute == nil { costAttribute = number }
                eventAttributes[number].append(part, from: first[index], forms: formMaps[index])
                parts[index].attributes[place] = AttributeColumn(name: part.name, type: part.type)
            }
            for place in parts[index].caseAttributes.indices {
                let part = parts[index].caseAttributes[place]
                let number = attribute(named: part.name, type: part.type, level: .case)
                if caseAttributes[number].count == 0 && isIdentity(caseMaps[index]) && isIdentity(formMaps[index]) {
                    caseAttributes[number] = part
                } else {
                    caseAttributes[number].scatter(part, to: caseMaps[index], forms: formMaps[index])
                }
                parts[index].caseAttributes[place] = AttributeColumn(name: part.name, type: part.type)
            }
        }
        return repeated
    }

    /// The number that each part's cases have here.
    private mutating func mergeCases(_ parts: inout [EventLogPart], _ repeated: inout RepeatedGroups, total: Int) -> [[UInt32]] {
        var maps: [[UInt32]] = []
        for index in parts.indices {
            let names = parts[index].caseNames
            if caseNames.isEmpty && parts[index].groups.isEmpty {
                caseNames = names
                caseOf = parts[index].caseOf
                parts[index].caseNames = Vocabulary()
                parts[index].caseOf = []
                maps.append(Array(names.ids))
                continue
            }
            caseOf.reserveCapacity(total)
            var map = [UInt32](repeating: Vocabulary.missing, count: names.count)
            if parts[index].groups.isEmpty {
                for id in names.ids { map[Int(id)] = names.withBytes(of: id) { caseNames.intern($0) } }
            }
            for id in parts[index].groups {
                let known = caseNames.count
                if map[Int(id)] == Vocabulary.missing { map[Int(id)] = names.withBytes(of: id) { caseNames.intern($0) } }
                if Int(map[Int(id)]) < known {
                    repeated.count += 1
                    if repeated.examples.count < 5 {
                        repeated.examples.append(names.withBytes(of: id) { String(decoding: $0.prefix(60), as: UTF8.self) })
                    }
                }
            }
            for id in parts[index].caseOf { caseOf.append(map[Int(id)]) }
            parts[index].caseNames = Vocabulary()
            parts[index].caseOf = []
            parts[index].groups = []
            maps.append(map)
        }
        return maps
    }

    private mutating func mergeStarts(_ parts: inout [EventLogPart], _ maps: [[UInt16]], _ first: [Int], _ counts: [Int]) {
        if parts.allSatisfy(\.start.isEmpty) { return }
        for index in parts.indices where !parts[index].start.isEmpty {
            let gap = first[index] - start.count
            start.append(contentsOf: repeatElement(Instant.missing, count: gap))
            startForm.append(contentsOf: repeatElement(0, count: gap))
            start += parts[index].start
            for form in parts[index].startForm { startForm.append(form == EventLogPart.noForm ? 0 : maps[index][Int(form)]) }
            parts[index].start = []
            parts[index].startForm = []
        }
    }

    private mutating func merge(
        _ own: WritableKeyPath<EventLogBuilder, SymbolColumn>, _ other: WritableKeyPath<EventLogPart, SymbolColumn>,
        _ parts: inout [EventLogPart], _ first: [Int]
    ) {
        var column = self[keyPath: own]
        self[keyPath: own] = SymbolColumn()
        for index in parts.indices {
            column.append(parts[index][keyPath: other], from: first[index])
            parts[index][keyPath: other] = SymbolColumn()
        }
        self[keyPath: own] = column
    }
}

/// Whether every number becomes itself.
func isIdentity(_ map: [some BinaryInteger]) -> Bool {
    map.enumerated().allSatisfy { $0.offset == Int($0.element) }
}

extension SymbolColumn {
    /// Appends the rows of another column so that its first one becomes row `row`.
    mutating func append(_ other: SymbolColumn, from row: Int) {
        if other.ids.isEmpty { return }
        if ids.isEmpty && vocabulary.isEmpty && row == 0 {
            self = other
            return
        }
        let map = vocabulary.numbers(of: other.vocabulary)
        ids.reserveCapacity(row + other.ids.count)
        if ids.count < row { ids.append(contentsOf: repeatElement(Vocabulary.missing, count: row - ids.count)) }
        for id in other.ids { ids.append(id == Vocabulary.missing ? id : map[Int(id)]) }
    }

    /// Sets row `rows[i]` to what row `i` of another column has, where it has a value.
    mutating func scatter(_ other: SymbolColumn, to rows: [UInt32]) {
        let map = vocabulary.numbers(of: other.vocabulary)
        for (place, id) in other.ids.enumerated() where id != Vocabulary.missing {
            let row = Int(rows[place])
            pad(to: row + 1)
            ids[row] = map[Int(id)]
        }
    }
}

extension Vocabulary {
    /// The numbers that another vocabulary's texts have here, new or known.
    package mutating func numbers(of other: Vocabulary) -> [UInt32] {
        other.ids.map { id in other.withBytes(of: id) { intern($0) } }
    }
}
