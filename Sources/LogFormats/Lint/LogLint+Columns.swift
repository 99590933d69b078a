import EventLogs

extension LogLint {
    /// Attributes that hold the same value in every case or event of the file, and people's columns that name one alone.
    func constantColumns() -> [LogFinding] {
        var names: [LogFinding.Example] = []
        var count = 0
        func add(_ name: String, _ value: String?) {
            guard let value else { return }
            count += 1
            if names.count < 5 { names.append(.text("\(name) = \(value)")) }
        }
        let source = columns.sourceNames
        let people = [(source.resource, columns.resource), (source.role, columns.role), (source.department, columns.department)]
        for case (let name, let column?) in people { add(name, constant(column, rows: columns.count)) }
        for column in columns.caseAttributes { add(column.name, constant(column, rows: columns.caseCount)) }
        for column in columns.attributes { add(column.name, constant(column, rows: columns.count)) }
        return count == 0 ? [] : [LogFinding(.constantColumn, .info, count: count, examples: names)]
    }

    private func constant(_ column: SymbolColumn, rows: Int) -> String? {
        if rows < 2 || column.ids.count < rows { return nil }
        guard let first = column.ids.first, first != Vocabulary.missing else { return nil }
        for id in column.ids where id != first { return nil }
        return column.vocabulary[first]
    }

    private func constant(_ column: AttributeColumn, rows: Int) -> String? {
        if column.isText { return constant(column.symbols, rows: rows) }
        if rows < 2 || column.count < rows { return nil }
        guard let first = column.words.first else { return nil }
        for word in column.words where word != first { return nil }
        for row in 0..<rows where !column.isPresent(row) { return nil }
        return column.text(0, forms: columns.timeForms)
    }

    /// Events done by accounts that by their names are machines.
    func systemUsers() -> [LogFinding] {
        guard let resource = columns.resource else { return [] }
        var isSystem = [Bool](repeating: false, count: resource.vocabulary.count)
        var hasAny = false
        for id in resource.vocabulary.ids where SystemAccount.isOne(resource.vocabulary[id]) {
            isSystem[Int(id)] = true
            hasAny = true
        }
        if !hasAny { return [] }
        var count = 0
        var seen = [Bool](repeating: false, count: isSystem.count)
        var examples: [LogFinding.Example] = []
        forEachEvent { event in
            let id = resource.ids[event]
            if id == Vocabulary.missing || !isSystem[Int(id)] { return }
            count += 1
            if seen[Int(id)] { return }
            seen[Int(id)] = true
            if examples.count < 5 {
                examples.append(LogFinding.Example(row: Int(columns.row[event]), text: resource.vocabulary[id]))
            }
        }
        return count == 0 ? [] : [LogFinding(.systemUser, .info, count: count, examples: examples)]
    }

    /// Names and texts that went through a wrong encoding, one finding per column.
    func damagedTexts() -> [LogFinding] {
        var findings: [LogFinding] = []
        let detector = DamagedText()
        let source = columns.sourceNames
        let standard: [(String, SymbolColumn?)] = [
            (source.activity, columns.activity), (source.resource, columns.resource), (source.role, columns.role),
            (source.department, columns.department), (source.lifecycle, columns.transition), (source.instance, columns.instanceName),
        ]
        let names = SymbolColumn(ids: Array(columns.caseNames.ids), vocabulary: columns.caseNames)
        findings += damage(source.caseName, names, .case, detector)
        for case (let name, let column?) in standard { findings += damage(name, column, .event, detector) }
        for column in columns.caseAttributes where column.isText { findings += damage(column.name, column.symbols, .case, detector) }
        for column in columns.attributes where column.isText { findings += damage(column.name, column.symbols, .event, detector) }
        return findings
    }

    private func damage(
        _ name: String, _ column: SymbolColumn, _ level: AttributeLevel, _ detector: DamagedText
    ) -> [LogFinding] {
        let vocabulary = column.vocabulary
        var isDamaged: [Bool] = []
        for id in vocabulary.ids {
            let isPlain = vocabulary.withBytes(of: id) { DamagedText.isPlain($0) }
            if isPlain || !detector.isDamaged(vocabulary[id]) { continue }
            if isDamaged.isEmpty { isDamaged = [Bool](repeating: false, count: vocabulary.count) }
            isDamaged[Int(id)] = true
        }
        if isDamaged.isEmpty { return [] }
        var count = 0
        var seen = [Bool](repeating: false, count: isDamaged.count)
        var examples: [LogFinding.Example] = []
        func look(_ row: Int, _ event: Int?) {
            let id = row < column.ids.count ? column.ids[row] : Vocabulary.missing
            if id == Vocabulary.missing || !isDamaged[Int(id)] { return }
            count += 1
            if seen[Int(id)] || examples.count == 5 { return }
            seen[Int(id)] = true
            examples.append(LogFinding.Example(row: event.map { Int(columns.row[$0]) }, text: vocabulary[id]))
        }
        switch level {
        case .event: forEachEvent { look($0, $0) }
        case .case:
            for position in 0..<log.caseCount {
                look(Int(log.caseIDs[position]), log.eventRanges[position].first.map { log.event(at: $0) })
            }
        }
        return count == 0 ? [] : [LogFinding(.damagedText, .warning, count: count, detail: name, examples: examples)]
    }
}

/// Accounts under which machines work.
enum SystemAccount {
    /// Words that name a machine, and words that may stand beside one.
    private static let machines: Set<String> = [
        "SYSTEM", "SYS", "BATCH", "RFC", "BOT", "ROBOT", "RPA", "CRON", "DAEMON", "SCHEDULER", "SAPSYS", "DDIC", "WORKFLOW", "WF",
        "AUTOMATIC", "AUTOMATED", "AUTOMATION", "BACKGROUND", "INTERFACE", "EDI", "系统", "系统自动", "系统用户", "自动", "批处理", "机器人",
        "后台", "接口", "定时任务",
    ]
    private static let companions: Set<String> = ["USER", "ACCOUNT", "ID", "SAP", "ERP", "JOB", "PROCESS", "SERVICE", "ADMIN", "RUN"]

    /// Whether every word of a name is one of a machine's, a number or a neutral one, and at least one is a machine's: `SYSTEM`,
    /// `WF-BATCH`, `RFC_USER`, `batch_07`, `系统`, but neither `System Engineer` nor `user_7`.
    static func isOne(_ name: String) -> Bool {
        if name.utf8.count > 40 { return false }
        var found = false
        for word in name.uppercased().split(whereSeparator: { !($0.isLetter || $0.isNumber) }) {
            let text = String(word)
            if machines.contains(text) {
                found = true
            } else if !companions.contains(text) && !text.allSatisfy(\.isNumber) {
                // `BATCH07` and `BOT1`: a machine's word with its number.
                let letters = String(text.prefix { $0.isLetter })
                let digits = text.dropFirst(letters.count)
                if digits.isEmpty || !digits.allSatisfy(\.isNumber) || !machines.contains(letters) { return false }
                found = true
            }
        }
        return found
    }
}
