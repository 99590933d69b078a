import Instants

extension EventLogBuilder {
    /// Leaves out the events that an earlier file holds too, equal in everything.
    ///
    /// An event that stands twice in a file stands there twice: of equal events as many stay as the file has that holds most of them.
    ///
    /// - Parameter firstEvents: where the events of each file begin.
    /// - Complexity: linear in the events of cases that several files name.
    mutating func dropOverlap(_ firstEvents: [Int]) {
        let shared = sharedCases(firstEvents)
        if !shared.contains(true) { return }
        let hashes = eventHashes()
        let trees = nestedOfEvents()
        var classes = EventClasses(count: eventCount)
        var kept: [UInt32] = []
        kept.reserveCapacity(eventCount)
        var dropped: [LogFinding.Example] = []
        for file in firstEvents.indices {
            for event in firstEvents[file]..<(file + 1 < firstEvents.count ? firstEvents[file + 1] : eventCount) {
                let isKept = !shared[Int(caseOf[event])] || classes.take(event, hashes[event], of: file) { areEqual($0, event, trees) }
                if isKept {
                    kept.append(UInt32(event))
                } else if dropped.count < 5 {
                    dropped.append(LogFinding.Example(row: Int(row[event]), text: caseNames[caseOf[event]]))
                }
            }
        }
        if kept.count == eventCount { return }
        findings.append(LogFinding(.overlappingFiles, .info, count: eventCount - kept.count, examples: dropped))
        keep(kept)
    }

    /// Equal events as classes, found by open addressing over their hashes.
    private struct EventClasses {
        /// Per slot a class's number and one; 0 where it is free.
        private var slots: [UInt32]
        private var classes: [Class] = []

        private struct Class {
            let hash: UInt64
            let event: Int
            var file: Int
            var inFile = 0
            var kept = 0
        }

        init(count: Int) {
            var size = 16
            while size < count * 2 { size *= 2 }
            slots = Array(repeating: 0, count: size)
        }

        /// Whether an event of a file is beyond those that the files before it hold.
        mutating func take(_ event: Int, _ hash: UInt64, of file: Int, _ isEqual: (Int) -> Bool) -> Bool {
            let mask = slots.count - 1
            var slot = Int(truncatingIfNeeded: hash) & mask
            while slots[slot] != 0 {
                let number = Int(slots[slot]) - 1
                if classes[number].hash == hash && isEqual(classes[number].event) {
                    if classes[number].file != file {
                        classes[number].file = file
                        classes[number].inFile = 0
                    }
                    classes[number].inFile += 1
                    if classes[number].inFile <= classes[number].kept { return false }
                    classes[number].kept += 1
                    return true
                }
                slot = (slot + 1) & mask
            }
            classes.append(Class(hash: hash, event: event, file: file, inFile: 1, kept: 1))
            slots[slot] = UInt32(classes.count)
            return true
        }
    }

    /// Per case whether several files name it in events.
    private func sharedCases(_ firstEvents: [Int]) -> [Bool] {
        var shared = [Bool](repeating: false, count: caseCount)
        var firstFile = [Int](repeating: -1, count: caseCount)
        for file in firstEvents.indices {
            for event in firstEvents[file]..<(file + 1 < firstEvents.count ? firstEvents[file + 1] : eventCount) {
                let owner = Int(caseOf[event])
                if firstFile[owner] < 0 { firstFile[owner] = file } else if firstFile[owner] != file { shared[owner] = true }
            }
        }
        return shared
    }

    private static func mix(_ hash: inout UInt64, _ value: UInt64) {
        let product = (hash ^ value).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
        hash = product.high ^ product.low ^ (hash << 1)
    }

    /// A number per event that is the same for equal events.
    private func eventHashes() -> [UInt64] {
        var hashes = [UInt64](repeating: 0x9E37_79B9_7F4A_7C15, count: eventCount)
        func add(_ ids: [UInt32]) {
            for (event, id) in ids.enumerated() where id != Vocabulary.missing { Self.mix(&hashes[event], UInt64(id) + 1) }
        }
        func add(_ words: [Int64], where isPresent: (Int) -> Bool) {
            for (event, word) in words.enumerated() where isPresent(event) { Self.mix(&hashes[event], UInt64(bitPattern: word)) }
        }
        add(caseOf)
        add(activity.ids)
        add(time) { _ in true }
        add(start) { start[$0] != Instant.missing }
        for column in [transition, resource, role, department, instanceName] { add(column.ids) }
        for column in eventAttributes {
            if column.isText { add(column.symbols.ids) } else { add(column.words) { column.isPresent($0) } }
        }
        return hashes
    }

    private func nestedOfEvents() -> [UInt32: [AttributeTree]] {
        var trees: [UInt32: [AttributeTree]] = [:]
        for attribute in nested where attribute.level == .event { trees[attribute.owner, default: []].append(attribute.tree) }
        return trees
    }

    /// Whether two events are equal in everything but where they stand.
    private func areEqual(_ left: Int, _ right: Int, _ trees: [UInt32: [AttributeTree]]) -> Bool {
        func start(_ event: Int) -> Int64 { event < self.start.count ? self.start[event] : Instant.missing }
        func id(_ column: SymbolColumn, _ event: Int) -> UInt32 { event < column.ids.count ? column.ids[event] : Vocabulary.missing }
        guard caseOf[left] == caseOf[right], activity.ids[left] == activity.ids[right], time[left] == time[right],
            start(left) == start(right),
            timeForms[Int(timeForm[left])].isDateOnly == timeForms[Int(timeForm[right])].isDateOnly
        else { return false }
        guard id(transition, left) == id(transition, right), id(resource, left) == id(resource, right), id(role, left) == id(role, right),
            id(department, left) == id(department, right), id(instanceName, left) == id(instanceName, right)
        else { return false }
        for column in eventAttributes where column.identity(left) != column.identity(right) { return false }
        return trees.isEmpty || trees[UInt32(left)] == trees[UInt32(right)]
    }

    /// Leaves only these events, which are in their order.
    private mutating func keep(_ kept: [UInt32]) {
        let count = eventCount
        func gathered(_ column: SymbolColumn) -> SymbolColumn {
            if column.ids.isEmpty { return column }
            var column = column
            column.pad(to: count)
            return column.gathered(by: kept)
        }
        caseOf = kept.map { caseOf[Int($0)] }
        activity = gathered(activity)
        time = kept.map { time[Int($0)] }
        timeForm = kept.map { timeForm[Int($0)] }
        row = kept.map { row[Int($0)] }
        if !start.isEmpty {
            let reach = start.count
            start = kept.map { Int($0) < reach ? start[Int($0)] : Instant.missing }
            startForm = kept.map { Int($0) < reach ? startForm[Int($0)] : 0 }
        }
        transition = gathered(transition)
        resource = gathered(resource)
        role = gathered(role)
        department = gathered(department)
        instanceName = gathered(instanceName)
        eventAttributes = eventAttributes.map { $0.gathered(by: kept) }
        if nested.isEmpty { return }
        var place = [UInt32](repeating: Vocabulary.missing, count: count)
        for (index, event) in kept.enumerated() { place[Int(event)] = UInt32(index) }
        nested = nested.compactMap { attribute in
            if attribute.level == .case { return attribute }
            var attribute = attribute
            attribute.owner = place[Int(attribute.owner)]
            return attribute.owner == Vocabulary.missing ? nil : attribute
        }
    }
}
