import EventLogs
import Reports

extension Failure {
    /// Data that do not bear the answer asked for.
    init(vetoes: [LogFinding], in file: String, rowUnit: EventColumns.RowUnit) {
        let first = vetoes.first?.examples.first
        let line = first?.line ?? (rowUnit == .line ? first?.row : nil)
        func said(_ language: Language) -> String {
            let sentences = vetoes.map { FindingText($0).message(language) }
            let joined = sentences.joined(separator: language(" ", ""))
            return String(joined.dropLast())
        }
        var rules: [String] = []
        for veto in vetoes where !rules.contains(veto.rule.rawValue) { rules.append(veto.rule.rawValue) }
        let advice = vetoes.first.map { RuleText($0.rule) }
        let flag = "--accept \(rules.joined(separator: ","))"
        self.init(
            .veto, file: first?.file ?? file, line: line, Phrase(said(.en), said(.zh)),
            advice: Phrase(
                Self.part(advice?.advice(.en)) + "; or go on all the same with \(flag)",
                Self.part(advice?.advice(.zh)) + "；如仍要继续，请加 \(flag)"))
    }

    /// A sentence as a part of a longer one.
    private static func part(_ sentence: String?) -> String {
        var text = sentence ?? ""
        if text.hasSuffix(".") || text.hasSuffix("。") { text.removeLast() }
        guard let first = text.first, first.isASCII else { return text }
        return first.lowercased() + text.dropFirst()
    }
}
