import EventLogs
import Instants

/// Attributes that hold the same value in every case or event of the file, and people's columns that name one alone.
struct ConstantTallies: Sendable {
    /// The one value of a column so far.
    private struct Figure: Sendable {
        private var text: String?
        private var word: Int64?
        private(set) var shown = ""
        private var rows = 0
        private var isVarying = false

        /// Whether so many rows have a value and all the same.
        func isConstant(rows all: Int) -> Bool { all > 1 && !isVarying && rows == all }

        mutating func add(_ column: SymbolColumn, rows count: Int) {
            if isVarying || count == 0 { return }
            guard column.ids.count >= count, let first = column.ids.first, first != Vocabulary.missing,
                column.ids.allSatisfy({ $0 == first })
            else {
                isVarying = true
                return
            }
            let own = column.vocabulary[first]
            isVarying = text.map { !$0.utf8.elementsEqual(own.utf8) } ?? false
            text = own
            shown = own
            rows += count
        }

        mutating func add(_ column: AttributeColumn, rows count: Int, _ forms: [TimeForm]) {
            if column.isText { return add(column.symbols, rows: count) }
            if isVarying || count == 0 { return }
            guard column.count >= count, let first = column.words.first, column.words.allSatisfy({ $0 == first }),
                (0..<count).allSatisfy({ column.isPresent($0) })
            else {
                isVarying = true
                return
            }
            isVarying = word.map { $0 != first } ?? false
            if word == nil { shown = column.text(0, forms: forms) ?? "" }
            word = first
            rows += count
        }
    }

    private var events = 0
    private var cases = 0
    private var people = [Figure(), Figure(), Figure()]
    private var names = EventColumns.SourceNames()
    private var attributes = AttributeTallies<Figure>()

    mutating func add(_ columns: EventColumns) {
        names = columns.sourceNames
        events += columns.count
        cases += columns.caseCount
        for (place, column) in [columns.resource, columns.role, columns.department].enumerated() {
            if let column { people[place].add(column, rows: columns.count) }
        }
        attributes.update(columns, new: Figure()) { column, level, figure in
            figure.add(column, rows: level == .event ? columns.count : columns.caseCount, columns.timeForms)
        }
    }

    var findings: [LogFinding] {
        var tally = PairingFacts.Tally()
        for (name, figure) in zip([names.resource, names.role, names.department], people) where figure.isConstant(rows: events) {
            tally.add { .text("\(name) = \(figure.shown)") }
        }
        for entry in attributes.entries where entry.figure.isConstant(rows: entry.level == .event ? events : cases) {
            tally.add { .text("\(entry.name) = \(entry.figure.shown)") }
        }
        return tally.count == 0 ? [] : [LogFinding(.constantColumn, .info, count: tally.count, examples: tally.examples)]
    }
}

/// Events done by accounts that by their names are machines.
struct SystemUserTally: Sendable {
    private var count = 0
    private var examples: [LogFinding.Example] = []

    mutating func add(_ log: EventLog) {
        guard let resource = log.columns.resource else { return }
        var isSystem = [Bool](repeating: false, count: resource.vocabulary.count)
        var hasAny = false
        for id in resource.vocabulary.ids where SystemAccount.isOne(resource.vocabulary[id]) {
            isSystem[Int(id)] = true
            hasAny = true
        }
        if !hasAny { return }
        var isShown = [Bool](repeating: false, count: isSystem.count)
        for example in examples {
            if let id = example.text.flatMap({ resource.vocabulary.find($0) }) { isShown[Int(id)] = true }
        }
        log.forEachEvent { event in
            let id = resource.ids[event]
            if id == Vocabulary.missing || !isSystem[Int(id)] { return }
            count += 1
            if isShown[Int(id)] || examples.count == 5 { return }
            isShown[Int(id)] = true
            examples.append(LogFinding.Example(row: Int(log.columns.row[event]), text: resource.vocabulary[id]))
        }
    }

    var findings: [LogFinding] {
        count == 0 ? [] : [LogFinding(.systemUser, .info, count: count, examples: examples)]
    }
}

/// Names and texts that went through a wrong encoding, one finding per column.
struct DamageTallies: Sendable {
    /// The damage in one column.
    private struct Figure: Sendable {
        private(set) var count = 0
        private(set) var examples: [LogFinding.Example] = []

        mutating func add(_ column: SymbolColumn, _ level: AttributeLevel, _ log: EventLog, _ detector: DamagedText) {
            let vocabulary = column.vocabulary
            var isDamaged: [Bool] = []
            for id in vocabulary.ids {
                let isPlain = vocabulary.withBytes(of: id) { DamagedText.isPlain($0) }
                if isPlain || !detector.isDamaged(vocabulary[id]) { continue }
                if isDamaged.isEmpty { isDamaged = [Bool](repeating: false, count: vocabulary.count) }
                isDamaged[Int(id)] = true
            }
            if isDamaged.isEmpty { return }
            var isShown = [Bool](repeating: false, count: isDamaged.count)
            for example in examples {
                if let id = example.text.flatMap({ vocabulary.find($0) }) { isShown[Int(id)] = true }
            }
            func look(_ row: Int, _ event: Int?) {
                let id = row < column.ids.count ? column.ids[row] : Vocabulary.missing
                if id == Vocabulary.missing || !isDamaged[Int(id)] { return }
                count += 1
                if isShown[Int(id)] || examples.count == 5 { return }
                isShown[Int(id)] = true
                examples.append(LogFinding.Example(row: event.map { Int(log.columns.row[$0]) }, text: vocabulary[id]))
            }
            switch level {
            case .event: log.forEachEvent { look($0, $0) }
            case .case:
                for position in 0..<log.caseCount {
                    look(Int(log.caseIDs[position]), log.eventRanges[position].first.map { log.event(at: $0) })
                }
            }
        }
    }

    private var names = EventColumns.SourceNames()
    private var caseName = Figure()
    private var standard = [Figure](repeating: Figure(), count: 6)
    private var attributes = AttributeTallies<Figure>()

    mutating func add(_ log: EventLog) {
        let detector = DamagedText()
        let columns = log.columns
        names = columns.sourceNames
        caseName.add(SymbolColumn(ids: Array(columns.caseNames.ids), vocabulary: columns.caseNames), .case, log, detector)
        for (place, column) in [
            columns.activity, columns.resource, columns.role, columns.department, columns.transition, columns.instanceName,
        ].enumerated() {
            if let column { standard[place].add(column, .event, log, detector) }
        }
        attributes.update(columns, new: Figure()) { column, level, figure in
            if column.isText { figure.add(column.symbols, level, log, detector) }
        }
    }

    var findings: [LogFinding] {
        var all = [(names.caseName, caseName)]
        all += zip([names.activity, names.resource, names.role, names.department, names.lifecycle, names.instance], standard)
        all += attributes.entries.map { ($0.name, $0.figure) }
        return all.filter { $0.1.count > 0 }.map { name, figure in
            LogFinding(.damagedText, .warning, count: figure.count, detail: name, examples: figure.examples)
        }
    }
}
