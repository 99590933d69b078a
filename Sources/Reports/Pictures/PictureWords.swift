/// The few words that pictures themselves write, in one language.
struct PictureWords {
    private let language: Language

    init(_ language: Language) {
        self.language = language
    }

    private func pick(_ english: String, _ chinese: String) -> String {
        language == .en ? english : chinese
    }

    private var humane: Humane { Humane(language) }

    var noData: String { pick("no data", "没有数据") }
    var cases: String { pick("cases", "案例数") }
    var shareOfCases: String { pick("share", "占比") }
    var worse: String { pick("worse", "变差") }
    var better: String { pick("better", "变好") }
    var insufficient: String { pick("too few cases", "案例太少") }
    var start: String { pick("start", "开始") }
    var end: String { pick("end", "结束") }

    func median(_ value: String) -> String { pick("median \(value)", "中位数 \(value)") }
    func underNinety(_ value: String) -> String { pick("90 % under \(value)", "90% 低于 \(value)") }
    func longer(_ count: Int, upTo value: String) -> String {
        pick("\(humane.count(count)) longer, up to \(value)", "另有 \(humane.count(count)) 个更长，最长 \(value)")
    }
    func named(_ name: String, count: Int) -> String { pick("\(name), n = \(humane.count(count))", "\(name)，n = \(humane.count(count))") }
    func others(_ count: Int) -> String {
        pick(count == 1 ? "1 other" : "\(humane.count(count)) others", "其他 \(humane.count(count)) 项")
    }
    func more(_ count: Int) -> String { pick("\(humane.count(count)) more", "另 \(humane.count(count)) 步") }
    func towards(_ share: Double, better isBetter: Bool) -> String {
        let size = humane.share(share)
        return isBetter ? pick("\(size) better", "变好 \(size)") : pick("\(size) worse", "变差 \(size)")
    }
    /// The quarters of times, the fastest first.
    var quarters: [String] {
        [pick("fastest quarter", "最快的四分之一"), pick("second", "次快"), pick("third", "次慢"), pick("slowest", "最慢")]
    }
    func sampled(_ shown: Int, of all: Int) -> String {
        pick("\(humane.count(shown)) of \(humane.count(all)) drawn", "共 \(humane.count(all)) 条，画出 \(humane.count(shown)) 条")
    }
    func rows(_ shown: Int, of all: Int) -> String {
        if shown == all { return pick(all == 1 ? "1 case" : "\(humane.count(all)) cases", "\(humane.count(all)) 个案例") }
        return pick(
            "\(humane.count(shown)) of \(humane.count(all)) cases, at equal distances",
            "\(humane.count(all)) 个案例中等距抽取 \(humane.count(shown)) 个")
    }
    func beyond(_ value: String) -> String { pick("to \(value)", "至 \(value)") }
}
