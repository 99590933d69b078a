import EventLogs
import Instants
import Simulation
import WorkingTime

extension RedesignPlan {
    /// The plan in its canonical spelling, from which it can be read again.
    package var yaml: String {
        var text = name.map { "name: \(PlanText.quoted($0))\n" } ?? ""
        text += changes.isEmpty ? "changes: []\n" : "changes:\n"
        for change in changes { text += "  - \(change.yaml)\n" }
        if !goals.isEmpty { text += "goals:\n" }
        for goal in goals { text += "  - {kpi: \(goal.kpi.rawValue), \(goal.key): \(PlanText.quoted(goal.text))}\n" }
        return text
    }
}

extension PlannedChange {
    /// The change as it stands in a plan: `remove: {activity: "Re-key Invoice"}`.
    package var yaml: String {
        let quoted = PlanText.quoted
        let parts: [(String, String)] =
            switch action {
            case .automate(let program):
                [("activity", quoted(program.activity))] + (program.share == 1 ? [] : [("share", PlanText.number(program.share))])
                    + [("duration", DurationText.text(program.duration))] + (program.condition.map { [("when", quoted($0.text))] } ?? [])
            case .remove(let activity): [("activity", quoted(activity))]
            case .resource(let role, let add): [("role", quoted(role)), ("add", String(add))]
            case .duration(let activity, let scale): [("activity", quoted(activity)), ("scale", PlanText.number(scale))]
            case .parallelize(let activities): [("activities", "[" + activities.map(quoted).joined(separator: ", ") + "]")]
            case .calendar(let role, let hours): [("role", quoted(role)), ("hours", quoted(hours.text))]
            case .arrivals(let scale): [("scale", PlanText.number(scale))]
            case .batch(let activity, let every):
                [("activity", quoted(activity)), ("every", every.map { DurationText.text($0) } ?? "off")]
            case .route(let from, let to, let probability):
                [("from", quoted(from)), ("to", quoted(to)), ("probability", PlanText.number(probability))]
            }
        return kind + ": {" + parts.map { $0 + ": " + $1 }.joined(separator: ", ") + "}"
    }
}

/// How values are written in a plan.
enum PlanText {
    /// A text in double quotes.
    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F || (0x80..<0xA0).contains(scalar.value):
                let digits = String(scalar.value, radix: 16)
                result += "\\x" + (digits.count == 1 ? "0" : "") + digits
            case "\u{2028}": result += "\\L"
            case "\u{2029}": result += "\\P"
            case "\u{FEFF}": result += "\\uFEFF"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    /// The shortest number that reads back as this one, or as it divided by 100.
    static func number(_ value: Double, percent: Bool = false) -> String {
        var shown = value
        if percent {
            shown = value * 100
            // The product may miss the number that was written by one unit in the last place.
            for candidate in [shown.rounded(), (shown * 100).rounded() / 100, shown.nextDown, shown.nextUp] where candidate / 100 == value {
                shown = candidate
                break
            }
        }
        return shown == shown.rounded() && abs(shown) < 1e15 ? String(Int64(shown)) : String(shown)
    }
}
