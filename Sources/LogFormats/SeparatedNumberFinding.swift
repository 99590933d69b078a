import ByteParsing
import EventLogs

extension LogFinding {
    /// What is to be said of a column's numbers with separators; `nil` where it has none.
    init?(separated: SeparatedNumberDetector, isRead: Bool, column: String) {
        let examples = separated.example.map { [Example.text($0)] } ?? []
        switch separated.result {
        case .style where isRead: self.init(.numberSeparators, .info, count: separated.count, detail: column, examples: examples)
        case .ambiguous: self.init(.ambiguousNumber, .warning, count: separated.count, detail: column, examples: examples)
        case .style, .none: return nil
        }
    }
}
