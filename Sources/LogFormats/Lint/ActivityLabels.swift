import EventLogs
import Foundation

/// How often the names of activities occur in parts of a log, added up.
struct ActivityLabelTally: Sendable {
    private var vocabulary = Vocabulary()
    private var counts: [Int] = []
    private var firstRows: [Int] = []

    /// Adds the names that the events of a view bear.
    mutating func add(_ log: EventLog) {
        let columns = log.columns
        let map = vocabulary.numbers(of: columns.activity.vocabulary)
        while counts.count < vocabulary.count {
            counts.append(0)
            firstRows.append(0)
        }
        var own = [Int](repeating: 0, count: map.count)
        var rows = own
        log.forEachEvent { event in
            let id = Int(columns.activity.ids[event])
            own[id] += 1
            let row = Int(columns.row[event])
            if rows[id] == 0 || row < rows[id] { rows[id] = row }
        }
        for (id, number) in map.enumerated() where own[id] > 0 {
            counts[Int(number)] += own[id]
            let known = firstRows[Int(number)]
            firstRows[Int(number)] = known == 0 ? rows[id] : min(known, rows[id])
        }
    }

    /// What the names look like.
    var findings: [LogFinding] {
        ActivityLabels(vocabulary, counts: counts, firstRows: firstRows).findings()
    }
}

/// Activity names of a log that are perhaps meant to be one.
struct ActivityLabels {
    private let names: [String]
    private let counts: [Int]
    private let firstRows: [Int]

    /// Logs with more names have generated ones, in which likeness says nothing.
    private static let limit = 5_000

    /// Names with how often they occur and the first row of each.
    init(_ vocabulary: Vocabulary, counts: [Int], firstRows: [Int]) {
        names = vocabulary.count > Self.limit ? [] : vocabulary.strings
        self.counts = counts
        self.firstRows = firstRows
    }

    /// Spellings of one name, then rare names one letter from a common one.
    func findings() -> [LogFinding] {
        var groups: [String: [Int]] = [:]
        for (id, name) in names.enumerated() where counts[id] > 0 && !name.isEmpty {
            groups[LabelSpelling.key(of: name), default: []].append(id)
        }
        let alike = groups.values.filter { $0.count > 1 }.map(commonestFirst).sorted { isBefore($0[0], $1[0]) }
        var findings: [LogFinding] = []
        if !alike.isEmpty {
            let variants = alike.flatMap { group in group.dropFirst().map { (rare: $0, common: group[0]) } }
            findings.append(finding(.activitySpelling, .warning, variants))
        }
        let single = groups.values.map { commonestFirst($0)[0] }.sorted()
        let typos = typos(among: single)
        if !typos.isEmpty { findings.append(finding(.activityTypo, .info, typos)) }
        return findings
    }

    private func finding(
        _ rule: LogFinding.Rule, _ severity: LogFinding.Severity, _ pairs: [(rare: Int, common: Int)]
    ) -> LogFinding {
        LogFinding(
            rule, severity, count: pairs.reduce(0) { $0 + counts[$1.rare] },
            examples: pairs.prefix(5).map { pair in
                LogFinding.Example(row: firstRows[pair.rare], text: "\(names[pair.rare]) → \(names[pair.common])")
            })
    }

    private func isBefore(_ left: Int, _ right: Int) -> Bool {
        counts[left] != counts[right] ? counts[left] > counts[right] : names[left].utf8.lexicographicallyPrecedes(names[right].utf8)
    }

    private func commonestFirst(_ ids: [Int]) -> [Int] { ids.sorted(by: isBefore) }

    /// Rare names with the common one of which they are one slip of the keyboard away.
    ///
    /// Names that differ by a slip share a text that lacks one letter, so a table of those finds all candidates without
    /// comparing every pair.
    private func typos(among ids: [Int]) -> [(rare: Int, common: Int)] {
        var known: [[Unicode.Scalar]: [Int]] = [:]
        var texts: [Int: [Unicode.Scalar]] = [:]
        for id in ids {
            let text = Array(names[id].precomposedStringWithCompatibilityMapping.lowercased().unicodeScalars)
            if text.count > 120 { continue }
            texts[id] = text
            known[text, default: []].append(id)
            for place in text.indices {
                var shorter = text
                shorter.remove(at: place)
                known[shorter, default: []].append(id)
            }
        }
        var pairs: [Int: Int] = [:]
        for candidates in known.values where candidates.count > 1 {
            let distinct = Set(candidates)
            for rare in distinct {
                for common in distinct where common != rare && counts[rare] * 10 <= counts[common] {
                    guard let left = texts[rare], let right = texts[common], TypingSlip.isOne(left, right) else { continue }
                    if pairs[rare].map({ isBefore(common, $0) }) ?? true { pairs[rare] = common }
                }
            }
        }
        return pairs.map { (rare: $0.key, common: $0.value) }.sorted { isBefore($0.rare, $1.rare) }
    }
}

