import Instants

/// The words of a table's cells for readers in one language; text from logs comes out raw, to be made inert by the form.
struct CellText {
    private let humane: Humane

    init(language: Language) {
        humane = Humane(language)
    }

    func text(_ value: Table.Value) -> String {
        switch value {
        case .words(let text), .name(let text), .code(let text): text
        case .list(let names): names.joined(separator: Words(humane.language).listComma)
        case .path(let names): names.joined(separator: " → ")
        case .count(let count): humane.count(count)
        case .number(let number): humane.number(number)
        case .seconds(let seconds): humane.duration(seconds: seconds)
        case .share(let share): humane.share(share)
        case .change(let change): humane.change(change)
        case .interval(let low, let high, let measure): humane.interval(low, high) { end($0, measure) }
        case .instant(let instant, let offset): humane.instant(instant, offset: offset)
        case .missing: Humane.unknown
        }
    }

    private func end(_ value: Double?, _ measure: Table.Measure) -> String {
        switch measure {
        case .number: humane.number(value)
        case .seconds: humane.duration(seconds: value)
        case .share: humane.share(value)
        case .change: humane.change(value)
        }
    }

    /// The line that counts the rows left out.
    static func more(_ count: Int, _ language: Language) -> String {
        Words(language).moreRows(count)
    }
}
