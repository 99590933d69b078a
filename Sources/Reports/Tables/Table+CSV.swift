import Instants

extension Table {
    /// The table as CSV (RFC 4180, but lines end with a line feed alone as other tools write them): keys in the first line, every row there is, seconds and shares as
    /// plain numbers with a point, instants in ISO 8601, unknown values empty.
    package var csv: String {
        var result = columns.flatMap { $0.isInterval ? ["\($0.key)_low", "\($0.key)_high"] : [$0.key] }.map(InertText.csv).joined(
            separator: ",")
        result += "\n"
        for row in rows {
            var fields: [String] = []
            for (column, cell) in zip(columns, row) {
                if column.isInterval {
                    if case .interval(let low, let high, _) = cell.value {
                        fields += [JSONText.number(low) ?? "", JSONText.number(high) ?? ""]
                    } else {
                        fields += ["", ""]
                    }
                } else {
                    fields.append(Self.field(cell.value))
                }
            }
            result += fields.joined(separator: ",") + "\n"
        }
        return result
    }

    private static func field(_ value: Value) -> String {
        switch value {
        case .words(let text), .name(let text), .code(let text): InertText.csv(text)
        case .list(let names): InertText.csv(names.joined(separator: ", "))
        case .path(let names): InertText.csv(names.joined(separator: " → "))
        case .count(let count): String(count)
        case .number(let number), .seconds(let number), .share(let number), .change(let number): JSONText.number(number) ?? ""
        case .interval(let low, let high, _): InertText.csv("\(JSONText.number(low) ?? "") … \(JSONText.number(high) ?? "")")
        case .instant(let instant, let offset): instant.iso8601(offset: offset)
        case .missing: ""
        }
    }
}