/// What is left of a name when its spelling is taken away.
enum LabelSpelling {
    /// Equal for names that differ only in capitals, spaces, punctuation, full or half width, or between the traditional, variant and
    /// simplified form of a character.
    ///
    /// Signs that carry meaning (`+ # % & @ * ? !`, a minus before a digit) stay, and so does what parts two numbers: `1.2` is not
    /// `12`. A name of nothing but punctuation, or of fewer than three letters and no ideograph, is its own key.
    static func key(of name: String) -> String {
        let scalars = Array(name.precomposedStringWithCompatibilityMapping.lowercased().unicodeScalars)
        var key = String.UnicodeScalarView()
        for (place, scalar) in scalars.enumerated() {
            if !isPunctuation(scalar) {
                key.append(simplified[scalar] ?? scalar)
                continue
            }
            let isAfterDigit = key.last?.properties.numericType != nil
            let isBeforeDigit = place + 1 < scalars.count && scalars[place + 1].properties.numericType != nil
            if scalar == "-" && isBeforeDigit && (place == 0 || isSpace(scalars[place - 1])) {
                key.append("-")
            } else if isAfterDigit && isBeforeDigit {
                key.append(" ")
            }
        }
        // In names of one or two letters capitals tell them apart: `e` and `E` are two.
        let isShort = key.count < 3 && key.allSatisfy { $0.value < 0x2E80 }
        return key.isEmpty || isShort ? name : String(key)
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace }

    private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
        if isSpace(scalar) { return true }
        switch scalar {
        case "#", "%", "&", "@", "*", "?", "!": return false
        default: break
        }
        switch scalar.properties.generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation, .finalPunctuation,
            .otherPunctuation, .format, .control:
            return true
        default: return false
        }
    }

    /// Traditional and variant characters of business words with the simplified ones; each pair means the same character.
    private static let simplified: [Unicode.Scalar: Unicode.Scalar] = {
        let traditional =
            "單訂購請發貨審開關處應賬帳帐確認檢驗採報銷錄創變價數據結員經總監財務詢議計劃資產運輸倉庫質選擇終稅額證憑條題問項檔標準過進還遞轉郵電話記補復執訊號點線類級別調撥業種門責辦簽複對約貸營書團隊長權領導專從來無為與"
        let simple =
            "单订购请发货审开关处应账账账确认检验采报销录创变价数据结员经总监财务询议计划资产运输仓库质选择终税额证凭条题问项档标准过进还递转邮电话记补复执讯号点线类级别调拨业种门责办签复对约贷营书团队长权领导专从来无为与"
        var table: [Unicode.Scalar: Unicode.Scalar] = [:]
        for (one, other) in zip(traditional.unicodeScalars, simple.unicodeScalars) { table[one] = other }
        return table
    }()
}

/// Whether two names are one slip of the keyboard apart.
enum TypingSlip {
    /// Whether exactly one word differs, by one letter left out, doubled, replaced or two neighbours swapped, and by nothing that
    /// makes another word of it: not its first letter (`pack`, `unpack`), not its last two (`approve`, `approved`), no digit, no word
    /// of fewer than five letters, no ideograph.
    static func isOne(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Bool {
        let leftWords = words(left)
        let rightWords = words(right)
        if leftWords.count != rightWords.count { return false }
        let different = zip(leftWords, rightWords).filter { $0 != $1 }
        guard different.count == 1, let (one, other) = different.first else { return false }
        if min(one.count, other.count) < 5 || abs(one.count - other.count) > 1 || one[0] != other[0] { return false }
        if !(one + other).allSatisfy({ $0.properties.isAlphabetic && $0.value < 0x600 }) { return false }
        let head = zip(one, other).prefix { $0 == $1 }.count
        let tail = zip(one.reversed(), other.reversed()).prefix { $0 == $1 }.count
        let restOne = one.count - head - tail
        let restOther = other.count - head - tail
        if one.count == other.count && restOne == 2 {
            return one[head] == other[head + 1] && one[head + 1] == other[head]
        }
        return tail >= 2 && max(restOne, restOther) <= 1
    }

    private static func words(_ text: [Unicode.Scalar]) -> [[Unicode.Scalar]] {
        text.split { !($0.properties.isAlphabetic || $0.properties.numericType != nil) }.map(Array.init)
    }
}
