import Foundation
import Instants

/// The words of a table's cells for readers in one language; text from logs comes out raw, to be made inert by the form.
struct CellText {
    var language: Language

    /// What stands for an unknown value.
    static let unknown = "–"

    func text(_ value: Table.Value) -> String {
        switch value {
        case .words(let text), .name(let text): text
        case .path(let names): names.joined(separator: " → ")
        case .count(let count): Self.grouped(String(count))
        case .number(let number): Self.decimal(number)
        case .seconds(let seconds): duration(seconds)
        case .share(let share): percent(share, signed: false)
        case .change(let change): percent(change, signed: true)
        case .interval(let low, let high, let measure): "[\(end(low, measure)), \(end(high, measure))]"
        case .instant(let instant, let offset): String(instant.iso8601(offset: offset).prefix(16)).replacing("T", with: " ")
        case .missing: Self.unknown
        }
    }

    private func end(_ value: Double, _ measure: Table.Measure) -> String {
        switch measure {
        case .number: Self.decimal(value)
        case .seconds: duration(value)
        case .share: percent(value, signed: false)
        case .change: percent(value, signed: true)
        }
    }

    /// Whole numbers with a comma between thousands.
    static func grouped(_ digits: String) -> String {
        var result = ""
        let isNegative = digits.hasPrefix("-")
        let bare = isNegative ? digits.dropFirst() : digits[...]
        for (index, digit) in bare.enumerated() {
            if index > 0 && (bare.count - index) % 3 == 0 { result.append(",") }
            result.append(digit)
        }
        return (isNegative ? "−" : "") + result
    }

    /// A number with three significant digits or all of its whole ones.
    static func decimal(_ value: Double) -> String {
        guard value.isFinite else { return unknown }
        let size = abs(value)
        if size == size.rounded() && size < 1e15 { return grouped(String(Int(value))) }
        if size >= 100 && size < 1e15 { return grouped(String(Int(value.rounded()))) }
        let places = size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.1 ? 3 : 4
        return String(format: "%.\(places)f", value).replacing("-", with: "−")
    }

    /// A share in per cent.
    func percent(_ share: Double, signed: Bool) -> String {
        guard share.isFinite else { return Self.unknown }
        let value = abs(share * 100)
        let digits = value == value.rounded() || value >= 10 ? String(Int(value.rounded())) : String(format: "%.1f", value)
        let isZero = digits == "0" || digits == "0.0"
        let sign = isZero ? "" : share < 0 ? "−" : signed ? "+" : ""
        return sign + digits + (language == .zh ? "%" : " %")
    }

    /// A length of time in its two greatest units.
    func duration(_ seconds: Double) -> String {
        guard seconds.isFinite else { return Self.unknown }
        let names = language == .zh ? [" 天", " 小时", " 分钟", " 秒"] : [" d", " h", " min", " s"]
        let sizes = [86_400, 3_600, 60, 1]
        let size = abs(seconds)
        let sign = seconds < 0 ? "−" : ""
        if size == 0 { return "0" + names[3] }
        if size < 10 { return sign + Self.decimal((size * 100).rounded() / 100) + names[3] }
        guard size < 1e13 else { return sign + Self.decimal(size / 86_400) + names[0] }
        let first = size >= 86_400 ? 0 : size >= 3_600 ? 1 : size >= 60 ? 2 : 3
        let step = first == 3 ? 1 : sizes[first + 1]
        let steps = Int((size / Double(step)).rounded())
        if first == 3 { return sign + "\(steps)" + names[3] }
        let perUnit = sizes[first] / step
        let whole = steps / perUnit
        let rest = steps % perUnit
        let head = Self.grouped(String(whole)) + names[first]
        if rest == 0 || whole >= 100 { return sign + head }
        return sign + head + " \(rest)" + names[first + 1]
    }
}
