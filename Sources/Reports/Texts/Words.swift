/// Every text of reports and tables, in both languages.
///
/// Each text is a member that gives English and Chinese side by side, so one cannot be added without the other. The terms are
/// those of the product's glossary; values come in already written by ``Humane``.
package struct Words: Sendable {
    /// The language of what comes out.
    package let language: Language
    /// Writes values in that language.
    package let humane: Humane

    /// The texts in one language.
    package init(_ language: Language) {
        self.language = language
        humane = Humane(language)
    }

    /// Whether lengths of time are working time.
    var isWorkingTime: Bool { humane.workingDay != nil }

    /// The text in the reader's language.
    func pick(_ english: String, _ chinese: String) -> String {
        language == .zh ? chinese : english
    }

    /// The running text in the reader's language.
    func pick(prose english: Prose, _ chinese: Prose) -> Prose {
        language == .zh ? chinese : english
    }

    // MARK: Values inside sentences

    /// A number of things.
    func count(_ value: Int) -> String { Humane.unbreakable(humane.count(value)) }

    /// A length of time in seconds.
    func time(_ seconds: Double?) -> String { Humane.unbreakable(humane.duration(seconds: seconds)) }

    /// A share.
    func share(_ value: Double?) -> String { Humane.unbreakable(humane.share(value)) }

    /// A relative change.
    func change(_ value: Double?) -> String { Humane.unbreakable(humane.change(value)) }

    /// A relative change from low to high.
    func changes(_ low: Double?, _ high: Double?) -> String { Humane.unbreakable(humane.interval(low, high, humane.change)) }

    /// A share from low to high.
    func shares(_ low: Double?, _ high: Double?) -> String { Humane.unbreakable(humane.interval(low, high, humane.share)) }

    /// So many of a thing: English takes the plural beyond one.
    func counted(_ value: Int, _ one: String, _ many: String, _ chinese: String) -> String {
        pick("\(count(value))\u{A0}\(value == 1 ? one : many)", "\(count(value))\u{A0}\(chinese)")
    }

    /// So many cases.
    package func cases(_ value: Int) -> String { counted(value, "case", "cases", "个案例") }

    /// So many activity instances.
    package func instances(_ value: Int) -> String { counted(value, "activity instance", "activity instances", "个活动实例") }

    /// So many events.
    package func events(_ value: Int) -> String { counted(value, "event", "events", "个事件") }

    /// So many activities.
    package func activities(_ value: Int) -> String { counted(value, "activity", "activities", "种活动") }

    /// So many paths.
    package func paths(_ value: Int) -> String { counted(value, "path", "paths", "条路径") }

    /// So many variants.
    package func variants(_ value: Int) -> String { counted(value, "variant", "variants", "种流程变体") }

    // MARK: The frame of a document

    var skipToContent: String { pick("Skip to the content", "跳到正文") }
    var contents: String { pick("Contents", "目录") }
    var evidence: String { pick("Evidence", "依据") }
    var whichCases: String { pick("Which cases", "涉及哪些案例") }
    var listComma: String { pick(", ", "、") }
    var filterLabel: String { pick("Filter for all cases concerned:", "涉及案例的筛选条件：") }
    var pictureInHTML: String { pick("Picture (in the HTML report):", "图（见网页版报告）：") }

    /// The title behind which a table is folded.
    func tableSummary(_ title: String, rows: Int) -> String {
        pick("Table: \(title) (\(count(rows)))", "表：\(title)（\(count(rows)) 行）")
    }

    /// In front of the names of the slowest cases.
    func slowestCases(_ number: Int) -> String {
        pick(number == 1 ? "The slowest case:" : "The \(number) slowest cases:", "最慢的 \(number) 个案例：")
    }

    /// The line that counts the rows left out of a table.
    package func moreRows(_ number: Int) -> String {
        pick("… \(humane.count(number)) more", "… 还有 \(humane.count(number)) 行")
    }

    /// A line of the source.
    func line(_ number: String) -> String { pick("line \(number)", "第 \(number) 行") }

    /// An event of the source.
    func event(_ number: String) -> String { pick("event \(number)", "第 \(number) 个事件") }

    /// Between the two ends of a path.
    func path(_ source: String, _ target: String) -> Prose { "\(name: source) → \(name: target)" }
}
