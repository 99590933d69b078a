import Instants

/// A bound that a figure has to keep: `<= 30d`, `>= 10%`, `< 2500`.
package struct GateTarget: Sendable, Equatable {
    /// On which side of the bound the figure has to be.
    package enum Side: String, Sendable, CaseIterable {
        /// Up to the bound.
        case atMost = "<="
        /// From the bound on.
        case atLeast = ">="
        /// Below the bound.
        case below = "<"
        /// Above the bound.
        case above = ">"
    }

    /// On which side of the bound the figure has to be.
    package let side: Side
    /// The bound in the unit of the figure: seconds, a share, cases, cases per day, money.
    package let bound: Double
    /// The target as it was written, without spaces around.
    package let text: String
    /// The time that a bound on a time is meant in, by its units: `wd` and `wh` are working time. `nil` for other figures.
    package let time: Time?

    /// Which time a bound is meant in.
    package enum Time: Sendable, Equatable {
        /// Every hour counts.
        case elapsed
        /// Only the hours of the calendar count.
        case working
    }

    /// Why a text is no target of a figure.
    package enum Problem: Error, Equatable, Sendable {
        /// It begins with no `<=`, `>=`, `<` or `>`.
        case noSide
        /// The figure is a time, and this is no duration.
        case noDuration(String)
        /// `wd` and `wh` need a calendar, which there is none of.
        case workingTime(String)
        /// The figure is a share, and this is none.
        case noShare(String)
        /// The figure is a number, and this is none.
        case noNumber(String)
    }

    /// Reads the target of a figure.
    ///
    /// - Parameter workingDay: how long a working day of the calendar is, in microseconds; `nil` where there is no calendar.
    package init(parsing text: String, for name: KPIName, workingDay: Int64? = nil) throws(Problem) {
        let trimmed = Self.trimmed(text[...])
        guard let side = Side.allCases.first(where: { trimmed.hasPrefix($0.rawValue) }) else { throw .noSide }
        let value = Self.trimmed(trimmed.dropFirst(side.rawValue.count))
        self.side = side
        self.text = side.rawValue + " " + value
        switch name.unit(currency: nil) {
        case "s":
            guard let length = try? DurationText.length(in: String(value)) else { throw .noDuration(String(value)) }
            switch length {
            case .elapsed(let microseconds):
                bound = Double(microseconds) / 1e6
                time = .elapsed
            case .working(let length):
                guard let workingDay else { throw .workingTime(String(value)) }
                bound = Double(length.microseconds(workingDay: workingDay)) / 1e6
                time = .working
            }
        case "share":
            guard let share = Self.share(value) else { throw .noShare(String(value)) }
            bound = share
            time = nil
        default:
            guard let number = Self.number(value) else { throw .noNumber(String(value)) }
            bound = number
            time = nil
        }
    }

    /// Whether a value is on the right side.
    package func isMet(by value: Double) -> Bool {
        switch side {
        case .atMost: value <= bound
        case .atLeast: value >= bound
        case .below: value < bound
        case .above: value > bound
        }
    }

    /// A share as people write it: `5%`, `5 %`, or a number from 0 to 1; `nil` for anything else.
    package static func share(_ text: Substring) -> Double? {
        let trimmed = trimmed(text)
        if trimmed.hasSuffix("%") { return number(Self.trimmed(trimmed.dropLast())).map { $0 / 100 } }
        guard let value = number(trimmed), value <= 1 else { return nil }
        return value
    }

    /// A number that is not negative, in plain digits; `nil` for anything else.
    private static func number(_ text: Substring) -> Double? {
        guard !text.isEmpty, text.utf8.allSatisfy({ ($0 >= 48 && $0 <= 57) || $0 == 46 }), let value = Double(text), value.isFinite
        else { return nil }
        return value
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
